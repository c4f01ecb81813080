"""What the people of ``bench use`` do on a day: a few things each, so that a week has seen most of what there is."""

from bench._town import Neighbour

QUESTIONS = ("por que comer feijão?", "posso congelar arroz?", "quanta água por dia?")


async def morning(phone: Neighbour, number: int, _day: int) -> None:
    """The reminder comes; eight of ten say it is done, one skips the day, one says nothing and is reminded of lunch. Then the day."""
    reminder = await phone.next()
    if "Montar cardápio" in reminder.buttons:
        await phone.tap(reminder, "Montar cardápio")
        await phone.until("No dia:")
    elif number % 10 == 1:
        await phone.tap(reminder, "⏭ Pulei")
    elif number % 10:
        await phone.tap(reminder, "✅ Feito")
    await phone.say("/hoje")


async def noon(phone: Neighbour, number: int, day: int) -> None:
    """One thing of seven, another one each day."""
    match (number + day) % 7:
        case 0:
            await _new_week(phone)
        case 1:
            await _shopping(phone)
        case 2:
            await _swap(phone)
        case 3:
            await phone.say(QUESTIONS[number % len(QUESTIONS)])
        case 4:
            await phone.say("/historico")
            await _shopping(phone)
        case 5:
            await phone.say(f"/peso {72 + (number + day) % 10 / 10:.1f}".replace(".", ","))
            await phone.say("/progresso")
        case _:
            await _look(phone, number)


async def _new_week(phone: Neighbour) -> None:
    today = await phone.say("/cardapio")
    await phone.tap(await phone.tap(today, "Ver a semana"), "Nova semana")
    await phone.until("No dia:")


async def _shopping(phone: Neighbour) -> None:
    """A page of the list: three things ticked, and the next page."""
    page = await phone.say("/compras")
    for label in list(page.buttons)[:3]:
        page = await phone.tap(page, label)
    await phone.tap(page, "Mais →")


async def _swap(phone: Neighbour) -> None:
    """Another dinner."""
    meals = await phone.tap(await phone.say("/hoje"), "🔄 Trocar")
    offers = await phone.tap(meals, "Jantar")
    if any(label.startswith("1. ") for label in offers.buttons):
        await phone.tap(offers, "1. ")
        await phone.until("jantar")


async def _look(phone: Neighbour, number: int) -> None:
    """The recipes; why; and one in eight draws the day as a picture."""
    today = await phone.say("/hoje")
    if number % 8 == 0:
        await phone.tap(today, "Gráfico")
    await phone.tap(today, "📖 Receitas")
    await phone.say("/porque")
