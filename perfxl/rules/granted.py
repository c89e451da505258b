"""What a row's own scoring standard grants for its actual value."""

from __future__ import annotations

from perfxl.form.model import Form, Indicator
from perfxl.rules.reading import empty
from perfxl.settings.parameters import Settings


def grants_full_marks(form: Form, indicator: Indicator, settings: Settings) -> bool:
    """Whether the standard printed in a row gives the whole weight for what was reached, short of the target or not."""
    if empty(indicator.standard):
        return False
    from perfxl.scoring.by_standard import exact_score, other_scores, standard_of
    from perfxl.scoring.cells import Printed
    from perfxl.scoring.inputs import Row
    from perfxl.scoring.method import Undecided

    row = Row(form, indicator, Printed(), settings)
    standard = standard_of(row)
    if standard is None:
        return False
    found = exact_score(standard, row)
    if isinstance(found, Undecided):
        return False
    return standard.weight in (found[1], *other_scores(standard, row))
