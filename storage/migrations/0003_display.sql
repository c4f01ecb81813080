-- How a person wants to be shown things: kcal, macros and weight can be left out everywhere.
CREATE TABLE display_choices (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    numbers_hidden INTEGER NOT NULL DEFAULT 0 CHECK (numbers_hidden IN (0, 1))
) STRICT;
