"""How the energy target follows a measured weight: what the pace says about what a body spends. Pure.

Somebody who follows a menu of ``target`` kcal and spends ``spent`` should change by (target - spent) × 7 / 7,700 kg a
week (7,700 kcal per kg of body weight: the usual figure, after Wishnofsky 1958). Where the measured pace is another, the
equation was wrong for this body or the menu is not all that is eaten; either way the target is moved by the difference.

Only the part beyond two standard errors of the pace counts, in one step of at most ``MAX_STEP`` of the target, and not
before two weeks (``nutrition.trend``). It corrects what the body spends, so all rules of ``nutrition.targets`` still
hold over it: shares of deficit and surplus, floors, resting energy. That the two equations differ by up to 30 %, and that
the trend of two or three weeks decides, is known; steps, thresholds and bounds are design rules of ours.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from nutrition.energy import MAX_CORRECTION, estimate, expenditure
from nutrition.guardrails import Decision, assess
from nutrition.person import Profile
from nutrition.targets import may_lose, targets_for
from nutrition.trend import Trend

KCAL_PER_KG = 7700.0
MAX_STEP = 0.075
"""Of the target, by one measured pace."""

STEP_KCAL = 10.0
ERRORS = 2.0
"""With figures that vary by half a kilogram, three of ten people whose equation is right are asked within eight weeks for no
reason; one who spends 300 kcal less than thought is asked in the third week. With one error it was more than eight of ten."""

LEAST_DIFFERENCE_KCAL, LEAST_CHANGE_KCAL = 50.0, 40.0
"""What a pace must say, and what a target must change by, to be worth asking the person."""

MOVED = 0.03
"""A weight that differs by this share from the one that targets were worked out from is put in its place."""


class Why(StrEnum):
    """What a proposal is about: the pace, or the weight alone."""

    PACE = "pace"
    WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Proposal:
    """``profile`` with a new weight and correction, and the energy (kcal a day) before and after."""

    profile: Profile
    before: float
    after: float
    why: Why


def propose(profile: Profile, weight_kg: float, measured: Trend | None) -> Proposal | None:
    """What to propose to somebody who weighs ``weight_kg`` by the line of their figures; None when the target may stay."""
    before = energy(profile)
    renewed = replace(profile, weight_kg=round(weight_kg, 1))
    if before is None or energy(renewed) is None:
        return None
    wrong = 0.0 if measured is None else _surely_wrong(profile, before, measured)
    if abs(wrong) >= LEAST_DIFFERENCE_KCAL:
        renewed, why = _corrected(renewed, wrong, before), Why.PACE
    elif abs(weight_kg / profile.weight_kg - 1) >= MOVED:
        why = Why.WEIGHT
    else:
        return None
    after = energy(renewed)
    if after is None or abs(after - before) < LEAST_CHANGE_KCAL:
        return None
    if after < before and not may_lose(renewed):  # less food is not for whom a deficit would be refused
        return None
    return Proposal(renewed, before, after, why)


def energy(profile: Profile) -> float | None:
    """The energy target of ``profile``; None for somebody who is referred to a professional."""
    assessment = assess(profile)
    return None if assessment.decision is Decision.REFER else targets_for(profile, assessment).energy_kcal


def aims_otherwise(before: Profile, now: Profile) -> bool:
    """Whether a pace that was measured under ``before`` says nothing about ``now``: another goal, or another estimate.

    The goal is the one that may be followed: conditions, the request, or a weight that crosses a limit may change it too.
    Restrictions are not looked at, and a weight alone moves the target by too little to begin anew.
    """
    return _aim(before) != _aim(now)


def expected_per_week(profile: Profile, target: float) -> float:
    """By how many kg a week the weight should change on ``target`` kcal a day."""
    return (target - expenditure(profile)) * 7 / KCAL_PER_KG


def _aim(profile: Profile) -> tuple[object, ...]:
    goal = assess(replace(profile, restrictions=())).goal
    return goal, profile.wanted_energy_kcal, profile.sex, profile.height_cm, profile.activity


def _surely_wrong(profile: Profile, target: float, measured: Trend) -> float:
    """By how many kcal a day the body spends more than was thought (less: negative), beyond ``ERRORS``."""
    difference = expected_per_week(profile, target) - measured.per_week
    sure = max(0.0, abs(difference) - ERRORS * measured.error)
    return (sure if difference > 0 else -sure) * KCAL_PER_KG / 7


def _corrected(profile: Profile, wrong: float, before: float) -> Profile:
    """``profile`` with as much of ``wrong`` as one step may bring, in steps of ``STEP_KCAL``."""
    most = MAX_CORRECTION * estimate(profile).mifflin
    start = profile.energy_correction_kcal
    wanted = min(max(start + wrong, -most), most)
    unmoved = energy(profile)
    steps = round((wanted - start) / STEP_KCAL)
    for count in range(abs(steps), 0, -1):
        tried = replace(profile, energy_correction_kcal=start + (count if steps > 0 else -count) * STEP_KCAL)
        reached = energy(tried)
        if reached is not None and unmoved is not None and abs(reached - unmoved) <= MAX_STEP * before:
            return tried
    return profile
