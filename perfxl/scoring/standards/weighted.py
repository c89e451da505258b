"""Family 12, double weighting (河北): score × weight, right only where the score is out of 100."""

from __future__ import annotations

import re
from decimal import Decimal

from perfxl.scoring.standards.standard import Family, Possible, Reading, Standard
from perfxl.scoring.standards.wording import NUMBER

_TEXT = re.compile(
    r"(?:(?:指标)?(?:折算)?得分=)?(?:单项|指标|自评|评价|实际)*(?:得分|评分)\*(?:指标|单项)?(?:权重|权重占比|权数)(?:\(?%\)?)?"
)


_PERCENT = re.compile(rf"(?:得分=)?[^,;。*\d]{{0,12}}(?:得分|评分)\*({NUMBER})%")


def read(reading: Reading) -> Standard | None:
    """Read "单项得分*权重", or "评价得分*5%" for 5 points: it says how a score is converted, not how it is earned."""
    percent = _PERCENT.fullmatch(reading.text)
    own = percent is not None and Decimal(percent[1]) == reading.weight
    if not own and _TEXT.fullmatch(reading.text) is None:
        return None
    return Standard(Family.WEIGHTED, reading.weight, Possible(((Decimal(0), reading.weight),)))
