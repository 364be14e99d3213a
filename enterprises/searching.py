"""What the search box finds in the register, and what waits there for whom."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from core.numbers import format_number
from core.registers.search import Found
from core.registers.worklist import Item
from enterprises import policies
from enterprises.choices import EnterpriseState
from enterprises.models import Enterprise, SizeThreshold
from enterprises.models.enterprises import personal_number_in


def find_enterprises(user: User, query: str, limit: int) -> Iterator[Found]:
    """Find enterprises by name, product and tax code, of now or then."""
    rows = Enterprise.objects.visible_to(user).unmerged().matching(query).select_related("area")
    return (
        Found(
            enterprise.shown_tax_code,
            enterprise.name,
            enterprise.get_absolute_url(),
            enterprise.area.name if enterprise.area else "",
        )
        for enterprise in rows.order_by("name", "pk")[:limit]
    )


def holds_personal_number(query: str) -> bool:
    """Whether a query must not stay in an address."""
    return bool(personal_number_in(query))


def lead_by_personal_number(user: User, query: str) -> str | None:
    """Return the page of the enterprise that is or was known by the personal number searched."""
    number = personal_number_in(query)
    enterprise = Enterprise.objects.visible_to(user).with_tax_code(number).first()
    return enterprise.get_absolute_url() if enterprise else None


def enterprises_to_verify(user: User) -> Iterator[Item]:
    """Enterprises that a unit named and the Department has not checked."""
    if not policies.can_edit_register(user):
        return
    unverified = Enterprise.objects.unmerged().filter(verified_at__isnull=True)
    if number := unverified.count():
        title = ngettext(
            "Verify %(number)s enterprise named by a unit",
            "Verify %(number)s enterprises named by units",
            number,
        ) % {"number": format_number(number)}
        url = f"{reverse('enterprise_list')}?state={EnterpriseState.UNVERIFIED}"
        yield Item("enterprises:verify", title, url)


def thresholds_to_approve(user: User) -> Iterator[Item]:
    """Size thresholds that another person entered."""
    for threshold in SizeThreshold.objects.waiting().order_by("pk"):
        if policies.can_approve_threshold(user, threshold):
            key = f"size_threshold:{threshold.pk}:approve"
            yield Item(key, str(threshold), reverse("size_threshold_list"))
