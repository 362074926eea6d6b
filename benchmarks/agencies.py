"""Which agencies a benchmark plans: shipped ones by name, any folder, or made-up ones of a given size."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.results import ROOT
from scenarios.generate import Spec, generate, write_csv
from scheduler.errors import CareroundError
from scheduler.problem import Problem

SHIPPED = ROOT / "scenarios" / "agencies"


@dataclass(frozen=True, slots=True)
class Agency:
    """A folder of tables and the period that is planned."""

    name: str
    folder: Path
    start: date
    days: int

    def load(self) -> Problem:
        """Its problem."""
        from scheduler.intake.load import load

        return load(self.folder, self.start, self.days)


def add_agencies(parser: argparse.ArgumentParser, default: Sequence[str]) -> None:
    """The arguments that `agencies` reads."""
    parser.add_argument(
        "agencies",
        nargs="*",
        metavar="AGENCY",
        help=f"name of a folder in scenarios/agencies, or the path of any (default: {', '.join(default)})",
    )
    parser.add_argument(
        "--clients", nargs="+", type=int, default=[], metavar="N", help="made-up agencies of N clients"
    )
    parser.add_argument(
        "--seed-of-week",
        type=int,
        default=Spec().seed,
        metavar="N",
        help="of what is made up (default: %(default)s)",
    )
    parser.add_argument("--from", dest="start", type=date.fromisoformat, default=Spec().start, metavar="DATE")
    parser.add_argument("--days", type=int, default=7, metavar="N")
    parser.set_defaults(agencies_default=tuple(default))


@contextmanager
def agencies(given: argparse.Namespace) -> Iterator[list[Agency]]:
    """Those that were asked for; made-up ones disappear afterwards."""
    names = given.agencies or ([] if given.clients else given.agencies_default)
    found = [Agency(Path(name).name, folder_of(name), given.start, given.days) for name in names]
    with tempfile.TemporaryDirectory() as room:
        for clients in given.clients:
            other = f"-{given.seed_of_week}" if given.seed_of_week != Spec().seed else ""
            name = f"made-up-{clients}{other}"
            make_up(Path(room) / name, Spec(clients=clients, start=given.start, seed=given.seed_of_week))
            found.append(Agency(name, Path(room) / name, given.start, given.days))
        yield found


def folder_of(name: str) -> Path:
    """A shipped agency's folder, or the folder of that path."""
    for folder in (SHIPPED / name, Path(name)):
        if folder.is_dir():
            return folder
    there = ", ".join(sorted(path.name for path in SHIPPED.iterdir())) if SHIPPED.is_dir() else "none"
    raise CareroundError(f"There is no agency {name!r}. Shipped: {there}. Or give the path of a folder.")


def make_up(folder: Path, spec: Spec) -> None:
    """A made-up agency in a new folder."""
    write_csv(generate(spec), folder)
