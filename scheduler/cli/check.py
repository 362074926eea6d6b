"""`careround check SOURCE ROTA`: judge any rota, whoever made it."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import Any

from scheduler.check import Report
from scheduler.check import check as judge
from scheduler.cli.source import add_source, load_source
from scheduler.units import pence


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "check",
        help="judge a rota by every rule: exit 0 if nothing hard is broken, 1 otherwise, 2 unusable input",
        description="Judge any rota by every rule. Exit code 0: nothing hard is broken; 1: something is; 2: the input "
        "cannot be used.",
    )
    add_source(parser, rota=True)
    parser.add_argument("--json", action="store_true", help="all findings as JSON on standard output")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, judge, say."""
    from scheduler.intake.rota_rows import load_rota

    problem = load_source(given).problem
    report = judge(load_rota(given.rota, problem), problem)
    print(_as_json(report) if given.json else _as_text(report))
    return 0 if report.clean else 1


def _as_json(report: Report) -> str:
    """`price` is in sixtieths of a penny, so that the findings add up to the total exactly; `pence` is for showing."""
    findings = [asdict(finding) | {"pence": finding.pence} for finding in report.findings]
    told = {"hard_findings": len(report.hard), "price": report.total, "pence": pence(report.total)}
    return json.dumps(told | {"findings": findings}, indent=2, ensure_ascii=False)


def _as_text(report: Report) -> str:
    broken = [f"HARD {finding.rule}: {finding.sentence}" for finding in report.hard]
    return "\n".join([*broken, *([""] if broken else []), str(report)])
