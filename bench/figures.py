"""All indicators at a date against one hand-written statement each, and the number of statements.

Data: 1.000 enterprises and what belongs to them, then a hundred times that.
"""

import os
import re
import sys
from typing import Any

from bench.line import Line, compare

GOAL = 1.5
DAY = "2026-11-30"
SIZES = (1_000, 100_000)

RECORD = "version, recorded_at, voided_reason"
RECORDED = "1, now(), ''"
FILL = (
    """
    INSERT INTO enterprises_enterprise (
        version, search_key, found_by, tax_code, kind, name, sector, main_line, address,
        representative, phone, email, merge_reason, verified_at
    )
    SELECT 1, 'doanh nghiep ' || n, '', lpad(n::text, 10, '0'), 'enterprise',
        'Doanh nghiệp ' || n, 'services', '', '', '', '', '', '', now()
    FROM generate_series(1, {size}) n
    """,
    """
    INSERT INTO enterprises_product ({record}, search_key, name, "group", obligated, enterprise_id)
    SELECT {recorded}, 'san pham ' || e.id || ' ' || k, 'Sản phẩm ' || k, '', e.id % 2 = 0, e.id
    FROM enterprises_enterprise e, generate_series(1, 2) k WHERE k = 1 OR e.id % 2 = 0
    """,
    """
    INSERT INTO enterprises_keylistentry (
        {record}, decision_number, returned_reason, valid_from, valid_to, approved_at, enterprise_id
    )
    SELECT {recorded}, '', '', '2021-01-01', NULL, now(), id
    FROM enterprises_enterprise WHERE id % 10 = 0
    """,
    """
    INSERT INTO enterprises_keylistentry (
        {record}, decision_number, returned_reason, valid_from, valid_to, approved_at, product_id
    )
    SELECT {recorded}, '', '', '2021-01-01',
        CASE WHEN id % 7 = 0 THEN date '2024-06-30' END, now(), id
    FROM enterprises_product WHERE id % 5 < 2
    """,
    """
    INSERT INTO enterprises_standard (
        version, search_key, number, kind, title, status, aliases, link
    )
    SELECT 1, 'tcvn ' || n, 'TCVN ' || n, 'tcvn', '', 'in_force', '{{}}', ''
    FROM generate_series(1, 50) n
    """,
    """
    INSERT INTO enterprises_standarddeclaration (
        {record}, kind, declared_on, expires_on, product_id, standard_id
    )
    SELECT {recorded}, (ARRAY['tcvn', 'qcvn', 'tccs', 'foreign'])[1 + id % 4],
        date '2021-03-01' + (id % 1500)::int,
        CASE WHEN id % 3 = 0 THEN date '2025-01-01' + (id % 900)::int END, id,
        (SELECT min(id) FROM enterprises_standard) + id % 50
    FROM enterprises_product WHERE id % 3 < 2
    """,
    """
    INSERT INTO enterprises_certificate (
        {record}, scheme, scheme_name, number, scope, issuer, issued_on, expires_on,
        withdrawn_reason, enterprise_id
    )
    SELECT {recorded}, (ARRAY['iso_9001', 'iso_14001', 'haccp', 'iso_17025'])[1 + id % 4], '',
        'GCN ' || id, '', '', date '2021-01-01' + (id % 2100)::int,
        date '2024-01-01' + (id % 2100)::int + 30, '', id
    FROM enterprises_enterprise WHERE date '2021-01-01' + (id % 2100)::int < '2026-11-30'
    """,
    """
    INSERT INTO enterprises_certificate (
        {record}, scheme, scheme_name, number, scope, issuer, issued_on, withdrawn_reason,
        enterprise_id, product_id
    )
    SELECT {recorded}, CASE WHEN id % 2 = 0 THEN 'regulation' ELSE 'standard' END, '',
        'SP ' || id, '', '', date '2021-01-01' + (id % 2000)::int, '', enterprise_id, id
    FROM enterprises_product WHERE id % 4 = 0
    """,
    """
    INSERT INTO enterprises_certificatesuspension ({record}, valid_from, valid_to, reason,
        certificate_id)
    SELECT {recorded}, '2026-06-01', NULL, 'x', id FROM enterprises_certificate
    WHERE id % 20 = 0 AND issued_on < '2026-06-01'
    """,
    """
    INSERT INTO enterprises_improvementtool (version, search_key, name, aliases)
    VALUES (1, '5s', '5S thử', '{{}}')
    """,
    """
    INSERT INTO enterprises_tooladoption ({record}, valid_from, valid_to, enterprise_id, tool_id)
    SELECT {recorded}, date '2021-01-01' + (id % 1500)::int,
        CASE WHEN id % 3 = 0 THEN date '2025-06-30' + (id % 400)::int END, id,
        (SELECT max(id) FROM enterprises_improvementtool)
    FROM enterprises_enterprise WHERE id % 3 = 0
    """,
    """
    INSERT INTO enterprises_productivityproject ({record}, kind, name, valid_from, enterprise_id)
    SELECT {recorded}, CASE WHEN id % 2 = 0 THEN 'project' ELSE 'plan' END, '',
        date '2021-01-01' + (id % 2200)::int, id
    FROM enterprises_enterprise WHERE id % 5 = 0
    """,
    """
    INSERT INTO enterprises_modelrecognition (
        {record}, kind, recognised_on, decision_number, enterprise_id
    )
    SELECT {recorded}, CASE WHEN id % 100 = 0 THEN 'comprehensive' ELSE 'pilot' END,
        CASE WHEN id % 100 = 0 THEN date '2022-01-01' ELSE date '2026-01-01' END, '', id
    FROM enterprises_enterprise WHERE id % 50 = 0
    """,
    """
    INSERT INTO enterprises_productivityyear (
        {record}, year, pretax_profit, labour_cost, depreciation, interest, production_taxes,
        fixed_assets, labour, is_base, enterprise_id
    )
    SELECT {recorded}, 2021 + k, 100 * (1 + k * (id / 100 % 3)), 10, 10, 10, 10, 1000, 10, k = 0, id
    FROM enterprises_enterprise, generate_series(0, 2) k WHERE id % 100 = 0
    """,
    """
    INSERT INTO enterprises_awardentry ({record}, year, result, enterprise_id)
    SELECT {recorded}, 2021 + id % 5, '', id FROM enterprises_enterprise WHERE id % 40 = 0
    """,
    """
    INSERT INTO enterprises_networkmembership ({record}, valid_from, valid_to, enterprise_id)
    SELECT {recorded}, date '2021-01-01' + (id % 1500)::int,
        CASE WHEN id % 4 = 0 THEN date '2025-12-01' END, id
    FROM enterprises_enterprise WHERE id % 2 = 0
    """,
)

