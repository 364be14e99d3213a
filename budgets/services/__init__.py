"""The acts of the room ``budgets``."""

from budgets.services.support_agreements import (
    support_agreement_approve,
    support_agreement_propose,
    support_agreement_return,
)

__all__ = [
    "support_agreement_approve",
    "support_agreement_propose",
    "support_agreement_return",
]
