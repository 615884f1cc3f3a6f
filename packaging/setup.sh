# Set-up shared by packaging/run and packaging/test, which source it: `set_up plain|test [window]`.
# It leaves $root (the checkout) and $venv (the environment, ready to use) behind. Every run goes through
# it, so whatever is in order is only looked at: no pip, no apt.
# shellcheck shell=bash

root="$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/.." && pwd -P)"
venv="$root/.venv"

# First line: the checkout's place and the version of Python. Second line: what was installed. It is written
# last and removed before pip starts, so an environment without it was interrupted and cannot be trusted.
stamp="$venv/set-up-complete"

# Each shared library that Qt and OpenCV load from the system, and the Debian package that brings it; newer
# releases call some of the packages by other names (libglib2.0-0t64), which provide these. To renew the list:
#   objdump -p .venv/lib/python3*/site-packages/PySide6/Qt/plugins/platforms/libq{offscreen,xcb}.so | grep NEEDED
# and the same for the libQt6 libraries named there. libfontconfig1 depends on a font.
always_needed="
libglib-2.0.so.0        libglib2.0-0
libgthread-2.0.so.0     libglib2.0-0
libGL.so.1              libgl1
libEGL.so.1             libegl1
libX11.so.6             libx11-6
libxkbcommon.so.0       libxkbcommon0
libdbus-1.so.3          libdbus-1-3
libfontconfig.so.1      libfontconfig1
libfreetype.so.6        libfreetype6
"
window_needs="
libX11-xcb.so.1         libx11-xcb1
libxcb.so.1             libxcb1
libxcb-cursor.so.0      libxcb-cursor0
libxcb-icccm.so.4       libxcb-icccm4
libxcb-image.so.0       libxcb-image0
libxcb-keysyms.so.1     libxcb-keysyms1
libxcb-randr.so.0       libxcb-randr0
libxcb-render.so.0      libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0       libxcb-shape0
libxcb-shm.so.0         libxcb-shm0
libxcb-sync.so.1        libxcb-sync1
libxcb-util.so.1        libxcb-util1
libxcb-xfixes.so.0      libxcb-xfixes0
libxcb-xkb.so.1         libxcb-xkb1
libxkbcommon-x11.so.0   libxkbcommon-x11-0
"

say() { printf 'vcf-desktop: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# Installs Debian packages where this user may; else says which line does it, and fails.
install_packages() {
    local -a as_root=()
    ((EUID == 0)) || as_root=(sudo -n)
    if command -v apt-get >/dev/null && "${as_root[@]}" true 2>/dev/null; then
        say "installing $*"
        # One unreachable source of many fails the update; whether that matters, the installation shows.
        "${as_root[@]}" apt-get update || true
        # A fresh machine is often busy with its own updates for the first minutes.
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" && return
    fi
    say "these Debian packages are missing; an administrator installs them with"
    say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
    return 1
}

# An environment works only where it was made, and only with the version of Python it was made for.
place() { "$venv/bin/python" -c 'import sys; print(*sys.version_info[:2], sys.argv[1])' "$root" 2>/dev/null; }

environment_is_complete() { [[ -f "$stamp" && "$(head -n 1 "$stamp")" == "$(place)" ]]; }

# Prints the name of the system's Python 3.11 or later.
find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

# Prints the packages of those libraries of a list that do not load; a library may well come from elsewhere
# than a Debian package, so the package manager is not asked.
missing_packages() {
    "$python" -c '
import ctypes, sys
for soname, package in map(str.split, filter(str.strip, sys.stdin)):
    try:
        ctypes.CDLL(soname)
    except OSError:
        print(package)
' <<<"$1" | sort -u
}

# Prints the package of what Debian splits from the standard library, where it is missing.
missing_venv_package() {
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# Installs VCF Desktop and its libraries; "test" brings all that "plain" does and the test tools.
install_project() {
    local wanted contents requirement="."
    wanted="$(cat "$root/pyproject.toml" "$root/packaging/setup.sh" | sha256sum)"
    contents="$(tail -n +2 "$stamp" 2>/dev/null || true)"
    if [[ "$contents" == "$wanted $1" || "$contents" == "$wanted test" ]]; then return; fi
    [[ "$1" == plain ]] || requirement=".[$1]"
    rm -f "$stamp"
    (cd -- "$root" && "$venv/bin/python" -m pip install --disable-pip-version-check --editable "$requirement")
    printf '%s\n' "$(place)" "$wanted $1" >"$stamp"
}

prepare() {
    local python="$venv/bin/python" complete=yes
    local -a required optional=()
    if ! environment_is_complete; then
        complete=no
        python="$(find_python)" || die "Python 3.11 or later is needed and was not found; please install it."
    fi

    mapfile -t required < <(
        missing_packages "$always_needed"
        [[ "$complete" == yes ]] || missing_venv_package
    )
    [[ "${2:-}" != window ]] || mapfile -t optional < <(missing_packages "$window_needs")
    if ((${#required[@]} + ${#optional[@]} > 0)) && ! install_packages "${required[@]}" "${optional[@]}"; then
        ((${#required[@]} == 0)) || exit 1
        say "only the window needs them; going on without"
    fi

    if [[ "$complete" == no ]]; then
        say "making $venv; the first time this downloads the libraries and takes some minutes"
        rm -f "$stamp"
        "$python" -m venv --clear "$venv"
    fi
    install_project "$1"
}

set_up() {
    local lock
    # The lock dies with the processes that hold it, pip included, so a killed set-up never blocks the next.
    exec {lock}<"$root/packaging/setup.sh"
    flock --nonblock "$lock" || {
        say "waiting for another set-up of this checkout"
        flock "$lock"
    }
    prepare "$@" >&2 # the program's own output stays clean
    exec {lock}<&-
}
