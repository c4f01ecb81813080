"""How much one person may ask for in a day, so that nobody takes the machine away from the others.

Far above what people do: a person who sees the limit is a script, or a phone in a child's hands. Uploads have theirs in
``menus.uploads``, what waits unread in a chat in ``storage.inbox``, requests to Gemini in ``rag.ledger``.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from menus import questions, service
from storage import jobs
from storage.driver import Connection

DAY = timedelta(days=1)
MOST_A_DAY: Mapping[str, int] = {service.KIND: 20, questions.KIND: 100}
"""Kind of job → how many in any 24 hours."""


async def used_up(conn: Connection, person_id: int, kind: str, now: datetime) -> bool:
    """Whether the person asked for as many jobs of ``kind`` as a day holds, and none of them is still being done."""
    if await jobs.open_job(conn, person_id, kind) is not None:
        return False
    return await jobs.made_since(conn, person_id, kind, now - DAY) >= MOST_A_DAY[kind]
