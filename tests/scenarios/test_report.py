"""The committee's report from really planned weeks: what it says, what it is made of, and the same again."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from scenarios.bank import NO_SKILL
from scenarios.changes.lengths import Lengthen, MinimumLength
from scenarios.frontier import frontier_scenarios, steps
from scenarios.pool import POOLED
from scenarios.report.findings import findings, today
from scenarios.report.headline import headline
from scenarios.report.page import page
from scenarios.report.study import Study
from scenarios.report.tables import needs, workbook
from scenarios.report.write import COLUMNS, write_frontier, write_report
from scenarios.results.compare import Results, results
from scenarios.results.measures import MEASURES
from scenarios.run.jobs import Effort, Reading, jobs, plan_one
from scenarios.run.store import Store
from scheduler.settings import Policy
from tests.builders import a_client, a_problem, a_visit
from tests.scenarios.weeks import a_quiet_week, a_scenario, no_slack

LONGER = replace(a_scenario(Lengthen(minutes=30), name="longer"), label="Every visit 30 minutes")
SEEDS = (1, 2, 3)
MADE = date(2026, 11, 26)


def a_study(problem, scenarios, made_on=MADE, readings=tuple(Reading)):
    todo, problems = jobs({"Test agency": problem}, scenarios, readings, SEEDS, Effort(iterations=100))
    outcomes = [json.loads(json.dumps(plan_one(problems[job.agency], job))) for job in todo]
    return Study(
        "A minimum length", "What would it do?", {"Test agency": problem}, tuple(scenarios), results(outcomes),
        Effort(iterations=100), made_on,
    )  # fmt: skip


@pytest.fixture(scope="module")
def study():
    """Two visits that fit at 15 minutes and not at 30; the second person's name must not be taken for markup."""
    week = no_slack()
    week = week.replace(clients=(week.clients[0], a_client("john", 5, name="John <script>")))
    return a_study(week, [LONGER])


@pytest.fixture(scope="module")
def written(study, tmp_path_factory):
    store = Store(tmp_path_factory.mktemp("report") / "out")
    write_report(study, store)
    return store.out


def test_the_findings_say_what_the_weeks_say(study):
    (found,) = findings(study)
    told = " ".join(found.sentences)
    assert "Today 2 visits a week are asked for" in today(study)[0]
    assert "0.2\u00a0h of care a week are left" not in told
    assert (
        "0.5\u00a0h of care a week are left without a carer (+0.5\u00a0h against today), of 1 person" in told
    )
    assert (
        "further carers work 0.5\u00a0h a week (+0.5\u00a0h against today), 1 of them at one moment" in told
    )
    assert "0.5 more hours are left without a carer" in told
    assert "most of all on Mon morning" in told


@pytest.mark.parametrize("seeds", [(1,), (1, 2)])
def test_with_one_seed_or_two_nothing_is_called_clear(study, seeds):
    few = replace(study, results=replace(study.results, seeds=seeds))
    told = " ".join(findings(few)[0].sentences)
    assert "no clear difference" in told
    assert "the week shows no clear difference" in told
    assert "give --seeds 3" in page(few, maps=False)


def test_the_table_has_a_value_and_a_difference_for_each_scenario(study):
    rows = {row.measure.name: row for row in headline(study, Reading.TODAY)}
    left = rows["unallocated_visits"]
    assert (left.today, left.cells[0].value, left.cells[0].step, left.cells[0].verdict) == (
        "0",
        "1",
        "+1",
        "worse",
    )


def test_fewer_miles_because_a_visit_is_left_out_are_not_better(study):
    rows = {row.measure.name: row for row in headline(study, Reading.TODAY)}
    (miles,) = rows["miles"].cells
    assert miles.step.startswith("-")
    assert miles.verdict == ""