# A phase that is over is evaluated at its last day.
P1, P2 = "date '2025-12-14'", f"date '{DAY}'"
KEY = """
    SELECT {subject}_id AS id FROM enterprises_keylistentry
    WHERE {subject}_id IS NOT NULL AND voided_at IS NULL AND approved_at IS NOT NULL
        AND valid_from <= {day} AND (valid_to IS NULL OR valid_to >= {day})
"""
VALID = """
    c.voided_at IS NULL AND c.issued_on <= {day}
    AND (c.expires_on IS NULL OR c.expires_on >= {day})
    AND (c.withdrawn_on IS NULL OR c.withdrawn_on > {day})
    AND NOT EXISTS (SELECT 1 FROM enterprises_certificatesuspension s
        WHERE s.certificate_id = c.id AND s.voided_at IS NULL AND s.valid_from <= {day}
            AND (s.valid_to IS NULL OR s.valid_to >= {day}))
"""
SYSTEMS = "'iso_9001', 'iso_14001', 'iso_22000', 'haccp', 'iso_45001', 'iatf_16949', 'iso_27001'"


def share(key: str, counts: str) -> str:
    """How many of a key list count, and how many are on it."""
    return f"SELECT count(*) FILTER (WHERE {counts}), count(*) FROM ({key}) k"  # noqa: S608


def declared(day: str, kinds: str = "", *, valid: bool = True) -> str:
    """A key product with a declaration."""
    of_kind = f"AND d.kind IN ({kinds})" if kinds else ""
    in_force = f"AND (d.expires_on IS NULL OR d.expires_on >= {day})" if valid else ""
    return (
        "k.id IN (SELECT d.product_id FROM enterprises_standarddeclaration d "  # noqa: S608
        f"WHERE d.voided_at IS NULL AND d.declared_on <= {day} {of_kind} {in_force})"
    )


