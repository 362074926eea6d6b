"""Everything that is held about one person (UK GDPR, articles 15 and 20), as one JSON object.

What it says of others is kept short: a client's export names carers by their first names, a carer's export no client.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import (
    AuditEntry,
    CalendarLink,
    Edit,
    Membership,
    PersonKind,
    PlannedRun,
    Repair,
    StoredProblem,
    StoredRota,
    Study,
    TableSet,
    Telling,
    User,
)
from api.desk.erase_data import plans_of, visits_of
from api.desk.packing import unpack_json
from api.desk.people import Person
from api.desk.problems import problem_of
from api.desk.rotas import open_rota
from api.desk.studies import planned_with
from scheduler.problem import Problem
from scheduler.report.feeds import first_name
from scheduler.report.words import at
from scheduler.rota import Leg
from scheduler.rota_json import from_json

OTHERS = {PersonKind.CLIENT: "carer", PersonKind.CARER: "client"}


def export(session: Session, person: Person) -> dict[str, Any]:
    """Tables, rotas, edits, calendar links, accounts and audit, as far as they are about the person."""
    links = list(
        session.scalars(
            select(CalendarLink).where(CalendarLink.kind == person.kind, CalendarLink.person == person.id)
        )
    )
    carer = person.id if person.kind is PersonKind.CARER else None
    accounts = session.execute(
        select(User, Membership)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.carer == carer, Membership.carer.is_not(None))
    ).all()
    rotas, edits = _rotas_and_edits(session, person)
    about = [f"CalendarLink {link.id}" for link in links] + [f"Edit {edit['id']}" for edit in edits]
    about += [f"User {user.id}" for user, _ in accounts]
    about += [f"Membership {user.id}/{member.agency_id}" for user, member in accounts]
    return {
        "kind": person.kind,
        "id": person.id,
        "name": person.name,
        "tables": _tables(session, person),
        "rotas": rotas,
        "edits": edits,
        "scenario_weeks": _scenario_weeks(session, person),
        "events": _events(session, person),
        "told": _told(session, person),
        "calendar_links": [
            {"id": one.id, "made": _moment(one.created_at), "revoked": _moment(one.revoked_at)}
            for one in links
        ],
        "accounts": [
            {"id": user.id, "name": user.name, "email": user.email, "role": member.role}
            for user, member in accounts
        ],
        "audit": _audit(session, about, [user.id for user, _ in accounts]),
    }


def _events(session: Session, person: Person) -> list[dict[str, Any]]:
    """What happened to the person on a day, as it was entered; without the other people of the event."""
    return [
        {k: v for k, v in event.items() if k != OTHERS[person.kind] and v not in (None, "", [])}
        for repair in session.scalars(select(Repair).order_by(Repair.created_at))
        for event in repair.events
        if event[person.kind] == person.id
    ]


def _told(session: Session, person: Person) -> list[dict[str, Any]]:
    """What the person was to be told of changed rotas; a carer's sentences name clients, and are left out."""
    own = (Telling.who == person.kind.value, Telling.person == person.id)
    return [
        {"rota": one.rota_id, "told": _moment(one.told_at)}
        | ({"sentence": one.sentence} if person.kind is PersonKind.CLIENT else {})
        for one in session.scalars(select(Telling).where(*own).order_by(Telling.id))
    ]


def _tables(session: Session, person: Person) -> list[dict[str, Any]]:
    """The person's rows, each once, with the versions of the data that hold it."""
    found: dict[str, dict[str, Any]] = {}
    for version, packed in session.execute(
        select(TableSet.version, TableSet.packed).order_by(TableSet.version)
    ):
        tables = unpack_json(packed)
        plans = set(plans_of(tables, person))
        for name, rows in tables.items():
            for row in rows:
                linked = name == "links" and plans & {row.get("first"), row.get("second")}
                if row.get(person.kind) == person.id or linked:
                    own = {k: v for k, v in row.items() if k != OTHERS[person.kind] and v != ""}
                    one = found.setdefault(f"{name} {own}", {"table": name, "row": own, "versions": []})
                    if version not in one["versions"]:
                        one["versions"].append(version)
    return list(found.values())


def _rotas_and_edits(session: Session, person: Person) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rotas, edits = [], []
    carer = person.id if person.kind is PersonKind.CARER else None
    asked = select(StoredRota).join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
    for kept in session.scalars(asked.order_by(StoredProblem.start, StoredRota.created_at)):
        own = {visit.id for visit in visits_of(problem_of(session, kept.problem_id), person)}
        if person.kind is PersonKind.CLIENT and not own:
            continue
        opened = open_rota(session, kept.id)
        told = [
            _visit(leg, opened.problem, person)
            for leg in opened.rota.legs
            if leg.visit in own or leg.carer == carer
        ]
        if told or own:
            reasons = [s for id in own for s in kept.reasons.get(id, ())]
            rotas.append(
                {
                    "id": kept.id, "name": kept.name, "state": kept.state, "days": opened.problem.days,
                    "first_day": opened.problem.start.isoformat(), "visits": told, "reasons": reasons,
                }
            )  # fmt: skip
        edits += [
            {"id": edit.id, "rota": kept.id, "kind": edit.kind, "at": _moment(edit.at)}
            for edit in session.scalars(select(Edit).where(Edit.rota_id == kept.id))
            if edit.visit in own or any(leg["carer"] == carer for leg in (*edit.before, *edit.after))
        ]
    return rotas, edits


def _scenario_weeks(session: Session, person: Person) -> list[dict[str, Any]]:
    """The person's visits in weeks that were planned for a scenario report which is not there yet: they are kept to go
    on with. A report has sums only."""
    found = []
    asked = select(PlannedRun, Study).join(Study, Study.id == PlannedRun.study_id)
    for run, study in session.execute(asked.order_by(Study.created_at, PlannedRun.key)):
        outcome = unpack_json(run.packed)
        problem = planned_with(problem_of(session, study.problem_id), outcome)
        own = {visit.id for visit in visits_of(problem, person)}
        carer = person.id if person.kind is PersonKind.CARER else None
        legs = from_json(json.dumps(outcome["rota"])).legs
        told = [_visit(leg, problem, person) for leg in legs if leg.visit in own or leg.carer == carer]
        if told:
            found.append(
                {
                    "scenario_run": study.id,
                    "scenario": outcome["scenario"],
                    "seed": outcome["seed"],
                    "visits": told,
                }
            )
    return found


def _visit(leg: Leg, problem: Problem, person: Person) -> dict[str, Any]:
    told: dict[str, Any] = {
        "start": at(leg.start, problem).isoformat(timespec="minutes"),
        "minutes": leg.minutes,
    }
    if person.kind is PersonKind.CLIENT:
        told |= {
            "carer": first_name(problem.carer(leg.carer).name),
            "tasks": list(problem.visit(leg.visit).tasks),
        }
    return told | {"second_carer": leg.second}


def _audit(session: Session, about: Iterable[str], accounts: Iterable[str]) -> list[dict[str, Any]]:
    """The entries about these things, or made by these accounts."""
    wanted, makers = set(about), set(accounts)
    return [
        {
            "number": one.number,
            "at": _moment(one.at),
            "what": one.what,
            "about": one.about,
            "details": one.details,
        }
        for one in session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        if one.about in wanted or one.who in makers
    ]


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None
