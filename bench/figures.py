"""All indicators at a date against one hand-written statement each, and the number of statements.

Data: 1.000 enterprises and what belongs to them, then a hundred times that, where the goal is:
among few records, reading the plan and writing the statements takes longer than counting.
"""

import os
import re
import sys
from typing import Any

from bench.figures_by_hand import BY_HAND, DAY
from bench.line import Line, compare

GOALS = {1_000: None, 100_000: 1.5}

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
    SELECT {recorded}, CASE WHEN id % 8 = 0 THEN 'regulation' ELSE 'standard' END, '',
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
    for size, goal in GOALS.items():
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
                goal,
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
    """Numerator and denominator of each reading of each indicator, one statement each."""
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
        code: tuple(
            number
            for value in (one.official, one.second)
            if value is not None
            for number in (value.numerator, value.denominator)
        )
        for code, one in found.items()
        if one.computation is not None
    }
    expected = by_hand()
    differing = {c: (told[c], expected.get(c)) for c in told if told[c] != expected.get(c)}
    if differing:
        raise AssertionError(f"The hand-written statements disagree: {differing}")
