"""Telegram in, Telegram out: reads an update, calls one use case, says which screen to show."""
