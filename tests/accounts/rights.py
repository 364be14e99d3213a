"""Who may do what on the pages of people and organisations."""

import time

from django.http import QueryDict

from accounts.choices import Role
from accounts.form_tokens import FormToken
from accounts.services import form_draft_save, kept_form_keep
from audit.services import record
from core.typed import TOKEN_FIELD
from tests.factories import BY
from tests.rights import ALL, REVIEWERS, Row, Target, World, people


def entry(world: World) -> Target:
    """An entry of the history."""
    made = record(act="plan_load", by=BY, target=world.plan)
    return Target((made.pk,))


def form_token(world: World) -> FormToken:
    """The token of a form that the unit officer has opened."""
    officer = world.user(Role.UNIT_OFFICER)
    return FormToken(officer.pk, "/bao-cao/", "/bao-cao/#", "", (), time.time())


def draft_to_save(world: World) -> Target:
    """What the page of the unit officer sends by itself."""
    return Target(data={TOKEN_FIELD: form_token(world).sign(), "name": "mới"})


def draft(world: World) -> Target:
    """A draft of the unit officer."""
    made = form_draft_save(token=form_token(world), posted=QueryDict("name=a"))
    assert made
    return Target((made.pk,))


def kept_form(world: World) -> Target:
    """A kept form of the unit officer."""
    made = kept_form_keep(token=form_token(world), posted=QueryDict("name=a"))
    assert made
    return Target((made.pk,))


UNIT_OFFICER = people(Role.UNIT_OFFICER)

ROWS = [
    Row("session_state", get=ALL),
    Row("session_continue", post=ALL),
    Row(
        "form_draft_save",
        post=UNIT_OFFICER,
        post_refused=ALL - UNIT_OFFICER,
        make=draft_to_save,
    ),
    Row("form_draft_discard", post=UNIT_OFFICER, make=draft),
    Row("kept_form_discard", post=UNIT_OFFICER, make=kept_form),
    Row("entry_list", get=REVIEWERS),
    Row("entry_detail", get=REVIEWERS, make=entry),
    Row("access_review", get=REVIEWERS),
]
