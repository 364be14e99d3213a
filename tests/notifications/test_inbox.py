"""The inbox: one's own, counted, opened, read."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.registers import navigation
from notifications.models import MailPreference, Notice
from tests.factories import user
from tests.notifications.factories import MARKUP, notice

pytestmark = pytest.mark.django_db

INBOX = "/hop-thu/"


def listed(client: Client, query: str = "") -> list[str]:
    """The titles that the inbox lists."""
    page = client.get(f"{INBOX}?{query}")
    return [row.record.title for row in page.context["list"].table.rows]


def unread_in_menu(client: Client) -> int | None:
    """The figure beside the inbox in the menu."""
    page = client.get(reverse("search"))
    sections = navigation.menu(page.wsgi_request)
    (item,) = (item for section in sections for item in section if item.url == INBOX)
    return item.count


def test_an_inbox_holds_ones_own_notices_newest_first(as_officer: Client, officer: User) -> None:
    notice(officer, title="Cũ")
    notice(officer, title="Mới")
    notice(user(), title="Của người khác")
    assert listed(as_officer) == ["Mới", "Cũ"]
    assert listed(as_officer, "q=cu") == ["Cũ"]
    assert listed(as_officer, "kind=reminder&state=read") == []


def test_opening_a_notice_reads_it_and_goes_where_it_leads(
    as_officer: Client, officer: User
) -> None:
    made = notice(officer, url="/ke-hoach/?a=1")
    notice(officer)
    assert unread_in_menu(as_officer) == 2
    opened = as_officer.post(reverse("notice_open", args=[made.pk]))
    assert (opened.status_code, opened["Location"]) == (302, "/ke-hoach/?a=1")
    made.refresh_from_db()
    assert made.read_at
    assert unread_in_menu(as_officer) == 1
    assert listed(as_officer, "state=new") == ["Cần xem lại"]


def test_coming_to_its_address_reads_nothing(as_officer: Client, officer: User) -> None:
    made = notice(officer)
    for name in ("notice_open", "notice_read"):
        assert as_officer.get(reverse(name, args=[made.pk]))["Location"] == INBOX
    assert as_officer.get(reverse("notices_read"))["Location"] == INBOX
    assert Notice.objects.unread().count() == 1


@pytest.mark.parametrize("url", ["//ke-xau.example/", "https://ke-xau.example/", "javascript:x"])
def test_a_notice_never_leads_off_the_portal(url: str, as_officer: Client, officer: User) -> None:
    made = notice(officer)
    # Past the database's own refusal: the page does not rely on it alone.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE notifications_notice DROP CONSTRAINT notice_url_of_the_portal")
    Notice.objects.filter(pk=made.pk).update(url=url)
    opened = as_officer.post(reverse("notice_open", args=[made.pk]))
    assert opened["Location"] == INBOX
    assert "ke-xau" not in as_officer.get(INBOX).content.decode()


def test_one_notice_or_all_are_taken_for_read(as_officer: Client, officer: User) -> None:
    first, _second = notice(officer), notice(officer)
    others = notice(user())
    as_officer.post(reverse("notice_read", args=[first.pk]))
    assert Notice.objects.visible_to(officer).unread().count() == 1
    as_officer.post(reverse("notices_read"))
    assert list(Notice.objects.unread()) == [others]
    assert unread_in_menu(as_officer) == 0


@pytest.mark.parametrize("name", ["notice_open", "notice_read"])
def test_a_notice_of_somebody_else_is_not_there(name: str, as_officer: Client) -> None:
    others = notice(user())
    assert as_officer.post(reverse(name, args=[others.pk])).status_code == 404
    assert Notice.objects.unread().count() == 1


def test_the_search_box_finds_ones_own_notices_only(as_officer: Client, officer: User) -> None:
    notice(officer, title="Đề cử hợp tác xã", text="Chè xanh Bản Liền")
    notice(user(), title="Đề cử của người khác")
    page = as_officer.get(reverse("search"), {"q": "de cu"})
    (group,) = page.context["groups"]
    (hit,) = group.hits
    assert "".join(piece.text for piece in hit.title) == "Đề cử hợp tác xã"
    assert as_officer.get(hit.url).context["list"].count == 1


def test_markup_in_a_notice_stays_text(as_officer: Client, officer: User) -> None:
    notice(officer, title=MARKUP, text=MARKUP)
    for url in (INBOX, f"{reverse('search')}?q=onerror"):
        page = as_officer.get(url).content.decode()
        assert "onerror" in page
        assert "<img" not in page


def test_three_notices_and_thirty_cost_the_same_queries(as_officer: Client, officer: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert as_officer.get(INBOX).status_code == 200
        return len(captured)

    for _number in range(3):
        notice(officer)
    # The menu counts what waits for the person once a minute.
    queries()
    few = queries()
    for _number in range(27):
        notice(officer)
    assert queries() == few <= 12


def test_an_empty_inbox_says_what_will_arrive(as_officer: Client) -> None:
    page = as_officer.get(INBOX).content.decode()
    assert "Hộp thư chưa có gì" in page
    assert 'href="/viec-cua-toi/"' in page


def test_the_choice_of_mail_is_kept_and_a_wrong_one_refused(
    as_officer: Client, officer: User
) -> None:
    url = reverse("mail_preference_set")
    wrong = as_officer.post(url, {"mail": "never"})
    assert wrong.context["form"].errors
    assert "Lỗi:" in wrong.content.decode()
    assert not MailPreference.objects.exists()
    as_officer.post(url, {"mail": "digest", "user": "1"})
    assert MailPreference.objects.get().user == officer
    assert as_officer.get(url).context["form"].initial == {"mail": "digest"}
