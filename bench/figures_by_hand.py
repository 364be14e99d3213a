"""The indicators as one hand-written statement each, against which the counting is held.

Each answers what the figure of its indicator does: numerator and denominator of every reading.
"""

DAY = "2026-11-30"
# A phase that is over is evaluated at its last day.
P1, P2 = "date '2025-12-14'", f"date '{DAY}'"
LISTED = """
    e.voided_at IS NULL AND e.approved_at IS NOT NULL
    AND e.valid_from <= {day} AND (e.valid_to IS NULL OR e.valid_to >= {day})
"""
KEY_ENTERPRISES = f"""
    SELECT e.enterprise_id AS id FROM enterprises_keylistentry e
    WHERE e.enterprise_id IS NOT NULL AND {LISTED}
"""  # noqa: S608
# A product may be voided while an entry about it stands.
KEY_PRODUCTS = f"""
    SELECT p.id FROM enterprises_product p
    JOIN enterprises_keylistentry e ON e.product_id = p.id
    WHERE p.voided_at IS NULL AND {LISTED}
"""  # noqa: S608
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


def certified(day: str) -> str:
    """Of the key products under obligation those that are certified; then by regulation only."""
    return f"""
        SELECT count(c.product_id), count(*), count(*) FILTER (WHERE c.regulation), count(*)
        FROM (
            {KEY_PRODUCTS.format(day=day)} AND p.obligated
            AND (p.obligated_from IS NULL OR p.obligated_from <= {day})
            AND (p.obligated_to IS NULL OR p.obligated_to >= {day})
        ) k LEFT JOIN (
            SELECT c.product_id, bool_or(c.scheme = 'regulation') AS regulation
            FROM enterprises_certificate c
            WHERE c.product_id IS NOT NULL AND c.scheme IN ('regulation', 'standard')
                AND {VALID.format(day=day)}
            GROUP BY c.product_id
        ) c ON c.product_id = k.id
    """  # noqa: S608


def begun(day: str, kinds: str) -> str:
    """A key enterprise with a project."""
    return (
        "k.id IN (SELECT p.enterprise_id FROM enterprises_productivityproject p "  # noqa: S608
        f"WHERE p.voided_at IS NULL AND p.kind IN ({kinds}) AND p.valid_from <= {day})"
    )


def member(day: str) -> str:
    """A key enterprise in the network."""
    return (
        "k.id IN (SELECT t.enterprise_id FROM enterprises_networkmembership t "  # noqa: S608
        f"WHERE t.voided_at IS NULL AND t.valid_from <= {day} "
        f"AND (t.valid_to IS NULL OR t.valid_to >= {day}))"
    )


def improving(day: str, kinds: str) -> str:
    """Key enterprises with a tool or a system, of all; then of those with a project."""
    return f"""
        WITH told AS MATERIALIZED (
            SELECT EXISTS (
                SELECT FROM enterprises_tooladoption t
                WHERE t.enterprise_id = k.id AND t.voided_at IS NULL AND t.valid_from <= {day}
                    AND (t.valid_to IS NULL OR t.valid_to >= {day})
            ) OR EXISTS (
                SELECT FROM enterprises_certificate c
                WHERE c.enterprise_id = k.id AND c.scheme IN ({SYSTEMS})
                    AND {VALID.format(day=day)}
            ) AS improving, EXISTS (
                SELECT FROM enterprises_productivityproject p
                WHERE p.enterprise_id = k.id AND p.voided_at IS NULL AND p.kind IN ({kinds})
                    AND p.valid_from <= {day}
            ) AS project
            FROM ({KEY_ENTERPRISES.format(day=day)}) k
        )
        SELECT count(*) FILTER (WHERE improving), count(*),
            count(*) FILTER (WHERE improving AND project), count(*) FILTER (WHERE project)
        FROM told
    """  # noqa: S608


def grown(scheme: str) -> str:
    """Certificates of this phase less those of the phase before, and the latter; then of both."""
    return f"""
        SELECT later - earlier, earlier, later_both - earlier_both, earlier_both FROM (
            SELECT count(*) FILTER (WHERE scheme = '{scheme}'
                    AND issued_on BETWEEN '2025-12-15' AND {P2}) AS later,
                count(*) FILTER (WHERE scheme = '{scheme}'
                    AND issued_on BETWEEN '2020-12-15' AND {P1}) AS earlier,
                count(*) FILTER (WHERE issued_on BETWEEN '2025-12-15' AND {P2}) AS later_both,
                count(*) FILTER (WHERE issued_on BETWEEN '2020-12-15' AND {P1}) AS earlier_both
            FROM enterprises_certificate
            WHERE voided_at IS NULL AND scheme IN ('iso_9001', 'iso_14001')
                AND issued_on BETWEEN '2020-12-15' AND {P2}
        ) counted
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
        "ON i.id = o.indicator_id JOIN programs_plan p ON p.id = i.plan_id "
        f"WHERE p.code = '191' AND i.code = '{code}' AND o.voided_at IS NULL "
        f"AND o.issued_on <= {P1}"
    )


FACTORS = f"""
    WITH models AS (
        SELECT DISTINCT enterprise_id FROM enterprises_modelrecognition
        WHERE voided_at IS NULL AND kind = 'comprehensive'
            AND recognised_on BETWEEN '2020-12-15' AND {P1}
    ), shares AS (
        SELECT coalesce(max(capital_share), 0.3) AS bk, coalesce(max(labour_share), 0.7) AS bl
        FROM (
            SELECT capital_share, labour_share FROM enterprises_productivitycoefficients
            WHERE voided_at IS NULL AND approved_at IS NOT NULL AND valid_from <= {P1}
            ORDER BY valid_from DESC LIMIT 1
        ) in_force
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
            va::numeric / va0 - 1 - bk * (fixed_assets::numeric / k0 - 1)
                - bl * (labour / l0 - 1) AS gt
        FROM last CROSS JOIN shares WHERE va0 > 0
    )
    SELECT count(*) FILTER (WHERE gl >= 0.35 AND gk >= 0.35 AND gt >= 0.35), count(*) FROM growths
"""  # noqa: S608
PRODUCTS, ENTERPRISES = (
    {phase: key.format(day=day) for phase, day in ((1, P1), (2, P2))}
    for key in (KEY_PRODUCTS, KEY_ENTERPRISES)
)
COUNTED = "'tcvn', 'qcvn', 'regional'"
# Numerator and denominator; where there is a second reading, then those of it.
BY_HAND = {
    "K01": issued("K01"),
    "K02": share(PRODUCTS[1], declared(P1, COUNTED)),
    "K03": certified(P1),
    "K04": "SELECT count(DISTINCT enterprise_id), NULL::bigint FROM enterprises_awardentry "
    "WHERE voided_at IS NULL AND year = 2025",
    "K05": share(ENTERPRISES[1], begun(P1, "'project'")),
    "K06": improving(P1, "'project'"),
    "K07": recognised("comprehensive", "'2020-12-15'", P1),
    "K08": FACTORS,
    "K11": share(ENTERPRISES[1], member(P1)),
    "K13": issued("K13"),
    "K14": share(PRODUCTS[1], declared(P1, valid=False)),
    "K18": share(PRODUCTS[2], declared(P2, COUNTED)),
    "K19": certified(P2),
    "K20": share(ENTERPRISES[2], begun(P2, "'project', 'plan'")),
    "K21": improving(P2, "'project', 'plan'"),
    "K22": grown("iso_9001"),
    "K23": grown("iso_14001"),
    "K24": recognised("pilot", "'2025-12-15'", P2),
}
