"""Mary asks for a woman when she is washed."""

from __future__ import annotations

from scheduler.rules.care_gender import CareGender
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, told

CARERS = [a_carer("aled", gender="male"), a_carer("bethan", gender="female"), a_carer("sam")]
VISITS = [
    a_visit("wash", client="mary"),
    a_visit("shopping", "12:00", client="mary", personal_care=False),
    a_visit("lunch", "12:00", client="nan"),
]
PROBLEM = a_problem(VISITS, CARERS, [a_client("mary", care_gender="female")])


def test_kept_by_a_woman_and_where_nothing_is_asked():
    for visit, carer in (("wash", "bethan"), ("shopping", "aled"), ("lunch", "aled"), ("lunch", "sam")):
        assert found(CareGender(), a_rota(a_leg(visit, carer)), PROBLEM) == []


def test_broken_by_a_man():
    [finding] = found(CareGender(), a_rota(a_leg("wash", "aled")), PROBLEM)
    assert finding.sentence == "Mary asks for a woman for personal care, and Aled is a man."
    assert (finding.amount, finding.cure) == (1, "send a woman instead of Aled")


def test_broken_by_a_carer_without_a_recorded_gender():
    [finding] = found(CareGender(), a_rota(a_leg("wash", "sam")), PROBLEM)
    assert finding.sentence == "Mary asks for a woman for personal care, and Sam has no gender recorded."


def test_both_carers_of_a_double_up_count():
    problem = a_problem([a_visit("wash", carers=2)], CARERS, [a_client("mary", care_gender="female")])
    rota = a_rota(a_leg("wash", "bethan"), a_leg("wash", "aled", second=True))
    assert [finding.carer for finding in found(CareGender(), rota, problem)] == ["aled"]


def test_the_solver_is_told_the_same_pairs():
    assert told(CareGender(), PROBLEM) == [("forbid", [0], 0), ("forbid", [0], 2)]
