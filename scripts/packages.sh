# shellcheck shell=sh
# Read by setup.sh: the Debian (and Ubuntu) packages the program needs, and ensure_packages.
# One package a word; “a|b” means that either will do: the name differs between releases.

# The libraries that Qt's own (in .venv) are linked with, found with readelf on QtWidgets, QtPdf, QtSvg,
# QtPrintSupport and the platform plugins offscreen, xcb and wayland; fonts-croscore holds Tinos (Times-metric) and
# Arimo, both with all Vietnamese letters.
run_packages="
    libegl1 libgl1 libx11-6 libx11-xcb1 libxkbcommon0 libxkbcommon-x11-0
    libxcb1 libxcb-cursor0 libxcb-glx0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render0
    libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1
    libdbus-1-3 libfontconfig1 libfreetype6 libglib2.0-0|libglib2.0-0t64 libgssapi-krb5-2 libbrotli1
    libwayland-client0 libwayland-cursor0 libstdc++6 zlib1g
    fonts-croscore
"

# LibreOffice recalculates workbooks and converts Word files; poppler and qpdf look into PDFs, zbar reads their codes,
# sqlite3 looks into a store; the X programs show
# and drive the real window, with the same letters on every machine; PyInstaller reads libraries with objdump;
# gcc makes the library that cuts the power in tests, 7-Zip opens what has a passphrase.
dev_packages="
    libreoffice-calc|libreoffice-calc-nogui libreoffice-writer|libreoffice-writer-nogui poppler-utils qpdf zbar-tools sqlite3
    xvfb xauth xdotool openbox x11-utils fonts-noto-core
    binutils gcc libc6-dev 7zip|p7zip-full
"

# ensure_packages "NAME NAME|OTHER …": those missing are installed where we may, else said in one command.
ensure_packages() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        echo "This is not Debian or Ubuntu: Qt's system libraries and the font Tinos are taken to be there." >&2
        return 0
    fi
    present=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p')
    missing=
    for choice in $1; do
        is_present "$choice" || missing="$missing $choice"
    done
    [ -n "$missing" ] || return 0

    if [ "$(id -u)" = 0 ]; then
        echo "Installing system packages:$(echo "$missing" | sed 's/|[^ ]*//g') …"
        install_packages "$missing" && return 0
        echo "The system packages could not be installed; what apt-get said stands above." >&2
        exit 1
    fi
    update=
    resolve "$missing" || update="sudo apt-get update && "
    cat >&2 <<END
Some system packages are missing. Install them with this command, then run make again:

    ${update}sudo apt-get install --no-install-recommends$names

END
    exit 1
}

is_present() {
    for name in $(echo "$1" | tr '|' ' '); do
        if printf '%s\n' "$present" | grep -qxF "$name"; then
            return 0
        fi
    done
    return 1
}

# Sets names to what apt can install of the choices in $1; fails where apt knows none of a choice.
resolve() {
    names=
    known=0
    for choice in $1; do
        picked=
        # one that apt knows, else the first: the old name, which newer releases keep as an alias
        for name in $(echo "$choice" | tr '|' ' '); do
            if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [^(]'; then
                picked=$name
                break
            fi
        done
        [ -n "$picked" ] || known=1
        names="$names ${picked:-${choice%%|*}}"
    done
    return $known
}

# What apt-get says goes to a log, shown only when it fails.
install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p build
    if resolve "$1" && apt_install >build/apt.log 2>&1; then
        return 0
    fi
    # the lists of packages are missing or old
    if ! { apt_get update && { resolve "$1" || true; } && apt_install; } >build/apt.log 2>&1; then
        cat build/apt.log >&2
        return 1
    fi
}

apt_install() {
    # shellcheck disable=SC2086
    apt_get -y install --no-install-recommends $names </dev/null
}

apt_get() {
    apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}
