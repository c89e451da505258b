"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from perfxl.paths import is_folder, resolved, there
from perfxl.workbook.errors import NotWritten, WriteFailed

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_SHOWN = 30  # signs of a name too long
_ABSENT = {errno.ENOENT, errno.ENOTDIR}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY}


# How Excel, WPS and LibreOffice mark a file that somebody has open, beside it.
_LOCKS = ("~${name}", ".~{name}", ".~lock.{name}#")


def write_whole(target: Path, content: bytes, mode: int | None = None, *, over: bytes | None = None) -> None:
    """Write a file by way of a temporary one in the same folder, which takes its place once it is complete.

    It is read back and compared before that, and what replaces a file is on the disk before it does; a copy under
    a new name, which can be made again, is left to the system to put there in its time. `mode` gives the permission
    bits; by default those of the file that is replaced, or the usual ones. `over` is what must still stand there.
    Raises WriteFailed, for a file that is read-only or that somebody has open too, and what stood there stands
    as before.
    """
    target = resolved(target)
    try:
        replaces = there(target)
        if replaces:
            found = stat.S_IMODE(target.stat().st_mode)
            _refuse_held(target, found)
            mode = found if mode is None else mode
        with _temporary(target, content, lasting=replaces) as temporary:
            if mode is not None:
                temporary.chmod(mode)
            if over is not None and target.read_bytes() != over:
                raise WriteFailed(
                    NotWritten.CHANGED, f"“{target.name}”在计算期间被改动，没有写入：请重新计算。"
                )
            temporary.replace(target)
    except OSError as error:
        raise not_written(target, error) from error


def write_new(target: Path, content: bytes) -> None:
    """Write a file under a name that nothing has, whole or not at all, and on the disk when this returns.

    Raises FileExistsError where the name is taken, WriteFailed where writing fails.
    """
    if there(target):
        raise FileExistsError(target)
    try:
        with _temporary(target, content, lasting=True) as temporary:
            try:
                os.link(temporary, target)  # which, unlike a renaming, overwrites nothing
            except FileExistsError:
                raise
            except OSError:  # a disk without links: a card, a share
                temporary.rename(target)
    except FileExistsError:
        raise
    except OSError as error:
        raise not_written(target, error) from error


@contextlib.contextmanager
def _temporary(target: Path, content: bytes, *, lasting: bool) -> Iterator[Path]:
    """A file beside the target with the content, read back and compared, `lasting` where it is on the disk as well."""
    temporary = target.with_name(f".perfxl-{os.urandom(6).hex()}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        if temporary.read_bytes() != content:
            raise unverified(target.name)
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _refuse_held(target: Path, mode: int) -> None:
    """Raise WriteFailed for a file marked as open or as not to be written.

    Systems other than Windows would let such a file be replaced, and whoever has it open would save over it.
    """
    for name in _LOCKS:
        lock = target.with_name(name.format(name=target.name))
        if there(lock):
            raise WriteFailed(
                NotWritten.HELD_OPEN,
                f"无法写入“{target.name}”：它正被 Excel/WPS 打开（旁边有锁定文件“{lock.name}”）；请关闭后再试，"
                "确实没有人打开的话，请删除这个锁定文件。",
            )
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise WriteFailed(
            NotWritten.NO_PERMISSION,
            f"无法写入“{target.name}”：文件是只读的；请取消只读后再试，或保存到其他位置。",
        )


def unverified(what: str) -> WriteFailed:
    """Return what to tell the officer where a written file is not what it should be."""
    return WriteFailed(
        NotWritten.VERIFICATION,
        f"写好的文件读回核对不一致（{what}），已放弃写入，原文件未改动：请换一个磁盘位置再试，仍不行请反馈此文件。",
    )


def not_written(target: Path, error: OSError) -> WriteFailed:
    """Return what to tell the officer about a system error met while writing a file."""
    if is_folder(target):
        return WriteFailed(NotWritten.FAILED, f"无法写入“{target.name}”：这是文件夹，请另给一个文件名。")
    if error.errno in _FULL:
        return WriteFailed(
            NotWritten.DISK_FULL, f"无法写入“{target.name}”：磁盘空间不足，请清理后再试，或保存到其他磁盘。"
        )
    if error.errno in _ABSENT:
        return WriteFailed(
            NotWritten.NO_FOLDER, f"无法写入“{target.name}”：保存位置不存在，请先建好文件夹或另选位置。"
        )
    if error.errno == errno.ENAMETOOLONG:
        return WriteFailed(
            NotWritten.FAILED, f"无法写入“{target.name[:_SHOWN]}…”：文件名太长，请另给一个短一些的文件名。"
        )
    if error.errno in _DENIED:
        return WriteFailed(
            NotWritten.NO_PERMISSION,
            f"无法写入“{target.name}”：文件正被 Excel/WPS 打开，或没有写入权限；请关闭该文件后再试，或保存到其他位置。",
        )
    return WriteFailed(
        NotWritten.FAILED, f"无法写入“{target.name}”：{error.strerror or error}；请换一个位置保存后再试。"
    )
