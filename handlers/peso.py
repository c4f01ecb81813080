"""/peso: a weight is read, confirmed where it is doubtful, kept, and the trend shown; new targets are the person's to take.

A figure that was meant otherwise, or that is improbably far from the last one, is asked about and never taken by itself.
Routing takes ``COMMANDS``, ``TAPS``, ``TAPS_1`` and ``TAPS_2`` as they are; ``said`` reads free words, ``answered`` those after
the question.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

from handlers import cardapio, guards, intents, lembretes, metas
from handlers.scene import Scene
from menus import people, progress, quieting
from menus.answers import Offer, Talk
from menus.reminder_plan import HOURS, Kind
from nutrition.guardrails import Assessment, Decision
from nutrition.measurements import MAX_WEIGHT_KG, MIN_WEIGHT_KG, Parsed, parse_weight
from nutrition.numerals import with_digits
from nutrition.weigh_in import days_ago, weigh_in
from nutrition.words import tokens

_WEEK = re.compile(
    r"(?:(?:me )?(?:manda|mostra|mostre)|(?:quero )?ver|quero|qual e|cade)? ?(?:o |meu |o meu )?"
    r"(?:resumo(?: d[ae] (?:minha |ultima )?semana)?|progresso)|como (?:foi|esta|vai) (?:a )?minha semana"
)

ASKING = "peso"
"""A weight was asked, or one is to be confirmed: then it waits in ``Talk.offer``."""

OLDEST = timedelta(days=7)
_LONGEST_ANSWER, _LONGEST_SAID = 4, 40


async def command(scene: Scene) -> None:
    """/peso 82,3; alone, it asks."""
    words = scene.turn.text.split(maxsplit=1)[1:]
    if words:
        await corrected(scene, words[0])
    else:
        await ask(scene)


async def ask(scene: Scene) -> None:
    """[Anotar peso], [Corrigir]: how much today?"""
    if await cardapio.ready(scene):
        await scene.go(ASKING, Talk())
        await scene.turn.send("peso_pergunta")


async def said(scene: Scene, text: str) -> bool:
    """ "pesei 82,3", "me manda o resumo da semana" at any time; True when it was about that."""
    if _WEEK.fullmatch(" ".join(tokens(text))):
        await week(scene)
        return True
    found = weigh_in(text)
    if found is None or await people.profile_of(scene.turn.tx, scene.person.id) is None:
        return False
    if found.parsed is None:
        await ask(scene)
    else:
        await _take(scene, text, found.parsed, found.days_ago)
    return True


async def corrected(scene: Scene, text: str) -> None:
    """ "peso 75,2", "meu peso é 62": a weight like any other, asked about where it is doubtful."""
    await _take(scene, text, parse_weight(text), days_ago(text))


async def answered(scene: Scene, text: str) -> bool:
    """Words after the question; False when they are about something else."""
    waiting = _waiting(scene.talk.offer)
    if intents.is_yes(text) and waiting is not None:
        await _keep(scene, *waiting)
    elif intents.is_no(text) or intents.is_back(text):
        await later(scene)
    elif (found := weigh_in(text)) is not None and found.parsed is not None:
        await _take(scene, text, found.parsed, found.days_ago)
    elif (
        any(char.isdigit() for char in with_digits(text))
        and len(tokens(with_digits(text))) <= _LONGEST_ANSWER
    ):
        await _take(scene, text, parse_weight(text), days_ago(text))
    else:
        return False
    return True


async def later(scene: Scene) -> None:
    """[Agora não]."""
    if scene.step == ASKING:
        await scene.rest()
    await scene.turn.send("peso_depois")


async def meant(scene: Scene, tenths: str, ago: str) -> None:
    """[É 82,3 kg]: what had been offered; it may still be far from the last one."""
    kg = _kilos(tenths)
    if kg is None or ago not in ("0", "1", "2"):
        await ask(scene)
    elif await _ready(scene, kg):
        await _check(scene, kg, scene.today - timedelta(days=int(ago)))


async def sure(scene: Scene, tenths: str, day_text: str) -> None:
    """[É 72,3 kg]: far from the last one, and right."""
    kg, day = _kilos(tenths), cardapio.as_date(day_text)
    if kg is None or day is None or not scene.today - OLDEST <= day <= scene.today:
        await ask(scene)
    elif await _ready(scene, kg):
        await _keep(scene, kg, day)


async def undo(scene: Scene, number: str) -> None:
    """[↩ Desfazer], once, however often it is tapped."""
    turn = scene.turn
    gone = await progress.undo(turn.tx, scene.person.id, int(number) if number.isdecimal() else 0, turn.now)
    day = gone.day.isoformat() if gone else ""
    await turn.edit("peso_desfeito", day=day, kg=gone.replaced_kg if gone else None)


async def records(scene: Scene) -> None:
    """[Registros]."""
    await scene.turn.edit("peso_registros")


async def one_record(scene: Scene, day_text: str) -> None:
    """One of the figures."""
    day = cardapio.as_date(day_text)
    if day is None:
        await records(scene)
    else:
        await scene.turn.edit("peso_registro", day=day.isoformat())


async def remove(scene: Scene, day_text: str) -> None:
    """[Tirar registro]."""
    day = cardapio.as_date(day_text)
    if day is None or await progress.forget(scene.turn.tx, scene.person.id, day, scene.turn.now) is None:
        await records(scene)
    else:
        await scene.turn.edit("peso_tirado", day=day.isoformat())


async def chart(scene: Scene, shade: str) -> None:
    """[Gráfico escuro], [Gráfico claro]."""
    if await cardapio.ready(scene):
        await scene.turn.send("peso_grafico", dark=shade == "escuro")


async def week(scene: Scene) -> None:
    """[Resumo da semana], [Ver tendência]: and a new target, when the trend says so."""
    if await cardapio.ready(scene):
        await scene.turn.send("peso_semana")
        await metas.offer(scene)


async def summary_day(scene: Scene) -> None:
    """[Resumo] in /lembretes: on which day?"""
    await lembretes.listen(scene)
    await scene.turn.edit("lembrete_dia_do_resumo")


async def set_summary_day(scene: Scene, number: str) -> None:
    """A day for the summary, or none."""
    plan = await lembretes.plan_of(scene)
    on = len(number) == 1 and number in "0123456"
    if on:
        plan = replace(plan, summary_day=int(number))
    hour = plan.hours.get(Kind.SUMMARY, HOURS[Kind.SUMMARY]) if on else ""
    revision = await lembretes.change(scene, plan.with_hour(Kind.SUMMARY, hour))
    await scene.turn.edit("lembrete_opcao", kind=Kind.SUMMARY.value, revision=revision)


async def _ready(scene: Scene, *read: float) -> bool:
    """Whether this person is weighed; when not, they are told how to go on.

    Whom nothing but a wrong weight refers to a professional may say the right one.
    """
    tx, person = scene.turn.tx, scene.person.id
    return any([await progress.frees(tx, person, kg) for kg in read]) or await cardapio.ready(scene)


async def _take(scene: Scene, text: str, parsed: Parsed, ago: int) -> None:
    """What was read: a weight, what may have been meant, or nothing."""
    read = (parsed.value,) if isinstance(parsed.value, float) else parsed.suggestions
    if not await _ready(scene, *(kg for kg in read if isinstance(kg, float))):
        return
    if isinstance(parsed.value, float):
        await _check(scene, parsed.value, scene.today - timedelta(days=ago))
        return
    await scene.go(ASKING, Talk())
    quoted = text[:_LONGEST_SAID]
    if parsed.suggestions:
        await scene.turn.send("peso_qual", said=quoted, values=list(parsed.suggestions), ago=ago)
    else:
        await scene.turn.send("peso_nao_entendi", said=quoted, problem=parsed.problem or "")


async def _check(scene: Scene, kg: float, day: date) -> None:
    before = await progress.jumped_from(scene.turn.tx, scene.person.id, kg, day)
    if before is None:
        await _keep(scene, kg, day)
        return
    waiting = Offer(step=ASKING, value=f"{round(10 * kg)}:{day.isoformat()}")
    await scene.go(ASKING, Talk(offer=waiting))
    on = "" if before.day == date.min else before.day.isoformat()
    await scene.turn.send("peso_confirma", kg=kg, day=day.isoformat(), before=before.kg, on=on)


async def _keep(scene: Scene, kg: float, day: date) -> None:
    turn = scene.turn
    if scene.step == ASKING:
        scene = await scene.rest()
    kept = await progress.record(turn.tx, scene.person.id, kg, day, turn.now)
    if kept.stricter is not None and kept.stricter.decision is Decision.REFER:
        await guards.stop(scene, kept.stricter)
    back = await quieting.restore(turn.tx, scene.person.id, turn.now)
    await turn.send("peso_anotado", weight=kept.weight_id)
    if back:
        await turn.send("peso_como_antes")
    if kept.stricter is not None:
        await _more_care(scene, kept.stricter)
    else:
        await metas.offer(scene)


async def _more_care(scene: Scene, found: Assessment) -> None:
    """The weight crossed a limit: what holds from now on. A referral was told in the place of the weight."""
    reasons = [reason.value for reason in found.reasons]
    if found.decision is Decision.REFER:
        return
    if found.decision is Decision.REFUSE_DEFICIT:
        await scene.turn.send("sem_deficit", reasons=reasons)
    else:
        await scene.turn.send("aviso", reasons=reasons)
        await scene.turn.send("perfil_nova_semana")


def _waiting(offer: Offer | None) -> tuple[float, date] | None:
    if offer is None or offer.step != ASKING:
        return None
    tenths, _, day_text = str(offer.value).partition(":")
    kg, day = _kilos(tenths), cardapio.as_date(day_text)
    return (kg, day) if kg is not None and day is not None else None


def _kilos(tenths: str) -> float | None:
    """ "823" → 82.3; None for what is no weight."""
    kg = int(tenths) / 10 if tenths.isdecimal() and len(tenths) <= 4 else 0.0
    return kg if MIN_WEIGHT_KG <= kg <= MAX_WEIGHT_KG else None


COMMANDS: dict[str, Callable[[Scene], Awaitable[None]]] = {"peso": command, "progresso": week}
TAPS: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "peso": ask,
    "peso_corrige": ask,
    "peso_depois": later,
    "peso_registros": records,
    "peso_semana": week,
    "l_resumo": summary_day,
}
TAPS_1: dict[str, Callable[[Scene, str], Awaitable[None]]] = {
    "peso_desfaz": undo,
    "peso_dia": one_record,
    "peso_tira": remove,
    "peso_grafico": chart,
    "meta_usa": metas.use,
    "meta_fica": metas.keep,
    "meta_desfaz": metas.undo,
    "l_resumo_dia": set_summary_day,
}
TAPS_2: dict[str, Callable[[Scene, str, str], Awaitable[None]]] = {"peso_e": meant, "peso_sim": sure}
