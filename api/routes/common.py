"""What several routes share: If-Match, pages, idempotency keys, times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any

from fastapi import Header, Path, Query
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import Repeatable
from api.database.tenancy import take_turn
from api.errors import Trouble
from api.schemas import ReasonOut, VerdictOut
from api.security.guard import Desk
from scheduler.units import DAY, HOUR, pence
from scheduler.verdict import Verdict

RotaId = Annotated[str, Path(description="The rota's id.", max_length=60)]
Limit = Annotated[int, Query(ge=1, le=500, description="So many at the most.")]
After = Annotated[str, Query(max_length=60, description="The `next` of the page before.")]
IfMatch = Annotated[str | None, Header(description="The ETag of what you looked at.", max_length=60)]
IfNoneMatch = Annotated[str | None, Header(description="The ETag of what you have.", max_length=60)]
AcceptEncoding = Annotated[str, Header(include_in_schema=False)]
IdempotencyKey = Annotated[
    str | None,
    Header(description="The same key again gives the same thing again.", min_length=1, max_length=200),
]


def seen_version(if_match: str | None) -> int:
    """The version in an If-Match. Raises Trouble where there is none."""
    if if_match is None:
        raise Trouble(428, "Say in If-Match which version you looked at (its ETag).")
    number = if_match.strip().removeprefix("W/").strip('"').partition("-")[0]
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise Trouble(400, "This If-Match is not an ETag of ours.")
    return int(number)


def same(etag: str, if_none_match: str | None) -> bool:
    """Does the client have this version already?"""
    return if_none_match is not None and if_none_match.strip().removeprefix("W/") == etag


def takes_gzip(accept_encoding: str) -> bool:
    """Can the client read what is compressed by gzip?"""
    offers = [offer.replace(" ", "").partition(";") for offer in accept_encoding.split(",")]
    return any(name == "gzip" and quality not in ("q=0", "q=0.0") for name, _, quality in offers)


def once(
    desk: Desk, session: Session, key: str | None, body: BaseModel | bytes, make: Callable[[], str]
) -> tuple[str, bool]:
    """The id of what `make` made, and whether it was made now: with a key that was used before, it is what was made
    then. Raises Trouble(422) for a key that was used for another request."""
    if key is None:
        return make(), True
    take_turn(session)  # of two at once the second one finds what the first one made
    before = made_before(desk, session, key, body)
    if before is not None:
        return before, False
    made = make()
    session.add(Repeatable(user_id=desk.person.user, key=key, request=_digest(body), made=made))
    return made, True


def made_before(desk: Desk, session: Session, key: str | None, body: BaseModel | bytes) -> str | None:
    """The id of what was made with that key before, if anything. Raises Trouble(422) for a key that was used for
    another request."""
    if key is None:
        return None
    mine = (Repeatable.user_id == desk.person.user, Repeatable.key == key)
    before = session.scalars(select(Repeatable).where(*mine)).first()
    if before is not None and before.request != _digest(body):
        raise Trouble(422, "This Idempotency-Key was used for another request.")
    return before.made if before is not None else None


def said_of(body: BaseModel, *ids: str) -> bytes:
    """A request as `once` knows it again, where the same body can be said of another thing: of what these ids name."""
    return "\n".join([*ids, body.model_dump_json()]).encode()


def _digest(body: BaseModel | bytes) -> str:
    return sha256(body if isinstance(body, bytes) else body.model_dump_json().encode()).hexdigest()


def minute_of(at: datetime, start: date) -> int:
    """A local time as minute of the period. Raises Trouble for a time with a zone: a rota has local times."""
    if at.tzinfo is not None:
        raise Trouble(422, "Times of a rota are local: give them without a zone, as 2026-11-23T08:30.")
    if abs((at.date() - start).days) > 400:
        raise Trouble(422, "This time is far outside the days of the rota.")
    return (at.date() - start).days * DAY + at.hour * HOUR + at.minute


def local_time(minute: int, start: date) -> str:
    """A minute of the period as '2026-11-23T08:30'."""
    at = datetime(start.year, start.month, start.day) + timedelta(minutes=minute)
    return at.isoformat(timespec="minutes")


def verdict_out(verdict: Verdict) -> VerdictOut:
    """A verdict as it is sent."""
    return VerdictOut(
        light=verdict.light,
        sentence=str(verdict),
        pence=pence(verdict.price),
        broken=list(dict.fromkeys(finding.sentence for finding in verdict.broken)),
        reasons=[ReasonOut(rule=label, pence=pence(price)) for label, price in verdict.reasons],
    )


def page_of(rows: list[Any], limit: int, key: Callable[[Any], str]) -> tuple[list[Any], str | None]:
    """A page of rows of which one more than the limit was read, and where the next begins."""
    return rows[:limit], key(rows[limit - 1]) if len(rows) > limit else None
