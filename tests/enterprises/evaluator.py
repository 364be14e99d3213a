"""The indicators once more, in plain Python over plain facts: as the office's table describes them.

Written from the description of the measures alone; it shares no code with the portal.
"""

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

DAY = dt.timedelta(days=1)
P1 = (dt.date(2020, 12, 15), dt.date(2025, 12, 14))
P2 = (dt.date(2025, 12, 15), dt.date(2030, 12, 14))
SYSTEMS = {"iso_9001", "iso_14001", "iso_22000", "haccp", "iso_45001", "iatf_16949", "iso_27001"}


@dataclass
class Facts:
    """Everything that was recorded, as tuples."""

    # A product is written as key, enterprise, whether it is obligated.
    enterprises: list[int] = field(default_factory=list)
    products: list[tuple[int, int, bool]] = field(default_factory=list)
    # An entry of a list: its subject, from, to.
    key_products: list[tuple[int, dt.date, dt.date | None]] = field(default_factory=list)
    key_enterprises: list[tuple[int, dt.date, dt.date | None]] = field(default_factory=list)
    network: list[tuple[int, dt.date, dt.date | None]] = field(default_factory=list)
    tools: list[tuple[int, dt.date, dt.date | None]] = field(default_factory=list)
    # A declaration: product, kind, day, expiry.
    declarations: list[tuple[int, str, dt.date, dt.date | None]] = field(default_factory=list)
    # A certificate: enterprise, product, scheme, issue, expiry, withdrawal, suspensions.
    certificates: list[
        tuple[
            int,
            int | None,
            str,
            dt.date,
            dt.date | None,
            dt.date | None,
            list[tuple[dt.date, dt.date | None]],
        ]
    ] = field(default_factory=list)
    # A project: enterprise, kind, first day.
    projects: list[tuple[int, str, dt.date]] = field(default_factory=list)
    # A recognition: enterprise, kind, day.
    recognitions: list[tuple[int, str, dt.date]] = field(default_factory=list)
    # An entry: enterprise, year.
    awards: list[tuple[int, int]] = field(default_factory=list)
    # Figures: enterprise, year, value added, assets, labour, whether it is the base.
    productivity: list[tuple[int, int, int, int, int, bool]] = field(default_factory=list)
    # An output: indicator, day.
    outputs: list[tuple[str, dt.date]] = field(default_factory=list)


Result = tuple[Fraction | None, int | None, int | None]


def holds(day: dt.date, first: dt.date, last: dt.date | None) -> bool:
    """Whether a dated entry holds on the day."""
    return first <= day and (last is None or day <= last)


def year_of(day: dt.date) -> int:
    """The reporting year of the day."""
    return (day + dt.timedelta(days=17)).year if day.month == 12 and day.day > 14 else day.year


def share(counted: set[int], among: set[int]) -> Result:
    """Percent of those among whom they are counted."""
    if not among:
        return None, 0, 0
    return Fraction(100 * len(counted & among), len(among)), len(counted & among), len(among)


def number(things: set[int] | list[object]) -> Result:
    """How many."""
    return Fraction(len(things)), len(things), None


