#!/usr/bin/env bash
# Drive every executable that was built, each on a screen of its own: those of `make exe`, and under Wine those of
# `make windows-exe`, there by the Windows Python, so that the script does what it does on Windows.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

drive() {
    local executable=$1 pictures=dist/pictures/$2
    shift 2
    [[ -e $executable ]] || return 0
    found=1
    echo "== $executable"
    timeout 1800 "$@" -m tools.e2e "$executable" --pictures "$pictures" "${options[@]}" </dev/null || status=1
}

options=("$@") found='' status=0
screen=(xvfb-run -a -s "-screen 0 1280x900x24 -nolisten tcp")
wine=(tools/windows/session.sh wine build/wine/python/python.exe)
drive dist/perfxl linux-file "${screen[@]}" .venv/bin/python
drive dist/perfxl-folder/perfxl linux-folder "${screen[@]}" .venv/bin/python
drive dist/windows/perfxl.exe wine-file "${wine[@]}"
drive dist/windows/perfxl-folder/perfxl.exe wine-folder "${wine[@]}"
[[ -n "$found" ]] || { echo "No executable in dist/: run make exe or make windows-exe first." >&2; exit 1; }
exit $status
