-- People and what they told, their menus, the work in progress, and the two queues between Telegram and the bot.
-- Instants are milliseconds since 1970 (UTC); local dates are ISO text.

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL UNIQUE,
    language TEXT NOT NULL DEFAULT 'pt_BR',
    time_zone TEXT NOT NULL DEFAULT 'America/Sao_Paulo',
    consent_version TEXT,                 -- which text was agreed to; NULL: nothing but chat and step is kept
    consent_at INTEGER,
    gemini_consent INTEGER CHECK (gemini_consent IN (0, 1)),  -- NULL: never asked
    blocked_at INTEGER,
    created_at INTEGER,                   -- from consent on
    last_seen_at INTEGER,                 -- from consent on, to the hour
    CHECK ((consent_version IS NULL) = (consent_at IS NULL))
) STRICT;

CREATE TABLE profiles (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    sex TEXT NOT NULL,
    age INTEGER NOT NULL,
    height_cm REAL NOT NULL,
    weight_kg REAL NOT NULL,
    activity TEXT NOT NULL,
    goal TEXT NOT NULL,
    meals_per_day INTEGER NOT NULL,
    conditions TEXT NOT NULL,             -- JSON array of text
    request TEXT NOT NULL,
    target_weight_kg REAL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE restrictions (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    strength TEXT NOT NULL,
    said TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (person_id, code)
) STRICT;

CREATE TABLE conversations (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    data TEXT NOT NULL,                   -- JSON object: answers until they are confirmed
    question_message_id INTEGER           -- the open question, to shrink when it is answered
) STRICT;

CREATE TABLE weeks (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    start TEXT NOT NULL,
    writer TEXT NOT NULL,
    seed INTEGER NOT NULL,
    unmet TEXT NOT NULL,                  -- JSON
    notes TEXT NOT NULL,                  -- JSON array of codes
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX weeks_of_person ON weeks (person_id, id);

CREATE TABLE week_days (
    id INTEGER PRIMARY KEY,
    week_id INTEGER NOT NULL REFERENCES weeks (id) ON DELETE CASCADE,
    date TEXT NOT NULL,
    UNIQUE (week_id, date)
) STRICT;

CREATE TABLE meals (
    id INTEGER PRIMARY KEY,
    day_id INTEGER NOT NULL REFERENCES week_days (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    slot TEXT NOT NULL,
    name TEXT NOT NULL,
    dishes TEXT NOT NULL,                 -- JSON array of planned dishes
    UNIQUE (day_id, slot)
) STRICT;

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,                -- JSON object
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'running', 'done', 'failed', 'cancelled')),
    attempts INTEGER NOT NULL DEFAULT 0,
    done_units INTEGER NOT NULL DEFAULT 0,
    total_units INTEGER NOT NULL DEFAULT 0,
    message_id INTEGER,                   -- the progress message, once it was sent
    error TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_open_job ON jobs (person_id, kind) WHERE state IN ('open', 'running');
CREATE INDEX waiting_jobs ON jobs (state, id) WHERE state IN ('open', 'running');
CREATE INDEX jobs_of_person ON jobs (person_id, kind, id);

-- Every update Telegram was told we have. Once processed only its id stays.
CREATE TABLE inbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival: update ids may restart after a silent week
    update_id INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'failed', 'dropped')),
    chat_id INTEGER,
    body TEXT,                            -- the raw update, JSON
    begun INTEGER NOT NULL DEFAULT 0,     -- times it was begun again after a stop
    error_code TEXT,
    CHECK (state = 'pending' OR (chat_id IS NULL AND body IS NULL))
) STRICT;
CREATE INDEX inbox_pending ON inbox (chat_id, seq) WHERE state = 'pending';

-- Every message the bot owes. A row says what to show, not how; it is rendered when it is sent.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    person_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
    screen TEXT NOT NULL,
    args TEXT,                            -- JSON object; dropped when the row is settled
    mode TEXT NOT NULL CHECK (mode IN ('send', 'edit', 'shrink', 'toast')),
    target_message_id INTEGER,            -- the message to edit
    slot TEXT,                            -- or where its id is remembered: 'question', 'job:<id>'
    callback_query_id TEXT,               -- what a toast answers
    priority INTEGER NOT NULL,            -- -1 toast, 0 answer, 1 what the bot says on its own
    dedupe_key TEXT,
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'failed', 'dropped')),
    revision INTEGER NOT NULL DEFAULT 0,  -- bumped when a pending row is replaced
    attempts INTEGER NOT NULL DEFAULT 0,
    parts_done INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    expires_at INTEGER,                   -- later it is no longer of use, and dropped
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    outcome TEXT,
    CHECK (state = 'pending' OR args IS NULL)
) STRICT;
CREATE INDEX outbox_pending ON outbox (chat_id, priority, id) WHERE state = 'pending';
CREATE INDEX outbox_of_person ON outbox (person_id);
CREATE INDEX outbox_settled ON outbox (settled_at) WHERE state <> 'pending';
CREATE UNIQUE INDEX outbox_dedupe ON outbox (dedupe_key) WHERE state = 'pending' AND dedupe_key IS NOT NULL;

CREATE TABLE reminders (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    hour TEXT,                            -- local 'HH:MM'; NULL: off
    next_due_at INTEGER
) STRICT;
CREATE INDEX reminders_due ON reminders (next_due_at) WHERE next_due_at IS NOT NULL;

CREATE TABLE reminder_log (
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    local_date TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('queued', 'late', 'skipped')),
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, local_date)
) STRICT, WITHOUT ROWID;
