"""Acts of the room ``enterprises``."""

from enterprises.services.contacts import contact_add, contact_edit, contact_void
from enterprises.services.enterprises import (
    enterprise_change_tax_code,
    enterprise_create,
    enterprise_edit,
    enterprise_end,
    enterprise_verify,
)
from enterprises.services.merge import enterprise_merge
from enterprises.services.thresholds import (
    size_threshold_add,
    size_threshold_approve,
    size_threshold_void,
)

__all__ = [
    "contact_add",
    "contact_edit",
    "contact_void",
    "enterprise_change_tax_code",
    "enterprise_create",
    "enterprise_edit",
    "enterprise_end",
    "enterprise_merge",
    "enterprise_verify",
    "size_threshold_add",
    "size_threshold_approve",
    "size_threshold_void",
]
