-- People who are silent for long are told, and then erased.

ALTER TABLE people ADD COLUMN farewell_at INTEGER;  -- when they were told; void once they were seen after it
CREATE INDEX people_last_seen ON people (last_seen_at) WHERE last_seen_at IS NOT NULL;