def certified(day: str, schemes: str, column: str) -> str:
    """A key product or enterprise with a valid certificate."""
    return (
        f"k.id IN (SELECT c.{column} FROM enterprises_certificate c "  # noqa: S608
        f"WHERE c.scheme IN ({schemes}) AND {VALID.format(day=day)})"
    )


def begun(day: str, kinds: str) -> str:
    """A key enterprise with a project."""
    return (
        "k.id IN (SELECT p.enterprise_id FROM enterprises_productivityproject p "  # noqa: S608
        f"WHERE p.voided_at IS NULL AND p.kind IN ({kinds}) AND p.valid_from <= {day})"
    )


def dated(table: str, day: str) -> str:
    """A key enterprise with a dated entry."""
    return (
        f"k.id IN (SELECT t.enterprise_id FROM enterprises_{table} t "  # noqa: S608
        f"WHERE t.voided_at IS NULL AND t.valid_from <= {day} "
        f"AND (t.valid_to IS NULL OR t.valid_to >= {day}))"
    )


def obligated(day: str) -> str:
    """The key products under obligation."""
    return (
        f"{KEY.format(subject='product', day=day)} AND product_id IN "  # noqa: S608
        "(SELECT id FROM enterprises_product WHERE obligated "
        f"AND (obligated_from IS NULL OR obligated_from <= {day}) "
        f"AND (obligated_to IS NULL OR obligated_to >= {day}))"
    )


def grown(scheme: str) -> str:
    """Certificates of this phase less those of the phase before, and the latter."""
    return f"""
        SELECT count(*) FILTER (WHERE issued_on BETWEEN '2025-12-15' AND {P2})
            - count(*) FILTER (WHERE issued_on BETWEEN '2020-12-15' AND {P1}),
            count(*) FILTER (WHERE issued_on BETWEEN '2020-12-15' AND {P1})
        FROM enterprises_certificate WHERE voided_at IS NULL AND scheme = '{scheme}'
    """  # noqa: S608


def recognised(kind: str, first: str, last: str) -> str:
    """Enterprises recognised in a phase."""
    return (
        "SELECT count(DISTINCT enterprise_id), NULL::bigint FROM enterprises_modelrecognition "  # noqa: S608
        f"WHERE voided_at IS NULL AND kind = '{kind}' AND recognised_on BETWEEN {first} AND {last}"
    )


def issued(code: str) -> str:
    """Outputs issued by the day."""
    return (
        "SELECT count(*), NULL::bigint FROM programs_output o JOIN programs_indicator i "  # noqa: S608
        f"ON i.id = o.indicator_id WHERE i.code = '{code}' AND o.voided_at IS NULL "
        f"AND o.issued_on <= {P1}"
    )


