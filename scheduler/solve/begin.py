"""Where the search begins: with nothing, or with a rota that is put right first, locks and freeze included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scheduler.check import check
from scheduler.rota import Rota
from scheduler.rules.base import Rule
from scheduler.solve.anneal import Clock, tell
from scheduler.solve.keep import Kept, keep_what_is_locked
from scheduler.solve.model import Model
from scheduler.solve.options import SEARCHING, Options, Progress
from scheduler.solve.pack import Packing
from scheduler.solve.repair import losses, of_today, repair
from scheduler.solve.search import Search


@dataclass
class Begun:
    """One search a worker, each with its own random numbers. `lost`: see `Result`."""

    searches: list[Search]
    kept: Kept = field(default_factory=Kept)
    lost: dict[str, str] = field(default_factory=dict)


def begin(model: Model, options: Options, clock: Clock, rules: Sequence[Rule]) -> Begun:
    """The searches, each with the start rota if there is one. A start rota of another period, or with carers whom
    nobody knows, is refused, and so is a lock of a visit that does not exist."""
    for id in (*options.locked, *options.locked_carers, *options.locked_times):
        model.problem.visit(id)
    if options.base is None:
        return Begun(_searches(model, options))
    options.report(Progress("taking over the start rota", clock.elapsed()))
    base, gone = _base(model, options, options.base)
    report = check(base, model.problem, rules)
    kept = keep_what_is_locked(model, options, base, report)
    searches = _searches(model, options)
    repair(searches[0], base, report, kept.whole)
    for search in searches:
        if search is not searches[0]:
            search.take_over(searches[0])
        search.lock(model.kept)
    tell(SEARCHING, searches, options, clock)
    lost = losses(base, searches[0].rota(), report, model.problem)
    lost = {id: f"{gone.get(id, '')} {lost.get(id, '')}".strip() for id in (*lost, *gone)}
    return Begun(searches, kept, lost | kept.refused)


def _searches(model: Model, options: Options) -> list[Search]:
    packing = Packing(model)
    return [Search(model, options.seed + 1_000_003 * i, packing) for i in range(options.workers)]


def _base(model: Model, options: Options, rota: Rota) -> tuple[Rota, dict[str, str]]:
    """The start rota without what has gone since, and what that is. Only clients may have been told of a carer who
    has left: in a start rota of its own an unknown carer is a mistake."""
    if options.start is not None:
        for leg in rota.legs:
            model.problem.carer(leg.carer)
    return of_today(rota, model.problem)
