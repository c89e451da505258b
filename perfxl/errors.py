"""The base of every error a person is told of.

`str()` of such an error is one or two plain Chinese sentences: what is wrong, and what to do.
"""

from __future__ import annotations


class PerfxlError(Exception):
    """An error whose text is meant for the officer."""


class NoForm(PerfxlError):
    """A workbook that can be read but holds no self-evaluation form."""


class OutputNotWritten(PerfxlError):
    """An output could not be written, and nothing was left half done: no permission, disk full, file held open."""
