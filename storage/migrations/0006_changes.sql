-- What people ask to have changed in their menu, until it is done; what was changed, to undo it; what they keep.

CREATE TABLE change_orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    body TEXT NOT NULL,                   -- JSON object
    attempts INTEGER NOT NULL DEFAULT 0,  -- times it was begun
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX change_orders_of_person ON change_orders (person_id, id);

CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    week_id INTEGER REFERENCES weeks (id) ON DELETE CASCADE,  -- NULL: no menu was changed
    what TEXT NOT NULL,                   -- JSON object: what was understood and done
    before TEXT NOT NULL,                 -- JSON array: the changed days as they were
    after TEXT NOT NULL,                  -- JSON array: the same days as they became
    undone_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX changes_of_person ON changes (person_id, id);

CREATE TABLE kept_meals (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    date TEXT NOT NULL,                   -- the local date on which it stood when it was kept
    slot TEXT NOT NULL,
    meal TEXT NOT NULL,                   -- JSON
    PRIMARY KEY (person_id, date, slot)
) STRICT, WITHOUT ROWID;
