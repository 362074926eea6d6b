"""Ten mornings: at seven a carer of a planned week is absent, and on some more happens. How fast comes the first
proposal, what does it change, and what would a plan made anew have changed? And how fast is "who could go?"."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.budget import add_budget, choices
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row, write_text
from benchmarks.tables import markdown_table, text_table
from scheduler.problem import Problem
from scheduler.repair import Day, Event, Proposal, begin, people_to_tell, propose, take_in
from scheduler.repair.kinds import kind
from scheduler.repair.propose import ITERATIONS
from scheduler.repair.who_now import WhoCould
from scheduler.rota import Rota
from scheduler.rota_json import from_json
from scheduler.solve import solve
from scheduler.units import DAY, HOUR, pence, pounds, sixtieths

NAME = "repair"
SMOKE = ("--iterations", "1000", "--seeds", "1", "--mornings", "1", "--repair-iterations", "300")
"""Enough work to leave hardly a visit to nobody: for each of those CP-SAT would be asked, for many seconds."""
SEVEN = 7 * HOUR
ASKED = 40
"""Visits for which "who could go?" is asked."""


@dataclass(frozen=True)
class Morning:
    """One morning: `first` and `all` are seconds, taking the events in included, `cpu` the processor's seconds until
    the first (of both cores together: what counts where others are at work). `told` are promises changed by the first
    proposal, `needed` those that no rota can keep: visits that the absent carer had left, each goes to another or to
    nobody. `free` and `anew` are those changed where the rest of the day is planned without a price of change, in the
    seconds that all proposals took: going on from the published rota, and from an empty day.
    """

    agency: str
    morning: int
    happened: str
    first: float
    cpu: float
    all: float
    proposals: int
    hard: int
    unallocated_before: int
    unallocated: int
    critical_left: int
    told: int
    needed: int
    clients: int
    carers: int
    free: int
    free_unallocated: int
    anew: int
    anew_unallocated: int
    more_pence: int


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="ten mornings on a planned week: how fast, and how few changes")
    add_agencies(parser, ("branch",))
    add_budget(parser, 60.0)
    parser.add_argument(
        "--rota", type=Path, metavar="FILE", help="a rota.json to repair instead of planning one"
    )
    parser.add_argument("--mornings", type=int, default=10, metavar="N", help="default: 10")
    parser.add_argument(
        "--repair-iterations",
        type=int,
        default=ITERATIONS,
        metavar="N",
        help="work of each proposal (default: %(default)s)",
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan, live through the mornings, print the tables and write them."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    before, parts = stamp(), []
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            if given.rota:
                rota = from_json(given.rota.read_bytes())
            else:
                rota = solve(problem, seed=given.seeds[0], **choices(given)).rota
            rows = []
            for morning in mornings(agency, problem, rota, given):
                rows.append(asdict(morning))
                append_row(given.results / "repair.csv", {**before, **asdict(morning)})
                print(
                    f"morning {morning.morning}: {morning.first:.1f} s, {morning.told} told", file=sys.stderr
                )
            ready, times = who_could(problem, rota)
            parts.append(_section(agency.name, problem, rows, ready, times))
            print(text_table([{k: v for k, v in row.items() if k != "happened"} for row in rows]))
    machine = f"{before['processor']}, load {before['load']}"
    made = f"Made by `python -m benchmarks repair` on {before['date']} ({machine}).\n"
    write_text(given.results / "repair.md", "\n".join([*parts, made]))
    print("\n".join(parts))
    return 0


def mornings(agency: Agency, problem: Problem, rota: Rota, given: argparse.Namespace) -> Iterator[Morning]:
    """One after the other, each on the same published week."""
    dice = Random(given.seeds[0])
    budget = {"iterations": given.repair_iterations}
    for number in range(given.mornings):
        events = list(what_happens(dice, number, problem, rota))
        begun, cpu_begun, cpu = time.monotonic(), time.process_time(), 0.0
        day = take_in(begin(problem, rota, 0), events)
        found, first = [], 0.0
        for proposal in propose(day, **budget):
            first, cpu = first or time.monotonic() - begun, cpu or time.process_time() - cpu_begun
            found.append(proposal)
        ended = time.monotonic() - begun
        free = [_free(day, start, ended) for start in (day.rota, _emptied(day))]
        yield _morning(agency.name, number, events, day, found, free, (first, cpu, ended))


def _morning(
    agency: str,
    number: int,
    events: list[Event],
    day: Day,
    found: list[Proposal],
    free: list[Rota],
    times: tuple[float, float, float],
) -> Morning:
    best, (going_on, anew) = found[0], free
    critical = sum(day.problem.visit(id).time_critical for id in best.unallocated)
    ill, tonight = events[0].carer, (day.now // DAY + 1) * DAY
    return Morning(
        agency=agency,
        morning=number + 1,
        happened=" ".join(kind(event.kind).sentence(event, day.base) for event in events),
        first=round(times[0], 2),
        cpu=round(times[1], 2),
        all=round(times[2], 2),
        proposals=len(found),
        hard=sum(len(one.report.hard) for one in found),
        unallocated_before=len(day.planned.unallocated(day.base)),
        unallocated=len(best.unallocated),
        critical_left=critical,
        told=best.changed,
        needed=len({leg.visit for leg in day.rota.legs_by_carer[ill] if day.now <= leg.start < tonight}),
        clients=sum(tell.who == "client" for tell in best.tell),
        carers=sum(tell.who == "carer" for tell in best.tell),
        free=_changed(day, going_on),
        free_unallocated=len(going_on.unallocated(day.problem)),
        anew=_changed(day, anew),
        anew_unallocated=len(anew.unallocated(day.problem)),
        more_pence=pence(best.money),
    )


def _changed(day: Day, rota: Rota) -> int:
    """Visits of which a client would be told something else."""
    told = people_to_tell(day.planned, rota, day.problem, day.base)
    return len(
        {id for tell in told if tell.who == "client" for id in tell.visits if day.planned.of_visit(id)}
    )


def _free(day: Day, start: Rota, seconds: float) -> Rota:
    """The rest of today planned in so many seconds, and nothing that was told has a price."""
    free, today = day.problem.replace(published=()), day.now // DAY
    kept = [id for id in start.legs_by_visit if day.problem.visit(id).day != today]
    return solve(
        free, start=start, frozen_before=day.now, locked=kept, teams=False, exact=False, seconds=seconds
    ).rota


def _emptied(day: Day) -> Rota:
    """The day's rota with nobody planned for what has not begun today."""
    today = day.now // DAY
    return day.rota.without(
        leg.visit for leg in day.rota.legs if leg.start >= day.now and leg.start // DAY == today
    )


