"""The questions of the onboarding, one message each, and what becomes of them once answered."""

import re
from typing import Any

from markupsafe import Markup

from handlers.catalogue import Catalogue, capitalised, joined, paragraphs
from handlers.keyboards import Rows, place
from handlers.onboarding import wording
from handlers.onboarding.marks import HEALTH, RESTRICTIONS, marked
from handlers.onboarding.steps import BY_ID, NOTHING, OTHER, TOTAL_STEPS, Kind, Option, Step
from handlers.restriction_words import is_among_foods, named
from handlers.screens import reminder_words
from handlers.texts import buttons as b
from handlers.texts import onboarding as s
from handlers.transport.screens import Button, Screen, View, screen
from menus import people
from menus.answers import Answers, Mode, Talk
from nutrition.person import Strength

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")

PROBLEMS: dict[str, str] = {
    "age": s.BAD_AGE,
    "height": s.BAD_HEIGHT,
    "weight": s.BAD_WEIGHT,
    "target": s.BAD_WEIGHT,
    "meals": s.BAD_MEALS,
    "reminder": s.BAD_HOUR,
    "age_range": s.OUT_OF_AGE,
    "height_range": s.OUT_OF_HEIGHT,
    "weight_range": s.OUT_OF_WEIGHT,
    "target_not_below": s.TARGET_NOT_BELOW,
    "target_not_above": s.TARGET_NOT_ABOVE,
    "choice": s.CHOOSE,
}
"""Why an answer was not taken: the sentence of each code."""


NONE_WORDS: dict[str, str] = {"target": s.NO_TARGET_ANSWER}
"""How "none" is said under a question whose button has a verb ("Pular"); elsewhere as the button says it."""


@screen("pergunta")
async def question(view: View, *, step: str, note: dict[str, Any] | None = None) -> Screen:
    """Ask ``step``; ``note`` says what was just noted from free text."""
    t, asked = view.t, BY_ID[step]
    talk = await _talk(view)
    shown = asked.kind is not Kind.MANY and wording.is_answered(asked, talk.answers)
    kept = wording.answer(t, view.services.table, asked, talk.answers) if shown else ""
    body = joined(
        [
            t("<b>{title}</b>", title=t(asked.title)),
            t(s.KEPT_ANSWER, answer=kept) if kept else (t(asked.help) if asked.help else ""),
            t(s.STEP, number=asked.number, total=TOTAL_STEPS) if talk.mode is Mode.FIRST else "",
        ]
    )
    rows = _rows(t, asked, talk, kept)
    before = noted(view, note) if note else _noted_before(view, asked, talk.answers)
    return Screen(paragraphs([before, body]), rows, remember="question")


@screen("anotado_no_meio")
async def noted_beside(view: View, *, codes: list[str]) -> Screen:
    """One line about what was told to be excluded while another question is open."""
    t = view.t
    held = await people.restrictions_of(view.conn, view.person.id) if view.person else ()
    items = [item for item in held if item.code in codes]
    allergy = any(item.strength is Strength.ALERGIA for item in items)
    named_ = t.listing([named(item, view.services.table) for item in items])
    return Screen(t(s.NOTED_ALLERGY_BESIDE if allergy else s.NOTED_BESIDE, items=named_))


@screen("respondida")
async def answered(view: View, *, step: str, answers: dict[str, Any]) -> Screen:
    """One line without buttons: the question and its answer."""
    t, asked = view.t, BY_ID[step]
    told = Answers.from_json(answers)
    none = asked.skip and getattr(told, asked.field) in ((), "", 0.0)
    words = (
        t.plain(NONE_WORDS.get(step, asked.skip))
        if none
        else wording.answer(t, view.services.table, asked, told)
    )
    return Screen(t(s.ANSWERED, title=t(asked.title), answer=capitalised(words)))


@screen("recusada")
async def refused(view: View, *, step: str, problem: str, said: str) -> Screen:
    """The answer was not understood: why, with an example, and the same ways out as the question."""
    t, asked = view.t, BY_ID[step]
    talk = await _talk(view)
    example = t.plain(asked.options[0].label) if asked.options else ""
    weight = t.kg(talk.answers.weight_kg or 0)
    text = t(PROBLEMS[problem], said=said[:40], example=example, weight=weight)
    return Screen(text, _rows(t, asked, talk, ""), remember="question")


@screen("terceira")
async def third_try(view: View, *, step: str) -> Screen:
    """A third bad answer: offer to leave it for later."""
    t = view.t
    buttons = (
        (Button(t.plain(b.TRY_AGAIN), f"repete:{step}"),),
        (Button(t.plain(b.LATER), "depois"),),
    )
    return Screen(t(s.THIRD_TRY), buttons, remember="question")


@screen("oferecida")
async def offered(view: View, *, step: str, said: str, values: list[float | str]) -> Screen:
    """A reading that may be wrong: show it and let the person confirm it or correct."""
    t = view.t
    words = [_value(t, step, value) for value in values]
    buttons = [
        Button(_offer_label(t, step, word), f"aceito:{step}:{str(value).replace(':', '')}")
        for word, value in zip(words, values, strict=True)
    ]
    fix = Button(t.plain(b.FIX), f"repete:{step}")
    if step == "reminder" and len(values) > 1:
        question, rows = reminder_words.asked(t, [str(value) for value in values], buttons)
        return Screen(question, (*rows, (fix,)), remember="question")
    if len(values) > 1:
        text = t(s.WHICH_VALUE, said=said[:40])
    else:
        comma = _lost_comma(step, said, values[0])
        text = t(s.MISSING_COMMA if comma else s.CONFIRM_VALUE, said=comma or said[:40], value=words[0])
    return Screen(text, (*((button,) for button in buttons), (fix,)), remember="question")


