"""/exportar: what is kept, as two files that are made when they are sent."""

import asyncio
import json

from handlers.files.data_text import data_text
from handlers.keyboards import places
from handlers.screens.shown import local_date
from handlers.screens.summary import answer_lines
from handlers.texts import export as x
from handlers.transport.screens import Attachment, Screen, View, screen
from menus import people
from menus.export import Export, gather


@screen("exportar")
async def exported(view: View, *, form: str) -> Screen:
    """``form`` is "texto" or "json"."""
    t, person = view.t, view.person
    if person is None or not person.consented:
        return Screen(t(x.NOTHING), places(t, ("comecar",)))
    services = view.services
    found = await gather(view.conn, person, services.menus, services.table, view.now, find=services.find_dish)
    day = local_date(view).isoformat()
    if form == "json":
        content = await asyncio.to_thread(_json, found)
        return Screen(t(x.FOR_PROGRAMS), document=Attachment(t.plain(x.JSON_FILE, day=day), content))
    answers = await people.answers_of(view.conn, person.id)
    lines = [str(line.striptags()) for line in answer_lines(view, answers)] if answers else []
    content = await asyncio.to_thread(data_text, found, lines, person.time_zone, t)
    return Screen(t(x.READABLE), document=Attachment(t.plain(x.TEXT_FILE, day=day), content))


def _json(found: Export) -> bytes:
    return json.dumps(found.as_json(), ensure_ascii=False, indent=1).encode()
