"""``request.typed``: what was typed into the forms of the person who is logged in."""

from urllib.parse import urlencode, urlsplit

from django import forms
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext as _

from accounts.form_tokens import FormToken
from accounts.models import FormDraft, KeptForm, User
from accounts.models.typed_forms import TypedForm
from core.registers import worklist
from core.typed import (
    DRAFT_PARAMETER,
    KEPT_PARAMETER,
    TOKEN_FIELD,
    Offer,
    fill,
    is_secret,
)

# Pages of passwords and second factors: nothing typed there is worth keeping.
OWN_ACCOUNT = ("account_", "mfa_")
MOMENT = "H:i d/m/Y"
LONGEST_PAGE, LONGEST_KEY, LONGEST_TITLE = 1000, 400, 200


def page_with(page: str, parameter: str, value: object) -> str:
    """Return the address of a page that fills in what was typed."""
    joint = "&" if urlsplit(page).query else "?"
    return f"{page}{joint}{urlencode({parameter: value})}"


def page_of(request: HttpRequest) -> str:
    """Return the address of this page without what it fills in."""
    parameters = request.GET.copy()
    for parameter in (KEPT_PARAMETER, DRAFT_PARAMETER):
        parameters.pop(parameter, None)
    path = escape_leading_slashes(request.path)
    page = f"{path}?{parameters.urlencode()}" if parameters else path
    return page if len(page) <= LONGEST_PAGE else path[:LONGEST_PAGE]


def posted_token(request: HttpRequest) -> FormToken | None:
    """Return the signed token of the form that this request posts."""
    value = request.POST.get(TOKEN_FIELD, "") if request.method == "POST" else ""
    return FormToken.read(value) if value else None


def tell_of_kept_forms(*, request: HttpRequest, user: User, **_signal: object) -> None:
    """After the login, tell the person what they could not send, unless that opens anyway."""
    going_to = request.POST.get("next") or request.GET.get("next") or ""
    if f"{KEPT_PARAMETER}=" in going_to:
        return
    for kept in KeptForm.objects.visible_to(user):
        told = format_html(
            '{} <a href="{}">{}</a>',
            _("What you typed before your session ended is kept for you:"),
            page_with(kept.page, KEPT_PARAMETER, kept.pk),
            str(kept),
        )
        messages.info(request, told, fail_silently=True)


def work_typed(user: User) -> list[worklist.Item]:
    """Return what the person typed and did not send, for the page of their work."""
    kept = KeptForm.objects.visible_to(user)
    drafts = FormDraft.objects.visible_to(user).filter(done_at__isnull=True)
    found: list[TypedForm] = [*kept, *drafts]
    return [
        worklist.Item(
            key=f"{one._meta.model_name}:{one.pk}",
            title=str(one),
            url=page_with(one.page, parameter_of(one), one.pk),
            detail=_("typed at %(moment)s, not sent")
            % {"moment": date_format(timezone.localtime(one.saved_at), MOMENT)},
        )
        for one in found
    ]


def parameter_of(found: TypedForm) -> str:
    """Return the parameter with which an address asks for what was typed."""
    return DRAFT_PARAMETER if isinstance(found, FormDraft) else KEPT_PARAMETER


class TypedForms:
    """What the person typed: implements ``core.typed.Typed`` for one request."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.request = request
        self.user = user

    @cached_property
    def posted(self) -> FormToken | None:
        """The token of the form that was posted, if it was made for this person."""
        token = posted_token(self.request)
        return token if token and token.user_id == self.user.pk else None

    def token(self, form: forms.BaseForm, title: str) -> str:
        """Return the signed value that names person, page and form; "" where none is kept.

        A form that comes back with errors stays the form of the page that showed it first.
        """
        match = self.request.resolver_match
        if match is None or (match.url_name or "").startswith(OWN_ACCOUNT):
            return ""
        restored = self.restored
        return FormToken.now(
            user_id=self.user.pk,
            page=self.posted.page if self.posted else page_of(self.request),
            key=self._key(form),
            title=(self.posted.title if self.posted else title)[:LONGEST_TITLE],
            secrets=tuple(form.add_prefix(name) for name in form.fields if is_secret(form, name)),
            kept=restored.pk if isinstance(restored, KeptForm) else self._kept_before,
        ).sign()

    def restore(self, form: forms.BaseForm) -> None:
        """Fill a form that nobody posted with what the address asks for."""
        found = self.restored
        if found and not form.is_bound and found.key == self._key(form):
            fill(form, found.typed)

    def offers(self, form: forms.BaseForm) -> list[Offer]:
        """Return what was typed into this form earlier and not sent, newest first."""
        if form.is_bound:
            return []
        key = self._key(form)
        kept = KeptForm.objects.visible_to(self.user).filter(key=key)
        drafts = FormDraft.objects.visible_to(self.user).filter(key=key, done_at__isnull=True)
        found: list[TypedForm] = [*kept, *drafts]
        offers = [self._offer(one) for one in found]
        return sorted(offers, key=lambda offer: offer.saved_at, reverse=True)

    def data(self) -> QueryDict | None:
        """Return what the address asks to be filled in."""
        return self.restored.typed if self.restored else None

    @cached_property
    def restored(self) -> KeptForm | FormDraft | None:
        """What the address asks to be filled in, if this person typed it, and on this page."""
        found: KeptForm | FormDraft | None = None
        if (pk := self.request.GET.get(KEPT_PARAMETER, "")).isdecimal():
            found = KeptForm.objects.visible_to(self.user).filter(pk=int(pk[:18])).first()
        elif (pk := self.request.GET.get(DRAFT_PARAMETER, "")).isdecimal():
            drafts = FormDraft.objects.visible_to(self.user)
            found = drafts.filter(pk=int(pk[:18]), done_at__isnull=True).first()
        return found if found and urlsplit(found.page).path == self.request.path else None

    @property
    def _kept_before(self) -> int | None:
        return self.posted.kept if self.posted else None

    def _key(self, form: forms.BaseForm) -> str:
        if self.posted:
            return self.posted.key
        return f"{self.request.path}#{form.prefix or ''}"[:LONGEST_KEY]

    def _offer(self, found: TypedForm) -> Offer:
        draft = isinstance(found, FormDraft)
        discard = "form_draft_discard" if draft else "kept_form_discard"
        return Offer(
            saved_at=found.saved_at,
            url=page_with(found.page, parameter_of(found), found.pk),
            discard_url=reverse(discard, args=[found.pk]),
            filled=found == self.restored,
            draft=draft,
        )
