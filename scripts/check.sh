#!/usr/bin/env bash
# Everything about the code that can be said without running the tests. All checks are made,
# also after one has failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
PATH="$PWD/.venv/bin:$PATH"
failed=()

check() {
    local name=$1
    shift
    printf '\n== %s\n' "$name"
    "$@" || failed+=("$name")
}

production() {
    env PORTAL_MODE=production ALLOWED_HOSTS=portal.example \
        SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
        DATABASE_URL=postgresql://portal@database.example/portal \
        REDIS_URL=redis://redis.example/0 EMAIL_URL=smtp://mail.example \
        "$@"
}

check "ruff" python -m ruff check .
check "ruff format" python -m ruff format --check .
check "mypy" python -m mypy .
check "import-linter" lint-imports
check "migrations" python manage.py makemigrations --check --dry-run
check "deployment settings" production python manage.py check --deploy --fail-level WARNING
check "docker-compose.yml" check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

if [ ${#failed[@]} -gt 0 ]; then
    printf '\nFailed: %s\n' "$(IFS=,; echo "${failed[*]}")"
    exit 1
fi
printf '\nAll checks passed.\n'
