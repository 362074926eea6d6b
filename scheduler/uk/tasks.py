"""How long the tasks of a visit take, in minutes: the figures called `task.*`.

No UK standard per task was found (see the notes of the figures), so these are assumptions, each the LOWER end
of its range: a visit that is too short for its tasks by these minutes is too short by anybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from scheduler.errors import UnknownName
from scheduler.uk.figures import figure, figures

_PREFIX = "task."
_EVERY_VISIT = ("arrive", "records")


@cache
def _personal_care() -> Mapping[str, bool]:
    """Task -> is it personal care? Arriving and the records are not tasks to choose: every visit has them."""
    tasks = (entry for entry in figures() if entry.name.startswith(_PREFIX))
    care = {task.name.removeprefix(_PREFIX): bool(task.personal_care) for task in tasks}
    return {name: care[name] for name in care if name not in _EVERY_VISIT}


def task_names() -> tuple[str, ...]:
    """The tasks that a care plan can list, in the order of the figures."""
    return tuple(_personal_care())


def is_personal_care(task: str) -> bool:
    """Is it physical help with eating, toileting, washing, dressing, mouth, skin, hair or nails?"""
    _require_known(task)
    return _personal_care()[task]


def task_minutes(tasks: Iterable[str], on: date) -> int:
    """Minutes that a visit with these tasks takes: arriving + the tasks one after the other + the records.

    0 when there are none: then nobody has said what the visit is for, and nothing can be judged. A task that
    is listed twice is done twice. Tasks that overlap (a meal in the microwave while dressing) are not seen.
    """
    listed = list(tasks)
    for task in listed:
        _require_known(task)
    done = (*listed, *_EVERY_VISIT) if listed else ()
    return sum(int(figure(_PREFIX + task, on).value) for task in done)


def _require_known(task: str) -> None:
    if task not in _personal_care():
        raise UnknownName("task", task, task_names())
