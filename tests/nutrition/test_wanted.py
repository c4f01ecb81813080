"""What a document asks for a day never leaves the limits that hold for everybody."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from nutrition.energy import expenditure
from nutrition.guardrails import Decision, assess
from nutrition.person import Activity, Goal, Profile, Sex
from nutrition.targets import (
    ENERGY_FLOORS,
    MAX_DEFICIT_KCAL,
    TargetNote,
    energy_limits,
    protein_limits,
    targets_for,
)
from tests.nutrition.guardrail_cases import person

PEOPLE = st.builds(
    Profile,
    sex=st.sampled_from(Sex),
    age=st.integers(18, 90),
    height_cm=st.floats(145, 205),
    weight_kg=st.floats(42, 160),
    activity=st.sampled_from(Activity),
    goal=st.sampled_from(Goal),
    meals_per_day=st.integers(3, 6),
    wanted_energy_kcal=st.one_of(st.none(), st.floats(100, 9000)),
    wanted_protein_g=st.one_of(st.none(), st.floats(1, 900)),
)


@given(PEOPLE)
def test_targets_that_a_document_asks_for_stay_within_the_limits(profile: Profile) -> None:
    assessment = assess(profile)
    if assessment.decision is Decision.REFER:
        return
    targets = targets_for(profile, assessment)
    energy, spent = targets.energy_kcal, expenditure(profile)
    assert energy >= ENERGY_FLOORS[profile.sex]
    if profile.wanted_energy_kcal is not None:
        assert energy >= min(spent - MAX_DEFICIT_KCAL, spent) - 5
        assert TargetNote.OWN_ENERGY in targets.notes
        if assessment.decision is Decision.REFUSE_DEFICIT:
            assert energy >= spent - 5
    if profile.wanted_protein_g is not None:
        low, high = protein_limits(profile, energy)
        assert low <= targets.protein_g <= high
        assert 4 * targets.protein_g <= 0.31 * energy
    assert targets.carbohydrate_g > 0


def test_a_believable_wish_is_kept_as_it_is() -> None:
    profile = replace(person(), wanted_energy_kcal=1900.0, wanted_protein_g=110.0)
    targets = targets_for(profile, assess(profile))
    assert (targets.energy_kcal, targets.protein_g) == (1900, 110)


def test_no_document_makes_a_thin_person_lose_weight() -> None:
    thin = replace(person(), height_cm=168.0, weight_kg=50.0, goal=Goal.MANTER, wanted_energy_kcal=1300.0)
    assessment = assess(thin)
    assert energy_limits(thin, assessment)[0] >= expenditure(thin) - 5
    assert targets_for(thin, assessment).energy_kcal >= expenditure(thin) - 5
