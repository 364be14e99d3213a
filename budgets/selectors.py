"""Reading the money of a plan, with sums (VND)."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from accounts.models import User
from budgets.models import BudgetLine
from programs.models import Phase, Plan, TaskGroup


@dataclass(frozen=True, slots=True)
class Sums:
    """An amount and its two parts, in VND."""

    state: int = 0
    enterprise: int = 0

    @property
    def total(self) -> int:
        """Both parts together."""
        return self.state + self.enterprise

    @property
    def state_percent(self) -> float:
        """The share of the state budget in percent; nothing where there is no money."""
        return 100 * self.state / self.total if self.total else 0.0

    @classmethod
    def of(cls, lines: Iterable[BudgetLine]) -> "Sums":
        """Add lines up."""
        lines = list(lines)
        return cls(sum(line.state for line in lines), sum(line.enterprise for line in lines))


@dataclass(frozen=True, slots=True)
class GroupMoney:
    """A group of the appendix with its lines and their sums."""

    group: TaskGroup
    lines: list[BudgetLine]
    sums: Sums


@dataclass(frozen=True, slots=True)
class PhaseMoney:
    """A phase of the appendix with its groups and their sums."""

    phase: Phase
    groups: list[GroupMoney]
    sums: Sums


@dataclass(frozen=True, slots=True)
class Appendix:
    """The appendix "Dự toán kinh phí" of a plan."""

    plan: Plan
    phases: list[PhaseMoney]
    sums: Sums


def appendix_of(user: User, plan: Plan) -> Appendix:
    """Return the appendix in the order of the plan; every sum is added up from its lines."""
    return appendix_from(plan, list(BudgetLine.objects.visible_to(user).of_plan(plan)))


def appendix_from(plan: Plan, lines: list[BudgetLine]) -> Appendix:
    """Return the appendix that these lines of a plan, in its order, make."""
    phases = []
    for phase, of_phase in groupby(lines, key=lambda line: line.task.phase):
        groups = []
        for group, rows in groupby(of_phase, key=lambda line: line.task.group):
            members = list(rows)
            groups.append(GroupMoney(group, members, Sums.of(members)))
        phase_lines = [line for group in groups for line in group.lines]
        phases.append(PhaseMoney(phase, groups, Sums.of(phase_lines)))
    return Appendix(plan, phases, Sums.of(lines))
