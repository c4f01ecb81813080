"""All screens. Importing this package registers them."""

from handlers.screens import (
    consent,
    day,
    guardrails,
    onboarding,
    profile,
    progress,
    recipes,
    reminders,
    restrictions,
    simple,
    sources,
    summary,
    week,
)

__all__ = [
    "consent",
    "day",
    "guardrails",
    "onboarding",
    "profile",
    "progress",
    "recipes",
    "reminders",
    "restrictions",
    "simple",
    "sources",
    "summary",
    "week",
]
