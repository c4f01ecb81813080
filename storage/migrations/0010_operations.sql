-- What the operators were told, so that a kind of alert comes at most once an hour, also over restarts.
CREATE TABLE alerts (
    kind TEXT PRIMARY KEY,
    told_at INTEGER NOT NULL,
    times INTEGER NOT NULL                -- in a row: each further one waits longer
) STRICT, WITHOUT ROWID;

-- One row, written to see whether the database can be written.
CREATE TABLE heartbeat (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at INTEGER NOT NULL
) STRICT;
