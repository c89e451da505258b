"""LibreOffice without a screen: recalculates workbooks, and prints workbooks and documents to PDF.

Each call starts one process with a profile of its own, in a folder that it removes, for however many files.
Two processes on one profile lose files without a word, and the profile of whoever runs the tests is none of
our business.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from perfxl.workbook.grid import address

STARTING_SECONDS = 120
SECONDS_PER_FILE = 20

# By default LibreOffice believes the values that an xlsx or ods file carries and computes nothing;
# 0 is "always recalculate" in its settings for both kinds of file.
_SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
  <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
    <prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
  </item>
</oor:items>
"""


def program() -> str | None:
    """Return the command that starts LibreOffice, or None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def recalculate(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Write each workbook, every formula computed anew, into `folder` as <stem>.xlsx; return these, in order.

    Raises ValueError where two files would get one name or a file would overwrite itself, RuntimeError with
    what LibreOffice said where a file did not come out.
    """
    return _convert(paths, folder, "xlsx")


def values(paths: Sequence[Path], folder: Path) -> list[dict[tuple[str, str], str]]:
    """Return each workbook's values, every formula computed anew, by (sheet, address), as text of up to 15 digits.

    Much faster than `recalculate`, since no workbook is written. Blank cells are left out. Raises as it does.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copies = [folder / path.name for path in paths]
    for path, copy in zip(paths, copies, strict=True):
        _without_formats(path, copy)
    said = _run(["--convert-to", _EVERY_SHEET, "--outdir", str(folder), *map(str, copies)], len(copies))
    found: list[dict[tuple[str, str], str]] = []
    for copy in copies:
        sheets = {page.stem.removeprefix(f"{copy.stem}-"): page for page in folder.glob(f"{copy.stem}-*.csv")}
        if not sheets:
            raise RuntimeError(f"LibreOffice did not read {copy.name}: {said}")
        found.append({(name, place): text for name, page in sheets.items() for place, text in _cells(page)})
    return found


# Comma, quotes, UTF-8, from the first line; numbers in full, not as their format shows them; all sheets.
_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
_NUMBER_FORMAT = re.compile(rb'numFmtId="\d+"(?= fontId)')


def _without_formats(path: Path, copy: Path) -> None:
    """Copy a workbook with every cell in the format General: a percentage would be printed with its two decimals."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "x") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "xl/styles.xml":
                content = _NUMBER_FORMAT.sub(b'numFmtId="0"', content)
            new.writestr(info.filename, content)


def _cells(page: Path) -> Iterator[tuple[str, str]]:
    with page.open(encoding="utf-8", newline="") as file:
        for row, line in enumerate(csv.reader(file), start=1):
            for column, text in enumerate(line, start=1):
                if text:
                    yield address(row, column), text


def to_pdf(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Print each workbook or document, formulas computed anew, into `folder` as <stem>.pdf; return these, in order.

    Raises as `recalculate` does.
    """
    return _convert(paths, folder, "pdf")


def to_xls(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Save each workbook in the format of Excel 97 into `folder` as <stem>.xls; return these, in order.

    Raises as `recalculate` does.
    """
    return _convert(paths, folder, "xls")


def _convert(paths: Sequence[Path], folder: Path, kind: str) -> list[Path]:
    if not paths:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    outputs = [folder / f"{path.stem}.{kind}" for path in paths]
    if len(set(outputs)) < len(outputs):
        raise ValueError(f"two of these files have one name: {sorted(path.name for path in paths)}")
    for path, output in zip(paths, outputs, strict=True):
        if output.exists():
            # A file left by an earlier run would pass for this run's result.
            raise ValueError(f"{output} is there already; {path.name} needs a folder without it")
    said = _run(["--convert-to", kind, "--outdir", str(folder), *map(str, paths)], len(paths))
    missing = [output.name for output in outputs if not output.exists()]
    if missing:
        # LibreOffice ends with 0 whether a file came out or not.
        raise RuntimeError(f"LibreOffice did not write {missing}: {said}")
    return outputs


def _run(arguments: Sequence[str], files: int) -> str:
    command = program()
    if command is None:
        raise RuntimeError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="perfxl-libreoffice-", ignore_cleanup_errors=True) as temporary:
        profile = Path(temporary) / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        log = Path(temporary) / "log"
        # A file, not a pipe: a grandchild that hangs keeps a pipe open, and the time limit would not end the wait.
        with log.open("wb") as output:
            completed = subprocess.run(
                [
                    command,
                    f"-env:UserInstallation={profile.as_uri()}",
                    "--headless",
                    "--norestore",
                    *arguments,
                ],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # In the C locale it cannot open files with Chinese names.
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                timeout=STARTING_SECONDS + SECONDS_PER_FILE * files,
                check=False,
            )
        said = log.read_text(encoding="utf-8", errors="replace").strip()
    if completed.returncode:
        raise RuntimeError(f"LibreOffice ended with {completed.returncode}: {said}")
    return said
