-- What one line of the journal should read as: zlib's crc32 over its columns (storage.checks). NULL: written before.
ALTER TABLE entries ADD COLUMN crc INTEGER;

-- What the account looked like when it was last read: for a window that may only look on. One row per kind.
CREATE TABLE last_known (
    connection TEXT NOT NULL,
    kind       TEXT NOT NULL,
    at         TEXT NOT NULL,  -- market time, ISO 8601 with zone
    body       TEXT NOT NULL,  -- JSON
    PRIMARY KEY (connection, kind)
) STRICT, WITHOUT ROWID;

-- Every time this file had to be made anew: from which backup, and where the damaged one was put.
CREATE TABLE rebuilds (
    at        TEXT PRIMARY KEY,  -- market time, ISO 8601 with zone
    backup_at TEXT,              -- when the backup was made; NULL: there was none
    told      TEXT NOT NULL      -- JSON object of the message's values
) STRICT, WITHOUT ROWID;
