"""Let an enterprise be found by its products and by all its tax codes, with one index.

``found_by`` holds what is searched beside the name; triggers keep it in step, whoever writes. A
personal number (12 digits) never stands in it: parts of it must find nothing.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models

KEEP_FOUND_BY = """
CREATE FUNCTION enterprises_code_text(code text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN code ~ '^[0-9]{12}$' THEN NULL
        WHEN code LIKE '%-%' THEN code || ' ' || replace(code, '-', '')
        ELSE code
    END
$$;

-- A session keeps its plans: one made while the tables were small must not read them whole later.
ALTER FUNCTION enterprises_keep_tax_code() SET enable_seqscan = off;

CREATE FUNCTION enterprises_refresh_found_by(changed bigint[]) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off AS $$
BEGIN
    -- A statement of its own: the next one then sees what others committed while this one waited.
    PERFORM 1 FROM enterprises_enterprise
    WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;
    WITH parts AS (
        SELECT enterprise_id, 1 AS part, id, enterprises_code_text(tax_code) AS text
        FROM enterprises_enterprisetaxcode WHERE enterprise_id = ANY (changed)
        UNION ALL
        SELECT enterprise_id, 2, id, search_key
        FROM enterprises_product WHERE enterprise_id = ANY (changed) AND voided_at IS NULL
    ), found AS (
        SELECT one.id, coalesce(string_agg(parts.text, ' ' ORDER BY parts.part, parts.id), '') AS text
        FROM unnest(changed) AS one (id) LEFT JOIN parts ON parts.enterprise_id = one.id
        GROUP BY one.id
    )
    UPDATE enterprises_enterprise enterprise SET found_by = found.text
    FROM found WHERE enterprise.id = found.id AND enterprise.found_by <> found.text;
END
$$;

CREATE FUNCTION enterprises_guard_found_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.found_by := coalesce(enterprises_code_text(NEW.tax_code), '');
    ELSIF pg_trigger_depth() = 1 THEN
        -- Whoever saves the row may have read it before a product was added.
        NEW.found_by := OLD.found_by;
        IF NEW.tax_code <> OLD.tax_code THEN
            NEW.found_by := concat_ws(' ', NEW.found_by, enterprises_code_text(NEW.tax_code));
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER enterprises_found_by_guarded BEFORE INSERT OR UPDATE ON enterprises_enterprise
FOR EACH ROW EXECUTE FUNCTION enterprises_guard_found_by();

CREATE FUNCTION enterprises_codes_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND pg_trigger_depth() > 1 THEN
        -- The current code of an enterprise, which its own trigger has put there already.
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        PERFORM enterprises_refresh_found_by(ARRAY(SELECT DISTINCT enterprise_id FROM new_rows));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM enterprises_refresh_found_by(ARRAY(SELECT DISTINCT enterprise_id FROM old_rows));
    ELSE
        PERFORM enterprises_refresh_found_by(ARRAY(
            SELECT old_rows.enterprise_id FROM old_rows JOIN new_rows USING (id)
            WHERE (old_rows.enterprise_id, old_rows.tax_code)
                IS DISTINCT FROM (new_rows.enterprise_id, new_rows.tax_code)
            UNION
            SELECT new_rows.enterprise_id FROM old_rows JOIN new_rows USING (id)
            WHERE (old_rows.enterprise_id, old_rows.tax_code)
                IS DISTINCT FROM (new_rows.enterprise_id, new_rows.tax_code)
        ));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION enterprises_products_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM enterprises_refresh_found_by(ARRAY(SELECT DISTINCT enterprise_id FROM new_rows));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM enterprises_refresh_found_by(ARRAY(SELECT DISTINCT enterprise_id FROM old_rows));
    ELSE
        PERFORM enterprises_refresh_found_by(ARRAY(
            SELECT old_rows.enterprise_id FROM old_rows JOIN new_rows USING (id)
            WHERE (old_rows.enterprise_id, old_rows.search_key, old_rows.voided_at IS NULL)
                IS DISTINCT FROM
                (new_rows.enterprise_id, new_rows.search_key, new_rows.voided_at IS NULL)
            UNION
            SELECT new_rows.enterprise_id FROM old_rows JOIN new_rows USING (id)
            WHERE (old_rows.enterprise_id, old_rows.search_key, old_rows.voided_at IS NULL)
                IS DISTINCT FROM
                (new_rows.enterprise_id, new_rows.search_key, new_rows.voided_at IS NULL)
        ));
    END IF;
    RETURN NULL;
END
$$;
"""

STATEMENT_TRIGGERS = "\n".join(
    f"""
CREATE TRIGGER {name}_inserted AFTER INSERT ON {table}
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER {name}_updated AFTER UPDATE ON {table}
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER {name}_deleted AFTER DELETE ON {table}
REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
    for name, table, function in (
        ("found_by_codes", "enterprises_enterprisetaxcode", "enterprises_codes_changed"),
        ("found_by_products", "enterprises_product", "enterprises_products_changed"),
    )
)

FILL = """
SELECT enterprises_refresh_found_by(ARRAY(SELECT id FROM enterprises_enterprise));
"""

REVERSE = """
DROP TRIGGER found_by_products_deleted ON enterprises_product;
DROP TRIGGER found_by_products_updated ON enterprises_product;
DROP TRIGGER found_by_products_inserted ON enterprises_product;
DROP TRIGGER found_by_codes_deleted ON enterprises_enterprisetaxcode;
DROP TRIGGER found_by_codes_updated ON enterprises_enterprisetaxcode;
DROP TRIGGER found_by_codes_inserted ON enterprises_enterprisetaxcode;
DROP FUNCTION enterprises_products_changed();
DROP FUNCTION enterprises_codes_changed();
DROP TRIGGER enterprises_found_by_guarded ON enterprises_enterprise;
DROP FUNCTION enterprises_guard_found_by();
DROP FUNCTION enterprises_refresh_found_by(bigint[]);
DROP FUNCTION enterprises_code_text(text);
ALTER FUNCTION enterprises_keep_tax_code() RESET enable_seqscan;
"""


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0002_tax_codes_in_step")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="enterprise",
            name="found_by",
            field=models.TextField(default="", editable=False),
        ),
        migrations.RunSQL(KEEP_FOUND_BY + STATEMENT_TRIGGERS + FILL, REVERSE),
        migrations.RemoveConstraint(
            model_name="enterprise",
            name="enterprise_tax_code_unique",
        ),
        migrations.AddConstraint(
            model_name="enterprise",
            constraint=models.UniqueConstraint(
                condition=models.Q(("merged_into__isnull", True)),
                fields=("tax_code",),
                name="enterprise_tax_code_unique",
                violation_error_message="An enterprise with this tax code is here already.",
            ),
        ),
        migrations.RemoveIndex(model_name="enterprise", name="enterprise_search"),
        migrations.AddIndex(
            model_name="enterprise",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key", "found_by"],
                name="enterprise_search",
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
            ),
        ),
        migrations.RemoveIndex(model_name="enterprise", name="enterprise_by_name"),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True)),
                fields=["name", "id"],
                name="enterprise_by_name",
            ),
        ),
        migrations.AddIndex(
            model_name="enterprise",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", True), ("verified_at__isnull", True)),
                fields=["id"],
                name="enterprise_unverified",
            ),
        ),
    ]
