"""What all tests share: the tools beside Python, and the strict mode of continuous integration.

A test says that it needs LibreOffice or poppler by the fixture or the marker of that name. Where the tool is
missing its tests are left out and one line at the end says so. With PERFXL_STRICT=1 nothing may be left out: a
missing tool ends the run at once, and a test that was skipped, or failed as expected, fails it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
from hypothesis import settings

from tests.oracle import libreoffice as _libreoffice

# A deadline would make a test of its machine's load.
settings.register_profile("perfxl", deadline=None)
settings.load_profile("perfxl")

STRICT = os.environ.get("PERFXL_STRICT", "") not in ("", "0")


class Tool(NamedTuple):
    """A program that some tests need."""

    title: str
    there: bool
    packages: str

    @property
    def remedy(self) -> str:
        """How to get it on Debian and Ubuntu."""
        return f"apt-get install {self.packages}"


def _qt_starts() -> bool:
    try:
        from PySide6 import QtTest, QtWidgets
    except ImportError:
        return False
    return bool(QtTest and QtWidgets)


TOOLS = {
    "libreoffice": Tool(
        "LibreOffice", _libreoffice.program() is not None, "libreoffice-calc libreoffice-writer"
    ),
    "poppler": Tool("pdftoppm", shutil.which("pdftoppm") is not None, "poppler-utils"),
    "qt": Tool("Qt", _qt_starts(), "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0"),
}

# Without the system's libraries that Qt links to, its pytest plugin would end the run and tests/window not load.
pytest_plugins = ("pytestqt.plugin",) if TOOLS["qt"].there else ()
collect_ignore = [] if TOOLS["qt"].there else ["window"]

_left_out = pytest.StashKey[dict[str, int]]()
_not_run = pytest.StashKey[int]()


@pytest.fixture(scope="session")
def libreoffice() -> ModuleType:
    """The functions `recalculate` and `to_pdf` of tests.oracle.libreoffice."""
    return _libreoffice


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Call the command line: arguments in; exit status, standard output and standard error out."""
    from perfxl.cli import main  # not for tests that need no command

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return call


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_ones_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What whoever runs the tests has set for himself, such as a place, has no bearing on them."""
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        os.environ[name] = str(tmp_path_factory.mktemp("settings"))


def pytest_configure(config: pytest.Config) -> None:
    missing = [tool for tool in TOOLS.values() if not tool.there]
    if STRICT and missing:
        reasons = "; ".join(f"{tool.title} is missing ({tool.remedy})" for tool in missing)
        pytest.exit(
            f"PERFXL_STRICT=1 leaves nothing out, but {reasons}", returncode=pytest.ExitCode.USAGE_ERROR
        )
    config.stash[_left_out] = {}
    config.stash[_not_run] = 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    left_out = config.stash[_left_out]
    for item in items:
        missing = [name for name in _needs(item) if not TOOLS[name].there]
        (dropped if missing else kept).append(item)
        for name in missing:
            left_out[name] = left_out.get(name, 0) + 1
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def _needs(item: pytest.Item) -> Iterable[str]:
    fixtures = getattr(item, "fixturenames", ())
    return [name for name in TOOLS if name in fixtures or item.get_closest_marker(name) is not None]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(
        session.config, "workeroutput"
    ):  # one of several processes (-n): the first one reports for all
        session.config.workeroutput["left_out"] = session.config.stash[_left_out]
        return
    if not STRICT:
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    assert reporter is not None
    not_run = sum(len(reporter.stats.get(outcome, ())) for outcome in ("skipped", "xfailed", "xpassed"))
    session.config.stash[_not_run] = not_run
    if not_run and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a process left out; each has collected the same tests."""
    node.config.stash[_left_out] = getattr(node, "workeroutput", {}).get("left_out", {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[_not_run]:
        terminalreporter.write_line(
            f"PERFXL_STRICT=1: {config.stash[_not_run]} tests were skipped or expected to fail, which fails the run."
        )
    left_out = config.stash[_left_out]
    if not TOOLS["qt"].there:
        terminalreporter.write_line(f"Left out: tests/window needs Qt ({TOOLS['qt'].remedy}).")
    if left_out:
        reasons = "; ".join(
            f"{count} need {TOOLS[name].title} ({TOOLS[name].remedy})"
            for name, count in sorted(left_out.items())
        )
        terminalreporter.write_line(f"Left out: {reasons}.")
