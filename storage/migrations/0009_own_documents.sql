-- Documents that people send in the chat: what is known of each beside its chunks, and the settings taken from one.

-- Files queue: each is a job of its own, while of other kinds a person has at most one open.
DROP INDEX one_open_job;
CREATE UNIQUE INDEX one_open_job ON jobs (person_id, kind)
    WHERE state IN ('open', 'running') AND kind <> 'documento';

CREATE TABLE own_documents (
    document_id INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    pages INTEGER,                        -- NULL: it has no pages
    plan TEXT NOT NULL,                   -- JSON object: the settings it asks for, and its dishes
    received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX own_documents_of_person ON own_documents (person_id);

-- The settings of a document that a person said yes to: what was before, to undo it.
CREATE TABLE plan_uses (
    person_id INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    document_id INTEGER NOT NULL,
    before TEXT NOT NULL,                 -- JSON object
    after TEXT NOT NULL,                  -- JSON object
    used_at INTEGER NOT NULL
) STRICT;

ALTER TABLE profiles ADD COLUMN wanted_energy_kcal REAL;
ALTER TABLE profiles ADD COLUMN wanted_protein_g REAL;
