"""Words that mean the same although they are spelled differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from scheduler.intake.raw import key
from scheduler.uk import task_names


class Spelling:
    """One spelling for words that differ in case only, the first that comes up: 'Welsh' and 'welsh' are one."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def __call__(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(self._known.setdefault(word.casefold(), word) for word in words)


def known_tasks(words: Iterable[str]) -> tuple[str, ...]:
    """'Full wash' -> 'full_wash', as the list of tasks has it; an unknown one is left as it is."""
    names = _tasks_by_key()
    return tuple(names.get(key(word), word) for word in words)


@cache
def _tasks_by_key() -> Mapping[str, str]:
    return {key(name): name for name in task_names()}
