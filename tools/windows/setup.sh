#!/usr/bin/env bash
# Make build/wine: a Windows CPython with all that the executable is built from, under Wine.
#
# Everything comes from Debian's packages and the registry of Python packages, each file checked against its hash.
# What is there already and fits is kept. PYTHON names the Python that fetches (default: .venv/bin/python).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$here/../.." && pwd)
root=$top/build/wine
export WINEDEBUG=-all
python=${PYTHON:-$top/.venv/bin/python}

fail() {
    echo "tools/windows: $*" >&2
    exit 1
}

# again TIMES COMMAND…: a download may fail once or twice.
again() {
    local times=$1 try
    shift
    for ((try = 1; try <= times; try++)); do
        timeout 900 "$@" && return
        echo "tools/windows: try $try of $times failed: $*" >&2
        sleep $((try * 5))
    done
    return 1
}

for tool in wine wineserver Xvfb x86_64-w64-mingw32-gcc; do
    command -v "$tool" >/dev/null || fail "$tool is missing; on Debian: apt-get install --no-install-recommends" \
        "wine wine64 xvfb fonts-wqy-zenhei gcc-mingw-w64-x86-64-win32"
done
mkdir -p "$root"
cd "$root"

# 1. Python itself, and 2. the packages, both laid aside first so that a broken download leaves nothing half done.
wanted=$(cat "$here/python.txt" "$top/requirements-windows.lock" | sha256sum)
if [[ "$(cat python.stamp 2>/dev/null)" != "$wanted" ]]; then
    rm -rf python python.new source python.stamp
    again 3 "$python" -m pip download -qq --no-cache-dir --no-deps --no-binary :all: --require-hashes -r "$here/python.txt" -d source ||
        fail "Python for Windows could not be fetched."
    "$python" - <<'PY' || fail "Python for Windows could not be unpacked."
import io, pathlib, tarfile, zipfile
(archive,) = pathlib.Path("source").glob("*.tar.gz")
with tarfile.open(archive) as package:
    (member,) = [name for name in package.getnames() if name.endswith("/data.zip")]
    zipfile.ZipFile(io.BytesIO(package.extractfile(member).read())).extractall("python.new")
PY
    mv python.new/cp311 python.tree && rm -rf python.new source && mv python.tree python.new
    rm -rf python.new/Lib/site-packages
    # The lock file was made for Windows: every package is named in it, no marker is left to be judged here on Linux.
    again 3 "$python" -m pip install -qq --no-cache-dir --no-deps --no-compile --require-hashes --only-binary :all: \
        --platform win_amd64 --python-version 311 --implementation cp --upgrade \
        --target python.new/Lib/site-packages -r "$top/requirements-windows.lock" ||
        fail "the packages for Windows could not be fetched."
    mv python.new python
    echo "$wanted" >python.stamp
fi

# 3. The prefix with the shims. They stand in for system libraries that Wine 8 lacks, and never ship.
wanted=$(cat "$here"/setup.sh "$here"/shims/*.c | sha256sum; wine --version)
if [[ "$(cat prefix.stamp 2>/dev/null)" != "$wanted" ]]; then
    rm -rf prefix prefix.stamp
    "$here/session.sh" timeout 300 wine wineboot -i >/dev/null 2>&1 || true
    system=prefix/drive_c/windows/system32
    [[ -d $system ]] || fail "Wine made no prefix."
    x86_64-w64-mingw32-gcc -shared -O2 -s -w -o $system/bcryptprimitives.dll "$here/shims/bcryptprimitives.c" -ladvapi32
    x86_64-w64-mingw32-gcc -shared -O2 -s -w -o $system/windows.ui.dll "$here/shims/windows_ui.c" -luuid -lole32
    "$here/session.sh" timeout 120 wine reg add \
        'HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings' \
        /v DllPath /t REG_SZ /d 'C:\windows\system32\windows.ui.dll' /f >/dev/null ||
        fail "Wine's registry could not be written."
    echo "$wanted" >prefix.stamp
fi

version=$("$here/session.sh" timeout 120 wine python/python.exe -c "import sys; print(sys.version.split()[0])" | tr -d '\r')
[[ $version == 3.11.* ]] || fail "Python does not run under Wine: ${version:-no answer}"
echo "Windows Python $version under $(wine --version)"
