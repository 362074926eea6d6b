"""The continuity report: sentences, tables, and the published figures said as what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scheduler.measures import measure
from scheduler.problem import Problem
from scheduler.report.continuity.window import WINDOWS, Faces, faces, recorded_days
from scheduler.report.document import Document, Section
from scheduler.report.table import COUNT, MEASURE, NUMBER, SHARE, TEXT, Table, columns
from scheduler.report.words import labels
from scheduler.rota import Rota
from scheduler.uk import figure

OFTEN = 14
"""Visits a week from which a client is among those whom Sweden's indicator counts: two or more a day."""
PUBLISHED_DAYS = 14
"""Days over which the published figures are counted."""
BANDS = ((0, 7, "up to 7"), (7, 14, "8 to 14"), (14, 28, "15 to 28"), (28, 999, "29 and more"))
"""Visits a week: more than, up to, in words."""
OF_THE_PLAN = (
    "distinct_carers_mean", "distinct_carers_worst", "new_faces", "first_visit_share", "core_team_share", "upc_mean",
    "coc_mean",
)  # fmt: skip
CAVEAT = (
    "UPC and COC fall as visits get more, whoever plans them: compare clients within a band of visits a week, never an "
    "agency with another. COC here compares the teams of two visits, so that a pair that always comes together scores "
    "1; counted by carers' visits it would score only about a half."
)


def continuity_summary(rota: Rota, problem: Problem) -> dict[str, Any]:
    """The report's numbers: those of the plan under their own names, and those of each window."""
    measured = measure(rota, problem)
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        **{name: measured[name] for name in OF_THE_PLAN},
        "windows": {
            str(days): {"recorded_days": recorded_days(problem, days), **_sums(faces(rota, problem, days))}
            for days in WINDOWS
        },
    }


def _sums(rows: Sequence[Faces]) -> dict[str, Any]:
    legs = sum(row.legs for row in rows)
    first = [row.first for row in rows if row.first is not None]
    more = [row for row in rows if row.visits > 1]
    often = [row for row in rows if row.visits_a_week >= OFTEN]
    return {
        "clients": len(rows),
        "visits": sum(row.visits for row in rows),
        "distinct_carers_mean": _mean(row.distinct for row in rows),
        "distinct_carers_worst": max((row.distinct for row in rows), default=0),
        "distinct_carers_mean_two_visits_a_day": _mean(row.distinct for row in often),
        "clients_two_visits_a_day": len(often),
        "core_team_share": sum(row.core_legs for row in rows) / legs if legs else None,
        "upc_mean": _mean(row.upc for row in more),
        "coc_mean": _mean(row.coc for row in more if row.coc is not None),
        "first_visit_share": sum(first) / legs if first and legs else None,
    }


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def continuity_paper(rota: Rota, problem: Problem) -> Document:
    """In short, beside what is published, by the number of visits, and everybody by name."""
    sums = {days: _sums(faces(rota, problem, days)) for days in WINDOWS}
    return Document(
        title="Continuity",
        lead=tuple(_in_short(days, recorded_days(problem, days), told) for days, told in sums.items()),
        sections=(
            Section("All clients", tables=(_windows(sums, problem),)),
            Section("Beside what is published", points=_published(sums[PUBLISHED_DAYS], problem)),
            Section(
                "By visits a week",
                sentences=(CAVEAT,),
                tables=tuple(_bands(faces(rota, problem, days), days) for days in WINDOWS),
            ),
            Section("Everybody", tables=tuple(_everybody(rota, problem, days) for days in WINDOWS)),
        ),
    )


def _in_short(days: int, recorded: int, told: dict[str, Any]) -> str:
    if not told["clients"]:
        return f"Nobody was visited within the {days} days that end with this period."
    seen = (
        f"Within the {days} days that end with this period {told['clients']} clients had visits; they see "
        f"{told['distinct_carers_mean']:.1f} different carers on average, and {told['distinct_carers_worst']} at the "
        f"most. The core team makes {told['core_team_share']:.1%} of the carers' visits."
    )
    if recorded == days:
        return seen
    return f"{seen} Of these {days} days only {recorded} are recorded: who came before them is not known."


