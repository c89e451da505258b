#!/usr/bin/env bash
# Run a command with Wine at hand: a screen of its own, the prefix of build/wine, and both ended afterwards.
#
#     tools/windows/session.sh wine build/wine/python/python.exe -c "print(1)"
#
# Windows programs get their standard handles as pipes: with regular files Wine 8 hangs or loses text.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)/build/wine
mkdir -p "$root"

export WINEPREFIX=$root/prefix WINEARCH=win64 WINEDEBUG=${WINEDEBUG:--all}
# No .NET, no browser engine (both would ask to be downloaded), no crash dialogue that waits for a click.
export WINEDLLOVERRIDES="mscoree=;mshtml=;winedbg.exe=d"
export PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV

screen='' command=''
finish() {
    trap - EXIT INT TERM
    [[ -z "$command" ]] || kill "$command" 2>/dev/null || true
    wineserver -k </dev/null >/dev/null 2>&1 || true
    [[ -z "$screen" ]] || kill "$screen" 2>/dev/null || true
    rm -f "$root/display.$$"
}
trap finish EXIT
trap 'finish; exit 130' INT TERM

# The X server chooses a free number itself and writes it once it can be used.
mkfifo "$root/display.$$"
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp 3>"$root/display.$$" </dev/null >/dev/null 2>&1 &
screen=$!
read -r -t 30 number <"$root/display.$$" || { echo "tools/windows: Xvfb did not start." >&2; exit 1; }
export DISPLAY=:$number

# A server that stays until `finish`: one that ended with each program would be started anew for each.
wineserver -p </dev/null >/dev/null 2>&1 || true

# In the background, so that a signal is heeded at once; what Wine leaves running holds the pipes until `finish`.
exec 3> >(exec cat) 4> >(exec cat >&2)
"$@" </dev/null >&3 2>&4 3>&- 4>&- &
command=$!
exec 3>&- 4>&-
status=0
wait "$command" || status=$?
command=''
finish
exit "$status"
