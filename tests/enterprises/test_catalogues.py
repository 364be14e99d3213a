"""The repository of standards and the catalogue of tools; certificates that wait for an officer."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.registers import worklist
from core.versions import StaleVersionError
from enterprises import services
from enterprises.choices import Scheme, StandardStatus
from enterprises.models import Enterprise, ImprovementTool, Standard
from enterprises.record_selectors import replacement_chain
from enterprises.record_worklist import MOST_ITEMS, expiring_certificates
from tests.enterprises import factories
from tests.factories import membership, organisation, user

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def replaced(old: Standard, new: Standard, by: User) -> Standard:
    """Note that one standard replaced another."""
    values = {"replaced_by": new, "status": StandardStatus.REPLACED}
    return services.standard_edit(standard=old, values=values, version=None, by=by)


def test_standards_that_replaced_each_other_stand_in_their_order(officer: User) -> None:
    first, second, third, other = (factories.standard() for _number in range(4))
    replaced(first, second, officer)
    replaced(second, third, officer)
    replaced(other, third, officer)
    for one in (first, second, third):
        chain = replacement_chain(one)
        assert chain.index(first) < chain.index(second) < chain.index(third)
    assert set(replacement_chain(third)) == {first, second, third, other}
    assert replacement_chain(first) == [first, second, third]


def test_a_circle_of_replacements_is_refused(officer: User) -> None:
    first, second, third = (factories.standard() for _number in range(3))
    replaced(first, second, officer)
    replaced(second, third, officer)
    for last in (third, first):
        with pytest.raises(ValidationError) as refused:
            replaced(third, last, officer) if last != third else replaced(third, third, officer)
        assert set(refused.value.message_dict) == {"replaced_by"}
    assert Standard.objects.get(pk=third.pk).replaced_by is None


def test_a_successor_means_replaced(officer: User) -> None:
    old, new = factories.standard(), factories.standard()
    with pytest.raises(ValidationError, match="Bị thay thế"):
        services.standard_edit(standard=old, values={"replaced_by": new}, version=None, by=officer)


def test_a_standard_is_found_by_an_old_name(as_officer: Client) -> None:
    data = {
        "number": "ISO 45001:2018",
        "kind": "foreign",
        "status": "in_force",
        "aliases": "OHSAS 18001\r\n  OHSAS   1800 \r\n\r\nOHSAS 18001",
        "link": "iso.example/45001",
    }
    answer = as_officer.post(reverse("standard_add"), data)
    made = Standard.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert made.aliases == ["OHSAS 18001", "OHSAS 1800"]
    assert made.link == "https://iso.example/45001"
    listed = as_officer.get("/tieu-chuan/?q=ohsas").context["list"].table.rows
    assert [row.record for row in listed] == [made]


@pytest.mark.parametrize("number", ["tcvn 1:2020", " TCVN  1:2020 "])
def test_a_number_names_one_standard_in_any_case(number: str, as_officer: Client) -> None:
    factories.standard("TCVN 1:2020")
    data = {"number": number, "kind": "tcvn", "status": "in_force"}
    response = as_officer.post(reverse("standard_add"), data)
    assert set(response.context["form"].errors) == {"number"}
    assert Standard.objects.count() == 1


def test_a_link_that_runs_a_script_is_no_link(as_officer: Client) -> None:
    data = {"number": "X", "kind": "tcvn", "status": "in_force", "link": "javascript:alert(1)"}
    response = as_officer.post(reverse("standard_add"), data)
    assert set(response.context["form"].errors) == {"link"}


def test_the_page_of_a_standard_shows_who_uses_it_to_whom_it_may(client: Client) -> None:
    standard, day = factories.standard(), timezone.localdate()
    seen, unseen = (
        factories.enterprise(name="Của Sở tôi"),
        factories.enterprise(name="Của nơi khác"),
    )
    department, person = organisation(), user()
    membership(person, Role.UNIT_OFFICER, department)
    seen.managing_departments.add(department)
    for of in (seen, unseen):
        factories.declaration(factories.product(of), day, standard=standard)
        factories.certificate(of, on=day, standard=standard)
    client.force_login(person)
    response = client.get(standard.get_absolute_url())
    assert "Của Sở tôi" in response.content.decode()
    assert "Của nơi khác" not in response.content.decode()
    assert (response.context["declaration_count"], response.context["certificate_count"]) == (1, 1)
    [row] = client.get("/tieu-chuan/").context["list"].table.rows
    assert (row.record.declared, row.record.certified) == (1, 1)
    client.force_login(user(role=Role.FINANCE_OFFICER))
    response = client.get(standard.get_absolute_url())
    assert (response.context["declaration_count"], response.context["certificate_count"]) == (0, 0)


def test_a_stale_save_of_a_standard_shows_what_differs(as_officer: Client, officer: User) -> None:
    standard = factories.standard("TCVN 2:2020")
    services.standard_edit(standard=standard, values={"title": "Chè xanh"}, version=1, by=officer)
    with pytest.raises(StaleVersionError):
        services.standard_edit(standard=standard, values={"title": "x"}, version=1, by=officer)
    data = {
        "number": "TCVN 2:2020",
        "kind": "tcvn",
        "status": "in_force",
        "title": "Chè đen",
        "version": 1,
    }
    response = as_officer.post(reverse("standard_edit", args=[standard.pk]), data)
    [difference] = response.context["form"].differences
    assert (difference.now, difference.yours) == ("Chè xanh", "Chè đen")
    data["version"] = response.context["form"]["version"].value()
    assert as_officer.post(reverse("standard_edit", args=[standard.pk]), data).status_code == 302
    acts = list(Entry.objects.about(standard).order_by("id").values_list("act", flat=True))
    assert acts == ["standard_edit", "standard_edit"]


def test_a_tool_is_corrected_and_named_once(as_officer: Client) -> None:
    as_officer.post(reverse("improvement_tool_add"), {"name": "5S", "aliases": "Năm S"})
    tool = ImprovementTool.objects.get()
    url = reverse("improvement_tool_edit", args=[tool.pk])
    assert as_officer.post(url, {"name": "5S+", "version": tool.version}).status_code == 302
    assert ImprovementTool.objects.get().name == "5S+"
    response = as_officer.post(reverse("improvement_tool_add"), {"name": "5s+"})
    assert set(response.context["form"].errors) == {"name"}


def ending(days: int, of: Enterprise | None = None, **values: Any) -> Any:
    """A certificate whose last day is so many days from today."""
    today = timezone.localdate()
    values = {"on": today - 900 * DAY, "expires_on": today + days * DAY, **values}
    return factories.certificate(of or factories.enterprise(), **values)


@pytest.mark.parametrize(
    ("days", "waits"), [(31, False), (30, True), (0, True), (-1, True), (-30, True), (-31, False)]
)
def test_a_certificate_waits_for_officers_around_its_last_day(
    days: int, waits: bool, officer: User
) -> None:
    made = ending(days)
    items = list(expiring_certificates(officer))
    assert [item.due for item in items] == ([made.expires_on] if waits else [])
    if waits:
        assert items[0].key == f"certificate:{made.pk}:expiry"
        assert items[0].url == f"{made.enterprise.get_absolute_url()}#giay-chung-nhan"
        assert any(made.number in item.title for item in worklist.items(officer))


def test_what_is_renewed_withdrawn_voided_or_of_an_ended_enterprise_waits_no_more(
    officer: User,
) -> None:
    today = timezone.localdate()
    renewed = ending(5)
    factories.certificate(renewed.enterprise, on=today, expires_on=today + 900 * DAY)
    ending(5, withdrawn_on=today)
    ending(5, voided_at=timezone.now(), voided_reason="Nhầm.")
    ending(5, factories.enterprise(ended_on=today))
    ending(5, factories.enterprise(merged_into=factories.enterprise()))
    assert list(expiring_certificates(officer)) == []
    other_scheme = ending(5, renewed.enterprise, scheme=Scheme.HACCP)
    assert len(list(expiring_certificates(officer))) == 1
    assert other_scheme.enterprise == renewed.enterprise


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROGRAMME_OFFICER])
def test_certificates_wait_for_programme_officers_only(role: Role) -> None:
    ending(5)
    assert list(expiring_certificates(user(role=role))) == []


def test_no_more_wait_than_a_person_can_read(officer: User) -> None:
    for days in range(MOST_ITEMS + 2):
        ending(days % 30)
    items = list(expiring_certificates(officer))
    assert len(items) == MOST_ITEMS
    assert [item.due for item in items] == sorted(item.due for item in items)
