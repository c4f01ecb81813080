"""The questions of the onboarding as a table: what is asked, which buttons, which answer each one gives.

The order of ``STEPS`` is the order of asking. A step that does not apply to the answers so far is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from handlers.texts import buttons as b
from handlers.texts import onboarding as s
from menus.answers import Answers
from nutrition.person import Activity, Goal, Sex


class Kind(StrEnum):
    """How a step is answered: one of its options, a typed value, or any number of marks."""

    CHOICE = "choice"
    TYPED = "typed"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Option:
    """A button: the value it gives, its label, and folded words that mean the same when typed."""

    value: str
    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One question. ``id`` is the conversation step; ``field`` is the answer it fills in; ``item`` names it in lists.

    ``skip``: label of a button that answers "none"; its callback value is "nada".
    """

    id: str
    number: int
    field: str
    kind: Kind
    title: str
    item: str
    line: str
    help: str = ""
    rows: tuple[tuple[Option, ...], ...] = ()
    skip: str = ""
    applies: Callable[[Answers], bool] = lambda answers: True

    @property
    def options(self) -> tuple[Option, ...]:
        """All options, row after row."""
        return tuple(option for row in self.rows for option in row)


def _wants_other_weight(answers: Answers) -> bool:
    return answers.goal in (Goal.PERDER, Goal.GANHAR)


NOTHING = "nada"
OTHER = "outra"
TOTAL_STEPS = 11
DIABETES_STEP = "diabetes"

_GOALS = (
    (Option(Goal.PERDER, b.LOSE, ("perder", "emagrecer", "secar", "gordura", "perder peso")),),
    (Option(Goal.MANTER, b.MAINTAIN, ("manter", "manter peso", "saude", "comer melhor")),),
    (Option(Goal.GANHAR, b.GAIN, ("ganhar", "massa", "ganhar massa", "musculo", "musculos", "hipertrofia")),),
)
_SEXES = (
    (
        Option(Sex.F, b.FEMALE, ("f", "mulher", "feminino", "feminina")),
        Option(Sex.M, b.MALE, ("m", "homem", "masculino", "masculina")),
    ),
)
_ACTIVITIES = (
    (
        Option(Activity.SEDENTARIO, b.SEDENTARY, ("nada", "sedentario", "sedentaria", "parado", "parada")),
        Option(Activity.LEVE, b.LIGHT, ("pouco", "leve")),
    ),
    (
        Option(Activity.MODERADO, b.MODERATE, ("medio", "media", "moderado", "moderada")),
        Option(Activity.INTENSO, b.INTENSE, ("forte", "intenso", "intensa", "muito")),
    ),
    (Option(Activity.MUITO_INTENSO, b.VERY_INTENSE, ("muito forte", "muito intenso", "atleta")),),
)
_MEALS = (
    tuple(
        Option(n, n, (word,)) for n, word in (("3", "tres"), ("4", "quatro"), ("5", "cinco"), ("6", "seis"))
    ),
)
_HEALTH = (
    (Option("gravidez", b.PREGNANCY), Option("diabetes", b.DIABETES)),
    (Option("amamentacao", b.BREASTFEEDING),),
    (Option("hipertensao", b.PRESSURE),),
    (Option("rins", b.KIDNEYS), Option("gota", b.GOUT)),
    (Option("bariatrica", b.BARIATRIC), Option(OTHER, b.OTHER)),
)
_RESTRICTIONS = (
    (Option("gluten", b.GLUTEN), Option("leite", b.MILK)),
    (Option("lactose", b.LACTOSE), Option("ovo", b.EGG)),
    (Option("crustaceos", b.SHELLFISH), Option("peixe", b.FISH)),
    (Option("amendoim", b.PEANUT), Option("castanhas", b.NUTS)),
    (Option("soja", b.SOY), Option("porco", b.PORK)),
    (Option("vegetariana", b.VEGETARIAN),),
    (Option("vegana", b.VEGAN),),
)
_HOURS = ((Option("0600", b.HOUR_6), Option("0700", b.HOUR_7), Option("0800", b.HOUR_8)),)
_DIABETES_MEDICINE = (
    (Option("insulina", b.INSULIN, ("insulina", "insulina e comprimido", "os dois")),),
    (Option("metformina", b.METFORMIN, ("metformina", "glifage")),),
    (Option("comprimido", b.PILL, ("comprimido", "remedio", "comprimidos", "nao sei")),),
    (Option("nao_usa", b.NO_MEDICINE, ("nao", "nao uso", "nenhum", "nada")),),
)

