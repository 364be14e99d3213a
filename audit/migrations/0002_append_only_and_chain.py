"""Let the database refuse every change of the history, and seal each entry at commit.

``docs/adr/0003-audit-chain.md`` tells why the seal takes two deferred triggers.
"""

from django.db import migrations

from audit.append_only import AppendOnly

REFUSE_CHANGE = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$
"""

# Unlogged and always empty: a row exists for the length of one statement, to queue its trigger.
TURN_TABLE = "CREATE UNLOGGED TABLE audit_turn (entry_id bigint NOT NULL)"

TAKE_TURN = """
CREATE FUNCTION audit_take_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row_place tid;
BEGIN
    -- The lock of the chain must come last at commit. A foreign-key check that waits its turn
    -- in this commit may wait for another transaction, which would wait for our lock: a deadlock.
    -- What is queued during a commit fires after all that was queued before it.
    INSERT INTO audit_turn (entry_id) VALUES (NEW.id) RETURNING ctid INTO row_place;
    DELETE FROM audit_turn WHERE ctid = row_place;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER audit_entry_take_turn
AFTER INSERT ON audit_entry DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION audit_take_turn()
"""

# Each statement of a volatile function sees what was committed before it began, so the head
# read after the lock is the newest one. Only under REPEATABLE READ and SERIALIZABLE the snapshot
# is older: then ON CONFLICT meets a link it cannot see and raises a serialization failure.
LINK = """
CREATE FUNCTION audit_link() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    entry audit_entry;
    head audit_chainlink;
    place bigint;
    former text;
    seal text;
BEGIN
    PERFORM pg_advisory_xact_lock('audit_chainlink'::regclass::oid::bigint);
    SELECT * INTO STRICT entry FROM audit_entry WHERE id = NEW.entry_id;
    SELECT * INTO head FROM audit_chainlink ORDER BY "position" DESC LIMIT 1;
    place := coalesce(head."position", 0) + 1;
    former := coalesce(head.digest, repeat('0', 64));
    SELECT encode(sha256(convert_to(string_agg(
            coalesce(octet_length(convert_to(field, 'UTF8')) || ':' || field, '-') || ',',
            '' ORDER BY number
        ), 'UTF8')), 'hex')
    INTO seal
    FROM unnest(ARRAY[
        place::text, former,
        entry.id::text, extract(epoch FROM entry.at)::text, entry.act,
        entry.actor_id::text, entry.actor_name,
        entry.origin_kind, entry.origin_detail, entry.remote_address::text,
        entry.target_type, entry.target_id, entry.target_label,
        entry.before::text, entry.after::text, entry.reason
    ]) WITH ORDINALITY AS fields(field, number);
    INSERT INTO audit_chainlink ("position", entry_id, previous, digest)
    VALUES (place, NEW.entry_id, former, seal)
    ON CONFLICT ("position") DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Position % of the audit chain is taken.', place
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER audit_turn_link
AFTER INSERT ON audit_turn DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION audit_link()
"""


class Migration(migrations.Migration):
    """Refusing triggers on both tables, the linking triggers between them."""

    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE_CHANGE, "DROP FUNCTION audit_refuse_change()"),
        AppendOnly("audit_entry"),
        AppendOnly("audit_chainlink"),
        migrations.RunSQL(TURN_TABLE, "DROP TABLE audit_turn"),
        migrations.RunSQL(
            LINK, "DROP TRIGGER audit_turn_link ON audit_turn; DROP FUNCTION audit_link()"
        ),
        migrations.RunSQL(
            TAKE_TURN,
            "DROP TRIGGER audit_entry_take_turn ON audit_entry; DROP FUNCTION audit_take_turn()",
        ),
    ]
