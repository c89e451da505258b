"""The program killed at every step of writing, and a disk that fills up; not on Windows, see conftest.py.

Whatever happens, the officer's file is whole: as it was, or as it was to become, and then its backup is there too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from perfxl.workbook.open import open_workbook
from tests.workbook import corpus
from tests.workbook.corpus import SHEET

BEFORE = corpus.workbook("plain")

# Kills itself at the n-th thing it asks of the file system; or halfway through the n-th file it writes.
KILLED = """
import os, signal, sys
from decimal import Decimal
from pathlib import Path
from perfxl.workbook.patch import Edit, patch_workbook
from tests.workbook.corpus import SHEET

source, target, step, half = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
count = 0

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def hook(event, arguments):
    global count
    if event.split(".")[0] in ("open", "os") and str(source.parent) in str(arguments):
        count += 1
        if count == step:
            die()

class Half:
    def __init__(self, file):
        self.file = file
    def __enter__(self):
        return self
    def __exit__(self, *_):
        self.file.close()
    def write(self, content):
        self.file.write(content[: len(content) // 2])
        self.file.flush()
        die()

real_open = Path.open
files = 0

def open_half(path, mode="r", *arguments, **named):
    global files
    file = real_open(path, mode, *arguments, **named)
    if "x" in mode:
        files += 1
        if files == half:
            return Half(file)
    return file

Path.open = open_half
sys.addaudithook(hook)
patch_workbook(source, [Edit(SHEET, "C3", Decimal(7))], target, in_place=source == target)
"""


def killed(source: Path, target: Path, *, step: int = 0, half: int = 0) -> bool:
    """Run a patch that kills itself there; return whether it came so far."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", KILLED, str(source), str(target), str(step), str(half)]
    ended = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert ended.returncode in (0, -signal.SIGKILL)
    return ended.returncode != 0


def is_done(content: bytes, folder: Path) -> bool:
    """Whether a file is the patched one and whole."""
    path = folder / "看.xlsx"
    path.write_bytes(content)
    try:
        return open_workbook(path).sheet(SHEET).at(3, 3).value == 7
    finally:
        path.unlink()


@pytest.mark.parametrize("kind", ["step", "half"])
def test_in_place_the_original_is_whole_wherever_the_program_is_killed(kind: str, tmp_path: Path) -> None:
    for number in range(1, 40):
        folder = tmp_path / str(number)
        folder.mkdir()
        source = folder / "自评表.xlsx"
        source.write_bytes(BEFORE)
        was_killed = killed(source, source, **{kind: number})
        found = source.read_bytes()
        backup = folder / "自评表.备份.xlsx"
        if found != BEFORE:
            assert is_done(found, tmp_path)
            assert backup.read_bytes() == BEFORE
        if backup.exists():
            assert backup.read_bytes() == BEFORE
        if not was_killed:
            assert found != BEFORE
            assert number > (5 if kind == "step" else 2)
            return
    pytest.fail("it never came to an end")


def test_a_copy_is_whole_or_not_there_wherever_the_program_is_killed(tmp_path: Path) -> None:
    for number in range(1, 40):
        folder = tmp_path / str(number)
        folder.mkdir()
        source, target = folder / "自评表.xlsx", folder / "自评表（已计算）.xlsx"
        source.write_bytes(BEFORE)
        was_killed = killed(source, target, step=number)
        assert source.read_bytes() == BEFORE
        assert not target.exists() or is_done(target.read_bytes(), tmp_path)
        if not was_killed:
            assert target.exists()
            return
    pytest.fail("it never came to an end")


# A disk that fills up

FULL = """
import resource, signal, sys
from decimal import Decimal
from pathlib import Path
from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.patch import Edit, patch_workbook
from tests.workbook.corpus import SHEET

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
source, target = Path(sys.argv[1]), Path(sys.argv[2])
try:
    patch_workbook(source, [Edit(SHEET, "C3", Decimal(7))], target, in_place=source == target)
except WriteFailed as error:
    sys.exit(0 if error.reason is NotWritten.DISK_FULL and "磁盘空间不足" in str(error) else 2)
sys.exit(1)
"""


@pytest.mark.parametrize("same", [True, False])
@pytest.mark.parametrize("size", [0, 4096])
def test_a_full_disk_leaves_everything_as_it_was_and_says_so(same: bool, size: int, tmp_path: Path) -> None:
    source = tmp_path / "自评表.xlsx"
    source.write_bytes(BEFORE)
    target = source if same else tmp_path / "另存.xlsx"
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", FULL, str(source), str(target), str(size)]
    ended = subprocess.run(command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, check=False)
    assert ended.returncode == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"自评表.xlsx": BEFORE}
