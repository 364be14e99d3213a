"""Every entry tells through which door the act came."""

import pytest
from celery import shared_task
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from audit import origin
from audit.choices import OriginKind
from audit.commands import AuditedCommand
from audit.middleware import AuditOriginMiddleware
from audit.models import Entry
from tests.audit.acts import act_once

pytestmark = pytest.mark.django_db


def newest() -> tuple[str, str, str | None]:
    """Return the origin of the entry written last."""
    entry = Entry.objects.latest("id")
    return entry.origin_kind, entry.origin_detail, entry.remote_address


def act_on_page(_request: HttpRequest) -> HttpResponse:
    """A view whose service records an act."""
    act_once()
    return HttpResponse()


def visit(
    path: str = "/ke-hoach/191/", remote: str = "127.0.0.1", forwarded: str | None = None
) -> None:
    """Ask for a page through the middleware."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().post(path, headers=headers, REMOTE_ADDR=remote)
    AuditOriginMiddleware(act_on_page)(request)


def test_a_request_leaves_path_and_address() -> None:
    visit()
    assert newest() == ("web", "/ke-hoach/191/", "127.0.0.1")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "198.51.100.4, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.4, 203.0.113.9", "198.51.100.4"),
        (1, "2001:db8::1", "2001:db8::1"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "<script>", None),
    ],
)
def test_the_address_is_the_one_that_trusted_proxies_saw(
    settings: Settings, proxies: int, forwarded: str, address: str | None
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    visit(forwarded=forwarded)
    assert newest()[2] == address


def test_a_socket_has_no_address_and_a_long_path_is_cut() -> None:
    visit("/" + "x" * 600, remote="")
    assert newest() == ("web", "/" + "x" * 499, None)


def test_after_the_request_the_origin_is_gone() -> None:
    visit()
    act_once()
    assert newest() == ("direct", "", None)


def test_a_command_leaves_its_name() -> None:
    class Command(AuditedCommand):
        def handle(self, *_args: object, **_options: object) -> None:
            act_once()

    Command.__module__ = "programs.management.commands.load_plan"
    call_command(Command())
    assert newest() == ("command", "load_plan", None)
    assert origin.current() == origin.DIRECT


def test_a_block_can_name_a_command() -> None:
    with origin.command("seed_demo"):
        act_once()
    assert newest() == ("command", "seed_demo", None)


@shared_task(name="tests.audit.act_in_job")
def act_in_job(fail: bool = False) -> None:
    """A job whose service records an act."""
    act_once()
    if fail:
        raise ZeroDivisionError


@pytest.mark.parametrize("fail", [False, True])
def test_a_job_leaves_its_name_and_hands_the_outer_origin_back(fail: bool) -> None:
    with origin.origin(OriginKind.WEB, "/bao-cao/", "203.0.113.9"):
        act_in_job.apply(kwargs={"fail": fail})
        assert newest() == ("job", "tests.audit.act_in_job", None)
        act_once()
    assert newest() == ("web", "/bao-cao/", "203.0.113.9")
