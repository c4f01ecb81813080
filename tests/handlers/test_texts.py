"""The storyboard's rules, held over the whole catalogue: every sentence and every label, without exception."""

import importlib
import pkgutil
import re
from collections.abc import Callable

from handlers import texts
from handlers.catalogue import Plural, catalogue
from handlers.texts import buttons as button_labels
from handlers.texts import commands

MODULES = [importlib.import_module(f"handlers.texts.{m.name}") for m in pkgutil.iter_modules(texts.__path__)]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, Plural):
        return [value.one, value.many]
    return [text for item in value for text in _strings(item)] if isinstance(value, tuple | list) else []


SENTENCES = [
    (f"{module.__name__.rsplit('.', 1)[-1]}.{name}", text)
    for module in MODULES
    for name, value in vars(module).items()
    if name.isupper()
    for text in _strings(value)
    if not (module is commands and re.fullmatch(r"[a-z]+", text))
]
LABELS = {
    name: value for name, value in vars(button_labels).items() if name.isupper() and isinstance(value, str)
}

ALLOWED_SYMBOLS = set("−×ªº✅🔄⏭📖↩🛒🔒🔓⚠️👍👎←→•…·–\u00a0")
BANNED_WORDS = (
    r"prescri\w+",
    r"consulta\w*",
    r"tratamento",
    r"nutricionista virtual",
    r"dieta para",
    r"proibid\w+",
    r"lixo",
    r"pecado",
    r"jac[ao]\w*",
    r"merec\w+",
    r"compens\w+",
    r"parabéns",
    r"inválid\w+",
    r"erro",
    r"cardapinho",
    r"quota",
    r"bem-vind[oa]",
    r"querid[oa]",
    r"amig[oa]",
    r"usuári[oa]",
    r"cadastrad[oa]",
    r"vitória",
    r"perca \d+",
)


def bare(text: str) -> str:
    return re.sub(r"\{\w+\}|</?\w+(?: \w+)?>", "", text)


def breaking(rule: Callable[[str], object]) -> list[str]:
    """Names of the sentences for which ``rule`` finds something."""
    return [f"{name}: {text}" for name, text in SENTENCES if rule(text)]


def test_no_sentence_uses_a_banned_word() -> None:
    banned = re.compile(rf"\b(?:{'|'.join(BANNED_WORDS)})\b", re.IGNORECASE)
    assert breaking(lambda text: banned.search(bare(text))) == []


def test_only_the_listed_symbols_are_used() -> None:
    def odd(text: str) -> set[str]:
        return {
            char for char in bare(text) if ord(char) > 0x2000 or 0xA0 <= ord(char) < 0xC0
        } - ALLOWED_SYMBOLS

    assert breaking(odd) == []


def test_an_emoji_stands_beside_a_word_and_never_beside_another() -> None:
    assert breaking(lambda text: re.search(r"[✅🔄⏭📖↩🛒🔒🔓👍👎]\s*[✅🔄⏭📖↩🛒🔒🔓👍👎]", text)) == []
    assert breaking(lambda text: not re.search(r"\w", text)) == []


def test_decimals_have_commas() -> None:
    assert breaking(lambda text: re.search(r"\d\.\d(?!\d\d\b)", bare(text))) == []


def test_a_unit_follows_its_number_after_a_no_break_space() -> None:
    assert breaking(lambda text: re.search(r"\d ?(?:kcal|kg|g|mg|ml|cm|m)\b", bare(text))) == []


def test_a_message_shouts_at_most_once() -> None:
    assert breaking(lambda text: text.count("!") > 1) == []


def test_sentences_are_short() -> None:
    def longest(text: str) -> int:
        return max(len(sentence.split()) for sentence in re.split(r"[.!?:;\n]+", bare(text)))

    assert breaking(lambda text: len(text) > 800) == []
    assert breaking(lambda text: longest(text) > 24) == []


def test_html_is_well_formed() -> None:
    def unbalanced(text: str) -> bool:
        return any(
            len(re.findall(rf"<{tag}[ >]", text)) != text.count(f"</{tag}>") for tag in ("b", "blockquote")
        )

    assert breaking(unbalanced) == []
    assert breaking(lambda text: re.search(r"</?(?!b>|blockquote)[a-z]+", text)) == []


def test_placeholders_are_named_and_balanced() -> None:
    def odd(text: str) -> bool:
        return not text.count("{") == text.count("}") == len(re.findall(r"\{\w+\}", text))

    assert breaking(odd) == []


def test_a_label_has_at_most_three_words_and_24_characters() -> None:
    for name, label in LABELS.items():
        assert len([word for word in label.split() if re.search(r"\w", word)]) <= 3, name
        assert len(re.sub(r"\{\w+\}", "", label)) <= 24, name
        assert "<" not in label, name


def test_guardrails_use_no_emoji() -> None:
    from handlers.texts import guardrails

    for name, value in vars(guardrails).items():
        if name.isupper() and isinstance(value, str):
            assert not re.search(r"[✅🔄⏭📖↩🛒⚠]", value), name


def test_what_telegram_registers_fits_its_limits() -> None:
    assert len(commands.DESCRIPTION) <= 512
    assert len(commands.ABOUT) <= 120
    for name, text in commands.COMMANDS:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 3 <= len(text) <= 256


def test_sentences_are_their_own_translation_in_the_source_language() -> None:
    t = catalogue()
    assert t.plain(commands.ABOUT) == commands.ABOUT
