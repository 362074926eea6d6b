"""The committee's report as one page; its PDF is made from the same."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup

from scenarios.report.assumptions import limits, marks, used
from scenarios.report.findings import findings, today, unclear_note
from scenarios.report.headline import headline
from scenarios.report.pictures import map_pair, pictures
from scenarios.report.study import Study
from scenarios.report.tables import (
    assumption_table,
    cost_of_care_short,
    formula_table,
    groups,
    needs,
)
from scenarios.results.compare import RULE
from scenarios.run.jobs import Reading
from scheduler.report.html import environment, static, trusted
from scheduler.report.words import period

HERE = Path(__file__).parent


@cache
def templates() -> Environment:
    """The planner's templates and filters, and ours beside them."""
    shared = environment()
    own = FileSystemLoader(HERE / "templates")
    return shared.overlay(loader=ChoiceLoader([own, shared.loader] if shared.loader else [own]))


def styles() -> Markup:
    """The planner's style of papers, and what scenarios add to it."""
    own = (HERE / "templates/scenarios.css").read_text(encoding="utf-8")
    return trusted(static("page.css") + static("paper.css") + own)


def page(study: Study, maps: bool, homes: bool = True, runs: bool = True) -> str:
    """The report. `maps`: are there interactive maps beside it? `homes`: does it show a day on a map, where dots are
    people's homes? `runs`: is there a folder with the planned rotas beside it?"""
    drawn = pictures(study)
    pair = map_pair(study) if homes else None
    return templates().get_template("scenarios.html").render(
        styles=styles(),
        study=study,
        period=period(study.first),
        today=today(study),
        findings=findings(study),
        note=unclear_note(study.results.seeds),
        readings=[(reading, reading.words, headline(study, reading)) for reading in study.results.readings],
        pictures=[(trusted(one.svg), one.caption) for one in drawn],
        pair=None if pair is None else (pair.caption, trusted(pair.before), trusted(pair.after)),
        needs=list(needs(study)),
        formula=formula_table(study).only(
            "Formula and plan", "Scenario", "Reading", "Average length asked for", "Travel per contact hour, formula",
            "Travel per contact hour, planned", "More than today, formula", "More than today, planned",
        ),
        returns=cost_of_care_short(study),
        groups=groups(study),
        assumptions=assumption_table(study).only("Assumptions", "Figure", "Value", "Unit", "Mark", "Source", "Note"),
        marks=marks(used(study)),
        limits=limits(study),
        rule=RULE,
        enough=study.has(Reading.ENOUGH),
        maps=maps,
        runs=runs,
    )  # fmt: skip
