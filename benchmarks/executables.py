"""`python -m benchmarks.executables DIST`: size and start of both executables, into EXECUTABLES.md.

Run by the Windows Python, on Windows or under Wine (`make benchmark-exe`), or on Linux on a screen. Needs the standard
library alone. The least of many starts is told beside the median: on a machine that does other things too, the least
is what the program itself takes. Exit status 1 where a limit is passed.
"""

from __future__ import annotations

import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.machine import system
from tools.e2e.desk import Desk, finished
from tools.e2e.desktop import Desktop, desktop
from tools.e2e.window import STARTING, TITLE

RESULTS = Path(__file__).with_name("EXECUTABLES.md")
ROUNDS = int(os.environ.get("PERFXL_ROUNDS", "15"))


SIGN = 1.0
"""Seconds within which something is seen of a start, if it is only the small window that says so."""


class Build(NamedTuple):
    """One of the two builds and its limits: megabytes to hand out, seconds until the window is up."""

    title: str
    executable: str
    size: float
    window: float


BUILDS = (
    Build("one file", "perfxl", 70, 2.0),
    Build("folder", "perfxl-folder/perfxl", math.inf, 0.7),
)


class Figures(NamedTuple):
    """What was measured of a build: megabytes and seconds, the least of the starts and their median.

    `first` is of the first start, which unpacks Qt; `sign` of its first window, large or small.
    """

    size: float
    sign: float
    first: float
    window: tuple[float, float]
    version: tuple[float, float]
    check: tuple[float, float]


def main() -> int:
    """Measure both builds in a folder; return 0 if they are within their limits."""
    built = Path(sys.argv[1]).resolve()
    suffix = ".exe" if (built / "perfxl.exe").exists() else ""
    measured = {build: _measure(built / (build.executable + suffix)) for build in BUILDS}
    text = _table(measured)
    print(text)
    RESULTS.write_text(_page(text), encoding="utf-8", newline="\n")
    within = (
        figures.size <= build.size and figures.window[0] <= build.window and figures.sign <= SIGN
        for build, figures in measured.items()
    )
    return 0 if all(within) else 1


def _measure(executable: Path) -> Figures:
    whole = executable.parent if (executable.parent / "_internal").is_dir() else executable
    files = whole.rglob("*") if whole.is_dir() else [whole]
    size = sum(file.stat().st_size for file in files if file.is_file()) / 1e6
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        desk = Desk(executable, Path(place).resolve())
        form = desk.sample("种子002")
        screen = desktop()
        sign, first = _window(desk, screen)
        return Figures(
            size,
            sign,
            first,
            _summary([_window(desk, screen)[1] for _ in range(ROUNDS)]),
            _summary([_timed(lambda: desk.run("--version")) for _ in range(ROUNDS)]),
            _summary([_timed(lambda: desk.run("check", form)) for _ in range(ROUNDS)]),
        )


def _window(desk: Desk, screen: Desktop) -> tuple[float, float]:
    """Seconds from the start until something is on the screen, and until the window is; then it is closed."""
    started = time.perf_counter()
    process = desk.start()
    sign = 0.0
    while not (found := screen.windows(TITLE)):
        if not sign and screen.windows(STARTING):
            sign = time.perf_counter() - started
        if time.perf_counter() - started > 120:
            process.kill()
            raise TimeoutError("no window within two minutes")
        time.sleep(0.002)
    taken = time.perf_counter() - started
    time.sleep(0.5)
    screen.close(found[0])
    finished(process, "the window")
    return sign or taken, taken


def _timed(job: Callable[[], object]) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _summary(seconds: list[float]) -> tuple[float, float]:
    return min(seconds), statistics.median(seconds)


def _table(measured: dict[Build, Figures]) -> str:
    lines = [
        "| build | size | limit | first start: sign | its window | window, warm | limit | `--version` | `check` |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for build, figures in measured.items():
        cells = (
            build.title,
            f"{figures.size:.1f} MB",
            "" if math.isinf(build.size) else f"{build.size:.0f} MB",
            f"{figures.sign:.2f} s",
            f"{figures.first:.2f} s",
            _seconds(figures.window),
            f"{build.window:.1f} s",
            _seconds(figures.version),
            _seconds(figures.check),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _seconds(figures: tuple[float, float]) -> str:
    least, median = figures
    return f"{least:.2f} s ({median:.2f})"


def _page(table: str) -> str:
    return f"""\
# The executables

Written by `make benchmark-exe`. Seconds are the least of {ROUNDS} starts, in brackets their median. "Window" is from
the start of the process until the window is on the screen. The first start follows a fresh copy of the files. The one
file then unpacks Qt, once; its first sign is a small window that says that the program is starting, wanted within
{SIGN:.0f} s.

{table}

{system()}
"""


if __name__ == "__main__":
    sys.exit(main())