def what_happens(dice: Random, number: int, problem: Problem, rota: Rota) -> Iterator[Event]:
    """A carer with at least four visits left is absent at seven; on every second morning something else is told."""
    day = number % problem.days
    at = day * DAY + SEVEN
    busy = [
        carer
        for carer, legs in sorted(rota.legs_by_carer.items())
        if sum(leg.start >= at and leg.start // DAY == day for leg in legs) >= 4
    ]
    ill = dice.choice(busy or sorted(rota.legs_by_carer))
    yield Event(at, "absent", carer=ill)
    later = [
        leg for leg in rota.legs if leg.start > at + 2 * HOUR and leg.start // DAY == day and leg.carer != ill
    ]
    if number % 2 == 0 or not later:
        return
    leg = dice.choice(later)
    client = problem.visit(leg.visit).client
    yield dice.choice(
        [
            Event(at, "cancelled", visit=leg.visit),
            Event(at, "late", carer=leg.carer, minutes=30),
            Event(at, "hospital_in", client=client),
            Event(at, "longer", visit=leg.visit, minutes=problem.visit(leg.visit).commissioned + 20),
            Event(at, "never", client=client, carer=leg.carer),
        ]
    )


def who_could(problem: Problem, rota: Rota) -> tuple[float, list[float]]:
    """Seconds until the rota is ready, and milliseconds of each answer: the processor's, since one thread does it."""
    begun = time.process_time()
    desk = WhoCould(problem, rota)
    ready = time.process_time() - begun
    times = []
    for visit in Random(1).sample(problem.visits, min(ASKED, len(problem.visits))):
        asked = time.process_time()
        desk.ask(visit.id)
        times.append(1000 * (time.process_time() - asked))
    return ready, times


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def _section(
    agency: str, problem: Problem, rows: list[dict[str, Any]], ready: float, times: list[float]
) -> str:
    titles = [
        "Morning", "First, s", "CPU", "All, s", "Hard", "Nobody before", "Nobody", "Time-critical left",
        "Promises changed", "At least", "Free, from the rota", "Its nobody", "Free, anew", "Its nobody", "More money",
    ]  # fmt: skip
    names = (
        "first", "cpu", "all", "hard", "unallocated_before", "unallocated", "critical_left", "told", "needed",
        "free", "free_unallocated", "anew", "anew_unallocated",
    )  # fmt: skip
    lines = [
        [row["happened"], *(str(row[name]) for name in names), pounds(sixtieths(row["more_pence"]))]
        for row in rows
    ]
    total = {
        name: sum(row[name] for row in rows)
        for name in (
            "told",
            "needed",
            "free",
            "anew",
            "unallocated_before",
            "unallocated",
            "free_unallocated",
            "anew_unallocated",
        )
    }
    told, free, anew = total["told"], total["free"], total["anew"]
    return "\n".join(
        [
            f"Agency `{agency}` ({len(problem.carers)} carers, {len(problem.visits):,} visits in {problem.days} days): "
            f"{told} promises changed in {len(rows)} mornings ({total['needed']} of them no rota could keep). A plan "
            "of the rest of the day without a price of change, in the seconds that all proposals took, changes "
            f"{free} where it goes on from the published rota ({_share(told, free)}) and {anew} from an empty day "
            f"({_share(told, anew)}). Visits with nobody, in all mornings together: {total['unallocated']} by the "
            f"first proposal, {total['free_unallocated']} and {total['anew_unallocated']} by those plans, "
            f"{total['unallocated_before']} before anything happened.",
            "",
            markdown_table(titles, lines),
            "",
            f'"Who could go?": ready in {ready:.1f} s; then {median(times):.0f} ms in the median and {max(times):.0f} '
            f"ms at the most, over {len(times)} visits (processor time).",
            "",
        ]
    )
