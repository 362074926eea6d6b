"""Which visits are done otherwise, and by which problem they are known."""

from scheduler.repair.differences import differences
from scheduler.repair.otherwise import done_otherwise
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit

EIGHT = 8 * 60
BEFORE = a_problem([a_visit("kept", "08:00"), a_visit("gone", "09:00")], [a_carer("aled"), a_carer("bea")])
AFTER = a_problem([a_visit("kept", "08:00"), a_visit("new", "10:00")], [a_carer("aled"), a_carer("bea")])


def test_each_is_known_by_the_later_problem_or_else_by_the_earlier():
    old = a_rota(a_leg("kept", "aled", EIGHT), a_leg("gone", "aled", EIGHT + 60))
    new = a_rota(a_leg("kept", "bea", EIGHT), a_leg("new", "aled", EIGHT + 120))
    found = {id: (was, now, known) for id, was, now, known in done_otherwise(old, new, AFTER, BEFORE)}
    assert found == {
        "kept": (old.of_visit("kept"), new.of_visit("kept"), AFTER),
        "gone": (old.of_visit("gone"), (), BEFORE),
        "new": ((), new.of_visit("new"), AFTER),
    }


def test_what_is_done_as_before_is_not_among_them():
    rota = a_rota(a_leg("kept", "aled", EIGHT))
    assert list(done_otherwise(rota, rota, AFTER, BEFORE)) == []


def test_of_a_visit_that_came_and_went_in_between_nothing_is_said():
    rota = a_rota(a_leg("kept", "aled", EIGHT), a_leg("came and went", "bea", EIGHT))
    rest = a_rota(a_leg("kept", "bea", EIGHT))
    assert [id for id, *_ in done_otherwise(rota, rest, AFTER, BEFORE)] == ["kept"]
    assert len(list(differences(rota, rest, AFTER, BEFORE))) == 1
