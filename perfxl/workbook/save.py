"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from perfxl.workbook.errors import NotWritten, OutputNotWritten

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_ABSENT = {errno.ENOENT, errno.ENOTDIR}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY}


def write_whole(target: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file by way of a temporary one in the same folder, which takes its place once it is complete.

    It is read back and compared before that, and what replaces a file is on the disk before it does; a copy under
    a new name, which can be made again, is left to the system to put there in its time. `mode` gives the permission
    bits; by default those of the file that is replaced, or the usual ones. Raises OutputNotWritten, and the file
    that stood there stands as before.
    """
    target = target.resolve()
    temporary = target.with_name(f".perfxl-{os.urandom(6).hex()}.tmp")
    try:
        replaces = target.exists()
        if mode is None and replaces:
            mode = stat.S_IMODE(target.stat().st_mode)
        with temporary.open("xb") as file:
            file.write(content)
            if replaces:
                file.flush()
                os.fsync(file.fileno())
        if temporary.read_bytes() != content:
            raise unverified(target.name)
        if mode is not None:
            temporary.chmod(mode | stat.S_IWUSR)
        temporary.replace(target)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def unverified(what: str) -> OutputNotWritten:
    """Return what to tell the officer where a written file is not what it should be."""
    return OutputNotWritten(
        NotWritten.VERIFICATION,
        f"写好的文件读回核对不一致（{what}），已放弃写入，原文件未改动：请换一个磁盘位置再试，仍不行请反馈此文件。",
    )


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
