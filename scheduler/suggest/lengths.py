"""Visits that take longer than planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from scheduler.delivered import Actual
from scheduler.domain import Visit
from scheduler.notes import Note, NoteKind
from scheduler.problem import Problem
from scheduler.suggest.base import (
    ENOUGH,
    STEP,
    Suggestion,
    What,
    middle,
    ran_over,
    said_by_enough,
    what_was_said,
)


def lengths(problem: Problem, actuals: Sequence[Actual], notes: Sequence[Note]) -> Iterator[Suggestion]:
    """One for each row of the care plans whose visits ran over, by the clock or by what people say."""
    took = _took(problem, actuals)
    said = [note for note in notes if note.kind is NoteKind.TOO_SHORT]
    plans: dict[str, list[Visit]] = defaultdict(list)
    for visit in problem.visits:
        plans[visit.plan or visit.id].append(visit)
    for plan, visits in plans.items():
        last = visits[-1]  # as it is planned now
        mine = [note for note in said if note.client == last.client and note.plan in ("", plan)]
        recorded = [(visit, took[visit.id]) for visit in visits if visit.id in took]
        found = _suggested(plan, last, recorded, mine, problem)
        if found is not None:
            yield found


def _took(problem: Problem, actuals: Iterable[Actual]) -> dict[str, int]:
    """Visit -> how long it took: the carer who stayed longest."""
    found: dict[str, int] = {}
    for row in actuals:
        if row.visit in problem.visit_index and row.start is not None and row.minutes > 0:
            found[row.visit] = max(row.minutes, found.get(row.visit, 0))
    return found


def _suggested(
    plan: str, last: Visit, recorded: Sequence[tuple[Visit, int]], notes: Sequence[Note], problem: Problem
) -> Suggestion | None:
    tolerance = problem.settings.short_tolerance
    minutes = [took for _, took in recorded]
    over = [took for visit, took in recorded if took - visit.commissioned > tolerance]
    told = [note.minutes for note in notes if note.minutes is not None and note.minutes > last.commissioned]
    if ran_over(len(over), len(recorded), notes):
        then = _enough(minutes)
    elif said_by_enough(notes) and told:
        then = -(-middle(told) // STEP) * STEP
    elif said_by_enough(notes):
        return _look(plan, last, notes)
    else:
        return None
    if then <= last.commissioned:
        return None
    evidence = []
    if recorded:
        fits = sum(took <= then for took in minutes)
        evidence.append(
            f"It took more than {tolerance} minutes longer than planned in {len(over)} of {len(recorded)} recorded "
            f"visits, and {middle(minutes)} minutes or more in half of them; {then} would have been enough in {fits}."
        )
    evidence += what_was_said(notes)
    part = f"{last.part} visit" if last.part and last.part != "other" else "visit"
    return Suggestion(
        What.LENGTH,
        last.client,
        f"Plan {then} minutes for the {part}, not {last.commissioned}. Ask first who pays for the time.",
        f"visits, row {plan}: minutes {then}",
        tuple(evidence),
        plan=plan,
        now=last.commissioned,
        then=then,
    )


def _enough(minutes: Sequence[int]) -> int:
    """The shortest length that would have been enough often enough."""
    needed = sorted(minutes)[-(-len(minutes) * round(100 * ENOUGH) // 100) - 1]
    return -(-needed // STEP) * STEP


def _look(plan: str, last: Visit, notes: Sequence[Note]) -> Suggestion:
    return Suggestion(
        What.LOOK,
        last.client,
        "Ask how long the visit takes: several people say that it is too short, and nobody says what is enough.",
        f"visits, row {plan}",
        tuple(what_was_said(notes)),
        plan=plan,
    )
