"""What support cases and rules leave to be done, and by whom."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import Role
from accounts.models import User
from core.registers.worklist import Item
from enterprises.choices import SupportStage
from enterprises.models import SupportCase, SupportMilestone, SupportRule
from enterprises.support_filters import ACCEPTANCE, AGREEMENT

MOST_ITEMS = 30


def cases_to_decide(user: User) -> Iterator[Item]:
    """Proposed agreements and acceptances that this lead has not proposed."""
    if not user.has_role(Role.PROGRAMME_LEAD):
        return
    cases = SupportCase.objects.visible_to(user)
    url = reverse("support_case_list")
    if number := cases.agreement_waits().exclude(agreement_by=user).count():
        told = ngettext("%(count)d agreement to approve", "%(count)d agreements to approve", number)
        yield Item(
            "support_case:agreements", told % {"count": number}, f"{url}?waiting={AGREEMENT}"
        )
    if number := cases.acceptance_waits().exclude(acceptance_by=user).count():
        told = ngettext(
            "%(count)d acceptance to approve", "%(count)d acceptances to approve", number
        )
        yield Item(
            "support_case:acceptances", told % {"count": number}, f"{url}?waiting={ACCEPTANCE}"
        )


def cases_returned(user: User) -> Iterator[Item]:
    """What came back to the person who proposed it."""
    agreement = Q(
        stage=SupportStage.SELECTED, agreement_by=user, agreement_returned_at__isnull=False
    )
    acceptance = Q(
        stage=SupportStage.IN_PROGRESS, acceptance_by=user, acceptance_returned_at__isnull=False
    )
    cases = SupportCase.objects.visible_to(user).open().filter(agreement | acceptance)
    for case in cases.select_related("enterprise", "task").order_by("stage", "pk")[:MOST_ITEMS]:
        what, told = {
            SupportStage.SELECTED: ("agreement", _("Mend the agreement: %(case)s")),
            SupportStage.IN_PROGRESS: ("acceptance", _("Mend the acceptance: %(case)s")),
        }[SupportStage(case.stage)]
        yield Item(
            key=f"support_case:{case.pk}:{what}:{case.version}",
            title=told % {"case": case},
            url=case.get_absolute_url(),
            detail=getattr(case, f"{what}_returned_reason"),
        )


def cases_to_agree(user: User) -> Iterator[Item]:
    """How many selected enterprises have no agreement that waits or holds."""
    if not user.has_role(Role.PROGRAMME_OFFICER):
        return
    cases = (
        SupportCase.objects.visible_to(user)
        .open()
        .filter(stage=SupportStage.SELECTED, agreement_at__isnull=True)
    )
    if number := cases.count():
        told = ngettext(
            "%(count)d selected enterprise without an agreement",
            "%(count)d selected enterprises without an agreement",
            number,
        )
        url = f"{reverse('support_case_list')}?state=selected"
        yield Item("support_case:to_agree", told % {"count": number}, url)


def milestones_due(user: User) -> Iterator[Item]:
    """Milestones and acceptances of cases under way, by their days."""
    if not user.has_role(Role.PROGRAMME_OFFICER):
        return
    cases = (
        SupportCase.objects.visible_to(user)
        .open()
        .filter(stage__in=(SupportStage.AGREED, SupportStage.IN_PROGRESS))
    )
    waiting = SupportMilestone.objects.standing().filter(case__in=cases, done_on__isnull=True)
    rows = waiting.select_related("case__enterprise", "case__task").order_by("due_on", "pk")
    for one in rows[:MOST_ITEMS]:
        yield Item(
            key=f"support_milestone:{one.pk}",
            title=f"{one.title}: {one.case}",
            url=one.case.get_absolute_url(),
            due=one.due_on,
        )
    due = cases.filter(due_on__isnull=False, acceptance_at__isnull=True)
    for case in due.select_related("enterprise", "task").order_by("due_on", "pk")[:MOST_ITEMS]:
        yield Item(
            key=f"support_case:{case.pk}:acceptance_due",
            title=_("To be accepted: %(case)s") % {"case": case},
            url=case.get_absolute_url(),
            due=case.due_on,
        )


def cases_lacking(user: User) -> Iterator[Item]:
    """How many past cases lack the day of their acceptance or their outcome."""
    if not user.has_role(Role.PROGRAMME_OFFICER):
        return
    if number := SupportCase.objects.visible_to(user).lacking().count():
        told = ngettext(
            "%(count)d past case lacks its outcome or its day of acceptance",
            "%(count)d past cases lack their outcome or their day of acceptance",
            number,
        )
        url = f"{reverse('support_case_list')}?state=lacking"
        yield Item("support_case:lacking", told % {"count": number}, url)


def rules_to_approve(user: User) -> Iterator[Item]:
    """How many rules of support wait for this lead."""
    if not user.has_role(Role.PROGRAMME_LEAD):
        return
    waiting = SupportRule.objects.visible_to(user).waiting().exclude(recorded_by=user)
    if number := waiting.count():
        told = ngettext(
            "%(count)d rule of support to approve", "%(count)d rules of support to approve", number
        )
        yield Item("support_rule:approval", told % {"count": number}, reverse("support_rule_list"))


def rules_returned(user: User) -> Iterator[Item]:
    """Rules that came back to the person who entered them."""
    for rule in SupportRule.objects.visible_to(user).returned_to(user)[:MOST_ITEMS]:
        yield Item(
            key=f"support_rule:{rule.pk}:returned",
            title=_("Returned: %(what)s") % {"what": rule},
            url=reverse("support_rule_list"),
            detail=rule.returned_reason,
        )
