"""A visit that nobody does, and what stands in the way of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from scheduler.check import check
from scheduler.domain import Link, Relation, Shift, Tie, Visit
from scheduler.funds import Fund, FundPrice
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding
from scheduler.units import DAY, HOUR
from scheduler.who_could import Change, Trial, single_changes, trials
from scheduler.who_could.corner import HARD, worse
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, some_settings


class Case(NamedTuple):
    """A visit `asked` that nobody does. `cured` is the problem after the single change that is named in `change`."""

    problem: Problem
    rota: Rota
    change: str
    cured: Problem
    asked: str = "asked"


def asked(start: str = "08:00", **changes) -> Visit:
    """The visit that nobody does: Mary's, at (0, 0), 30 minutes, exactly then unless a slack is given."""
    return a_visit("asked", start, **{"slack": 0, **changes})


def shift_of(problem: Problem, start: str, end: str) -> Problem:
    """The same problem with one shift, Aled's."""
    return problem.replace(shifts=(a_shift("aled", start, end),))


def of_relations() -> Case:
    problem = a_problem([asked()], ties=[Tie("mary", "aled", Relation.NEVER)])
    return Case(problem, a_rota(), "", problem.replace(ties=()))


def of_care_gender() -> Case:
    problem = a_problem([asked()], [a_carer(gender="male")], [a_client(care_gender="female")])
    return Case(problem, a_rota(), "", problem.replace(carers=(a_carer(gender="female"),)))


def of_skills() -> Case:
    problem = a_problem([asked(skills=frozenset({"hoist"}))])
    return Case(
        problem,
        a_rota(),
        "train Aled in hoist",
        problem.replace(carers=(a_carer(skills=frozenset({"hoist"})),)),
    )


def of_locks() -> Case:
    """Locked to Huw, who is ill."""
    visit = asked(fixed_carers=("huw",))
    problem = a_problem([visit], [a_carer(), a_carer("huw")], shifts=[a_shift("aled")])
    cured = problem.replace(visits=(replace(visit, fixed_carers=()),))
    return Case(problem, a_rota(), "plan Huw or unlock the visit", cured)


def of_visit_window() -> Case:
    """Aled comes on shift an hour after the latest start."""
    problem = shift_of(a_problem([asked()]), "09:00", "12:00")
    cured = problem.replace(visits=(asked(latest=9 * HOUR),))
    return Case(problem, a_rota(), "let it start at 09:00", cured)


def of_links() -> Case:
    """Lunch four hours after a breakfast that is late: it could have been an hour earlier."""
    visits = [a_visit("breakfast", "09:00", slack=60), asked("12:30")]
    problem = a_problem(visits, links=[Link("breakfast", "asked", at_least=4 * HOUR)])
    rota = a_rota(a_leg("breakfast", start="09:30"))
    return Case(problem, rota, "move the visit to Mary on Mon from 09:30 to 08:30", problem)


def of_travel() -> Case:
    """Nia lives half an hour away and is visited at once after."""
    visits = [asked(), a_visit("next", "08:30", client="nia", slack=60)]
    problem = shift_of(a_problem(visits, clients=[a_client("nia", x=30)]), "08:00", "10:00")
    return Case(
        problem,
        a_rota(a_leg("next", start="08:30")),
        "move the visit to Nia on Mon from 08:30 to 09:00",
        problem,
    )


def of_shifts() -> Case:
    """Aled comes on shift two hours after the latest start: too late for a longer window."""
    problem = shift_of(a_problem([asked()]), "10:00", "12:00")
    cured = shift_of(problem, "08:00", "12:00")
    return Case(problem, a_rota(), "ask Aled to work from 08:00 on Mon", cured)


def of_breaks() -> Case:
    """Six hours at Mary's, and another half an hour until Aled's shift ends."""
    visits = [a_visit("long", "08:00", minutes=360, slack=0), asked("14:00")]
    problem = shift_of(a_problem(visits), "07:30", "14:30")
    earlier = a_visit("long", "07:40", minutes=360, slack=0)
    change = "leave Aled 20 min free before 14:00"
    return Case(
        problem, a_rota(a_leg("long", minutes=360)), change, problem.replace(visits=(earlier, visits[1]))
    )


def of_daily_rest() -> Case:
    """Home at 22:00 and out again at 08:00: ten hours. Later than that Aled is not on shift."""
    visits = [a_visit("evening", "21:30", slack=0), asked("Tue 08:00")]
    shifts = (a_shift("aled", "20:00", "22:00"), a_shift("aled", "Tue 08:00", "Tue 08:30"))
    problem = a_problem(visits, shifts=shifts)
    change = "end the round 21:30-22:00 on Mon earlier or start the round 08:00-08:30 on Tue later"
    earlier = a_visit("evening", "20:30", slack=0)
    return Case(
        problem, a_rota(a_leg("evening", start="21:30")), change, problem.replace(visits=(earlier, visits[1]))
    )


def of_weekly_rest() -> Case:
    """Every noon but Thursday's: with that one, too, never more than 23 and a half hours free."""
    noons = [a_visit(f"noon{day}", day * DAY + 12 * HOUR, slack=0) for day in range(7) if day != 3]
    shifts = [Shift("aled", day, day * DAY + 12 * HOUR, day * DAY + 12 * HOUR + 30) for day in range(7)]
    problem = a_problem([*noons, asked("Thu 12:00")], shifts=shifts)
    rota = a_rota(*(a_leg(noon.id, start=noon.preferred) for noon in noons))
    cured = problem.replace(visits=(*noons[:2], *noons[3:], asked("Thu 12:00")))
    return Case(problem, rota, "give Aled a free day in that week", cured)


def of_weekly_hours() -> Case:
    """Aled works at most half an hour, and does, at once afterwards."""
    visits = (a_visit("other", "08:30", slack=0), asked())
    problem = a_problem(visits, [a_carer(most=30)])
    change = "give 30 min of Aled's work to somebody else"
    return Case(problem, a_rota(a_leg("other", start="08:30")), change, problem.replace(visits=visits[1:]))


def of_isf_budget() -> Case:
    """Mary's fund has £15.99 a week, and the visit costs £16."""
    fund = Fund("mary", 1599, prices=(FundPrice(30, 1600, 1600, 1600),))
    problem = a_problem([asked()], funds=(fund,), settings=some_settings(isf_kept=True))
    change = "ask Mary what to change, or use what was banked"
    return Case(problem, a_rota(), change, problem.replace(funds=(replace(fund, budget=1600),)))


ONE_REASON: dict[str, Callable[[], Case]] = {
    name.removeprefix("of_"): case for name, case in list(globals().items()) if name.startswith("of_")
}


def tried(case: Case) -> dict[str, tuple[Trial, ...]]:
    return trials(case.problem.visit(case.asked), case.rota, case.problem)


def change_of(case: Case) -> Change | None:
    """The easiest one."""
    visit = case.problem.visit(case.asked)
    return next(single_changes(visit, tried(case), case.rota, case.problem), None)


def newly_hard(rota: Rota, legs: list[Leg], problem: Problem) -> list[Finding]:
    """What the checker finds in the whole rota with these legs that it did not find before."""
    return worse(check(rota, problem, HARD).hard, check(rota.with_legs(legs), problem, HARD).hard)
