"""What the planner says of a rota: check, cost, measures, reasons. A commissioner gets sums without names only."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.desk.judged import cost_of, measured, report_of
from api.desk.rotas import find, open_rota
from api.errors import Trouble
from api.routes.common import RotaId
from api.schemas import CheckOut, CostLine, CostOut, ExplanationOut, FindingOut, MeasureOut
from api.security.guard import Aggregates, Seeing
from api.security.rights import Right
from scheduler.explain import explain
from scheduler.explain.sentences import HELD
from scheduler.measures import MEASURES
from scheduler.report.fairness.groups import SMALL
from scheduler.rules.base import Finding
from scheduler.units import pence

router = APIRouter(prefix="/agencies/{agency}/rotas/{rota}", tags=["judging"])
Id = Annotated[str | None, Query(max_length=200)]
MOST_FINDINGS = 20_000
FEW = f"Fewer than {SMALL} clients have visits in this rota: its sums could single somebody out."
MOST_REASONS = 20
"""Unallocated visits that are explained in one answer: each takes a part of a second."""


@router.get("/check", summary="Check")
def get_check(
    desk: Seeing, rota: RotaId, level: Annotated[str, Query(pattern="^(hard|soft|note)?$")] = ""
) -> CheckOut:
    """Everything that the rules say; `level` narrows the list of findings."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
    report = report_of(opened)
    wanted = [finding for finding in report.findings if level in ("", finding.level)]
    return CheckOut(
        clean=report.clean,
        hard=len(report.hard),
        unallocated=len(opened.rota.unallocated(opened.problem)),
        pence=pence(report.total),
        findings=[finding_out(finding) for finding in wanted[:MOST_FINDINGS]],
    )


@router.get("/cost", summary="Cost")
def get_cost(desk: Seeing, rota: RotaId) -> CostOut:
    """What leaves the agency, and what would be paid to avoid the rest, rule by rule."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
    found = cost_of(opened)
    return CostOut(
        total=found.total,
        money=found.money,
        per_contact_hour=found.per_contact_hour,
        lines=[
            CostLine(rule=line.rule, label=line.label, money=line.money, pence=pence(line.price))
            for line in found.lines
        ],
    )


@router.get("/measures", summary="Measures")
def get_measures(desk: Aggregates, rota: RotaId) -> list[MeasureOut]:
    """Sums and shares of the whole rota, without any name. A commissioner gets none of a rota of a handful of clients
    (403)."""
    with desk.reading() as session:
        values = measured(session, find(session, rota), desk.may(Right.SEE))
    if values is None:
        raise Trouble(403, FEW)
    return [
        MeasureOut(name=one.name, unit=one.unit, value=float(values[one.name]), doc=one.doc)
        for one in MEASURES
    ]


@router.get("/explanations", summary="Why")
def get_explanations(
    desk: Seeing, rota: RotaId, visit: Id = None, client: Id = None, carer: Id = None
) -> list[ExplanationOut]:
    """Why this carer and this time; for an unallocated visit what stands in everybody's way, and the cheapest change.
    Name a visit, a client or a carer."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
    if (visit, client, carer) == (None, None, None):
        visits = [one.id for one in opened.rota.unallocated(opened.problem)][:MOST_REASONS]
        told = [one for id in visits for one in explain(opened.rota, opened.problem, visit=id)]
    else:
        told = explain(opened.rota, opened.problem, visit=visit, client=client, carer=carer)
    held = [HELD] if opened.locked else []
    return [
        ExplanationOut(
            heading=one.title,
            sentences=[*one.sentences, *(held if one.unallocated else [])],
            carers=dict(one.carers),
        )
        for one in told
    ]


def finding_out(finding: Finding) -> FindingOut:
    """A finding as it is sent."""
    return FindingOut(
        rule=finding.rule,
        level=finding.level,
        sentence=finding.sentence,
        pence=finding.pence,
        visit=finding.visit,
        client=finding.client,
        carer=finding.carer,
        day=finding.day,
        cure=finding.cure,
    )
