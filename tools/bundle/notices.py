"""The notices of others' work that the executables carry, from the distributions that are installed.

The folder `licences` has an overview and, for each distribution, its licence as it came. Qt for Python and docxtpl
are under the LGPL: their texts, and how to put other versions of them in, are part of what must be handed on.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

_HERE = Path(__file__).parent
_TEXTS = _HERE / "licences"
_TOP = _HERE.parents[1]

# Distributions that come with no usable text of the licence they are under.
_GIVEN_TEXTS = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "docxtpl": ("LGPL-2.1.txt",),
}

_INTRODUCTION = """\
perfxl 使用 MIT 许可（见 perfxl.txt）。本程序还包含下列第三方组件，各按其自己的许可使用；许可全文在本文件夹中。

perfxl is under the MIT licence (perfxl.txt). This program also contains the work of others listed below, each under its
own licence; the full texts lie in this folder.

Qt, Qt for Python (PySide6, shiboken6): LGPL version 3. They are used unchanged, as the distributions named below, whose
sources the Qt Project publishes with each version. They are separate libraries (Qt6*.dll, PySide6, shiboken6) that you
may replace: in the folder build, put other files of the same version line in their place under _internal; for the
one-file executable, build it anew from the public sources of perfxl with the version you want (docs/release.md,
"Rebuilding"). Reverse engineering for debugging such changes is permitted.

docxtpl: LGPL version 2.1, used unchanged; the same way of rebuilding puts another version in its place.

"""


def write(folder: Path) -> Path:
    """Write the notices into a fresh folder and return it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(_TOP / "LICENSE", folder / "perfxl.txt")
    shutil.copyfile(_TEXTS / "Python-3.11.txt", folder / "Python.txt")
    lines = ["Python (with the libraries it contains): PSF-2.0 and others, Python.txt"]
    for package in sorted(_shipped(), key=lambda package: package.name.lower()):
        files = _write_texts(package, folder)
        lines.append(f"{package.name} {package.version}: {_licence(package)}; {', '.join(files)}")
    overview = _INTRODUCTION + "\n".join(lines) + "\n"
    (folder / "第三方组件 NOTICES.txt").write_text(overview, encoding="utf-8-sig", newline="\r\n")
    return folder


def _shipped() -> list[Distribution]:
    """The distributions that perfxl needs, those that they need, and PyInstaller, whose loader is in the executable."""
    project = tomllib.loads((_TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Distribution] = {"pyinstaller": distribution("pyinstaller")}
    waiting = list(_applicable(project["dependencies"]))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = distribution(name)
            waiting += _applicable(found[name].requires or [])
    return list(found.values())


def _applicable(requirements: list[str]) -> Iterator[str]:
    for text in requirements:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement.name.lower().replace("_", "-")


def _write_texts(package: Distribution, folder: Path) -> list[str]:
    given = _GIVEN_TEXTS.get(package.name.lower().replace("_", "-"), ())
    for name in given:
        shutil.copyfile(_TEXTS / name, folder / name)
    if given:
        return list(given)
    texts = [
        Path(str(package.locate_file(file))).read_text(encoding="utf-8", errors="replace")
        for file in package.files or []
        if file.name.lower().startswith(("licen", "copying", "notice")) and ".dist-info" in str(file)
    ]
    if not texts:
        raise ValueError(
            f"{package.name} {package.version} comes without the text of its licence: add it by hand."
        )
    name = f"{package.name}.txt"
    (folder / name).write_text("\n\n".join(texts), encoding="utf-8")
    return [name]


def _licence(package: Distribution) -> str:
    """The licence's name as the distribution states it."""
    told = package.metadata
    stated = next((told[name] for name in ("License-Expression", "License") if name in told), "")
    if not stated or "\n" in stated or len(stated) > 200:
        kinds = [line for line in told.get_all("Classifier") or [] if line.startswith("License :: ")]
        stated = ", ".join(kind.rpartition(" :: ")[2] for kind in kinds) or "see the text"
    return stated
