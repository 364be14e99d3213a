"""What the records that hang on an enterprise bring to the frame of the portal."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.registers import acts
from enterprises.kinds import KEY_LIST_ENTRY, KINDS

ACTS = {
    "add": _("Recorded: {what}"),
    "edit": _("Corrected: {what}"),
    "end": _("Ended: {what}"),
    "void": _("Voided: {what}"),
}
KEY_LIST_ACTS = {
    "propose_edit": _("Correction proposed: {what}"),
    "propose_end": _("End proposed: {what}"),
    "propose_void": _("Voiding proposed: {what}"),
    "approve": _("Approved: {what}"),
    "return": _("Returned: {what}"),
    "drop_change": _("Change taken back: {what}"),
}
OTHER_ACTS = {
    "standard_add": _("Standard added"),
    "standard_edit": _("Standard corrected"),
    "improvement_tool_add": _("Tool added"),
    "improvement_tool_edit": _("Tool corrected"),
    "coefficients_add": _("Coefficients of TFP entered"),
    "coefficients_approve": _("Coefficients of TFP approved"),
    "coefficients_void": _("Coefficients of TFP voided"),
}


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(OTHER_ACTS)
    for kind in KINDS:
        words = ACTS | KEY_LIST_ACTS if kind is KEY_LIST_ENTRY else ACTS
        acts.register(
            {
                f"{kind.name}_{act}": format_lazy(word, what=kind.label)
                for act, word in words.items()
            }
        )
