#!/usr/bin/env bash
# Build the Windows executables under Wine, into dist/windows: perfxl.exe and perfxl-folder/.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
cd "$top"

"$here/setup.sh"
log=build/windows/build.log
mkdir -p build/windows
rm -rf dist/windows
# The same names in the same order give the same file. Warnings go unread: Wine has no api-ms-win-… files to be found.
PYTHONHASHSEED=1 "$here/session.sh" timeout 1800 wine build/wine/python/python.exe -m PyInstaller --noconfirm \
    --log-level ERROR --workpath build/windows --distpath dist/windows build.spec >"$log" 2>&1 ||
    { tail -n 40 "$log"; echo "tools/windows: the executable was not built." >&2; exit 1; }
ls -l dist/windows/perfxl.exe dist/windows/perfxl-folder/perfxl.exe
