"""A desk to work at: an executable in a folder with Chinese in its name, a user's own folders, files to work on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

TOP = Path(__file__).resolve().parents[2]
WINDOWS = sys.platform == "win32"
PATIENCE = 180
"""Seconds that one command may take, on the slowest machine; a hang is a failure, no reason to wait longer."""


class Ended(NamedTuple):
    """A command that has ended."""

    status: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        """What standard output says, which must be JSON in UTF-8."""
        return json.loads(self.out.decode("utf-8"))


class Desk:
    """One executable and everything around it. `home` is what the user's own folders lie in, `work` the documents."""

    def __init__(self, executable: Path, place: Path) -> None:
        """Copy the executable (with its folder, if it is that build) to a fresh place and make the folders."""
        self.program = place / "程序 目录"
        self.work = place / "工作 区" / "二〇二四年 自评（终稿）"
        self.home = place / "用户 张"
        self.temporary = self.home / "临时 temp"
        for folder in (self.work, self.temporary, self.home / "roaming", self.home / "local"):
            folder.mkdir(parents=True)
        if (executable.parent / "_internal").is_dir():
            shutil.copytree(executable.parent, self.program, symlinks=True)
        else:
            self.program.mkdir()
            shutil.copy2(executable, self.program)
        self.executable = self.program / executable.name

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process: the user's folders are those of this desk."""
        home, roaming, local = (str(self.home / name) for name in ("", "roaming", "local"))
        ours = {
            "TEMP": str(self.temporary),
            "TMP": str(self.temporary),
            "TMPDIR": str(self.temporary),
            "APPDATA": roaming,
            "LOCALAPPDATA": local,
            "HOME": home,
            "XDG_CONFIG_HOME": roaming,
            "XDG_STATE_HOME": local,
        }
        theirs = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "_PYI"))
        }
        return theirs | ours

    @property
    def one_file(self) -> bool:
        """Whether the executable is the one that unpacks itself."""
        return not (self.program / "_internal").is_dir()

    @property
    def settings(self) -> Path:
        """The user's folder for settings."""
        return self.home / "roaming" / "perfxl"

    @property
    def own(self) -> Path:
        """The user's folder for logs and libraries."""
        return self.home / "local" / "perfxl"

    def sample(self, words: str, name: str | None = None, folder: Path | None = None) -> Path:
        """Copy the sample whose name begins so into the work folder, under another name if one is given."""
        (found,) = TOP.glob(f"samples/{words}*.xlsx")
        target = (folder or self.work) / (name or found.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, target)
        return target

    def run(self, *arguments: str | Path, patience: float = PATIENCE) -> Ended:
        """Run the executable to its end, its output through pipes."""
        done = subprocess.run(
            [str(self.executable), *map(str, arguments)],
            cwd=self.work,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=patience,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start the executable and leave it running."""
        return subprocess.Popen(
            [str(self.executable), *map(str, arguments)],
            cwd=self.work,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def left_over(self) -> list[str]:
        """What lies in the folder for temporary files. The loader cleans up a moment after the program has ended."""
        deadline = time.monotonic() + 20
        while (found := _names(self.temporary)) and time.monotonic() < deadline:
            time.sleep(0.2)
        return found


def files_below(folder: Path) -> set[str]:
    """Return the names of all files below a folder, relative to it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def expect(condition: object, *facts: object) -> None:
    """Raise AssertionError with the facts unless the condition holds; unlike `assert`, also under `python -O`."""
    if not condition:
        raise AssertionError("; ".join(_short(fact) for fact in facts) or "not as expected")


def same(found: object, wanted: object, *facts: object) -> None:
    """Expect two things to be equal."""
    expect(found == wanted, f"found {_short(found)}, wanted {_short(wanted)}", *facts)


def _short(fact: object, most: int = 1500) -> str:
    text = fact if isinstance(fact, str) else repr(fact)
    return text if len(text) <= most else f"{text[:most]} …"


def finished(process: subprocess.Popen[bytes], what: str, patience: float = PATIENCE) -> None:
    """Wait for a process, which must end with status 0; one that does not end is ended, and a failure."""
    try:
        status = process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(30)
        raise AssertionError(f"{what} did not end within {patience} s") from None
    same(status, 0, f"the status of {what}")
