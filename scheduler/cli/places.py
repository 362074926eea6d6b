"""`careround places SOURCE`: whose address looks wrong."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from scheduler.cli.source import add_source, read_source


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "places",
        help="list doubtful addresses: far from their postcode, from all others or from every road, two on one spot",
        description="List addresses that look wrong, before a rota is planned on them: far from their own postcode, "
        "far from all others, two clients on one spot, coordinates cut short; with --osrm or --map also those far from "
        "every road. Exit code 0: nothing is doubtful; 1: something is; 2: the input cannot be used.",
    )
    add_source(parser)
    parser.add_argument(
        "--json", action="store_true", help="the doubtful addresses as JSON on standard output"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load, look, say."""
    from scheduler.intake.addresses import odd_addresses

    loaded = read_source(given)
    found = odd_addresses(loaded)
    if given.json:
        print(json.dumps([asdict(fault) for fault in found], indent=2, ensure_ascii=False))
    else:
        people = len(loaded.problem.clients) + len(loaded.problem.carers)
        rows = len({(fault.file, fault.row) for fault in found if fault.row is not None})
        print("\n".join([*map(str, found), f"{rows} of {people} addresses are doubtful."]))
    return 1 if found else 0
