-- Reminders of several kinds, days, pauses, and what people answered. One row a person and kind, each with its own due time.

DROP INDEX reminders_due;
ALTER TABLE reminders RENAME TO reminders_before;
CREATE TABLE reminders (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,                   -- 'dia', 'vespera', 'semana', or the slot of a meal
    hour TEXT NOT NULL,                   -- local 'HH:MM'
    next_due_at INTEGER,                  -- NULL: blocked, or silent until the person writes
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO reminders (person_id, kind, hour, next_due_at)
    SELECT person_id, 'dia', hour, next_due_at FROM reminders_before WHERE hour IS NOT NULL;
CREATE INDEX reminders_due ON reminders (next_due_at) WHERE next_due_at IS NOT NULL;

-- What holds for all reminders of a person.
CREATE TABLE reminder_choices (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    days INTEGER NOT NULL DEFAULT 127 CHECK (days BETWEEN 1 AND 127),   -- bit 0 is Monday
    week_day INTEGER NOT NULL DEFAULT 6 CHECK (week_day BETWEEN 0 AND 6),
    resumes_on TEXT,                      -- paused: the local date from which reminders come again
    silent_days INTEGER NOT NULL DEFAULT 0,   -- local dates with a reminder since the person was heard of
    last_date TEXT,                       -- the last of them
    asleep INTEGER NOT NULL DEFAULT 0 CHECK (asleep IN (0, 1)),   -- stopped after silence, until the person writes
    revision INTEGER NOT NULL DEFAULT 0,
    before TEXT                           -- JSON object: the choices before the last change, to undo it
) STRICT;
INSERT INTO reminder_choices (person_id) SELECT person_id FROM reminders_before;
DROP TABLE reminders_before;

ALTER TABLE reminder_log RENAME TO reminder_log_before;
CREATE TABLE reminder_log (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('queued', 'late', 'skipped', 'answered', 'stopped')),
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, local_date, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO reminder_log (person_id, local_date, kind, outcome, decided_at)
    SELECT person_id, local_date, 'dia', outcome, decided_at FROM reminder_log_before;
DROP TABLE reminder_log_before;

CREATE TABLE day_answers (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,             -- the day of the menu
    answer TEXT NOT NULL CHECK (answer IN ('feito', 'pulei')),
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, local_date)
) STRICT, WITHOUT ROWID;
