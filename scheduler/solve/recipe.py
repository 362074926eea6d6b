"""The recipe behind `solve(problem)`: a rota, always checked by code that knows nothing of how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scheduler.check import check
from scheduler.errors import Disagreement
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.solve.anneal import END_SHARE, PROOF_SHARE, Clock, anneal, best_of
from scheduler.solve.begin import begin
from scheduler.solve.gap import DayGap
from scheduler.solve.leftovers import place_leftovers
from scheduler.solve.memory import give_back
from scheduler.solve.model import Model, encode
from scheduler.solve.options import FINISHED, Options, Progress
from scheduler.solve.placing import Placing
from scheduler.solve.polish import polish
from scheduler.solve.prove import Proof, provable, prove
from scheduler.solve.result import Result
from scheduler.solve.search import Search
from scheduler.solve.teams import Teams, plan_teams
from scheduler.solve.warm import warm_up
from scheduler.units import sixtieths

GUIDE = sixtieths(400)
"""How much dearer a carer outside the core team looks at first."""
TEAMS_SHARE = 0.04
"""Part of a time budget that the core teams may take at the most."""
LEFTOVERS_SHARE = 0.3
"""Part of the time left for what the search left over, where a proof is to come."""
NO_PROOF = "nothing can be proved: proofs and bounds do not know rush hours"
_FAULT = "This is a fault of ours; please report it with the data that shows it."
TOO_LARGE = "nothing can be proved: a day has too many visits for that"
WARM_START = 0.6
"""A plan that starts from a rota skips this share of the annealing: it is good already."""


def plan(
    problem: Problem, options: Options | None = None, rules: Sequence[Rule] = RULES, **choices: Any
) -> Result:
    """Plan the period by `rules`: core teams, search, leftovers, check. Never fails for want of carers: a visit that
    cannot be placed is left unallocated, with its price and its reasons. `choices` are fields of Options.

    Raises Disagreement if the solver and the checker see the rota differently; that is a fault of ours.
    """
    options = replace(options or Options(), **choices)
    told: list[Progress] = []
    options = _listening(options, told)
    warm_up(lambda line: options.report(Progress(line, 0.0)))
    clock = Clock(options.seconds, options.iterations)
    problem = _with_promises(problem, options)
    model = encode(problem, rules)
    if not options.exact:  # nobody places leftovers: their time is the search's
        clock.exact_share = clock.end_share
    begun = begin(model, options, clock, rules)
    # Where nothing can be proved, all of the time is for the search.
    if options.prove and not model.has_rush and provable(model, begun.searches[0].rota()):
        clock.exact_share = clock.end_share = PROOF_SHARE
    teams = Teams(frozenset(), "not asked for")

    def guide() -> None:
        nonlocal teams
        teams = _teams(model, options, clock)
        for search in begun.searches:
            search.guide(teams.pairs, GUIDE if teams.pairs else 0)

    something = bool(problem.visits and problem.shifts)  # to search for: else the budget would be idled away
    warm = WARM_START if options.base else 0.0
    stopped = something and anneal(begun.searches, options, clock, warm, once_built=guide)
    best = best_of(begun.searches, options)
    iterations = sum(search.iterations for search in begun.searches)
    begun.searches[:] = [best]  # the memory of the others is for what comes now
    if something and not stopped:
        polish(best, clock.part(END_SHARE), options.stopped)
        stopped = options.stopped()
    placing = _leftovers(model, best, options, clock, stopped, rules)
    stopped = stopped or options.stopped()
    rota, price = _better(model, placing.rota, best.rota(), best.price)
    begun.searches.clear()
    del best
    give_back()  # what they had is for the proof and the check
    proof = _proof(model, rota, price, options, clock, stopped)
    stopped = stopped or (options.prove and options.stopped())
    rota, price = _better(model, proof.rota, rota, price)
    report = check(rota, problem, rules)
    if report.hard or report.total != price:
        raise Disagreement(_difference(report.total, price, [finding.sentence for finding in report.hard]))
    if proof.bound is not None and proof.bound > price:
        raise Disagreement(
            f"A rota of {price} sixtieths of a penny is below the proved {proof.bound}. {_FAULT}"
        )
    left = {visit.id for visit in rota.unallocated(problem)}
    options.report(Progress(FINISHED, clock.elapsed(), price, len(left), iterations, 1.0))
    return Result(
        rota=rota,
        report=report,
        seed=options.seed,
        iterations=iterations,
        seconds=clock.elapsed(),
        stopped=stopped,
        team_size=teams.size(),
        team_status=teams.status,
        proofs=begun.kept.explained(placing.told_of(rota), left),
        lost=begun.lost,
        refused=frozenset(begun.kept.refused),
        progress=tuple(told),
        gaps=_gaps(model, rota, options, clock) if options.bound else (),
        bound=proof.bound,
        bound_covers=proof.covers,
        held=model.is_held,
    )


def _with_promises(problem: Problem, options: Options) -> Problem:
    """The problem with what clients were told, if that is given beside it."""
    if options.published is None:
        return problem
    check(Rota(options.published.start, options.published.days), problem, rules=())
    return problem.replace(published=options.published.promises())


def _listening(options: Options, told: list[Progress]) -> Options:
    """The same options, with all progress kept as well, and with a stop that stays once it was asked for."""
    listener, stop = options.on_progress, options.stop
    asked = False

    def hear(progress: Progress) -> None:
        told.append(progress)
        if listener is not None:
            listener(progress)

    def heard() -> bool:
        nonlocal asked
        asked = asked or (stop is not None and stop())
        return asked

    return replace(options, on_progress=hear, stop=heard)


def _teams(model: Model, options: Options, clock: Clock) -> Teams:
    if not options.teams or options.base is not None or not model.problem.visits or not model.problem.shifts:
        return Teams(frozenset(), "not asked for")
    options.report(Progress("planning core teams", clock.elapsed()))
    return plan_teams(model, seconds=clock.part(TEAMS_SHARE))


def _leftovers(
    model: Model,
    best: Search,
    options: Options,
    clock: Clock,
    stopped: bool,
    rules: Sequence[Rule],
) -> Placing:
    if not options.exact or stopped or best.unallocated == 0:
        return Placing(best.rota())
    options.report(Progress("placing what is left over", clock.elapsed(), best.price, best.unallocated))
    share = LEFTOVERS_SHARE if options.prove else 1.0
    explain = options.reasons and rules is RULES
    seconds = share * clock.left()
    return place_leftovers(model, best.rota(), seconds=seconds, explain=explain, stopped=options.stopped)


def _proof(model: Model, rota: Rota, price: int, options: Options, clock: Clock, stopped: bool) -> Proof:
    """How good the rota is, where somebody wants to know; perhaps a better one."""
    if not options.prove or stopped:
        return Proof(rota, None, "")
    if model.has_rush:
        options.report(Progress(NO_PROOF, clock.elapsed()))
        return Proof(rota, None, "")
    if not provable(model, rota):
        options.report(Progress(TOO_LARGE, clock.elapsed()))
        return Proof(rota, None, "")
    unallocated = len(rota.unallocated(model.problem))

    def tell(bound: int) -> None:
        options.report(Progress("proving", clock.elapsed(), price, unallocated, bound=bound))

    options.report(Progress("proving how good the rota is", clock.elapsed(), price, unallocated))
    together = options.iterations is None and options.workers > 1
    return prove(model, rota, price, clock.left(), together, tell, options.stopped)


def _better(model: Model, other: Rota, rota: Rota, price: int) -> tuple[Rota, int]:
    """The other rota, as the search takes it over, or the rota of this price, whichever costs less."""
    if other is rota or other.legs == rota.legs:
        return rota, price
    last = Search(model, 0)
    last.start_from(other)
    return (last.rota(), last.price) if last.price < price else (rota, price)


def _gaps(model: Model, rota: Rota, options: Options, clock: Clock) -> tuple[DayGap, ...]:
    if model.has_rush:
        options.report(Progress(NO_PROOF, clock.elapsed()))
        return ()
    # MathOpt and the pricing kernel are loaded for those who ask.
    from scheduler.solve.bound import day_bounds, gap_by_day

    options.report(
        Progress("bounding each day (ten seconds longer the first time on a machine)", clock.elapsed())
    )
    return gap_by_day(model, rota, day_bounds(model, clock.part(1.0), options.stopped))


def _difference(checked: int, price: int, hard: list[str]) -> str:
    broken = f" The checker finds: {' '.join(hard[:3])}" if hard else ""
    return (
        f"The solver and the checker disagree about this rota: {price} against {checked} sixtieths of a penny.{broken} "
        f"{_FAULT}"
    )
