"""The audit trail: who may search it, what its filters find, how an entry reads."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.conf import settings
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.choices import OrganisationKind, Role
from accounts.models import User
from accounts.registers import HISTORY_PANEL
from accounts.selectors import REVIEWERS, acts_in_use, kinds_in_use
from audit.choices import OriginKind
from audit.models import ChainLink, Entry, record_type
from audit.origin import origin
from audit.services import record
from core.registers import acts
from programs.models import Indicator, Plan, Task
from reports.choices import PeriodKind
from reports.models import ReportRun
from reports.services import report_run_ask
from tests.factories import BY, membership, organisation, user

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/nhat-ky/"
OTHERS = [role for role in Role if role not in REVIEWERS]
WRITTEN = re.compile(r"""\bact ?= ?["'](\w+)["']""")


@pytest.fixture
def lead(client: Client) -> User:
    """A programme lead, who is logged in."""
    person = user(role=Role.PROGRAMME_LEAD, name="Lãnh Đạo")
    client.force_login(person)
    return person


def entry_at(moment: dt.datetime, act: str = "task_note", **values: object) -> Entry:
    """An entry that was recorded at this moment."""
    values = {"actor_name": "Máy", "origin_kind": OriginKind.JOB, **values}
    return Entry.objects.create(at=moment, act=act, **values)


def local(*numbers: int) -> dt.datetime:
    """A moment in Việt Nam."""
    return dt.datetime(*numbers, tzinfo=timezone.get_default_timezone())


def found(client: Client, query: str) -> list[int]:
    """The entries that the list finds, in its order."""
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return [row.record.pk for row in response.context["list"].table.rows]


def exported(client: Client, query: str) -> list[list[object]]:
    """The rows of the workbook, with their heading."""
    response = client.get(f"{LIST}?{query}&export=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize("role", REVIEWERS)
def test_reviewers_search_the_trail_and_find_it_in_the_menu(role: Role, client: Client) -> None:
    client.force_login(user(role=role))
    page = client.get(LIST)
    assert page.status_code == 200
    assert page.context["list"].count == Entry.objects.count() > 0
    assert f'href="{LIST}"' in client.get(reverse("search")).content.decode()
    assert client.get(f"{LIST}{Entry.objects.first().pk}/").status_code == 200


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_knows_of_it(role: Role, client: Client) -> None:
    client.force_login(user(role=role))
    entry = Entry.objects.first()
    for url in (LIST, f"{LIST}?export=xlsx", f"{LIST}?page=2", f"{LIST}{entry.pk}/"):
        assert client.get(url).status_code == 404
    assert f'href="{LIST}"' not in client.get(reverse("search")).content.decode()


def test_a_role_that_ended_closes_the_trail_at_the_next_request(client: Client, lead: User) -> None:
    assert client.get(LIST).status_code == 200
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    lead.memberships.update(valid_to=yesterday)
    membership(lead, Role.PROGRAMME_OFFICER)
    assert client.get(LIST).status_code == 404


def test_whoever_is_not_logged_in_is_sent_to_the_login(client: Client) -> None:
    assert client.get(LIST)["Location"] == f"{reverse('account_login')}?next={LIST}"


def test_the_trail_takes_no_post(client: Client, lead: User) -> None:
    entry = Entry.objects.first()
    for url in (LIST, f"{LIST}{entry.pk}/"):
        assert client.post(url, {"act": "x"}).status_code == 405


def test_newest_come_first_also_within_one_moment(client: Client, lead: User) -> None:
    moment = local(2026, 3, 1, 8)
    older = entry_at(moment - dt.timedelta(hours=1))
    first, second = entry_at(moment), entry_at(moment)
    assert found(client, "act=task_note") == [second.pk, first.pk, older.pk]
    assert found(client, "act=task_note&sort=at") == [older.pk, first.pk, second.pk]


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("vang lan", True),
        ("VÀNG THỊ", True),
        ("vàng thị lan", True),
        ("dac san", True),
        ("đặc sản", True),
        ("du ho so", True),
        ("lan ho so", True),
        ("lan@vidu", True),
        ("100%", True),
        ("100.", False),
        ("vang khong", False),
        ("[a-z]", False),
    ],
)
def test_words_are_found_in_name_record_and_reason_accents_aside(
    query: str, holds: bool, client: Client, lead: User
) -> None:
    entry = entry_at(
        local(2026, 3, 1),
        actor_name="Vàng Thị Lan <lan@vidu.invalid>",
        target_label="Đặc sản Bắc Hà",
        reason="Đủ hồ sơ 100%",
    )
    other = entry_at(local(2026, 3, 1))
    names = found(client, f"act=task_note&q={query.replace('%', '%25')}")
    assert names == ([entry.pk] if holds else [])
    assert other.pk not in names


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("since=02/03/2026", ["second", "midnight", "third"]),
        ("until=02/03/2026", ["first", "second"]),
        ("since=02/03/2026&until=02/03/2026", ["second"]),
        ("since=2026-03-03", ["midnight", "third"]),
        ("since=01/01/0001&until=31/12/9999", ["first", "second", "midnight", "third"]),
    ],
)
def test_days_count_from_their_first_to_their_last_moment_in_vietnam(
    query: str, expected: list[str], client: Client, lead: User
) -> None:
    entries = {
        "first": entry_at(local(2026, 3, 1, 23, 59, 59)),
        "second": entry_at(local(2026, 3, 2, 23, 59, 59, 999_999)),
        "midnight": entry_at(local(2026, 3, 3)),
        "third": entry_at(local(2026, 3, 3, 6)),
    }
    wanted = {entries[name].pk for name in expected}
    assert set(found(client, f"act=task_note&{query}")) == wanted


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("since=31/02/2026", "since"),
        ("until=mai", "until"),
        ("since=02/03/2026&until=01/03/2026", "until"),
        ("act=nothing", "act"),
        ("kind=programs.nothing", "kind"),
        ("person=0", "person"),
        ("person=99999999999999999999", "person"),
        ("origin=x", "origin"),
        ("record=" + "1" * 101, "record"),
        ("q=a%00b", "q"),
    ],
)
def test_a_filter_that_makes_no_sense_is_told_at_its_field_and_lists_nothing(
    query: str, field: str, client: Client, lead: User
) -> None:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert list(response.context["list"].filter.form.errors) == [field]
    assert response.context["list"].count == 0
    assert "<title>Lỗi:" in response.content.decode()


