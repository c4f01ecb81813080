"""Every screen that a handler names exists, and every button leads to a handler that takes its arguments."""

import ast
from pathlib import Path

import handlers.screens  # noqa: F401 (registers the screens)
from handlers import routing
from handlers.transport.screens import screens
from menus.reminder_tick import EVE_SCREEN, MEAL_SCREEN, SCREEN, STOPPED_SCREEN, WEEK_SCREEN

HANDLERS = Path(routing.__file__).parent
SENDING = {"send", "edit", "toast", "shrink"}


def _sources() -> list[Path]:
    return [path for path in HANDLERS.rglob("*.py") if "transport" not in path.parts]


def _screens_named() -> set[str]:
    named: set[str] = set()
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in SENDING
            ):
                strings = [
                    n.value for arg in node.args[:1] for n in ast.walk(arg) if isinstance(n, ast.Constant)
                ]
                named |= {text for text in strings if isinstance(text, str) and text}
    return named


def _verbs_in_buttons() -> set[tuple[str, int]]:
    verbs: set[tuple[str, int]] = set()
    for path in (HANDLERS / "screens").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button":
                data = node.args[1] if len(node.args) > 1 else None
                parts = data.values if isinstance(data, ast.JoinedStr) else [data]
                text = "".join(
                    str(p.value) if isinstance(p, ast.Constant) else "x" for p in parts if p is not None
                )
                if text:
                    verbs.add((text.split(":")[0], text.count(":")))
    return verbs


def test_every_screen_that_is_sent_exists() -> None:
    assert _screens_named() - screens.names() == set()


def test_what_the_bot_sends_on_its_own_exists() -> None:
    assert {SCREEN, EVE_SCREEN, MEAL_SCREEN, WEEK_SCREEN, STOPPED_SCREEN} <= screens.names()
    assert {"progresso", "semana_pronta", "semana_falhou", "dia", "error"} <= screens.names()


def test_every_button_leads_to_a_handler() -> None:
    by_count = (routing.TAPS, routing.TAPS_1, routing.TAPS_2, routing.TAPS_3)
    missing = {(verb, n) for verb, n in _verbs_in_buttons() if verb not in by_count[n]}
    assert missing == set()
