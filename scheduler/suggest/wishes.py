"""What a person wishes: another time, or a carer with whom they thrive. One voice is enough: it is their life."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scheduler.domain import Relation, Visit
from scheduler.notes import Note, NoteKind
from scheduler.problem import Problem
from scheduler.suggest.base import Suggestion, What, what_was_said
from scheduler.units import DAY, clock


def wishes(problem: Problem, notes: Sequence[Note]) -> Iterator[Suggestion]:
    """Times and carers, as far as the tables do not have them yet."""
    yield from _times(problem, [note for note in notes if note.kind is NoteKind.OTHER_TIME])
    yield from _carers(problem, [note for note in notes if note.kind is NoteKind.THRIVES])


def _times(problem: Problem, notes: Sequence[Note]) -> Iterator[Suggestion]:
    last_of: dict[str, Visit] = {visit.plan: visit for visit in problem.visits if visit.plan}
    newest = {note.plan: note for note in sorted(notes, key=lambda note: note.day)}
    for plan, note in newest.items():
        visit = last_of.get(plan)
        if visit is None or note.time is None:
            continue
        now = visit.preferred - visit.day * DAY
        if note.time != now:
            yield Suggestion(
                What.TIME,
                note.client,
                f"Plan the visit for {clock(note.time)}, not {clock(now)}; its window moves along.",
                f"visits, row {plan}: preferred {clock(note.time)}, and earliest and latest where they are written",
                tuple(what_was_said([one for one in notes if one.plan == plan])),
                plan=plan,
                now=now,
                then=note.time,
            )


def _carers(problem: Problem, notes: Sequence[Note]) -> Iterator[Suggestion]:
    for pair in dict.fromkeys((note.client, note.carer) for note in notes):
        client, carer = pair
        relation = problem.relation(client, carer)
        if relation in (Relation.PREFER, Relation.ONLY):
            continue
        told = tuple(what_was_said([one for one in notes if (one.client, one.carer) == pair]))
        name = problem.carer(carer).name
        if relation is Relation.NEVER:
            change = f"Ask again: {name} is kept away from this client, and somebody says that they get on."
            yield Suggestion(What.LOOK, client, change, f"relations, {client} and {carer}", told, carer=carer)
        else:
            change = f"Let {name} come more often: they get on."
            where = f"relations, a new row: {client}, {carer}, prefer"
            yield Suggestion(What.CARER, client, change, where, told, carer=carer)
