"""The window: files given at the start are done and shown, a second start joins them, closing it leaves nothing."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from tools.e2e.desk import WINDOWS, Desk, expect, finished, same
from tools.e2e.desktop import Desktop, Picture, desktop, waited

TITLE = "perfxl"
STARTING = "正在启动"
"""Begins the title of the small window that the one-file executable shows first on Windows."""


def first_start(desk: Desk, pictures: Path) -> None:
    """The first start unpacks Qt, and on Windows says so at once; what was taken away is unpacked again."""
    screen = desktop()
    shutil.rmtree(desk.own / "libraries", ignore_errors=True)
    if desk.one_file:
        process = desk.start()
        if WINDOWS:
            sign = waited(lambda: screen.windows(STARTING), "small window", step=0.005)[0]
            same(screen.windows(TITLE), [], "the window came before the small one")
            written = waited(lambda: _written(screen.picture(sign)), "words in the small window", step=0.01)
            written.save(pictures / "window-starting.png")
        _close(screen, waited(lambda: screen.windows(TITLE), "window")[0], process)
        (plugin,) = (desk.own / "libraries").rglob("*qwindows.dll" if WINDOWS else "libqxcb.so")
        plugin.unlink()
    process = desk.start()
    window = waited(lambda: screen.windows(TITLE), "window")[0]
    waited(lambda: _painted(screen, window), "content in the window")
    same(screen.windows(STARTING), [], "the small window stays")
    _close(screen, window, process)


def empty_window(desk: Desk, pictures: Path) -> None:
    """Started with nothing, the window is there, shows no finding, and closes with status 0."""
    screen = desktop()
    process = desk.start()
    window = waited(lambda: screen.windows(TITLE), "window")[0]
    picture = waited(lambda: _painted(screen, window), "content in the window")
    picture.save(pictures / "window-empty.png")
    expect(not _lit(picture), "an empty window shows a finding")
    _close(screen, window, process)
    same(desk.left_over(), [])


def window_with_files(desk: Desk, pictures: Path) -> None:
    """Two files dropped on the icon are done and shown; a later start hands its file to that window."""
    screen = desktop()
    folder = desk.work / "拖放"
    faulty = desk.sample("种子004 转移支付绩效目标自评表1", "有错 的表.xlsx", folder)
    second = desk.sample("种子003", "第二 张表.xlsx", folder)
    originals = faulty.read_bytes(), second.read_bytes()
    process = desk.start(faulty, second)
    window = waited(lambda: screen.windows(TITLE), "window")[0]
    waited(lambda: len(_outputs(folder)) >= 4, "outputs of both files beside them")
    picture = waited(lambda: _lit(screen.picture(window)), "finding lit in the window")
    picture.save(pictures / "window-findings.png")

    later = desk.sample("种子002", "后来 的表.xlsx", folder)
    finished(desk.start(later), "the second start")
    waited(lambda: len(_outputs(folder)) >= 6, "outputs of the file handed over")
    same(len(screen.windows(TITLE)), 1, "a second window was opened")
    joined = waited(lambda: _settled(screen, window), "rest in the window")
    expect(joined.pixels != picture.pixels, "the window does not show the file that was handed over")
    joined.save(pictures / "window-second-start.png")

    same((faulty.read_bytes(), second.read_bytes()), originals, "an original was changed")
    _close(screen, window, process)
    same(desk.left_over(), [])


def _outputs(folder: Path) -> list[str]:
    """Files that were made here, whole ones only."""
    given = {"有错 的表.xlsx", "第二 张表.xlsx", "后来 的表.xlsx"}
    return [
        path.name for path in folder.iterdir() if path.name not in given and not path.name.startswith(".")
    ]


def _written(picture: Picture) -> Picture | None:
    """Return the picture if there is something on a white ground."""
    colours = picture.colours
    return picture if len(colours) > 30 and colours[255, 255, 255] > sum(colours.values()) / 2 else None


def _painted(screen: Desktop, window: int) -> Picture | None:
    picture = screen.picture(window)
    return picture if len(picture.colours) > 30 else None


def _settled(screen: Desktop, window: int) -> Picture | None:
    """Return the picture if it is the same a second later: nothing is at work any more."""
    before = screen.picture(window)
    time.sleep(1)
    now = screen.picture(window)
    return now if now.pixels == before.pixels and len(now.colours) > 30 else None


def _lit(picture: Picture) -> Picture | None:
    """Return the picture if an area in it has the reddish ground that lights the cells of an error, else None."""
    reddish = sum(
        count
        for (red, green, blue), count in picture.colours.items()
        if red > 225 and 140 < green < 215 and abs(green - blue) < 30 and red - green > 45
    )
    return picture if reddish > 200 else None


def _close(screen: Desktop, window: int, process: subprocess.Popen[bytes]) -> None:
    screen.close(window)
    finished(process, "the window that was closed")


WINDOW = (first_start, empty_window, window_with_files)
