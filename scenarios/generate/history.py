"""Who visited whom in the past weeks: a coordinator's own rota, made by hand and by habit.

Day by day each visit goes to the carer who usually comes at that hour of that weekday, else to another known face who
is free, else to whoever lives near: so core teams grow by themselves, and leave and sickness bring the strangers.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import VisitDraft
from scenarios.generate.fit import Fit
from scenarios.generate.town import Town

_MINUTES_PER_KM = {"car": 2.4, "motorcycle": 2.4, "bicycle": 5.6, "foot": 14.8}
_DOOR = {"car": 3, "motorcycle": 2, "bicycle": 1, "foot": 1}
_REST = 11 * 60 + 30
_NEAREST = 30
_WALKS = 1_500
_TEAM = 4
_SICK_DAYS = 0.03
_LATE = 45
"""Minutes outside the window by which a visit came that nobody could make in time: one in ten, as in real records."""


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One carer at one past visit."""

    day: date
    client: int
    carer: int
    start: int
    minutes: int


@dataclass(frozen=True, slots=True, order=True)
class _Stop:
    """One visit in a carer's day."""

    start: int
    end: int
    place: int


def history(fit: Fit, where: Town, dice: Dice) -> list[PastVisit]:
    """The visits of the weeks before the start."""
    spec = fit.spec
    found: list[PastVisit] = []
    book = _Book(fit, where)
    for back in range(spec.history_weeks * 7, 0, -1):
        day = spec.start - timedelta(days=back)
        sick = {i for i in range(len(fit.carers)) if dice.chance(_SICK_DAYS)}
        found.extend(book.fill(day, sick, dice))
    return found


