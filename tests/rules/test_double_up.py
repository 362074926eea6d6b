"""The hoist takes two, all of the time; the long bath takes two for twenty minutes."""

from __future__ import annotations

from scheduler.rules.double_up import DoubleUp
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told

CARERS = [a_carer("aled"), a_carer("bethan"), a_carer("carys")]
VISITS = [
    a_visit("lunch", "12:00"),
    a_visit("hoist", "08:00", minutes=45, carers=2),
    a_visit("bath", "20:00", minutes=60, carers=2, together=20),
]
PROBLEM = a_problem(VISITS, CARERS)


def sentences(*legs):
    return [finding.sentence for finding in found(DoubleUp(), a_rota(*legs), PROBLEM)]


def test_an_unallocated_visit_is_not_this_rules_matter():
    assert sentences() == []


def test_one_carer_where_one_is_needed():
    assert sentences(a_leg("lunch", "aled")) == []
    assert sentences(a_leg("lunch", "aled"), a_leg("lunch", "bethan")) == [
        "The visit needs one carer and has 2: Aled and Bethan."
    ]


def test_two_together_for_the_whole_visit():
    assert (
        sentences(a_leg("hoist", "bethan", minutes=45), a_leg("hoist", "aled", minutes=45, second=True)) == []
    )


def test_one_carer_too_few():
    [finding] = found(DoubleUp(), a_rota(a_leg("hoist", "aled", minutes=45)), PROBLEM)
    assert finding.sentence == "The visit needs two carers and has 1: Aled."
    assert (finding.amount, finding.cure) == (1, "plan two carers")


def test_one_carer_too_many():
    legs = [
        a_leg("hoist", "aled"),
        a_leg("hoist", "bethan", second=True),
        a_leg("hoist", "carys", second=True),
    ]
    assert sentences(*legs) == ["The visit needs two carers and has 3: Aled and Bethan and Carys."]


def test_the_same_carer_twice():
    assert sentences(a_leg("hoist", "aled", minutes=45), a_leg("hoist", "aled", minutes=45, second=True)) == [
        "Aled cannot be both carers of a double-up."
    ]


def test_one_minute_late():
    legs = [a_leg("hoist", "bethan", "08:00", 45), a_leg("hoist", "aled", "08:01", 45, second=True)]
    assert sentences(*legs) == ["Bethan starts at 08:00 and Aled at 08:01: a double-up starts together."]


def test_exactly_one_is_the_second_carer():
    assert sentences(a_leg("hoist", "aled", minutes=45), a_leg("hoist", "bethan", minutes=45)) == [
        "Neither carer is marked as the second one."
    ]
    assert sentences(
        a_leg("hoist", "aled", minutes=45, second=True), a_leg("hoist", "bethan", minutes=45, second=True)
    ) == ["Both carers are marked as the second one."]


def test_one_minute_shorter_where_all_is_done_together():
    legs = [a_leg("hoist", "aled", minutes=45), a_leg("hoist", "bethan", minutes=44, second=True)]
    assert sentences(*legs) == ["Aled stays 45 min and Bethan 44 min: all of this visit is done together."]


def test_the_second_carer_leaves_when_the_part_together_is_done():
    lead = a_leg("bath", "aled", "20:00", 60)
    assert sentences(lead, a_leg("bath", "bethan", "20:00", 20, second=True)) == []
    assert sentences(lead, a_leg("bath", "bethan", "20:00", 19, second=True)) == [
        "Bethan stays 19 min of the 20 min that are done together."
    ]


def test_the_solver_is_told_which_visits_take_two_and_for_how_long():
    assert told(DoubleUp(), PROBLEM) == [("together", 1, 0), ("together", 2, 20)]
