"""The cover list: who to ask for an extra spell where a repair leaves visits to nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from scheduler.domain import Carer, Shift, Visit
from scheduler.intake.patterns import Spell
from scheduler.problem import Problem
from scheduler.repair.words import moment
from scheduler.rota import Rota
from scheduler.units import DAY, end_clock, hours, pounds
from scheduler.verdict import place, verdict
from scheduler.who_could.around import Around, Stage
from scheduler.who_could.trials import nearest_free

SPARE = 30
"""Minutes that are asked for on either side of the visits."""
MOST = 12
"""Carers who are named."""
NOBODY: Mapping[str, Sequence[Spell]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Cover:
    """Somebody to ask: for which spell, the visits that it would place, what they would cost (sixtieths of a penny,
    above what they cost without anybody: so mostly below zero), and how many minutes of the week the carer still wishes
    for (None: nobody wrote it down)."""

    carer: Carer
    spell: Shift
    visits: tuple[str, ...]
    price: int
    wishes: int | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def cover_list(
    rota: Rota,
    problem: Problem,
    now: int,
    absent: Mapping[str, Sequence[Spell]] = NOBODY,
    most: int = MOST,
) -> list[Cover]:
    """Carers to ask about the unallocated visits of each day from `now` on: first who places most, then who wishes for
    more hours, then who costs least. Visits that a carer could do without an extra spell do not count; who is
    `absent` on that day is not asked."""
    found: list[Cover] = []
    left = [visit for visit in rota.unallocated(problem) if visit.latest >= now and visit.carers == 1]
    for day in sorted({visit.day for visit in left}):
        of_day = [visit for visit in left if visit.day == day]
        found += [
            cover
            for carer in problem.carers
            if not any(begin < (day + 1) * DAY and end > day * DAY for begin, end in absent.get(carer.id, ()))
            and (cover := _cover(carer, of_day, rota, problem, now)) is not None
        ]
    order = sorted(found, key=lambda c: (-len(c.visits), not (c.wishes or 0) > 0, c.price, c.carer.id))
    return order[:most]


def _cover(carer: Carer, left: Sequence[Visit], rota: Rota, problem: Problem, now: int) -> Cover | None:
    able = [visit for visit in left if not Around(visit, rota, problem).of_pair(carer.id)]
    if not able:
        return None
    day = able[0].day
    start = max(min(visit.earliest for visit in able) - SPARE, now, day * DAY)
    end = min(max(visit.latest + visit.commissioned for visit in able) + SPARE, (day + 1) * DAY)
    if carer.young:  # nobody is asked for what the law forbids
        evening, morning = problem.settings.young_night
        start, end = max(start, day * DAY + morning), min(end, day * DAY + evening)
    spell = _around_shifts(carer, day, start, end, problem)
    if spell is None:
        return None
    asked = problem.replace(shifts=(*problem.shifts, spell))
    placed, then = [], rota
    for visit in sorted(able, key=lambda visit: (visit.priority, visit.preferred)):
        trial = nearest_free(visit, then, asked, max(visit.preferred, now), carers=[carer.id]).get(carer.id)
        if trial is not None and trial.stage is Stage.PASSED and trial.start >= now:
            then = place(then, visit, [carer.id], trial.start, asked)
            placed.append(visit.id)
    legs = [leg for id in placed for leg in then.of_visit(id)]
    if not legs:
        return None
    spell = Shift(carer.id, day, min(leg.start for leg in legs), max(leg.end for leg in legs))
    price = verdict(rota, then, asked).price
    planned = sum(leg.minutes for leg in rota.legs_by_carer.get(carer.id, ()))
    wishes = None if carer.wished is None else carer.wished - planned
    return Cover(
        carer, spell, tuple(placed), price, wishes, _sentence(carer, spell, placed, wishes, price, problem)
    )


def _sentence(
    carer: Carer, spell: Shift, placed: Sequence[str], wishes: int | None, price: int, problem: Problem
) -> str:
    names = ", ".join(dict.fromkeys(problem.client(problem.visit(id).client).name for id in placed))
    wish = (
        "has not said how many hours are wished for"
        if wishes is None
        else f"wishes for {hours(wishes)} more this week"
        if wishes > 0
        else "has the hours that are wished for already"
    )
    return (
        f"Ask {carer.name} for {moment(spell.start, problem)}-{end_clock(spell.end)}: {len(placed)} "
        f"visit{'' if len(placed) == 1 else 's'} ({names}); {wish}; all costs and prices together "
        f"{pounds(abs(price))} {'more' if price > 0 else 'less'} than with nobody."
    )


def _around_shifts(carer: Carer, day: int, start: int, end: int, problem: Problem) -> Shift | None:
    """The spell as far as the carer is not at work anyway: the longest piece."""
    pieces = [(start, end)] if start < end else []
    for shift in problem.shifts_of(carer.id):
        pieces = [
            piece
            for a, b in pieces
            for piece in ((a, min(b, shift.start)), (max(a, shift.end), b))
            if piece[0] < piece[1]
        ]
    longest = max(pieces, key=lambda piece: piece[1] - piece[0], default=None)
    return Shift(carer.id, day, *longest) if longest else None
