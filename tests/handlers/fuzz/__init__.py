"""Fuzzed updates: what Telegram could send, what it never would, and forged taps, with the rules that all must hold."""
