"""Letters, statements, schedules and reports about a rota: as data, and as PDF."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from api.desk import papers as work
from api.desk.judged import carers_of
from api.desk.rotas import Opened, open_rota
from api.routes.common import RotaId, local_time
from api.schemas import CarerSumsOut, LetterOut, PaperOut
from api.schemas.papers import ColumnOut, LetterDayOut, LetterVisitOut, SectionOut, TableOfPaper
from api.security.guard import Aggregates, Desk, Seeing
from scheduler.report.document import Document
from scheduler.report.letters import VERSIONS, Letter, letter_page, sentences
from scheduler.report.table import Table, plain
from scheduler.units import pence

router = APIRouter(prefix="/agencies/{agency}/rotas/{rota}", tags=["papers"])
ClientId = Annotated[str, Path(description="The client's id in the agency's data.", max_length=200)]
CarerId = Annotated[str, Path(description="The carer's id in the agency's data.", max_length=200)]
Version = Annotated[str, Query(pattern=f"^({'|'.join(VERSIONS)})$", description=", ".join(VERSIONS))]
HTML, PDF = "text/html", "application/pdf"
Responses = dict[int | str, dict[str, Any]]
AS_PDF: Responses = {200: {"content": {PDF: {"schema": {"type": "string", "format": "binary"}}}}}
AS_HTML: Responses = {200: {"content": {HTML: {"schema": {"type": "string"}}}}}


# -- a client's -------------------------------------------------------------------------------------------------------


@router.get("/clients/{client:path}/letter", summary="A client's letter")
def get_letter(desk: Seeing, rota: RotaId, client: ClientId) -> LetterOut:
    """Who comes, when, for how long, what for, and what changed since the publication before: in plain words."""
    opened, found = letter_of(desk, rota, client)
    days = [
        LetterDayOut(
            date=on,
            visits=[
                LetterVisitOut(
                    start=local_time(one.start, opened.problem.start), sentences=sentences.visit(one)
                )
                for one in visits
            ],
        )
        for on, visits in found.days
    ]
    return LetterOut(
        client=found.client.id,
        name=found.client.name,
        opening=sentences.opening(found),
        carers=[sentences.face(one) for one in found.faces],
        changes=sentences.what_changed(found) if found.changes is not None else None,
        days=days,
    )


@router.get(
    "/clients/{client:path}/letter.html", summary="A client's letter as a page", response_class=Response,
    responses=AS_HTML,
)  # fmt: skip
def get_letter_page(desk: Seeing, rota: RotaId, client: ClientId, version: Version = "standard") -> Response:
    """One page that fetches nothing: in standard print, in large print, or in easy read."""
    _, found = letter_of(desk, rota, client)
    html = letter_page(found, version)
    return Response(html, media_type=HTML, headers={"Content-Security-Policy": _policy(html)})


@router.get(
    "/clients/{client:path}/letter.pdf", summary="A client's letter as a PDF", response_class=Response,
    responses=AS_PDF,
)  # fmt: skip
def get_letter_pdf(desk: Seeing, rota: RotaId, client: ClientId, version: Version = "standard") -> Response:
    """Tagged, so that a screen reader can read it."""
    opened, found = letter_of(desk, rota, client)
    return as_pdf(work.letter_pdf(opened, found, version), f"letter-{version}")


def letter_of(desk: Desk, rota: str, client: str) -> tuple[Opened, Letter]:
    """The rota and the client's letter about it."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
        return opened, work.letter(session, opened, client)


@router.get("/clients/{client:path}/fund", summary="A client's Individual Service Fund")
def get_fund(desk: Seeing, rota: RotaId, client: ClientId) -> PaperOut:
    """Money, visits, what is banked, the forecast to the end of the year, and the person's choices."""
    return paper_out(work.fund(_opened(desk, rota), client))


@router.get(
    "/clients/{client:path}/fund.pdf", summary="The fund's statement as a PDF", response_class=Response,
    responses=AS_PDF,
)  # fmt: skip
def get_fund_pdf(desk: Seeing, rota: RotaId, client: ClientId) -> Response:
    """Tagged, so that a screen reader can read it."""
    return _printed(desk, rota, lambda opened: work.fund(opened, client), "fund")


# -- a carer's --------------------------------------------------------------------------------------------------------


