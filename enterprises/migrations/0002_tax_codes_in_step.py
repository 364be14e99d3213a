"""Keep the table of tax codes in step with the current code of each enterprise.

All codes, current and former, lie in one table with one unique constraint, so a code names one
enterprise even when two people save at the same moment.
"""

from django.db import migrations

KEEP_IN_STEP = """
CREATE FUNCTION enterprises_keep_tax_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.merged_into_id IS NOT NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO enterprises_enterprisetaxcode (enterprise_id, tax_code)
    VALUES (NEW.id, NEW.tax_code)
    ON CONFLICT (tax_code) DO NOTHING;
    PERFORM 1 FROM enterprises_enterprisetaxcode
    WHERE tax_code = NEW.tax_code AND enterprise_id = NEW.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The tax code names another enterprise already.'
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'tax_code_of_one_enterprise';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER enterprises_tax_code_in_step
AFTER INSERT OR UPDATE OF tax_code ON enterprises_enterprise
FOR EACH ROW EXECUTE FUNCTION enterprises_keep_tax_code();
"""
REVERSE = """
DROP TRIGGER enterprises_tax_code_in_step ON enterprises_enterprise;
DROP FUNCTION enterprises_keep_tax_code();
"""


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0001_initial")]

    operations = [migrations.RunSQL(KEEP_IN_STEP, REVERSE)]
