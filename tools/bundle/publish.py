"""`python -m tools.bundle.publish DIST TARGET`: what is attached to a release, with its checksums.

From DIST, where PyInstaller has put both builds, come perfxl-VERSION.exe, perfxl-VERSION-folder.zip, the third-party
notices, SHA256SUMS.txt and NOTES.md, the release's text from CHANGELOG.md.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
import zipfile
from pathlib import Path

import perfxl

_TOP = Path(__file__).resolve().parents[2]
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same content gives the same archive."""


def publish(built: Path, target: Path) -> None:
    """Fill a fresh folder."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    version = perfxl.__version__
    shutil.copyfile(built / "perfxl.exe", target / f"perfxl-{version}.exe")
    folder = built / "perfxl-folder"
    _archive(folder, target / f"perfxl-{version}-folder.zip", f"perfxl-{version}")
    _archive(folder / "_internal" / "perfxl" / "licences", target / "licences.zip", "licences")
    (target / "NOTES.md").write_text(_notes(version), encoding="utf-8")
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(target.iterdir())
    ]
    (target / "SHA256SUMS.txt").write_text("".join(sums), encoding="utf-8", newline="\n")


def _archive(folder: Path, target: Path, inside: str) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            member = zipfile.ZipInfo(f"{inside}/{path.relative_to(folder).as_posix()}", _EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(member, path.read_bytes())


def _notes(version: str) -> str:
    """The part of the changelog about a version, or about what is not released yet."""
    text = (_TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## \[?([\w.]+)\]?[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    return str(parts.get(version, parts.get("Unreleased", ""))).strip() + "\n"


if __name__ == "__main__":
    publish(Path(sys.argv[1]), Path(sys.argv[2]))