def test_pooled_providers_are_not_praised_for_a_peak_that_is_no_longer_a_sum():
    """Two providers with two further carers at once each, perhaps at different moments; together three at once."""
    week = a_quiet_week()
    known = plan_one(week, jobs({"a": week}, [], [Reading.ENOUGH], [1], Effort(iterations=1))[0][0])

    def outcomes(agency, scenario, at_once):
        counts = {**known["counts"], "bank_at_once": at_once, "bank_minutes": at_once * 60.0}
        return [
            {**known, "agency": agency, "scenario": scenario, "seed": seed, "counts": counts}
            for seed in SEEDS
        ]

    pooled = replace(a_scenario(name="pooled"), pool=True)
    told = Study(
        "", "", {"a": week, "b": week}, (pooled,),
        results([*outcomes("a", "base", 2.0), *outcomes("b", "base", 2.0), *outcomes(POOLED, "pooled", 3.0)]),
        Effort(iterations=1), MADE, week,
    )  # fmt: skip
    rows = {row.measure.name: row for row in headline(told, Reading.ENOUGH)}
    assert "each provider\u2019s own most added up" in rows["bank_at_once"].label
    assert (rows["bank_at_once"].cells[0].step, rows["bank_at_once"].cells[0].verdict) == ("-1", "")
    assert (rows["bank_hours"].cells[0].step, rows["bank_hours"].cells[0].verdict) == (
        "-1.0\u00a0h",
        "better",
    )
    assert "3 of them at one moment" in " ".join(findings(told)[0].sentences)
    apart = replace(told, scenarios=(replace(pooled, pool=False),))
    assert "the most at one moment, added up over the providers, 3" in " ".join(findings(apart)[0].sentences)
    assert "and 2 times as much where all providers are planned as one" in page(told, maps=False, homes=False)


def test_two_weeks_are_nowhere_called_a_week(study):
    longer = replace(study, agencies={"Test agency": study.first.replace(days=14)})
    told = " ".join([*today(longer), *findings(longer)[0].sentences])
    assert "in 14 days" in told
    assert "a week" not in told
    html = page(longer, maps=False, homes=False)
    assert "a week, all agencies together" not in html
    assert "pounds in 14 days" in html


def test_hours_that_nobody_pays_for_are_told_beside_the_cost_of_an_hour(study):
    """A rule of half an hour that nobody pays for, where there is time for it."""
    week = a_quiet_week()
    week = week.replace(settings=replace(week.settings, policy=Policy.NONE))
    floor = a_scenario(MinimumLength(policy="floor", minutes=30), name="floor")
    told = " ".join(findings(a_study(week, [floor], readings=(Reading.TODAY,)))[0].sentences)
    assert "an hour with clients (1.8\u00a0h beyond the order, which nobody pays for, make that fall)" in told
    assert "nobody pays for" not in " ".join(today(study))


def test_the_page_carries_all_it_needs_and_every_mark(written):
    html = (written / "report.html").read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="https?:', html)
    assert "<script" not in html
    assert html.count("<svg") == 4 + 2
    assert html.count("26/11/2026") == 1
    for mark in ("READ", "ASSUMPTION", "DERIVED"):
        assert f"<b>{mark}</b>" in html
    assert "fee.council_average" in html
    assert "bank.premium_percent" in html


def test_each_source_of_travel_times_is_told(study):
    """Of two agencies on one server it failed for the second: nobody may read that all was by road."""
    here = replace(study.agencies["Test agency"], travel_source="OSRM server a")
    there = replace(here, travel_source="straight line (FALL-BACK: the road engine failed)")
    both = replace(study, agencies={"Test agency": here, "other": there, "third": here})
    assert both.travel_source == "OSRM server a; straight line (FALL-BACK: the road engine failed)"
    assert "Travel times come from: straight line." in page(study, maps=False)


def needs_of(areas, skills):
    """The rows of areas and of skills where people (by letters) live there or ask for that skill, and further carers
    work an hour in each area and two for each skill."""
    everybody = sorted({*"".join(areas.values()), *"".join(skills.values())})
    lives = {one: area for area, people in areas.items() for one in people}
    clients = [a_client(one, area=lives.get(one, "")) for one in everybody]
    visits = [a_visit(f"{one}-plain", client=one) for one in everybody if one in lives]
    visits += [
        a_visit(f"{one}-{skill}", client=one, skills=frozenset({skill} - {NO_SKILL}))
        for skill, people in skills.items()
        for one in people
    ]
    need = {
        "by_time": {"Mon morning": 60},
        "by_area": dict.fromkeys(areas, 60),
        "by_skill": dict.fromkeys(skills, 120),
    }
    key = ("Test agency", "base", Reading.ENOUGH, 1)
    found = Results(("base",), (Reading.ENOUGH,), (1,), {}, {key: {"need": need}}, ("Test agency",))
    problem = a_problem(visits, clients=clients)
    asked = Study("", "", {"Test agency": problem}, (), found, Effort(iterations=1), MADE)
    times, where, which = needs(asked)
    assert times.rows == [("Mon morning", 1)]
    assert ("singled out" in where.note) == (
        where.rows[-1][0] in ("others", "not shown: fewer than 5 people")
    )
    return where.rows, which.rows


