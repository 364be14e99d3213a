"""Keeping what people typed and could not save. No act of the plan: nothing goes into the history.

Neither who posts nor what is posted is trusted with whose it is: only the signed token says that.
"""

import datetime as dt
import json

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from accounts.form_tokens import FormToken
from accounts.models import FormDraft, KeptForm
from core.typed import SECRET, TOKEN_FIELD

CSRF_FIELD = "csrfmiddlewaretoken"


@transaction.atomic
def kept_form_keep(*, token: FormToken, posted: QueryDict) -> KeptForm | None:
    """Keep a form that was posted after its session; returns nothing if there is too much of it."""
    data = _kept_data(token, posted)
    if data is None:
        return None
    mine = KeptForm.objects.filter(user_id=token.user_id)
    # A second press of the button brings the same words.
    if again := mine.filter(key=token.key, data=data, expires_at__gt=timezone.now()).first():
        return again
    kept = KeptForm.objects.create(
        user_id=token.user_id,
        key=token.key,
        page=token.page,
        title=token.title,
        data=data,
        expires_at=timezone.now() + settings.KEPT_FORM_FOR,
    )
    too_many = mine.order_by("-saved_at", "-pk").values("pk")[settings.KEPT_FORMS_EACH :]
    mine.filter(pk__in=list(too_many.values_list("pk", flat=True))).delete()
    return kept


def kept_form_discard(*, kept: KeptForm) -> None:
    """Forget a kept form."""
    kept.delete()


@transaction.atomic
def form_draft_save(*, token: FormToken, posted: QueryDict) -> FormDraft | None:
    """Save what stands in a form now.

    Returns nothing if there is too much of it, or if the form was sent since it was shown: a draft
    that was still on its way must not come back.
    """
    data = _kept_data(token, posted)
    if data is None:
        return None
    values = {
        "page": token.page,
        "title": token.title,
        "data": data,
        "saved_at": timezone.now(),
        "expires_at": timezone.now() + settings.FORM_DRAFT_FOR,
    }
    draft, created = FormDraft.objects.select_for_update().get_or_create(
        user_id=token.user_id, key=token.key, defaults=values
    )
    if created:
        return draft
    if draft.done_at and token.shown_at <= draft.done_at.timestamp():
        return None
    for name, value in {**values, "done_at": None}.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def form_draft_discard(*, draft: FormDraft) -> None:
    """Forget a draft; what its page still sends is not taken."""
    _done(token_key=draft.key, user_id=draft.user_id)


@transaction.atomic
def typed_form_sent(*, token: FormToken) -> None:
    """Forget what was kept of a form that did what it was for."""
    _done(token_key=token.key, user_id=token.user_id)
    if token.kept is not None:
        KeptForm.objects.filter(user_id=token.user_id, pk=token.kept).delete()


def typed_forms_sweep() -> int:
    """Forget whatever has expired and return how much it was."""
    kept, _of_each = KeptForm.objects.expired().delete()
    drafts, _of_each = FormDraft.objects.expired().delete()
    return kept + drafts


def _done(*, token_key: str, user_id: int) -> None:
    now = timezone.now()
    drafts = FormDraft.objects.filter(user_id=user_id, key=token_key)
    drafts.update(data={}, done_at=now, expires_at=now + dt.timedelta(days=1))


def _kept_data(token: FormToken, posted: QueryDict) -> dict[str, list[str]] | None:
    """Return the fields that may be kept, or nothing if they are too much or say nothing."""
    left_out = {CSRF_FIELD, TOKEN_FIELD, *token.secrets}
    data = {
        name: [str(value).replace("\x00", "") for value in values]
        for name, values in posted.lists()
        if name not in left_out and "\x00" not in name and not SECRET.search(name)
    }
    too_much = len(json.dumps(data)) > settings.KEPT_FORM_BYTES
    return None if too_much or not any(any(values) for values in data.values()) else data
