"""Who visited whom in the past weeks: a coordinator's own rota, made by hand and by habit.

Day by day each visit goes to the carer who usually comes at that hour of that weekday, else to another known face who
is free, else to whoever lives near: so core teams grow by themselves, and leave and sickness bring the strangers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import VisitDraft
from scenarios.generate.fit import Fit
from scenarios.generate.town import Town

_MINUTES_PER_KM = {"car": 2.4, "motorcycle": 2.4, "bicycle": 5.6, "foot": 14.8}
_DOOR = {"car": 3, "motorcycle": 2, "bicycle": 1, "foot": 1}
_REST = 11 * 60 + 30
_NEAREST = 40
_TEAM = 4
_SICK_DAYS = 0.035


@dataclass(frozen=True, slots=True)
class PastVisit:
    """One carer at one past visit."""

    day: date
    client: int
    carer: int
    start: int
    minutes: int


@dataclass
class _State:
    """Where a carer is and until when busy, on the day that is being filled."""

    place: int
    free: int = 0
    first: int = -1


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
    def __init__(self, fit: Fit, where: Town) -> None:
        self.fit, self.where = fit, where
        self.seen: defaultdict[int, Counter[int]] = defaultdict(Counter)
        self.usual: dict[tuple[str, int], tuple[int, ...]] = {}
        self.ended: dict[int, int] = {}
        self.near = [
            sorted(range(len(fit.carers)), key=lambda i: self._metres(i, client.place))
            for client in fit.clients
        ]

    def _metres(self, carer: int, place: int) -> int:
        return self.where.metres(self.fit.carers[carer].place, place)

    def fill(self, day: date, sick: set[int], dice: Dice) -> list[PastVisit]:
        """One day's visits, the earliest first."""
        fit, weekday = self.fit, day.weekday()
        states = {i: _State(carer.place) for i, carer in enumerate(fit.carers) if i not in sick}
        found = []
        for visit in sorted(fit.visits, key=lambda v: (v.preferred, v.id)):
            if weekday not in visit.days or fit.clients[visit.client].new or _off_week(visit, day):
                continue
            found.extend(self._visit(visit, day, states, dice))
        self.ended = {i: state.free for i, state in states.items() if state.first >= 0}
        return found

    def _visit(
        self, visit: VisitDraft, day: date, states: dict[int, _State], dice: Dice
    ) -> list[PastVisit]:
        start_of = {i: self._start(i, visit, day.weekday(), states) for i in self._candidates(visit, states)}
        team = sorted((self._score(i, visit, day.weekday(), start), i) for i, start in start_of.items() if start)
        if len(team) < visit.carers:
            return []
        pair = [i for _, i in team[: visit.carers]]
        start = max(start_of[i] for i in pair)
        length = max(visit.minutes + dice.whole(-3, 3), 10)
        self.usual[visit.id, day.weekday()] = tuple(pair)
        found = []
        for turn, i in enumerate(pair):
            stays = min(visit.together, length) if turn and visit.together else length
            state = states[i]
            state.place, state.free = self.fit.clients[visit.client].place, start + stays
            state.first = start if state.first < 0 else state.first
            self.seen[visit.client][i] += 1
            found.append(PastVisit(day, visit.client, i, start, stays))
        return found

    def _candidates(self, visit: VisitDraft, states: dict[int, _State]) -> list[int]:
        known = self.seen[visit.client]
        near = self.near[visit.client][:_NEAREST]
        return [i for i in dict.fromkeys((*known, *near)) if i in states and self.fit.suits(i, visit)]

    def _start(self, carer: int, visit: VisitDraft, weekday: int, states: dict[int, _State]) -> int:
        """When the carer could begin; 0 if not in time."""
        state, mode = states[carer], self.fit.carers[carer].mode
        place = self.fit.clients[visit.client].place
        metres = self.where.metres(state.place, place)
        ready = state.free + (round(metres * _MINUTES_PER_KM[mode] / 1000) + _DOOR[mode] if metres else 0)
        if state.first < 0:
            ready = self.ended.get(carer, -24 * 60) - 24 * 60 + _REST
            if metres > 1_500 and mode == "foot":
                return 0
        at = max(ready, visit.earliest if ready > visit.preferred - 60 else visit.preferred - 5)
        for start, end in ((a, b) for on, a, b in self.fit.carers[carer].shifts if on == weekday):
            begin = max(at, start)
            if begin <= visit.latest and begin + visit.minutes <= end:
                return begin
        return 0

    def _score(self, carer: int, visit: VisitDraft, weekday: int, start: int) -> float:
        """Habit first, then known faces, then little travel and punctuality."""
        known = self.seen[visit.client]
        score = abs(start - visit.preferred) + 0.004 * self._metres(carer, self.fit.clients[visit.client].place)
        if carer in self.usual.get((visit.id, weekday), ()):
            score -= 200
        if carer in known:
            score -= 60 + 40 * known[carer] / max(known.values())
        else:
            score += 25 * max(0, len(known) - _TEAM * visit.carers)
        if carer in self.fit.clients[visit.client].prefer:
            score -= 30
        return score


def _off_week(visit: VisitDraft, day: date) -> bool:
    """Is this one of the weeks between? Weeks are counted from the week of `since`."""
    if visit.every_weeks == 1 or visit.since is None:
        return False
    monday = visit.since - timedelta(days=visit.since.weekday())
    return (day - monday).days // 7 % visit.every_weeks != 0
