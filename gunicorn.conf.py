"""How gunicorn serves the portal, on a desk and in production alike."""

import ipaddress
import os
import sys

import environ
from gunicorn.arbiter import Arbiter

env = environ.Env()

bind = env.str("BIND", default="127.0.0.1:8000")
# Pages spend their time in Python and in the database: more workers than cores, or threads,
# only take turns.
workers = env.int("WEB_CONCURRENCY", default=len(os.sched_getaffinity(0)))
preload_app = True
timeout = 60
graceful_timeout = 20
max_requests = 5_000
max_requests_jitter = 500
# Workers prove that they live by touching a file: not on a disk that may stall.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
control_socket_disable = True


def on_starting(server: Arbiter) -> None:
    """Refuse to show demo accounts, whose passwords everybody knows, beyond this machine."""
    if not env.bool("DEMO", default=False):
        return
    for address in server.cfg.address:
        if not is_loopback(address):
            sys.exit(f"DEMO is on; gunicorn answers on loopback only, not on {address}.")


def is_loopback(address: object) -> bool:
    """Return whether an address that gunicorn listens on is reached from this machine alone."""
    if not isinstance(address, tuple):
        return False
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        # A name: any other than this one may be given any address.
        return bool(address[0] == "localhost")
