-- Since when somebody has the present goal and estimate of energy: a pace from before it says nothing about them.

ALTER TABLE profiles ADD COLUMN aims_since INTEGER;  -- NULL: since the profile was first kept
UPDATE profiles SET aims_since = updated_at;         -- of the time before this column, the latest it may have been
