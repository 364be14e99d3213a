"""Who sees which enterprise: the same set in every list, count, export, look-up and search."""

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import AreaLevel, OrganisationKind, Role
from accounts.models import AdministrativeArea, AreaSuccession, Organisation, Succession, User
from core.registers import search as search_register
from enterprises.models import Contact, Enterprise, Product
from tests import factories as people
from tests.enterprises import factories

pytestmark = pytest.mark.django_db

REFORM = dt.date(2025, 7, 1)
NAME = "Công ty Tìm Thấy"


def area(
    code: str, level: AreaLevel, parent: AdministrativeArea | None = None
) -> AdministrativeArea:
    """An area since 2021."""
    return AdministrativeArea.objects.create(
        code=code, name=f"Nơi {code}", level=level, parent=parent, valid_from=people.SINCE
    )


class Register:
    """Enterprises, one for each reason why somebody sees it, and the people."""

    def __init__(self) -> None:
        self.district = area("H", AreaLevel.DISTRICT)
        self.commune, self.other_commune = (area(c, AreaLevel.COMMUNE) for c in ("X1", "X2"))
        self.old_commune = area("X0", AreaLevel.COMMUNE, self.district)
        AreaSuccession.objects.create(
            predecessor=self.old_commune, successor=self.commune, on=REFORM
        )
        for new in (self.commune, self.other_commune):
            AreaSuccession.objects.create(predecessor=self.district, successor=new, on=REFORM)
        self.old_department, self.department, self.split, self.stranger = (
            people.organisation() for _ in range(4)
        )
        for old, new in (
            (self.old_department, self.department),
            (self.split, self.department),
            (self.split, self.stranger),
        ):
            Succession.objects.create(predecessor=old, successor=new, on=REFORM)
        self.made = {
            "managed": self.enterprise(self.department),
            "managed_before": self.enterprise(self.old_department),
            "managed_by_split": self.enterprise(self.split),
            "in_commune": self.enterprise(area=self.commune),
            "in_old_commune": self.enterprise(area=self.old_commune),
            "in_other_commune": self.enterprise(area=self.other_commune),
            "of_district": self.enterprise(former_district=self.district),
            "nowhere": self.enterprise(),
        }

    def enterprise(self, managing: Organisation | None = None, **values: object) -> Enterprise:
        """An enterprise with a product and a contact."""
        made = factories.enterprise(name=NAME, **values)
        if managing:
            made.managing_departments.add(managing)
        factories.product(made)
        Contact.objects.create(enterprise=made, kind="contact", name="Người Mẫu")
        return made

    def committee(self, of: AdministrativeArea) -> Organisation:
        """The committee of an area."""
        made = people.organisation(OrganisationKind.AREA_COMMITTEE)
        Organisation.objects.filter(pk=made.pk).update(area=of)
        made.refresh_from_db()
        return made


ALL = frozenset(
    {
        "managed",
        "managed_before",
        "managed_by_split",
        "in_commune",
        "in_old_commune",
        "in_other_commune",
        "of_district",
        "nowhere",
    }
)
SEEN = {
    "officer": ALL,
    "lead": ALL,
    "leadership": ALL,
    "department": {"managed", "managed_before"},
    "old_department": {"managed_before"},
    "stranger": set(),
    "commune": {"in_commune", "in_old_commune"},
    "other_commune": {"in_other_commune"},
    "district": {"in_old_commune", "of_district"},
    "finance": set(),
    "administrator": set(),
    "representative": set(),
    "no_role": set(),
}


def person(register: Register, who: str) -> User:
    """A person of this kind."""
    roles = {
        "officer": Role.PROGRAMME_OFFICER,
        "lead": Role.PROGRAMME_LEAD,
        "leadership": Role.LEADERSHIP,
        "finance": Role.FINANCE_OFFICER,
        "administrator": Role.ADMINISTRATOR,
        "representative": Role.ENTERPRISE_REPRESENTATIVE,
    }
    made = people.user(role=roles.get(who))
    places = {
        "department": register.department,
        "old_department": register.old_department,
        "stranger": register.stranger,
        "commune": register.committee(register.commune),
        "other_commune": register.committee(register.other_commune),
        "district": register.committee(register.district),
    }
    if who in places:
        people.membership(made, Role.UNIT_OFFICER, places[who])
    return made


