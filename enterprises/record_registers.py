"""What the records that hang on an enterprise bring to the frame of the portal."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.registers import acts, navigation, search, worklist
from core.registers.panels import Panel
from core.registers.panels import register as register_panel
from enterprises import panels, record_searching, record_worklist
from enterprises.kinds import KEY_LIST_ENTRY, KINDS
from enterprises.record_selectors import reads_register

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
PANELS: tuple[tuple[str, Callable[..., dict[str, Any] | None]], ...] = (
    ("products", panels.products),
    ("certificates", panels.certificates),
    ("tools", panels.tools_and_projects),
    ("productivity", panels.productivity_years),
    ("standing", panels.standing),
    ("figures", panels.figures),
)


def register() -> None:
    """Called once, when the app is ready."""
    acts.register(OTHER_ACTS, {"proposal": _("proposed change")})
    for kind in KINDS:
        words = ACTS | KEY_LIST_ACTS if kind is KEY_LIST_ENTRY else ACTS
        acts.register(
            {
                f"{kind.name}_{act}": format_lazy(word, what=kind.label)
                for act, word in words.items()
            }
        )
    for place, (name, content) in enumerate(PANELS):
        template = f"enterprises/partials/{name}_panel.html"
        register_panel(Panel("enterprise", template, content, 20 + 10 * place))
    search.register(search.Provider(_("Products"), record_searching.find_products, 25))
    search.register(search.Provider(_("Standards"), record_searching.find_standards, 26))
    for label, find, position in (
        (_("Key lists to approve"), record_worklist.key_lists_to_approve, 20),
        (_("Returned entries of key lists"), record_worklist.returned_entries, 21),
        (_("Certificates that end"), record_worklist.expiring_certificates, 40),
    ):
        worklist.register(worklist.Provider(label, find, position))
    _menu()


def _menu() -> None:
    for label, url_name, others, position, open_to in (
        (_("Products"), "product_list", (), 51, reads_register),
        (
            _("Key lists"),
            "key_list",
            ("key_list_approval", "key_list_entry_return", "key_list_entry_drop_change"),
            52,
            reads_register,
        ),
        (_("Certificates"), "certificate_list", (), 53, reads_register),
        (
            _("Standards"),
            "standard_list",
            ("standard_detail", "standard_add", "standard_edit"),
            54,
            _works_here,
        ),
        (
            _("Improvement tools"),
            "improvement_tool_list",
            ("improvement_tool_add", "improvement_tool_edit"),
            55,
            _works_here,
        ),
    ):
        pages = frozenset({url_name, *others})
        url = _page(url_name, open_to)
        navigation.register(navigation.Entry(label, url, 2, position, pages))


def _works_here(user: User) -> bool:
    return user.has_any_role


def _page(url_name: str, open_to: Callable[[User], bool]) -> Callable[[HttpRequest], str | None]:
    def url(request: HttpRequest) -> str | None:
        user = request.user
        return reverse(url_name) if user.is_authenticated and open_to(user) else None

    return url
