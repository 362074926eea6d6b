"""Care plans: who gets how many visits a day, when, how long and what for.

The shares are those of the project's notes on UK home care (council packages of one to four visits a day, lighter
ones for people who pay themselves; 35, 22, 20 and 23 % of visits in the morning, at lunch, at tea and at bedtime; most
visits of 30 minutes). They are assumptions around published figures, not any agency's data.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import LAST_END, ClientDraft, LinkDraft, VisitDraft
from scenarios.generate.spec import Spec
from scenarios.generate.tasks import SHORT, finish, give_tasks, overfill

_VISITS_A_DAY = {
    "council": {1: 0.21, 2: 0.21, 3: 0.19, 4: 0.39},
    "isf": {1: 0.30, 2: 0.30, 3: 0.20, 4: 0.20},
    "self": {0: 0.18, 1: 0.44, 2: 0.24, 3: 0.10, 4: 0.04},
}
_LIGHT = {1: 0.50, 2: 0.30, 3: 0.10, 4: 0.10}
_PARTS_OF: dict[int, dict[tuple[str, ...], float]] = {
    0: {(): 1.0},
    1: {("morning",): 0.72, ("lunch",): 0.10, ("tea",): 0.09, ("bed",): 0.09},
    2: {("morning", "bed"): 0.55, ("morning", "tea"): 0.25, ("morning", "lunch"): 0.20},
    3: {
        ("morning", "lunch", "bed"): 0.40,
        ("morning", "tea", "bed"): 0.35,
        ("morning", "lunch", "tea"): 0.25,
    },
    4: {("morning", "lunch", "tea", "bed"): 1.0},
}
_DAYS_OF: dict[int, dict[tuple[int, ...], float]] = {
    1: {(0, 1, 2, 3, 4, 5, 6): 0.62, (0, 1, 2, 3, 4): 0.2, (0, 2, 4): 0.1, (1, 3, 5): 0.08},
    2: {(0, 1, 2, 3, 4, 5, 6): 0.85, (0, 1, 2, 3, 4): 0.15},
}
_EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
_TIME = {"morning": (535, 65), "lunch": (750, 32), "tea": (1010, 36), "bed": (1205, 62)}
_TIME_LIMITS = {"morning": (425, 650), "lunch": (705, 820), "tea": (960, 1090), "bed": (1110, 1290)}
_DOUBLE_LIMITS = {"morning": (455, 620), "bed": (1125, 1260)}
_WINDOWS = {30: 0.5, 45: 0.2, 60: 0.3}
_CRITICAL_WINDOW = 15
_CRITICAL_SHARE = 0.12
_DOUBLE_SHARE = 0.13
_SPACED_SHARE = 0.40
_IN_BED = 13 * 60
_SPACING = 4 * 60
_OVERFULL_SHARE = 0.03

_LENGTHS = {
    "morning": {20: 0.05, 30: 0.56, 45: 0.27, 60: 0.11, 90: 0.01},
    "lunch": {15: 0.10, 20: 0.06, 30: 0.74, 45: 0.09, 60: 0.01},
    "tea": {15: 0.13, 20: 0.08, 30: 0.72, 45: 0.07},
    "bed": {15: 0.08, 20: 0.07, 30: 0.75, 45: 0.10},
}
_LENGTHS_NI = {
    "morning": {15: 0.16, 20: 0.06, 30: 0.53, 45: 0.20, 60: 0.05},
    "lunch": {15: 0.38, 20: 0.06, 30: 0.51, 45: 0.05},
    "tea": {15: 0.44, 20: 0.06, 30: 0.47, 45: 0.03},
    "bed": {15: 0.36, 20: 0.06, 30: 0.52, 45: 0.06},
}


def packages(spec: Spec, clients: list[ClientDraft]) -> tuple[list[VisitDraft], list[LinkDraft]]:
    """All care plans, and the visits that must keep a distance."""
    dice = Dice(spec.seed, "packages")
    plans = [
        _times(i, parts, days, dice) for i, (parts, days) in enumerate(_parts_and_days(spec, clients, dice))
    ]
    _choose_needs(spec, clients, plans, dice)
    _lengths(spec, clients, plans, dice)
    links = [
        link for client, plan in zip(clients, plans, strict=True) for link in _spaced(client, plan, dice)
    ]
    _critical(plans, dice)
    _fill(spec, clients, plans, dice)
    links += [
        link for client, plan in zip(clients, plans, strict=True) for link in _overnight(client, plan, dice)
    ]
    for client, plan in zip(clients, plans, strict=True):
        plan.extend(_weekly(spec, client, plan, dice))
    visits = [visit for plan in plans for visit in plan]
    for visit in visits:
        visit.id = f"{clients[visit.client].id}-{visit.id}"
    return visits, links


def _parts_and_days(
    spec: Spec, clients: list[ClientDraft], dice: Dice
) -> list[tuple[tuple[str, ...], tuple[int, ...]]]:
    """By funding, so that each share is kept in small agencies too."""
    found: list[tuple[tuple[str, ...], tuple[int, ...]]] = [((), ())] * len(clients)
    a_day = dict.fromkeys(range(len(clients)), 0)
    for funding, mix in _VISITS_A_DAY.items():
        theirs = [i for i, client in enumerate(clients) if client.funding == funding]
        if not spec.light:
            a_day.update(zip(theirs, dice.quota(len(theirs), mix), strict=True))
    if spec.light:
        a_day.update(enumerate(dice.quota(len(clients), _LIGHT)))
    for count, parts_mix in _PARTS_OF.items():
        theirs = [i for i, n in a_day.items() if n == count]
        parts = dice.quota(len(theirs), parts_mix)
        days = dice.quota(len(theirs), _DAYS_OF.get(count, {_EVERY_DAY: 1.0}))
        for i, some_parts, some_days in zip(theirs, parts, days, strict=True):
            found[i] = (some_parts, some_days)
    return found


def _times(client: int, parts: tuple[str, ...], days: tuple[int, ...], dice: Dice) -> list[VisitDraft]:
    plan = []
    for part in parts:
        least, most = _TIME_LIMITS[part]
        preferred = _five(min(max(dice.near(*_TIME[part]), least), most))
        plan.append(VisitDraft(part, client, part, days, preferred, dice.weighted(_WINDOWS)))
    return plan


def _choose_needs(spec: Spec, clients: list[ClientDraft], plans: list[list[VisitDraft]], dice: Dice) -> None:
    """Double-handed people are among those with the largest packages; medication goes with every second package."""
    large = [i for i in dice.shuffled(range(len(clients))) if len(plans[i]) >= 3]
    others = [i for i in range(len(clients)) if len(plans[i]) == 2]
    council_first = sorted(large, key=lambda i: clients[i].funding == "self")
    for i in (council_first + others)[: round(len(clients) * _DOUBLE_SHARE)]:
        clients[i].double = True
        together = dice.weighted({"all": 0.7, "part": 0.3})
        for visit in plans[i]:
            helped = visit.part in ("morning", "bed") or dice.chance(0.55)
            visit.carers = 2 if helped and not (spec.light and visit.part != "morning") else 1
            if visit.carers == 2:  # never at the edges of the day, when hardly anybody is on shift
                least, most = _DOUBLE_LIMITS.get(visit.part, _TIME_LIMITS[visit.part])
                visit.preferred = min(max(visit.preferred, least), most)
                visit.window = max(visit.window, 45)
            visit.together = 20 if together == "part" and visit.carers == 2 and visit.part != "bed" else 0
    for client, plan in zip(clients, plans, strict=True):
        client.medication = bool(plan) and dice.chance(0.55)
        client.spaced = (
            client.medication and len(plan) >= 3 and not client.double and dice.chance(_SPACED_SHARE)
        )
        if len(plan) < 2:
            client.needs -= {"peg"}


def _lengths(spec: Spec, clients: list[ClientDraft], plans: list[list[VisitDraft]], dice: Dice) -> None:
    """Short visits go to people with a wider package and one carer."""
    mix = _LENGTHS_NI if spec.nation == "northern ireland" else _LENGTHS
    for part, shares in mix.items():
        visits = dice.shuffled(visit for plan in plans for visit in plan if visit.part == part)
        visits.sort(key=lambda visit: visit.carers == 1 and len(plans[visit.client]) > 1)
        lengths = dice.quota(len(visits), shares)
        lengths.sort(key=lambda minutes: minutes < SHORT)
        for visit, minutes in zip(visits, lengths, strict=True):
            peg = "peg" in clients[visit.client].needs
            visit.minutes = max(minutes, SHORT) if peg or visit.carers == 2 else minutes
            visit.minutes = min(visit.minutes, 60) if visit.carers == 2 else visit.minutes
            visit.together = visit.together if visit.together < visit.minutes else 0
            visit.preferred = min(visit.preferred, LAST_END - visit.minutes)


def _spaced(client: ClientDraft, plan: list[VisitDraft], dice: Dice) -> list[LinkDraft]:
    """Doses at least four hours apart: the preferred times leave a little more than that."""
    if not client.spaced:
        return []
    start = _five(dice.whole(430, 490))
    for visit in plan:
        least, _ = _TIME_LIMITS[visit.part]
        visit.preferred = max(start, _five(least))
        start = visit.preferred + _SPACING + 5 * dice.whole(1, 4)
    pairs = [(a, b) for a, b in pairwise(plan) if b.preferred - a.preferred < 6 * 60]
    return [
        LinkDraft(f"{client.id}-{a.id}", f"{client.id}-{b.id}", 0, _SPACING, 0, "start", "medication")
        for a, b in pairs
    ]


def _critical(plans: list[list[VisitDraft]], dice: Dice) -> None:
    """Whole care plans, until the share of visits is met: insulin and Parkinson's do not come once a week."""
    total = sum(len(visit.days) for plan in plans for visit in plan)
    done = 0
    for plan in dice.shuffled(plan for plan in plans if plan and all(visit.carers == 1 for visit in plan)):
        size = sum(len(visit.days) for visit in plan)
        if done + size <= total * _CRITICAL_SHARE + 4:
            done += size
            for visit in plan:
                visit.critical, visit.window = True, _CRITICAL_WINDOW