@pytest.fixture
def register(db: None) -> Register:
    """The enterprises of these tests."""
    return Register()


@pytest.mark.parametrize(("who", "seen"), SEEN.items())
def test_every_route_shows_the_same_enterprises(
    who: str, seen: set[str], register: Register, client: Client
) -> None:
    user = person(register, who)
    expected = {register.made[name] for name in seen}
    assert set(Enterprise.objects.visible_to(user)) == expected
    for model in (Product, Contact):
        assert {one.enterprise for one in model.objects.visible_to(user)} == expected
    found = {hit.url for group in search_register.search(user, NAME) for hit in group.hits}
    assert found == {one.get_absolute_url() for one in expected}
    client.force_login(user)
    for one in register.made.values():
        status = client.get(one.get_absolute_url()).status_code
        assert status in ({200} if one in expected else {404} if user.has_any_role else {403, 404})
    listed = client.get(reverse("enterprise_list"))
    reads = user.has_role(
        Role.PROGRAMME_OFFICER, Role.PROGRAMME_LEAD, Role.LEADERSHIP, Role.UNIT_OFFICER
    )
    if not reads:
        looked_up = client.post(reverse("enterprise_lookup"), {"mst": "1"})
        assert {listed.status_code, looked_up.status_code} <= {403, 404}
        return
    assert listed.status_code == 200
    assert set(listed.context["list"].table.data.data) == expected
    assert listed.context["list"].count == len(expected)
    assert exported_codes(client) == {one.tax_code for one in expected}
    for one in register.made.values():
        page = client.post(reverse("enterprise_lookup"), {"mst": one.tax_code}).content.decode()
        assert NAME in page
        assert (one.get_absolute_url() in page) == (one in expected)


def exported_codes(client: Client) -> set[object]:
    """The tax codes of the exported list."""
    answer = client.get(reverse("enterprise_list"), {"export": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heading, *rows = ([cell.value for cell in row] for row in book.active.iter_rows())
    return {row[heading.index("Mã số thuế")] for row in rows}


def test_rights_pass_on_the_day_of_the_succession_and_end_with_the_membership(
    register: Register,
) -> None:
    user = people.user()
    membership = people.membership(user, Role.UNIT_OFFICER, register.department)
    Succession.objects.update(on=dt.date.today() + dt.timedelta(days=1))  # noqa: DTZ011
    assert set(Enterprise.objects.visible_to(user)) == {register.made["managed"]}
    membership.valid_to = people.SINCE
    membership.save()
    user = User.objects.get(pk=user.pk)
    assert not Enterprise.objects.visible_to(user)


def test_of_a_merger_a_unit_officer_gets_links_to_what_they_see_alone(
    register: Register, client: Client
) -> None:
    mine, foreign = register.made["in_commune"], register.made["nowhere"]
    client.force_login(person(register, "commune"))
    for source, target in ((mine, foreign), (foreign, mine)):
        Enterprise.objects.update(merged_into=None)
        Enterprise.objects.filter(pk=source.pk).update(
            merged_into=target, merged_at=timezone.now(), merge_reason="Trùng"
        )
        page = client.get(mine.get_absolute_url()).content.decode()
        assert foreign.get_absolute_url() not in page


def test_nothing_is_wrong_with_a_code_that_is_still_typed(
    register: Register, client: Client
) -> None:
    client.force_login(person(register, "officer"))
    url, headers = reverse("enterprise_lookup"), {"HX-Request": "true"}
    code = register.made["managed"].tax_code
    for typed, told in ((code[:6], ""), (code[:9] + "x1", "chữ số"), (code, NAME)):
        page = client.post(url, {"mst": typed}, headers=headers).content.decode().strip()
        assert told in page
        assert bool(page) == bool(told)


def test_a_look_up_out_of_scope_tells_the_name_alone(register: Register, client: Client) -> None:
    other = register.made["nowhere"]
    Enterprise.objects.filter(pk=other.pk).update(address="Số 12, đường Bí Mật", phone="0214999")
    client.force_login(person(register, "department"))
    page = client.post(reverse("enterprise_lookup"), {"mst": other.tax_code}).content.decode()
    assert NAME in page
    for hidden in ("Bí Mật", "0214999", other.get_absolute_url()):
        assert hidden not in page
