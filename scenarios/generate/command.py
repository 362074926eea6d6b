"""`careround generate`: a made-up agency as a folder of CSV files (added to the command line by an entry point)."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path
from typing import Any

from scenarios.generate import Spec, generate, write_csv
from scenarios.generate.spec import SETTINGS
from scheduler.cli.arguments import a_date
from scheduler.errors import OutputError
from scheduler.settings import NATIONS, Policy


def register(commands: Any) -> None:
    """Add the command."""
    standard: dict[str, Any] = {field.name: field.default for field in fields(Spec)}
    parser = commands.add_parser(
        "generate",
        help="make up an agency on real postcodes: same seed, same agency",
        description="Make up an agency on real postcodes, as a folder of CSV files. Names, people and figures are "
        "nobody's; the same options make the same agency.",
    )

    def option(name: str, help: str, **more: Any) -> None:
        default = standard[name.strip("-").replace("-", "_")]
        told = " ".join(default) if isinstance(default, tuple) else default
        help += f" (default: {told})" if told not in (None, "") else ""
        parser.add_argument(name, help=help, default=default, **more)

    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new folder for the CSV files")
    option("--clients", "how many people get care", type=int, metavar="N")
    option("--carers", "how many carers (default: as many as the visits need)", type=int, metavar="N")
    option("--districts", "postcode districts where they live", nargs="+", metavar="NP20")
    option("--seed", "another seed, another agency", type=int, metavar="N")
    option("--setting", "how close together they live", choices=SETTINGS)
    option("--nation", "whose law and figures hold", choices=NATIONS)
    option(
        "--policy",
        "the minimum visit length (default: the nation's)",
        choices=[str(policy) for policy in Policy],
    )
    option("--start", "first day of the week to plan, as 2026-11-23", type=a_date, metavar="DATE")
    option("--history-weeks", "weeks of past visits", type=int, metavar="N")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Make it and write it into a new folder."""
    if given.out.exists() and not given.out.is_dir():
        raise OutputError(f"{given.out} is a file: give a new folder.")
    if given.out.exists() and any(given.out.iterdir()):
        raise OutputError(f"{given.out} is there already and not empty: give a new folder.")
    spec = Spec(
        clients=given.clients,
        carers=given.carers,
        districts=tuple(given.districts),
        seed=given.seed,
        setting=given.setting,
        nation=given.nation,
        policy=given.policy,
        start=given.start,
        history_weeks=given.history_weeks,
    )
    tables = generate(spec)
    write_csv(tables, given.out)
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in tables.items())
    print(
        f"Made up ({spec.name}): {counts}.\nPlan it: careround plan {given.out} --out results --from {spec.start}"
    )
    return 0
