"""Papers about a rota on the desk: the same sentences and tables as those of the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import RotaState, StoredProblem, StoredRota
from api.desk.memory import Memory
from api.desk.rotas import Opened, open_rota, predecessor_of
from api.errors import not_found
from scheduler.report.continuity import continuity_paper
from scheduler.report.document import Document, to_html
from scheduler.report.fairness import fairness_paper
from scheduler.report.isf_papers import isf_paper
from scheduler.report.letters import Earlier, Letter, letter_page, letters
from scheduler.report.pay_papers import pay_paper
from scheduler.report.pdf import to_pdf
from scheduler.report.schedule_papers import schedule_paper

KEPT = 32
WEEK = timedelta(days=7)
_papers: Memory[Document] = Memory(KEPT)
_funds: Memory[Document | None] = Memory(KEPT)
_letters: Memory[dict[str, Letter]] = Memory(4)
_pdfs: Memory[bytes] = Memory(KEPT)


def fairness(opened: Opened) -> Document:
    """Is any recorded group of clients served worse? Small groups are not in it."""
    return _paper(opened, "fairness", lambda: fairness_paper(opened.rota, opened.problem))


def continuity(opened: Opened) -> Document:
    """How many carers each client has, by name."""
    return _paper(opened, "continuity", lambda: continuity_paper(opened.rota, opened.problem))


def pay(opened: Opened, carer: str = "") -> Document:
    """What an hour of work really earns: everybody's, or one carer's. Raises UnknownName."""
    if carer:
        opened.problem.carer(carer)
    return _paper(opened, f"pay {carer}", lambda: pay_paper(opened.rota, opened.problem, carer))


def schedule(opened: Opened, carer: str) -> Document:
    """A carer's schedule of visits, travel and rest breaks. Raises UnknownName."""
    return _paper(opened, f"schedule {carer}", lambda: schedule_paper(carer, opened.rota, opened.problem))


def has_fund(opened: Opened, client: str) -> bool:
    """Has that client an Individual Service Fund?"""
    return any(fund.client == client for fund in opened.problem.funds)


def fund(opened: Opened, client: str) -> Document:
    """The statement of a client's Individual Service Fund. Raises UnknownName, and Trouble(404) for no fund."""
    opened.problem.client(client)
    found = opened.once(_funds, lambda: isf_paper(client, opened.rota, opened.problem), client)
    if found is None:
        raise not_found("fund")
    return found


def letter(session: Session, opened: Opened, client: str) -> Letter:
    """A client's letter. What changed is told against what the client was told before: the publication before it of
    the same days, else that of the week before. Raises UnknownName, and Trouble(404) for no visit."""
    opened.problem.client(client)
    before = told_before(session, opened)
    earlier = Earlier(before.rota, before.problem) if before is not None else None

    def write() -> dict[str, Letter]:
        return {one.client.id: one for one in letters(opened.rota, opened.problem, earlier)}

    found = opened.once(_letters, write, before.key if before is not None else None).get(client)
    if found is None:
        raise not_found("visit to this client in these days")
    return found


def told_before(session: Session, opened: Opened) -> Opened | None:
    """The publication that the clients of this rota were told of before it."""
    before = predecessor_of(session, opened.kept)
    if before is not None:
        return open_rota(session, before.id)
    asked = (
        select(StoredRota.id)
        .join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
        .where(StoredRota.state == RotaState.PUBLISHED)
        .where(StoredProblem.start == opened.problem.start - WEEK, StoredProblem.days == opened.problem.days)
    )
    id = session.scalars(asked).first()
    return open_rota(session, id) if id is not None else None


def letter_pdf(opened: Opened, found: Letter, version: str) -> bytes:
    """A letter as a tagged PDF."""
    page = letter_page(found, version)
    return opened.once(_pdfs, lambda: to_pdf(page), page)


def pdf(opened: Opened, document: Document) -> bytes:
    """A paper as a tagged PDF."""
    page = to_html(document, opened.problem)
    return opened.once(_pdfs, lambda: to_pdf(page), page)


def _paper(opened: Opened, name: str, make: Callable[[], Document]) -> Document:
    return opened.once(_papers, make, name)
