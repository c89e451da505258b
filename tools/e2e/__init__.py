"""The finished executable driven from outside, as a person at a desk and a script would: on Windows, Wine and Linux.

    python -m tools.e2e dist/perfxl.exe [--pictures FOLDER]

Only the standard library is used, so that any Python can run it. On Linux, pictures of the window and its keys go
through xdotool and ImageMagick.
"""
