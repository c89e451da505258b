"""What commands say to the console, and the exit statuses of the contract."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from perfxl.errors import OutputNotWritten, PerfxlError

OK, FINDINGS, UNREADABLE, NOT_WRITTEN, FAULT = 0, 1, 2, 3, 70


def out(text: str) -> None:
    """Write text for a person; signs that the console's code page lacks are replaced, never an error."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    if not text.endswith("\n"):
        sys.stdout.write("\n")


def out_json(value: dict[str, Any] | list[Any]) -> None:
    """Write JSON as UTF-8, whatever the console's code page."""
    out_utf8(json_text(value))


def json_text(value: dict[str, Any] | list[Any]) -> str:
    """Return JSON as all commands write it."""
    import json

    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def out_utf8(text: str) -> None:
    """Write text for a program as UTF-8, whatever the console's code page."""
    data = text.encode("utf-8", "backslashreplace")  # half a sign, as a damaged file may hold
    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a stream that takes only text, as a test's may be
        sys.stdout.write(text)
    else:
        buffer.write(data)
        buffer.flush()


def notice(text: str) -> None:
    """Write a notice to standard error, where it is in no script's way."""
    print(text, file=sys.stderr)


def refused(file: Path, error: PerfxlError, *, as_json: bool = False) -> int:
    """Say in one sentence why a file could not be handled, to scripts as JSON too; return the exit status."""
    if as_json:
        out_json({"file": file.name, "error": str(error)})
    notice(f"{file.name or file}：{error}")
    return NOT_WRITTEN if isinstance(error, OutputNotWritten) else UNREADABLE
