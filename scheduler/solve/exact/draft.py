"""What a CP-SAT model of some rounds is about: which rounds are free, which visits may move, what stays; and the
variables made so far. The other files of this package each add one kind of thing to a draft."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from scheduler.rota import Leg, Rota
from scheduler.solve.model import Model

Spell = tuple[int, int, int, int]
"""A shift as the model has it: carer, day, start, end."""
Linear = Any
"""A linear expression of OR-Tools or a whole number: sums of the two are fine at work and not in its type hints."""
Literal = Any
"""A Boolean variable of OR-Tools, its negation, or a truth value."""


@dataclass
class Stop:
    """A visit in a round: `here` says whether the carer comes. Starts within `earliest` and `latest` only."""

    visit: int
    place: int
    here: Literal
    start: Linear
    minutes: Linear
    earliest: int
    latest: int
    least_minutes: int
    first: Literal
    last: Literal
    reach: Linear = 0
    """When the carer gets there, where somebody asks; of the first stop its start, unless the day begins earlier."""
    way: Linear = 0
    """Minutes of the journey from the stop before."""
    paused: Literal = False
    """Is the day's pause in the gap before this stop?"""

    @property
    def end(self) -> Linear:
        """When the carer is free again."""
        return self.start + self.minutes


@dataclass
class Round:
    """A round, free or (all numbers) as it is. `leaves` and `is_home` are at home, `begin` and `finish` at clients'.
    `contact`, `travel` (between visits) and `legs` (from home and back) are its minutes; `work` and `paid` what of
    them counts. `out` and `back` are the journeys' minutes from home and back; `owed` is what is due for the round and
    what its journeys cost the carer (`Verbs.pay_floor`)."""

    spell: Spell
    free: bool
    active: Literal
    leaves: Linear
    is_home: Linear
    begin: Linear
    finish: Linear
    stops: dict[int, Stop] = field(default_factory=dict)
    contact: Linear = 0
    travel: Linear = 0
    out: Linear = 0
    back: Linear = 0
    work: Linear = 0
    paid: Linear = 0
    owed: Linear = 0

    @property
    def carer(self) -> int:
        """The carer's position."""
        return self.spell[0]

    @property
    def day(self) -> int:
        """The day of the period."""
        return self.spell[1]

    @property
    def busy(self) -> Linear:
        """Contact and travel, home legs too."""
        return self.contact + self.travel + self.out + self.back


class Draft:
    """The model under way. `movable`: the visits whose every leg is in a free round, and the `extra` ones, which nobody
    does so far. `price` are the terms of what shall be small (sixtieths of a penny)."""

    def __init__(self, model: Model, rota: Rota, free: Iterable[Spell], extra: Iterable[str] = ()) -> None:
        self.model, self.problem, self.rota = model, model.problem, rota
        self.cp = cp_model.CpModel()
        self.free = tuple(sorted(set(free), key=lambda spell: (spell[0], spell[2])))
        self.spells: dict[int, list[Spell]] = defaultdict(list)
        for spell in sorted(model.shifts, key=lambda spell: spell[2]):
            self.spells[spell[0]].append(spell)
        self.movable = self._movable(frozenset(extra))
        moving = {self.problem.visits[v].id for v in self.movable}
        self.kept = [leg for leg in rota.legs if leg.visit not in moving]
        self.kept_in: dict[Spell | None, list[Leg]] = defaultdict(list)
        for leg in self.kept:
            self.kept_in[self.spell_of(leg)].append(leg)
        self.journey = max((int(matrix.max(initial=0)) for matrix in model.matrices), default=0)
        """The longest journey; a time bound."""
        pauses = max((pause.minutes for pause in model.pauses.values()), default=0)
        self.end = max((spell[3] for spell in model.shifts), default=0) + self.journey + pauses
        """By then everybody is home."""
        self.planned: dict[int, cp_model.IntVar] = {}
        self.start: dict[int, cp_model.IntVar] = {}
        self.minutes: dict[int, Linear] = {}  # of the leading carer
        self.helps: dict[tuple[int, Spell], cp_model.IntVar] = {}  # is the one who stays for a part only
        self.arcs: dict[tuple[Spell, int, int], cp_model.IntVar] = {}  # this carer goes from visit to visit
        self.early: dict[int, Linear] = {}  # minutes before the wished start, where one is priced
        self.after: dict[int, Linear] = {}  # minutes after it
        self.late: dict[int, Linear] = {}  # minutes after the span (`Verbs.start_within`)
        self.rounds: list[Round] = []
        self.price: list[Linear] = []

    def _movable(self, extra: frozenset[str]) -> list[int]:
        free = set(self.free)
        ids = {leg.visit for leg in self.rota.legs if self.spell_of(leg) in free} | extra
        index, kept = self.problem.visit_index, self.model.kept
        return sorted(
            index[id]
            for id in ids
            if index[id] not in kept and all(self.spell_of(leg) in free for leg in self.rota.of_visit(id))
        )

    def spell_of(self, leg: Leg) -> Spell | None:
        """The shift in which a leg begins; None outside every shift."""
        spells = self.spells.get(self.problem.carer_index[leg.carer], [])
        i = bisect_right(spells, leg.start, key=lambda spell: spell[2]) - 1
        return spells[i] if i >= 0 and leg.start < spells[i][3] else None

    def visit_of(self, leg: Leg) -> int:
        """Position of the leg's visit."""
        return self.problem.visit_index[leg.visit]

    def dawn(self, spell: Spell) -> int:
        """No round of this shift begins before, not even at home."""
        day = spell[0], spell[1]
        pause, away = self.model.pauses.get(day), self.model.away.get(day)
        dawn = spell[2] - self.journey - (pause.minutes if pause is not None else 0)
        return min(dawn, away.leave) if away is not None else dawn

    def home(self, carer: int) -> int:
        """Row of the carer's home in the travel matrices."""
        return len(self.problem.clients) + carer

    def minutes_between(self, carer: int, a: int, b: int) -> int:
        """The carer's journey between two places."""
        return int(self.model.matrices[self.model.mode[carer]][a, b])

    def rounds_of(self, carer: int) -> list[Round]:
        """The carer's rounds made so far, in time."""
        return sorted((r for r in self.rounds if r.carer == carer), key=lambda r: r.spell[2])