def test_the_trail_is_narrowed_by_act_kind_record_person_and_origin(
    client: Client, lead: User
) -> None:
    place = organisation(OrganisationKind.DEPARTMENT)
    with origin(OriginKind.COMMAND, "lam_gi_do"):
        entry = record(act="organisation_rename", by=lead, target=place)
    others = set(Entry.objects.exclude(pk=entry.pk).values_list("pk", flat=True))
    assert others
    for query in (
        "act=organisation_rename",
        f"person={lead.pk}",
        "origin=command",
        f"kind=accounts.organisation&record={place.pk}&act=organisation_rename",
    ):
        assert found(client, query) == [entry.pk], query
    assert set(found(client, f"kind=accounts.organisation&record={place.pk}")) == set(
        Entry.objects.about(place).values_list("pk", flat=True)
    )


def test_acts_and_kinds_in_use_are_each_named_once() -> None:
    user(role=Role.UNIT_OFFICER)
    entry_at(local(2026, 3, 1))
    assert acts_in_use() == sorted(set(Entry.objects.values_list("act", flat=True)))
    kinds = set(Entry.objects.values_list("target_type", flat=True))
    assert "" in kinds
    assert kinds_in_use() == sorted(kinds - {""})


def test_an_empty_trail_offers_no_acts() -> None:
    assert not Entry.objects.exists()
    assert acts_in_use() == kinds_in_use() == []


