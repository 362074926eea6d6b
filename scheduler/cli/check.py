"""`careround check SOURCE ROTA`: judge any rota, whoever made it."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scheduler.check import Report
from scheduler.check import check as judge
from scheduler.cli.source import add_source, load_source
from scheduler.units import pounds


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "check",
        help="judge a rota by every rule: exit 0 if nothing hard is broken, 1 otherwise, 2 unusable input",
    )
    add_source(parser)
    parser.add_argument(
        "rota", metavar="ROTA", type=Path, help="rota.json, a .csv, or an .xlsx with a sheet Rota"
    )
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
    findings = [asdict(finding) | {"pence": finding.pence} for finding in report.findings]
    return json.dumps({"hard_findings": len(report.hard), "findings": findings}, indent=2, ensure_ascii=False)


def _as_text(report: Report) -> str:
    lines = [f"HARD {finding.rule}: {finding.sentence}" for finding in report.hard]
    return "\n".join([*lines, str(report), f"Price of the rota: {pounds(report.total)}"])