def _published(told: dict[str, Any], problem: Problem) -> tuple[str, ...]:
    sweden, case = (figure(f"continuity.{name}", problem.start) for name in ("sweden_mean", "ehrc_case"))
    ours = _ours(told, recorded_days(problem, PUBLISHED_DAYS))
    return (
        f"Sweden, {sweden.since.year}: {sweden.value:g} different carers in 14 days is the national mean of an "
        f"official indicator, for people of 65 and over with two or more visits a day from 07 to 22 h. {ours} "
        "Alarms, meals and nursing are counted otherwise there: it is a measure to steer by, not a ranking.",
        f"EHRC, {case.since.year}: {case.value:g} different carers in two weeks is the case of ONE woman, told to an "
        "inquiry. It is not an average, and being below it proves nothing.",
        "No UK body publishes a figure for different carers.",
    )


def _ours(told: dict[str, Any], recorded: int) -> str:
    mean, count = told["distinct_carers_mean_two_visits_a_day"], told["clients_two_visits_a_day"]
    if recorded < PUBLISHED_DAYS:
        return f"Here only {recorded} of the {PUBLISHED_DAYS} days are recorded, so nothing is set beside it."
    if not count:
        return "Here no client has two or more visits a day, so there is nothing to set beside it."
    who = "1 client has" if count == 1 else f"{count} clients have"
    return f"Here {who} two or more visits a day; the mean is {mean:.1f}."


def _windows(sums: dict[int, dict[str, Any]], problem: Problem) -> Table:
    return Table(
        "Windows",
        "Past visits of the history and planned ones together. First visits are those at which carer and client had "
        "not met in all that the history holds; they are left out where it reaches no further back than the window. "
        "Days recorded are those from the first day of the history on.",
        columns(
            ("Days", COUNT), ("Clients", COUNT), ("Visits", COUNT), ("Different carers, mean", NUMBER),
            ("Worst", COUNT), ("Share of core team", SHARE), ("UPC, mean", SHARE), ("COC, mean", MEASURE),
            ("First visits", SHARE), ("Days recorded", COUNT),
        ),
        [
            (
                days, told["clients"], told["visits"], told["distinct_carers_mean"], told["distinct_carers_worst"],
                told["core_team_share"], told["upc_mean"], told["coc_mean"], told["first_visit_share"],
                recorded_days(problem, days),
            )
            for days, told in sums.items()
        ],
    )  # fmt: skip


def _bands(rows: Sequence[Faces], days: int) -> Table:
    found = []
    for low, high, words in BANDS:
        band = [row for row in rows if low < row.visits_a_week <= high]
        if band:
            told = _sums(band)
            names = (
                "clients",
                "distinct_carers_mean",
                "distinct_carers_worst",
                "core_team_share",
                "upc_mean",
                "coc_mean",
            )
            found.append((words, *(told[name] for name in names)))
    return Table(
        f"By visits, {days} days",
        f"Clients with about as many visits, over {days} days. Visits a week are those of the days recorded.",
        columns(
            ("Visits a week", TEXT), ("Clients", COUNT), ("Different carers, mean", NUMBER), ("Worst", COUNT),
            ("Share of core team", SHARE), ("UPC, mean", SHARE), ("COC, mean", MEASURE),
        ),
        found,
    )  # fmt: skip


def _everybody(rota: Rota, problem: Problem, days: int) -> Table:
    names = labels(problem.clients)
    return Table(
        f"Clients, {days} days",
        f"Most carers first. The {days} days end with the period.",
        columns(
            ("Client", TEXT), ("Visits", COUNT), ("Carers' visits", COUNT), ("Different carers", COUNT),
            ("Share of core team", SHARE), ("UPC", SHARE), ("COC", MEASURE), ("First visits", COUNT),
        ),
        [
            (
                names[row.client.id], row.visits, row.legs, row.distinct, row.core_legs / row.legs, row.upc, row.coc,
                row.first,
            )
            for row in sorted(faces(rota, problem, days), key=lambda row: (-row.distinct, names[row.client.id]))
        ],
    )  # fmt: skip
