"""`careround pay SOURCE ROTA --out DIR`: what an hour of work really earns."""

from __future__ import annotations

import argparse
from typing import Any

from scheduler.cli.papers import add_paper
from scheduler.cli.source import load_source
from scheduler.units import pounds


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "pay",
        "true pay by carer and pay period, against the minimum wage, the real Living Wage and other terms",
        "What an hour of visits, travel and counted waiting really earns, by carer and pay period: under "
        "the agency's terms, under contact-only, contact-and-travel and shift pay, against the minimum wage and the "
        "real Living Wage, with the visits behind every shortfall.",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, write, say."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.folder import write_folder
    from scheduler.report.pay_papers import pay_files
    from scheduler.true_pay import true_pay

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    write_folder(given.out, pay_files(rota, problem))
    periods = [one for one in true_pay(rota, problem) if one.counted]
    for one in periods:
        lacks = f"   {pounds(one.shortfall)} missing to the minimum wage" if one.shortfall else ""
        print(f"  {one.carer.name:<32} {pounds(one.true_hourly or 0):>8} an hour{lacks}")
    short = sum(one.shortfall > 0 for one in periods)
    print(f"Below the minimum wage: {short} of {len(periods)} pay periods. Written: {given.out / 'pay.html'}")
    return 0
