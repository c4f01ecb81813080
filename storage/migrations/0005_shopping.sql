-- What people said about their shopping lists. The lists themselves are made from the menu whenever they are shown.

CREATE TABLE households (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    people REAL NOT NULL CHECK (people > 0)   -- for how many the list is; 1.5: one more who eats half
) STRICT;

CREATE TABLE shopping_marks (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    week TEXT NOT NULL,                       -- the local date on which the week starts
    item TEXT NOT NULL,                       -- an id of the market's data
    mark TEXT NOT NULL CHECK (mark IN ('bought', 'home')),
    units INTEGER NOT NULL CHECK (units > 0), -- bought: units in the cart, so that a menu that needs more says so
    PRIMARY KEY (person_id, week, item, mark)
) STRICT, WITHOUT ROWID;

CREATE TABLE shopping_days_off (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    week TEXT NOT NULL,
    date TEXT NOT NULL,                       -- a day of that week which is not shopped for
    PRIMARY KEY (person_id, week, date)
) STRICT, WITHOUT ROWID;
