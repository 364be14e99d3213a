"""A form posted after the end of its session is kept for its person, and for nobody else."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.form_tokens import FormToken
from accounts.models import KeptForm, User
from accounts.tasks import typed_forms_sweep
from accounts.typed import TypedForms
from core.registers import worklist
from core.typed import TOKEN_FIELD
from programs.models import Plan
from reports.filters import ReportRunFilter
from reports.models import ReportRun
from tests.accounts.factories import code
from tests.factories import PASSWORD, user

pytestmark = pytest.mark.django_db

PAGE, ACT = "report_run_list", "report_run_ask"


def token_on(page: str) -> str:
    """The signed value of the form on a page."""
    found = re.search(rf'name="{TOKEN_FIELD}" value="([^"]+)"', page)
    assert found
    return found[1]


def chosen(page: str) -> str | None:
    """The year that is chosen in the form of a page."""
    found = re.search(r'<option value="(\d+)" selected', page)
    return found and found[1]


class Visitor:
    """Somebody at the form for a report, whose session can end."""

    def __init__(self, person: User) -> None:
        self.person = person
        self.client = Client()
        self.client.force_login(person)
        self.token = token_on(self.client.get(reverse(PAGE)).content.decode())

    def end_session(self) -> None:
        """End the session, as signing out everywhere does."""
        Session.objects.all().delete()

    def post(self, **extra: str) -> HttpResponse:
        """Send the form."""
        data = {"year": "2027", TOKEN_FIELD: self.token, **extra}
        return self.client.post(reverse(ACT), data)

    def log_in(self, answer: HttpResponse, person: User | None = None) -> HttpResponse:
        """Log in where the answer leads, and open what comes then."""
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        email = (person or self.person).email
        data = {"login": email, "password": PASSWORD, "next": query["next"][0]}
        self.client.post(reverse("account_login"), data)
        return self.client.post(reverse("mfa_authenticate"), {"code": code()}, follow=True)


@pytest.fixture
def visitor(plan: Plan) -> Visitor:
    """A programme officer at the form."""
    return Visitor(user(role=Role.PROGRAMME_OFFICER))


def test_what_was_typed_is_back_after_the_login_and_nothing_was_done(visitor: Visitor) -> None:
    assert chosen(visitor.client.get(reverse(PAGE)).content.decode()) != "2027"
    visitor.end_session()
    answer = visitor.post()
    assert "đã nhập được giữ lại" in visitor.client.get(answer.headers["Location"]).content.decode()
    page = visitor.log_in(answer)
    assert page.request["PATH_INFO"] == reverse(PAGE)
    assert chosen(page.content.decode()) == "2027"
    assert not ReportRun.objects.exists()


def test_once_sent_it_is_forgotten(visitor: Visitor) -> None:
    visitor.end_session()
    page = visitor.log_in(visitor.post()).content.decode()
    visitor.token = token_on(page)
    assert visitor.post().status_code == 302
    assert ReportRun.objects.count() == 1
    assert not KeptForm.objects.exists()


def test_another_person_at_the_same_browser_does_not_get_it(visitor: Visitor) -> None:
    visitor.end_session()
    other = user(role=Role.PROGRAMME_OFFICER)
    page = visitor.log_in(visitor.post(), other)
    assert page.status_code == 200
    assert chosen(page.content.decode()) != "2027"
    assert worklist.items(other) == []
    kept = KeptForm.objects.get()
    assert visitor.client.post(reverse("kept_form_discard", args=[kept.pk])).status_code == 404
    assert kept.user == visitor.person


def test_whose_words_they_are_is_not_for_the_poster_to_say(visitor: Visitor) -> None:
    victim = user(role=Role.PROGRAMME_OFFICER)
    visitor.end_session()
    read = FormToken.read(visitor.token)
    assert read
    for forged in ("", "x", visitor.token[:-2], visitor.token.replace(":", "::", 1)):
        visitor.post(**{TOKEN_FIELD: forged, "user": str(victim.pk), "user_id": str(victim.pk)})
    assert not KeptForm.objects.exists()


def test_a_signature_is_good_for_two_weeks(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + dt.timedelta(days=15)
    monkeypatch.setattr("django.core.signing.time.time", later.timestamp)
    assert FormToken.read(visitor.token) is None


def test_the_login_tells_of_it_wherever_it_leads(visitor: Visitor) -> None:
    visitor.end_session()
    visitor.post()
    kept = KeptForm.objects.get()
    data = {"login": visitor.person.email, "password": PASSWORD}
    visitor.client.post(reverse("account_login"), data)
    answer = visitor.client.post(reverse("mfa_authenticate"), {"code": code()}, follow=True)
    page = answer.content.decode()
    link = f'href="{reverse(PAGE)}?kept={kept.pk}"'
    assert link in page
    (item,) = worklist.items(visitor.person)
    assert chosen(visitor.client.get(item.url).content.decode()) == "2027"


def test_passwords_and_signatures_are_not_kept(visitor: Visitor) -> None:
    visitor.end_session()
    visitor.post(password1="a", csrfmiddlewaretoken="b", note="c\x00d")
    assert KeptForm.objects.get().data == {"year": ["2027"], "note": ["cd"]}


def test_a_second_press_of_the_button_is_kept_once(visitor: Visitor) -> None:
    visitor.end_session()
    visitor.post()
    visitor.post()
    assert KeptForm.objects.count() == 1


def test_too_much_is_not_kept_and_old_ones_make_room(visitor: Visitor) -> None:
    visitor.end_session()
    visitor.post(note="x" * settings.KEPT_FORM_BYTES)
    assert not KeptForm.objects.exists()
    for number in range(settings.KEPT_FORMS_EACH + 3):
        visitor.post(note=str(number))
    notes = {kept.data["note"][0] for kept in KeptForm.objects.all()}
    assert notes == {str(number) for number in range(3, settings.KEPT_FORMS_EACH + 3)}


def test_after_a_day_it_is_gone(visitor: Visitor) -> None:
    visitor.end_session()
    answer = visitor.post()
    kept = KeptForm.objects.get()
    left = kept.expires_at - timezone.now()
    assert dt.timedelta(hours=23) < left <= dt.timedelta(hours=24)
    KeptForm.objects.update(expires_at=timezone.now())
    assert chosen(visitor.log_in(answer).content.decode()) != "2027"
    assert worklist.items(visitor.person) == []
    typed_forms_sweep()
    assert not KeptForm.objects.exists()


def test_the_sweeper_leaves_what_has_not_expired(visitor: Visitor) -> None:
    visitor.end_session()
    visitor.post()
    typed_forms_sweep()
    assert KeptForm.objects.count() == 1


def test_it_can_be_thrown_away(visitor: Visitor) -> None:
    visitor.end_session()
    visitor.log_in(visitor.post())
    kept = KeptForm.objects.get()
    answer = visitor.client.post(reverse("kept_form_discard", args=[kept.pk]))
    assert answer.headers["Location"] == reverse(PAGE)
    assert not KeptForm.objects.exists()


def test_a_page_older_than_the_last_login_keeps_its_words_too(plan: Plan) -> None:
    person = user(role=Role.PROGRAMME_OFFICER)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    page = client.get(reverse(PAGE)).content.decode()
    data = {"year": "2027", TOKEN_FIELD: token_on(page), "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(reverse(ACT), data)
    assert chosen(client.get(answer.headers["Location"]).content.decode()) == "2027"
    assert not ReportRun.objects.exists()
    other = Client(enforce_csrf_checks=True)
    other.force_login(user(role=Role.PROGRAMME_OFFICER))
    assert other.post(reverse(ACT), data).status_code == 403
    assert {kept.user for kept in KeptForm.objects.all()} == {person}


def test_nothing_is_kept_where_nobody_types(client: Client) -> None:
    client.force_login(user(role=Role.UNIT_OFFICER))
    page = client.get(reverse("account_change_password")).content.decode()
    assert 'name="oldpassword"' in page
    assert TOKEN_FIELD not in page


@pytest.mark.parametrize("name", ["account_reset_password", "mfa_activate_totp"])
def test_nothing_is_kept_on_the_pages_of_the_own_account(name: str) -> None:
    request = RequestFactory().get("/")
    request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name=name)
    form = ReportRunFilter().form
    assert TypedForms(request, User(pk=1)).token(form, "") == ""
    request.resolver_match = ResolverMatch(lambda: None, (), {}, url_name="deputy_record")
    assert FormToken.read(TypedForms(request, User(pk=1)).token(form, ""))
