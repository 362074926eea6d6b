"""`careround explain SOURCE ROTA`: why this carer, why this time, why nobody."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scheduler.cli.papers import refuse_folder
from scheduler.cli.source import add_source, load_source
from scheduler.explain import explain_each


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "explain",
        help="say why: one visit, a client, a carer or (without any) every unallocated visit",
        description="Say why this carer and why this time; for an unallocated visit what stands in the way of how many "
        "carers, and the cheapest single change that would place it. Without --visit, --client or --carer: every "
        "unallocated visit.",
    )
    add_source(parser, rota=True)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--visit", metavar="ID", help="one visit, with a sentence on every carer who does not come"
    )
    parser.add_argument(
        "--why-not", metavar="CARER", help="with --visit: why this one carer does not come, and at what price"
    )
    parser.add_argument(
        "--plan-again",
        action="store_true",
        help="put each cheapest change to the test by planning again with it (some seconds a visit)",
    )
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help="also as a page and a workbook, in this folder"
    )
    which.add_argument("--client", metavar="ID", help="all visits of one client")
    which.add_argument("--carer", metavar="ID", help="one carer's rounds")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, explain, say."""
    from scheduler.intake.rota_rows import load_rota

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    if given.out:
        refuse_folder(given, "explain")
    told = []
    for story in explain_each(
        rota,
        problem,
        visit=given.visit,
        client=given.client,
        carer=given.carer,
        why_not=given.why_not,
        plan_again=given.plan_again or given.visit is not None,
    ):
        print(f"{story}\n", flush=True)
        told.append(story)
    if given.client is not None and not told:
        print("No visit of this client falls into these days.")
    elif given.carer is None and given.visit is None:
        print(HINT if told else f"Every visit is planned. {HINT}")
    if given.out:
        from scheduler.report.explain_papers import explain_files
        from scheduler.report.folder import write_folder

        write_folder(given.out, explain_files(told, problem))
        print(f"Written: {given.out / 'explain.html'} (and .xlsx, summary.json)")
    return 0


HINT = "Name a visit with --visit ID for a sentence on each carer, or a client or a carer for all of theirs."
