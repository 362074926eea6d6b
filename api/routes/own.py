"""A carer's own published weeks: what the role carer sees, and all that it sees."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.desk.own_week import OwnVisit, OwnWeek, own_week, published
from api.routes.common import local_time
from api.schemas import OwnVisitOut, OwnWeekOut
from api.security.guard import Owning

router = APIRouter(prefix="/agencies/{agency}/mine", tags=["a carer's own week"])
Most = Annotated[int, Query(ge=1, le=20, description="So many publications at the most.")]


@router.get("", summary="Your published weeks")
def get_mine(desk: Owning, limit: Most = 4) -> list[OwnWeekOut]:
    """The newest days first: your own visits and paid time, and nobody else's."""
    with desk.reading() as session:
        found = [own_week(session, desk.carer, part) for part in published(session)[:limit]]
    return [_out(week) for week in found]


def _out(week: OwnWeek) -> OwnWeekOut:
    return OwnWeekOut(
        start=week.first,
        days=week.days,
        notes=week.opened.kept.notes,
        paid_minutes=week.sums.sum("paid") if week.sums else None,
        visits=[_visit(visit, week) for _, _, visits in week.rounds for visit in visits],
    )


def _visit(visit: OwnVisit, week: OwnWeek) -> OwnVisitOut:
    leg = visit.stop.leg
    return OwnVisitOut(
        start=local_time(leg.start, week.opened.problem.start),
        minutes=leg.minutes,
        client=visit.client,
        place=visit.place,
        tasks=visit.tasks,
        wishes=visit.wishes,
        together_with=list(visit.others),
        travel=visit.stop.travel,
    )