STEPS: tuple[Step, ...] = (
    Step("goal", 1, "goal", Kind.CHOICE, s.GOAL, b.ITEM_GOAL, s.LINE_GOAL, rows=_GOALS),
    Step("sex", 2, "sex", Kind.CHOICE, s.SEX, b.ITEM_SEX, s.LINE_SEX, s.SEX_HELP, _SEXES),
    Step("age", 3, "age", Kind.TYPED, s.AGE, b.ITEM_AGE, s.LINE_AGE, s.AGE_HELP),
    Step("height", 4, "height_cm", Kind.TYPED, s.HEIGHT, b.ITEM_HEIGHT, s.LINE_HEIGHT, s.HEIGHT_HELP),
    Step("weight", 5, "weight_kg", Kind.TYPED, s.WEIGHT, b.ITEM_WEIGHT, s.LINE_WEIGHT, s.WEIGHT_HELP),
    Step(
        "target",
        5,
        "target_weight_kg",
        Kind.TYPED,
        s.TARGET,
        b.ITEM_TARGET,
        s.LINE_TARGET,
        s.TARGET_HELP,
        skip=b.SKIP,
        applies=_wants_other_weight,
    ),
    Step(
        "activity",
        6,
        "activity",
        Kind.CHOICE,
        s.ACTIVITY,
        b.ITEM_ACTIVITY,
        s.LINE_ACTIVITY,
        s.ACTIVITY_HELP,
        _ACTIVITIES,
    ),
    Step("meals", 7, "meals", Kind.CHOICE, s.MEALS, b.ITEM_MEALS, s.LINE_MEALS, s.MEALS_HELP, _MEALS),
    Step(
        "health",
        8,
        "conditions",
        Kind.MANY,
        s.HEALTH,
        b.ITEM_HEALTH,
        s.LINE_HEALTH,
        s.HEALTH_HELP,
        _HEALTH,
        b.NONE,
    ),
    Step(
        "restrictions",
        9,
        "restrictions",
        Kind.MANY,
        s.RESTRICTIONS,
        b.ITEM_RESTRICTIONS,
        s.LINE_RESTRICTIONS,
        s.RESTRICTIONS_HELP,
        _RESTRICTIONS,
        b.NONE,
    ),
    Step(
        "dislikes",
        10,
        "dislikes",
        Kind.TYPED,
        s.DISLIKES,
        b.ITEM_DISLIKES,
        s.LINE_DISLIKES,
        s.DISLIKES_HELP,
        skip=b.EAT_ALL,
    ),
    Step(
        "reminder",
        11,
        "reminder",
        Kind.TYPED,
        s.REMINDER,
        b.ITEM_REMINDER,
        s.LINE_REMINDER,
        s.REMINDER_HELP,
        _HOURS,
        b.NO_REMINDER,
    ),
)
"""The questions, in order."""

DIABETES = Step(
    DIABETES_STEP,
    8,
    "conditions",
    Kind.CHOICE,
    s.DIABETES,
    b.ITEM_HEALTH,
    s.LINE_HEALTH,
    s.DIABETES_HELP,
    _DIABETES_MEDICINE,
)
"""Asked after ``health`` when diabetes is among the answers; it shares that step's number."""

BY_ID: dict[str, Step] = {step.id: step for step in (*STEPS, DIABETES)}


def after(step_id: str, answers: Answers) -> Step | None:
    """The next step that applies, or None after the last."""
    later = STEPS[_place(step_id) + 1 :]
    return next((step for step in later if step.applies(answers)), None)


def before(step_id: str, answers: Answers) -> Step | None:
    """The step to go back to, or None from the first."""
    if step_id == DIABETES_STEP:
        return BY_ID["health"]
    earlier = STEPS[: _place(step_id)]
    return next((step for step in reversed(earlier) if step.applies(answers)), None)


def unanswered_before(step_id: str, answers: Answers) -> Step | None:
    """The first step before ``step_id`` that was jumped over, or None when all of them have an answer."""
    earlier = STEPS[: _place(step_id)]
    return next((s for s in earlier if s.applies(answers) and getattr(answers, s.field) is None), None)


def _place(step_id: str) -> int:
    anchor = "health" if step_id == DIABETES_STEP else step_id
    return next(index for index, step in enumerate(STEPS) if step.id == anchor)
