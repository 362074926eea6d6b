"""Erasing one person (UK GDPR, article 17): everywhere a meaningless id takes the person's place.

What was paid and how often somebody came has to be kept (wages, the commissioner's account), so rotas keep their
minutes; who it was cannot be told from them any more. Nobody keeps which id stands for whom.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_hex
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
    Repair,
    SignIn,
    StoredLeg,
    StoredProblem,
    StoredRota,
    TableSet,
    Telling,
    User,
)
from api.desk import tables as table_work
from api.desk.erase_data import erased_problem, erased_tables, plans_of, visits_of
from api.desk.packing import pack, pack_json, unpack, unpack_json
from api.desk.people import Person
from api.desk.problems import forget
from api.desk.ready import forget_ready
from api.errors import Trouble
from scheduler.problem_json import from_json, to_json

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
    """What an erasure did; `problems` are the ids of those that changed."""

    pseudonym: str
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


def erase(session: Session, agency: str, person: Person, confirm: str, who: str) -> Erased:
    """Put a meaningless id in the person's place in this transaction. Raises Trouble(422) unless `confirm` is the name,
    and Trouble(409) while a plan runs, which would bring the person back at its end."""
    if confirm.strip().casefold() != person.name.strip().casefold():
        raise Trouble(422, "This is not the person's name: nothing was erased. Write it as it is shown.")
    if session.connection().dialect.name == "sqlite":
        session.connection().exec_driver_sql(
            "PRAGMA secure_delete=ON"
        )  # zeros where the name was, not a hole
    # Whoever imports or plans at this moment waits until the end of this transaction.
    session.execute(select(Agency.id).where(Agency.id == agency).with_for_update())
    if session.scalar(select(func.count(Job.id)).where(Job.state.not_in(OVER))):
        raise Trouble(409, "A plan waits or runs: stop it, or wait for its end, and erase then.")
    erased = Erased(f"erased-{token_hex(6)}")
    names = Names(person, erased.pseudonym)
    _tables(session, agency, names, erased, who)
    erased.problems = _problems(session, names)
    _rotas(session, names, erased)
    _edits(session, names, erased)
    _jobs(session, names)
    _repairs(session, names, erased)
    _links(session, names, erased)
    if person.kind is PersonKind.CARER:
        _accounts(session, person.id, erased)
    record(session, "erased", f"{person.kind} {erased.pseudonym}", dict(erased.counts), agency)
    return erased


def clean_up(engine: Engine, erased: Erased) -> None:
    """After an erasure: memory reads the problems anew, and SQLite's write-ahead file, which still holds the old pages,
    is written back and emptied."""
    forget(erased.problems)
    forget_ready()
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


class Names:
    """What is replaced by what: the person's id and, for a client, the ids of the visits, which often begin with it;
    in sentences the name too."""

    def __init__(self, person: Person, pseudonym: str) -> None:
        self.person, self.pseudonym = person, pseudonym
        self.plans: dict[str, str] = {}
        self.visits: dict[str, str] = {}

    def add_plans(self, plans: Mapping[str, None]) -> None:
        """Visits of the care plan: each gets the next number."""
        for plan in plans:
            self.plans.setdefault(plan, f"{self.pseudonym}-{len(self.plans) + 1}")

    def add_visit(self, id: str, plan: str) -> None:
        """A dated visit: what follows the plan's id is the date and stays."""
        self.add_plans({plan: None})
        date = id.removeprefix(plan) if id.startswith(plan) else f"-{len(self.visits) + 1}"
        self.visits.setdefault(id, self.plans[plan] + date)

    def carer(self, id: str) -> str:
        """A carer's id afterwards."""
        return self.pseudonym if (self.person.kind, self.person.id) == (PersonKind.CARER, id) else id

    def text(self, text: str) -> str:
        """A sentence without the person, however the name's letters are written. An id that is only a number or only a
        word stays: without the table it tells nothing, and the same number or word stands for other things too."""
        ids = {**self.plans, **self.visits, self.person.id: self.pseudonym}
        known = {
            id.casefold(): new
            for id, new in ids.items()
            if re.search(r"[^\W\d]", id) and re.search(r"\d", id)
        }
        known[self.person.name.casefold()] = self.pseudonym
        parts = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True) if word)
        return re.sub(
            rf"(?i)(?<!\w)({parts})(?!\w)", lambda found: known.get(found[1].casefold(), self.pseudonym), text
        )

    def inside(self, value: Any) -> Any:
        """A JSON value with all its sentences without the person."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.inside(part) for part in value]
        if isinstance(value, dict):
            return {self.visits.get(name, name): self.inside(part) for name, part in value.items()}
        return value


def _tables(session: Session, agency: str, names: Names, erased: Erased, who: str) -> None:
    kept = list(session.scalars(select(TableSet).order_by(TableSet.version)))
    for one in kept:
        tables = unpack_json(one.packed)
        names.add_plans(dict.fromkeys(plans_of(tables, names.person)))
        changed, rows = erased_tables(tables, names.person, names.pseudonym)
        if rows:
            one.packed = pack_json(changed)
            one.rows = sum(len(table) for table in changed.values())
            erased.counts["tables"] += 1
    # A new version, so that nobody who looked at the old one can write it back.
    session.flush()
    table_work.store(session, agency, unpack_json(kept[-1].packed), who)


def _problems(session: Session, names: Names) -> list[str]:
    """The ids of the problems that had the person."""
    found = []
    for one in session.scalars(select(StoredProblem)):
        problem = from_json(unpack(one.packed))
        for visit in visits_of(problem, names.person):
            names.add_visit(visit.id, visit.plan or visit.id)
        changed = erased_problem(problem, names.person, names.pseudonym, names.plans, names.visits)
        if changed is not None:
            one.packed = pack(to_json(changed))
            found.append(one.id)
        one.warnings = names.inside(one.warnings)
    session.flush()
    return found


def _rotas(session: Session, names: Names, erased: Erased) -> None:
    problems = set(erased.problems)
    rotas = list(session.scalars(select(StoredRota)))
    for rota in rotas:
        # Not as a changed row: the audit would tell the old name of the rota, which may be the person's.
        session.execute(
            update(StoredRota)
            .where(StoredRota.id == rota.id)
            .values(
                name=names.text(rota.name)[:120],
                notes=names.text(rota.notes)[:2000],
                reasons=names.inside(rota.reasons),
                # What browsers kept of it is old now.
                version=StoredRota.version + (1 if rota.problem_id in problems else 0),
            )
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
    erased.counts["people to tell"] += session.execute(delete(Telling).where(*own)).rowcount  # type: ignore[attr-defined]
    for telling in session.scalars(select(Telling)):
        telling.sentence = names.text(telling.sentence)
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
