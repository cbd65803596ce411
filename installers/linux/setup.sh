#!/bin/sh
# Lists what this machine lacks to run, test and build Tresen, and installs it.
# As root, or where sudo asks nothing, it installs with apt; otherwise it prints the one line to
# type and ends with 69. On systems without dpkg it only checks for Python.
set -eu
here=$(dirname "$0")

python=${PYTHON:-python3}
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Tresen needs Python 3.11 or newer ($python is missing or older)." >&2
    exit 69
fi
command -v dpkg-query >/dev/null 2>&1 || exit 0

wanted=$(sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$here/packages.txt" | awk '{print $1}')
# A Python that brings its own venv (pyenv, a self-built one) does not need Debian's.
if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    wanted=$(echo "$wanted" | grep -vx python3-venv)
fi
# PyInstaller needs Python as a shared library; Debian keeps it in a package named by the version.
if [ "$("$python" -c 'import sys; print(sys.base_prefix)')" = /usr ]; then
    wanted="$wanted $("$python" -c 'import sys; print("libpython%d.%d" % sys.version_info[:2])')"
fi
missing=
for package in $wanted; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

install="apt-get install -y --no-install-recommends$missing"
echo "This machine lacks:$missing"
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "Please type:  sudo apt-get update && sudo $install" >&2
    exit 69
fi
$as_root apt-get update -qq
# Word splitting is meant: one word a package.
# shellcheck disable=SC2086
$as_root env DEBIAN_FRONTEND=noninteractive $install
