"""Shifts that cover the visits: every carer gets the weekly pattern that the agency lacks most.

Every pattern has a full day off and leaves at least 11 hours between two days, journeys home included, except the
`free` one, in which a carer offers mornings and evenings and the planner has to keep the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.generate.drafts import AbsenceDraft, CarerDraft, VisitDraft
from scenarios.generate.spec import Spec

BIN = 30
"""Minutes in which supply and demand are compared."""
BINS = 24 * 60 // BIN
_UTILISED = 0.72
"""Share of shift minutes that visits and journeys fill."""
_TRAVEL = {"urban": 7, "rural": 11}
"""Minutes of travel that a visit brings with it."""
_PASSES = 4
_IDLE = 4
_PROMISING = 30
_FEW = 8
"""Fewer carers than this take any pattern, two at a time are chosen together, and the contract follows."""
Minutes = NDArray[np.int64]
Spell = tuple[int, int]

_EARLY: tuple[Spell, ...] = ((420, 870),)
_SHORT_EARLY: tuple[Spell, ...] = ((420, 780),)
_LATE: tuple[Spell, ...] = ((930, 1335),)
_EVENING: tuple[Spell, ...] = ((990, 1335),)
_LONG: tuple[Spell, ...] = ((420, 1140),)
_SPLIT: tuple[Spell, ...] = ((420, 810), (960, 1170))
_SHORT_SPLIT: tuple[Spell, ...] = ((420, 690), (990, 1170))
_LATE_SPLIT: tuple[Spell, ...] = ((570, 840), (990, 1320))
_FREE: tuple[Spell, ...] = ((420, 840), (960, 1320))
_OFF: tuple[Spell, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A week, day by day; it may begin on any weekday."""

    name: str
    contract: str
    days: tuple[tuple[Spell, ...], ...]

    @property
    def free(self) -> bool:
        return _FREE in self.days

    def spells(self, turn: int) -> list[tuple[int, int, int]]:
        """(weekday, start, end) when the pattern begins on weekday `turn`."""
        return sorted(((turn + i) % 7, a, b) for i, spells in enumerate(self.days) for a, b in spells)


def _run(contract: str, name: str, *days: tuple[Spell, ...]) -> Pattern:
    return Pattern(name, contract, (*days, *(_OFF,) * (7 - len(days))))


PATTERNS = (
    _run("full-time", "six earlies", *(_SHORT_EARLY,) * 6),
    _run("full-time", "six lates", *(_LATE,) * 6),
    _run("full-time", "splits, then late splits", _SPLIT, _SPLIT, _LATE_SPLIT, _LATE_SPLIT, _LATE_SPLIT),
    _run("full-time", "short earlies, then lates", *(_SHORT_EARLY,) * 3, *(_LATE,) * 3),
    _run("full-time", "short splits, then lates", *(_SHORT_SPLIT,) * 3, *(_LATE,) * 3),
    _run("full-time", "six short splits", *(_SHORT_SPLIT,) * 6),
    _run("full-time", "five earlies", *(_EARLY,) * 5),
    _run("full-time", "five lates", *(_LATE,) * 5),
    _run("full-time", "five splits", *(_SPLIT,) * 5),
    _run("full-time", "five late splits", *(_LATE_SPLIT,) * 5),
    _run("full-time", "four long days", *(_LONG,) * 4),
    _run("full-time", "earlies, then lates", _EARLY, _EARLY, _SPLIT, _LATE, _LATE),
    _run("full-time", "earlies, then late splits", _EARLY, _EARLY, _LATE_SPLIT, _LATE_SPLIT, _LATE_SPLIT),
    _run("part-time", "three earlies", *(_EARLY,) * 3),
    _run("part-time", "four short earlies", *(_SHORT_EARLY,) * 4),
    _run("part-time", "five short earlies", *(_SHORT_EARLY,) * 5),
    _run("part-time", "three evenings", *(_EVENING,) * 3),
    _run("part-time", "four evenings", *(_EVENING,) * 4),
    _run("part-time", "five evenings", *(_EVENING,) * 5),
    _run("part-time", "three late splits", *(_LATE_SPLIT,) * 3),
    _run("part-time", "two long days", *(_LONG,) * 2),
    _run("zero-hours", "five splits", *(_SPLIT,) * 5),
    _run("zero-hours", "six splits", *(_SPLIT,) * 6),
    _run("zero-hours", "five late splits", *(_LATE_SPLIT,) * 5),
    _run("zero-hours", "free, four days", *(_FREE,) * 4),
    _run("zero-hours", "six short earlies", *(_SHORT_EARLY,) * 6),
    _run("zero-hours", "six late splits", *(_LATE_SPLIT,) * 6),
    _run("zero-hours", "six lates", *(_LATE,) * 6),
    _run("zero-hours", "short splits, then lates", *(_SHORT_SPLIT,) * 3, *(_LATE,) * 3),
    _run("zero-hours", "six evenings", *(_EVENING,) * 6),
    _run("zero-hours", "splits, then late splits", *(_SPLIT,) * 2, *(_LATE_SPLIT,) * 3),
    _run(
        "young",
        "weekend and two afternoons",
        ((540, 780),),
        ((540, 780),),
        _OFF,
        ((960, 1140),),
        ((960, 1140),),
    ),
)
_CONTRACTED_SHARE = {"full-time": 0.62, "part-time": 0.55}


