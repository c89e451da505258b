"""How well the project's reader reads the generated layouts.

    python -m tests.layouts.survey [SEEDS] [alone | stacked | beside | sheets]

Prints how many layouts were read without a difference, then each kind of difference with its count and the
forms and seeds to look at (`python -m tests.layouts.survey show FORM SEED` draws one).
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, cast

from perfxl.form.read import read_forms
from perfxl.output.extracted import forms_as_json
from perfxl.workbook.grid import Sheet
from tests.layouts import differences, form_names, generate, generate_together, load_form, to_workbook
from tests.layouts.generate import Arrangement, Generated


def _layouts(seeds: int, arrangement: Arrangement | Literal["alone"]) -> Iterator[tuple[str, Generated]]:
    names = form_names()
    for number, name in enumerate(names):
        for seed in range(seeds):
            if arrangement == "alone":
                yield f"{name} {seed}", generate(load_form(name), seed)
            else:
                pair = [load_form(name), load_form(names[(number + seed + 1) % len(names)])]
                yield f"{name} {seed}", generate_together(pair, seed, arrangement)


def survey(seeds: int, arrangement: Arrangement | Literal["alone"]) -> None:
    """Print the counts of differences over all forms and `seeds` layouts of each."""
    met: dict[str, list[tuple[str, str]]] = defaultdict(list)
    clean = count = 0
    for place, generated in _layouts(seeds, arrangement):
        count += 1
        found = differences(generated.expected, forms_as_json("", read_forms(to_workbook(generated))))
        clean += not found
        for line in found:
            kind = re.sub(r"\[\d+\]", "[]", line.partition(": expected")[0]).partition(": ")[2] or line[:40]
            met[kind].append((place, line))
    print(f"{clean} of {count} layouts read without a difference")
    for kind, cases in sorted(met.items(), key=lambda item: -len({place for place, _ in item[1]})):
        places = list(dict.fromkeys(place for place, _ in cases))
        print(f"{len(places):5} {kind}  ({', '.join(places[:6])})")
        print(f"      {cases[0][1]}")


def show(name: str, seed: int) -> None:
    """Print one layout: "<" belongs to the cell at its left, "^" to the one above."""
    for sheet in to_workbook(generate(load_form(name), seed)).sheets:
        print(f"== {sheet.name}, hidden rows {set(sheet.hidden_rows)}, columns {set(sheet.hidden_columns)}")
        print("\n".join(_drawn(sheet)))


def _drawn(sheet: Sheet) -> Iterator[str]:
    for row in range(1, sheet.extent.bottom + 1):
        texts = []
        for column in range(1, sheet.extent.right + 1):
            area = sheet.area(row, column)
            if (row, column) == (area.top, area.left):
                value = sheet.at(row, column).value
                texts.append(
                    "" if value is None else repr(value)[:24] if isinstance(value, str) else str(value)
                )
            else:
                texts.append("^" if column == area.left else "<")
        yield f"{row:3} " + " | ".join(texts)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["show"]:
        show(words[1], int(words[2]))
    else:
        wished = words[1] if len(words) > 1 else "alone"
        if wished not in ("alone", "stacked", "beside", "sheets"):
            raise SystemExit(__doc__)
        survey(int(words[0]) if words else 10, cast('Arrangement | Literal["alone"]', wished))
