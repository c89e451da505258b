"""What the Windows executable says about itself under 属性 → 详细信息."""

from __future__ import annotations

import sys
from typing import Any


def version_resource(version: str) -> Any:
    """Return PyInstaller's version resource for a version like 1.2.3; None where executables have none."""
    if sys.platform != "win32":
        return None
    from PyInstaller.utils.win32.versioninfo import (
        FixedFileInfo,
        StringFileInfo,
        StringStruct,
        StringTable,
        VarFileInfo,
        VarStruct,
        VSVersionInfo,
    )

    numbers = tuple(int(part) for part in version.split(".")[:3])
    four = (*numbers, *(0,) * (4 - len(numbers)))
    simplified_chinese, unicode = 0x0804, 1200
    strings = {
        "CompanyName": "perfxl",
        "FileDescription": "预算绩效自评表检查与计算",
        "FileVersion": version,
        "InternalName": "perfxl",
        "LegalCopyright": "MIT License, The perfxl contributors",
        "OriginalFilename": "perfxl.exe",
        "ProductName": "perfxl",
        "ProductVersion": version,
    }
    table = StringTable(
        f"{simplified_chinese:04x}{unicode:04x}", [StringStruct(name, text) for name, text in strings.items()]
    )
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=four, prodvers=four),
        kids=[
            StringFileInfo([table]),
            VarFileInfo([VarStruct("Translation", [simplified_chinese, unicode])]),
        ],
    )
