"""Long forms save drafts by themselves, each person their own."""

import datetime as dt
import time

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.form_tokens import FormToken
from accounts.models import FormDraft, User
from accounts.services import form_draft_save
from accounts.tasks import typed_forms_sweep
from core.typed import TOKEN_FIELD
from programs.models import Plan
from tests.accounts.test_kept_forms import ACT, PAGE, chosen, token_on
from tests.factories import user

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(plan: Plan) -> User:
    """A programme officer, who may ask for reports."""
    return user(role=Role.PROGRAMME_OFFICER)


@pytest.fixture
def at_form(person: User, client: Client) -> Client:
    """Their at_form."""
    client.force_login(person)
    return client


def save(at_form: Client, token: str, year: str = "2027") -> str:
    """Save a draft as the page does and return what it is told."""
    answer = at_form.post(reverse("form_draft_save"), {TOKEN_FIELD: token, "year": year})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_is_filled_in_where_it_is_asked_for(at_form: Client) -> None:
    token = token_on(at_form.get(reverse(PAGE)).content.decode())
    assert "Đã lưu nháp lúc" in save(at_form, token, "2026")
    save(at_form, token)
    draft = FormDraft.objects.get()
    assert chosen(at_form.get(reverse(PAGE)).content.decode()) != "2027"
    page = at_form.get(reverse(PAGE), {"draft": draft.pk}).content.decode()
    assert chosen(page) == "2027"


def test_another_person_finds_nothing(at_form: Client) -> None:
    save(at_form, token_on(at_form.get(reverse(PAGE)).content.decode()))
    draft = FormDraft.objects.get()
    other = Client()
    other.force_login(user(role=Role.PROGRAMME_OFFICER))
    page = other.get(reverse(PAGE), {"draft": draft.pk}).content.decode()
    assert chosen(page) != "2027"
    assert other.post(reverse("form_draft_discard", args=[draft.pk])).status_code == 404


def test_nobody_saves_into_the_drafts_of_another(at_form: Client) -> None:
    token = token_on(at_form.get(reverse(PAGE)).content.decode())
    other = Client()
    other.force_login(user(role=Role.PROGRAMME_OFFICER))
    data = {TOKEN_FIELD: token, "year": "2027"}
    assert other.post(reverse("form_draft_save"), data).status_code == 403
    assert at_form.post(reverse("form_draft_save"), {"year": "2027"}).status_code == 400
    assert Client().post(reverse("form_draft_save"), data).status_code == 302
    assert not FormDraft.objects.exists()


def test_a_draft_goes_when_its_form_is_sent_and_does_not_come_back(at_form: Client) -> None:
    token = token_on(at_form.get(reverse(PAGE)).content.decode())
    save(at_form, token)
    draft = FormDraft.objects.get()
    at_form.post(reverse(ACT), {TOKEN_FIELD: token, "year": "2027"})
    assert FormDraft.objects.get().done_at
    # The last save was still on its way.
    assert "Chưa lưu được" in save(at_form, token)
    assert chosen(at_form.get(reverse(PAGE), {"draft": draft.pk}).content.decode()) != "2027"
    assert FormDraft.objects.get().data == {}


def test_a_form_opened_after_that_saves_again(person: User, at_form: Client) -> None:
    token = token_on(at_form.get(reverse(PAGE)).content.decode())
    save(at_form, token)
    at_form.post(reverse(ACT), {TOKEN_FIELD: token, "year": "2027"})
    save(at_form, token_on(at_form.get(reverse(PAGE)).content.decode()), "2026")
    draft = FormDraft.objects.get()
    assert (draft.data, draft.done_at) == ({"year": ["2026"]}, None)


def test_a_form_that_was_refused_keeps_its_draft(at_form: Client) -> None:
    token = token_on(at_form.get(reverse(PAGE)).content.decode())
    save(at_form, token)
    answer = at_form.post(reverse(ACT), {TOKEN_FIELD: token, "year": "1999"})
    assert answer.status_code == 200
    assert FormDraft.objects.get().done_at is None
    # It comes back as the form of the page that showed it first.
    read = FormToken.read(token_on(answer.content.decode()))
    assert read
    assert (read.page, read.key) == (reverse(PAGE), f"{reverse(PAGE)}#")


def test_a_draft_can_be_thrown_away(at_form: Client) -> None:
    save(at_form, token_on(at_form.get(reverse(PAGE)).content.decode()))
    draft = FormDraft.objects.get()
    answer = at_form.post(reverse("form_draft_discard", args=[draft.pk]))
    assert answer.headers["Location"] == reverse(PAGE)
    assert FormDraft.objects.get().data == {}


def test_the_sweeper_forgets_old_drafts(person: User) -> None:
    token = FormToken(person.pk, "/x/", "/x/#", "", (), time.time())
    assert form_draft_save(token=token, posted=QueryDict("a=1"))
    typed_forms_sweep()
    draft = FormDraft.objects.get()
    assert draft.expires_at > timezone.now() + dt.timedelta(days=29)
    FormDraft.objects.update(expires_at=timezone.now())
    typed_forms_sweep()
    assert not FormDraft.objects.exists()
