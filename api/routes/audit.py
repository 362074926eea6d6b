"""The audit of one agency."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import AuditEntry
from api.routes.common import After, Limit, page_of
from api.schemas import AuditOut, Page
from api.security.guard import Managing

router = APIRouter(prefix="/agencies/{agency}/audit", tags=["audit"])


@router.get("", summary="Who did what, the newest first")
def get_audit(desk: Managing, limit: Limit = 100, after: After = "") -> Page[AuditOut]:
    """Ids and states, never personal data; `careround audit` verifies the chain of hashes."""
    with desk.reading() as session:
        rows, following = page_of(entries(session, limit + 1, after), limit, lambda entry: str(entry.number))
    return Page(items=[_out(entry) for entry in rows], next=following)


def entries(session: Session, most: int, before: str = "") -> list[AuditEntry]:
    """The newest entries of the session's agency, or those before a number."""
    asked = select(AuditEntry).order_by(AuditEntry.number.desc()).limit(most)
    if before.isascii() and before.isdigit() and len(before) < 10:
        asked = asked.where(AuditEntry.number < int(before))
    return list(session.scalars(asked))


def _out(entry: AuditEntry) -> AuditOut:
    return AuditOut(
        number=entry.number,
        at=entry.at,
        who=entry.who,
        what=entry.what,
        about=entry.about,
        details=entry.details,
        hash=entry.hash,
    )
