-- The exchange's ledger: everything about accounts. Prices, cash and costs in won; times ISO 8601 with zone.
CREATE TABLE about (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE accounts (
    place        INTEGER PRIMARY KEY,
    number       TEXT NOT NULL UNIQUE,
    environment  TEXT NOT NULL,
    appkey       TEXT NOT NULL UNIQUE,
    appsecret    TEXT NOT NULL,
    hts_id       TEXT NOT NULL,
    holder       TEXT NOT NULL,
    broker       TEXT NOT NULL,
    opening_cash INTEGER NOT NULL
) STRICT;

-- One row a number. filled + remaining + cancelled + moved = quantity, except for cancels, which only say how much.
CREATE TABLE orders (
    trading_date  TEXT    NOT NULL,
    number        INTEGER NOT NULL,
    account       TEXT    NOT NULL REFERENCES accounts (number),
    branch        TEXT    NOT NULL,
    original      INTEGER,
    kind          TEXT    NOT NULL,
    code          TEXT    NOT NULL,
    side          TEXT    NOT NULL,
    type          TEXT    NOT NULL,
    tif           TEXT    NOT NULL,
    limit_price   INTEGER,
    quantity      INTEGER NOT NULL,
    at            TEXT    NOT NULL,
    venue         TEXT    NOT NULL,
    channel       TEXT    NOT NULL,
    unit_price    INTEGER NOT NULL,
    remaining     INTEGER NOT NULL,
    filled        INTEGER NOT NULL,
    filled_amount INTEGER NOT NULL,
    cancelled     INTEGER NOT NULL,
    moved         INTEGER NOT NULL,
    status        TEXT    NOT NULL,
    resting_price INTEGER,
    stop_price    INTEGER,
    woken         INTEGER,
    PRIMARY KEY (trading_date, number),
    CHECK (remaining >= 0 AND filled >= 0 AND cancelled >= 0 AND moved >= 0),
    CHECK (kind = 'cancel' OR filled + remaining + cancelled + moved = quantity)
) STRICT;

CREATE INDEX orders_of_account ON orders (account, trading_date, number);
CREATE INDEX orders_open ON orders (trading_date) WHERE remaining > 0;

-- In the order of booking. An account that trades with itself has two rows under one execution.
CREATE TABLE fills (
    booking      INTEGER PRIMARY KEY,
    trading_date TEXT    NOT NULL,
    execution    INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    account      TEXT    NOT NULL,
    code         TEXT    NOT NULL,
    side         TEXT    NOT NULL,
    price        INTEGER NOT NULL CHECK (price > 0),
    quantity     INTEGER NOT NULL CHECK (quantity > 0),
    fee          INTEGER NOT NULL CHECK (fee >= 0),
    tax          INTEGER NOT NULL CHECK (tax >= 0),
    at           TEXT    NOT NULL,
    self_match   INTEGER NOT NULL,
    settles      TEXT    NOT NULL,
    UNIQUE (trading_date, execution, number),
    FOREIGN KEY (trading_date, number) REFERENCES orders (trading_date, number)
) STRICT;

CREATE INDEX fills_of_account ON fills (account, trading_date);
