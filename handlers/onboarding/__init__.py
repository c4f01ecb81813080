"""The first conversation: consent, eleven questions as a table, and a summary to confirm or correct."""
