"""``make run``: the whole portal on one machine, from nothing to an address to open.

Starts the private servers if need be, brings the database and the static files up to date, and
keeps the processes of the ``Procfile`` until Ctrl-C. Demo accounts are on, so it answers on
loopback only.
"""

import fcntl
import hashlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils.translation import gettext as _

from accounts.demo import DEMO_ACCOUNTS, DEMO_ORGANISATIONS, DEMO_PASSWORD
from laocai_nscl import celery_app, servers
from laocai_nscl.refusals import refusals_in_one_sentence
from laocai_nscl.servers.signals import signals_deferred, termination_unwinds
from laocai_nscl.servers.state import PROJECT_DIR, make_state_dir, state_dir

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 50
READY_SECONDS = 60
STOP_SECONDS = 15
PLAN = PROJECT_DIR / "plans" / "laocai-191.yaml"
AREAS = PROJECT_DIR / "plans" / "areas-laocai.yaml"


def main() -> None:
    """Run the portal until it is told to stop."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "laocai_nscl.settings"
    os.environ["DEMO"] = "1"
    os.environ["PORTAL_STATE_DIR"] = str(state_dir())
    # A shell that starts a command in the background lets it ignore Ctrl-C: this one never does.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Ctrl-C is how a run ends.
    with (
        suppress(KeyboardInterrupt),
        refusals_in_one_sentence(),
        termination_unwinds(),
        alone(),
        servers.ensure(),
    ):
        prepare()
        address = f"{HOST}:{free_port()}"
        with processes(address) as running:
            wait_until_ready(address, running)
            announce(address)
            watch(running)


@contextmanager
def alone() -> Iterator[None]:
    """Hold the run of this checkout: two schedulers on one database would do work twice."""
    state = state_dir()
    make_state_dir(state)
    with (state / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(
                "The portal of this checkout is running already; use it, or stop it by Ctrl-C "
                "where it was started."
            ) from None
        yield


def prepare() -> None:
    """Bring database, plan, areas, demo accounts and static files up to date."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_plan", PLAN)
    call_command("load_areas", AREAS)
    call_command("seed_demo")
    sys.stdout.flush()
    collect_static()
    # The processes must not inherit an open connection.
    connections.close_all()


def collect_static() -> None:
    """Copy the static files to where they are served from, if any has changed."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(None):
            file = Path(storage.path(name)).stat()
            digest.update(f"{name} {file.st_size} {file.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def free_port() -> int:
    """Return the port to serve on: ``PORT`` or the next one that nobody listens on."""
    first = int(os.environ.get("PORT", FIRST_PORT))
    for port in range(first, first + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CommandError(f"No port from {first} to {first + PORTS_TRIED - 1} is free; set PORT.")


@contextmanager
def processes(address: str) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Run every process of the ``Procfile`` during the block, by name."""
    environment = os.environ | {
        "BIND": address,
        "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', os.defpath)}",
        "PYTHONUNBUFFERED": "1",
    }
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for line in (PROJECT_DIR / "Procfile").read_text().splitlines():
            name, command = line.split(":", 1)
            # A session of its own keeps Ctrl-C away until we stop it in order; should we be
            # killed, the system ends it.
            running[name] = subprocess.Popen(
                ["setpriv", "--pdeathsig=TERM", *shlex.split(os.path.expandvars(command))],
                cwd=PROJECT_DIR,
                env=environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        yield running
    finally:
        with signals_deferred():
            stop(running)


def stop(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Stop the processes in order, and whatever is left of them by force."""
    for process in running.values():
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in running.values():
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_ready(address: str, running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Wait until the portal answers a visitor and the worker answers a ping."""
    deadline = time.monotonic() + READY_SECONDS
    while not (web_answers(address) and celery_app.control.ping(timeout=0.5)):
        check(running)
        if time.monotonic() > deadline:
            raise CommandError(f"The portal did not answer within {READY_SECONDS} seconds.")
        time.sleep(0.1)


def web_answers(address: str) -> bool:
    """Return whether the portal serves its first page; a failing page is told at once."""
    # A proxy that the environment names is not for this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{address}/", timeout=READY_SECONDS):
            return True
    except urllib.error.HTTPError as error:
        raise CommandError(f"The portal answers with an error: {error}.") from error
    except OSError:
        return False


def watch(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return never, or raise when a process ends by itself: a portal without a worker is none."""
    while True:
        check(running)
        time.sleep(0.5)


def check(running: dict[str, subprocess.Popen[bytes]]) -> None:
    """Raise if one of the processes has ended."""
    for name, process in running.items():
        if process.poll() is not None:
            raise CommandError(f"The process {name} ended by itself, code {process.returncode}.")


def announce(address: str) -> None:
    """Tell where the portal is and who may try it."""
    widest = max(len(account.email) for account in DEMO_ACCOUNTS)
    names = {organisation.code: organisation.name for organisation in DEMO_ORGANISATIONS}
    lines = [
        "",
        _("The portal is running at %(address)s") % {"address": f"http://{address}/"},
        "",
        _("Demo accounts, all with the password %(password)s:") % {"password": DEMO_PASSWORD},
        *(
            f"  {account.email:{widest}}  {account.role_label}, {names[account.organisation]}"
            for account in DEMO_ACCOUNTS
        ),
        "",
        _("Press Ctrl-C to stop."),
        "",
    ]
    print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
