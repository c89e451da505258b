"""The errors a person is told of. Each message is one or two plain Chinese sentences: what is wrong, what to do."""

from __future__ import annotations


class PerfxlError(Exception):
    """Base of the errors whose text is meant for the officer; `str()` is that text."""


class UnreadableWorkbook(PerfxlError):
    """A file is no workbook, or one that cannot be read. `reason` is a stable word for scripts ("encrypted", …)."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class OutputNotWritten(PerfxlError):
    """An output could not be written: no permission, disk full, held open by Excel or WPS."""
