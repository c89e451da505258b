"""What of all that PyInstaller collects goes into the executables, and where.

An entry is PyInstaller's own: (name in the bundle, source, kind). Qt's plugins pull in libraries that no import names,
so leaving modules out is not enough: the entries themselves are chosen, by what the window needs.
"""

from __future__ import annotations

import re
import sysconfig
import tomllib
import zipfile
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]

TABLE_LIBRARIES = frozenset({"numpy", "pandas", "pytz", "dateutil", "six", "tzdata"})
"""pandas and what only pandas needs here: 100 MB unpacked, of use to one command (see perfxl/carried.py)."""

EXCLUDED_MODULES = [
    # What libraries would like to have and the program never calls.
    "IPython",
    "PIL",
    "_pytest",
    "matplotlib",
    "numexpr",
    "pyarrow",
    "pytest",
    "scipy",
    "setuptools",
    "tkinter",
    "yaml",
    # Databases and the network, of which the program knows nothing: 8 MB with their libraries.
    "_hashlib",
    "_ssl",
    "sqlite3",
    "ssl",
    # Ways of working at several things at once that the program does not use.
    "asyncio",
    "multiprocessing",
    # Parts of lxml that docxtpl and python-docx do without.
    "lxml.html",
    "lxml.isoschematron",
    "lxml.objectify",
]

_UNWANTED_HOOKS = frozenset({"pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pyside6"})
"""What PyInstaller runs before the program: the last one loads Qt, which the command line does without. PySide6's own
packages find their plugins by themselves."""

QT_MODULES = frozenset({"Core", "Gui", "Widgets"})
"""The parts of Qt that the program may import."""

# Libraries that the kept parts load on their own: the X11 platform of Linux needs the last two.
_QT_LIBRARIES = QT_MODULES | {"DBus", "XcbQpa"}

_QT_PLUGINS = frozenset(
    {
        "platforms/qwindows",
        "platforms/qxcb",
        "platforms/qoffscreen",
        "styles/qmodernwindowsstyle",
        "imageformats/qico",
        # Chinese input on Linux desktops; Windows needs no plugin for it.
        "platforminputcontexts/ibusplatforminputcontextplugin",
        "platforminputcontexts/composeplatforminputcontextplugin",
        "platforms/qcocoa",
        "styles/qmacstyle",
    }
)

_LIBRARY = re.compile(
    r"(?:lib)?Qt6?(?P<module>[A-Za-z0-9]+?)(?:\.abi3|\.cpython-\w+)?(?:\.so[.\d]*|\.dll|\.pyd|\.dylib)?"
)
_TRANSLATION = re.compile(r"(?:qtbase|qt)_zh_CN\.qm")