@router.get("/carers/{carer:path}/sums", summary="A carer's hours, miles and pay")
def get_sums(desk: Seeing, rota: RotaId, carer: CarerId) -> CarerSumsOut:
    """Paid hours beside contracted ones, travel between visits, mileage, and the expected pay before tax."""
    opened = _opened(desk, rota)
    opened.problem.carer(carer)
    one = carers_of(opened)[opened.problem.carer_index[carer]]
    return CarerSumsOut(
        carer=one.carer.id,
        name=one.carer.name,
        visits=one.visits,
        contracted_minutes=one.contracted,
        paid_minutes=one.sum("paid"),
        contact_minutes=one.sum("contact"),
        travel_minutes=one.sum("travel"),
        metres=one.metres,
        mileage_pence=pence(one.sum("mileage")),
        expected_pay_pence=pence(one.expected_pay),
    )


@router.get("/carers/{carer:path}/schedule", summary="A carer's schedule")
def get_schedule(desk: Seeing, rota: RotaId, carer: CarerId) -> PaperOut:
    """Visits, travel and rest breaks told apart, hours, miles and expected pay."""
    return paper_out(work.schedule(_opened(desk, rota), carer))


@router.get(
    "/carers/{carer:path}/schedule.pdf", summary="A carer's schedule as a PDF", response_class=Response,
    responses=AS_PDF,
)  # fmt: skip
def get_schedule_pdf(desk: Seeing, rota: RotaId, carer: CarerId) -> Response:
    """Tagged, so that a screen reader can read it."""
    return _printed(desk, rota, lambda opened: work.schedule(opened, carer), "schedule")


@router.get("/carers/{carer:path}/pay", summary="A carer's true pay")
def get_carer_pay(desk: Seeing, rota: RotaId, carer: CarerId) -> PaperOut:
    """What an hour of visits, travel and counted waiting earns, against the minimum wage and under other terms."""
    return paper_out(work.pay(_opened(desk, rota), carer))


# -- of everybody -----------------------------------------------------------------------------------------------------


@router.get("/pay", summary="True pay of everybody")
def get_pay(desk: Seeing, rota: RotaId) -> PaperOut:
    """By carer and pay period, with the visits behind every shortfall."""
    return paper_out(work.pay(_opened(desk, rota)))


@router.get("/continuity", summary="Continuity of care")
def get_continuity(desk: Seeing, rota: RotaId) -> PaperOut:
    """How many carers each client has over 14 and 28 days, from history and rota."""
    return paper_out(work.continuity(_opened(desk, rota)))


@router.get("/fairness", summary="Fairness")
def get_fairness(desk: Aggregates, rota: RotaId) -> PaperOut:
    """Is any recorded group of clients served worse than the others? Small groups are not in it."""
    return paper_out(work.fairness(_opened(desk, rota)))


def paper_out(paper: Document) -> PaperOut:
    """A paper as it is sent."""
    return PaperOut(
        title=paper.title,
        lead=list(paper.lead),
        bad=paper.bad,
        facts=list(paper.facts),
        sections=[
            SectionOut(
                heading=part.heading,
                sentences=list(part.sentences),
                points=list(part.points),
                tables=[_table(table) for table in part.tables],
                notes=list(part.notes),
            )
            for part in paper.sections
        ],
    )


def as_pdf(content: bytes, name: str) -> Response:
    """A PDF to be kept."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return Response(content, media_type=PDF, headers=headers)


def _opened(desk: Desk, rota: str) -> Opened:
    with desk.reading() as session:
        return open_rota(session, rota)


def _printed(desk: Desk, rota: str, paper: Callable[[Opened], Document], name: str) -> Response:
    opened = _opened(desk, rota)
    return as_pdf(work.pdf(opened, paper(opened)), name)


def _table(table: Table) -> TableOfPaper:
    kinds = [column.kind for column in table.columns]
    return TableOfPaper(
        name=table.name,
        note=table.note,
        columns=[ColumnOut(title=column.title, kind=column.kind) for column in table.columns],
        rows=[
            [None if value is None else plain(value, kind) for value, kind in zip(row, kinds, strict=True)]
            for row in table.rows
        ],
    )


def _policy(html: str) -> str:
    """The page may use its own style sheet and pictures, and nothing else: no script, no form, no address."""
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    marks = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in styles)
    return f"default-src 'none'; style-src {marks}; img-src data:; base-uri 'none'; frame-ancestors 'none'; sandbox"