def _fill(spec: Spec, clients: list[ClientDraft], plans: list[list[VisitDraft]], dice: Dice) -> None:
    visits = [visit for plan in plans for visit in plan]
    for visit in visits:
        client = clients[visit.client]
        client.medication = client.medication or visit.critical
        give_tasks(visit, client, dice, spec.start)
    candidates = [v for v in visits if v.minutes <= SHORT and v.carers == 1 and not v.critical]
    for visit in dice.some(candidates, round(len(visits) * _OVERFULL_SHARE)):
        overfill(visit, clients[visit.client], dice, spec.start)


def _overnight(client: ClientDraft, plan: list[VisitDraft], dice: Dice) -> list[LinkDraft]:
    """Not left in bed for more than 13 hours, for those whom somebody puts to bed and gets up every day."""
    bed = next((visit for visit in plan if visit.part == "bed" and visit.days == _EVERY_DAY), None)
    morning = next((visit for visit in plan if visit.part == "morning" and visit.days == _EVERY_DAY), None)
    if not bed or not morning or not dice.chance(0.45):
        return []
    if 24 * 60 + morning.preferred - (bed.preferred + bed.minutes) > _IN_BED - 15:
        return []
    bed_id, morning_id = f"{client.id}-{bed.id}", f"{client.id}-{morning.id}"
    return [LinkDraft(bed_id, morning_id, 1, 0, _IN_BED, "end", "overnight")]


