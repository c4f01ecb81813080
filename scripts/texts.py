"""Bring the translations up to date with the sentences of the sources: ``make texts``.

New sentences are added without a translation, those that are gone are taken out, and what is left to translate is
named; the exit code is 1 when there is any. Sentences that are only placeholders and marks are their own translation.
"""

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TEXTS = ROOT / "handlers" / "texts"
LOCALES = ROOT / "handlers" / "locales"
DOMAIN = "cardapio"
KEYWORDS = {"_": None, "mark": None, "n_": (1, 2), "marks": (1, 2)}
HEADER = "# Cardápio. Sentences are in handlers/texts; run `make texts` after changing them."


def extracted() -> Catalog:
    """All sentences of the sources."""
    found = Catalog(project="cardapio", fuzzy=False)
    for name, _line, message, _comments, context in sorted(
        extract_from_dir(TEXTS, method_map=[("**.py", "python")], keywords=KEYWORDS), key=lambda row: row[:2]
    ):
        found.add(message, locations=[(f"handlers/texts/{name}", 0)], context=context)
    return found


def is_bare(message: str) -> bool:
    """Whether there is nothing to translate: placeholders, tags and signs only."""
    return not re.search(r"[^\W\d_]", re.sub(r"\{\w+\}|</?[\w ]+>", "", message))


def updated(path: Path, template: Catalog) -> tuple[Catalog, list[str]]:
    """The catalogue at ``path`` with exactly the sentences of ``template``, and those without a translation."""
    language = path.parent.parent.name
    known = Catalog(locale=language)
    if path.exists():
        with path.open("rb") as file:
            known = read_po(file, locale=language)
    result = Catalog(locale=language, project="cardapio", header_comment=HEADER, fuzzy=False)
    left = []
    for message in template:
        if not message.id:
            continue
        before = known.get(message.id) if message.id in known else None
        text = before.string if before is not None else ""
        if isinstance(message.id, str) and is_bare(message.id):
            text = message.id
        if not (all(text) if isinstance(text, tuple) else text):
            left.append(message.id if isinstance(message.id, str) else message.id[0])
        result.add(message.id, text or None, locations=message.locations)
    return result, left


def write(path: Path, catalog: Catalog) -> None:
    """Write ``catalog``, without dates: the same sentences make the same file."""
    out = BytesIO()
    write_po(out, catalog, width=110, include_lineno=False)
    dated = re.compile(rb'^"(?:POT-Creation|PO-Revision)-Date:[^\n]*\n', re.MULTILINE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(dated.sub(b"", out.getvalue()))


def main() -> int:
    """Update each language; returns 1 when something is left to translate."""
    template, missing = extracted(), 0
    for folder in sorted(LOCALES.iterdir()):
        path = folder / "LC_MESSAGES" / f"{DOMAIN}.po"
        catalog, left = updated(path, template)
        write(path, catalog)
        print(f"{folder.name}: {len(catalog)} sentences, {len(left)} to translate")
        for message in left:
            print(f"  {message!r}")
        missing += len(left)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
