"""What every command shares that reads an agency's data: where travel times come from."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scheduler.places.geocoder import Geocoder
    from scheduler.travel import Choice, Journeys


def add_travel(parser: argparse.ArgumentParser) -> None:
    """--osrm, --map, --straight and what to do when roads fail."""
    group = parser.add_argument_group(
        "travel times (default: CAREROUND_OSRM or CAREROUND_MAP of the environment, else straight lines)"
    )
    which = group.add_mutually_exclusive_group()
    which.add_argument(
        "--osrm",
        action="append",
        metavar="URL",
        help="an OSRM server for all who drive, to be sent the coordinates of homes; foot=URL or bicycle=URL names one "
        "for others (may be given again)",
    )
    which.add_argument(
        "--map",
        type=Path,
        metavar="FILE.osm.pbf",
        help="a map extract, for OSRM inside (needs the extra `roads`)",
    )
    which.add_argument(
        "--straight",
        action="store_true",
        help="straight lines, made longer by each mode's factor, whatever the environment says",
    )
    group.add_argument(
        "--fall-back",
        action="store_true",
        help="where roads fail go on with straight lines, and mark the results so; else the command stops",
    )
    group.add_argument(
        "--geocoder",
        metavar="URL",
        help="a server as postcodes.io, to be sent the postcodes that are not known offline (and nothing else)",
    )


def geocoder_of(given: argparse.Namespace) -> Geocoder | None:
    """The geocoder, where one was named."""
    from scheduler.places.geocoder import Geocoder
    from scheduler.travel.remembered import cache_folder

    return Geocoder(given.geocoder, cache_folder()) if given.geocoder else None


def choice_of(given: argparse.Namespace) -> Choice:
    """The choice that was made on the command line, or else the machine's setting. Raises TravelError."""
    from scheduler.travel.choice import Choice, from_environment, servers

    if given.osrm or given.map or given.straight:
        choice = Choice(servers(given.osrm or ()), given.map, given.fall_back)
    else:
        choice = from_environment(fall_back=given.fall_back)
    return replace(choice, say=lambda line: print(line, file=sys.stderr, flush=True))


def tell(journeys: Journeys, choice: Choice) -> None:
    """How much an engine was asked for, on standard error."""
    if choice.by_road:
        print(
            f"Travel times: {journeys.source}. {journeys.asked} request{'' if journeys.asked == 1 else 's'} to the "
            "road engine, "
            f"{journeys.remembered:,} pairs of places known from before.",
            file=sys.stderr,
        )