class _Book:
    """The rota book: what has been written so far, and each carer's day while it is being filled."""

    def __init__(self, fit: Fit, where: Town) -> None:
        self.fit, self.where = fit, where
        self.seen: list[Counter[int]] = [Counter() for _ in fit.clients]
        self.usual: dict[tuple[str, int], tuple[int, ...]] = {}
        self.stops: dict[int, list[_Stop]] = {}
        self.ended: dict[int, int] = {}
        self.late = 0
        self.place = {place: i for i, place in enumerate(dict.fromkeys(c.place for c in fit.clients))}
        self.home = [
            [where.metres(carer.place, client.place) for client in fit.clients] for carer in fit.carers
        ]
        self.minutes = {
            mode: _minutes(list(self.place), where, mode) for mode in {c.mode for c in fit.carers}
        }
        self.near = [
            sorted(range(len(fit.carers)), key=lambda i: self.home[i][client])
            for client in range(len(fit.clients))
        ]
        self.suits = [[fit.suits(i, visit) for i in range(len(fit.carers))] for visit in fit.visits]

    def fill(self, day: date, sick: set[int], dice: Dice) -> list[PastVisit]:
        """One day's visits: double-ups first, for they need two at once, then the earliest first."""
        fit = self.fit
        self.stops = {i: [] for i in range(len(fit.carers)) if i not in sick}
        order = sorted(
            range(len(fit.visits)), key=lambda v: (-fit.visits[v].carers, fit.visits[v].preferred, v)
        )
        found = []
        for v in order:
            visit = fit.visits[v]
            if (
                day.weekday() in visit.days
                and not fit.clients[visit.client].new
                and not _off_week(visit, day)
            ):
                found.extend(self._visit(v, day, dice))
        self.ended = {i: stops[-1].end for i, stops in self.stops.items() if stops}
        return sorted(found, key=lambda past: (past.start, past.client, past.carer))

    def _visit(self, v: int, day: date, dice: Dice) -> list[PastVisit]:
        visit, weekday = self.fit.visits[v], day.weekday()
        length = max(visit.minutes + dice.whole(-3, 3), 10)
        find = self._pair if visit.carers == 2 else self._single
        pair, start = find(v, weekday, length)
        if not pair:
            self.late = _LATE
            pair, start = find(v, weekday, length)
            self.late = 0
        self.usual[visit.id, weekday] = pair or self.usual.get((visit.id, weekday), ())
        found = []
        for turn, i in enumerate(pair):
            stays = min(visit.together, length) if turn and visit.together else length
            insort(
                self.stops[i], _Stop(start, start + stays, self.place[self.fit.clients[visit.client].place])
            )
            self.seen[visit.client][i] += 1
            found.append(PastVisit(day, visit.client, i, start, stays))
        return found

    def _single(self, v: int, weekday: int, length: int) -> tuple[tuple[int, ...], int]:
        visit = self.fit.visits[v]
        for i in self.usual.get((visit.id, weekday), ()):
            if i in self.stops and (start := self._start(i, visit, weekday, length)):
                return (i,), start
        starts = {i: self._start(i, visit, weekday, length) for i in self._candidates(v)}
        best = min(((self._score(i, visit, weekday, s), i) for i, s in starts.items() if s), default=None)
        return ((best[1],), starts[best[1]]) if best else ((), 0)

    def _pair(self, v: int, weekday: int, length: int) -> tuple[tuple[int, ...], int]:
        """The best two who can both begin at the same minute: at the preferred start, or near it."""
        visit = self.fit.visits[v]
        window = range(visit.earliest - self.late, visit.latest + self.late + 1, 5)
        for start in sorted(window, key=lambda s: abs(s - visit.preferred)):
            able = [i for i in self._candidates(v) if self._fits(i, visit, weekday, start, length)]
            if len(able) >= 2:
                able.sort(key=lambda i: (self._score(i, visit, weekday, start), i))
                return (able[0], able[1]), start
        return (), 0

    def _candidates(self, v: int) -> list[int]:
        client = self.fit.visits[v].client
        both = dict.fromkeys((*self.seen[client], *self.near[client][:_NEAREST]))
        return [i for i in both if i in self.stops and self.suits[v][i]]

    def _start(self, carer: int, visit: VisitDraft, weekday: int, length: int) -> int:
        """When the carer could begin: straight after another visit or before one if that is in time, else when the
        client likes it; 0 if never."""
        place = self.place[self.fit.clients[visit.client].place]
        minutes = self.minutes[self.fit.carers[carer].mode]
        after = [stop.end + minutes[stop.place][place] for stop in self.stops[carer]]
        before = [stop.start - minutes[place][stop.place] - length for stop in self.stops[carer]]
        shift = [start for on, start, _ in self.fit.carers[carer].shifts if on == weekday]
        first, last = visit.earliest - self.late, visit.latest + self.late
        for start in (*after, *before, *shift, visit.preferred, last, first):
            if first <= start <= last and self._fits(carer, visit, weekday, start, length):
                return start
        return 0

    def _fits(self, carer: int, visit: VisitDraft, weekday: int, start: int, length: int) -> bool:
        """In a spell, rested, and with time to travel from the stop before and to the next."""
        who = self.fit.carers[carer]
        if not any(on == weekday and a <= start and start + length <= b for on, a, b in who.shifts):
            return False
        if start < self.ended.get(carer, -24 * 60) - 24 * 60 + _REST:
            return False
        if who.mode == "foot" and self.home[carer][visit.client] > _WALKS:
            return False
        place, minutes = self.place[self.fit.clients[visit.client].place], self.minutes[who.mode]
        return all(
            stop.end + minutes[stop.place][place] <= start
            or start + length + minutes[place][stop.place] <= stop.start
            for stop in self.stops[carer]
        )

    def _score(self, carer: int, visit: VisitDraft, weekday: int, start: int) -> float:
        """Habit first, then known faces, then little travel and punctuality; the smallest is best."""
        known = self.seen[visit.client]
        score = abs(start - visit.preferred) + 0.004 * self.home[carer][visit.client]
        if carer in self.usual.get((visit.id, weekday), ()):
            score -= 100
        if carer in known:
            score -= 60 + 40 * known[carer] / max(known.values())
        else:
            score += 25 * max(0, len(known) - _TEAM * visit.carers)
        return score


def _minutes(places: list[int], where: Town, mode: str) -> list[list[int]]:
    """Journeys between the clients' places."""
    pace, door = _MINUTES_PER_KM[mode], _DOOR[mode]
    return [
        [round(metres * pace / 1000) + door if (metres := where.metres(a, b)) else 0 for b in places]
        for a in places
    ]


def _off_week(visit: VisitDraft, day: date) -> bool:
    """Is this one of the weeks between? Weeks are counted from the week of `since`."""
    if visit.every_weeks == 1 or visit.since is None:
        return False
    monday = visit.since - timedelta(days=visit.since.weekday())
    return (day - monday).days // 7 % visit.every_weeks != 0
