"""One window a user: a second start hands its files to the window that is open.

The first start takes a lock that the system gives back when the process ends, however it ends, so that nothing can
be left over. It listens on this machine alone, and answers only who knows the secret in the user's own folder.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from perfxl.faults import log_folder

if TYPE_CHECKING:
    import socket

PATIENCE = 20.0
"""Seconds to wait for a window that has only just been started."""

_held: IO[bytes] | None = None


def _folder() -> Path:
    return log_folder()


def _name() -> str:
    """One window for each session: a user may be logged in at a desk and over a terminal server."""
    session = os.environ.get("SESSIONNAME") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return "window-" + ("".join(sign for sign in session or "" if sign.isalnum()) or "0")


def hand_over(files: Sequence[Path]) -> bool:
    """Give the files to the window that is open; False if this process is to be the window.

    Where the user's folder cannot be written, or the open window does not answer, each start is a window of its own.
    """
    if _held is not None or not _is_held_elsewhere():
        return False
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if _send(files):
            return True
        time.sleep(0.1)
    return False


def listen(receive: Callable[[list[Path]], None]) -> None:
    """Call `receive`, in a thread of its own, with the files of every later start. Does nothing without the lock."""
    import socket  # slow to load: the first window listens once it is shown

    if _held is None:
        return
    secret = os.urandom(16).hex()
    try:
        server = socket.create_server(("127.0.0.1", 0))
        _write_address(server.getsockname()[1], secret)
    except OSError:
        return
    threading.Thread(target=_serve, args=(server, secret, receive), name="perfxl starts", daemon=True).start()


def release() -> None:
    """Give the lock back, so that the next start is a window."""
    global _held
    if _held is not None:
        _address_file().unlink(missing_ok=True)
        _held.close()
        _held = None


def _is_held_elsewhere() -> bool:
    """Whether another process holds the lock; if not, this one does from now on, where there can be a lock."""
    global _held
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        file = (_folder() / f"{_name()}.lock").open("a+b")
    except OSError:
        return False
    try:
        _lock(file)
    except OSError:
        file.close()
        return True
    _held = file
    _address_file().unlink(missing_ok=True)  # of a window that ended without taking leave
    return False


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _address_file() -> Path:
    return _folder() / f"{_name()}.json"


def _write_address(port: int, secret: str) -> None:
    """Say where the window listens, to this user alone, whole or not at all."""
    import json

    path = _address_file()
    temporary = path.with_suffix(".tmp")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump({"port": port, "secret": secret}, file)
    temporary.replace(path)


def _send(files: Sequence[Path]) -> bool:
    import json
    import socket

    try:
        address = json.loads(_address_file().read_text(encoding="ascii"))
        _let_it_come_forward()
        with socket.create_connection(("127.0.0.1", int(address["port"])), timeout=2) as line:
            message = {"secret": address["secret"], "files": [str(path) for path in files]}
            line.sendall(json.dumps(message).encode("ascii") + b"\n")
            return line.makefile("rb").readline() == b"ok\n"
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _let_it_come_forward() -> None:
    """Windows lets a window come to the front only if the program in front allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def _serve(server: socket.socket, secret: str, receive: Callable[[list[Path]], None]) -> None:
    import json

    while True:
        try:
            line, _ = server.accept()
        except OSError:
            return
        with line:
            line.settimeout(2)
            try:
                message: Any = json.loads(line.makefile("rb").readline(1_000_000))
                if message["secret"] != secret:
                    continue
                receive([Path(name) for name in message["files"]])
                line.sendall(b"ok\n")
            except (OSError, ValueError, KeyError, TypeError):
                continue
