"""perfxl: reads, checks, scores and reports Chinese budget performance self-evaluation forms (预算绩效自评)."""

from __future__ import annotations

__version__ = "0.1.0"
