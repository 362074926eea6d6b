"""Erasing one person (UK GDPR, article 17): everywhere a meaningless id takes the person's place.

What was paid and how often somebody came has to be kept (wages, the commissioner's account), so rotas keep their
minutes; who it was cannot be told from them any more. Nobody keeps which id stands for whom.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, delete, func, select, update
from sqlalchemy.orm import Session

from api.database.audit import record
from api.database.base import now
from api.database.models import (
    OVER,
    Agency,
    CalendarLink,
    Edit,
    Invitation,
    Job,
    Membership,
    PersonKind,
    PlannedRun,
    Repair,
    SignIn,
    StoredLeg,
    StoredProblem,
    StoredRota,
    StudyFile,
    TableSet,
    Telling,
    User,
)
from api.desk import tables as table_work
from api.desk.erase_names import Names
from api.desk.erase_prepare import Prepared, seen
from api.desk.memory import Memory
from api.desk.tellings import shortened
from api.errors import Trouble

KEPT = {
    PersonKind.CLIENT: (
        "Start, length and carers of past visits, under the id that takes the person's place: carers were paid for "
        "them, and the commissioner for the client.",
        "How often which carer came, under that id, since it is part of the carers' work.",
        "Minutes and metres between visits, because travel is paid by them; the address itself is gone.",
        "The audit: it holds ids of edits and links, never a name, a client's or a visit's id.",
    ),
    PersonKind.CARER: (
        "Start and length of past visits, hours and rates of pay, under the id that takes the person's place: what was "
        "paid, and that it was the minimum wage at least, can be asked for years afterwards.",
        "Skills and gender under that id, since the rules of past rotas ask for them.",
        "Which clients the id came to, since a client's continuity of care is counted by it.",
        "Minutes and metres between visits, because travel is paid by them; the address itself is gone.",
        "The audit: it holds ids of edits and links, never a name or a carer's id. What the carer's own account did "
        "stays under that account's random id.",
    ),
}
"""What is kept after an erasure, and why."""
BEYOND = (
    "Copies outside the desk: exports, printed rotas, backups of the database (also those that were made before an "
    "upgrade). Delete those yourself."
)


@dataclass
class Erased:
    """What an erasure did: the id in the person's place, and how much of what was changed."""

    pseudonym: str
    counts: Counter[str] = field(default_factory=Counter)


def erase(session: Session, agency: str, prepared: Prepared, who: str) -> Erased | None:
    """Put a meaningless id in the person's place in this transaction; None where there is other data by now than what
    was prepared. Raises Trouble(409) while a plan runs, which would bring the person back at its end."""
    if session.connection().dialect.name == "sqlite":
        session.connection().exec_driver_sql(
            "PRAGMA secure_delete=ON"
        )  # zeros where the name was, not a hole
    # Whoever imports or plans at this moment waits until the end of this transaction.
    session.execute(select(Agency.id).where(Agency.id == agency).with_for_update())
    if session.scalar(select(func.count(Job.id)).where(Job.state.not_in(OVER))):
        raise Trouble(409, "A plan waits or runs: stop it, or wait for its end, and erase then.")
    if seen(session) != prepared.seen:
        return None
    names, erased = prepared.names, Erased(prepared.names.pseudonym)
    _data(session, agency, prepared, erased, who)
    _rotas(session, prepared, erased)
    _edits(session, names, erased)
    _jobs(session, names)
    _repairs(session, names, erased)
    _studies(session, erased)
    _links(session, names, erased)
    if names.person.kind is PersonKind.CARER:
        _accounts(session, names.person.id, erased)
    record(session, "erased", f"{names.person.kind} {erased.pseudonym}", dict(erased.counts), agency)
    return erased


def clean_up(engine: Engine) -> None:
    """After an erasure: memory forgets everything, and SQLite's write-ahead file, which still holds the old pages, is
    written back and emptied."""
    Memory.empty_all()
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _data(session: Session, agency: str, prepared: Prepared, erased: Erased, who: str) -> None:
    for id, (packed, rows) in prepared.tables.items():
        session.execute(update(TableSet).where(TableSet.id == id).values(packed=packed, rows=rows))
        erased.counts["tables"] += 1
    for id, (packed, warnings) in prepared.problems.items():
        session.execute(
            update(StoredProblem)
            .where(StoredProblem.id == id)
            .values(packed=packed, warnings=warnings, edition=StoredProblem.edition + 1)
        )
    doubts: list[dict[str, Any]] = []
    for id, before in session.execute(
        select(TableSet.id, TableSet.warnings).order_by(TableSet.version)
    ).all():
        doubts = prepared.names.inside(before)
        session.execute(update(TableSet).where(TableSet.id == id).values(warnings=doubts))
    # A new version, so that nobody who looked at the old one can write it back.
    table_work.store(session, agency, prepared.newest, who, warnings=doubts)


