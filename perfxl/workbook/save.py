"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from perfxl.workbook.errors import NotWritten, OutputNotWritten

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_ABSENT = {errno.ENOENT, errno.ENOTDIR}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY}


def write_whole(
    target: Path, content: bytes, check: Callable[[Path], None] | None = None, mode: int | None = None
) -> None:
    """Write a file by way of a temporary one in the same folder, which takes its place once it is complete.

    `check` may look at the temporary file and raise. `mode` gives the permission bits; by default those of the
    file that is replaced, or the usual ones. Raises OutputNotWritten, and the file that stood there stands as before.
    """
    target = target.resolve()
    temporary = target.with_name(f".perfxl-{os.urandom(6).hex()}.tmp")
    try:
        if mode is None and target.exists():
            mode = stat.S_IMODE(target.stat().st_mode)
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(temporary)
        if mode is not None:
            temporary.chmod(mode | stat.S_IWUSR)
        temporary.replace(target)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def not_written(target: Path, error: OSError) -> OutputNotWritten:
    """Return what to tell the officer about a system error met while writing a file."""
    if target.is_dir():
        return OutputNotWritten(NotWritten.FAILED, f"无法写入“{target.name}”：这是文件夹，请另给一个文件名。")
    if error.errno in _FULL:
        return OutputNotWritten(
            NotWritten.DISK_FULL, f"无法写入“{target.name}”：磁盘空间不足，请清理后再试，或保存到其他磁盘。"
        )
    if error.errno in _ABSENT:
        return OutputNotWritten(
            NotWritten.NO_FOLDER, f"无法写入“{target.name}”：保存位置不存在，请先建好文件夹或另选位置。"
        )
    if error.errno in _DENIED:
        return OutputNotWritten(
            NotWritten.NO_PERMISSION,
            f"无法写入“{target.name}”：文件正被 Excel/WPS 打开，或没有写入权限；请关闭该文件后再试，或保存到其他位置。",
        )
    return OutputNotWritten(
        NotWritten.FAILED, f"无法写入“{target.name}”：{error.strerror or error}；请换一个位置保存后再试。"
    )
