"""What else the window has done beside its own thread, around the jobs of `perfxl.work`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfxl.work.files import WORKBOOKS, below

if TYPE_CHECKING:
    from perfxl.work.comment import Commented

REPORT = ".docx"


class Found(NamedTuple):
    """A file to be looked at; of a report, the workbook that it seems to belong to."""

    path: Path
    against: Path | None = None


def gather(paths: Sequence[Path], step: Callable[[int, int], None]) -> tuple[Found, ...]:
    """Return the files named and the workbooks in the folders named, at any depth, in order of their names.

    `step` is called for each folder and may raise.
    """
    found = list(dict.fromkeys(_files(paths, step)))
    books = [path for path in found if path.suffix.lower() != REPORT]
    return tuple(
        Found(path, _book_of(path, books)) if path.suffix.lower() == REPORT else Found(path) for path in found
    )


def _files(paths: Sequence[Path], step: Callable[[int, int], None]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from below(path, partial(step, 0, 0))
        else:
            yield path


def _book_of(report: Path, books: Sequence[Path]) -> Path | None:
    """The workbook whose name the report's begins with, beside it or named with it; else the only one named with it."""
    try:
        beside = [path for path in report.parent.iterdir() if path.suffix.lower() in WORKBOOKS]
    except OSError:
        beside = []
    named = [path for path in (*books, *beside) if report.stem.startswith(path.stem)]
    if named:
        return max(named, key=lambda path: len(path.stem))
    return books[0] if len(books) == 1 else None


def comment(report: Path, workbook: Path | None) -> Commented:
    """Hold a report against a workbook and write the findings into a copy as comments."""
    from perfxl.errors import PerfxlError
    from perfxl.paths import marked
    from perfxl.work.comment import comment_report
    from perfxl.work.compare import compare_files
    from perfxl.work.names import free_name

    compared = compare_files(report, workbook)
    if compared.problem is not None:
        raise PerfxlError(compared.problem)
    target = free_name(marked(report, "（批注）"))
    return comment_report(compared, target)


def copy_samples(folder: Path) -> Path:
    """Copy the bundled samples into a new folder within another one, and return it; OutputNotWritten if that fails."""
    import shutil

    from perfxl.resources import resource_folder
    from perfxl.work.names import free_name
    from perfxl.workbook.save import not_written

    target = free_name(folder / "perfxl样例")
    try:
        target.mkdir()
        for sample in sorted(resource_folder("samples").iterdir()):
            if sample.suffix in (".xlsx", REPORT):
                shutil.copyfile(sample, target / sample.name)
    except OSError as error:
        raise not_written(target, error) from error
    return target
