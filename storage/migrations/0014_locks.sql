-- Meals that stay as they are while the rest of their week is changed, and changes that wait for a yes.

ALTER TABLE meals ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE change_orders ADD COLUMN held INTEGER NOT NULL DEFAULT 0;  -- 1: asked about, done only after a yes
