"""The access review: who holds which right, since when, until when, last seen."""

import datetime as dt
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Membership, User
from accounts.selectors import IDLE_AFTER, REVIEWERS, AccessState
from tests.accounts.factories import log_in
from tests.factories import membership, organisation, user

pytestmark = pytest.mark.django_db

PAGE = "/quan-tri/quyen/"
DAY = dt.timedelta(days=1)


@pytest.fixture
def lead(client: Client) -> User:
    """A programme lead, who is logged in."""
    person = user(role=Role.PROGRAMME_LEAD, name="Ất Lãnh Đạo")
    client.force_login(person)
    return person


def held(**values: object) -> Membership:
    """A unit officer's membership with these values of its own or of the person."""
    joined = membership(user(name="Ẩn Danh"), Role.UNIT_OFFICER)
    of_person = {name: values.pop(name) for name in list(values) if name in PERSON_FIELDS}
    Membership.objects.filter(pk=joined.pk).update(**values)
    User.objects.filter(pk=joined.user_id).update(**of_person)
    return Membership.objects.get(pk=joined.pk)


PERSON_FIELDS = {"last_login", "created_at", "is_active"}


def rows(client: Client, query: str = "") -> list[Membership]:
    """The memberships that the page lists, in its order."""
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    return [row.record for row in response.context["list"].table.rows]


@pytest.mark.parametrize("role", REVIEWERS)
def test_reviewers_see_who_holds_what_and_find_it_in_the_menu(role: Role, client: Client) -> None:
    client.force_login(user(role=role))
    assert len(rows(client)) == Membership.objects.count() == 1
    assert f'href="{PAGE}"' in client.get(reverse("search")).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in REVIEWERS])
def test_nobody_else_knows_of_it(role: Role, client: Client) -> None:
    client.force_login(user(role=role))
    for url in (PAGE, f"{PAGE}?export=xlsx", f"{PAGE}?state=idle"):
        assert client.get(url).status_code == 404
    assert f'href="{PAGE}"' not in client.get(reverse("search")).content.decode()


def test_the_page_takes_no_post_and_changes_nothing(client: Client, lead: User) -> None:
    joined = lead.memberships.get()
    assert client.post(PAGE, {"role": "administrator", "valid_to": "01/01/2030"}).status_code == 405
    assert Membership.objects.get(pk=joined.pk).valid_to is None


@pytest.mark.parametrize(
    ("days", "values", "state"),
    [
        (0, {}, AccessState.ACTIVE),
        (-45, {}, AccessState.ACTIVE),
        (-46, {}, AccessState.IDLE),
        (None, {}, AccessState.ACTIVE),
        (0, {"valid_to": 0}, AccessState.ACTIVE),
        (0, {"valid_to": -1}, AccessState.CLOSED),
        (-46, {"valid_to": -1}, AccessState.CLOSED),
        (0, {"valid_from": 1}, AccessState.UPCOMING),
        (-46, {"valid_from": 1}, AccessState.UPCOMING),
        (0, {"valid_from": 0}, AccessState.ACTIVE),
    ],
)
def test_a_state_follows_the_dates_and_the_last_login(
    days: int | None, values: dict[str, int], state: AccessState, client: Client, lead: User
) -> None:
    today = timezone.localdate()
    # A moment after the boundary: the page is asked for a little later.
    seen = None if days is None else timezone.now() + days * DAY + dt.timedelta(minutes=1)
    dates = {name: today + number * DAY for name, number in values.items()}
    joined = held(last_login=seen, **dates)
    assert [row.state for row in rows(client, "q=an danh") if row.pk == joined.pk] == [state]


def test_whoever_never_logged_in_is_idle_45_days_after_the_account_was_made(
    client: Client, lead: User
) -> None:
    joined = held(created_at=timezone.now() - IDLE_AFTER - DAY)
    assert [row.pk for row in rows(client, "state=idle")] == [joined.pk]


def test_a_closed_account_holds_nothing_whatever_its_dates(client: Client, lead: User) -> None:
    joined = held(is_active=False)
    assert [row.pk for row in rows(client, "state=closed")] == [joined.pk]
    assert joined.pk not in [row.pk for row in rows(client, "state=today")]


