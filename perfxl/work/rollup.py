"""Aggregating many forms into one regional form with a summary."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import NoForm, PerfxlError
from perfxl.form.model import Form
from perfxl.paths import is_folder, resolved
from perfxl.rollup.book import book, sources
from perfxl.rollup.gather import Gathered, gather
from perfxl.rollup.regional import Regional, regional
from perfxl.rollup.summary import Entered
from perfxl.rules.check import check_together, check_workbook
from perfxl.rules.finding import Finding, Severity
from perfxl.settings.parameters import SettingsFor, chosen_settings
from perfxl.work.files import below
from perfxl.work.names import suit
from perfxl.work.read import read_shown
from perfxl.work.score import Scored, score_file
from perfxl.workbook.open import open_workbook
from perfxl.workbook.original import is_same_file

_NOTHING = "没有可以汇总的自评表：请选择装有各单位自评表的文件夹或文件。"


class Unread(NamedTuple):
    """A file that could not be read, and why."""

    file: str
    problem: str


class RolledUp(NamedTuple):
    """What became of a roll-up: the workbook written, its groups, every form handed in, and what to settle."""

    output: Path
    regionals: tuple[Regional, ...]
    entered: tuple[Entered, ...]
    findings: tuple[Finding, ...]
    unread: tuple[Unread, ...]
    earlier: tuple[str, ...]
    scored: Scored

    @property
    def status(self) -> int:
        """The exit status: 2 if a file could not be read, 1 if the forms contradict each other, else 0."""
        if self.unread:
            return 2
        return int(any(finding.severity is Severity.ERROR for finding in self.findings))


def rollup(
    paths: Sequence[Path],
    output: Path,
    step: Callable[[int, int], None] | None = None,
    jurisdiction: str | None = None,
) -> RolledUp:
    """Aggregate the forms of files and folders (searched through and through) into the workbook `output`.

    A file that cannot be read is named in the result and keeps no other from being counted; an earlier roll-up of
    files that are handed in too is left out (one of other files is a form like any). `jurisdiction` names the place
    whose parameters hold. `step` is told before
    each file how many have been read, of how many; what it raises ends the roll-up before anything is written.
    Raises NoForm where nothing can be aggregated, OutputNotWritten where the output cannot be written.
    """
    suit(output, ".xlsx", *(path for path in paths if is_same_file(path, output) and not _rolled_up(path)))
    settings = chosen_settings(jurisdiction)
    files = tuple(_files(paths, output))
    names = _names(files)
    handed: list[tuple[str, tuple[Form, ...]]] = []
    unread: list[Unread] = []
    earlier: list[str] = []
    for number, (path, name) in enumerate(zip(files, names, strict=True)):
        if step is not None:
            step(number, len(files))
        try:
            workbook, forms = read_shown(path)
        except PerfxlError as error:
            unread.append(Unread(name, str(error)))
            continue
        if sources(workbook) & {file.name for file in files}:
            earlier.append(name)
        else:
            handed.append((name, forms))
    gathered = gather(handed)
    if not gathered.groups:
        raise NoForm(_NOTHING if not unread else f"{_NOTHING}读不出来的：{'；'.join(map(_line, unread))}")
    regionals = tuple(regional(group) for group in gathered.groups)
    entered = tuple(_entered(gathered, settings))
    findings = tuple(
        finding for project in gathered.projects for finding in check_together(project, settings)
    )
    scored = _write(book(regionals, entered, findings), output, jurisdiction)
    return RolledUp(output, regionals, entered, findings, tuple(unread), tuple(earlier), scored)


def _write(content: bytes, output: Path, jurisdiction: str | None) -> Scored:
    """Write the workbook with rates and scores computed; they stand in `output` only once all is done."""
    with tempfile.TemporaryDirectory() as folder:
        blank = Path(folder) / "rollup.xlsx"
        blank.write_bytes(content)
        return score_file(blank, output, jurisdiction=jurisdiction)


def _rolled_up(path: Path) -> bool:
    """Whether a file is what a roll-up has written, which another one may replace."""
    try:
        return bool(sources(open_workbook(path)))
    except PerfxlError:
        return False


def _line(unread: Unread) -> str:
    return f"{unread.file}（{unread.problem}）"


def _files(paths: Sequence[Path], output: Path) -> Iterator[Path]:
    """The workbooks of files and folders, each once."""
    seen: set[Path] = {resolved(output)}
    for path in paths:
        for one in below(path) if is_folder(path) else [path]:
            if resolved(one) not in seen:
                seen.add(resolved(one))
                yield one


def _names(files: Sequence[Path]) -> list[str]:
    """How the files are called: by name, or, where two have the same, with as much of the path as tells them apart."""
    names = [file.name for file in files]
    depth = 1
    while len(set(names)) < len(names) and depth < max(len(file.parts) for file in files):
        depth += 1
        doubled = {name for name in names if names.count(name) > 1}
        names = [
            "/".join(file.parts[-depth:]) if name in doubled else name
            for file, name in zip(files, names, strict=True)
        ]
    return names


def _entered(gathered: Gathered, settings: SettingsFor) -> Iterator[Entered]:
    counted = ((member, "") for group in gathered.groups for member in group.members)
    for contribution, why in (*counted, *((one.contribution, one.why) for one in gathered.left_out)):
        yield Entered(contribution, check_workbook([contribution.form], settings=settings), why)
