"""Run by the executable before everything else: its modules are read from memory, not from the disk one by one.

PyInstaller opens the executable anew for every module, and the zip file of the standard library too, so that both can
be deleted while the program runs. Opening a file takes a millisecond where a scanner looks at it (or Wine searches for
it), and a window needs two hundred modules: a fifth of its whole start. Here they are read in one go.
"""

import io
import sys

import pyimod01_archive
import pyimod02_importers


def _read_once():
    archive = pyimod02_importers.pyz_archive
    length = max(offset + size for _, offset, size in archive.toc.values())
    with io.FileIO(archive._filename) as file:
        file.seek(archive._start_offset)
        held = file.read(length)
    archive._start_offset = 0
    pyimod01_archive.open = lambda *_: io.BytesIO(held)


_read_once()
# build.spec puts the standard library among the program's own modules; the zip file is asked last.
sys.path.sort(key=lambda place: place.endswith("base_library.zip"))
