"""The commands: one file each; only the one that was called is imported.

A command's module has `HELP` (one line), `arguments(parser)`, and `run(options)`, which returns the exit status.
"""

from __future__ import annotations

COMMANDS = (
    "run",
    "forms",
    "new",
    "extract",
    "check",
    "score",
    "report",
    "compare",
    "rollup",
    "rules",
    "explain",
    "demo",
)
"""The names, in the order in which the help lists them; each is a module of this package."""
