"""Making blank forms, and filling them from what the office has: a project list, targets, last year's form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import OutputNotWritten, PerfxlError
from perfxl.form import labels
from perfxl.paths import is_folder, there
from perfxl.template.declaration import Declaration, declaration, role_of
from perfxl.template.filling import Filling, Given
from perfxl.template.layout import lay_out
from perfxl.template.soundness import NUMERIC
from perfxl.template.sources import Made, NotASource, SourceForm, Use, fillings
from perfxl.template.write import workbook
from perfxl.work.files import SOURCES, in_folder
from perfxl.work.names import safe_stems
from perfxl.work.read import read_source
from perfxl.workbook.save import not_written, write_new

_YEAR_LABELS = frozenset({"年度", "年份", "预算年度"})
_SUFFIX = ".xlsx"
_TOTALS = frozenset({"PX202", "PX304", "PX305"})
"""Findings by which a form's own totals are wrong."""


class Created(NamedTuple):
    """The workbooks that were written, and what is to be said of them (Chinese)."""

    paths: tuple[Path, ...]
    notices: tuple[str, ...] = ()


class WrongSetting(PerfxlError):
    """A field given by hand that the form lacks, or a value that its field cannot hold."""


class AlreadyThere(OutputNotWritten):
    """An output would have taken the place of a file that exists."""


def new_form(
    name: str, output: Path, source: Path | None = None, settings: Sequence[tuple[str, str]] = ()
) -> Created:
    """Write the declared form `name` as a workbook, or one workbook for each project of the source.

    `source` is a workbook, a text table (csv) or a folder of them; `settings` are labels of the header with their
    values. With several projects `output` is a folder, which may exist, or an .xlsx after which each workbook is named;
    none takes the place of a file that exists.
    Raises PerfxlError: UnknownForm, NotASource, WrongSetting, UnreadableWorkbook, OutputNotWritten.
    """
    declared = declaration(name)
    given = _given(declared, settings)
    sources, notices = ((), ()) if source is None else _read(source)
    made = fillings(declared, sources) if source is not None else (Made(Filling(), "", Use.TARGETS),)
    paths = _paths(output, made, declared)
    contents = [workbook(lay_out(declared, _with(one.filling, given))) for one in made]
    if paths[0].parent == output:
        _make_folder(output)
    _write_all(paths, contents)
    if source is not None:
        notices = (*notices, *_notes(declared, made, sources, given))
    return Created(tuple(paths), notices)


# What is given by hand -----------------------------------------------------------------------------------------------


def _given(declared: Declaration, settings: Sequence[tuple[str, str]]) -> Filling:
    year: int | None = None
    entries: dict[str, Given] = {}
    names = {labels.squeeze(name): name for name in declared.fields}
    for label, value in settings:
        squeezed = labels.squeeze(label)
        if squeezed in _YEAR_LABELS:
            year = _year(value)
        elif squeezed in names:
            entries[names[squeezed]] = _value(declared, names[squeezed], value)
        else:
            known = "、".join(("年度", *(name for name in declared.fields if role_of(name) != "year")))
            raise WrongSetting(f"“{declared.form.title}”的表头没有“{label}”这一项。可以填：{known}。")
    return Filling(year, entries)


def _year(text: str) -> int:
    digits = labels.squeeze(text).removesuffix("年度").removesuffix("年")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        raise WrongSetting(f"年度要写四位数字，例如 年度=2025，现在写的是“{text}”。")
    return int(digits)


def _value(declared: Declaration, name: str, text: str) -> Given:
    if declared.kind(name).type not in NUMERIC:
        return Given(text)
    try:
        number = Decimal(labels.squeeze(text))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise WrongSetting(f"“{name}”要填数字，现在写的是“{text}”。")
    return Given(number)


def _with(filling: Filling, given: Filling) -> Filling:
    """What a source fills in, with what was given by hand in its place."""
    year = given.year if given.year is not None else filling.year
    return Filling(year, {**filling.entries, **given.entries}, filling.rows)


# Sources -------------------------------------------------------------------------------------------------------------


def _read(source: Path) -> tuple[tuple[SourceForm, ...], tuple[str, ...]]:
    """The forms of a file or of every file in a folder, and which files could not be used."""
    if not is_folder(source):
        return tuple(_forms(source)), ()
    found: list[SourceForm] = []
    notices: list[str] = []
    try:
        paths = in_folder(source, SOURCES)
    except OSError as error:
        raise NotASource(
            f"文件夹“{source.name}”打不开：请确认有权限读取，或把文件复制到自己的文件夹后再试。"
        ) from error
    for path in paths:
        try:
            found += _forms(path)
        except PerfxlError as error:
            notices.append(f"{path.name} 没有用上：{error}")
    if not found:
        raise NotASource(f"文件夹“{source.name}”里没有可以读的自评表：请把各项目的自评表放进去再试。")
    return tuple(found), tuple(notices)


