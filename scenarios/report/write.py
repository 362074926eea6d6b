"""The report's files. The same runs give the same bytes, but for the one date on the page."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from scenarios.catalogue import BASE
from scenarios.frontier import Step
from scenarios.report.frontier import curve_table, frontier_page
from scenarios.report.page import page
from scenarios.report.pictures import rota_of
from scenarios.report.study import Study
from scenarios.report.tables import workbook
from scenarios.results.compare import tidy
from scenarios.run.jobs import as_counted
from scenarios.run.store import Store
from scheduler.errors import OutputError
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.pdf import to_pdf
from scheduler.report.table import NUMBER, TEXT, Table, columns

COLUMNS = ("agency", "scenario", "reading", "seed", "measure", "value", "unit")
MAPS_UP_TO = 3
"""Agencies of which interactive maps are written."""


def write_report(study: Study, store: Store) -> None:
    """report.html, report.pdf, results.xlsx, runs.csv and, for few agencies, maps."""
    maps = _maps(study)
    _write(study, store, page(study, maps=bool(maps)), workbook(study), maps)


def write_frontier(study: Study, store: Store, curve: Sequence[Step]) -> None:
    """The same files for the curve, without maps."""
    _write(study, store, frontier_page(study, curve), [curve_table(study, curve), *workbook(study)], {})


def data_files(study: Study, tables: Sequence[Table]) -> dict[str, bytes]:
    """results.xlsx with these tables, and runs.csv: sums and shares, never a name."""
    return {
        "results.xlsx": to_xlsx(tables, study.first, f"{study.title}: {study.who}"),
        "runs.csv": to_csv(runs_table(study)).encode("utf-8-sig"),
    }


def _write(study: Study, store: Store, html: str, tables: Sequence[Table], maps: Mapping[str, bytes]) -> None:
    files = {"report.html": html.encode()}
    try:
        files["report.pdf"] = to_pdf(html)
    except OutputError as error:
        print(f"No PDF was made: {error} The page can be printed from a browser.", file=sys.stderr)
    for name, content in {**files, **data_files(study, tables), **maps}.items():
        store.write(name, content)


def runs_table(study: Study) -> Table:
    """One row a run and measure."""
    kinds = {"value": NUMBER, "seed": NUMBER}
    return Table(
        "runs", "", columns(*((name, kinds.get(name, TEXT)) for name in COLUMNS)), tidy(study.results)
    )


def _maps(study: Study) -> dict[str, bytes]:
    """The first seed's week of each scenario, as a map to look into."""
    if len(study.agencies) > MAPS_UP_TO:
        return {}
    from scheduler.report.map import map_html  # folium takes a second to import

    reading, seed = study.results.readings[0], study.results.seeds[0]
    found = {}
    for number, (agency, problem) in enumerate(study.agencies.items(), start=1):
        for name in study.names:
            outcome = study.results.outcomes.get((agency, name, reading, seed))
            if outcome is not None:
                changes = () if name == BASE else next(s.changes for s in study.scenarios if s.name == name)
                planned = as_counted(problem, changes, reading)
                place = f"{number}-" if len(study.agencies) > 1 else ""
                found[f"maps/{place}{name}.html"] = map_html(rota_of(outcome), planned).encode()
    return found
