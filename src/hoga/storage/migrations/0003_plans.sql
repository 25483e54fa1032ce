-- Plans: what was approved and decided, one fact after the other, never changed and never deleted.
CREATE TABLE plan_entries (
    seq        INTEGER PRIMARY KEY,
    connection TEXT NOT NULL,
    digest     TEXT NOT NULL,  -- of the plan; empty: about a schedule
    at         TEXT NOT NULL,  -- market time, ISO 8601 with zone
    kind       TEXT NOT NULL,
    body       TEXT NOT NULL   -- JSON
) STRICT;
CREATE INDEX plan_entries_by_plan ON plan_entries (connection, digest);
-- A plan is approved once.
CREATE UNIQUE INDEX plan_approved_once ON plan_entries (connection, digest) WHERE kind = 'approved';
CREATE TRIGGER plan_entries_stay BEFORE UPDATE ON plan_entries BEGIN SELECT RAISE(ABORT, 'plans are append-only'); END;
CREATE TRIGGER plan_entries_remain BEFORE DELETE ON plan_entries BEGIN SELECT RAISE(ABORT, 'plans are append-only'); END;
