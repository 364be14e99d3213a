"""What reports show on the pages of lower rooms."""

from typing import Any

from accounts.requests import UserRequest
from enterprises.models import NominationRound
from reports.selection_annex import decisions_of


def selection_files(request: UserRequest, one: NominationRound) -> dict[str, Any] | None:
    """Offer the annex to each decision, and to the one that is lacking."""
    decisions = decisions_of(one)
    return {"one": one, "decisions": decisions} if decisions else None
