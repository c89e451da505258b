"""Render every blank form as docs/images/forms/<id>-<page>.png, to be looked at and shown in the documentation.

    python templates/xlsx/render.py [FOLDER]

Needs LibreOffice and pdftoppm. Fonts that this machine lacks are replaced by free ones of the same kind.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <match target="pattern"><test name="family"><string>方正小标宋简体</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Serif CJK SC</string></edit>
    <edit name="weight" mode="assign" binding="strong"><const>bold</const></edit></match>
  <match target="pattern"><test name="family"><string>仿宋_GB2312</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Serif CJK SC</string></edit></match>
  <match target="pattern"><test name="family"><string>黑体</string></test>
    <edit name="family" mode="assign" binding="strong"><string>Noto Sans CJK SC</string></edit>
    <edit name="weight" mode="assign" binding="strong"><const>medium</const></edit></match>
</fontconfig>
"""
DOTS_PER_INCH = 72


def render(folder: Path, names: list[str]) -> None:
    """Write the pages of the forms named (by default all) into `folder`."""
    from perfxl.settings.forms import declared_forms
    from perfxl.template.declaration import declaration
    from perfxl.template.layout import lay_out
    from perfxl.template.write import workbook
    from tests.oracle import libreoffice

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        fonts = Path(temporary) / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(fonts)
        paths = [Path(temporary) / f"{name}.xlsx" for name in names or declared_forms()]
        for path in paths:
            path.write_bytes(workbook(lay_out(declaration(path.stem))))
        for pdf in libreoffice.to_pdf(paths, Path(temporary) / "pdf"):
            for old in folder.glob(f"{pdf.stem}-[0-9]*.png"):
                old.unlink()
            subprocess.run(  # noqa: S603
                [  # noqa: S607
                    "pdftoppm", "-png", "-r", str(DOTS_PER_INCH), str(pdf), str(folder / pdf.stem),
                ],
                check=True,
            )  # fmt: skip


if __name__ == "__main__":
    arguments = sys.argv[1:]
    target = Path(arguments[0]) if arguments else ROOT / "docs" / "images" / "forms"
    render(target, arguments[1:])
