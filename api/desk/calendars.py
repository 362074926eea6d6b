"""Calendar links: made, revoked, and what they show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.database.base import now
from api.database.models import Agency, CalendarLink, PersonKind, RotaState, StoredProblem, StoredRota
from api.database.tenancy import for_agency, for_everything
from api.desk.rotas import open_rota
from api.errors import not_found
from api.ids import digest, new_secret
from scheduler.report.feeds import PublishedDays, carer_feed, client_feed

BACK = timedelta(days=28)
"""So far back a calendar goes."""


def make(session: Session, kind: PersonKind, person: str, who: str) -> tuple[CalendarLink, str]:
    """A new link of that person and its secret, which is told only now. The link before it ends."""
    for link in open_links(session, kind, person):
        link.revoked_at = now()
    secret = new_secret()
    made = CalendarLink(digest=digest(secret), kind=kind, person=person, created_by=who)
    session.add(made)
    session.flush()
    return made, secret


def revoke(session: Session, id: str) -> None:
    """From now on the link shows nothing. Raises Trouble(404) for one that is not open."""
    link = session.get(CalendarLink, id)
    if link is None or link.revoked_at is not None:
        raise not_found("calendar link")
    link.revoked_at = now()


def open_links(
    session: Session, kind: PersonKind | None = None, person: str | None = None
) -> list[CalendarLink]:
    """The links that show something, the newest first: all of them, or those of one person."""
    asked = select(CalendarLink).where(CalendarLink.revoked_at.is_(None))
    if kind is not None:
        asked = asked.where(CalendarLink.kind == kind, CalendarLink.person == person)
    return list(session.scalars(asked.order_by(CalendarLink.created_at.desc(), CalendarLink.id)))


def known(engine: Engine, secret: str) -> CalendarLink | None:
    """The open link of that secret."""
    with for_everything(engine) as session:
        found = select(CalendarLink).where(
            CalendarLink.digest == digest(secret), CalendarLink.revoked_at.is_(None)
        )
        return session.scalars(found).first()


def content(engine: Engine, link: CalendarLink, today: date) -> bytes:
    """What the link shows: the published visits from four weeks ago on, as an iCalendar file."""
    with for_agency(engine, link.agency_id, "") as session:
        agency = session.get_one(Agency, link.agency_id).name
        published = published_days(session, today - BACK)
    feed = client_feed if link.kind is PersonKind.CLIENT else carer_feed
    return feed(link.person, published, agency)


@dataclass(frozen=True)
class Holding:
    """A published rota by its id, with those of its days (0 is its first, on `start`) on which it holds."""

    rota: str
    start: date
    days: frozenset[int]
    published_at: datetime

    @property
    def first(self) -> date:
        """The first day on which it holds."""
        return self.start + timedelta(days=min(self.days))


def published_days(session: Session, since: date) -> list[PublishedDays]:
    """What is published from that day on, in order of time, as calendars show it."""
    opened = [(part, open_rota(session, part.rota)) for part in holding(session, since)]
    return [PublishedDays(one.rota, one.problem, part.days, part.published_at) for part, one in opened]


def holding(session: Session, since: date) -> list[Holding]:
    """What is published from that day on, in order of time. Where publications of different lengths cover one day,
    the newest of them holds."""
    asked = (
        select(StoredRota.id, StoredProblem.start, StoredProblem.days, StoredRota.published_at)
        .join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
        .where(StoredRota.state == RotaState.PUBLISHED)
        .order_by(StoredRota.published_at.desc())
    )
    taken: set[date] = set()
    found = []
    for row in session.execute(asked):
        dates = [row.start + timedelta(days=day) for day in range(row.days)]
        days = frozenset(i for i, on in enumerate(dates) if on >= since and on not in taken)
        taken |= set(dates)
        if days:
            found.append(Holding(row.id, row.start, days, row.published_at))
    return sorted(found, key=lambda part: (part.start, min(part.days)))
