"""What goes into the executables, and that the program asks for nothing that was left out."""

from __future__ import annotations

import ast
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import perfxl
from perfxl.carried import WINDOW
from tools.bundle import contents, notices

PACKAGE = Path(perfxl.__file__).parent
BUNDLE = Path(contents.__file__).parent


def imports() -> Iterator[tuple[str, Path]]:
    """Every module that the program's files import anywhere, in functions too."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((alias.name, path) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((f"{node.module}.{alias.name}", path) for alias in node.names)


def binary(name: str, source: str = "somewhere") -> contents.Entry:
    return name, source, "BINARY"


class TestLeftOut:
    def test_the_program_imports_nothing_of_it(self) -> None:
        asked = [
            (name, path.name)
            for name, path in imports()
            for excluded in contents.EXCLUDED_MODULES
            if name == excluded or name.startswith(f"{excluded}.")
        ]
        assert asked == []

    def test_of_qt_only_what_is_carried(self) -> None:
        parts = {name.split(".")[1] for name, _ in imports() if name.startswith("PySide6.")}
        assert parts
        assert {part.removeprefix("Qt") for part in parts} <= contents.QT_MODULES

    def test_the_table_libraries_belong_to_the_roll_up(self) -> None:
        users = {
            path.relative_to(PACKAGE).parts[0]
            for name, path in imports()
            if name.partition(".")[0] in contents.TABLE_LIBRARIES
        }
        assert users == {"rollup"}

    @pytest.mark.parametrize(
        "name",
        [
            "PySide6\\opengl32sw.dll",
            "PySide6\\Qt6Quick.dll",
            "PySide6\\Qt6Qml.dll",
            "PySide6\\Qt6Network.dll",
            "PySide6\\Qt6Svg.dll",
            "PySide6\\Qt6Pdf.dll",
            "PySide6\\Qt6VirtualKeyboard.dll",
            "PySide6\\QtNetwork.pyd",
            "PySide6\\plugins\\imageformats\\qsvg.dll",
            "PySide6\\plugins\\platforms\\qdirect2d.dll",
            "PySide6\\translations\\qtbase_de.qm",
            "PySide6/Qt/lib/libQt6Network.so.6",
            "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
            "PySide6/QtNetwork.abi3.so",
            "pytz\\zoneinfo\\Asia\\Shanghai",
            "docx\\templates\\default-docx-template\\word\\document.xml",
            "markupsafe-3.0.4.dist-info\\RECORD",
        ],
    )
    def test_parts_that_the_window_does_not_need(self, name: str) -> None:
        assert contents.kept([binary(name)]) == []


class TestKept:
    @pytest.mark.parametrize(
        "name",
        [
            "PySide6\\Qt6Core.dll",
            "PySide6\\Qt6Gui.dll",
            "PySide6\\Qt6Widgets.dll",
            "PySide6\\QtWidgets.pyd",
            "PySide6\\plugins\\platforms\\qwindows.dll",
            "PySide6\\plugins\\imageformats\\qico.dll",
            "PySide6\\translations\\qtbase_zh_CN.qm",
            "PySide6/Qt/lib/libQt6XcbQpa.so.6",
            "PySide6/Qt/plugins/platforms/libqxcb.so",
            "PySide6/QtCore.abi3.so",
            "shiboken6\\Shiboken.pyd",
            "python311.dll",
            "docx\\templates\\default.docx",
            "perfxl\\templates\\docx\\report.docx",
        ],
    )
    def test_parts_that_it_needs(self, name: str) -> None:
        assert contents.kept([binary(name)]) == [binary(name)]

    def test_libraries_of_linux_stay_with_those_who_load_them(self) -> None:
        loads = {"qxcb": ["libxcb.so.1"], "xcb": ["libXau.so.6"], "xau": [], "gio": ["libXau.so.6"]}
        entries = [
            binary("PySide6/Qt/plugins/platforms/libqxcb.so", "qxcb"),
            binary("libxcb.so.1", "xcb"),
            binary("libXau.so.6", "xau"),
            binary("libgio-2.0.so.0", "gio"),
        ]
        found = contents.without_orphans(entries, lambda source: [(name, None) for name in loads[source]])
        assert found == entries[:3]

    def test_table_libraries_are_set_aside_with_their_own_libraries(self) -> None:
        tables = [
            ("pandas.core.frame", "frame.py", "PYMODULE"),
            binary("numpy.libs\\libopenblas.dll"),
            ("numpy\\core\\_multiarray_umath.pyd", "somewhere", "EXTENSION"),
        ]
        program = [("perfxl.rollup.tables", "tables.py", "PYMODULE"), binary("lxml\\etree.pyd")]
        assert contents.apart([*tables, *program], contents.TABLE_LIBRARIES) == (program, tables)

    def test_qt_is_set_aside_with_its_second_names(self) -> None:
        window = [
            ("PySide6.QtCore", "QtCore.py", "PYMODULE"),
            ("shiboken6", "__init__.py", "PYMODULE"),
            binary("PySide6\\plugins\\platforms\\qwindows.dll"),
            ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ]
        program = [("perfxl.window.app", "app.py", "PYMODULE"), binary("libxcb-cursor.so.0")]
        assert contents.apart([*window, *program], WINDOW.packages) == (program, window)


def test_every_folder_of_resources_is_carried() -> None:
    asked = {
        node.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "resource_folder"
        and isinstance(node.args[0], ast.Constant)
    }
    carried = contents.resources(PACKAGE.parent)
    assert {"templates", "samples"} <= asked <= {folder.split("/")[1] for _, folder in carried} | {"licences"}
    assert all(folder.startswith("perfxl/") for _, folder in carried)
    templates = {Path(source).name for source, _ in carried}
    on_disk = {path.name for path in (PACKAGE.parent / "templates").rglob("*") if path.is_file()}
    assert {name for name in on_disk if not name.endswith((".py", ".pyc"))} <= templates


def test_libraries_of_wine_are_refused() -> None:
    contents.refuse_foreign([binary("python311.dll", "Z:\\build\\wine\\python\\python311.dll")])
    with pytest.raises(ValueError, match="ucrtbase"):
        contents.refuse_foreign([binary("ucrtbase.dll", "C:\\Windows\\system32\\ucrtbase.dll")])


def test_notices_name_all_that_is_shipped(tmp_path: Path) -> None:
    folder = notices.write(tmp_path / "licences")
    (overview,) = folder.glob("*NOTICES.txt")
    text = overview.read_text(encoding="utf-8-sig")
    for name in (
        "PySide6_Essentials",
        "shiboken6",
        "pandas",
        "numpy",
        "lxml",
        "docxtpl",
        "openpyxl",
        "pyinstaller",
    ):
        assert f"\n{name} " in text
    texts = {path.name for path in folder.iterdir()}
    assert {"perfxl.txt", "Python.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt", "numpy.txt"} <= texts


def test_the_icon_has_a_picture_for_each_scale() -> None:
    data = (BUNDLE / "perfxl.ico").read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * number) for number in range(count)]
    assert kind == 1
    assert {entry[0] or 256 for entry in entries} >= {16, 24, 32, 48, 64, 256}
    for *_, size, offset in entries:
        assert data[offset : offset + 8] == b"\x89PNG\r\n\x1a\n" and offset + size <= len(data)


class TestModules:
    def test_support_modules_of_pyside_are_those_it_would_compile(self, tmp_path: Path) -> None:
        modules, data = contents.signature_modules(tmp_path)
        names = {name for name, _, _ in modules}
        assert "shiboken6.files.dir.shibokensupport.signature.loader" in names
        assert {kind for _, _, kind in modules} == {"PYMODULE"}
        for _, source, _ in modules:
            compile(Path(source).read_text(encoding="utf-8"), source, "exec")
        ((place, source, _),) = data
        assert place.startswith("shiboken6/files.dir/") and Path(source).exists()

    def test_the_standard_library_set_apart_is_found_again(self, tmp_path: Path) -> None:
        library = tmp_path / "base_library.zip"
        with zipfile.ZipFile(library, "w") as archive:
            for name in ("re/__init__.pyc", "re/_parser.pyc", "enum.pyc", "encodings/utf_8.pyc"):
                archive.writestr(name, b"")
        found = contents.standard_library([("base_library.zip", str(library), "DATA")])
        assert {name for name, _, _ in found} == {"re", "re._parser", "enum"}
        assert all(Path(source).exists() for _, source, _ in found)
