"""The pages of organisations and areas: found as at a day, corrected, succeeded."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.choices import AreaLevel, OrganisationKind, Role
from accounts.models import AdministrativeArea, Membership, Organisation, Succession, User
from accounts.services import area_succession_record, membership_grant, succession_record
from core.registers import successions as register
from tests.factories import BY, SINCE, area, membership, organisation, user

pytestmark = pytest.mark.django_db

LIST, AREAS = "/quan-tri/co-quan/", "/quan-tri/dia-ban/"
ON = dt.date(2025, 3, 1)


@pytest.fixture
def administrator(client: Client) -> User:
    """An administrator, who is logged in."""
    dost = organisation(OrganisationKind.DOST, code="SKHCN", name="Sở Khoa học và Công nghệ")
    person = user()
    membership(person, Role.ADMINISTRATOR, dost)
    client.force_login(person)
    return person


def listed(client: Client, url: str) -> set[str]:
    """The codes that a list shows."""
    response = client.get(url)
    assert response.status_code == 200
    return {row.record.code for row in response.context["list"].table.rows}


def text_of(client: Client, url: str) -> str:
    """A page as text."""
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def queries(client: Client, url: str) -> int:
    """How many queries a page costs."""
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"STC", "SNNMT"}),
        ("?at=01/03/2025", {"STC", "SNNMT"}),
        ("?at=28/02/2025", {"STC", "SNNPTNT"}),
        ("?standing=ended", {"SNNPTNT"}),
        ("?standing=ended&at=28/02/2025", set()),
        ("?standing=upcoming&at=28/02/2025", {"SNNMT"}),
        ("?standing=ever", {"STC", "SNNPTNT", "SNNMT"}),
        ("?standing=ever&q=nong+nghiep", {"SNNPTNT", "SNNMT"}),
        ("?standing=ever&q=khuyen+nong", {"SNNPTNT"}),
        ("?kind=ministry", set()),
    ],
)
def test_organisations_are_listed_as_at_a_day(
    administrator: User, client: Client, query: str, codes: set[str]
) -> None:
    organisation(code="STC", name="Sở Tài chính")
    old = organisation(
        code="SNNPTNT", name="Sở Nông nghiệp và Phát triển nông thôn", aliases=["Sở Khuyến nông"]
    )
    new = organisation(code="SNNMT", name="Sở Nông nghiệp và Môi trường", valid_from=ON)
    succession_record(predecessor=old, successors=[new], on=ON, by=BY)
    assert listed(client, LIST + query) - {"SKHCN"} == codes


def test_areas_are_listed_as_at_a_day(administrator: User, client: Client) -> None:
    province = area(AreaLevel.PROVINCE, code="10", name="tỉnh Lào Cai")
    old = area(AreaLevel.DISTRICT, code="088", name="thị xã Sa Pa", parent=province)
    new = area(code="03006", name="phường Sa Pa", valid_from=ON)
    area_succession_record(predecessor=old, successors=[new], on=ON, by=BY)
    assert listed(client, AREAS) == {"10", "03006"}
    assert listed(client, f"{AREAS}?at=28/02/2025") == {"10", "088"}
    assert listed(client, f"{AREAS}?standing=ever&q=sa+pa") == {"088", "03006"}
    assert listed(client, f"{AREAS}?standing=ever&level=district") == {"088"}
    assert listed(client, f"{AREAS}?standing=ever&parent=10") == {"088"}
    assert "phường Sa Pa là đơn vị kế thừa" in text_of(client, f"{AREAS}{old.pk}/")


def test_the_page_of_an_old_organisation_keeps_its_name_and_leads_on(
    administrator: User, client: Client
) -> None:
    old, new = organisation(name="Sở Cũ"), organisation(name="Sở Mới")
    membership(user(name="Người Ở Lại"), Role.UNIT_OFFICER, old)
    succession_record(predecessor=old, successors=[new], on=ON, by=BY, decision_number="12/QĐ")
    page = text_of(client, old.get_absolute_url())
    for words in ("<h1>Sở Cũ</h1>", new.get_absolute_url(), "12/QĐ", "Ghi kế thừa"):
        assert words in page
    assert "Người Ở Lại" not in page
    assert "Người Ở Lại" in text_of(client, new.get_absolute_url())
    assert old.get_absolute_url() in text_of(client, new.get_absolute_url())


def test_members_are_shown_to_reviewers_only(client: Client) -> None:
    place = organisation()
    membership(user(name="Cán Bộ Kín"), Role.UNIT_OFFICER, place)
    client.force_login(user(role=Role.UNIT_OFFICER))
    page = text_of(client, place.get_absolute_url())
    assert "Cán Bộ Kín" not in page
    assert "Chỉ quản trị viên được sửa" in page
    assert "/sua/" not in page
    client.force_login(user(role=Role.PROGRAMME_LEAD))
    assert "Cán Bộ Kín" in text_of(client, place.get_absolute_url())


def test_whoever_has_no_role_knows_of_none(client: Client) -> None:
    place, somewhere = organisation(name="Sở Kín"), area(name="xã Kín")
    person = user()
    client.force_login(person)
    for url in (LIST, AREAS, place.get_absolute_url(), somewhere.get_absolute_url()):
        assert client.get(url).status_code == 403
    assert "Sở Kín" not in client.get(reverse("search"), {"q": "kín"}).content.decode()
    assert not Organisation.objects.visible_to(person).exists()
    assert not AdministrativeArea.objects.visible_to(person).exists()


def test_the_search_box_finds_organisations_and_areas(client: Client) -> None:
    organisation(name="Sở Tìm Thấy", aliases=["Cơ quan bí danh"])
    area(name="xã Tìm Thấy")
    client.force_login(user(role=Role.LEADERSHIP))
    found = client.get(reverse("search"), {"q": "tim thay"}).content.decode()
    assert f'href="{LIST}' in found
    assert f'href="{AREAS}' in found
    assert f'href="{LIST}' in client.get(reverse("search"), {"q": "bi danh"}).content.decode()


def correction(place: Organisation, **values: object) -> dict[str, object]:
    """What the form of an organisation sends."""
    return {
        "name": place.name,
        "kind": place.kind,
        "valid_from": "01/01/2021",
        "version": place.version,
        "sectors": ["industry"],
        "aliases": "Tên một\n\n Tên  hai \nTên một",
        **values,
    }


def test_an_organisation_is_corrected(administrator: User, client: Client) -> None:
    place = organisation(name="Sở Gõ Sai", code="GS")
    url = reverse("organisation_edit", args=[place.pk])
    done = client.post(url, correction(place, name="Sở Gõ Đúng", code="KHAC"))
    assert done["Location"] == place.get_absolute_url()
    place.refresh_from_db()
    assert (place.name, place.code) == ("Sở Gõ Đúng", "GS")
    assert (place.sectors, place.aliases) == (["industry"], ["Tên một", "Tên hai"])


def test_two_corrections_of_one_version_lose_nothing(administrator: User, client: Client) -> None:
    place = organisation(name="Sở Hai Người")
    url = reverse("organisation_edit", args=[place.pk])
    client.post(url, correction(place, short_name="Sở A"))
    second = client.post(url, correction(place, short_name="Sở B"))
    page = second.content.decode()
    assert "<title>Lỗi:" in page
    assert "Sở A" in page
    assert "Sở B" in page
    place.refresh_from_db()
    assert place.short_name == "Sở A"


def test_a_wrong_correction_is_told_and_changes_nothing(
    administrator: User, client: Client
) -> None:
    place = organisation()
    membership(user(), Role.UNIT_OFFICER, place)
    url = reverse("organisation_edit", args=[place.pk])
    for values, words in (
        ({"valid_to": "30/06/2025"}, "1 vai trò"),
        ({"valid_to": "31/12/2020"}, "Ngày kết thúc trước ngày bắt đầu"),
        ({"parent": place.pk}, "trực thuộc chính mình"),
        ({"aliases": "x" * 201}, "quá dài"),
        ({"valid_from": "2021"}, "ngày"),
    ):
        page = client.post(url, correction(place, **values)).content.decode()
        assert "<title>Lỗi:" in page, values
        assert words in page, values
    place.refresh_from_db()
    assert place.version == 1


def test_a_code_that_is_taken_is_told(administrator: User, client: Client) -> None:
    form = {"code": "SKHCN", "name": "Sở Khác", "kind": "department", "valid_from": "01/01/2021"}
    page = client.post(reverse("organisation_create"), form).content.decode()
    assert "Đã có cơ quan mang mã này" in page
    assert page.count("Có 1 điểm cần sửa") == 1
    area(code="02647")
    form = {"code": "02647", "name": "xã Khác", "level": "commune", "valid_from": "01/01/2021"}
    page = client.post(reverse("area_create"), form).content.decode()
    assert "Đã có địa bàn mang mã này" in page


def test_a_succession_is_entered_checked_and_recorded(
    administrator: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[tuple[str, str]] = []

    def move(*, keys: list[str], new: Organisation, **_others: object) -> None:
        moved.extend((key, new.code) for key in keys)

    monkeypatch.setattr(register, "_kinds", {})
    pieces = [register.Piece("7", "Đề cử số 7")]
    register.register(register.OpenWork("dossier", "Hồ sơ", lambda _place: pieces, move))
    old = organisation(name="Ủy ban nhân dân huyện Cũ")
    first, second = organisation(code="XA1"), organisation(code="XA2")
    given = membership(user(name="Cán Bộ Huyện"), Role.UNIT_OFFICER, old)
    url = reverse("succession_record", args=[old.pk])
    form = {"on": "01/03/2025", "count": "1", "version": old.version}
    more = client.post(url, {**form, "successor_1": first.pk, "step": "more"})
    assert "Đơn vị kế thừa thứ 2" in more.content.decode()
    assert "Lỗi:" not in more.content.decode()
    form |= {"count": "2", "successor_1": first.pk, "successor_2": second.pk}
    check = client.post(url, {**form, "step": "check"}).content.decode()
    for words in ("Cán Bộ Huyện", "Đề cử số 7", "Sở Khoa học và Công nghệ"):
        assert words in check
    assert not Succession.objects.exists()
    assigned = {f"assigned-membership_{given.pk}": second.pk}
    done = client.post(url, {**form, **assigned, "step": "record"})
    assert done["Location"] == old.get_absolute_url()
    assert Membership.objects.get(organisation=second).user == given.user
    assert moved == [("7", "SKHCN")]
    assert Succession.objects.filter(predecessor=old).count() == 2


@pytest.mark.parametrize("step", ["check", "record"])
def test_a_succession_that_cannot_be_is_told_and_changes_nothing(
    administrator: User, client: Client, step: str
) -> None:
    old, new = organisation(), organisation()
    succession_record(predecessor=new, successors=[old], on=dt.date(2024, 1, 1), by=BY)
    before = Succession.objects.count()
    form = {"on": "01/03/2025", "count": "1", "successor_1": new.pk, "step": step}
    page = client.post(reverse("succession_record", args=[old.pk]), form).content.decode()
    assert "<title>Lỗi:" in page
    assert "vòng tròn" in page
    assert Succession.objects.count() == before


def test_a_form_that_asks_for_too_many_successors_stays_within_its_bounds(
    administrator: User, client: Client
) -> None:
    old = organisation()
    url = reverse("succession_record", args=[old.pk])
    for count in ("9999999", "-5", "x", "31"):
        page = client.post(url, {"count": count, "step": "more"})
        assert page.status_code == 200
        assert len([n for n in page.context["form"].fields if n.startswith("successor_")]) <= 30


def grow(place: Organisation, number: int) -> None:
    """Give an organisation people, predecessors and branches, and the list rows."""
    for _ in range(number):
        membership_grant(
            user=user(), organisation=place, role=Role.UNIT_OFFICER, valid_from=SINCE, by=BY
        )
        old = organisation(parent=place, area=area())
        new = organisation(code=f"{old.code}N")
        succession_record(predecessor=old, successors=[place, new], on=ON, by=BY)


def test_pages_cost_the_same_whatever_they_hold(administrator: User, client: Client) -> None:
    place = organisation()
    before = area()
    grow(place, 3)
    # The check page shows every role that passes on.
    heirs = [organisation(), organisation()]
    form = {"on": "01/03/2026", "count": "2", "step": "check"}
    form |= {f"successor_{number}": heir.pk for number, heir in enumerate(heirs, 1)}
    check = reverse("succession_record", args=[place.pk])

    def cost() -> list[int]:
        pages = [LIST, AREAS, place.get_absolute_url(), before.get_absolute_url(), check]
        found = [queries(client, url) for url in pages]
        with CaptureQueriesContext(connection) as captured:
            assert "Kiểm tra kế thừa" in client.post(check, form).content.decode()
        return [*found, len(captured)]

    few = cost()
    grow(place, 27)
    assert cost() == few
    assert max(few) <= 25


def test_the_menu_leads_here_for_those_who_use_it(client: Client) -> None:
    for role in Role:
        client.force_login(user(role=role))
        page = client.get(reverse("search")).content.decode()
        uses = {Role.ADMINISTRATOR, Role.PROGRAMME_LEAD, Role.PROGRAMME_OFFICER}
        assert (f'href="{LIST}"' in page) is (role in uses)


def test_a_succession_of_today_moves_rights_at_the_next_request(
    administrator: User, client: Client
) -> None:
    old, new = organisation(code="CU"), organisation(code="MOI", name="Sở Mới")
    person = user()
    membership(person, Role.UNIT_OFFICER, old)
    today = timezone.localdate()
    succession_record(predecessor=old, successors=[new], on=today, by=administrator)
    held = User.objects.get(pk=person.pk)
    assert [one.organisation.code for one in held.current_memberships] == ["MOI"]
    with pytest.raises(ValidationError, match="thời gian tồn tại"):
        membership_grant(
            user=person, organisation=old, role=Role.LEADERSHIP, valid_from=today, by=BY
        )
