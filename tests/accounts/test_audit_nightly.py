"""Every night the head of the history is kept outside the database, and looked for the next."""

import datetime as dt
import fcntl
import logging
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from accounts.choices import Role
from accounts.models import Deputy, User
from accounts.services import audit_verify_nightly
from accounts.tasks import audit_verify_nightly as nightly_job
from audit.models import ChainLink
from tests.audit.acts import acts_sealed, tamper
from tests.factories import membership, organisation, user

pytestmark = pytest.mark.django_db

NOW = timezone.now()
Mails = list[EmailMessage]


@pytest.fixture(autouse=True)
def heads_file(settings: Settings, tmp_path: Path) -> Path:
    """A file of the test's own."""
    settings.AUDIT_HEADS_FILE = tmp_path / "files" / "heads.txt"
    return settings.AUDIT_HEADS_FILE


@pytest.fixture
def lead(db: None) -> User:
    """Somebody who gets the mail."""
    return user(role=Role.PROGRAMME_LEAD)


def night(number: int) -> dt.datetime:
    """One night after another."""
    return NOW + dt.timedelta(days=number)


def cut_tail(links: int) -> None:
    """Remove the newest links and their entries, as only a superuser of the database can."""
    newest = ChainLink.objects.order_by("-position")[:links]
    for link in list(newest):
        tamper("DELETE FROM audit_entry WHERE id = %s", [link.entry_id])
        tamper("DELETE FROM audit_chainlink WHERE position = %s", [link.position])


def test_the_head_is_logged_kept_and_mailed_to_the_leads(
    lead: User, mailoutbox: Mails, heads_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    administrator, officer = user(role=Role.ADMINISTRATOR), user(role=Role.PROGRAMME_OFFICER)
    acts_sealed(2)
    with caplog.at_level(logging.INFO, "audit"):
        nightly_job.apply().get()
    link = ChainLink.objects.latest("position")
    head = f"{link.position}:{link.digest}"
    (line,) = [line for line in caplog.records if line.name.startswith("audit.")]
    assert (line.name, line.levelname) == ("audit.head", "INFO")
    assert f"head={head}" in line.getMessage()
    assert f" {head} kept\n" in heads_file.read_text()
    assert heads_file.stat().st_mode & 0o777 == 0o600
    (mail,) = mailoutbox
    assert mail.to == [lead.email]
    assert head in mail.body
    assert "nguyên vẹn" in mail.subject
    assert {administrator.email, officer.email}.isdisjoint(mail.to)


def test_a_cut_tail_is_noticed_the_next_night_and_every_night_after(
    lead: User, mailoutbox: Mails, caplog: pytest.LogCaptureFixture
) -> None:
    administrator = user(role=Role.ADMINISTRATOR)
    acts_sealed(5)
    audit_verify_nightly(now=night(0))
    cut_tail(2)
    # The database alone shows nothing.
    for number in (1, 2):
        mailoutbox.clear()
        caplog.clear()
        result = audit_verify_nightly(now=night(number))
        assert result
        assert result.problems == 1
        assert {mail.to[0] for mail in mailoutbox} == {lead.email, administrator.email}
        assert "CẢNH BÁO" in mailoutbox[0].subject
        assert str(result.first_problem) in mailoutbox[0].body
        assert [line.levelno for line in caplog.records if line.name == "audit.chain"] == [
            logging.CRITICAL
        ]


def test_a_tail_that_was_cut_and_grown_again_is_noticed_too(lead: User) -> None:
    acts_sealed(5)
    audit_verify_nightly(now=night(0))
    cut_tail(3)
    acts_sealed(6)
    result = audit_verify_nightly(now=night(1))
    assert result
    assert result.problems == 1


def test_a_chain_that_only_grew_passes_night_after_night(lead: User, mailoutbox: Mails) -> None:
    for number in range(3):
        acts_sealed(2)
        result = audit_verify_nightly(now=night(number))
        assert result
        assert result.problems == 0
    assert len(mailoutbox) == 3


def test_an_altered_entry_is_named_in_the_mail(lead: User, mailoutbox: Mails) -> None:
    entry = acts_sealed(3)[1]
    tamper("UPDATE audit_entry SET reason = 'khác' WHERE id = %s", [entry.pk])
    audit_verify_nightly(now=night(0))
    assert str(entry.pk) in mailoutbox[0].body


def test_many_breaks_make_no_endless_mail(lead: User, mailoutbox: Mails) -> None:
    acts_sealed(30)
    tamper("UPDATE audit_entry SET reason = 'khác'")
    audit_verify_nightly(now=night(0))
    assert mailoutbox[0].body.count("\n- ") == 21


def test_two_schedulers_mail_once(lead: User, mailoutbox: Mails, heads_file: Path) -> None:
    acts_sealed(1)
    audit_verify_nightly(now=night(0))
    assert audit_verify_nightly(now=night(0)) is None
    with heads_file.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert audit_verify_nightly(now=night(1)) is None
    assert len(mailoutbox) == 1
    assert audit_verify_nightly(now=night(1))


def test_lines_that_are_no_lines_are_passed_over(lead: User, heads_file: Path) -> None:
    acts_sealed(2)
    audit_verify_nightly(now=night(0))
    with heads_file.open("a") as opened:
        opened.write("x\n1 2 3\n")
    cut_tail(1)
    result = audit_verify_nightly(now=night(1))
    assert result
    assert result.problems == 1


def test_a_deputy_gets_it_in_the_place_of_the_lead(mailoutbox: Mails) -> None:
    office, day = organisation(), timezone.localdate(NOW)
    lead, officer = user(), user()
    membership(lead, Role.PROGRAMME_LEAD, office)
    membership(officer, Role.PROGRAMME_OFFICER, office)
    Deputy.objects.create(
        lead=lead, organisation=office, deputy=officer, valid_from=day, valid_to=day,
        reason="Đi công tác", recorded_by=lead,
    )  # fmt: skip
    audit_verify_nightly(now=night(0))
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([lead.email, officer.email])