def test_what_is_valid_today_is_listed_and_counted_used_or_not(client: Client, lead: User) -> None:
    today = timezone.localdate()
    idle = held(last_login=timezone.now() - IDLE_AFTER - DAY)
    used = held(last_login=timezone.now())
    ended = held(valid_to=today - DAY)
    upcoming = held(valid_from=today + DAY)
    mine = lead.memberships.get()
    assert {row.pk for row in rows(client, "state=today")} == {mine.pk, idle.pk, used.pk}
    assert [row.pk for row in rows(client, "state=closed")] == [ended.pk]
    assert [row.pk for row in rows(client, "state=upcoming")] == [upcoming.pk]
    context = client.get(PAGE).context
    assert (context["valid"], context["idle"]) == (3, 1)
    # What the filter leaves changes the list, never the heading.
    context = client.get(f"{PAGE}?state=closed").context
    assert (context["valid"], context["idle"]) == (3, 1)


def test_a_login_is_what_counts_as_seen(client: Client, lead: User) -> None:
    joined = held(created_at=timezone.now() - IDLE_AFTER - DAY)
    assert [row.state for row in rows(client, "q=an danh")] == [AccessState.IDLE]
    visitor = Client()
    log_in(visitor, joined.user.email)
    assert visitor.get(reverse("overview")).status_code == 200
    assert [row.state for row in rows(client, "q=an danh")] == [AccessState.ACTIVE]


def test_memberships_are_narrowed_by_words_role_and_organisation(
    client: Client, lead: User
) -> None:
    place = organisation(name="Sở Nông nghiệp và Môi trường", short_name="Sở NN&MT")
    person = user(name="Đặng Văn Ơn", email="on.dang@vidu.invalid")
    joined = membership(person, Role.FINANCE_OFFICER, place)
    for query in (
        "q=dang on",
        "q=on.dang@",
        "q=nong nghiep",
        "q=NN%26MT",
        "q=đặng nông",
        "role=finance_officer",
        f"organisation={place.code}",
    ):
        assert [row.pk for row in rows(client, query)] == [joined.pk], query
    assert rows(client, "q=dang khong") == []


@pytest.mark.parametrize("query", ["role=x", "organisation=x", "state=x", "q=a%00"])
def test_a_filter_that_makes_no_sense_is_told_at_its_field(
    query: str, client: Client, lead: User
) -> None:
    response = client.get(f"{PAGE}?{query}")
    assert list(response.context["list"].filter.form.errors) == [query.partition("=")[0]]
    assert response.context["list"].count == 0


def test_people_stand_in_the_order_of_the_vietnamese_alphabet(client: Client, lead: User) -> None:
    for name in ("Ơn", "Ong", "Đinh", "Dũng", "An", "Ôn"):
        user(role=Role.UNIT_OFFICER, name=name)
    names = [row.user.full_name for row in rows(client)]
    assert names == ["An", "Ất Lãnh Đạo", "Dũng", "Đinh", "Ong", "Ôn", "Ơn"]


def test_the_export_holds_what_the_filter_leaves(client: Client, lead: User) -> None:
    seen = dt.datetime(2026, 3, 2, 8, 5, tzinfo=timezone.get_default_timezone())
    joined = held(
        last_login=seen,
        valid_to=dt.date(2026, 3, 31),
        valid_from=dt.date(2026, 1, 1),
        is_active=False,
    )
    response = client.get(f"{PAGE}?q=an+danh&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    heading, *found = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert heading[:6] == [
        "Họ và tên",
        "Thư điện tử",
        "Vai trò",
        "Cơ quan",
        "Từ ngày",
        "Đến ngày",
    ]
    labels = {name: label for name, label, _shown in client.get(PAGE).context["list"].columns}
    assert (labels["valid_from"], labels["valid_to"]) == ("Từ ngày", "Đến ngày")
    assert found == [
        [
            "Ẩn Danh",
            joined.user.email,
            "Cán bộ đơn vị",
            joined.organisation.name,
            dt.datetime.fromisoformat("2026-01-01"),
            dt.datetime.fromisoformat("2026-03-31"),
            dt.datetime.fromisoformat("2026-03-02 08:05"),
            "có",
            str(AccessState.CLOSED.label),
        ]
    ]


def test_three_people_and_a_full_page_cost_the_same_queries(client: Client, lead: User) -> None:
    for number in range(60):
        user(role=Role.FINANCE_OFFICER if number < 3 else Role.UNIT_OFFICER)
    # The first page of a session starts its clocks.
    rows(client)
    with CaptureQueriesContext(connection) as few:
        page = client.get(f"{PAGE}?role=finance_officer&q=nguoi")
    assert page.context["list"].count == 3
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"{PAGE}?role=unit_officer&q=nguoi")
    assert page.context["list"].count == 57
    assert len(few) == len(many) <= 12