def resources(top: Path) -> list[tuple[str, str]]:
    """Return what lies at the top of the repository and belongs inside the package: files, each with its folder there.

    As in the wheel, whose declaration in pyproject.toml is what counts.
    """
    project = tomllib.loads((top / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    found: list[tuple[str, str]] = []
    for pattern in wheel["include"]:
        folder = pattern.strip("/").partition("/")[0]
        if folder not in wheel["sources"]:
            continue
        paths = (top / folder).rglob("*") if pattern.strip("/") == folder else top.glob(pattern.strip("/"))
        for path in sorted(paths):
            if path.is_file() and path.suffix not in {".py", ".pyc"}:
                inside = PurePosixPath(wheel["sources"][folder], *path.parent.relative_to(top / folder).parts)
                found.append((str(path), str(inside)))
    return found


def kept(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries without the parts of Qt that the window does not need."""
    return [entry for entry in entries if _is_kept(PurePosixPath(entry[0].replace("\\", "/")))]


def _is_kept(name: PurePosixPath) -> bool:
    folders = [part.lower() for part in name.parts[:-1]]
    if "pytz" in folders or "tzdata" in folders:
        return "zoneinfo" not in folders  # the world's time zones: an amount of money has none
    if "default-docx-template" in folders or any(folder.endswith(".dist-info") for folder in folders):
        return False  # what python-docx's own template was made of, and notes of pip: each file costs at every start
    if name.name.lower() == "opengl32sw.dll":
        return False
    if "translations" in folders:
        return _TRANSLATION.fullmatch(name.name) is not None
    if "plugins" in folders:
        stem = name.name.partition(".")[0].removeprefix("lib")
        return f"{name.parts[-2]}/{stem}" in _QT_PLUGINS
    library = _LIBRARY.fullmatch(name.name)
    return library is None or library["module"] in _QT_LIBRARIES


def without_orphans(
    binaries: Sequence[Entry], imports: Callable[[str], Iterable[tuple[str, str | None]]]
) -> list[Entry]:
    """Return the libraries without those of Linux itself that only parts left out have asked for.

    `imports` gives what a library loads: name and path, None if it is not found (PyInstaller's bindepend.get_imports).
    """
    by_name = {PurePosixPath(name).name: (name, source, kind) for name, source, kind in binaries}
    wanted: set[str] = set()
    waiting = [
        entry for entry in binaries if entry[2] == "EXTENSION" or "/" in entry[0] or "libpython" in entry[0]
    ]
    while waiting:
        entry = waiting.pop()
        if entry[0] not in wanted:
            wanted.add(entry[0])
            names = (PurePosixPath(path or name).name for name, path in imports(entry[1]))
            waiting += [by_name[name] for name in names if name in by_name]
    return [entry for entry in binaries if entry[0] in wanted]


def standard_library(data: Iterable[Entry]) -> list[Entry]:
    """Return the modules that PyInstaller sets apart in base_library.zip, as modules of the program itself.

    Those that Python loads before the program begins are found in the zip file; the others come sooner from memory
    (see hooks/read_once.py).
    """
    (archive,) = [source for name, source, _ in data if name == "base_library.zip"]
    found: list[Entry] = []
    with zipfile.ZipFile(archive) as library:
        for compiled in library.namelist():
            source = PurePosixPath(compiled).with_suffix(".py")
            parts = source.parent.parts if source.stem == "__init__" else source.with_suffix("").parts
            if parts[0] != "encodings":
                found.append((".".join(parts), str(Path(sysconfig.get_path("stdlib"), source)), "PYMODULE"))
    return found


def without_hooks(scripts: Iterable[Entry]) -> list[Entry]:
    """Return the scripts that the executable runs, without the start-up hooks that only cost time here."""
    return [entry for entry in scripts if entry[0] not in _UNWANTED_HOOKS]


def refuse_foreign(binaries: Iterable[Entry]) -> None:
    """Raise ValueError if a library comes from the system's own folders, which under Wine holds imitations."""
    foreign = [source for _, source, _ in binaries if "\\windows\\" in source.lower()]
    if foreign:
        raise ValueError(f"libraries of the system itself must not be shipped: {foreign}")


def apart(entries: Sequence[Entry], packages: Collection[str]) -> tuple[list[Entry], list[Entry]]:
    """Return the entries of the program, and those of some packages with the libraries that came with them."""
    program: list[Entry] = []
    theirs: list[Entry] = []
    for entry in entries:
        (theirs if _package(entry).removesuffix(".libs") in packages else program).append(entry)
    return program, theirs


def _package(entry: Entry) -> str:
    name, source, kind = entry
    if kind.startswith("PYMODULE"):
        return name.partition(".")[0]
    # On Linux a library's second name lies elsewhere and leads to the package.
    place = source if kind == "SYMLINK" else name
    return PurePosixPath(place.replace("\\", "/")).parts[0]


def signature_modules(folder: Path) -> tuple[list[Entry], list[Entry]]:
    """Return PySide6's own support modules as entries of the archive of modules, and a file that makes it look there.

    PySide6 carries them as text in a library and compiles them at every start, unless it finds them in a folder
    `files.dir` beside that library. They are written below `folder`, for PyInstaller to read.
    """
    import shiboken6  # noqa: F401 - brings the other with it
    import shibokensupport  # type: ignore[import-not-found]

    archive: zipfile.ZipFile = shibokensupport.__loader__.zfile
    modules: list[Entry] = []
    for name in archive.namelist():
        path = PurePosixPath(name)
        if path.suffix != ".py" or path.parts[0] != "shibokensupport" or "-" in path.stem:
            continue
        archive.extract(name, folder)
        parts = path.parent.parts if path.stem == "__init__" else path.with_suffix("").parts
        modules.append((".".join(("shiboken6.files.dir", *parts)), str(folder / path), "PYMODULE"))
    first = "shibokensupport/__init__.py"
    return modules, [(f"shiboken6/files.dir/{first}", str(folder / first), "DATA")]