class AsAt:
    """The facts as they stood on a day."""

    def __init__(self, facts: Facts, day: dt.date) -> None:
        self.facts = facts
        self.day = day

    def listed(self, rows: list[tuple[int, dt.date, dt.date | None]]) -> set[int]:
        """Who is on a dated list."""
        return {who for who, first, last in rows if holds(self.day, first, last)}

    def valid_certificates(self) -> list[tuple[int, int | None, str]]:
        """Enterprise, product and scheme of each valid certificate."""
        found = []
        for of, product, scheme, issued, expires, withdrawn, pauses in self.facts.certificates:
            if issued > self.day or (expires and expires < self.day):
                continue
            if withdrawn and withdrawn <= self.day:
                continue
            if any(holds(self.day, *pause) for pause in pauses):
                continue
            found.append((of, product, scheme))
        return found

    def declared(self) -> Result:
        """K02, K18."""
        with_one = {
            product
            for product, kind, on, expires in self.facts.declarations
            if kind in {"tcvn", "qcvn", "regional"} and holds(self.day, on, expires)
        }
        return share(with_one, self.listed(self.facts.key_products))

    def in_repository(self) -> Result:
        """K14."""
        with_one = {product for product, _k, on, _e in self.facts.declarations if on <= self.day}
        return share(with_one, self.listed(self.facts.key_products))

    def certified(self, schemes: set[str]) -> Result:
        """K03, K19."""
        certified = {p for _o, p, scheme in self.valid_certificates() if p and scheme in schemes}
        obligated = {product for product, _of, duty in self.facts.products if duty}
        return share(certified, self.listed(self.facts.key_products) & obligated)

    def awards(self) -> Result:
        """K04."""
        return number({of for of, year in self.facts.awards if year == year_of(self.day)})

    def with_project(self, kinds: set[str]) -> set[int]:
        """Who has begun a project or plan."""
        return {of for of, kind, on in self.facts.projects if kind in kinds and on <= self.day}

    def projects(self, kinds: set[str]) -> Result:
        """K05, K20."""
        return share(self.with_project(kinds), self.listed(self.facts.key_enterprises))

    def improving(self, kinds: set[str]) -> tuple[Result, Result]:
        """K06, K21: of all, and of those with a project."""
        systems = {of for of, _p, scheme in self.valid_certificates() if scheme in SYSTEMS}
        improving = systems | self.listed(self.facts.tools)
        key = self.listed(self.facts.key_enterprises)
        return share(improving, key), share(improving, key & self.with_project(kinds))

    def networked(self) -> Result:
        """K11."""
        return share(self.listed(self.facts.network), self.listed(self.facts.key_enterprises))

    def models(self, kind: str, phase: tuple[dt.date, dt.date]) -> set[int]:
        """Who was recognised within the phase."""
        return {
            of
            for of, k, on in self.facts.recognitions
            if k == kind and phase[0] <= on <= min(phase[1], self.day)
        }

    def productivity(self) -> Result:
        """K08."""
        measured, grown = set(), set()
        for of in self.models("comprehensive", P1):
            years = sorted(row[1:] for row in self.facts.productivity if row[0] == of)
            base = next((row for row in years if row[4] and row[0] <= year_of(self.day)), None)
            later = [row for row in years if row[0] <= year_of(self.day)]
            if not base or later[-1][0] <= base[0] or base[1] <= 0:
                continue
            measured.add(of)
            _year, value, assets, labour, _base = later[-1]
            output = Fraction(value, base[1]) - 1
            capital = Fraction(assets, base[2]) - 1
            work = Fraction(labour, base[3]) - 1
            factors = (
                Fraction(value, labour) / Fraction(base[1], base[3]) - 1,
                Fraction(value, assets) / Fraction(base[1], base[2]) - 1,
                output - Fraction(3, 10) * capital - Fraction(7, 10) * work,
            )
            if all(factor >= Fraction(35, 100) for factor in factors):
                grown.add(of)
        return share(grown, measured)

    def grown(self, schemes: set[str]) -> Result:
        """K22, K23."""
        issued = [row[3] for row in self.facts.certificates if row[2] in schemes]
        before = sum(1 for on in issued if P1[0] <= on <= P1[1])
        later = sum(1 for on in issued if P2[0] <= on <= min(P2[1], self.day))
        if not before:
            return None, later, 0
        return Fraction(100 * (later - before), before), later - before, before

    def outputs(self, code: str) -> Result:
        """K01, K13."""
        return number([1 for of, on in self.facts.outputs if of == code and on <= self.day])


def expected(facts: Facts, day: dt.date) -> dict[str, list[Result]]:
    """Every figure at a day: under the first reading, and under the second where there is one."""
    found: dict[str, list[Result]] = {}
    first = AsAt(facts, min(day, P1[1]))
    found |= {
        "K01": [first.outputs("K01")],
        "K02": [first.declared()],
        "K03": [first.certified({"standard", "regulation"}), first.certified({"regulation"})],
        "K04": [first.awards()],
        "K05": [first.projects({"project"})],
        "K06": list(first.improving({"project"})),
        "K07": [number(first.models("comprehensive", P1))],
        "K08": [first.productivity()],
        "K11": [first.networked()],
        "K13": [first.outputs("K13")],
        "K14": [first.in_repository()],
        "B1.1.1": [first.outputs("K01")],
    }
    if day < P2[0]:
        nothing: Result = (None, None, None)
        return found | {
            code: [nothing] for code in ("K18", "K19", "K20", "K21", "K22", "K23", "K24")
        }
    second = AsAt(facts, min(day, P2[1]))
    both = {"iso_9001", "iso_14001"}
    return found | {
        "K18": [second.declared()],
        "K19": [second.certified({"standard", "regulation"}), second.certified({"regulation"})],
        "K20": [second.projects({"project", "plan"})],
        "K21": list(second.improving({"project", "plan"})),
        "K22": [second.grown({"iso_9001"}), second.grown(both)],
        "K23": [second.grown({"iso_14001"}), second.grown(both)],
        "K24": [number(second.models("pilot", P2))],
    }
