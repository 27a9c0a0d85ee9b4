#!/bin/sh
# Makes everything ready that the program needs: system packages, .venv, message catalogues.
# Quick when nothing is to be done, and then without a network.
# usage: scripts/setup.sh [run|dev]     from anywhere
#
# run  what the program itself needs
# dev  and what tests, checks, pictures and builds need
set -eu
cd "$(dirname "$0")/.."
. scripts/packages.sh

goal=${1:-run}
venv=.venv

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# ---- Python

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

has_venv() {
    is_new_enough "$venv/bin/python" && "$venv/bin/python" -c 'import pip' 2>/dev/null
}

# The Python .venv was made with, else $PYTHON if given, else python3 or a later name beside it.
find_python() {
    if has_venv; then
        echo "$venv/bin/python"
        return
    fi
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    found=$("${PYTHON:-python3}" --version 2>/dev/null || echo "not there")
    stop "Kế Hoạch Số needs Python 3.11 or newer, and ${PYTHON:-python3} is $found: install one, or name it, as in: make setup PYTHON=python3.12"
fi
python_name=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')

# ---- system packages

wanted=$run_packages
case $goal in
run) ;;
dev) wanted="$wanted $dev_packages" ;;
*) stop "scripts/setup.sh knows run and dev, and no goal $goal." ;;
esac
# Debian splits its own Python into packages; a Python from elsewhere comes whole.
"$python" -c 'import ensurepip, venv' 2>/dev/null || wanted="$wanted $python_name-venv"
if [ "$goal" = dev ] && dpkg-query -S "$(readlink -f "$python")" >/dev/null 2>&1; then
    wanted="$wanted lib$python_name|lib${python_name}t64"
fi
ensure_packages "$wanted"

# ---- .venv

if ! has_venv; then
    echo "Making $venv with $("$python" --version) …"
    "$python" -m venv --clear "$venv"
fi

# A stamp holds the sums of both lock files and the interpreter they were installed for. The lock for
# development holds the other one whole, so its stamp will do for both.
state=$({
    cat requirements.txt requirements-dev.txt
    "$venv/bin/python" -VV
} | sha256sum | cut -d' ' -f1)
installed() {
    [ -f "$venv/installed-$1" ] && [ "$(cat "$venv/installed-$1")" = "$state" ]
}
install_lock() {
    echo "Installing Python packages from $2 (the first time this fetches about $3 MB) …"
    "$venv/bin/python" -m pip install --quiet --quiet --no-input --disable-pip-version-check \
        --require-hashes --only-binary :all: -r "$2" ||
        stop "The Python packages could not be installed; pip's reason stands above. Run make again to go on."
    echo "$state" >"$venv/installed-$1"
}
if [ "$goal" = run ]; then
    installed run || installed dev || install_lock run requirements.txt 110
else
    installed dev || install_lock dev requirements-dev.txt 145
fi

# ---- message catalogues

for po in resources/locale/*/LC_MESSAGES/*.po; do
    [ -f "$po" ] || continue
    mo=${po%.po}.mo
    if [ ! -f "$mo" ] || [ -n "$(find "$po" -newer "$mo")" ]; then
        "$venv/bin/python" -m babel.messages.frontend --quiet compile --input-file "$po" --output-file "$mo"
    fi
done
