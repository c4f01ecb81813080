-- Who eats with the person, and how much beside them. Who is not here eats the same portion.

CREATE TABLE eaters (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    place INTEGER NOT NULL CHECK (place >= 2),            -- at the table; the first place is the person's own
    share REAL NOT NULL CHECK (share > 0 AND share <= 3), -- of the person's portion
    PRIMARY KEY (person_id, place)
) STRICT, WITHOUT ROWID;
