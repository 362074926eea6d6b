"""The tree of errors.

CareroundError            everything that we raise on purpose
|-- InputError            the agency's data cannot be used: carries every Fault at once
|-- DomainError           one thing (a client, a visit ...) contradicts itself
|-- UnknownName           a figure, task, mode, client ... that nobody has heard of
|-- OutputError           a result cannot be written where it was asked for
|-- TravelError           a road engine cannot be used, or answers with nonsense
|   `-- NoAnswer          it gives no sign of life
`-- Disagreement          the solver and the checker see one rota differently: our fault, never hidden
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches


class CareroundError(Exception):
    """Base of all errors raised on purpose; its text can be shown to a coordinator."""


class DomainError(CareroundError):
    """One thing contradicts itself: the message names it, the value and the cure."""


class UnknownName(CareroundError):
    """A name that is not known; the message suggests the nearest ones."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, list(known), n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(repr(n) for n in near)}?" if near else ""
        super().__init__(f"There is no {kind} called {name!r}.{hint}")


class OutputError(CareroundError):
    """A result cannot be written where it was asked for."""


class TravelError(CareroundError):
    """A road engine cannot be used: the message names it, what happened and the cure."""


class NoAnswer(TravelError):
    """A road engine gives no sign of life: whoever asks it again at once only waits again."""


class Disagreement(CareroundError):
    """The solver and the checker judge one rota differently. This is a fault of ours: please report it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of the input: where it is, what stands there, and the cure. `row` is as the spreadsheet shows it."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    cure: str

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column!r}")
        value = f" has {self.value!r}" if self.value is not None else ""
        return f"{', '.join(place)}{value}: {self.problem} {self.cure}"


class InputError(CareroundError):
    """The input cannot be used. `faults` lists everything that is wrong, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
