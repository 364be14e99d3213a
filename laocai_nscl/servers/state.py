"""Where one checkout keeps the data of its private servers, and their addresses.

Nothing here starts a server: settings read the addresses, commands start what answers there.
"""

import hashlib
import os
import secrets
from pathlib import Path
from urllib.parse import quote

from laocai_nscl.servers.errors import ServersError

PROJECT_DIR = Path(__file__).resolve().parents[2]
DATABASE_NAME = "portal"
DATABASE_USER = "portal"
POSTGRES_PORT = 5432  # only a part of the socket's name: nothing listens on a port
POSTGRES_SOCKET = f".s.PGSQL.{POSTGRES_PORT}"
REDIS_SOCKET = "redis.sock"
# The system allows a socket's address 108 bytes.
LONGEST_SOCKET_PATH = 99


def state_dir() -> Path:
    """Return the folder of this checkout's private servers, which may not exist yet."""
    if named := os.environ.get("PORTAL_STATE_DIR"):
        return Path(named).expanduser().resolve()
    if os.geteuid() == 0:
        # PostgreSQL runs as another user then, and root's home is closed to it.
        states = Path("/var/lib")
    else:
        states = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return states / "laocai-nscl" / _fingerprint(PROJECT_DIR)


def socket_dir(state: Path) -> Path:
    """Return the folder of the sockets: within the state folder unless its path is too long."""
    within = state / "run"
    longest = within / f"{POSTGRES_SOCKET}.lock"
    if len(os.fsencode(longest)) <= LONGEST_SOCKET_PATH:
        return within
    return Path(f"/tmp/laocai-nscl-{os.geteuid()}-{_fingerprint(state)}")


def database_url(state: Path | None = None) -> str:
    """Return the address of the private database, in the form that psql and pg_dump read too."""
    host = quote(str(socket_dir(state or state_dir())))
    return f"postgresql://{DATABASE_USER}@/{DATABASE_NAME}?host={host}&port={POSTGRES_PORT}"


def redis_url(state: Path | None = None) -> str:
    """Return the address of the first database of the private Redis server."""
    return f"unix://{quote(str(socket_dir(state or state_dir()) / REDIS_SOCKET))}?db=0"


def make_state_dir(state: Path) -> None:
    """Create the state folder, passable for the user that PostgreSQL runs as, not readable."""
    try:
        missing = [folder for folder in (state, *state.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)
    except OSError as error:
        raise ServersError(
            f"{state} cannot be made ({error.strerror}); name another folder in PORTAL_STATE_DIR."
        ) from error


def secret_key() -> str:
    """Return this checkout's own secret key, made at first need and readable by its owner only."""
    state = state_dir()
    path = state / "secret_key"
    if not path.exists():
        make_state_dir(state)
        draft = state / f"secret_key.{os.getpid()}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            # A link fails where another process was first: everybody reads the same key.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text()


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