def _weekly(spec: Spec, client: ClientDraft, plan: list[VisitDraft], dice: Dice) -> list[VisitDraft]:
    """Company once or more a week, cleaning every second week: for those who have little else, and a few others."""
    found = []
    here = plan[0].client if plan else int(client.id[1:]) - 1
    if not plan or dice.chance(0.06):
        days = dice.weighted({(1,): 0.3, (3,): 0.3, (1, 4): 0.25, (0, 2, 4): 0.15})
        social = VisitDraft("social", here, "other", days, _five(dice.whole(660, 840)), 90, purpose="social")
        social.minutes = dice.weighted({60: 0.7, 90: 0.2, 120: 0.1})
        social.tasks = ("companionship", "drink") if dice.chance(0.6) else ("shopping", "drink")
        found.append(social)
    if dice.chance(0.5 if not plan else 0.05):
        cleaning = VisitDraft(
            "cleaning", here, "other", (dice.whole(0, 4),), _five(dice.whole(790, 850)), 120
        )
        cleaning.minutes, cleaning.purpose, cleaning.every_weeks = 60, "time-limited tasks", 2
        cleaning.tasks = ("laundry", "tidy")
        cleaning.since = spec.start - timedelta(days=spec.start.weekday() + 7 * dice.whole(8, 9))
        found.append(cleaning)
    for visit in found:
        finish(visit, client)
    return found


def _five(minute: float) -> int:
    """To the nearest five minutes."""
    return 5 * round(minute / 5)
