-- Numbers and reminders that a weight stopped, which may have been mistyped: how they were, to come back after the right one.

ALTER TABLE display_choices ADD COLUMN held_since INTEGER;     -- NULL: nothing waits to come back
ALTER TABLE display_choices ADD COLUMN held_hidden INTEGER;    -- whether numbers were hidden before
ALTER TABLE display_choices ADD COLUMN held_revision INTEGER;  -- of the change that turned reminders off; NULL: none were on
