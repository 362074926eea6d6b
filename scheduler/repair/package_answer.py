"""Can we take it? What a proposal says about a new package: the team, the times, and what it does to everybody else."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from scheduler.domain import Visit
from scheduler.repair.day import Day
from scheduler.repair.propose import Proposal
from scheduler.repair.words import moment
from scheduler.units import clock, pounds


@dataclass(frozen=True)
class PackageAnswer:
    """`team`: (carer id, number of visits), most first; `times`: (visit, start, carers) of those that have somebody;
    `left` the visits that nobody can do; `others` the other clients to whom something changes."""

    client: str
    name: str
    team: tuple[tuple[str, int], ...]
    times: tuple[tuple[str, int, tuple[str, ...]], ...]
    left: tuple[str, ...]
    others: tuple[str, ...]
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def package_answers(day: Day, proposal: Proposal) -> list[PackageAnswer]:
    """An answer for each client with visits that the agency's tables do not know."""
    new: dict[str, list[Visit]] = {}
    for visit in day.problem.visits:
        if visit.id not in day.base.visit_index:
            new.setdefault(visit.client, []).append(visit)
    return [_answer(client, visits, day, proposal) for client, visits in new.items()]


def _answer(client: str, visits: list[Visit], day: Day, proposal: Proposal) -> PackageAnswer:
    rota, problem = proposal.rota, day.problem
    done = {visit.id: rota.of_visit(visit.id) for visit in visits}
    times = tuple(
        (visit.id, done[visit.id][0].start, tuple(leg.carer for leg in done[visit.id]))
        for visit in visits
        if done[visit.id]
    )
    left = tuple(visit.id for visit in visits if not done[visit.id])
    team = Counter(carer for _, _, carers in times for carer in carers).most_common()
    others = tuple(one.id for one in proposal.tell if one.who == "client" and one.id != client)
    name = problem.client(client).name
    who = ", ".join(f"{problem.carer(carer).name} ({count})" for carer, count in team)
    said = [f"{name}: {len(times)} of {len(visits)} visits have somebody{f': {who}' if who else ''}."]
    said += [_times(times, day)] if times else []
    if left:
        said.append(
            "Nobody can come: " + ", ".join(moment(problem.visit(id).preferred, problem) for id in left) + "."
        )
    said.append(
        f"{len(others)} other client{'' if len(others) == 1 else 's'} would have to be told of a change; "
        f"money: {pounds(proposal.money)}."
    )
    return PackageAnswer(client, name, tuple(team), times, left, others, " ".join(said))


def _times(times: tuple[tuple[str, int, tuple[str, ...]], ...], day: Day) -> str:
    """'Mon 08:05, 12:00; Tue 08:10.'"""
    days: dict[int, list[int]] = {}
    for _, start, _ in times:
        days.setdefault(start // 1440, []).append(start)
    parts = []
    for starts in days.values():
        first, *others = sorted(starts)
        parts.append(", ".join([moment(first, day.problem), *(clock(start) for start in others)]))
    return f"{'; '.join(parts)}."
