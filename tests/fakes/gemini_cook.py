"""A model that can cook: reads the prompt that came over the wire and answers it well, as JSON in our schema.

Given as ``Reply(text=cook)``. It knows nothing but the prompt: dishes from the list GUIA by their numbers, and in each
dinner a new dish of two foods of the list ALIMENTOS that cites a passage.
"""

import json
import re
from typing import Any

NEW_DISH = "Refogado da casa"
_MAIN = ("alm", "jan")


def cook(body: dict[str, Any]) -> str:
    """A whole week, or only the refused meals of a repair."""
    prompt = body["contents"][0]["parts"][0]["text"]
    dishes = [line.split("|") for line in _section(prompt, "GUIA")]
    foods = [line.split("|") for line in _section(prompt, "ALIMENTOS")]
    foods = [
        food for food in foods if re.search("cozid|grelhad|assad", food[1])
    ]  # what one eats by the plateful
    passages = re.findall(r"^\[(\d+)\]", prompt, re.MULTILINE)
    rows = []
    for day, ref in _asked(prompt):
        row: dict[str, Any] = {"dia": day, "ref": ref, "guia": _from_guide(dishes, day, ref)}
        if ref == "jan" and len(foods) > 14:
            one, two = foods[day], foods[day + 7]
            row["guia"] = row["guia"][1:]
            row |= {
                "nome": f"{NEW_DISH} {_ORDINALS[day]}",
                "itens": f"{one[0]}:100 {two[0]}:60",
                "passos": "Refogue tudo em fogo baixo; Sirva quente",
                "min": 20,
                "fontes": [int(passages[0]) if passages else int(dishes[0][0])],
            }
        rows.append(row)
    return json.dumps({"refeicoes": rows}, ensure_ascii=False)


_ORDINALS = ("de segunda", "de terça", "de quarta", "de quinta", "de sexta", "de sábado", "de domingo")


def _asked(prompt: str) -> list[tuple[int, str]]:
    refused = re.findall(r"^- dia (\d), (\w+):", prompt, re.MULTILINE)
    if refused:
        return [(int(day), ref) for day, ref in refused]
    found = re.search(r"refeições ([\w, ]+) dos dias ([\d, ]+)\.", prompt)
    assert found is not None, "the prompt changed its first line"
    return [(int(day), ref) for day in found[2].split(", ") for ref in found[1].split(", ")]


def _from_guide(dishes: list[list[str]], day: int, ref: str) -> list[int]:
    fitting = [dish for dish in dishes if ref in dish[3].split()]
    mains = [dish for dish in fitting if dish[2] in ("principal", "completo")]
    chosen = [mains[(day + 7 * (ref == "jan") + 3 * (ref == "lt")) % len(mains)]] if mains else []
    if ref in _MAIN:
        sides = [dish for dish in fitting if dish[2] not in ("principal", "completo")]
        chosen += [sides[(day + step) % len(sides)] for step in range(min(3, len(sides)))]
    return [int(dish[0]) for dish in chosen]


def _section(prompt: str, title: str) -> list[str]:
    """The lines under a title, up to the next blank one."""
    lines = prompt.splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith(title)), len(lines))
    found = []
    for line in lines[start + 1 :]:
        if not line.strip():
            break
        found.append(line)
    return found
