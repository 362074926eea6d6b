"""Drafts -> the text of the input tables."""

from __future__ import annotations

from datetime import date, timedelta

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import (
    AbsenceDraft,
    CarerDraft,
    ClientDraft,
    LinkDraft,
    VisitDraft,
)
from scenarios.generate.funds import funds
from scenarios.generate.history import PastVisit
from scenarios.generate.spec import Spec
from scenarios.generate.write import Tables
from scheduler.units import WEEKDAYS, clock, end_clock

_HOURLY = {"wales": "13.45", "scotland": "13.45"}
_HOURLY_ELSEWHERE = "13.00"
_STANDARD_WINDOW, _CRITICAL_WINDOW = 30, 15


def tables(
    spec: Spec,
    clients: list[ClientDraft],
    visits: list[VisitDraft],
    links: list[LinkDraft],
    carers: list[CarerDraft],
    absences: list[AbsenceDraft],
    past: list[PastVisit],
) -> Tables:
    """All tables, those without a row too."""
    return {
        "settings": _settings(spec),
        "clients": [_client(client) for client in clients],
        "visits": [_visit(visit, clients) for visit in visits],
        "links": [_link(link) for link in links],
        "exceptions": _exceptions(spec, clients, visits),
        "carers": [_carer(carer) for carer in carers],
        "shifts": [row for carer in carers for row in _shifts(carer)],
        "absences": [_absence(absence, carers) for absence in absences],
        "relations": _relations(spec, clients, carers),
        "history": [_past(visit, clients, carers) for visit in past],
        **funds(spec, clients, visits, carers),
    }


def _settings(spec: Spec) -> list[dict[str, str]]:
    values = {
        "agency": spec.name,
        "nation": spec.nation,
        "policy": spec.policy_kept.value,
        "tasks_enforced": "no",
        "pay_basis": "contact and travel",
        "hourly_rate": _HOURLY.get(spec.nation, _HOURLY_ELSEWHERE),
    }
    return [{"setting": setting, "value": value} for setting, value in values.items()]


def _client(client: ClientDraft) -> dict[str, str]:
    return {
        "client": client.id,
        "name": client.name,
        "postcode": client.postcode,
        "area": client.area,
        "funding": client.funding,
        "family_or_advocate": client.advocate,
        "carer_gender": client.gender_wish,
        "languages": "; ".join(client.languages),
        "interests": "; ".join(client.interests),
        "max_carers": str(client.max_carers or ""),
        "plan_from": client.plan_from.isoformat() if client.plan_from else "",
        "wishes": client.wishes,
        "age_band": client.age_band,
        "needs": "; ".join(sorted(client.needs | ({"two carers"} if client.double else set()))),
    }


def _visit(visit: VisitDraft, clients: list[ClientDraft]) -> dict[str, str]:
    default = _CRITICAL_WINDOW if visit.critical else _STANDARD_WINDOW
    own = (visit.earliest, visit.latest) != (visit.preferred - default, visit.preferred + default)
    return {
        "visit": visit.id,
        "client": clients[visit.client].id,
        "weekdays": weekdays(visit.days),
        "every_weeks": str(visit.every_weeks) if visit.every_weeks > 1 else "",
        "from": visit.since.isoformat() if visit.since else "",
        "part": visit.part,
        "preferred": clock(visit.preferred),
        "earliest": clock(visit.earliest) if own else "",
        "latest": clock(visit.latest) if own else "",
        "minutes": str(visit.minutes),
        "tasks": "; ".join(visit.tasks),
        "skills": "; ".join(visit.skills),
        "carers": str(visit.carers) if visit.carers > 1 else "",
        "together_minutes": str(visit.together or ""),
        "time_critical": "yes" if visit.critical else "",
        "purpose": visit.purpose if visit.purpose != "care" else "",
        "short_agreed": "yes" if visit.short_agreed else "",
    }


def weekdays(days: tuple[int, ...]) -> str:
    """(0, 1, 2) -> 'Mon-Wed', all of them -> 'daily'."""
    if len(days) == len(WEEKDAYS):
        return "daily"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}"
    return "; ".join(WEEKDAYS[day] for day in days)


