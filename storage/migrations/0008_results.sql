-- Priority 1 is now the progress and result of work (a week being made); what the bot says on its own is 2.
UPDATE outbox SET priority = 2 WHERE priority = 1;
