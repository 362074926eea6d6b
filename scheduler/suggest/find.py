"""All suggestions, by client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scheduler.delivered import Actual
from scheduler.notes import Note
from scheduler.problem import Problem
from scheduler.suggest.base import Suggestion
from scheduler.suggest.journeys import doors
from scheduler.suggest.lengths import lengths
from scheduler.suggest.wishes import wishes


def suggestions(
    problem: Problem,
    actuals: Sequence[Actual],
    notes: Sequence[Note],
    starts: Mapping[str, int] | None = None,
) -> tuple[Suggestion, ...]:
    """What should change, in the order of the clients. The problem is of all days of which something was clocked;
    `starts`: visit -> the start that was planned, where a rota says it (else the preferred one counts)."""
    found = [
        *lengths(problem, actuals, notes),
        *doors(problem, actuals, notes, starts or {}),
        *wishes(problem, notes),
    ]
    return tuple(sorted(found, key=lambda one: (problem.client_index[one.client], one.id)))
