"""Every screen that a handler names exists, and every button leads to a handler that takes its arguments."""

import ast
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import handlers.screens  # noqa: F401 (registers the screens)
from handlers import routing
from handlers.transport.screens import screens
from menus.reminder_tick import EVE_SCREEN, MEAL_SCREEN, SCREEN, STOPPED_SCREEN, WEEK_SCREEN

HANDLERS = Path(routing.__file__).parent
Module = dict[str, Any]
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


def _verbs_in_buttons() -> tuple[set[tuple[str, int]], set[str]]:
    """Verbs with the number of their arguments (-1: any), and the files with a button whose data is not written there."""
    verbs: set[tuple[str, int]] = set()
    unread: set[str] = set()
    for path in sorted((HANDLERS / "screens").glob("*.py")):
        module = vars(import_module(f"handlers.screens.{path.stem}"))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for scope in [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]:
            for data in _data_of_buttons(scope):
                found = _verbs_of(data, scope, module)
                verbs |= found
                if not found:
                    unread.add(path.stem)
    return verbs, unread


def _data_of_buttons(scope: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Button":
            yield from node.args[1:2] or [word.value for word in node.keywords if word.arg == "data"]


def _verbs_of(data: ast.expr, scope: ast.AST, module: Module) -> set[tuple[str, int]]:
    if isinstance(data, ast.Call) and ast.unparse(data.func) == "':'.join":
        first = next(node for node in ast.walk(data.args[0]) if isinstance(node, ast.Tuple)).elts[0]
        return {(verb, -1) for verb in _written(first, scope, module)}
    return {(text.split(":")[0], text.count(":")) for text in _written(data, scope, module)}


def _written(data: ast.expr, scope: ast.AST, module: Module) -> set[str]:
    """What an expression may say, its arguments as "x"; nothing for what only the caller knows."""
    if isinstance(data, ast.Constant):
        return {str(data.value)}
    if isinstance(data, ast.IfExp):
        return _written(data.body, scope, module) | _written(data.orelse, scope, module)
    if isinstance(data, ast.JoinedStr):
        parts = [
            _written(part, scope, module)
            if n == 0 or isinstance(part, ast.Constant)
            else {"x"}  # an argument
            for n, part in enumerate(data.values)
        ]
        return {"".join(said) for said in product(*parts)}
    if isinstance(data, ast.FormattedValue):
        return _written(data.value, scope, module)
    if isinstance(data, ast.Name) and isinstance(module.get(data.id), str):
        return {str(module[data.id])}
    if isinstance(data, ast.Name):
        given = [value for node in ast.walk(scope) for value in _assigned(node, data.id)]
        return set().union(*(_written(value, scope, module) for value in given))
    return set()


def _assigned(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """What ``node`` gives to ``name``, also as one of several names."""
    if not isinstance(node, ast.Assign):
        return
    values = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
    for target in node.targets:
        if isinstance(target, ast.Name) and target.id == name:
            yield node.value
        elif isinstance(target, ast.Tuple):
            for n, each in enumerate(target.elts):
                if isinstance(each, ast.Name) and each.id == name:
                    yield from (value.elts[n] for value in values if isinstance(value, ast.Tuple))


def test_every_screen_that_is_sent_exists() -> None:
    assert _screens_named() - screens.names() == set()


def test_what_the_bot_sends_on_its_own_exists() -> None:
    assert {SCREEN, EVE_SCREEN, MEAL_SCREEN, WEEK_SCREEN, STOPPED_SCREEN} <= screens.names()
    assert {"progresso", "semana_pronta", "semana_falhou", "dia", "error"} <= screens.names()


def test_every_button_leads_to_a_handler() -> None:
    by_count = (routing.TAPS, routing.TAPS_1, routing.TAPS_2, routing.TAPS_3)
    verbs, unread = _verbs_in_buttons()
    every = {verb for table in by_count for verb in table}
    missing = {(verb, n) for verb, n in verbs if verb not in (every if n < 0 else by_count[n])}
    assert missing == set()
    assert {("destrava", 2), ("receita_minha", 2), ("aceito", 2), ("compras", -1), ("pq", -1)} <= verbs
    assert unread == set()