def test_the_export_holds_what_the_filter_leaves_in_its_order(client: Client, lead: User) -> None:
    entry_at(local(2026, 3, 1, 8, 5), reason="=1+1", target_label="x")
    entry_at(
        local(2026, 3, 2, 8, 5, 7),
        target_type="accounts.user",
        target_id="1",
        target_label="Lan",
    )
    entry_at(local(2026, 3, 3), "another_act")
    heading, *rows = exported(client, "act=task_note")
    assert len(heading) == 5
    kind = str(User._meta.verbose_name)
    label = f"{kind[0].upper()}{kind[1:]}: Lan"
    assert rows == [
        [dt.datetime.fromisoformat("2026-03-02 08:05:07"), "Máy", "task_note", label, ""],
        [dt.datetime.fromisoformat("2026-03-01 08:05"), "Máy", "task_note", "", "=1+1"],
    ]


def test_three_entries_and_a_full_page_cost_the_same_queries(client: Client, lead: User) -> None:
    for number in range(120):
        act = "task_note" if number < 3 else "task_move"
        entry_at(local(2026, 3, 1), act, target_type="programs.task", target_id=str(number))
    # The menu counts what waits for the person once a minute.
    client.get(reverse("search"))
    with CaptureQueriesContext(connection) as few:
        assert client.get(f"{LIST}?act=task_note&q=may").context["list"].count == 3
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"{LIST}?act=task_move&q=may").context["list"]
    assert (page.count, len(page.table.paginated_rows)) == (117, 50)
    assert len(few) == len(many) <= 12
    counted = [sql for sql in (one["sql"] for one in many) if "COUNT(" in sql and "audit" in sql]
    assert len(counted) == 1
    assert "JOIN" not in counted[0]


def test_an_entry_shows_what_changed_first_where_it_came_from_and_its_seal(
    client: Client, lead: User
) -> None:
    person = user(name="Vàng Thị Lan")
    joined = membership(person, Role.UNIT_OFFICER)
    with origin(OriginKind.WEB, "/to-chuc/7/", "10.20.30.40"):
        entry = record(
            act="membership_end",
            by=lead,
            target=joined,
            before={"role": Role.UNIT_OFFICER, "valid_to": None, "is_lead": False},
            after={
                "role": Role.UNIT_OFFICER,
                "valid_to": dt.date(2026, 3, 31),
                "is_lead": True,
                "is_listed": ["B1", {"B2": 3}],
            },
            reason="Chuyển công tác",
        )
    connection.check_constraints()
    response = client.get(f"{LIST}{entry.pk}/")
    changes = [(c.label, c.before, c.after, c.changed) for c in response.context["changes"]]
    assert set(changes[:3]) == {
        ("Is_lead", gettext("no"), gettext("yes"), True),
        ("Is_listed", "–", "B1; B2: 3", True),
        ("Đến ngày", "–", "31/03/2026", True),
    }
    assert changes[3:] == [("Vai trò", "Cán bộ đơn vị", "Cán bộ đơn vị", False)]
    link = ChainLink.objects.get(entry_id=entry.pk)
    page = response.content.decode()
    for text in ("Chuyển công tác", "10.20.30.40", "/to-chuc/7/", link.digest, link.previous):
        assert text in page
    assert f"?kind=accounts.membership&amp;record={joined.pk}" in page


def test_an_entry_about_nothing_and_without_fields_is_still_a_page(
    client: Client, lead: User
) -> None:
    entry = entry_at(local(2026, 3, 1))
    response = client.get(f"{LIST}{entry.pk}/")
    assert response.context["changes"] == []
    assert "?kind=" not in response.content.decode()


def test_an_entry_about_a_kind_that_is_no_more_keeps_its_names(client: Client, lead: User) -> None:
    entry = entry_at(
        local(2026, 3, 1), target_type="gone.thing", target_id="1", after={"size": "big"}
    )
    response = client.get(f"{LIST}{entry.pk}/")
    assert response.context["kind"] == "gone.thing"
    assert [change.label for change in response.context["changes"]] == ["Size"]


