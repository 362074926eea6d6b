"""The groups that the agency records, and which of them are too small to be shown.

Nobody may be singled out, also not by subtraction: a group of fewer than SMALL people is not shown; and where the
people who are not shown would be fewer than SMALL, the next larger group is not shown either, for
all of them together are what is left when the groups on paper are taken from everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain import Client
from scheduler.problem import Problem

SMALL = 5
"""People. ASSUMPTION: as small numbers are commonly suppressed in published health counts."""
UNKNOWN = "not recorded"


@dataclass(frozen=True)
class Grouping:
    """One way to tell people apart: each client is in one group of it."""

    name: str
    label: str
    group_of: Callable[[Client], str]

    def groups(self, clients: Sequence[Client]) -> dict[str, list[Client]]:
        """Group -> its people, by name; those of whom nothing is recorded last."""
        found: dict[str, list[Client]] = {}
        for client in clients:
            found.setdefault(self.group_of(client), []).append(client)
        return dict(sorted(found.items(), key=lambda item: (item[0] == UNKNOWN, item[0])))


def _advocate(client: Client) -> str:
    words = {True: "family or an advocate", False: "nobody who speaks up", None: UNKNOWN}
    return words[client.has_advocate]


ALWAYS = (
    Grouping("advocate", "Who speaks up", _advocate),
    Grouping("funding", "Who pays", lambda client: client.funding),
    Grouping("age", "Age", lambda client: client.age_band or UNKNOWN),
    Grouping("area", "Area", lambda client: client.area or UNKNOWN),
)


def groupings(problem: Problem) -> Iterator[Grouping]:
    """All ways in which the problem's clients can be told apart. A need is a way of its own, since a person may have
    several; one that few people have, or few have not, is not named at all."""
    for grouping in ALWAYS:
        if len(grouping.groups(problem.clients)) > 1:
            yield grouping
    for need in sorted({need for client in problem.clients for need in client.needs}):
        count = sum(need in client.needs for client in problem.clients)
        if SMALL <= count <= len(problem.clients) - SMALL:
            yield Grouping(f"need: {need}", f"Need: {need}", _with(need))


def _with(need: str) -> Callable[[Client], str]:
    return lambda client: f"with {need}" if need in client.needs else f"without {need}"


def shown(sizes: Mapping[str, int]) -> set[str]:
    """The groups of these sizes that can be shown."""
    ranked = sorted(sizes, key=lambda group: (sizes[group], group))
    hidden = [group for group in ranked if sizes[group] < SMALL]
    others = [group for group in ranked if group not in hidden]
    while hidden and others and sum(sizes[group] for group in hidden) < SMALL:
        hidden.append(others.pop(0))
    return set(others)
