"""The translations: every sentence of the sources in each language, with the same holes and marks."""

import re
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import Markup

from handlers.catalogue import LANGUAGES, LOCALES, SOURCE_LANGUAGE, Catalogue, catalogue, language_of, marks
from handlers.texts import buttons as button_labels
from handlers.texts import commands
from scripts.texts import DOMAIN, extracted, updated

TRANSLATED = [language for language in LANGUAGES if language != SOURCE_LANGUAGE]


def path_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


@cache
def loaded(language: str) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language)


def forms(value: object) -> list[str]:
    """One form, or singular and plural."""
    return [str(form) for form in value] if isinstance(value, tuple | list) else [str(value)]


def pairs(language: str) -> list[tuple[str, str]]:
    """Each sentence and its translation, plural forms one by one."""
    messages = [message for message in loaded(language) if message.id]
    return [pair for m in messages for pair in zip(forms(m.id), forms(m.string), strict=True)]


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{\w*\}", text))


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?[a-z][^>]*>", text))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_sources_is_translated(language: str) -> None:
    """Run ``make texts`` when this fails: it adds new sentences and names what is left to translate."""
    template = extracted()
    assert {m.id for m in template} == {m.id for m in loaded(language)}
    assert updated(path_of(language), template)[1] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_have_the_same_placeholders_tags_and_signs(language: str) -> None:
    for source, text in pairs(language):
        assert holes(source) == holes(text), text
        assert text.count("{") == text.count("}") == len(re.findall(r"\{\w+\}", text)), text
        assert tags(source) == tags(text), text
        assert re.findall(r"[✅🔄⏭📖↩🛒⚠👍👎←→•]", source) == re.findall(r"[✅🔄⏭📖↩🛒⚠👍👎←→•]", text), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_numbers_of_helplines_and_limits_stay(language: str) -> None:
    for source, text in pairs(language):
        if not re.search(r"\d+h", source):  # hours are written in the way of the language
            assert set(re.findall(r"\d+", source)) == set(re.findall(r"\d+", text)), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_translated_labels_keep_the_rules_of_labels(language: str) -> None:
    t = loaded(language)
    for name, source in vars(button_labels).items():
        if not name.isupper() or not isinstance(source, str):
            continue
        label = str(t[source].string)
        assert len([word for word in label.split() if re.search(r"\w", word)]) <= 3, label
        assert len(re.sub(r"\{\w+\}", "", label)) <= 24, label


@pytest.mark.parametrize("language", TRANSLATED)
def test_units_follow_their_number_after_a_no_break_space(language: str) -> None:
    for _, text in pairs(language):
        assert not re.search(r"\d ?(?:kcal|kg|g|mg|ml|cm|m)\b", re.sub(r"\{\w+\}", "", text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_telegram_registers_fits_its_limits_in_each_language(language: str) -> None:
    t = catalogue(language)
    assert len(t.plain(commands.DESCRIPTION)) <= 512
    assert len(t.plain(commands.ABOUT)) <= 120
    assert all(3 <= len(t.plain(text)) <= 256 for _, text in commands.COMMANDS)


class Broken(NullTranslations):
    """What a careless translator would make."""

    def gettext(self, message: str) -> str:
        return "broken {hole}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "broken {hole}"


def test_a_translation_that_cannot_be_filled_in_is_said_in_portuguese() -> None:
    t = Catalogue("en", Broken())
    assert t("Peso: {value}", value="<1>") == Markup("Peso: &lt;1&gt;")
    assert t.plain("Peso: {value}", value=1) == "Peso: 1"
    assert t.count(marks("{n} dia", "{n} dias"), 2) == "2 dias"
    with pytest.raises(KeyError):
        catalogue()("Peso: {value}")


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("es", "es"),
        ("es-419", "es"),
        ("pt-br", "pt_BR"),
        ("pt", "pt_BR"),
        ("de", "pt_BR"),
        ("", "pt_BR"),
        (None, "pt_BR"),
    ],
)
def test_the_language_follows_that_of_telegram(code: str | None, language: str) -> None:
    assert language_of(code) == language
