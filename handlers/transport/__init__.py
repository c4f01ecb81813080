"""Telegram in, Telegram out: the only part of the handlers that knows storage.

Updates: ``poll`` (network → inbox) → ``worker`` (one chat in order, all chats at once) → ``turn`` (one transaction).
Replies: outbox rows → ``pump`` → ``screens`` (rendered when sent) → ``sender`` behind the ``limiter``.
"""
