-- Weights that people measured, new energy targets that were proposed from their trend, what was learned of their tastes,
-- and the weekly summary among the reminders.

CREATE TABLE weights (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- another each time, so that an undo takes back just one entry
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    kg REAL NOT NULL,
    replaced_kg REAL,                       -- what stood on that date before
    profile_kg REAL,                        -- the weight of the profile before, where this one took its place
    created_at INTEGER NOT NULL,
    UNIQUE (person_id, local_date)
) STRICT;

CREATE TABLE energy_offers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    offered_on TEXT NOT NULL,               -- local date
    answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'usar', 'manter', 'desfeita', 'vencida')),
    answered_on TEXT,
    why TEXT NOT NULL,
    kcal_before REAL NOT NULL,
    kcal_after REAL NOT NULL,
    weight_before REAL NOT NULL,
    weight_after REAL NOT NULL,
    correction_before REAL NOT NULL,
    correction_after REAL NOT NULL          -- in force while its row is the newest with 'usar'
) STRICT;
CREATE INDEX energy_offers_of_person ON energy_offers (person_id, id);

CREATE TABLE tastes (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    dish_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('gostei', 'nao_gostei', 'troca', 'pulei')),
    ref TEXT NOT NULL,                      -- the change or the day it was learned from; '' for an opinion
    name TEXT NOT NULL,
    noted_on TEXT NOT NULL,                 -- local date
    PRIMARY KEY (person_id, dish_id, kind, ref)
) STRICT, WITHOUT ROWID;

ALTER TABLE reminder_choices ADD COLUMN summary_day INTEGER NOT NULL DEFAULT 6 CHECK (summary_day BETWEEN 0 AND 6);
-- Those who get the menu of the day get the summary too. Long past due: the first tick works out when it comes next.
INSERT INTO reminders (person_id, kind, hour, next_due_at)
    SELECT person_id, 'resumo', '19:00', 0 FROM reminders WHERE kind = 'dia' AND next_due_at IS NOT NULL;
