"""The schema of a plan file (``docs/plan-file.md`` describes it for people).

Amounts are in ``plan.unit`` (triệu đồng or đồng) and must come to whole đồng. Dates are
``YYYY-MM-DD`` without quotes. Codes are unique in the whole file.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _exact_number(value: Any) -> Any:
    return Decimal(value) if type(value) is int else value


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
Year = Annotated[int, Field(ge=1990, le=2100)]
Quantity = Annotated[int, Field(gt=0)]
Amount = Annotated[Decimal, BeforeValidator(_exact_number), Field(ge=0)]
Number = Annotated[Decimal, BeforeValidator(_exact_number)]
ComparatorName = Literal["at_least", "at_most", "equal", "between", "growth", "none"]
AccumulationName = Literal["as_at", "per_year", "over_phase"]
TaskKindName = Literal["survey", "support", "training", "communication", "experts"]
InstrumentKindName = Literal["plan", "decision", "other"]
OrganisationKindName = Literal[
    "dost", "branch", "department", "area_committee", "province_committee", "ministry", "other"
]


class Part(BaseModel):
    """Any part of the file: exact types, no key that is not described."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Sums(Part):
    """Money of a row, a group, a phase or the whole: total = state + enterprise."""

    total: Amount
    state: Amount
    enterprise: Amount


class InstrumentPart(Part):
    """A document by number and date."""

    kind: InstrumentKindName = "decision"
    number: Text
    issued_on: dt.date
    issuer: Text
    title: Text
    legal_basis: bool = False


class PlanHead(Part):
    """The plan document itself."""

    code: Slug
    number: Text
    document_type: Text
    title: Text
    issuer: Text
    agency_lines: list[Text]
    place_date: Text
    issued_on: dt.date
    territory: Text
    introduction: Text
    signature: list[Text]
    recipients: list[Text]
    unit: Literal["triệu đồng", "đồng"]


class OrganisationPart(Part):
    """An organisation that the plan names; made when it is not here yet, never changed."""

    code: Code
    name: Text
    kind: OrganisationKindName
    short_name: Text | None = None


class PhasePart(Part):
    """A phase, in whole calendar years, both included."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    code: Code
    name: Text
    first_year: Year = Field(alias="from")
    last_year: Year = Field(alias="to")
    labels: list[Text] = []


class ObjectivePart(Part):
    """An objective; general ones have no phase."""

    code: Code
    phase: Code | None = None
    clause: Text
    text: Text


class ItemPart(Part):
    """A heading or bullet of section II with what stands under it."""

    code: Code
    heading: Text | None = None
    text: Text | None = None
    lead_in: Text | None = None
    quantity: Quantity | None = None
    unit: Text | None = None
    comparator: ComparatorName = "equal"
    tasks: list[Code] = []
    tasks_assumed: bool = False
    items: list["ItemPart"] = []


class FundingPhase(Sums):
    """The money of one phase as section III states it."""

    phase: Code


class FundingPart(Sums):
    """Section III: its paragraphs and sums."""

    paragraphs: list[Text]
    phases: list[FundingPhase]


class MeasurePart(Part):
    """Which measure of the register computes the figure, with its parameters."""

    key: Slug
    parameters: dict[str, Any] = {}


class TaskPart(Sums):
    """A row of the appendix."""

    code: Code
    mark: str = ""
    text: Text
    also_covers: list[Text] = []
    key: Slug
    kind: TaskKindName
    quantity: Quantity | None = None
    unit: Text | None = None
    timing: Text | None = None
    lead: Code | None = None
    lead_text: Text | None = None
    coordinating: list[Code] = []
    coordinating_text: Text | None = None
    measure: MeasurePart | None = None


class GroupPart(Sums):
    """A group of rows."""

    code: Code
    number: Text
    heading: Text
    tasks: list[TaskPart]


class AppendixPhase(Sums):
    """A phase of the appendix."""

    phase: Code
    number: Text
    heading: Text
    groups: list[GroupPart]


class AppendixDefaults(Part):
    """What every row has unless it says otherwise."""

    lead: Code
    lead_text: Text
    coordinating_text: Text
    timing: Text


class AppendixColumns(Part):
    """The headings of the columns, word for word."""

    number: Text
    content: Text
    lead: Text
    coordinating: Text
    total: Text
    funding: Text
    state: Text
    enterprise: Text
    timing: Text


class AppendixPart(Sums):
    """The appendix "Dự toán kinh phí"."""

    title: Text
    attached_to: Text
    unit_text: Text
    columns: AppendixColumns
    total_label: Text
    in_words: Text
    defaults: AppendixDefaults
    phases: list[AppendixPhase]


class ResponsibilityPart(Part):
    """A clause of section IV."""

    code: Code
    unit_text: Text
    organisations: list[Code] = []
    lead_in: Text | None = None
    duties: list[Text]


class TargetPart(Part):
    """What is to be reached; ``due`` is the year by whose 14/12, none when it counts each year."""

    low: Number
    high: Number | None = None
    due: Year | None = None
    year: Year | None = None
    instrument: Text | None = None
    valid_from: dt.date | None = None


class IndicatorPart(Part):
    """An indicator."""

    code: Code
    objective: Code
    phase: Code
    name: Text
    unit: Text | None = None
    comparator: ComparatorName
    accumulation: AccumulationName = "as_at"
    targets: list[TargetPart] = []
    numerator: Text
    denominator: Text | None = None
    note: Text | None = None
    measure: MeasurePart | None = None


class ReadingPart(Part):
    """A way to read an unclear passage; the first is official until a decision chooses."""

    key: Slug
    text: Text


class TextIssuePart(Part):
    """An unclear passage and the codes of what it touches."""

    code: Code
    statement: Text
    places: list[Code]
    readings: list[ReadingPart] = []


class ReportFormPart(Part):
    """How an official report of the plan is headed, addressed and signed."""

    kind: Literal["annual"]
    superior: list[Text]
    agency: list[Text]
    agency_name: Text
    symbol: Text
    place: Text
    addressee: Text
    signer: list[Text]
    recipients: list[Text]


class PlanFile(Part):
    """A whole plan."""

    format: Literal[1]
    plan: PlanHead
    units: list[Text]
    instruments: list[InstrumentPart] = []
    organisations: list[OrganisationPart]
    phases: list[PhasePart] = Field(min_length=1)
    objectives: list[ObjectivePart]
    items: list[ItemPart] = []
    funding: FundingPart
    appendix: AppendixPart
    responsibilities: list[ResponsibilityPart] = []
    indicators: list[IndicatorPart]
    text_issues: list[TextIssuePart] = []
    report_forms: list[ReportFormPart] = []

    @property
    def vnd_per_unit(self) -> int:
        """How many đồng one unit of the file's amounts is."""
        return 1 if self.plan.unit == "đồng" else 1_000_000

    def vnd(self, amount: Decimal) -> int:
        """Return an amount of the file in đồng."""
        return int(amount * self.vnd_per_unit)

    @property
    def groups(self) -> list[GroupPart]:
        """The groups of all phases, in order."""
        return [group for phase in self.appendix.phases for group in phase.groups]

    @property
    def tasks(self) -> list[TaskPart]:
        """The rows of all groups, in order."""
        return [task for group in self.groups for task in group.tasks]
