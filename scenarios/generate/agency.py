"""The recipe for a made-up agency: people, care plans, shifts that cover them, and a past that fits."""

from __future__ import annotations

from datetime import timedelta

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import AbsenceDraft, CarerDraft, ClientDraft, VisitDraft
from scenarios.generate.fit import Fit, settle
from scenarios.generate.history import PastVisit, history
from scenarios.generate.packages import packages
from scenarios.generate.people import carers, clients
from scenarios.generate.shifts import demand, give_shifts
from scenarios.generate.spec import Spec
from scenarios.generate.tables import tables
from scenarios.generate.town import Town, town
from scenarios.generate.write import Tables

_LACKING = 0.13
"""Share of the wanted shift minutes, half hour by half hour, that may be lacking when the number of carers is ours to
choose: windows let the planner even out the peaks."""
_HOURS_A_CARER = 50
_WHY_PREFER = (
    "makes the tea just so",
    "they laugh together",
    "knows the routine",
    "goes back years",
    "speaks up clearly",
)


def generate(spec: Spec) -> Tables:
    """The input tables of a made-up agency."""
    where = town(spec)
    people = clients(spec, where)
    visits, links = packages(spec, people)
    staff, absences = _staff(spec, where, people, visits)
    fit = Fit(spec, people, visits, staff, absences)
    settle(fit, Dice(spec.seed, "relations"))
    past = history(fit, where, Dice(spec.seed, "history"))
    _after(spec, people, past, len(staff))
    return tables(spec, people, visits, links, staff, absences, past)


def _staff(
    spec: Spec, where: Town, people: list[ClientDraft], visits: list[VisitDraft]
) -> tuple[list[CarerDraft], list[AbsenceDraft]]:
    """As many carers as were asked for, or as the visits need."""
    near = _densest(where, people)
    count = spec.carers or max(4, int(demand(spec, visits).sum() / 0.72 / 60 / _HOURS_A_CARER))
    while True:
        staff = carers(spec, where, count, near)
        absences = _absences(spec, count)
        lacking = give_shifts(spec, visits, staff, absences)
        if spec.carers or lacking <= _LACKING:
            break
        count += max(1, count // 25)
    dice = Dice(spec.seed, "opt-outs")
    for i in dice.some(range(count), max(1, round(count * 0.06))):
        staff[i].opt_out = not staff[i].young
    return staff, absences


def _densest(where: Town, people: list[ClientDraft]) -> list[int]:
    """Postcodes of the neighbourhood with the most clients, for those who walk or cycle."""
    homes = {client.place for client in people}
    best = max(where.neighbourhoods, key=lambda places: sum(place in homes for place in places))
    x = sum(where.points[place][0] for place in best) // len(best)
    y = sum(where.points[place][1] for place in best) // len(best)
    inner = [p for p in best if (where.points[p][0] - x) ** 2 + (where.points[p][1] - y) ** 2 < 600**2]
    return inner or best


def _absences(spec: Spec, count: int) -> list[AbsenceDraft]:
    """In the first week one holiday in twenty carers and a training morning; another holiday after it."""
    dice = Dice(spec.seed, "absences")
    if count < 6:
        return []
    order = dice.shuffled(range(count))
    monday = spec.start - timedelta(days=spec.start.weekday())
    found = []
    for carer in order[: round(count / 20)]:
        first = monday + timedelta(days=dice.whole(2, 4))
        found.append(AbsenceDraft(carer, first, first + timedelta(days=7), "annual leave"))
    for carer in order[-1 - count // 25 :]:
        day = monday + timedelta(days=dice.whole(1, 3))
        found.append(
            AbsenceDraft(carer, day, day, "moving and handling refresher", 9 * 60 + 30, 12 * 60 + 30)
        )
    later = monday + timedelta(days=14)
    found.append(AbsenceDraft(order[count // 2], later, later + timedelta(days=6), "annual leave"))
    return sorted(found, key=lambda absence: (absence.first, absence.carer))


def _after(spec: Spec, people: list[ClientDraft], past: list[PastVisit], count: int) -> None:
    """What grew out of the past: preferred carers, and a few limits that the last weeks have kept."""
    dice = Dice(spec.seed, "preferences")
    for i, client in enumerate(people):
        seen = [visit.carer for visit in past if visit.client == i]
        known = sorted(set(seen), key=lambda carer: (-seen.count(carer), carer))
        if known and not client.only and dice.chance(0.2):
            client.prefer = {carer: dice.pick(_WHY_PREFER) for carer in known[: dice.whole(1, 2)]}
        if known and not client.only and dice.chance(0.06):
            client.max_carers = min(len(known) + 2, count)
