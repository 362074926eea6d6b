"""Who must be told what: everybody for whom something changes, each with the sentences to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scheduler.problem import Problem
from scheduler.repair.event import carer_name
from scheduler.repair.otherwise import done_otherwise
from scheduler.repair.words import moment
from scheduler.rota import Leg, Rota
from scheduler.units import clock


@dataclass(frozen=True, slots=True)
class Tell:
    """One person to tell. `by` is the minute of the first thing that is different for them: whoever is soonest is told
    first. `sentence` is what to say, a line a visit; `visits` are those, for whoever counts."""

    who: Literal["client", "carer"]
    id: str
    name: str
    by: int
    sentence: str
    visits: tuple[str, ...]


def people_to_tell(
    before: Rota, after: Rota, problem: Problem, earlier: Problem | None = None, undone: bool = False
) -> list[Tell]:
    """Everybody to whom something else happens in `after` than in `before`, whoever is soonest first. `problem` is the
    one of `after`; `earlier` (else the same) names visits that have gone since. A client who cancelled knows it, and so
    does one in hospital; their carers are told. But where a repair is `undone` the visits that it asked for go, and
    their clients do not know that."""
    earlier = earlier or problem
    found: dict[tuple[Literal["client", "carer"], str], list[tuple[int, str, str]]] = defaultdict(list)
    for id, old, new, known in done_otherwise(before, after, problem, earlier):
        visit = known.visit(id)
        by = min(leg.start for leg in (*old, *new))
        if id in problem.visit_index:
            sentence = _for_client(old, new, problem)
            if sentence:
                found["client", visit.client].append((by, sentence, id))
        elif undone:
            sentence = (
                f"{moment(by, earlier)}: nobody comes after all; what was told of this visit does not hold."
            )
            found["client", visit.client].append((by, sentence, id))
        name = known.client(visit.client).name
        for carer, sentence in _for_carers(old, new, name, known):
            found["carer", carer].append((by, sentence, id))
    told = []
    for (who, id), said in found.items():
        said.sort()
        whose = (
            problem if id in (problem.carer_index if who == "carer" else problem.client_index) else earlier
        )
        name = carer_name(id, whose) if who == "carer" else whose.client(id).name
        sentences = "\n".join(sentence for _, sentence, _ in said)
        told.append(Tell(who, id, name, said[0][0], sentences, tuple(visit for _, _, visit in said)))
    return sorted(told, key=lambda one: (one.by, one.who, one.id))


def _for_client(old: tuple[Leg, ...], new: tuple[Leg, ...], problem: Problem) -> str:
    """What the client is told; empty where it is nothing that was told before either."""
    if not new:
        when = moment(old[0].start, problem)
        return f"{when}: nobody can come; we are still looking, and will ring you."
    who = _names(new, problem)
    if not old:
        return f"{moment(new[0].start, problem)}: {who} {_verb(new)} for {new[0].minutes} minutes."
    parts = []
    tolerance, known = problem.settings.told_tolerance, old[0].start
    promise = problem.promises.get(new[0].visit)
    if promise is not None and abs(known - promise.start) <= tolerance:
        known = (
            promise.start
        )  # the client was not told of the small change before: two of them may be a large one
    if {leg.carer for leg in old} != {leg.carer for leg in new}:
        parts.append(f"{who} {_verb(new)} instead of {_names(old, problem)}")
    if old[0].start != new[0].start and abs(known - new[0].start) > tolerance:
        parts.append(f"it is at {clock(new[0].start)} instead of {clock(known)}")
    return f"{moment(known, problem)}: {', and '.join(parts)}." if parts else ""


def _for_carers(
    old: tuple[Leg, ...], new: tuple[Leg, ...], client: str, problem: Problem
) -> Iterator[tuple[str, str]]:
    """Carer -> what is different for them; every minute counts for whoever drives."""
    before, after = {leg.carer: leg for leg in old}, {leg.carer: leg for leg in new}
    for carer, leg in after.items():
        when = moment(leg.start, problem)
        if carer not in before:
            yield carer, f"New: {client}, {when}, {leg.minutes} minutes."
        elif (before[carer].start, before[carer].minutes) != (leg.start, leg.minutes):
            yield (
                carer,
                f"{client}: {when} for {leg.minutes} minutes, instead of {clock(before[carer].start)} for "
                f"{before[carer].minutes}.",
            )
        elif set(before) != set(after):
            others = [carer_name(other, problem) for other in after if other != carer]
            yield carer, f"{client}, {when}: together with {' and '.join(others) or 'nobody else'}."
    for carer, leg in before.items():
        if carer not in after:
            yield carer, f"Not yours any more: {client}, {moment(leg.start, problem)}."


def _names(legs: tuple[Leg, ...], problem: Problem) -> str:
    return " and ".join(carer_name(leg.carer, problem) for leg in legs)


def _verb(legs: tuple[Leg, ...]) -> str:
    return "comes" if len(legs) == 1 else "come"
