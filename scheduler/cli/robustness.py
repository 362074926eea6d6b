"""`careround robustness SOURCE ROTA`: a rota lived through many times, and what slack would cost."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.arguments import a_whole_number
from scheduler.cli.papers import refuse_folder
from scheduler.cli.source import add_source, load_source
from scheduler.problem import Problem
from scheduler.report.folder import with_summary, write_folder
from scheduler.rota import Rota
from scheduler.rota_json import to_json
from scheduler.units import pence, pounds, sixtieths

if TYPE_CHECKING:
    from scheduler.replay import Chances

SHOWN = 10
"""Rounds, visits and double-ups that are named."""


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "robustness",
        help="live through a rota many times: who comes late, what is fragile, what slack costs",
        description="Replay the rota with overruns, traffic and absences drawn from the stated distributions (figures "
        "replay.*) or from clocked visits: lateness by round, fragile visits, double-ups that break. With --late-price "
        "move starts so that there is slack where it saves late visits for that price, and with --cushion plan again "
        "with more minutes for each journey: late visits against cost, each point a rota.",
    )
    add_source(parser, rota=True)
    parser.add_argument(
        "--lives",
        type=a_whole_number(1, 100_000),
        default=200,
        metavar="N",
        help="how many times (default: 200)",
    )
    parser.add_argument(
        "--seed",
        type=a_whole_number(0, 2**31 - 1),
        default=1,
        metavar="N",
        help="random seed (default: 1)",
    )
    parser.add_argument(
        "--actuals", type=Path, metavar="FILE", help="clocked visits of this rota: their overruns are drawn"
    )
    parser.add_argument(
        "--late-price",
        type=a_whole_number(1, 1_000),
        action="append",
        default=[],
        metavar="POUNDS",
        help="what one late visit less is worth: same rounds, starts moved (may be given again: a curve); 15 is a good "
        "beginning: on the demo a third fewer for about 2%% more money",
    )
    parser.add_argument(
        "--cushion",
        type=a_whole_number(1, 60),
        action="append",
        default=[],
        metavar="MINUTES",
        help="plan again with so many minutes more for each journey (may be given again: a curve)",
    )
    parser.add_argument(
        "--iterations",
        type=a_whole_number(1, 10**12),
        default=20_000,
        metavar="N",
        help="work of each plan with a cushion (default: 20000)",
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for the rotas with slack")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load, live through, say; with slack, if asked for."""
    from scheduler.intake.actual_rows import load_actuals
    from scheduler.intake.rota_rows import load_rota
    from scheduler.replay import default_chances, from_actuals, robustness

    if given.out:
        refuse_folder(given, "robustness")
    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    chances = default_chances(problem.start)
    if given.actuals:
        chances = from_actuals(chances, load_actuals(given.actuals, problem), rota)
    found = robustness(rota, problem, chances, given.lives, given.seed)
    print(found)
    for carer, day, late, minutes in found.rounds[:SHOWN]:
        if late:
            name = problem.carer(carer).name
            print(
                f"  {name}, {problem.date_of(day):%a}: {late:.2f} late visits a life, {minutes:.1f} min on average"
            )
    for what, shares in (("late", found.fragile), ("broken double-up", found.fragile_double_ups)):
        for id, share in shares[:SHOWN]:
            print(f"  {id} ({problem.client(problem.visit(id).client).name}): {what} in {share:.0%} of lives")
    files: dict[str, bytes] = {}
    if given.late_price:
        files |= _priced(given, rota, problem, chances)
    if given.cushion:
        files |= _cushioned(given, rota, problem, chances)
    if given.out:
        points = {"late_prices_pounds": given.late_price, "cushions": given.cushion}
        write_folder(given.out, with_summary(files, points, "robustness"))
    return 0


def _priced(given: argparse.Namespace, rota: Rota, problem: Problem, chances: Chances) -> dict[str, bytes]:
    """Cost and late visits of the rota as it is, and with slack by each price: the rotas as files."""
    from scheduler.replay.curve import HEADER, curve

    files, prices = {}, [sixtieths(100 * pounds) for pounds in given.late_price]
    print(HEADER)
    none = None
    for point in curve(rota, problem, chances, prices, given.lives, given.seed):
        none = none or point
        print(point.against(none), flush=True)
        if point.price:
            files[f"late-price-{pence(point.price) // 100}/rota.json"] = to_json(point.rota).encode()
    return files


def _cushioned(given: argparse.Namespace, rota: Rota, problem: Problem, chances: Chances) -> dict[str, bytes]:
    """Cost and late visits of the rota planned on with the same work, without and with each cushion: the rotas."""
    from scheduler.cost import cost
    from scheduler.replay import robustness, with_cushion
    from scheduler.replay.curve import change
    from scheduler.solve import solve

    files = {}
    print("cushion  unallocated         money  against none   late visits  against none")
    base: tuple[int, float] | None = None
    for minutes in (0, *sorted(set(given.cushion))):
        longer = with_cushion(problem, minutes)
        found = solve(longer, start=rota, iterations=given.iterations, seed=given.seed, exact=False)
        lived = robustness(found.rota, problem, chances, given.lives, given.seed)
        money = cost(found.rota, problem).money
        base = base or (money, lived.late)
        print(
            f"{minutes:>3} min  {found.unallocated:>11}  {pounds(sixtieths(money)):>12}  {change(money, base[0]):>12}  "
            f"{lived.late:>12.2f}  {change(lived.late, base[1]):>12}",
            flush=True,
        )
        files[f"cushion-{minutes}/rota.json"] = to_json(found.rota).encode()
    return files
