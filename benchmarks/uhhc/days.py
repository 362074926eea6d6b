"""What a rota means for each carer's day, from home to home: data that the rules share. All times are ticks.

The lunch break is nobody's decision in a rota. It is exactly as long as it must be and is taken, as `Verbs.pause` has
it, where it is cheapest:

1. in a gap between two visits, at the place of either: it takes its length off the waiting there;
2. else before the first visit, at home or at its place: the carer leaves that much earlier, and waiting between lunch
   and the visit is none;
3. else after the last visit, at its place: the carer waits for the lunch to open if need be, and is back that much
   later;
4. not at all, if 3 would cost more than that, or if the carer must be back sooner.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from benchmarks.uhhc.case import Case
from scheduler.rota import Leg, Rota

EVER = 10**7
"""More ticks than any day has: all of a gap counts as waiting, and who has no shift is never back too late."""


@dataclass(frozen=True, slots=True)
class Lunch:
    """`at`: when it starts; `ticks`: how long it is; `before`: the position of the leg that follows it (the number of
    legs: after all of them); `moved`: it is taken at the place of that next leg, not of the one before."""

    at: int
    ticks: int
    before: int
    moved: bool


@dataclass(frozen=True, slots=True)
class Day:
    """One carer's day with visits. `hops`: ticks of travel to each leg (the first from home) and back home; `gaps`:
    what is left between travel and leg, negative where the carer comes too late (the first is 0 unless the carer
    leaves at the shift's start); `leave` and `back` at home; `over`: back after the shift; `waiting`: without lunch.
    """

    carer: int
    legs: tuple[Leg, ...]
    visits: tuple[int, ...]
    hops: tuple[int, ...]
    gaps: tuple[int, ...]
    leave: int
    back: int
    over: int
    waiting: int
    lunch: Lunch | None = None

    @property
    def travel(self) -> int:
        """All journeys, those from home and back home too."""
        return sum(self.hops)

    @property
    def contact(self) -> int:
        return sum(leg.minutes for leg in self.legs)

    @property
    def work(self) -> int:
        return self.contact + self.travel


@lru_cache(maxsize=16)
def days(rota: Rota, case: Case) -> tuple[Day | None, ...]:
    """One a carer, None without visits. Rota and case are immutable, so the answer is kept."""
    return tuple(
        _day(k, rota.legs_by_carer[carer.id], case) if carer.id in rota.legs_by_carer else None
        for k, carer in enumerate(case.instance.carers)
    )


def lunch_window(case: Case, carer: int) -> tuple[int, int, int] | None:
    """First and last start and length (ticks) of the lunch of a carer who should have one."""
    lunch = case.instance.lunch
    if lunch is None or not case.instance.carers[carer].lunch:
        return None
    return case.up(lunch.earliest), case.down(lunch.latest), case.up(lunch.minutes)


def shift_of(case: Case, carer: int) -> tuple[int, int] | None:
    """Start and end (ticks) of the carer's shift."""
    shift = case.instance.carers[carer].shift
    return (case.up(shift[0]), case.down(shift[1])) if shift else None


def opens(case: Case, carer: int) -> int:
    """The tick before which the carer does not leave: the shift's start, or 0."""
    shift = shift_of(case, carer)
    return shift[0] if shift else 0


def leaves_at_start(case: Case, carer: int) -> bool:
    """Does this carer leave when the shift starts?"""
    return case.instance.leaves_at_shift_start and case.instance.carers[carer].shift is not None


def missed_price(case: Case) -> int:
    """What a missed lunch costs; where that is a constraint, it outweighs all else."""
    if case.instance.hard("missed_lunch_break"):
        return case.forbidding
    return case.per_case("missed_lunch_break")


def _day(carer: int, legs: tuple[Leg, ...], case: Case) -> Day:
    """The day without lunch, then with it."""
    table, home = case.minutes, len(case.instance.clients) + carer
    visits = tuple(case.problem.visit_index[leg.visit] for leg in legs)
    places = [home, *(case.needs[v].client for v in visits), home]
    hops = tuple(int(table[a, b]) for a, b in pairwise(places))
    shift = shift_of(case, carer)
    leave = shift[0] if shift and leaves_at_start(case, carer) else legs[0].start - hops[0]
    first = legs[0].start - leave - hops[0]
    between = (b.start - a.end - hop for (a, b), hop in zip(pairwise(legs), hops[1:], strict=False))
    gaps = (first, *between)
    back = legs[-1].end + hops[-1]
    day = Day(
        carer=carer,
        legs=legs,
        visits=visits,
        hops=hops,
        gaps=gaps,
        leave=leave,
        back=back,
        over=max(0, back - shift[1]) if shift else 0,
        waiting=sum(max(0, gap) for gap in gaps),
    )
    return _with_lunch(day, case)


def _with_lunch(day: Day, case: Case) -> Day:
    """The day with its lunch where that is cheapest."""
    window = lunch_window(case, day.carer)
    if window is None:
        return day
    return _in_a_gap(day, window) or _before(day, window, case) or _after(day, window, case) or day


def _in_a_gap(day: Day, window: tuple[int, int, int]) -> Day | None:
    ticks = window[2]
    for i, (before, leg) in enumerate(pairwise(day.legs), start=1):
        for at, moved in _starts(before.end, day.hops[i], leg.start, window):
            return replace(day, waiting=day.waiting - ticks, lunch=Lunch(at, ticks, i, moved))
    return None


def _before(day: Day, window: tuple[int, int, int], case: Case) -> Day | None:
    """As late as may be, so that the carer leaves no earlier than lunch makes necessary: at the first client's place,
    else at home."""
    earliest, latest, ticks = window
    soonest, start = opens(case, day.carer), day.legs[0].start
    for hop, rest, moved in ((day.hops[0], 0, True), (0, day.hops[0], False)):
        at = min(latest, start - rest - ticks)
        if at >= max(earliest, soonest + hop):
            return replace(day, leave=at - hop, lunch=Lunch(at, ticks, 0, moved))
    return None


def _after(day: Day, window: tuple[int, int, int], case: Case) -> Day | None:
    earliest, latest, ticks = window
    at = max(day.legs[-1].end, earliest)
    if at > latest:
        return None
    wait = at - day.legs[-1].end
    shift, back = shift_of(case, day.carer), day.back + wait + ticks
    over = max(0, back - shift[1]) if shift else 0
    if over and case.instance.hard("total_extra_time"):
        return None
    dearer = (over - day.over) * case.per_tick("total_extra_time")
    if dearer + wait * case.per_tick("total_waiting_time") > missed_price(case):
        return None
    lunch = Lunch(at, ticks, len(day.legs), moved=False)
    return replace(day, back=back, over=over, waiting=day.waiting + wait, lunch=lunch)


def _starts(free: int, hop: int, start: int, window: tuple[int, int, int]) -> Iterator[tuple[int, bool]]:
    """When a lunch could start between being free at one place and the start at the next, a journey of `hop` away:
    earliest at the first place, then earliest at the next (True)."""
    earliest, latest, ticks = window
    for first, last, moved in ((free, start - hop - ticks, False), (free + hop, start - ticks, True)):
        at = max(first, earliest)
        if at <= min(last, latest):
            yield at, moved
