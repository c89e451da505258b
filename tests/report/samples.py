"""The samples as drafts, each with the workbooks that belong to it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from docx import Document

from perfxl.form.model import Form
from perfxl.report.drafts import draft
from perfxl.report.facts import Facts, facts
from perfxl.report.pairing import joined
from perfxl.report.places import Attached
from perfxl.report.render import ReportResult
from perfxl.resources import resource_folder
from perfxl.rules.check import check_form
from perfxl.settings.parameters import settings_for
from perfxl.work.read import read_shown
from tests.report.drawn import Draft

_FOLDER = resource_folder("samples")
BESIDE = {f"004_s{number}": f"004_p{number}" for number in range(1, 5)} | {"001": "001_list"}
FILES = {
    "000": "种子000 转移支付绩效目标自评表（渠县医保局）",
    "001": "种子001 部门整体支出绩效自评表（高邑县医保局）",
    "001_list": "种子001 分项绩效项目清单（高邑县医保局）",
    "002": "种子002 项目支出绩效自评表（兴庆区医保局）",
    "003": "种子003 项目支出绩效自评表（益阳市医保局）",
    "004_p1": "种子004 项目支出绩效自评表1（医保一体化大数据平台）",
    "004_p2": "种子004 项目支出绩效自评表2（医疗保障能力建设）",
    "004_p3": "种子004 项目支出绩效自评表3（异地就医结算平台运行维护）",
    "004_p4": "种子004 项目支出绩效自评表4（机房托管费）",
    "004_s1": "种子004 自评打分表1（医保一体化大数据平台）",
    "004_s2": "种子004 自评打分表2（医疗保障能力建设）",
    "004_s3": "种子004 自评打分表3（异地就医结算平台运行维护）",
    "004_s4": "种子004 自评打分表4（机房托管费）",
    "004_t1": "种子004 转移支付绩效目标自评表1（城乡居民医保补助）",
    "004_t2": "种子004 转移支付绩效目标自评表2（医疗救助补助资金）",
    "004_t3": "种子004 转移支付绩效目标自评表3（医疗保障能力建设部分）",
}
REPORTED = [name for name in FILES if name != "001_list"]


class Sample(NamedTuple):
    """A sample's form and those beside it, each with its sheet, and what a report may state of them."""

    own: Attached
    beside: tuple[Attached, ...]
    facts: Facts

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that a report rests on."""
        return (self.own.form, *(one.form for one in self.beside))


@cache
def sample(name: str) -> Sample:
    """Return a sample with the form that belongs to it."""
    own = _read(name)
    beside = (_read(BESIDE[name]),) if name in BESIDE else ()
    scale = settings_for(own.form).grade_scales[0]
    found = facts(own.form, check_form(own.form), scale)
    if beside and name.startswith("004_s"):
        other = beside[0].form
        found = joined(found, own.form, facts(other, check_form(other), scale), other)
    return Sample(own, beside, found)


def drafted_sample(name: str, folder: Path, kind: str | None = None) -> Draft:
    """Return the draft on a sample, in a folder and opened; it is drafted once in a run."""
    result, content = _drafted(name, kind)
    path = folder / f"{name}.docx"
    path.write_bytes(content)
    return Draft(result._replace(path=path), Document(str(path)))


@cache
def _drafted(name: str, kind: str | None) -> tuple[ReportResult, bytes]:
    one = sample(name)
    with TemporaryDirectory() as folder:
        target = Path(folder) / "报告.docx"
        result = draft(one.own.form, one.own.sheet, target, kind, beside=one.beside)
        return result, target.read_bytes()


@cache
def _read(name: str) -> Attached:
    workbook, (form,) = read_shown(_FOLDER / f"{FILES[name]}.xlsx")
    return Attached(form, workbook.sheet(form.sheet))
