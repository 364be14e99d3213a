"""Asking for a report: who may, once per period, and what happens when it fails."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from programs.models import Plan
from reports import services
from reports.choices import PeriodKind, RunStatus
from reports.models import ReportForm, ReportRun, Snapshot
from tests.factories import user

ANNUAL = PeriodKind.ANNUAL


def nowhere(run_id: int) -> None:
    """A broker that loses every message."""


def ask(
    plan: Plan, by: User, year: int = 2026, dispatch: Callable[[int], object] = nowhere
) -> ReportRun:
    """Ask for the annual report."""
    return services.report_run_ask(plan=plan, kind=ANNUAL, year=year, by=by, dispatch=dispatch)


def ended_lease(run: ReportRun) -> None:
    """As if its worker had died."""
    past = timezone.now() - dt.timedelta(minutes=5)
    ReportRun.objects.filter(pk=run.pk).update(lease_until=past)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if not role.value.startswith("programme")])
def test_other_roles_neither_ask_nor_see(
    role: Role, plan: Plan, officer: User, client: Client
) -> None:
    run = ask(plan, officer)
    person = user(role=role)
    with pytest.raises(NotAllowedError):
        ask(plan, person)
    client.force_login(person)
    assert client.get(reverse("report_run_detail", args=[run.pk])).status_code == 404
    assert client.get(reverse("report_run_list")).context["list"].count == 0
    client.post(reverse("report_run_ask"), {"year": 2025})
    assert ReportRun.objects.count() == 1


@pytest.mark.django_db
def test_asking_twice_leads_to_the_same_run(plan: Plan, as_officer: Client) -> None:
    first = as_officer.post(reverse("report_run_ask"), {"year": 2026})
    second = as_officer.post(reverse("report_run_ask"), {"year": 2026})
    assert first["Location"] == second["Location"] == ReportRun.objects.get().get_absolute_url()
    assert Entry.objects.filter(act="report_run_ask").count() == 1


@pytest.mark.django_db
def test_the_period_follows_the_statutory_calendar(plan: Plan, officer: User) -> None:
    period = ask(plan, officer, 2026).period
    assert (period.first_day, period.cut_off) == (dt.date(2025, 12, 15), dt.date(2026, 12, 14))


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2020, 2031])
def test_a_year_outside_the_plan_is_refused(year: int, plan: Plan, officer: User) -> None:
    with pytest.raises(DomainError, match="từ 2021 đến 2030"):
        ask(plan, officer, year)
    assert not ReportRun.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("year", ["", "x", "1999", "2026; DROP"])
def test_a_wrong_year_in_the_form_is_told_at_the_field(
    year: str, plan: Plan, as_officer: Client
) -> None:
    response = as_officer.post(reverse("report_run_ask"), {"year": year})
    assert response.status_code == 200
    assert "<title>Lỗi:" in response.content.decode()
    assert not ReportRun.objects.exists()


@pytest.mark.django_db
def test_without_a_form_of_the_plan_the_request_is_refused(plan: Plan, officer: User) -> None:
    ReportForm.objects.all().delete()
    with pytest.raises(DomainError, match="report_forms"):
        ask(plan, officer)


@pytest.mark.django_db
def test_a_claim_is_given_once_until_its_lease_ends(plan: Plan, officer: User) -> None:
    run = ask(plan, officer)
    lease = dt.timedelta(seconds=60)
    first = ReportRun.objects.claim(run.pk, lease)
    assert first is not None
    assert ReportRun.objects.claim(run.pk, lease) is None
    ended_lease(run)
    second = ReportRun.objects.claim(run.pk, lease)
    assert second is not None
    assert second.attempts == 2
    assert not ReportRun.objects.held(first).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_lost_its_claim_leaves_no_trace(plan: Plan, officer: User) -> None:
    run = ask(plan, officer)
    first = ReportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    ended_lease(run)
    second = ReportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    assert first is not None
    assert second is not None
    assert services.report_run_render(run=first) is None
    assert not Snapshot.objects.exists()
    assert services.report_run_render(run=second) is not None
    assert Snapshot.objects.count() == 1


@pytest.mark.django_db
def test_the_sweeper_hands_lost_runs_out_again_and_gives_up_in_the_end(
    plan: Plan, officer: User, settings: Settings
) -> None:
    run = ask(plan, officer)
    handed: list[int] = []
    for _attempt in range(settings.JOB_ATTEMPTS):
        assert services.report_runs_sweep(dispatch=handed.append) == 1
        ReportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
        assert services.report_runs_sweep(dispatch=handed.append) == 0
        ended_lease(run)
    assert services.report_runs_sweep(dispatch=handed.append) == 0
    run.refresh_from_db()
    assert run.status == RunStatus.FAILED
    assert "3 lần" in run.error
    assert handed == [run.pk] * settings.JOB_ATTEMPTS


@pytest.mark.django_db(transaction=True)
def test_a_run_that_fails_says_so_and_can_be_started_again(
    plan: Plan, officer: User, as_officer: Client
) -> None:
    run = ask(plan, officer)
    ReportForm.objects.all().delete()
    claimed = ReportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    assert claimed is not None
    assert services.report_run_render(run=claimed) is None
    page = as_officer.get(run.get_absolute_url()).content.decode()
    assert "report_forms" in page
    as_officer.post(reverse("report_run_restart", args=[run.pk]))
    run.refresh_from_db()
    assert run.status in {RunStatus.WAITING, RunStatus.RUNNING}
    assert Entry.objects.filter(act="report_run_restart").exists()


@pytest.mark.django_db
def test_a_failed_run_waits_while_another_of_its_period_is_under_way(
    plan: Plan, officer: User
) -> None:
    first = ask(plan, officer)
    ReportRun.objects.filter(pk=first.pk).update(failed_at=timezone.now())
    second = ask(plan, officer)
    assert second.pk != first.pk
    with pytest.raises(DomainError, match="đang được lập"):
        services.report_run_restart(run=first, by=officer, dispatch=nowhere)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.filter(pk=first.pk).update(failed_at=None)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["report_run_ask", "report_run_restart"])
def test_who_comes_back_to_an_act_by_its_address_is_led_to_its_page(
    name: str, plan: Plan, officer: User, as_officer: Client
) -> None:
    run = ask(plan, officer)
    arguments = [run.pk] if name == "report_run_restart" else []
    response = as_officer.get(reverse(name, args=arguments), follow=True)
    assert response.status_code == 200


@pytest.mark.django_db
def test_a_refusal_is_a_403_with_its_reason(plan: Plan, client: Client) -> None:
    client.force_login(user(role=Role.FINANCE_OFFICER))
    response = client.post(reverse("report_run_ask"), {"year": 2026})
    assert response.status_code == 403
    assert "Chỉ chuyên viên và lãnh đạo chương trình" in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_reads_the_plan_as_it_is_when_it_is_taken(plan: Plan, officer: User) -> None:
    run = ask(plan, officer)
    claimed = ReportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    assert claimed is not None
    Plan.objects.filter(pk=plan.pk).update(number="192/KH-UBND")
    before = timezone.now()
    snapshot = services.report_run_render(run=claimed)
    assert snapshot is not None
    assert snapshot.data["plan"]["number"] == "192/KH-UBND"
    assert before <= snapshot.taken_at < ReportRun.objects.get(pk=run.pk).finished_at


@pytest.mark.django_db
def test_only_a_failed_run_is_started_again(plan: Plan, officer: User) -> None:
    run = ask(plan, officer)
    with pytest.raises(NotAllowedError, match="không hoàn thành"):
        services.report_run_restart(run=run, by=officer, dispatch=nowhere)


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_needs_a_transaction_of_its_own(plan: Plan, officer: User) -> None:
    run = ask(plan, officer)
    with transaction.atomic(), pytest.raises(RuntimeError):
        services.snapshots.snapshot_take(plan=plan, period=run.period)


@pytest.mark.django_db
def test_a_file_and_a_run_that_are_not_there_are_not_found(plan: Plan, as_officer: Client) -> None:
    for name in ("report_file_download", "report_run_detail", "report_run_preview"):
        assert as_officer.get(reverse(name, args=[999_999])).status_code == 404
