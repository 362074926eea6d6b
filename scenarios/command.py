"""`careround generate`: a made-up agency as a folder of CSV files (added to the command line by an entry point)."""

from __future__ import annotations

import argparse
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

from scenarios.generate import Spec, generate, write_csv
from scenarios.generate.spec import SETTINGS
from scheduler.errors import OutputError
from scheduler.settings import NATIONS, Policy


def register(commands: Any) -> None:
    """Add the command."""
    standard: dict[str, Any] = {field.name: field.default for field in fields(Spec)}
    parser = commands.add_parser(
        "generate", help="make up an agency on real postcodes: same seed, same agency"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="new folder for the CSV files")
    parser.add_argument("--clients", type=int, default=standard["clients"])
    parser.add_argument("--carers", type=int, help="default: as many as the visits need")
    parser.add_argument("--districts", nargs="+", default=list(standard["districts"]), metavar="NP20")
    parser.add_argument("--seed", type=int, default=standard["seed"])
    parser.add_argument("--setting", choices=SETTINGS, default=standard["setting"])
    parser.add_argument("--nation", choices=NATIONS, default=standard["nation"])
    parser.add_argument("--policy", choices=[str(policy) for policy in Policy], default="")
    parser.add_argument("--start", type=date.fromisoformat, default=standard["start"], metavar="DATE")
    parser.add_argument("--history-weeks", type=int, default=standard["history_weeks"])
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Make it and write it into a new folder."""
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
