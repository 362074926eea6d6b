"""Who must be told what because one rota was published in place of another, and who has been told."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.database.base import now
from api.database.models import Telling
from api.errors import not_found
from scheduler.repair.tell import people_to_tell

if TYPE_CHECKING:
    from api.desk.rotas import Opened

LONGEST = 4000
"""Characters that are kept of what to say to one person: some eighty visits."""
MORE = "More that is otherwise: {}. Send the whole new week."


def note(
    session: Session, before: Opened, after: Opened, only: Collection[tuple[str, str]] | None = None
) -> None:
    """Write down whom to tell what; `only` these (who, person), where a repair is undone: the others were never told
    otherwise."""
    undone = only is not None
    for one in people_to_tell(before.rota, after.rota, after.problem, before.problem, undone):
        if only is None or (one.who, one.id) in only:
            session.add(
                Telling(
                    rota_id=after.kept.id,
                    who=one.who,
                    person=one.id,
                    name=one.name,
                    minute=one.by,
                    sentence=shortened(one.sentence),
                )
            )
    session.flush()


def shortened(sentence: str) -> str:
    """What to say, a line a visit; where it is too much for anybody to say, as many whole lines as there is room for,
    and how many are left out, those that were left out before among them. A first line that is too long alone is
    cut."""
    if len(sentence) <= LONGEST:
        return sentence
    lines, left_out = sentence.split("\n"), 0
    if before := re.fullmatch(MORE.format(r"(\d+) visits?"), lines[-1]):
        lines, left_out = lines[:-1], int(before[1])
    while len(lines) > 1 and len("\n".join(lines) + _more(left_out)) > LONGEST:
        lines, left_out = lines[:-1], left_out + 1
    return "\n".join(lines)[: LONGEST - len(_more(left_out))] + _more(left_out)


def _more(left_out: int) -> str:
    return "\n" + MORE.format(f"{left_out} visit{'s' if left_out > 1 else ''}") if left_out else ""


def take_back(session: Session, before: Opened, applied: Opened) -> None:
    """A repair is undone: who was told of it has to hear that all is as before; who was not hears nothing."""
    done = {(one.who, one.person) for one in tellings(session, applied.kept.id) if one.told_at is not None}
    session.execute(delete(Telling).where(Telling.rota_id == applied.kept.id, Telling.told_at.is_(None)))
    note(session, applied, before, only=done)


def tellings(session: Session, rota: str) -> list[Telling]:
    """Whom to tell of this rota, whoever is soonest first; who has been told keeps the place, so that the next click is
    not another person's."""
    asked = select(Telling).where(Telling.rota_id == rota)
    return list(session.scalars(asked.order_by(Telling.minute, Telling.who, Telling.person, Telling.id)))


def untold(session: Session, rotas: Collection[str]) -> dict[str, set[tuple[str, str]]]:
    """Rota -> the people, as (who, person), who were not told of it; without rotas of which everybody was."""
    asked = select(Telling).where(Telling.rota_id.in_(rotas), Telling.told_at.is_(None))
    found: dict[str, set[tuple[str, str]]] = {}
    for one in session.scalars(asked):
        found.setdefault(one.rota_id, set()).add((one.who, one.person))
    return found


def tick(session: Session, id: str, told: bool, who: str) -> Telling:
    """Somebody was told, or was not after all. Raises Trouble(404)."""
    found = session.get(Telling, id)
    if found is None:
        raise not_found("person to tell")
    found.told_at, found.told_by = (now(), who) if told else (None, None)
    session.flush()
    return found
