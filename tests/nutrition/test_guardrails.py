"""Decisions of the guardrails, from forms and from free text; the cases are in ``guardrail_cases``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutrition.conditions import conditions, conditions_in
from nutrition.guardrails import Decision, Reason, assess
from nutrition.person import Goal, Restriction, Strength
from tests.nutrition.guardrail_cases import CASES, Case, person

STRICTNESS = list(Decision)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.decision}-{case.changes}"[:80])
def test_the_decision_and_its_reason_are_as_published(case: Case) -> None:
    assessment = assess(person(**case.changes))
    assert assessment.decision is case.decision, assessment
    assert (case.reason in assessment.reasons) if case.reason else assessment.reasons == ()


def test_the_table_covers_every_reason_of_the_facts() -> None:
    assert len(CASES) >= 60
    assert all(case.source for case in CASES)
    assert {case.reason for case in CASES} >= set(Reason)


def test_every_condition_of_the_data_has_a_reason_and_a_decision() -> None:
    for condition in conditions().values():
        assert Reason(condition.code)
        assert Decision(condition.decision) is not Decision.PLAN
        assert condition.basis


@pytest.mark.parametrize("case", [case for case in CASES if "request" in case.changes and case.reason])
def test_what_is_said_with_a_restriction_counts_as_much(case: Case) -> None:
    said = Restriction("word:x", Strength.PREFERENCIA, case.changes["request"])
    assert assess(person(restrictions=(said,))).decision is case.decision


def test_a_refused_deficit_becomes_maintenance_and_nothing_else_changes_the_goal() -> None:
    assert assess(person(weight_kg=50.0)).goal is Goal.MANTER
    assert assess(person()).goal is Goal.PERDER
    assert assess(person(goal=Goal.GANHAR, conditions=("gota",))).goal is Goal.GANHAR


def test_the_reason_that_decides_comes_first() -> None:
    reasons = assess(person(conditions=("pressão alta", "insulina"), age=70)).reasons
    assert reasons == (Reason.INSULINA, Reason.IDOSO_SEM_OBESIDADE, Reason.HIPERTENSAO)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("tenho pressão alta e gota", ("hipertensao", "gota")),
        ("sou celíaca, não como carne e tomo insulina", ("insulina", "celiaca")),
        ("não tenho diabetes, pressão alta ou gota", ()),
        ("não, sou diabético", ("diabetes_2",)),
        ("gestante não", ()),
        ("diabetes: não", ()),
        ("meu marido tem pressão alta e eu sou celíaca", ("celiaca",)),
        ("cuido da minha avó diabética", ()),
        ("tenho medo de ficar diabética", ()),
        ("não gosto de rim", ()),
        ("sem diabetes, mas com hipertensão", ("hipertensao",)),
        ("estou grávida do meu segundo filho", ("gestante",)),
        ("não sou hipertenso", ()),
        ("gordura no fígado", ("colesterol",)),
        ("asdf", ()),
        ("", ()),
    ],
)
def test_free_text_tells_of_the_person_and_of_nobody_else(text: str, codes: tuple[str, ...]) -> None:
    assert conditions_in(text) == codes


@given(st.text(max_size=200))
def test_no_text_is_an_error(text: str) -> None:
    assess(person(request=text, conditions=(text,)))


@given(st.sampled_from([case for case in CASES if "request" in case.changes]))
def test_case_and_accents_do_not_matter(case: Case) -> None:
    request = case.changes["request"]
    assert assess(person(request=request.upper())).decision is case.decision


@given(
    st.sampled_from([case.changes["request"] for case in CASES if "request" in case.changes]),
    st.sampled_from([case.changes["request"] for case in CASES if "request" in case.changes]),
)
def test_a_further_sentence_never_loosens_a_decision(first: str, second: str) -> None:
    alone = assess(person(request=first)).decision
    both = assess(person(request=f"{first}. {second}")).decision
    assert STRICTNESS.index(both) >= STRICTNESS.index(alone)
