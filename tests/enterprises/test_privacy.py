"""The personal number of a household business: whole only for those who keep the register."""

import io
import logging
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from enterprises import services
from enterprises.choices import EnterpriseKind
from enterprises.models import Enterprise
from tests import factories as people

pytestmark = pytest.mark.django_db

PERSONAL = "010086000125"
FORMER = "010086000333"
MASKED = "•••••••••125"


@pytest.fixture
def household(officer: User) -> Enterprise:
    """A household business whose number changed once, and one of the same name."""
    made, _twin = (
        services.enterprise_create(
            values={"tax_code": code, "kind": EnterpriseKind.HOUSEHOLD, "name": "Hộ Pháo"},
            by=officer,
        )
        for code in (FORMER, "010086000777")
    )
    return services.enterprise_change_tax_code(
        enterprise=made,
        tax_code=PERSONAL,
        changed_on=None if made.pk is None else made.verified_at.date(),
        reason="Cấp lại",
        version=None,
        by=officer,
    )


def body(client: Client, url: str, data: dict[str, str] | None = None) -> str:
    """What an address answers, a workbook as its cells."""
    answer = client.post(url, data) if data else client.get(url)
    if not answer.streaming:
        return answer.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return "\n".join(str(cell.value) for row in book.active.iter_rows() for cell in row)


def detail(household: Enterprise) -> str:
    return household.get_absolute_url()


ROUTES: dict[str, Callable[[Enterprise], str]] = {
    "list": lambda _one: reverse("enterprise_list"),
    "list by name": lambda _one: reverse("enterprise_list") + "?q=ho+phao",
    "search": lambda _one: reverse("search") + "?q=ho+phao",
    "merge choice": lambda one: reverse("enterprise_merge", args=[one.pk]),
    "merge": lambda one: (
        reverse("enterprise_merge", args=[one.pk])
        + f"?vao={Enterprise.objects.exclude(pk=one.pk).get().pk}"
    ),
    "edit": lambda one: reverse("enterprise_edit", args=[one.pk]),
    "change": lambda one: reverse("enterprise_change_tax_code", args=[one.pk]),
    "trail": lambda _one: reverse("entry_list"),
    "trail export": lambda _one: reverse("entry_list") + "?export=xlsx",
}


@pytest.mark.parametrize("route", ROUTES)
def test_no_other_page_holds_the_number_even_for_a_lead(
    route: str, household: Enterprise, client: Client
) -> None:
    client.force_login(people.user(role=Role.PROGRAMME_LEAD))
    page = body(client, ROUTES[route](household))
    assert PERSONAL not in page
    assert FORMER not in page


@pytest.mark.parametrize("role", [Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD])
def test_its_page_shows_the_number_to_those_who_keep_the_register(
    role: Role, household: Enterprise, client: Client
) -> None:
    client.force_login(people.user(role=role))
    page = body(client, detail(household))
    assert PERSONAL in page
    assert FORMER in page
    assert PERSONAL in body(client, reverse("enterprise_list") + "?export=xlsx")


@pytest.mark.parametrize("role", [Role.LEADERSHIP, Role.UNIT_OFFICER])
def test_others_see_the_last_three_digits(
    role: Role, household: Enterprise, client: Client
) -> None:
    user, department = people.user(), people.organisation()
    people.membership(user, role, department)
    household.managing_departments.add(department)
    client.force_login(user)
    for url in (detail(household), reverse("enterprise_list"), "/doanh-nghiep/?export=xlsx"):
        page = body(client, url)
        assert PERSONAL not in page
        assert FORMER not in page
        assert MASKED in page
    found = body(client, reverse("enterprise_lookup"), {"mst": PERSONAL})
    assert "Hộ Pháo" in found
    assert found.count(PERSONAL) == found.count(f'value="{PERSONAL}"') == 1


def test_a_number_in_the_address_of_a_search_leads_to_the_page_and_out_of_the_address(
    household: Enterprise, as_officer: Client
) -> None:
    url = reverse("enterprise_list")
    for box in (url, reverse("search")):
        for number in (PERSONAL, FORMER, "010 086 000 125", f"Hộ Pháo {PERSONAL}"):
            answer = as_officer.get(box, {"q": number})
            assert answer["Location"] == detail(household)
        assert as_officer.get(box, {"q": "010086000999"})["Location"] == box
    answer = as_officer.get(url, {"q": PERSONAL}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == detail(household)
    assert as_officer.get(reverse("enterprise_lookup"), {"mst": PERSONAL}).status_code == 302
    as_officer.force_login(people.user(role=Role.PROGRAMME_LEAD))
    twin = Enterprise.objects.exclude(pk=household.pk).get()
    merging = reverse("enterprise_merge", args=[twin.pk])
    assert as_officer.get(merging, {"q": PERSONAL})["Location"] == f"{merging}?vao={household.pk}"


def test_no_log_and_no_entry_of_the_history_holds_the_number(
    household: Enterprise, as_officer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    data = {"tax_code": PERSONAL, "name": "Hộ Khác", "kind": "household"}
    answer = as_officer.post(reverse("enterprise_create"), data)
    assert "đã thuộc Hộ Pháo" in answer.content.decode()
    as_officer.post(reverse("enterprise_lookup"), {"mst": PERSONAL})
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert PERSONAL not in logged
    for entry in Entry.objects.all():
        kept = (entry.before, entry.after, entry.target_label, entry.reason, entry.origin_detail)
        assert PERSONAL not in repr(kept)
        assert FORMER not in repr(kept)
