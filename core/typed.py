"""What a person typed and could not save yet, and how it comes back into its form.

``components/form.html`` puts a signed field into every form: it names the person that the form was
made for, the page to open it on, and the fields never to keep. The room ``accounts`` keeps what is
posted after the end of a session and the drafts that a form with ``autosave`` sends by itself; a
page that is opened with ``KEPT_PARAMETER`` or ``DRAFT_PARAMETER`` has them filled in again.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.http import HttpRequest, QueryDict

TOKEN_FIELD = "form_of"  # noqa: S105 - the name of a field
KEPT_PARAMETER = "kept"
DRAFT_PARAMETER = "draft"
# Fields that hold secrets under a plain text box.
SECRET = re.compile(r"password|(^|[_-])(secret|token|otp)([_-]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """What was typed into a form earlier: ``filled`` when it stands in it again.

    ``url`` opens the form with it, ``discard_url`` (POST) forgets it, ``draft`` when the form saved
    it by itself.
    """

    saved_at: dt.datetime
    url: str
    discard_url: str
    filled: bool
    draft: bool


class Typed(Protocol):
    """What ``request.typed`` offers the templates and views of every room."""

    def token(self, form: forms.BaseForm, title: str) -> str:
        """Return the signed value that names person, page and form; "" where none is kept."""

    def restore(self, form: forms.BaseForm) -> None:
        """Fill a form that nobody posted with what the address asks for."""

    def offers(self, form: forms.BaseForm) -> list[Offer]:
        """Return what was typed into this form earlier and not sent."""

    def data(self) -> QueryDict | None:
        """Return what the address asks to be filled in."""


def typed_of(request: HttpRequest | None) -> Typed | None:
    """Return what keeps the typing of the person who is logged in."""
    return getattr(request, "typed", None)


def typed_data(request: HttpRequest) -> QueryDict | None:
    """Return what to fill in again, for a view that makes formsets or fields of its own."""
    typed = typed_of(request)
    return typed.data() if typed else None


def is_secret(form: forms.BaseForm, name: str) -> bool:
    """Whether a field is never kept: a password, a token, a file."""
    widget = form.fields[name].widget
    return isinstance(widget, forms.PasswordInput | forms.FileInput) or bool(SECRET.search(name))


def is_worth_keeping(form: Any) -> bool:
    """Whether people type anything into the form that may be kept."""
    return isinstance(form, forms.BaseForm) and any(
        not form.fields[name].widget.is_hidden and not is_secret(form, name) for name in form.fields
    )


def fill(form: forms.BaseForm, data: QueryDict) -> None:
    """Show what was typed in a form that nobody posted; what was not sent stays as it is."""
    for name, field in form.fields.items():
        html_name = form.add_prefix(name)
        widget = field.widget
        if field.disabled or is_secret(form, name):
            continue
        if not widget.value_omitted_from_data(data, {}, html_name):
            form.initial[name] = widget.value_from_datadict(data, {}, html_name)
