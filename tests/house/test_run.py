"""``make run`` without its set-up: the whole portal, from an empty state folder to Ctrl-C."""

import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from celery import Celery

from laocai_nscl.servers.state import PROJECT_DIR, redis_url
from laocai_nscl.servers.urls import broker_url
from tests.house.processes import END_SECONDS, processes_of, servers_of, shell, wait_for_end

RUN = [sys.executable, "-m", "laocai_nscl.run"]


def a_free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def portal(state: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """Run the portal with its own static folder; the block ends it in its own way."""
    with subprocess.Popen(
        RUN,
        cwd=PROJECT_DIR,
        env=shell(state, PORT=str(port), STATIC_ROOT=str(state / "static")),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def read_until(process: subprocess.Popen[str], text: str) -> None:
    """Read what a process says until it says this."""
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if text in line:
            return
    raise AssertionError("".join(said))


def status(port: int) -> int:
    """Return the portal's answer to a visitor."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    return connection.getresponse().status


def is_open(port: int) -> bool:
    """Return whether somebody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_portal_runs_whole_and_ctrl_c_leaves_nothing(kept_state: Path) -> None:
    port = a_free_port()
    with portal(kept_state, port) as process:
        read_until(process, f"http://127.0.0.1:{port}/")
        assert status(port) in {200, 302}
        commands = processes_of(kept_state).values()
        for part in ("gunicorn laocai_nscl.wsgi", "laocai_nscl.celery worker", "celery beat"):
            assert any(part in command for command in commands), part
        with Celery(broker=broker_url(redis_url(kept_state))) as app:
            assert len(app.control.ping(timeout=2) or []) == 1

        second = subprocess.run(
            RUN, cwd=PROJECT_DIR, env=shell(kept_state), capture_output=True, text=True, check=False
        )
        assert second.returncode == 1
        assert second.stderr.count("\n") == 1
        assert "running already" in second.stderr

        process.send_signal(signal.SIGINT)
        assert process.wait(END_SECONDS) == 0
    assert processes_of(kept_state) == {}
    assert not is_open(port)


def test_taken_port_is_passed_over_and_a_killed_run_ends_its_processes(kept_state: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with portal(kept_state, port) as process:
            assert process.stdout
            address = next(line for line in process.stdout if "http://127.0.0.1:" in line)
            # gunicorn's own line comes first; it names the address too.
            assert f":{port}" not in address
            others = set(processes_of(kept_state)) - {process.pid, *servers_of(kept_state).values()}
            assert others
            process.kill()
            wait_for_end(others)
    # The servers outlive whoever could have stopped them; the next command does.
    assert set(servers_of(kept_state)) == {"postgres", "redis-server"}
    stopped = subprocess.run(
        [sys.executable, "manage.py", "showmigrations"],
        cwd=PROJECT_DIR,
        env=shell(kept_state),
        stdout=subprocess.DEVNULL,
        check=False,
    )
    assert stopped.returncode == 0
    assert processes_of(kept_state) == {}


def test_termination_during_the_start_leaves_nothing(state: Path) -> None:
    with portal(state, a_free_port()) as process:
        while not servers_of(state):
            assert process.poll() is None
        process.terminate()
        assert process.wait(END_SECONDS) == 128 + signal.SIGTERM
    assert processes_of(state) == {}
