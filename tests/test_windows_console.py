"""The streams of a program that was given none."""

from __future__ import annotations

import io
import sys

import pytest

from perfxl import console, windows_console
from perfxl.windows_console import ConsoleStream, provide_streams


class Opened:
    """Counts how often the target is opened."""

    def __init__(self) -> None:
        self.times = 0
        self.bytes = io.BytesIO()

    def __call__(self) -> io.TextIOWrapper:
        self.times += 1
        return io.TextIOWrapper(self.bytes, encoding="utf-8", newline="\n", write_through=True)


def test_nothing_is_opened_before_something_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Opened()
    stream = ConsoleStream(opened)
    monkeypatch.setattr(sys, "stdout", stream)
    stream.flush()
    assert opened.times == 0
    console.out("自评表")
    console.out_json({"得分": 1})
    stream.flush()
    assert opened.times == 1
    assert opened.bytes.getvalue().decode("utf-8") == '自评表\n{\n  "得分": 1\n}\n'


def test_redirected_streams_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stdout", pipe)
    monkeypatch.setattr(sys, "stderr", None)
    provide_streams()
    assert sys.stdout is pipe
    assert isinstance(sys.stderr, ConsoleStream)


def test_without_a_console_words_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(windows_console, "_attach", lambda: False)
    monkeypatch.setattr(windows_console, "_attached", None)
    provide_streams()
    console.out("自评表")
    console.out_json([])
    console.notice("已中止。")
    sys.stdout.flush()
    assert windows_console._attached is False
