"""The list of selected enterprises in the form of an annex to a decision, as PDF and Excel."""

import io

import openpyxl
import pdfplumber
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from enterprises import services
from enterprises.choices import DossierState, NominationAct
from enterprises.models import NominationRound
from programs.models import Plan
from tests.enterprises import nomination_samples as samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(plan: Plan, officer: User) -> NominationRound:
    """A round that has selected three enterprises for two tasks."""
    made = samples.open_round(plan, title="Đợt 1 năm 2026")
    lead, by = samples.lead(), samples.nominator(samples.department(name="Sở Công Thương Mẫu"))
    for name, code, cost in (("Chè", "B2.2.1", 100), ("Quế", "B2.2.2", 50), ("Mật", "B2.2.1", 60)):
        nomination = samples.submitted(
            made,
            by,
            samples.enterprise_of(by, name=f"Công ty {name}"),
            task=samples.task(plan, code),
            expected_cost=cost * samples.MILLION,
            state_share=cost * samples.MILLION // 2,
            enterprise_share=cost * samples.MILLION // 2,
        )
        samples.brought_to(DossierState.SELECTED, nomination, officer, lead)
    return made


def record(one: NominationRound, by: User) -> int:
    """Record the decision; returns its key."""
    values = {
        "number": "123/QĐ-SKHCN",
        "issued_on": samples.today(),
        "issuer": "Sở Khoa học và Công nghệ",
    }
    return services.selection_decision_record(one=one, values=values, by=by).pk


def pdf_text(browser: Client, one: NominationRound, query: str = "") -> str:
    """The text of the annex."""
    answer = browser.get(reverse("selection_annex_pdf", args=[one.pk]) + query)
    assert answer.status_code == 200
    with pdfplumber.open(io.BytesIO(b"".join(answer.streaming_content))) as document:
        assert len(document.pages) == 1
        assert document.pages[0].width > document.pages[0].height
        fonts = {letter["fontname"].split("+")[-1] for letter in document.pages[0].chars}
        assert all(font.startswith("Liberation-Serif") or "Serif" in font for font in fonts)
        return " ".join(document.pages[0].extract_text().split())


def test_the_pdf_is_an_annex_whose_number_and_day_are_blank(
    as_officer: Client, one: NominationRound
) -> None:
    said = pdf_text(as_officer, one)
    assert said.startswith("Phụ lục DANH SÁCH DOANH NGHIỆP ĐƯỢC CHỌN HỖ TRỢ – ĐỢT 1 NĂM 2026")
    assert "(Kèm theo Quyết định số /QĐ- ngày tháng năm của Sở Khoa học và Công nghệ)" in said
    places = [said.index(f"Công ty {name}") for name in ("Chè", "Mật", "Quế")]
    assert places == sorted(places)
    assert "Tổng cộng: 3 doanh nghiệp 210 105 105" in said
    assert "Hai trăm mười triệu đồng" in said


def test_once_recorded_the_decision_stands_in_its_annex_alone(
    as_officer: Client, officer: User, one: NominationRound
) -> None:
    pk = record(one, officer)
    assert as_officer.get(reverse("selection_annex_pdf", args=[one.pk])).status_code == 404
    day = samples.today()
    said = pdf_text(as_officer, one, f"?quyet-dinh={pk}")
    assert f"số 123/QĐ-SKHCN ngày {day:%d} tháng" in said
    page = as_officer.get(reverse("selection_list", args=[one.pk])).content.decode()
    assert f"phu-luc.pdf?quyet-dinh={pk}" in page
    for wrong in ("?quyet-dinh=0", "?quyet-dinh=abc"):
        url = reverse("selection_annex_xlsx", args=[one.pk]) + wrong
        assert as_officer.get(url).status_code == 404


def test_the_workbook_says_the_same_with_living_sums(
    as_officer: Client, one: NominationRound
) -> None:
    answer = as_officer.get(reverse("selection_annex_xlsx", args=[one.pk]))
    content = io.BytesIO(b"".join(answer.streaming_content))
    sheet = openpyxl.load_workbook(content)["Danh sách được chọn"]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert told[0][0] == "Phụ lục"
    names = [row[1] for row in told if row[0] in {"1", "2", "3"}]
    assert names == ["Công ty Chè", "Công ty Mật", "Công ty Quế"]
    total = next(row for row in told if str(row[1]).startswith("Tổng cộng"))
    assert str(total[6]).startswith("=")
    content.seek(0)
    values = openpyxl.load_workbook(content, data_only=True)["Danh sách được chọn"]
    shown = [row for row in values.iter_rows(values_only=True) if str(row[1]).startswith("Tổng")]
    assert shown[0][6:9] == (210, 105, 105)


def test_who_was_not_selected_is_not_on_it(
    as_officer: Client, officer: User, one: NominationRound
) -> None:
    by = samples.nominator()
    other = samples.submitted(one, by, samples.enterprise_of(by, name="Công ty Không Chọn"))
    assert other.dossier is not None
    samples.review(other.dossier, NominationAct.REFUSE, officer)
    assert "Không Chọn" not in pdf_text(as_officer, one)
