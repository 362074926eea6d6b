"""What the plan means for each client: the rows behind the page's lists and the workbook's sheet.

Nothing here judges. The numbers are counted as `measures` counts them for all together; tests compare the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from scheduler.domain import Client, Visit
from scheduler.measures import SHORT, ClientContinuity, continuity, longest_night
from scheduler.problem import Problem
from scheduler.report.table import COUNT, HOURS, MINUTES, SHARE, TEXT, Table, columns
from scheduler.report.words import labels
from scheduler.rota import Rota
from scheduler.rules.interests import shared

SPEAKS_UP = {True: "yes", False: "no", None: "not recorded"}


@dataclass(frozen=True)
class ForClient:
    """One client's week. `carers` is None without planned visits; `night` the most minutes for which
    nobody comes in a night that the client asks for (None: no such night)."""

    client: Client
    label: str
    asked: tuple[Visit, ...]
    planned: tuple[Visit, ...]
    minutes: int
    off: int
    short: int
    short_agreed: int
    matches: int
    night: int | None
    carers: ClientContinuity | None

    @property
    def unallocated(self) -> int:
        """Visits that nobody is planned for."""
        return len(self.asked) - len(self.planned)

    @property
    def different(self) -> int:
        """Different carers within the rolling window."""
        return self.carers.distinct_rolling if self.carers else 0

    @property
    def allowed(self) -> int:
        """The number of different carers that was promised, or that the client asked for where that is fewer."""
        if self.carers is None:
            return 0
        return min(self.carers.promised, self.carers.own_limit or self.carers.promised)

    @property
    def advocate(self) -> str:
        """Is there family or an advocate who speaks up?"""
        return SPEAKS_UP[self.client.has_advocate]


@lru_cache(maxsize=4)
def for_clients(rota: Rota, problem: Problem) -> tuple[ForClient, ...]:
    """Every client, in the problem's order."""
    names = labels(problem.clients)
    faces = {row.client: row for row in continuity(rota, problem)}
    return tuple(
        _for_client(client, names[client.id], faces.get(client.id), rota, problem)
        for client in problem.clients
    )


def _for_client(
    client: Client, label: str, faces: ClientContinuity | None, rota: Rota, problem: Problem
) -> ForClient:
    asked = tuple(problem.visits[v] for v in problem.visits_of(client.id))
    planned = tuple(visit for visit in asked if rota.of_visit(visit.id))
    legs = [leg for visit in planned for leg in rota.of_visit(visit.id)]
    lead = {visit: rota.of_visit(visit.id)[0] for visit in planned}
    short = [visit for visit in planned if lead[visit].minutes < SHORT]
    return ForClient(
        client=client,
        label=label,
        asked=asked,
        planned=planned,
        minutes=sum(leg.minutes for leg in legs),
        off=sum(abs(lead[visit].start - visit.preferred) for visit in planned),
        short=len(short),
        short_agreed=sum(visit.short_agreed for visit in short),
        matches=sum(any(shared(client, problem.carer(leg.carer), problem)) for leg in legs),
        night=longest_night(asked, rota),
        carers=faces,
    )


def clients_table(rota: Rota, problem: Problem) -> Table:
    """One row a client, everybody alike."""
    rows = [
        (
            one.client.id,
            one.label,
            one.client.place.label,
            one.advocate,
            one.client.funding,
            len(one.asked),
            one.unallocated,
            one.minutes,
            one.carers.distinct_rolling if one.carers else None,
            one.carers.promised if one.carers else None,
            one.carers.own_limit if one.carers else None,
            one.carers.new_faces if one.carers else None,
            one.carers.core_team_share if one.carers else None,
            round(one.off / len(one.planned)) if one.planned else None,
            one.short,
            one.short_agreed,
            one.night,
            one.matches,
        )
        for one in for_clients(rota, problem)
    ]
    return Table(
        "By client",
        f"Different carers are counted over {problem.settings.rolling_days} days, those of the history included.",
        columns(
            ("Id", TEXT), ("Client", TEXT), ("Place", TEXT), ("Family or advocate", TEXT), ("Funding", TEXT),
            ("Visits asked for", COUNT), ("Unallocated", COUNT), ("Hours with carers", HOURS),
            ("Different carers", COUNT), ("Carers promised", COUNT), ("Own limit", COUNT), ("New faces", COUNT),
            ("Share of core team", SHARE), ("Minutes off the preferred start", MINUTES), ("Short visits", COUNT),
            ("Of them agreed", COUNT), ("Longest night, hours", HOURS), ("Visits with a shared interest", COUNT),
        ),
        rows,
    )  # fmt: skip
