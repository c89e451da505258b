"""The jobs: one file each, used by the command line and by the window.

A job takes paths and returns a value that says what became of them. It raises `PerfxlError` (text for the
officer) where nothing could be done; checking alone never does, since one bad file must not stop a folder.
"""
