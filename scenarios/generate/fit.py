"""Who can come when: what is asked for is kept only where enough carers can give it.

A made-up week must be one that can be planned. So carers are trained, and wishes dropped, until every visit has
several carers to choose from.
"""

from __future__ import annotations

from datetime import timedelta

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import AbsenceDraft, CarerDraft, ClientDraft, VisitDraft
from scenarios.generate.spec import Spec

_NEVER = (
    "did not get on", "arrived late too often", "a neighbour's relation", "afraid of the dog",
    "was short with the family", "prefers somebody calmer", "they fell out over football", "allergic to the cat",
)  # fmt: skip
_ONLY = "introduced one by one; anybody else upsets"


class Fit:
    """The standing facts of one made-up agency, asked again and again."""

    def __init__(
        self,
        spec: Spec,
        clients: list[ClientDraft],
        visits: list[VisitDraft],
        carers: list[CarerDraft],
        absences: list[AbsenceDraft],
    ) -> None:
        self.spec, self.clients, self.visits, self.carers = spec, clients, visits, carers
        self.enough = 3 if len(carers) < 8 else 4
        self._on = {(i, day): self._spells(i, day) for i in range(len(carers)) for day in range(7)}
        self._away: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for absence in absences:
            for ahead in range(7):
                if absence.first <= spec.start + timedelta(days=ahead) <= absence.last:
                    day = (spec.start.weekday() + ahead) % 7
                    spell = (absence.start, absence.end or 24 * 60)
                    self._away.setdefault((absence.carer, day), []).append(spell)

    def _spells(self, carer: int, day: int) -> list[tuple[int, int]]:
        return [(start, end) for on, start, end in self.carers[carer].shifts if on == day]

    def on_shift(self, carer: int, visit: VisitDraft, day: int, absent: bool = True) -> bool:
        """Can the carer start this visit in its window on that weekday (of the first week, if absences count)?"""
        for start, end in self._on[carer, day]:
            first, last = max(start, visit.earliest), min(end - visit.minutes, visit.latest)
            away = self._away.get((carer, day), []) if absent else []
            if first <= last and not any(a < last + visit.minutes and first < b for a, b in away):
                return True
        return False

    def suits(self, carer: int, visit: VisitDraft) -> bool:
        """Skills, gender and relations."""
        who, client = self.carers[carer], self.clients[visit.client]
        if client.gender_wish and visit.personal_care and who.gender != client.gender_wish:
            return False
        if carer in client.never or (client.only and carer not in client.only):
            return False
        return who.skills.issuperset(visit.skills)

    def choice(self, visit: VisitDraft, day: int) -> list[int]:
        """Everybody who could come on that weekday."""
        return [i for i in range(len(self.carers)) if self.suits(i, visit) and self.on_shift(i, visit, day)]

    def wanted(self, visit: VisitDraft) -> int:
        """How many a visit should be able to choose from, as far as so many are on shift at all."""
        return self.enough + (2 if visit.carers == 2 else 0)


def settle(fit: Fit, dice: Dice) -> None:
    """Train carers, drop wishes that cannot be met, add the relations that leave enough choice."""
    for visit in fit.visits:
        _train(fit, visit)
    for visit in fit.visits:
        _grant(fit, visit)
    _never(fit, dice)
    _only(fit, dice)


def _train(fit: Fit, visit: VisitDraft) -> None:
    """Send those on shift on courses until enough of them have the visit's skills."""
    for day in visit.days:
        here = [i for i in range(len(fit.carers)) if fit.on_shift(i, visit, day) and not fit.carers[i].young]
        skilled = [i for i in here if fit.carers[i].skills.issuperset(visit.skills)]
        wish = fit.clients[visit.client].gender_wish
        others = [i for i in here if i not in skilled]
        others.sort(key=lambda i: (fit.carers[i].gender != wish if wish else False, i))
        for i in others[: max(0, fit.wanted(visit) - len(skilled))]:
            fit.carers[i].skills |= set(visit.skills)


def _grant(fit: Fit, visit: VisitDraft) -> None:
    """A wish for a gender is kept if on every day enough such carers are on shift."""
    client = fit.clients[visit.client]
    least = 3 * visit.carers if len(fit.carers) >= 8 else visit.carers + 1
    asks = client.gender_wish and visit.personal_care
    if asks and any(len(fit.choice(visit, day)) < least for day in visit.days):
        client.gender_wish = ""


def _never(fit: Fit, dice: Dice) -> None:
    for client in dice.some(range(len(fit.clients)), max(1, round(len(fit.clients) * 0.05))):
        carer = dice.whole(0, len(fit.carers) - 1)
        fit.clients[client].never[carer] = dice.pick(_NEVER)
        mine = [visit for visit in fit.visits if visit.client == client]
        spare = 2 if len(fit.carers) >= 8 else 1
        if any(len(fit.choice(visit, day)) < visit.carers + spare for visit in mine for day in visit.days):
            fit.clients[client].never = {}


def _only(fit: Fit, dice: Dice) -> None:
    """One client in forty is seen by a fixed few: a small package, and a team that covers every visit twice."""
    left = max(1, round(len(fit.clients) / 40)) if len(fit.carers) >= 8 else 0
    for client in dice.shuffled(range(len(fit.clients))):
        mine = [visit for visit in fit.visits if visit.client == client]
        if not left or not mine or len(mine) > 2 or mine[0].carers == 2 or fit.clients[client].never:
            continue
        team = _team(fit, mine)
        if len(team) <= 5:
            fit.clients[client].only = dict.fromkeys(sorted(team), _ONLY)
            left -= 1


def _team(fit: Fit, mine: list[VisitDraft]) -> set[int]:
    """A small team of which two can come to every visit: again and again the carer who helps most."""
    slots = {(visit.id, day): 2 for visit in mine for day in visit.days}
    can = {(visit.id, day): set(fit.choice(visit, day)) for visit in mine for day in visit.days}
    team: set[int] = set()
    while any(slots.values()):
        gain = {
            carer: sum(1 for slot, open in slots.items() if open and carer in can[slot])
            for carer in range(len(fit.carers))
            if carer not in team
        }
        best = max(gain, key=lambda carer: gain[carer], default=-1)
        if best < 0 or not gain[best]:
            return set(range(len(fit.carers)))
        team.add(best)
        for slot in slots:
            if best in can[slot]:
                slots[slot] = max(0, slots[slot] - 1)
    return team