def demand(spec: Spec, visits: list[VisitDraft]) -> Minutes:
    """Minutes of work of each weekday and bin: each visit with its journey, spread over the time it may take place."""
    found = np.zeros((7, BINS), dtype=np.int64)
    for visit in visits:
        legs = visit.minutes + (visit.together or visit.minutes if visit.carers == 2 else 0)
        work = legs + _TRAVEL[spec.setting] * visit.carers
        first, last = visit.earliest // BIN, (visit.latest + visit.minutes - 1) // BIN
        for day in visit.days:
            found[day, first : last + 1] += work * 1000 // (visit.every_weeks * (last + 1 - first))
    return found // 1000


def presence(visits: list[VisitDraft]) -> Minutes:
    """At least so many carer minutes of each bin: nobody is two people, however few the visits are."""
    found = np.zeros((7, BINS), dtype=np.int64)
    for visit in visits:
        first, last = visit.earliest // BIN, (visit.latest + visit.minutes - 1) // BIN
        for day in visit.days:
            part = found[day, first : last + 1]
            part[:] = np.maximum(part, visit.carers * BIN)
    return found


def give_shifts(
    spec: Spec, visits: list[VisitDraft], carers: list[CarerDraft], absences: list[AbsenceDraft]
) -> float:
    """Choose every carer's pattern; the share of the wanted minutes that is still lacking."""
    few = len(carers) < _FEW
    work, there = (demand(spec, visits) / _UTILISED).astype(np.int64), presence(visits)
    needed = np.maximum(work, there)
    # A few people cannot cover a day evenly: then somebody at each hour comes before many at the peaks.
    wanted = np.maximum(work, 2 * there) if few else needed
    options = [_options("young" if carer.young else "" if few else carer.contract) for carer in carers]
    here = [~_away(spec, i, absences) for i in range(len(carers))]
    chosen: list[int | None] = [None] * len(carers)
    supply = np.zeros_like(wanted)
    for turn in range(_PASSES):
        for i in range(len(carers)):
            other = (i + 1 + turn % (len(carers) - 1)) % len(carers)
            anew = [i, other] if few and turn else [i]
            for k in anew:
                if (before := chosen[k]) is not None:
                    supply -= options[k][1][before] * here[k]
            best = _best(wanted - supply, [options[k][1] * here[k] for k in anew])
            for k, option in zip(anew, best, strict=True):
                chosen[k] = option
                supply += options[k][1][option] * here[k]
    for carer, (patterns, _), final in zip(carers, options, chosen, strict=True):
        pattern, first_day = patterns[final or 0]
        carer.shifts = tuple(pattern.spells(first_day))
        carer.contract = pattern.contract
        _terms(carer)
    return float(np.maximum(needed - supply, 0).sum() / max(needed.sum(), 1))


def _best(open: Minutes, minutes: list[Minutes]) -> list[int]:
    """The option of one carer, or the options of two together, that leave least open; a little for idle hours."""
    weight = np.maximum(open, 0) + 60

    def scores(rest: Minutes, options: Minutes) -> NDArray[np.int64]:
        lacking = np.maximum(rest - options, 0)
        score: NDArray[np.int64] = (lacking**2 * 100 // weight + _IDLE * options).sum(axis=(1, 2))
        return score

    alone = scores(open, minutes[0])
    if len(minutes) == 1:
        return [int(np.argmin(alone))]
    found: list[tuple[int, int, int]] = []
    for first in np.argsort(alone, kind="stable")[:_PROMISING].tolist():
        score = scores(open - minutes[0][first], minutes[1])
        second = int(np.argmin(score))
        found.append((int(score[second]) + _IDLE * int(minutes[0][first].sum()), first, second))
    return list(min(found)[1:])


def _options(contract: str) -> tuple[list[tuple[Pattern, int]], Minutes]:
    """Every pattern of the contract (none named: of any but a young carer's) on every first day, and its minutes by
    day and bin."""
    turns = (5,) if contract == "young" else range(7)
    fitting = [p for p in PATTERNS if p.contract == contract or (not contract and p.contract != "young")]
    found = [(pattern, turn) for pattern in fitting for turn in turns]
    minutes = np.zeros((len(found), 7, BINS), dtype=np.int64)
    for i, (pattern, turn) in enumerate(found):
        for day, start, end in pattern.spells(turn):
            for at in range(start // BIN, -(-end // BIN)):
                whole = min(end, (at + 1) * BIN) - max(start, at * BIN)
                minutes[i, day, at] += whole * _worth(pattern, at) // 100
    return found, minutes


def _worth(pattern: Pattern, at: int) -> int:
    """Percent. Who offers late evenings and early mornings can give only one of the two."""
    return 50 if pattern.free and not 9 * 60 <= at * BIN < 20 * 60 else 100


def _away(spec: Spec, carer: int, absences: list[AbsenceDraft]) -> NDArray[np.bool_]:
    """When the carer is absent in the first week, by weekday and bin."""
    found = np.zeros((7, BINS), dtype=np.bool_)
    for absence in absences:
        if absence.carer != carer:
            continue
        for ahead in range(7):
            day = (spec.start.weekday() + ahead) % 7
            if absence.first.toordinal() <= spec.start.toordinal() + ahead <= absence.last.toordinal():
                found[day, absence.start // BIN : (absence.end // BIN) or BINS] = True
    return found


def _terms(carer: CarerDraft) -> None:
    """Contracted and wished hours that the pattern can hold."""
    offered = sum(end - start for _, start, end in carer.shifts) // 60
    carer.contracted = int(offered * _CONTRACTED_SHARE.get(carer.contract, 0) / 2) * 2
    carer.wished = min(int(offered * 0.75), 42)
    carer.most = 40 if carer.young else (offered if carer.contract == "part-time" else 0)
