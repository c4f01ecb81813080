"""What a button of ours may carry. Whoever writes their own Telegram client may send any data in their own chat."""

MOST_BYTES = 64
MOST_DIGITS = 15
"""The ids of rows that numbers stand for have fewer."""

NOT_OURS = [""]


def parts_of(data: str) -> list[str]:
    """The verb and arguments of a tap; ``NOT_OURS`` for more than a button may carry, and for numbers that no row has."""
    parts = data.split(":")
    ours = len(data.encode()) <= MOST_BYTES
    return (
        parts
        if ours and not any(len(part) > MOST_DIGITS and part.isdecimal() for part in parts)
        else NOT_OURS
    )
