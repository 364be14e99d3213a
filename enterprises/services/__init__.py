"""Acts of the room ``enterprises``."""

from enterprises.services.catalogues import (
    improvement_tool_add,
    improvement_tool_edit,
    standard_add,
    standard_edit,
)
from enterprises.services.coefficients import (
    coefficients_add,
    coefficients_approve,
    coefficients_void,
)
from enterprises.services.key_lists import (
    key_list_entry_approve,
    key_list_entry_drop_change,
    key_list_entry_return,
)
from enterprises.services.sets import acts_of

__all__ = [
    "acts_of",
    "coefficients_add",
    "coefficients_approve",
    "coefficients_void",
    "improvement_tool_add",
    "improvement_tool_edit",
    "key_list_entry_approve",
    "key_list_entry_drop_change",
    "key_list_entry_return",
    "standard_add",
    "standard_edit",
]