def _rotas(session: Session, prepared: Prepared, erased: Erased) -> None:
    names, problems = prepared.names, prepared.with_person
    rotas = list(session.scalars(select(StoredRota)))
    for rota in rotas:
        # Not as a changed row: the audit would tell the old name of the rota, which may be the person's.
        told = names.text(rota.name)[:120], names.text(rota.notes)[:2000], names.inside(rota.reasons)
        other = rota.problem_id in prepared.problems or told != (rota.name, rota.notes, rota.reasons)
        session.execute(
            update(StoredRota)
            .where(StoredRota.id == rota.id)
            # What browsers and other servers kept of it is old then.
            .values(name=told[0], notes=told[1], reasons=told[2], version=StoredRota.version + int(other))
        )
        if rota.problem_id in problems:
            _legs(session, rota.id, names, erased)
    erased.counts["rotas"] += sum(1 for rota in rotas if rota.problem_id in problems)


def _legs(session: Session, rota: str, names: Names, erased: Erased) -> None:
    own = StoredLeg.rota_id == rota
    if names.person.kind is PersonKind.CARER:
        changed = session.execute(
            update(StoredLeg).where(own, StoredLeg.carer == names.person.id).values(carer=names.pseudonym)
        )
        erased.counts["visits"] += changed.rowcount  # type: ignore[attr-defined]  # an UPDATE's result has it
        return
    for visit in session.scalars(select(StoredLeg.visit).where(own).distinct()).all():
        if visit in names.visits:
            session.execute(
                update(StoredLeg).where(own, StoredLeg.visit == visit).values(visit=names.visits[visit])
            )
            erased.counts["visits"] += 1


def _edits(session: Session, names: Names, erased: Erased) -> None:
    for edit in session.scalars(select(Edit)):
        visit = names.visits.get(edit.visit, edit.visit)
        before, after = (
            [{**leg, "carer": names.carer(leg["carer"])} for leg in legs]
            for legs in (edit.before, edit.after)
        )
        if (visit, before, after) != (edit.visit, edit.before, edit.after):
            edit.visit, edit.before, edit.after = visit, before, after
            erased.counts["edits"] += 1


def _jobs(session: Session, names: Names) -> None:
    for job in session.scalars(select(Job)):
        job.request = names.inside(job.request)
        job.told = names.text(job.told)[:2000]
        job.stage = names.text(job.stage)[:200]


def _repairs(session: Session, names: Names, erased: Erased) -> None:
    """What happened to the person on a day, and what the person was told, is gone; what was said of others stays."""
    person = names.person
    own = (Telling.who == person.kind.value, Telling.person == person.id)
    gone = session.execute(delete(Telling).where(*own))
    erased.counts["people to tell"] += gone.rowcount  # type: ignore[attr-defined]  # a DELETE's result has it
    for telling in session.scalars(select(Telling)):
        telling.sentence = shortened(names.text(telling.sentence))
    for repair in session.scalars(select(Repair)):
        said = [names.inside(part) for part in (repair.sentences, repair.notes, repair.proposals)]
        repair.sentences, repair.notes, repair.proposals = said
        # An id in an event is replaced whole, also where it is a mere number.
        repair.events = [_erased_event(event, names) for event in repair.events]


def _erased_event(event: dict[str, Any], names: Names) -> dict[str, Any]:
    kind, id = names.person.kind.value, names.person.id
    changed = {**event, "visit": names.visits.get(event["visit"], event["visit"])}
    if event[kind] == id:
        changed |= {kind: names.pseudonym, "name": "", "postcode": "", "lat": None, "lon": None}
    return changed


def _studies(session: Session, erased: Erased) -> None:
    """Weeks planned for a scenario report that is not there yet go, and so do reports with a map, on which dots are
    homes; beside each is the same report without it, which has sums only."""
    session.execute(delete(PlannedRun))
    gone = session.execute(delete(StudyFile).where(StudyFile.homes.is_(True)))
    erased.counts["reports with a map"] += gone.rowcount  # type: ignore[attr-defined]  # a DELETE's result has it


def _links(session: Session, names: Names, erased: Erased) -> None:
    person = names.person
    own = (CalendarLink.kind == person.kind, CalendarLink.person == person.id)
    for link in session.scalars(select(CalendarLink).where(*own)):
        if link.revoked_at is None:
            link.revoked_at = now()
            erased.counts["calendar links"] += 1
        link.person = names.pseudonym


def _accounts(session: Session, carer: str, erased: Erased) -> None:
    """The carer's own account: shut here, and nameless unless another agency knows it too."""
    for invitation in session.scalars(select(Invitation).where(Invitation.carer == carer)):
        invitation.used, invitation.carer = True, None
    for member in session.scalars(select(Membership).where(Membership.carer == carer)).all():
        user = session.get_one(User, member.user_id)
        session.delete(member)
        session.flush()
        erased.counts["accounts"] += 1
        # Below the ORM on purpose: other agencies' memberships count here, and nothing of them is told.
        table = Membership.__table__
        asked = select(func.count()).select_from(table).where(table.c.user_id == user.id)
        if not session.connection().scalar(asked):
            user.name, user.email, user.password_hash = "Erased", f"{user.id}@erased.invalid", "!"
            user.disabled = True
            session.execute(delete(SignIn).where(SignIn.user_id == user.id))