@screen("parada")
async def paused(view: View, *, step: str) -> Screen:
    """/start in the middle: offer to go on."""
    t = view.t
    text = t(s.PAUSED_AT, title=t(BY_ID[step].title)) if step in BY_ID else t(s.PAUSED_AT_SUMMARY)
    return Screen(text, ((place(view.t, "continuar"),), (place(view.t, "recomecar"),)))


@screen("escreva_outra")
async def write_other(view: View) -> Screen:
    """[Outra] in the health question: ask for words."""
    back = Button(view.t.plain(b.BACK), "repete:health")
    return Screen(view.t(s.WRITE_OTHER), ((back,),), remember="question")


def noted(view: View, note: dict[str, Any]) -> Markup:
    """What free text added: ``items`` restrictions or situations, ``words`` kept literally, ``allowed`` foods."""
    t = view.t
    return joined(
        [
            t(s.NOTED, items=t.listing(note["items"])) if note.get("items") else "",
            t(s.NOTED_HEALTH, items=wording.conditions(t, note["conditions"]))
            if note.get("conditions")
            else "",
            *(_kept_literally(view, words) for words in note.get("words", ())),
            t(s.STILL_EATS, items=t.listing(note["allowed"])) if note.get("allowed") else "",
        ]
    )


def _kept_literally(view: View, words: str) -> Markup:
    known = is_among_foods(words, view.services.table)
    return view.t(s.NOTED_LITERAL if known else s.NOTED_NOT_AMONG_FOODS, words=words)


def _noted_before(view: View, step: Step, answers: Answers) -> Markup | str:
    """What was told earlier and has no button here that could show it."""
    t = view.t
    if step.id == "health":
        codes = [code for code in answers.conditions or () if code not in HEALTH.values()]
        return t(s.NOTED_BEFORE, items=wording.conditions(t, codes)) if codes else ""
    if step.id != "restrictions":
        return ""
    shown = {item.code for item in RESTRICTIONS.values()}
    items = [item for item in answers.restrictions or () if item.code not in shown]
    told = wording.restrictions(t, view.services.table, items)
    return t(s.NOTED_BEFORE, items=told) if items else ""


async def _talk(view: View) -> Talk:
    if view.person is None:
        return Talk()
    _step, talk = await people.talk_of(view.conn, view.person.id)
    return talk


def _rows(t: Catalogue, step: Step, talk: Talk, kept: str) -> Rows:
    rows = [tuple(_option(t, step, option, talk) for option in row) for row in step.rows]
    if step.id == "sex":
        rows.append((Button(t.plain(b.WHY_THIS), "porque_sexo"),))
    if step.kind is Kind.MANY:
        none = Button(t.plain(step.skip), f"p:{step.id}:{NOTHING}")
        done = Button(t.plain(b.DONE), f"pronto:{step.id}")
        rows.append((done,) if getattr(talk.answers, step.field) else (none, done))
    elif step.skip:
        rows.append((Button(t.plain(step.skip), f"p:{step.id}:{NOTHING}"),))
    if kept:
        rows.append((Button(_keep_label(t, kept), f"manter:{step.id}"),))
    if step.number > 1 or talk.mode is not Mode.FIRST:
        rows.append((Button(t.plain(b.BACK), f"volta:{step.id}"),))
    return tuple(rows)


def _option(t: Catalogue, step: Step, option: Option, talk: Talk) -> Button:
    label = t.plain(option.label)
    if option.value == OTHER:
        return Button(label, "outra")
    if step.kind is not Kind.MANY:
        return Button(label, f"p:{step.id}:{option.value}")
    ticked = marked(step, option.value, talk.answers)
    shown = t.plain(b.TICKED, label=label) if ticked else label
    return Button(shown, f"m:{step.id}:{option.value}:{0 if ticked else 1}")


def _keep_label(t: Catalogue, kept: str) -> str:
    """ "Manter 68 kg" for figures; words such as "perder gordura" would read badly after a verb."""
    value = kept.split(" ", maxsplit=1)[0]
    return t.plain(b.KEEP, value=value) if value[:1].isdigit() else t.plain(b.KEEP_IT)


def _offer_label(t: Catalogue, step: str, word: str) -> str:
    return word if step == "reminder" else t.plain(b.IT_IS, value=word)


def _value(t: Catalogue, step: str, value: float | str) -> str:
    if step == "reminder":
        return t.hour(wording.hour_of(str(value)))
    if step == "height":
        return t.metres(float(value))
    if step in ("weight", "target"):
        return t.kg(float(value))
    return str(value)


def _lost_comma(step: str, said: str, value: float | str) -> str:
    """ "725 kg" when that is how a weight of 72,5 kg was written, else ""."""
    number = _NUMBER.search(said)
    if step not in ("weight", "target") or number is None:
        return ""
    times = float(number[0].replace(",", ".")) / float(value)
    return f"{number[0]}\u00a0kg" if round(times) in (10, 1000) else ""
