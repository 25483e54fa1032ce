-- The order journal: facts, one after the other, never changed and never deleted.
CREATE TABLE entries (
    seq          INTEGER PRIMARY KEY,
    connection   TEXT NOT NULL,
    at           TEXT NOT NULL,  -- market time, ISO 8601 with zone
    trading_date TEXT NOT NULL,  -- the date the fact belongs to, ISO
    kind         TEXT NOT NULL,
    order_id     TEXT,           -- NULL: a notice that no order explains yet
    request_id   TEXT,
    number       TEXT,           -- the broker's number as date/branch/number
    body         TEXT NOT NULL   -- JSON
) STRICT;
CREATE INDEX entries_by_date ON entries (connection, trading_date, order_id);
CREATE INDEX entries_by_order ON entries (order_id);
CREATE INDEX entries_by_number ON entries (connection, number) WHERE number IS NOT NULL;
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- A ticket is consumed once, whatever happens to the desk in between.
CREATE TABLE tickets (
    ticket_id  TEXT PRIMARY KEY,
    connection TEXT NOT NULL,
    order_id   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Which order a broker's number belongs to.
CREATE TABLE numbers (
    connection TEXT NOT NULL,
    number     TEXT NOT NULL,
    order_id   TEXT NOT NULL,
    PRIMARY KEY (connection, number)
) STRICT, WITHOUT ROWID;

-- Orders about which something is open, kept in the same transactions as the facts: what a start must look at.
CREATE TABLE open_orders (
    order_id   TEXT PRIMARY KEY,
    connection TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX open_orders_by_connection ON open_orders (connection);

-- The activity log: every decision, send and answer, in codes that the window words.
CREATE TABLE activity (
    seq        INTEGER PRIMARY KEY,
    at         TEXT NOT NULL,
    connection TEXT NOT NULL,
    level      TEXT NOT NULL,
    code       TEXT NOT NULL,
    numbers    TEXT NOT NULL,  -- JSON object of the message's values
    order_id   TEXT,
    instrument TEXT
) STRICT;
CREATE INDEX activity_by_order ON activity (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX activity_by_time ON activity (connection, at);
