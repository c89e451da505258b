"""How each printed form is laid out: one function a form, from a transcription to a drawn sheet."""

from __future__ import annotations

from collections.abc import Callable

from samples.canvas import Canvas
from samples.layouts import department, project, scoresheet, transfer
from samples.layouts.table import Print
from samples.transcription import Transcription

Layout = Callable[[Transcription, str, Print], Canvas]

LAYOUTS: dict[str, Layout] = {
    "department": department.self_evaluation,
    "project_list": department.project_list,
    "project_yinchuan": project.yinchuan,
    "project_yiyang": project.yiyang,
    "project_sichuan": project.sichuan,
    "scoresheet": scoresheet.draw,
    "transfer_quxian": transfer.quxian,
    "transfer_sichuan": transfer.sichuan,
}
"""Layout by the name that catalogue.toml uses."""