FACTORS = f"""
    WITH models AS (
        SELECT DISTINCT enterprise_id FROM enterprises_modelrecognition
        WHERE voided_at IS NULL AND kind = 'comprehensive'
            AND recognised_on BETWEEN '2020-12-15' AND {P1}
    ), figures AS (
        SELECT y.*, pretax_profit + labour_cost + depreciation + interest + production_taxes AS va
        FROM enterprises_productivityyear y JOIN models USING (enterprise_id)
        WHERE voided_at IS NULL AND year <= 2025
    ), last AS (
        SELECT DISTINCT ON (f.enterprise_id) f.*, b.va AS va0, b.fixed_assets AS k0, b.labour AS l0
        FROM figures f JOIN figures b ON b.enterprise_id = f.enterprise_id AND b.is_base
        WHERE f.year > b.year ORDER BY f.enterprise_id, f.year DESC
    ), growths AS (
        SELECT (va / labour) / (va0 / l0) - 1 AS gl,
            (va::numeric / fixed_assets) / (va0::numeric / k0) - 1 AS gk,
            va::numeric / va0 - 1 - 0.3 * (fixed_assets::numeric / k0 - 1)
                - 0.7 * (labour / l0 - 1) AS gt
        FROM last
    )
    SELECT count(*) FILTER (WHERE gl >= 0.35 AND gk >= 0.35 AND gt >= 0.35), count(*) FROM growths
"""  # noqa: S608
PRODUCTS, ENTERPRISES = (
    {phase: KEY.format(subject=subject, day=day) for phase, day in ((1, P1), (2, P2))}
    for subject in ("product", "enterprise")
)
COUNTED = "'tcvn', 'qcvn', 'regional'"
BY_HAND = {
    "K01": issued("K01"),
    "K02": share(PRODUCTS[1], declared(P1, COUNTED)),
    "K03": share(obligated(P1), certified(P1, "'regulation', 'standard'", "product_id")),
    "K04": "SELECT count(DISTINCT enterprise_id), NULL::bigint FROM enterprises_awardentry "
    "WHERE voided_at IS NULL AND year = 2025",
    "K05": share(ENTERPRISES[1], begun(P1, "'project'")),
    "K06": share(
        ENTERPRISES[1],
        f"{dated('tooladoption', P1)} OR {certified(P1, SYSTEMS, 'enterprise_id')}",
    ),
    "K07": recognised("comprehensive", "'2020-12-15'", P1),
    "K08": FACTORS,
    "K11": share(ENTERPRISES[1], dated("networkmembership", P1)),
    "K13": issued("K13"),
    "K14": share(PRODUCTS[1], declared(P1, valid=False)),
    "K18": share(PRODUCTS[2], declared(P2, COUNTED)),
    "K19": share(obligated(P2), certified(P2, "'regulation', 'standard'", "product_id")),
    "K20": share(ENTERPRISES[2], begun(P2, "'project', 'plan'")),
    "K21": share(
        ENTERPRISES[2],
        f"{dated('tooladoption', P2)} OR {certified(P2, SYSTEMS, 'enterprise_id')}",
    ),
    "K22": grown("iso_9001"),
    "K23": grown("iso_14001"),
    "K24": recognised("pilot", "'2025-12-15'", P2),
}


def figures_lines() -> list[Line]:
    """Compare at both sizes; the figures of both sides have to be the same."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_nscl.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from programs.models import Plan

    call_command("migrate", verbosity=0)
    call_command("load_plan", "plans/laocai-191.yaml", stdout=sys.stderr)
    plan = Plan.objects.get(code="191")
    lines, statements = [], []
    for size in SIZES:
        fill(size)
        compute(plan)
        with CaptureQueriesContext(connection) as captured:
            found = compute(plan)
        statements.append(len(captured))
        check(found)
        name = f"all indicators at a date, {size} enterprises"
        lines.append(
            compare(
                name,
                "one hand-written statement each",
                GOAL,
                ours=lambda: compute(plan),
                theirs=by_hand,
            )
        )
        emptied()
    few, many = statements
    lines.append(
        Line("statements for all indicators, 100 x", "1 x", many, few, 1.0, unit="statements")
    )
    return lines


def fill(size: int) -> None:
    """Enter the register with statements over series of numbers."""
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement.format(size=size, record=RECORD, recorded=RECORDED))
        cursor.execute("ANALYZE")


def emptied() -> None:
    """Take the register away, what rests on other rows first; numbers begin anew."""
    from django.db import connection

    filled = [re.findall(r"INSERT INTO (\w+)", statement)[0] for statement in FILL]
    with connection.cursor() as cursor:
        # A trigger keeps the dated tax codes in step with the enterprises.
        for table in dict.fromkeys(
            [*reversed(filled[1:]), "enterprises_enterprisetaxcode", filled[0]]
        ):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - the tables above
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1, false)")


def compute(plan: Any) -> Any:
    """Every indicator, as the pages compute them."""
    import datetime as dt

    from programs.figures import figures_at
    from programs.models import Indicator
    from programs.selectors import with_standing

    rows = with_standing(Indicator.objects.of_plan(plan).select_related("phase"))
    return figures_at(plan, rows, dt.date.fromisoformat(DAY))


def by_hand() -> dict[str, tuple[Any, ...]]:
    """Numerator and denominator of each indicator, one statement each."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for code, statement in BY_HAND.items():
            cursor.execute(statement)
            found[code] = cursor.fetchone()
    return found


def check(found: Any) -> None:
    """Both sides say the same, or nothing is measured."""
    told = {
        code: (one.official.numerator, one.official.denominator)
        for code, one in found.items()
        if one.computation is not None
    }
    expected = by_hand()
    differing = {c: (told[c], expected.get(c)) for c in told if told[c] != expected.get(c)}
    if differing:
        raise AssertionError(f"The hand-written statements disagree: {differing}")
