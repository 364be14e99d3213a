"""An officer sees what is theirs and nothing else: pages, files, exports, look-ups, counts."""

import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import Role
from accounts.models import User
from documents.models import Attachment
from enterprises import services
from enterprises.choices import DossierState, NominationAct
from enterprises.models import Enterprise, Nomination, NominationRound
from notifications.selectors import Horizon, waiting_for, working_days
from programs.models import Plan
from tests import factories as people
from tests.enterprises import nomination_samples as samples

pytestmark = pytest.mark.django_db

SECRET = "Công ty Chỉ Bên Kia Biết"


@pytest.fixture
def one(plan: Plan) -> NominationRound:
    """An open round."""
    return samples.open_round(plan, title="Đợt chung")


@pytest.fixture
def theirs(one: NominationRound) -> Nomination:
    """What another department has submitted."""
    by = samples.nominator(name="Người Bên Kia")
    return samples.submitted(one, by, samples.enterprise_of(by, name=SECRET))


@pytest.fixture
def draft(one: NominationRound, theirs: Nomination) -> Nomination:
    """What the other department has not submitted yet."""
    assert theirs.submitted_by is not None
    return samples.draft(one, theirs.submitted_by)


@pytest.fixture
def me(db: None) -> User:
    """An officer of a department."""
    return samples.nominator(name="Tôi")


@pytest.fixture
def mine(client: Client, me: User) -> Client:
    """My mine."""
    client.force_login(me)
    return client


def page(mine: Client, name: str, *args: Any, query: str = "") -> str:
    """What a page says."""
    answer = mine.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def exported(mine: Client, name: str, *args: Any) -> list[list[Any]]:
    """The rows of a list in Excel."""
    answer = mine.get(reverse(name, args=args), {"export": "xlsx"})
    content = b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


NOMINATION_PAGES = (
    "nomination_detail", "nomination_edit", "nomination_submit", "nomination_withdraw",
    "nomination_discard", "nomination_return",
)  # fmt: skip


def test_another_organisations_nomination_is_not_there(
    mine: Client, theirs: Nomination, draft: Nomination
) -> None:
    before = list(Nomination.objects.order_by("pk").values())
    for nomination in (theirs, draft):
        for name in NOMINATION_PAGES:
            url = reverse(name, args=[nomination.pk])
            if name != "nomination_discard":
                assert mine.get(url).status_code == 404, url
            if name != "nomination_detail":
                assert mine.post(url, {"reason": "x"}).status_code == 404, url
    assert list(Nomination.objects.order_by("pk").values()) == before


def test_dossiers_selections_and_files_are_not_there(
    mine: Client, theirs: Nomination, draft: Nomination
) -> None:
    assert theirs.dossier is not None
    assert mine.get(reverse("dossier_list")).status_code == 404
    assert mine.get(reverse("dossier_detail", args=[theirs.dossier_id])).status_code == 404
    assert mine.get(reverse("conflict_declare", args=[theirs.dossier_id])).status_code == 404
    assert mine.get(reverse("selection_list", args=[theirs.round_id])).status_code == 404
    for act in NominationAct:
        if act.value in {"shortlist", "propose", "take_back", "select", "refuse"}:
            seen = {"dossier": f"{theirs.dossier_id}:{theirs.dossier.version}", "reason": "x"}
            assert mine.post(reverse(f"dossier_{act}"), seen).status_code == 404
    for nomination in (theirs, draft):
        file = Attachment.objects.of(nomination).get()
        assert file.current is not None
        for url in (
            file.get_absolute_url(),
            reverse("attachment_download", args=[file.current.pk]),
            reverse("attachment_list", args=["de-cu", nomination.pk]),
        ):
            assert mine.get(url).status_code == 404, url
        upload = reverse("attachment_upload", args=["de-cu", nomination.pk])
        data = {"file": samples.scan(), "kind": "letter"}
        assert mine.post(upload, data).status_code == 404
    assert Attachment.objects.count() == 2


def test_lists_exports_pages_and_counts_say_nothing_of_others(
    mine: Client, me: User, one: NominationRound, theirs: Nomination, draft: Nomination
) -> None:
    own = samples.submitted(one, me, samples.enterprise_of(me, name="Công ty Của Tôi"))
    for name, args in (
        ("nomination_list", ()),
        ("round_list", ()),
        ("round_detail", (one.pk,)),
        ("nomination_detail", (own.pk,)),
        ("worklist", ()),
        ("enterprise_list", ()),
        ("search", ()),
    ):
        said = page(mine, name, *args, query="?q=c%C3%B4ng+ty" if name == "search" else "")
        assert SECRET not in said, name
        assert "Người Bên Kia" not in said, name
    rows = exported(mine, "nomination_list")
    assert [row[0] for row in rows[1:]] == ["Công ty Của Tôi"]
    heading, *rounds = exported(mine, "round_list")
    nominated = heading.index("Đã đề cử")
    assert [row[nominated] for row in rounds] == [1]
    assert "state=waiting" not in page(mine, "round_detail", one.pk)


def test_that_another_has_named_the_same_enterprise_is_not_said(
    mine: Client, me: User, one: NominationRound, theirs: Nomination
) -> None:
    enterprise = theirs.enterprise
    assert enterprise is not None
    own = samples.submitted(one, me, enterprise, outside_reason="Cùng chuỗi giá trị.")
    assert own.dossier == theirs.dossier
    said = page(mine, "nomination_detail", own.pk)
    assert theirs.organisation.name not in said
    assert "Người Bên Kia" not in said


