"""Transcribed forms with other figures: amounts, targets met and missed, blank and wrong scores, standards.

What comes out is nobody's form; it only has to make `score` write as many different formulas as people's forms do.
"""

from __future__ import annotations

import copy
import random
import re
from decimal import Decimal
from typing import Any

from tests.layouts.forms import role_of
from tests.scoring.standards.table import Row, measured

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CONDITION = re.compile(
    r"[≥≤><=＞＜≧≦]|不低于|不少于|不超过|不高于|大于等于|小于等于|大于|小于|低于|少于|超过"
)
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_STANDARD = "评分标准"
_AMOUNTS = ("initial", "budget", "arrived", "executed")


def varied(form: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return a form of the transcription's shape with figures drawn from the seed."""
    dice = random.Random(f"variation {seed}")
    form = copy.deepcopy(form)
    if "清单" in form["title"]:
        return form
    _funds(form, dice)
    roles = {label: role_of("indicator", label) for label in form["columns"]}
    if "standard" not in roles.values() and "weight" in roles.values() and dice.random() < 0.3:
        _standards(form, roles, dice)
    for row in form["indicators"]:
        _indicator(row, {role: label for label, role in roles.items()}, dice)
    if dice.random() < 0.7:
        form["total"] = {**form["total"], **({"score": ""} if form["total"].get("score") else {})}
    return form


def _funds(form: dict[str, Any], dice: random.Random) -> None:
    roles = {label: role_of("fund", label) for label in form["funds"]["columns"]}
    spent = Decimal(dice.choice(("1", "1", "0.8989", "0.5", "0.333", "1.05", "0")))
    scale = Decimal(dice.randrange(1, 400)) / dice.choice((1, 3, 7, 100))
    for row in form["funds"]["rows"]:
        for label, text in row["values"].items():
            role = roles.get(label, "")
            if role in _AMOUNTS and _PLAIN.fullmatch(text):
                amount = Decimal(text.replace(",", "")) * scale * (spent if role == "executed" else 1)
                row["values"][label] = "" if dice.random() < 0.03 else f"{amount:.2f}"
            elif role in ("rate", "score") and _NUMBER.match(text) and dice.random() < 0.7:
                row["values"][label] = ""
            elif role == "weight" and _PLAIN.fullmatch(text) and dice.random() < 0.3:
                row["values"][label] = dice.choice(("10", "20", "15", "7.5"))


def _standards(form: dict[str, Any], roles: dict[str, str], dice: random.Random) -> None:
    """A column of standards, some of them ones that are measured, each with the weight it is made for."""
    weight = next(label for label, role in roles.items() if role == "weight")
    form["columns"].append(_STANDARD)
    roles[_STANDARD] = "standard"
    for row in form["indicators"]:
        if dice.random() < 0.7 and row.get(weight):
            standard: Row = dice.choice(measured())
            row[_STANDARD], row[weight] = standard.text, str(standard.weight)


def _indicator(row: dict[str, Any], labels: dict[str, str], dice: random.Random) -> None:
    target, actual, score = (labels.get(role, "") for role in ("target", "actual", "score"))
    aim = _NUMBER.search(row.get(target, ""))
    if aim is not None and row.get(actual) and dice.random() < 0.8:
        share = Decimal(dice.choice(("1", "1.2", "0.95", "0.5", "0.07", "1.6", "0")))
        reached = f"{(Decimal(aim[0]) * share).normalize():f}"
        before, after = row[target][: aim.start()], row[target][aim.end() :]
        row[actual] = _CONDITION.sub("", before) + reached + after
    if row.get(score) and dice.random() < 0.7:
        row[score] = dice.choice(("", "", "", "1", "4.5"))
