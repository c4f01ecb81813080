-- What was asked of Gemini, by day, person and kind: the daily budgets and /uso read it.
-- person_id 0 stands for nobody: start-up checks, and people who were erased (their counts stay, without them).
CREATE TABLE gemini_usage (
    day TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    requests INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    tokens_in INTEGER NOT NULL DEFAULT 0,
    tokens_out INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, person_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER gemini_usage_forget AFTER DELETE ON people BEGIN
    INSERT INTO gemini_usage (day, person_id, kind, requests, failures, tokens_in, tokens_out)
        SELECT day, 0, kind, requests, failures, tokens_in, tokens_out FROM gemini_usage WHERE person_id = old.id
        ON CONFLICT (day, person_id, kind) DO UPDATE SET
            requests = requests + excluded.requests, failures = failures + excluded.failures,
            tokens_in = tokens_in + excluded.tokens_in, tokens_out = tokens_out + excluded.tokens_out;
    DELETE FROM gemini_usage WHERE person_id = old.id;
END;
