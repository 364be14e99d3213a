"""What the page of an enterprise shows of its records, as at a day."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.choices import Role
from enterprises.choices import CertificateState, RecognitionKind, Scheme
from enterprises.kinds import KINDS
from enterprises.models import Enterprise, ProductivityYear
from enterprises.timeline import LEFT, RIGHT, timeline
from tests.enterprises import factories
from tests.enterprises.samples import record_of
from tests.enterprises.test_certificates import DAY, D, suspension
from tests.factories import user

pytestmark = pytest.mark.django_db


def page(client: Client, enterprise: Enterprise, day: dt.date = D) -> str:
    """The page of an enterprise as at a day."""
    response = client.get(f"{enterprise.get_absolute_url()}?ngay={day:%d/%m/%Y}")
    assert response.status_code == 200
    return response.content.decode()


def everything(enterprise: Enterprise, times: int = 1) -> None:
    """So many records of every kind."""
    for number in range(times):
        for kind in KINDS:
            values: dict[str, Any] = {}
            if "year" in kind.fields:
                values["year"] = 2000 + number
            if "is_base" in kind.fields:
                values["is_base"] = number == 0
            if "valid_from" in kind.fields:
                values["valid_from"] = dt.date(2000 + number, 1, 1)
            if "valid_to" in kind.fields:
                values["valid_to"] = dt.date(2000 + number, 6, 1)
            if "recognised_on" in kind.fields:
                values["recognised_on"] = dt.date(2000 + number, 1, 1)
            record_of(kind, enterprise, **values)


def test_one_record_of_each_kind_and_ten_cost_the_same_queries(as_officer: Client) -> None:
    few_of, many_of = factories.enterprise(), factories.enterprise()
    everything(few_of)
    everything(many_of, 10)
    page(as_officer, few_of)
    with CaptureQueriesContext(connection) as few:
        page(as_officer, few_of)
    with CaptureQueriesContext(connection) as many:
        page(as_officer, many_of)
    assert len(few) == len(many)


def test_an_empty_enterprise_says_what_to_do_next(as_officer: Client) -> None:
    shown = page(as_officer, factories.enterprise())
    for words in (
        "Chưa có sản phẩm nào",
        "chưa có giấy chứng nhận nào",
        "chưa áp dụng công cụ",
        "đề nghị bắt đầu từ năm gốc",
        "Chưa có số liệu năm nào",
    ):
        assert words in shown
    for kind in KINDS:
        if kind.owner != "certificate":
            assert f"/{kind.slug}/them/" in shown


@pytest.mark.parametrize("role", [Role.LEADERSHIP])
def test_who_may_not_record_sees_all_of_it_and_why_there_is_no_button(
    role: Role, client: Client
) -> None:
    enterprise = factories.enterprise()
    everything(enterprise)
    client.force_login(user(role=role))
    shown = page(client, enterprise)
    assert "Chỉ chuyên viên và lãnh đạo chương trình" in shown
    for kind in KINDS:
        assert f"/{kind.slug}/them/" not in shown
    assert "/sua/" not in shown


def test_what_came_after_the_day_is_not_shown(as_officer: Client) -> None:
    enterprise = factories.enterprise()
    later = D + DAY
    factories.certificate(enterprise, on=later, number="SAU-NGAY")
    factories.key_entry(factories.product(enterprise), later, decision_number="SAU-NGAY")
    factories.declaration(
        factories.product(enterprise), later, standard=factories.standard("SAU-NGAY")
    )
    for kind in KINDS:
        if kind.name in {"tool_adoption", "productivity_project", "network_membership"}:
            record_of(kind, enterprise, valid_from=later)
    recognised = next(kind for kind in KINDS if kind.name == "model_recognition")
    record_of(recognised, enterprise, recognised_on=later, kind=RecognitionKind.COMPREHENSIVE)
    shown = page(as_officer, enterprise)
    assert "SAU-NGAY" not in shown
    assert "Điển hình toàn diện" not in shown
    assert f"{later:%d/%m/%Y}" not in shown
    assert "SAU-NGAY" in page(as_officer, enterprise, later)


def test_the_state_of_a_certificate_is_that_of_the_day(as_officer: Client) -> None:
    enterprise = factories.enterprise()
    made = factories.certificate(
        enterprise, on=D - 10 * DAY, expires_on=D + 10 * DAY, withdrawn_on=D + 5 * DAY,
        withdrawn_reason="Không duy trì.",
    )  # fmt: skip
    suspension(made, D - 2 * DAY, D)
    for day, words in (
        (D - 3 * DAY, CertificateState.VALID.label),
        (D, CertificateState.SUSPENDED.label),
        (D + 4 * DAY, CertificateState.VALID.label),
        (D + 5 * DAY, CertificateState.WITHDRAWN.label),
    ):
        shown = page(as_officer, enterprise, day)
        assert f"chip-{chip_of(str(words))}" in shown
        assert str(words) in shown
    assert "Không duy trì." not in page(as_officer, enterprise, D)


def chip_of(label: str) -> str:
    """The shape of a state."""
    chips = {"Còn hiệu lực": "good", "Đang bị đình chỉ": "warn", "Đã thu hồi": "bad"}
    return chips[label]


def test_bars_begin_at_the_issue_and_end_at_what_was_known_on_the_day() -> None:
    def row(**values: Any) -> Any:
        made = factories.certificate(factories.enterprise(), Scheme.ISO_9001, **values)
        made.state, made.known_suspensions = CertificateState.VALID, []
        return made

    first = row(on=dt.date(2021, 1, 1), expires_on=dt.date(2023, 12, 31))
    withdrawn = row(on=dt.date(2022, 1, 1), withdrawn_on=D)
    endless = row(on=dt.date(2025, 1, 1))
    endless.known_suspensions = [suspension(endless, D - DAY, None)]
    before, on = timeline([first, withdrawn, endless], D - DAY), timeline([first, withdrawn], D)
    assert before.bars[0].span.x == LEFT
    assert before.bars[0].end < before.day_x
    assert before.bars[1].open_ended
    assert not on.bars[1].open_ended
    assert on.bars[1].end == pytest.approx(on.day_x, abs=0.2)
    assert before.bars[2].end == pytest.approx(RIGHT, abs=0.2)
    [pause] = before.bars[2].suspensions
    assert pause.x + pause.width == pytest.approx(RIGHT, abs=0.2)
    assert len(before.ticks) <= 6


def test_growth_is_told_in_a_sentence_a_drawing_and_a_table(as_officer: Client) -> None:
    enterprise = factories.enterprise()
    parts = {"labour_cost": 10, "depreciation": 10, "interest": 10, "production_taxes": 10}
    for when, profit, labour, assets, base in (
        (2021, 960, 10, 500, True),
        (2025, 1460, 12, 550, False),
        (2026, 9999, 12, 550, False),
    ):
        ProductivityYear.objects.create(
            enterprise=enterprise, year=when, pretax_profit=profit, fixed_assets=assets,
            labour=labour, is_base=base, **parts,
        )  # fmt: skip
    shown = page(as_officer, enterprise)
    assert (
        "Mức tăng năm 2025 so với năm gốc 2021: năng suất lao động 25,0%, năng suất vốn 36,4%,"
        " TFP 33,0%." in shown
    )
    assert 'class="drawing chart"' in shown
    assert "bK = 0,3, bL = 0,7" in shown
    ProductivityYear.objects.update(is_base=False)
    shown = page(as_officer, enterprise)
    assert "Chưa đánh dấu năm gốc" in shown
    assert 'class="drawing chart"' not in shown


def test_words_of_records_are_never_markup(as_officer: Client) -> None:
    evil = '<img src=x onerror="alert(1)">'
    enterprise = factories.enterprise()
    product = factories.product(enterprise, name=evil, group=evil)
    factories.key_entry(product, decision_number=evil)
    factories.declaration(product, standard=factories.standard(evil))
    made = factories.certificate(enterprise, number=evil, issuer=evil, scope=evil)
    suspension(made, D, D)
    shown = page(as_officer, enterprise)
    assert "<img" not in shown
    assert "&lt;img" in shown
    for path in ("/san-pham/", "/danh-muc-trong-diem/", "/giay-chung-nhan/", "/tieu-chuan/"):
        assert "<img" not in as_officer.get(path).content.decode()
