"""What the planner says of a rota, worked out once for each state of it: every open board asks for the same sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from api.database.models import StoredRota
from api.desk.memory import Memory
from api.desk.rotas import Opened, open_rota
from scheduler.check import Report, check
from scheduler.cost import Cost, cost
from scheduler.measures import measure
from scheduler.report.carers import ForCarer, for_carers
from scheduler.report.fairness.groups import SMALL

KEPT, WEEKS = 16, 100


@dataclass(frozen=True)
class Measured:
    """The measures of a rota, and how many clients have visits in it."""

    values: Mapping[str, float]
    clients: int


_reports: Memory[Report] = Memory(KEPT)
_costs: Memory[Cost] = Memory(KEPT)
_measures: Memory[Measured] = Memory(WEEKS)
_carers: Memory[Sequence[ForCarer]] = Memory(KEPT)


def report_of(opened: Opened) -> Report:
    """The check of the whole rota."""
    return opened.once(_reports, lambda: check(opened.rota, opened.problem))


def cost_of(opened: Opened) -> Cost:
    """What it costs, rule by rule."""
    return opened.once(_costs, lambda: cost(opened.rota, opened.problem))


def measured(session: Session, kept: StoredRota, all_of_it: bool) -> Mapping[str, float] | None:
    """Every measure of a rota by its name; it is read only where that is not known yet. None where so few clients are
    in it that somebody could be singled out, and who asks may not see all of it."""

    def work_out() -> Measured:
        opened = open_rota(session, kept.id)
        clients = {visit.client for visit in opened.problem.visits}
        return Measured(measure(opened.rota, opened.problem, report_of(opened).findings), len(clients))

    found = _measures.get((kept.id, kept.version), work_out)
    return found.values if all_of_it or found.clients >= SMALL else None


def carers_of(opened: Opened) -> Sequence[ForCarer]:
    """Each carer's rounds and sums, in the problem's order."""
    return opened.once(_carers, lambda: for_carers(opened.rota, opened.problem))
