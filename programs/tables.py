"""The tables of the room ``programs``."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

import django_tables2 as tables
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import year_cut_off
from core.charts import SPARK_HEIGHT, SPARK_WIDTH, spark_line
from core.lists import ListTable, NumberColumn
from core.numbers import format_figure, format_number, format_quantity
from programs.figure_links import page_url, value_url
from programs.figures import Figure, Status
from programs.models import Indicator, Target, Task
from programs.selectors import IssuesByPlace, planned, target_in_force

CODE_CELL = {"td": {"class": "code"}}
NAME_CELL = {"td": {"class": "name"}}
UNBROKEN_CELL = {"td": {"class": "text-nowrap"}}


class PlanPartTable(ListTable):
    """A table of parts of a plan that says which of them are touched by an unclear passage."""

    issues = tables.Column(gettext_lazy("Unclear"), empty_values=(), orderable=False)

    def __init__(self, *args: Any, all_issues: IssuesByPlace, **kwargs: Any) -> None:
        self.all_issues = all_issues
        super().__init__(*args, **kwargs)

    def render_issues(self, record: Task | Indicator) -> SafeString:
        """The codes, each opening its passage."""
        links = ((one.get_absolute_url(), one.code) for one in self.all_issues.at(record.code))
        return format_html_join(" ", '<a class="issue-code" href="{}">{}</a>', links)

    def export_issues(self, record: Task | Indicator) -> str:
        """The codes alone."""
        return ", ".join(issue.code for issue in self.all_issues.at(record.code))


class FigureTable(PlanPartTable):
    """A table of parts of a plan with their figures as at a day."""

    status = tables.Column(gettext_lazy("Status"), empty_values=(), orderable=False)

    def figure(self, record: Task | Indicator) -> Figure:
        """The figure of the day."""
        raise NotImplementedError

    def render_status(self, record: Task | Indicator) -> SafeString | str:
        """The judgement as a shape and a word."""
        return status_chip(self.figure(record).status)

    def export_status(self, record: Task | Indicator) -> str:
        """The judgement in words."""
        status = self.figure(record).status
        return str(status.label) if status else ""


class TaskTable(FigureTable):
    """The tasks of a plan: what is planned and what is done as at a day."""

    lasting_columns: ClassVar = frozenset({"code", "text"})
    first_columns: ClassVar = frozenset({"planned", "done", "status", "lead", "issues"})

    code = tables.Column(attrs=CODE_CELL, order_by="position")
    text = tables.Column(gettext_lazy("Task"), attrs=NAME_CELL, linkify=True)
    phase = tables.Column(
        gettext_lazy("Phase"),
        accessor="phase__years",
        order_by="phase__position",
        attrs=UNBROKEN_CELL,
    )
    kind = tables.Column(gettext_lazy("Kind"))
    quantity = NumberColumn(verbose_name=gettext_lazy("Quantity"))
    planned = NumberColumn(
        verbose_name=gettext_lazy("Planned amount"), empty_values=(), orderable=False
    )
    done = NumberColumn(verbose_name=gettext_lazy("Done"), empty_values=(), orderable=False)
    unit = tables.Column(gettext_lazy("Unit"))
    lead = tables.Column(gettext_lazy("Lead unit"), accessor="lead_at", order_by="lead_at")
    timing = tables.Column(gettext_lazy("Timing"))

    class Meta(ListTable.Meta):
        model = Task
        fields = (
            "code", "text", "phase", "kind", "quantity", "planned", "done", "unit", "status",
            "lead", "timing", "issues",
        )  # fmt: skip
        caption = gettext_lazy("Tasks of the appendix")

    def __init__(self, *args: Any, figures: Mapping[str, Figure], **kwargs: Any) -> None:
        self.figures = figures
        super().__init__(*args, **kwargs)

    def figure(self, record: Task | Indicator) -> Figure:
        """The figure of the day."""
        return self.figures[record.code]

    def render_planned(self, record: Task) -> SafeString | str:
        """What is to be given with its unit, and by when where a target says it."""
        figure = self.figure(record)
        shown = shown_plan(figure)
        if planned(figure.subject, figure.target) is None:
            return shown
        due = target_due(figure.target) if figure.target else ""
        return format_html("{} {}<br><small>{}</small>", shown, record.unit, due)

    def render_done(self, record: Task) -> SafeString | str:
        """What was given, which opens the records behind it."""
        return value_link(self.figure(record)) or self.default

    def export_kind(self, record: Task) -> str:
        """The kind in words."""
        return str(record.get_kind_display())

    def export_planned(self, record: Task) -> Decimal | str:
        """What is planned as a number, a range in words."""
        figure = self.figure(record)
        target = figure.target
        exact = target.low if target and target.high is None else None
        return shown_plan(figure) if exact is None else exact

    def export_done(self, record: Task) -> Decimal | str:
        """What was done as a number, or that there is no figure."""
        value = self.figure(record).value
        return _("no data yet") if value is None else value


class IndicatorTable(FigureTable):
    """The indicators of a plan with their figures and targets as at a day."""

    lasting_columns: ClassVar = frozenset({"code", "name"})

    code = tables.Column(attrs=CODE_CELL, order_by="position")
    name = tables.Column(gettext_lazy("Indicator"), attrs=NAME_CELL, linkify=True)
    phase = tables.Column(
        gettext_lazy("Phase"),
        accessor="phase__years",
        order_by="phase__position",
        attrs=UNBROKEN_CELL,
    )
    target = NumberColumn(
        verbose_name=gettext_lazy("Target"), accessor="standing_targets", orderable=False
    )
    value = NumberColumn(verbose_name=gettext_lazy("Result"), empty_values=(), orderable=False)
    trend = tables.Column(gettext_lazy("Trend"), empty_values=(), orderable=False)

    class Meta(ListTable.Meta):
        model = Indicator
        fields = (
            "code", "name", "phase", "target", "value", "trend", "status", "issues",
        )  # fmt: skip
        caption = gettext_lazy("Indicators of the plan")
        wide = True

    def __init__(self, *args: Any, trends: dict[str, list[Figure]], **kwargs: Any) -> None:
        self.trends = trends
        super().__init__(*args, **kwargs)

    def figure(self, record: Task | Indicator) -> Figure:
        """The figure of the day."""
        return self.trends[record.code][-1]

    def render_target(self, record: Indicator) -> SafeString | str:
        """The target in force on the day with its unit, and by when it is to be reached."""
        target = self.figure(record).target
        shown = shown_target(record, target)
        if target is None:
            return shown
        return format_html("{}<br><small>{}</small>", shown, target_due(target))

    def render_value(self, record: Indicator) -> str | SafeString:
        """The figure, which opens its page, and what it is made of."""
        figure = self.figure(record)
        if figure.value is None:
            return self.default
        url = page_url(figure)
        shown = shown_value(figure)
        made_of = f"{figure.official.numerator}/{figure.official.denominator}"
        small = made_of if figure.official.denominator is not None else ""
        return format_html(
            '<a class="figure" href="{}">{}</a> <small>{}</small>', url, shown, small
        )

    def render_trend(self, record: Indicator) -> SafeString | str:
        """The figures of the years as a small line; the page of the indicator says them."""
        values = [one.value for one in self.trends[record.code] if one.value is not None]
        points = spark_line(values)
        if not points:
            return ""
        return format_html(
            '<svg class="spark" viewBox="0 0 {} {}" aria-hidden="true">'
            '<polyline class="chart-line" points="{}"/></svg>',
            SPARK_WIDTH,
            SPARK_HEIGHT,
            points,
        )

    def export_target(self, record: Indicator) -> str:
        """The target as on the page."""
        target = self.figure(record).target
        shown = shown_target(record, target)
        return f"{shown}, {target_due(target)}" if target else shown

    def export_value(self, record: Indicator) -> Decimal | str:
        """The figure as a number, or that there is none."""
        value = self.figure(record).value
        return _("no data yet") if value is None else value

    def export_trend(self, record: Indicator) -> str:
        """The figures that the line draws."""
        values = (one for one in self.trends[record.code] if one.value is not None)
        return "; ".join(f"{one.day:%d/%m/%Y}: {shown_value(one)}" for one in values)


CHIPS = {
    Status.MET: "good",
    Status.ON_TRACK: "good",
    Status.BEHIND: "warn",
    Status.NOT_MET: "bad",
    Status.NO_DATA: "none",
}


def status_chip(status: Status | None) -> SafeString | str:
    """Return a judgement as a shape and a word; nothing where nothing is to be reached."""
    if status is None:
        return ""
    return format_html('<span class="chip chip-{}">{}</span>', CHIPS[status], status.label)


def shown_value(figure: Figure) -> str:
    """Return the value of a figure, or a dash."""
    return "–" if figure.value is None else format_figure(figure.value, figure.subject.unit)


def value_link(figure: Figure) -> SafeString | str:
    """Return the value as a link to the records behind it; nothing without a figure."""
    if figure.value is None:
        return ""
    return format_html('<a class="figure" href="{}">{}</a>', value_url(figure), shown_value(figure))


def shown_plan(figure: Figure) -> str:
    """Return what a task is to give without its unit, or that the plan sets no number."""
    if figure.target:
        return figure.target.shown()
    amount = planned(figure.subject, figure.target)
    return format_number(amount) if amount else _("not quantified")


def shown_target(indicator: Indicator, target: Target | None) -> str:
    """Return a target with its unit, or that there is none."""
    return written_target(indicator, target) if target else _("not quantified")


def target_of_today(indicator: Indicator) -> Target | None:
    """Return the target in force today; the indicator comes with its ``standing_targets``."""
    return target_in_force(indicator.standing_targets, timezone.localdate())


def indicator_target(indicator: Indicator) -> str:
    """Return the target in force today with its unit, ``≥ 60%``."""
    return shown_target(indicator, target_of_today(indicator))


def written_target(indicator: Indicator, target: Target) -> str:
    """Return a target of the indicator with its comparator and unit."""
    shown = target.shown(indicator.comparator)
    return f"{shown}%" if indicator.unit == "%" else f"{shown} {indicator.unit}"


def target_due(target: Target | None) -> str:
    """Return by when a target is to be reached: the cut-off of its year, or each year."""
    if target is None:
        return "–"
    if target.due_year is None:
        return _("each year")
    return formats.date_format(year_cut_off(target.due_year))


def quantity_of(task: Task) -> str:
    """Return what a task is to give, ``100 doanh nghiệp``."""
    return format_quantity(task.quantity, task.unit) if task.quantity else _("not quantified")