def _forms(path: Path) -> Iterable[SourceForm]:
    book, forms = read_source(path)
    if not forms:
        raise NotASource(
            f"“{path.name}”里没有项目清单、绩效目标申报表或自评表：请确认表中有“项目名称、预算数”"
            "或“一级指标、三级指标、指标值”等表头。"
        )
    return [SourceForm(form, book.sheet(form.sheet), path.name) for form in forms]


# Outputs -------------------------------------------------------------------------------------------------------------


def _paths(output: Path, made: Sequence[Made], declared: Declaration) -> list[Path]:
    """Where each form goes: the output itself, files in it where it is a folder, or files named after it."""
    is_file = output.suffix.lower() == _SUFFIX and not is_folder(output)
    one_of_many = not declared.is_list and any(one.use is Use.PROJECT_LIST for one in made)
    if is_file and len(made) == 1:
        return _free([output])
    if not (is_file or is_folder(output) or len(made) > 1 or one_of_many):
        raise WrongSetting(f"-o 的文件名要以 {_SUFFIX} 结尾，现在写的是“{output.name}”。")
    if there(output) and not is_folder(output) and not is_file:
        raise AlreadyThere(f"“{output.name}”是文件，不是文件夹：请给 -o 另起一个名字。")
    width = max(2, len(str(len(made))))
    numbered = len(made) > 1 or one_of_many
    stems = safe_stems(
        f"{number:0{width}d} {one.name}" if numbered else one.name or declared.sheet
        for number, one in enumerate(made, start=1)
    )
    if is_file:
        return _free([output.with_name(f"{output.stem}（{stem}）{_SUFFIX}") for stem in stems])
    return _free([output / f"{stem}{_SUFFIX}" for stem in stems])


def _free(paths: list[Path]) -> list[Path]:
    """The paths, none of which exists; AlreadyThere otherwise."""
    taken = [path for path in paths if there(path)]
    if taken:
        raise _already_there(taken)
    return paths


def _already_there(taken: Sequence[Path]) -> AlreadyThere:
    more = f"等 {len(taken)} 个文件" if len(taken) > 1 else ""
    return AlreadyThere(
        f"“{taken[0].name}”{more}已经存在，没有覆盖，也没有写出任何文件：请换个名字，或先移走原文件。"
    )


def _write_all(paths: Sequence[Path], contents: Sequence[bytes]) -> None:
    """Write every file or none: what was written before one that fails is taken away again."""
    for number, (path, content) in enumerate(zip(paths, contents, strict=True)):
        try:
            write_new(path, content)
        except (OutputNotWritten, FileExistsError) as error:
            for written in paths[:number]:
                written.unlink(missing_ok=True)
            if isinstance(error, FileExistsError):  # come meanwhile: somebody else makes forms there
                raise _already_there([path]) from error
            raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error


# What is said --------------------------------------------------------------------------------------------------------


def _notes(
    declared: Declaration, made: Sequence[Made], sources: Sequence[SourceForm], given: Filling
) -> tuple[str, ...]:
    year = given.year if given.year is not None else made[0].filling.year
    notes = [f"来源：{made[0].use.value}。"]
    if declared.is_list:
        notes.append(_sums(made[0]))
    if declared.is_list or made[0].use is Use.PROJECT_LIST:
        notes += _wrong_totals(sources)
    left_out = dict.fromkeys(words for one in made for words in one.left_out)
    if left_out:
        notes.append(f"这种表没有地方填的，没有填入：{'；'.join(left_out)}。")
    if year is None:
        years = sorted({source.form.year for source in sources if source.form.year is not None})
        found = (
            f"来源是几个年度的（{'、'.join(map(str, years))}）" if len(years) > 1 else "来源里没有读到年度"
        )
        notes.append(f"{found}，表上的年度空着：可以加 --set 年度=2025 这样的写法。")
    if any(one.use is Use.LAST_YEAR for one in made) and not declared.is_list:
        notes.append(
            "指标和分值沿用上年，金额、完成值、得分已清空；指标值仍是上年的，请按本年批复的目标核对。"
        )
    return tuple(notes)


def _sums(made: Made) -> str:
    rows = made.filling.rows or ()
    sums = []
    for role, name in (("budget", "预算数"), ("executed", "执行数")):
        held = [row.values[role].value for row in rows if role in row.values]
        numbers = [value for value in held if isinstance(value, Decimal)]
        missing = f"（{len(rows) - len(numbers)} 个项目没有填）" if len(numbers) < len(rows) else ""
        sums.append(f"{name}合计 {sum(numbers, Decimal(0)):f}{missing}")
    return f"{len(rows)} 个项目，{'，'.join(sums)}。"


def _wrong_totals(sources: Sequence[SourceForm]) -> list[str]:
    """Which forms' own totals are wrong: what is wrong in a form is wrong in the list."""
    from perfxl.rules.check import check_workbook

    said: list[str] = []
    for source in sources:
        wrong = [finding for finding in check_workbook((source.form,)) if finding.code in _TOTALS]
        said += [f"{source.file} 的 {finding.cell}：{finding.message}" for finding in wrong]
    return said
