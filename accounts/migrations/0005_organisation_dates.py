"""Let the database keep roles within the dates of their organisation, and successions a line."""

from django.db import migrations

# The lock makes a role and a change of the organisation's dates wait for each other.
WITHIN_DATES = """
CREATE FUNCTION accounts_membership_within_dates() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    place accounts_organisation;
BEGIN
    SELECT * INTO place FROM accounts_organisation WHERE id = NEW.organisation_id FOR SHARE;
    IF NOT daterange(NEW.valid_from, NEW.valid_to, '[]')
            <@ daterange(place.valid_from, place.valid_to, '[]') THEN
        RAISE EXCEPTION 'Membership % lies outside the dates of organisation %.',
            NEW.id, place.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_within_dates';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER membership_within_dates
AFTER INSERT OR UPDATE OF organisation_id, valid_from, valid_to ON accounts_membership
FOR EACH ROW EXECUTE FUNCTION accounts_membership_within_dates()
"""

AROUND_MEMBERSHIPS = """
CREATE FUNCTION accounts_organisation_around_memberships() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM accounts_membership
        WHERE organisation_id = NEW.id
            AND NOT daterange(valid_from, valid_to, '[]')
                <@ daterange(NEW.valid_from, NEW.valid_to, '[]')
    ) THEN
        RAISE EXCEPTION 'Memberships of organisation % lie outside its dates.', NEW.code
            USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_around_memberships';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER organisation_around_memberships
AFTER UPDATE OF valid_from, valid_to ON accounts_organisation
FOR EACH ROW
WHEN (OLD.valid_from <> NEW.valid_from OR OLD.valid_to IS DISTINCT FROM NEW.valid_to)
EXECUTE FUNCTION accounts_organisation_around_memberships()
"""

# One succession at a time: two that close a circle together would not see each other.
NO_CIRCLE = """
CREATE FUNCTION accounts_succession_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(TG_RELID::bigint);
    EXECUTE format(
        'WITH RECURSIVE later (id) AS (
            SELECT $1 UNION SELECT s.successor_id FROM %s s JOIN later ON s.predecessor_id = later.id
        ) SELECT $2 IN (SELECT id FROM later)', TG_RELID::regclass
    ) INTO closed USING NEW.successor_id, NEW.predecessor_id;
    IF closed THEN
        RAISE EXCEPTION 'Succession % closes a circle.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_no_circle';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER succession_no_circle
AFTER INSERT OR UPDATE ON accounts_succession
FOR EACH ROW EXECUTE FUNCTION accounts_succession_no_circle();
CREATE TRIGGER area_succession_no_circle
AFTER INSERT OR UPDATE ON accounts_areasuccession
FOR EACH ROW EXECUTE FUNCTION accounts_succession_no_circle()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_organisation_search_keys"),
    ]

    operations = [
        migrations.RunSQL(
            WITHIN_DATES,
            "DROP TRIGGER membership_within_dates ON accounts_membership;"
            "DROP FUNCTION accounts_membership_within_dates()",
        ),
        migrations.RunSQL(
            AROUND_MEMBERSHIPS,
            "DROP TRIGGER organisation_around_memberships ON accounts_organisation;"
            "DROP FUNCTION accounts_organisation_around_memberships()",
        ),
        migrations.RunSQL(
            NO_CIRCLE,
            "DROP TRIGGER succession_no_circle ON accounts_succession;"
            "DROP TRIGGER area_succession_no_circle ON accounts_areasuccession;"
            "DROP FUNCTION accounts_succession_no_circle()",
        ),
    ]
