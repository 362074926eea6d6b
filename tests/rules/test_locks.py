"""The coordinator has locked Mary's breakfast to Aled at 08:10."""

from __future__ import annotations

from scheduler.rules.locks import Locks
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, minute, told

VISITS = [
    a_visit("breakfast", "08:00", fixed_start=minute("08:10"), fixed_carers=("aled",)),
    a_visit("hoist", "12:00", carers=2, fixed_carers=("bethan", "aled")),
    a_visit("tea", "16:00"),
]
PROBLEM = a_problem(VISITS, [a_carer("aled"), a_carer("bethan"), a_carer("carys")])


def sentences(*legs):
    return [finding.sentence for finding in found(Locks(), a_rota(*legs), PROBLEM)]


def test_kept():
    assert sentences(a_leg("breakfast", "aled", "08:10"), a_leg("tea", "carys", "16:00")) == []
    assert sentences(a_leg("hoist", "aled"), a_leg("hoist", "bethan", second=True)) == []


def test_unallocated_is_not_this_rules_matter():
    assert sentences() == []


def test_broken_by_one_minute():
    [finding] = found(Locks(), a_rota(a_leg("breakfast", "aled", "08:11")), PROBLEM)
    assert finding.sentence == "The visit to Mary is locked to start at 08:10 and starts at 08:11."
    assert (finding.amount, finding.cure) == (1, "let it start at 08:10 or unlock it")


def test_broken_by_another_carer():
    [finding] = found(Locks(), a_rota(a_leg("breakfast", "bethan", "08:10")), PROBLEM)
    assert finding.sentence == "The visit to Mary is locked to Aled, who is not planned for it."
    assert (finding.carer, finding.cure) == ("aled", "plan Aled or unlock the visit")


def test_one_of_two_locked_carers_is_missing():
    assert sentences(a_leg("hoist", "carys"), a_leg("hoist", "bethan", second=True)) == [
        "The visit to Mary is locked to Aled, who is not planned for it."
    ]


def test_the_solver_is_told_the_locks_only():
    problem = PROBLEM.replace(visits=(*VISITS, a_visit("bed", "20:00", fixed_start=minute("20:00"))))
    assert told(Locks(), problem) == [("fix", 0, [0], 490), ("fix", 1, [1, 0], None), ("fix", 3, [], 1200)]