def test_drafts_are_for_their_organisation_alone(
    client: Client, draft: Nomination, theirs: Nomination
) -> None:
    for person in (samples.officer(), samples.lead(), people.user(role=Role.LEADERSHIP)):
        client.force_login(person)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(theirs.get_absolute_url()).status_code == 200
        assert len(exported(client, "nomination_list")) == 2


def test_an_enterprise_is_seen_by_who_nominated_it_while_that_stands(
    mine: Client, me: User, one: NominationRound, theirs: Nomination
) -> None:
    enterprise = theirs.enterprise
    assert enterprise is not None
    url = enterprise.get_absolute_url()
    found = mine.post(reverse("enterprise_lookup"), {"mst": enterprise.tax_code})
    said = found.content.decode()
    assert SECRET in said
    assert url not in said
    assert mine.get(url).status_code == 404
    own = samples.draft(one, me, enterprise, outside_reason="Cùng chuỗi giá trị.")
    assert mine.get(url).status_code == 404
    assert url not in page(mine, "nomination_detail", own.pk)
    services.nomination_submit(nomination=own, version=None, by=me)
    assert mine.get(url).status_code == 200
    assert SECRET in page(mine, "enterprise_list")
    own.refresh_from_db()
    services.nomination_withdraw(nomination=own, reason="Thôi.", version=None, by=me)
    assert mine.get(url).status_code == 404
    assert list(Enterprise.objects.visible_to(me)) == []


def test_a_personal_number_is_masked_in_drafts_lists_and_exports(
    mine: Client, me: User, one: NominationRound
) -> None:
    number = "010086000123"
    nomination = samples.draft(
        one,
        me,
        number,
        new_name="Hộ Kinh Doanh Mẫu",
        new_kind="household",
        new_area=people.area(),
        outside_reason="Chưa có trong sổ.",
    )
    for _time in range(2):
        for said in (
            page(mine, "nomination_detail", nomination.pk),
            page(mine, "nomination_list", query="?columns=tax_code"),
            str(exported(mine, "nomination_list")),
        ):
            assert number not in said
        if nomination.state == "draft":
            nomination = services.nomination_submit(nomination=nomination, version=None, by=me)
            assert nomination.new_tax_code == ""


def test_rounds_that_are_not_open_are_there_for_the_department_only(
    mine: Client, plan: Plan
) -> None:
    prepared = samples.prepared_round(plan, title="Đợt chưa mở")
    for name in ("round_detail", "nomination_add", "round_open", "round_edit"):
        assert mine.get(reverse(name, args=[prepared.pk])).status_code == 404
    assert "Đợt chưa mở" not in page(mine, "round_list")


def test_work_waits_for_those_whose_it_is(
    one: NominationRound, theirs: Nomination, me: User
) -> None:
    officer, lead = samples.officer(), samples.lead()

    def titles(person: User) -> list[str]:
        again = User.objects.get(pk=person.pk)
        found = waiting_for(again, Horizon.of(samples.today(), working_days()))
        return [waiting.item.title for waiting in found]

    assert titles(me) == ["Đề cử doanh nghiệp: Đợt chung"]
    assert "1 hồ sơ đề cử cần xét: Đợt chung" in titles(officer)
    assert not any("xác nhận" in title for title in titles(lead))
    assert theirs.dossier is not None
    samples.returned(theirs, officer)
    assert theirs.submitted_by is not None
    assert f"Bổ sung đề cử: {theirs}" in titles(theirs.submitted_by)
    assert not any(str(theirs) in title for title in titles(me))
    services.nomination_submit(
        nomination=Nomination.objects.get(pk=theirs.pk), version=None, by=theirs.submitted_by
    )
    dossier = samples.brought_to(DossierState.PROPOSED, theirs, lead, lead)
    assert not any("xác nhận" in title for title in titles(lead))
    other = samples.lead()
    assert "1 đề xuất chọn cần xác nhận: Đợt chung" in titles(other)
    services.conflict_declare(dossier=dossier, reason="Cháu ruột.", by=other)
    assert not any("xác nhận" in title for title in titles(other))
    samples.review(dossier, NominationAct.SELECT, samples.lead())
    assert "Ghi quyết định phê duyệt danh sách: Đợt chung" in titles(officer)
    samples.set_days(one, -9, -1)
    assert "Đóng hoặc gia hạn: Đợt chung" in titles(officer)
    assert titles(me) == []


def queries(mine: Client, url: str) -> int:
    """How many statements a page takes."""
    mine.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert mine.get(url).status_code == 200
    return len(found)


def test_pages_take_the_same_number_of_queries_whatever_the_number_of_rows(
    client: Client, plan: Plan
) -> None:
    one = samples.open_round(plan, quota=60)
    by, officer = samples.nominator(), samples.officer()
    first = samples.submitted(one, by)
    assert first.dossier is not None
    dossier = first.dossier

    def more(number: int) -> None:
        for _number in range(number):
            samples.submitted(one, by)
            colleague = samples.nominator()
            samples.submitted(one, colleague, first.enterprise, outside_reason="Cùng chuỗi.")

    def counted() -> list[int]:
        found = []
        for person, urls in (
            (by, [reverse("nomination_list"), one.get_absolute_url(), reverse("worklist")]),
            (
                officer,
                [
                    reverse("nomination_list"),
                    reverse("dossier_list"),
                    dossier.get_absolute_url(),
                    one.get_absolute_url(),
                    reverse("round_list"),
                    reverse("worklist"),
                ],
            ),
        ):
            client.force_login(person)
            found += [queries(client, url) for url in urls]
        return found

    more(3)
    few = counted()
    more(12)
    assert counted() == few
