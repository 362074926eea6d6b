"""Journeys that take longer than planned, wherever they come from: then it is the parking or the door."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scheduler.delivered import Actual
from scheduler.notes import Note, NoteKind
from scheduler.problem import Problem
from scheduler.suggest.base import Suggestion, What, middle, ran_over, said_by_enough, what_was_said
from scheduler.units import DAY

NOTICEABLE = 1
"""Minutes over the plan that a clock's rounding explains."""
_LONGEST = 60
"""Minutes over the plan that are a break, not a journey."""
ORIGINS = 2
"""From so many addresses at the least: else it may be the road, not the door."""


@dataclass(frozen=True, slots=True)
class Journey:
    """One carer's way from one client to the next: how much longer it took than planned, and how."""

    came_from: str
    to: str
    over: int
    mode: str


def journeys(problem: Problem, actuals: Sequence[Actual], starts: Mapping[str, int]) -> Iterator[Journey]:
    """The ways between two clocked visits on which there was no time to spare: the carer left so late that by the plan
    there was no waiting. `starts`: when visits were planned, where that is known; else the preferred start counts."""
    of_carer: dict[tuple[str, int], list[Actual]] = defaultdict(list)
    for row in actuals:
        if row.visit in problem.visit_index and row.carer in problem.carer_index and row.start is not None:
            of_carer[row.carer, row.start // DAY].append(row)
    for (carer, _), rows in sorted(of_carer.items()):
        mode = problem.carer(carer).mode
        for before, after in pairwise(sorted(rows, key=lambda row: row.start or 0)):
            if before.end is None or after.start is None:
                continue
            a, b = problem.visit(before.visit), problem.visit(after.visit)
            if a.client == b.client:
                continue
            places = problem.place_of_client(a.client), problem.place_of_client(b.client)
            planned = problem.way(mode, *places, before.end)
            over = after.start - before.end - planned
            if before.end + planned >= starts.get(b.id, b.preferred) and abs(over) <= _LONGEST:
                yield Journey(a.client, b.client, over, mode)


def doors(
    problem: Problem, actuals: Sequence[Actual], notes: Sequence[Note], starts: Mapping[str, int]
) -> Iterator[Suggestion]:
    """One for each client to whom journeys ran over, by the clock or by what people say."""
    kinds = (NoteKind.TRAVEL, NoteKind.PARKING)
    said: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        if note.kind in kinds:
            said[note.client].append(note)
    ways: dict[str, list[Journey]] = defaultdict(list)
    for journey in journeys(problem, actuals, starts):
        ways[journey.to].append(journey)
    for client in problem.clients:
        found = _suggested(client.id, ways[client.id], said[client.id], problem)
        if found is not None:
            yield found


def _suggested(
    client: str, ways: Sequence[Journey], notes: Sequence[Note], problem: Problem
) -> Suggestion | None:
    over = [way for way in ways if way.over > NOTICEABLE]
    told = [note.minutes for note in notes if note.minutes]
    evidence = what_was_said(notes)
    if ran_over(len(over), len(ways), notes):
        more = middle([way.over for way in ways])
        evidence.insert(
            0,
            f"The way there took longer than planned in {len(over)} of {len(ways)} journeys on which there was no time "
            f"to spare; {more} minutes longer, or more, in half of them.",
        )
        if len({way.came_from for way in ways}) < ORIGINS:
            before = problem.client(ways[0].came_from).name
            return _look(client, f"Look at the road: these journeys all came from {before}.", evidence)
    elif said_by_enough(notes) and told:
        more = middle(told)
    elif said_by_enough(notes):
        return _look(client, "Ask how long parking and the door take: several people say too long.", evidence)
    else:
        return None
    if more <= 0:
        return None
    usual = problem.settings.modes[ways[0].mode].door_minutes if ways and problem.settings.modes else 0
    extra = problem.client(client).place.parking
    now = f"{usual + extra + more} minutes, not {usual + extra}" if usual + extra else f"{more} minutes more"
    return Suggestion(
        What.DOOR,
        client,
        f"Plan for door and parking at this address: {now}.",
        f"clients, row {client}: parking_minutes {extra + more}",
        tuple(evidence),
        now=extra,
        then=extra + more,
    )


def _look(client: str, change: str, evidence: Sequence[str]) -> Suggestion:
    return Suggestion(What.LOOK, client, change, f"clients, row {client}", tuple(evidence))