def test_an_entry_without_its_link_says_so(client: Client, lead: User) -> None:
    entry = entry_at(local(2026, 3, 1))
    assert client.get(f"{LIST}{entry.pk}/").context["link"] is None
    connection.check_constraints()
    assert client.get(f"{LIST}{entry.pk}/").context["link"].entry_id == entry.pk


def test_markup_in_an_entry_is_inert(client: Client, lead: User) -> None:
    bad = "<img src=x onerror=alert(1)>"
    entry = entry_at(
        local(2026, 3, 1),
        actor_name=bad,
        target_type="accounts.user",
        target_id="1",
        target_label=bad,
        reason=bad,
        origin_detail=bad,
        before={bad: bad},
    )
    for url in (LIST, f"{LIST}{entry.pk}/"):
        page = client.get(url).content.decode()
        assert "onerror" in page
        assert "<img" not in page


@pytest.mark.parametrize("key", [999_999, 10**30])
def test_an_entry_that_is_not_there_is_not_found(key: int, client: Client, lead: User) -> None:
    assert client.get(f"{LIST}{key}/").status_code == 404


def test_every_act_that_a_room_records_has_a_name() -> None:
    sources = [path for room in settings.ROOMS for path in (settings.BASE_DIR / room).rglob("*.py")]
    written = {act for path in sources for act in WRITTEN.findall(path.read_text())}
    assert {"plan_load", "membership_grant", "report_run_ask"} <= written
    assert [act for act in written if acts.label(act) == act] == []


def page_of(kind: str, plan: Plan, by: User) -> tuple[models.Model, str]:
    """A record of this kind and the address of its page."""
    match kind:
        case "task":
            found: Task | Indicator | ReportRun = Task.objects.get(plan=plan, code="B1.2.7")
        case "indicator":
            found = Indicator.objects.get(plan=plan, code="K06")
        case _:
            found = report_run_ask(
                plan=plan, kind=PeriodKind.ANNUAL, year=2026, by=by, dispatch=lambda _run: None
            )
    return found, found.get_absolute_url()


@pytest.mark.parametrize("kind", ["task", "indicator", "report_run"])
def test_the_page_of_a_record_shows_its_newest_acts_to_reviewers_alone(
    kind: str, client: Client, lead: User, plan: Plan, officer: User
) -> None:
    subject, url = page_of(kind, plan, lead)
    others = {"target_type": record_type(subject), "target_id": f"{subject.pk}0"}
    for number in range(6):
        record(act=f"act_{number}", by=BY, target=subject)
    entry_at(timezone.now() + dt.timedelta(hours=1), "act_elsewhere", **others)
    response = client.get(url)
    assert HISTORY_PANEL in [template.name for template in response.templates]
    page = response.content.decode()
    shown = [act for act in [*map("act_{}".format, range(6)), "act_elsewhere"] if act in page]
    assert shown == ["act_1", "act_2", "act_3", "act_4", "act_5"]
    query = f"kind={record_type(subject)}&record={subject.pk}"
    assert f'href="{LIST}?{query.replace("&", "&amp;")}"' in page
    assert {"act_0", "act_5"} <= {
        entry.act for entry in Entry.objects.filter(pk__in=found(client, query))
    }
    client.force_login(officer)
    assert HISTORY_PANEL not in [template.name for template in client.get(url).templates]


@pytest.mark.parametrize("kind", ["task", "indicator", "report_run"])
def test_the_history_on_a_page_costs_one_query(
    kind: str, client: Client, lead: User, plan: Plan, officer: User
) -> None:
    _subject, url = page_of(kind, plan, lead)

    def queries() -> list[str]:
        # What waits for whom is counted once a minute, for the menu.
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return [query["sql"] for query in captured]

    seen = queries()
    client.force_login(officer)
    unseen = queries()
    assert len([sql for sql in seen if "audit_entry" in sql]) == 1
    assert [sql for sql in unseen if "audit_entry" in sql] == []
    assert len(seen) == len(unseen) + 1


def test_parts_of_the_overview_show_no_history(client: Client, lead: User, plan: Plan) -> None:
    page = client.get(reverse("overview")).content.decode()
    assert acts.label("plan_load") not in page
