"""Addresses of the private servers, and of the several uses of one Redis server."""

import os
from pathlib import Path

import environ
import pytest
import redis
from kombu import Connection

from laocai_nscl.servers.state import (
    LONGEST_SOCKET_PATH,
    PROJECT_DIR,
    database_url,
    redis_url,
    secret_key,
    socket_dir,
    state_dir,
)
from laocai_nscl.servers.urls import broker_url, neighbour_url, numbered_url

SOCKET = "unix:///var/lib/a%20folder/redis.sock?db=4"


@pytest.mark.parametrize(
    ("address", "neighbour"),
    [
        ("redis://redis.example", "redis://redis.example/1"),
        ("redis://:secret@redis.example:6379/3", "redis://:secret@redis.example:6379/4"),
        ("redis://redis.example?db=3", "redis://redis.example/4"),
        (
            "rediss://redis.example/0?ssl_cert_reqs=required",
            "rediss://redis.example/1?ssl_cert_reqs=required",
        ),
        (SOCKET, "unix:///var/lib/a%20folder/redis.sock?db=5"),
    ],
)
def test_cache_lies_beside_the_broker(address: str, neighbour: str) -> None:
    assert neighbour_url(address) == neighbour
    assert numbered_url(neighbour, 0) == numbered_url(address, 0)


def test_broker_and_client_mean_the_same_database() -> None:
    address = neighbour_url(os.environ["REDIS_URL"])
    with Connection(broker_url(address)) as broker, redis.from_url(address) as client:
        broker.SimpleQueue("addresses").put("message")
        assert client.llen("addresses") == 1
        client.delete("addresses")


@pytest.mark.parametrize(
    ("address", "broker"),
    [
        ("redis://redis.example/3", "redis://redis.example/3"),
        (SOCKET, "redis+socket:///var/lib/a%20folder/redis.sock?virtual_host=4"),
        ("unix://:secret@/redis.sock", "redis+socket://:secret@/redis.sock?virtual_host=0"),
    ],
)
def test_broker_address_is_in_celerys_own_form(address: str, broker: str) -> None:
    assert broker_url(address) == broker


def test_database_address_is_what_the_settings_read() -> None:
    settings = environ.Env().db_url_config(database_url(Path("/srv/a folder")))
    assert (settings["NAME"], settings["USER"]) == ("portal", "portal")
    assert settings["OPTIONS"]["host"] == "/srv/a folder/run"


@pytest.mark.parametrize("length", [10, 60, 90, 300])
def test_socket_paths_fit_whatever_the_folder(length: int) -> None:
    state = Path("/" + "x" * length)
    assert len(str(socket_dir(state) / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH
    assert str(socket_dir(state)) in database_url(state)
    assert str(socket_dir(state)) in redis_url(state)


def test_each_checkout_has_its_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PORTAL_STATE_DIR", raising=False)
    own = state_dir()
    monkeypatch.setattr("laocai_nscl.servers.state.PROJECT_DIR", PROJECT_DIR / "other")
    assert state_dir() != own
    assert state_dir().parent == own.parent


def test_secret_key_is_made_once_and_kept_from_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_STATE_DIR", str(tmp_path / "state"))
    key = secret_key()
    assert len(key) >= 50
    assert secret_key() == key
    assert [file.name for file in (tmp_path / "state").iterdir()] == ["secret_key"]
    assert (tmp_path / "state" / "secret_key").stat().st_mode & 0o777 == 0o600