def test_no_area_or_skill_of_few_people_is_shown_alone():
    """Two people in the west and three in the north are five together; one who is fed by tube joins the four with a
    stoma."""
    areas = {"east": "abcde", "north": "fgh", "west": "ij"}
    where, which = needs_of(areas, {NO_SKILL: "abcdefghij", "peg": "a", "stoma": "bcde"})
    assert where == [("east", 1), ("others", 2)]
    assert which == [(NO_SKILL, 2), ("others", 4)]


def test_the_next_larger_group_joins_a_small_one_that_would_be_found_by_subtraction():
    """One person counts once, also with two skills: of the four who ask for one of the rare ones nothing is told but
    with those who are hoisted."""
    areas = {"east": "abcdefg", "north": "hijklm", "west": "nop"}
    where, which = needs_of(
        areas, {"hoist": "efghijk", "peg": "a", "stoma": "abcd", NO_SKILL: "abcdefghijklmnop"}
    )
    assert where == [("east", 1), ("others", 2)]
    assert which == [(NO_SKILL, 2), ("others", 6)]


def test_what_is_still_of_few_is_not_shown():
    where, which = needs_of({"east": "ab", "north": "c"}, {"peg": "a"})
    assert where == [("not shown: fewer than 5 people", None)]
    assert which == [("not shown: fewer than 5 people", None)]


def test_nothing_is_joined_where_all_are_enough():
    where, _ = needs_of({"east": "abcde", "north": "fghij"}, {})
    assert where == [("east", 1), ("north", 1)]


def test_the_pdf_is_tagged(written):
    reader = PdfReader(written / "report.pdf")
    assert "/StructTreeRoot" in reader.root_object
    assert str(reader.root_object["/Lang"]) == "en-GB"
    assert "Every visit 30 minutes" in reader.pages[0].extract_text()


def test_the_findings_begin_on_the_first_page_also_where_they_fill_it(tmp_path):
    """A box that may not be broken would go to the second page, and leave the committee an empty first one."""
    scenarios = [replace(LONGER, name=f"longer-{i}", label=f"The scenario number {i}") for i in range(8)]
    store = Store(tmp_path / "out")
    write_report(a_study(no_slack(), scenarios), store)
    first, second = (page.extract_text() for page in PdfReader(store.out / "report.pdf").pages[:2])
    assert "Findings" in first
    assert "The scenario number 3" in first, "four scenarios are one page"
    assert "The scenario number 7" in second


def test_workbook_and_csv_hold_every_run_and_measure(study, written):
    book = CalamineWorkbook.from_path(str(written / "results.xlsx"))
    assert book.sheet_names == [table.name for table in workbook(study)]
    rows = list(csv.DictReader(io.StringIO((written / "runs.csv").read_text(encoding="utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 2 * 2 * len(SEEDS) * len(MEASURES)
    assert len(book.get_sheet_by_name("Runs").to_python()) == len(rows) + 1
    assert sorted(path.name for path in (written / "maps").iterdir()) == ["base.html", "longer.html"]


def test_the_same_again_to_the_byte_dates_aside(study, written, tmp_path):
    store = Store(tmp_path / "again")
    again = a_study(study.first, study.scenarios, made_on=date(2027, 1, 2))
    write_report(again, store)
    for path in sorted(written.rglob("*.*")):
        there = store.out / path.relative_to(written)
        if path.suffix == ".html" and path.parent == written:
            html = there.read_text(encoding="utf-8").replace("02/01/2027", "26/11/2026")
            assert html == path.read_text(encoding="utf-8")
        elif path.suffix == ".pdf":
            assert [p.extract_text().replace("02/01/2027", "26/11/2026") for p in PdfReader(there).pages] == [
                p.extract_text() for p in PdfReader(path).pages
            ]
        else:
            assert there.read_bytes() == path.read_bytes(), path.name


def test_one_reading_alone_is_a_report_too(study):
    only = a_study(study.first, [LONGER], readings=(Reading.ENOUGH,))
    html = page(only, maps=False)
    assert "with as many carers as it takes" in html
    assert "What changes with today\u2019s carers" not in html


def test_the_frontier_writes_the_same_files(study, tmp_path):
    scenarios = frontier_scenarios([15, 30])
    curve = a_study(study.first, scenarios)
    store = Store(tmp_path / "curve")
    found = steps(curve.results, [15, 30])
    write_frontier(curve, store, found)
    html = (store.out / "report.html").read_text(encoding="utf-8")
    assert html.count("<svg") == 3
    assert "At least 30 minutes: 0.5\u00a0h a week are left with today\u2019s carers" in html
    assert found[0].price < found[1].price
    assert (store.out / "report.pdf").read_bytes().startswith(b"%PDF")
