"""What stays as it is in the start rota: visits that somebody locked, and all that lies before a freeze."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from scheduler.check import Report
from scheduler.rota import Leg, Rota
from scheduler.solve.model import Model
from scheduler.solve.options import Options
from scheduler.solve.placer import Placer
from scheduler.solve.repair import joined, who_visits_whom, why, with_its_own, with_others
from scheduler.solve.search import Search
from scheduler.units import DAY, clock


@dataclass
class Kept:
    """`whole`: visits that keep carers and start. `refused`: visits that could not be kept so, with the reason.
    `bound`: visits that the user has tied down, in a sentence for whoever asks why nobody is planned."""

    whole: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    bound: dict[str, str] = field(default_factory=dict)

    def explained(self, proofs: Mapping[str, str], unallocated: Collection[str]) -> dict[str, str]:
        """The proofs, and before each what ties the visit down."""
        tied = {id: told for id, told in self.bound.items() if id in unallocated}
        return {id: f"{tied.get(id, '')} {proofs.get(id, '')}".strip() for id in {**proofs, **tied}}


def keep_what_is_locked(model: Model, options: Options, base: Rota, report: Report) -> Kept:
    """Tell the model what stays as it is in `base`, whose report is the checker's. What breaks a rule, by itself or
    with what is locked already, is refused and planned like any other visit."""
    keeper = _Keeper(model, base, report)
    times, carers = set(options.locked_times), set(options.locked_carers)
    frozen = {id for id, legs in base.legs_by_visit.items() if _is_before(legs, options.frozen_before)}
    whole = frozen | set(options.locked) | (times & carers)
    keeper.each(whole, keeper.keep_whole)
    if options.frozen_before is not None:
        keeper.freeze(options.frozen_before)
    keeper.each(times - whole, keeper.keep_time)
    keeper.each(carers - whole, keeper.keep_carers)
    return keeper.kept


def _is_before(legs: tuple[Leg, ...], minute: int | None) -> bool:
    return minute is not None and legs[0].start < minute


class _Keeper:
    """Locks one visit after the other, each if there is room for it beside those before."""

    def __init__(self, model: Model, base: Rota, report: Report) -> None:
        self.model, self.base, self.report = model, base, report
        self.problem = model.problem
        self.placer = Placer(Search(model, 0))
        self.visiting = who_visits_whom(self.placer, base)
        self.kept = Kept()

    def each(self, ids: set[str], keep: Callable[[int, tuple[Leg, ...]], str]) -> None:
        """Keep each of these visits so, in the order in which they start; `keep` says why it cannot be, or nothing."""
        for id in sorted(ids, key=lambda id: (self.base.of_visit(id)[:1], id)):
            legs = self.base.of_visit(id)
            if not legs:
                self.kept.refused[id] = "Nobody is planned for it in the start rota."
                continue
            against = keep(self.problem.visit_index[id], legs)
            if against:
                self.kept.refused[id] = f"Cannot be kept: {why(id, legs, self.report) or against}"

    def keep_whole(self, visit: int, legs: tuple[Leg, ...]) -> str:
        """Carers and start."""
        if not self.placer.as_it_is(visit, legs):
            return "there is no room for it beside what else is locked."
        self.model.keep(visit, legs[0].start)
        self.kept.whole.append(legs[0].visit)
        return ""

    def keep_time(self, visit: int, legs: tuple[Leg, ...]) -> str:
        """The start, with whoever can come then."""
        model, start = self.model, legs[0].start
        before = model.earliest[visit], model.latest[visit]
        model.start_between(visit, start, start)
        if not (
            with_its_own(self.placer, visit, legs) or with_others(self.placer, visit, legs, self.visiting)
        ):
            model.earliest[visit], model.latest[visit] = before
            return f"nobody can come at {clock(start)}."
        model.held_starts[visit] = start, start
        self.kept.bound[legs[0].visit] = f"It is locked to start at {clock(start)}."
        return ""

    def keep_carers(self, visit: int, legs: tuple[Leg, ...]) -> str:
        """The carers, at any time of its window."""
        carers, must = self.placer.carers_of(legs), int(self.model.must[visit])
        if must >= 0 and must not in carers and len(carers) < self.placer.needed(visit):
            carers.append(must)  # whom the care plan itself names
        names = " and ".join(self.problem.carers[carer].name for carer in carers)
        if not self._with(visit, carers, legs):
            return f"{names} cannot come at any time of its window."
        self.model.fix(visit, carers, None)
        self.model.held_carers[visit] = carers
        self.kept.bound[legs[0].visit] = f"It is locked to {names}."
        return ""

    def _with(self, visit: int, carers: list[int], legs: tuple[Leg, ...]) -> bool:
        """Is there room for the visit with these carers? Where too few are named, somebody else may join them."""
        needed, wish = self.placer.needed(visit), legs[0].start
        if len(carers) < needed:
            return joined(self.placer, visit, legs, self.visiting)
        return any(self.placer.place(visit, some, wish) for some in combinations(carers, needed))

    def freeze(self, minute: int) -> None:
        """Nothing but what is kept whole begins before that minute."""
        self.model.not_before = minute
        when = f"{self.problem.date_of(minute // DAY):%a} {clock(minute)}"
        for v, visit in enumerate(self.problem.visits):
            if v in self.model.kept:
                continue
            self.model.start_between(v, minute, int(self.model.latest[v]))
            if self.model.latest[v] < minute:
                self.kept.bound[visit.id] = (
                    f"Its window was over by {when}, when the freeze ends: nobody can be sent into the past."
                )
