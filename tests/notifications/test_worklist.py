"""The first page after the login: what waits for me, by due date."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from redis.exceptions import ConnectionError as RedisConnectionError

from accounts.choices import Role
from accounts.models import User
from core.registers import navigation
from notifications.selectors import Horizon, working_days, worklist_of
from tests.accounts.factories import log_in
from tests.factories import user
from tests.notifications.factories import MARKUP, item, notice, work

pytestmark = pytest.mark.django_db

PAGE = "/viec-cua-toi/"
TODAY = dt.date(2026, 2, 6)  # a Friday; Tết is off from 14/2 to 22/2


def parts(person: User, *dues: str | None) -> list[list[str]]:
    """The parts of the page, each with the due dates in it, as on ``TODAY``."""
    read = (due and dt.datetime.strptime(due, "%d/%m/%Y").date() for due in dues)  # noqa: DTZ007
    with work({person.pk: [item(str(n), due) for n, due in enumerate(read)]}):
        found = worklist_of(person, Horizon.of(TODAY, working_days()))
    return [
        [f"{one.item.due:%d/%m}" if one.item.due else "" for one in part]
        for part in (found.overdue, found.soon, found.later, found.undated)
    ]


def test_work_stands_by_due_date_with_the_boundaries_on_the_right_side() -> None:
    # 7 working days after 6/2: 9, 10, 11, 12, 13, 23, 24/2.
    found = parts(user(), "25/02/2026", None, "05/02/2026", "06/02/2026", "24/02/2026")
    assert found == [["05/02"], ["06/02", "24/02"], ["25/02"], [""]]


def test_the_first_page_after_the_login_is_the_work(client: Client) -> None:
    person = user(role=Role.UNIT_OFFICER)
    assert log_in(client, person.email)
    assert client.get("/")["Location"] == PAGE


def test_the_page_says_in_a_sentence_what_matters(as_officer: Client, officer: User) -> None:
    today = timezone.localdate()
    late = item("1", today - dt.timedelta(days=3), title="Duyệt đề cử", detail="Chè Bản Liền")
    with work({officer.pk: [late, item("2", today), item("3")]}, label="Đề cử"):
        page = as_officer.get(PAGE).content.decode()
    assert "<h1>3 việc chờ ông/bà, 1 việc quá hạn</h1>" in page
    assert "quá hạn 3 ngày" in page
    assert "đến hạn" in page
    assert "Chè Bản Liền" in page
    assert page.index("Quá hạn") < page.index("Không có hạn")


def test_without_work_late_the_sentence_leaves_it_out(as_officer: Client, officer: User) -> None:
    with work({officer.pk: [item()]}):
        assert "<h1>1 việc chờ ông/bà</h1>" in as_officer.get(PAGE).content.decode()


def test_nobody_sees_the_work_of_another(as_officer: Client) -> None:
    with work({user().pk: [item(title="Việc của người khác")]}):
        assert "Việc của người khác" not in as_officer.get(PAGE).content.decode()


@pytest.mark.parametrize("role", Role)
def test_an_empty_page_says_what_will_appear_for_the_role(role: Role, client: Client) -> None:
    client.force_login(user(role=role))
    with work({}):
        page = client.get(PAGE)
    (sentence,) = page.context["expected"]
    assert sentence in page.content.decode()
    assert "<h1>Không có việc nào chờ ông/bà</h1>" in page.content.decode()


def test_markup_in_work_stays_text(as_officer: Client, officer: User) -> None:
    with work({officer.pk: [item(title=MARKUP, detail=MARKUP)]}, label=MARKUP):
        page = as_officer.get(PAGE).content.decode()
    assert "onerror" in page
    assert "<img" not in page


def test_three_things_and_thirty_cost_the_same_queries(as_officer: Client, officer: User) -> None:
    today = timezone.localdate()

    def queries(number: int) -> int:
        things = [item(str(n), today + dt.timedelta(days=n - 5)) for n in range(number)]
        with work({officer.pk: things}), CaptureQueriesContext(connection) as captured:
            assert as_officer.get(PAGE).status_code == 200
        return len(captured)

    assert queries(3) == queries(30) <= 10


# --- The figure in the menu --------------------------------------------------------------------
def in_menu(client: Client) -> navigation.Item:
    """The first line of the menu on another page."""
    return navigation.menu(client.get(reverse("search")).wsgi_request)[0][0]


def test_the_menu_begins_with_the_work_and_counts_it(as_officer: Client, officer: User) -> None:
    with work({officer.pk: [item("1"), item("2")]}):
        line = in_menu(as_officer)
    assert (line.label, line.url, line.count) == ("Việc của tôi", PAGE, 2)


def test_the_menu_asks_every_room_once_a_minute_and_after_each_own_act(
    as_officer: Client, officer: User
) -> None:
    made = notice(officer)
    with work({officer.pk: [item("1")]}):
        assert in_menu(as_officer).count == 1
    with work({officer.pk: [item("1"), item("2")]}):
        assert in_menu(as_officer).count == 1
        # What is refused has changed nothing.
        assert as_officer.post(reverse("notice_read", args=[made.pk + 1])).status_code == 404
        assert in_menu(as_officer).count == 1
        as_officer.post(reverse("notice_read", args=[made.pk]))
        assert in_menu(as_officer).count == 2
    with work({}):
        as_officer.get(PAGE)
        assert in_menu(as_officer).count == 0


def test_the_menu_counts_without_the_cache(
    as_officer: Client, officer: User, settings: Settings
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///khong/co/redis.sock",
        }
    }
    with pytest.raises(RedisConnectionError):
        cache.get("x")
    made = notice(officer)
    with work({officer.pk: [item("1")]}):
        assert in_menu(as_officer).count == 1
        assert as_officer.get(PAGE).status_code == 200
        assert as_officer.post(reverse("notice_read", args=[made.pk])).status_code == 302