def _link(link: LinkDraft) -> dict[str, str]:
    return {
        "first": link.first,
        "second": link.second,
        "days_after": str(link.days_after or ""),
        "at_least": str(link.at_least or ""),
        "at_most": str(link.at_most or ""),
        "measured_from": link.measured_from if link.measured_from != "start" else "",
        "reason": link.reason,
    }


def _exceptions(spec: Spec, clients: list[ClientDraft], visits: list[VisitDraft]) -> list[dict[str, str]]:
    """Somebody in hospital until the week has begun, somebody away, a single visit not wanted."""
    dice = Dice(spec.seed, "exceptions")
    ids = [clients[visit.client].id for visit in visits if visit.carers == 1]
    some = dice.some(dict.fromkeys(ids), max(1, round(len(clients) / 30)) * 2)
    found = []
    for turn, client in enumerate(some):
        if turn % 2 == 0:
            first, last, reason = -dice.whole(3, 9), dice.whole(1, 3), "in hospital"
        elif turn % 4 == 1:
            first, last, reason = 7, 13, "a week at a daughter's"
        else:
            first, last, reason = dice.whole(1, 4), dice.whole(5, 6), "staying with family"
        found.append(
            {
                "client": client,
                "from": (spec.start + timedelta(days=first)).isoformat(),
                "until": (spec.start + timedelta(days=last)).isoformat(),
                "reason": reason,
            }
        )
    return sorted(found, key=lambda row: row["client"])


def _carer(carer: CarerDraft) -> dict[str, str]:
    return {
        "carer": carer.id,
        "name": carer.name,
        "postcode": carer.postcode,
        "mode": carer.mode,
        "gender": carer.gender,
        "skills": "; ".join(sorted(carer.skills)),
        "languages": "; ".join(carer.languages),
        "interests": "; ".join(carer.interests),
        "contracted_hours": str(carer.contracted or ""),
        "wished_hours": str(carer.wished or ""),
        "max_hours": str(carer.most or ""),
        "opt_out_48h": "yes" if carer.opt_out else "",
        "young": "yes" if carer.young else "",
    }


def _shifts(carer: CarerDraft) -> list[dict[str, str]]:
    """Equal spells of several days in one row."""
    days: dict[tuple[int, int], list[int]] = {}
    for day, start, end in carer.shifts:
        days.setdefault((start, end), []).append(day)
    return [
        {
            "carer": carer.id,
            "weekdays": weekdays(tuple(on)),
            "start": clock(start),
            "end": end_clock(end),
        }
        for (start, end), on in sorted(days.items())
    ]


def _absence(absence: AbsenceDraft, carers: list[CarerDraft]) -> dict[str, str]:
    start = f" {clock(absence.start)}" if absence.end else ""
    end = f" {end_clock(absence.end)}" if absence.end else ""
    return {
        "carer": carers[absence.carer].id,
        "from": f"{absence.first.isoformat()}{start}",
        "until": f"{absence.last.isoformat()}{end}",
        "reason": absence.reason,
    }


def _relations(spec: Spec, clients: list[ClientDraft], carers: list[CarerDraft]) -> list[dict[str, str]]:
    dice = Dice(spec.seed, "since")
    found = []
    for client in clients:
        for relation, ties in (("only", client.only), ("prefer", client.prefer), ("never", client.never)):
            for carer, reason in sorted(ties.items()):
                since: date = spec.start - timedelta(days=dice.whole(7 * spec.history_weeks + 30, 400))
                found.append(
                    {
                        "client": client.id,
                        "carer": carers[carer].id,
                        "relation": relation,
                        "reason": reason,
                        "since": since.isoformat(),
                    }
                )
    return found


def _past(visit: PastVisit, clients: list[ClientDraft], carers: list[CarerDraft]) -> dict[str, str]:
    return {
        "date": visit.day.isoformat(),
        "client": clients[visit.client].id,
        "carer": carers[visit.carer].id,
        "start": clock(visit.start),
        "minutes": str(visit.minutes),
    }
