"""`careround plan`: the whole road from an agency's folder to the files of a week, and what stops it early."""

from __future__ import annotations

import csv
import gc
import json
import shutil
import weakref

import openpyxl
import pytest

from scheduler.check import check
from scheduler.cli import plan
from scheduler.cli.console import until_stopped
from scheduler.cli.source import load_source
from scheduler.intake.rota_rows import load_rota
from scheduler.intake.rows import Agency
from tests.cli.conftest import FROM, QUICK, run
from tests.intake.agencies import BAD, changed, overlaid, read_tables, write_folder, write_xlsx

WRITTEN = {"report.html", "map.html", "rota.xlsx", "rota.csv", "rota.json", "summary.json"}
KEYS = """visits unallocated hard_findings cost_pence contact_minutes travel_minutes waiting_minutes
    distinct_carers_mean core_team_share short_visits uncommissioned_minutes minimum_wage_shortfalls interest_matches
    seed iterations seconds versions""".split()
"""What issue A promises of summary.json."""


def files(folder):
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def summary(folder):
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


@pytest.fixture
def out(tmp_path):
    """A folder that is not there yet."""
    return tmp_path / "results"


def refused(out, *arguments):
    """The command is refused, with a plain sentence, before anything was searched or written."""
    before = files(out) if out.exists() else None
    done = run("plan", *arguments, "--out", out)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    assert "lanning" not in done.err, "it had begun to plan"
    assert (files(out) if out.exists() else None) == before
    return done.err


class TestAWeek:
    def test_everything_is_written(self, planned, problem):
        assert planned.said.code == 0
        calendars = {f"carers/{path.name}" for path in (planned.out / "carers").iterdir()}
        assert files(planned.out) == WRITTEN | calendars
        assert len(calendars) == len(problem.carers)

    def test_the_summary_is_printed(self, planned):
        told = summary(planned.out)
        line = f"{told['unallocated']} of {told['visits']}"
        assert [" ".join(text.split()) for text in planned.said.out.splitlines() if line in text] == [
            f"unallocated visits {line}"
        ]
        for name in ("report.html", "map.html", "rota.xlsx"):
            assert str(planned.out / name) in planned.said.out
        assert "not proven optimal" in planned.said.out

    def test_progress_goes_to_the_other_stream(self, planned):
        assert "Planning core teams ..." in planned.said.err
        assert "unallocated" in planned.said.err
        assert "Planning" not in planned.said.out

    def test_the_summary_has_every_key(self, planned):
        told = summary(planned.out)
        assert not set(KEYS) - set(told)
        assert told["seed"] == 1
        assert told["iterations"] >= 300
        assert not told["stopped_early"]
        assert {"python", "careround", "ortools", "numba"} <= set(told["versions"])

    def test_the_summary_is_what_the_checker_says(self, planned, problem):
        rota = load_rota(planned.out / "rota.json", problem)
        told = summary(planned.out)
        assert told["visits"] == len(problem.visits)
        assert told["unallocated"] == len(rota.unallocated(problem))
        assert told["hard_findings"] == len(check(rota, problem).hard) == 0

    def test_same_seed_and_iterations_same_rota(self, planned, agency, out):
        assert run("plan", agency, "--out", out, *FROM, *QUICK).code == 0
        assert (out / "rota.json").read_bytes() == (planned.out / "rota.json").read_bytes()

    def test_a_bound_for_each_day(self, planned, agency, problem, out):
        """Seven days, none cheaper than its bound, and the same rota as without asking."""
        assert summary(planned.out)["gap_by_day"] == []
        done = run("plan", agency, "--out", out, *FROM, *QUICK, "--bound")
        assert done.code == 0
        assert "Bounding each day" in done.err
        days = summary(out)["gap_by_day"]
        assert [day["date"] for day in days] == [f"2026-11-{day}" for day in range(23, 30)]
        for day in days:
            assert day["status"] == "converged", "without a limit in time it goes on until it is settled"
            assert day["bound_pence"] <= day["price_pence"]
            assert 0 <= day["gap"] <= 1
            assert day["least_unallocated"] <= day["unallocated"]
        assert sum(day["unallocated"] for day in days) == summary(out)["unallocated"]
        assert (out / "rota.json").read_bytes() == (planned.out / "rota.json").read_bytes()
        assert "could another rota save more than" in (out / "report.html").read_text(encoding="utf-8")

    def test_a_day_is_proven_optimal(self, planned, agency, out):
        assert (summary(planned.out)["bound_pence"], summary(planned.out)["optimality"]) == (
            None,
            "not proven optimal",
        )
        done = run("plan", agency, "--out", out, *FROM, *QUICK, "--days", "1", "--prove")
        assert done.code == 0
        assert "Proving how good the rota is" in done.err
        assert "proven optimal)" in done.out
        assert summary(out)["optimality"] == "proven optimal"
        assert summary(out)["bound_pence"] > 0

    def test_it_can_be_planned_again_into_the_same_folder(self, agency, out):
        for seed in "12":
            assert run("plan", agency, "--out", out, *FROM, *QUICK, "--seed", seed).code == 0
            assert summary(out)["seed"] == int(seed)

    def test_two_days(self, agency, out):
        assert run("plan", agency, "--out", out, *FROM, *QUICK, "--days", "2").code == 0
        assert summary(out)["days"] == 2
        with (out / "rota.csv").open(encoding="utf-8-sig") as file:
            assert {row["start"][:10] for row in csv.DictReader(file)} == {"2026-11-23", "2026-11-24"}

    def test_reasons_of_what_is_unallocated(self, agency, problem, out, tmp_path):
        tables = read_tables(agency)
        short = {**tables, "shifts": tables["shifts"][:2]}
        assert run("plan", write_folder(short, tmp_path / "short"), "--out", out, *FROM, *QUICK).code == 0
        book = openpyxl.load_workbook(out / "rota.xlsx", read_only=True)
        rows = list(book["Unallocated"].values)
        told = summary(out)["unallocated"]
        assert told > 0
        assert sum("stands in the way" in str(row) for row in rows) == min(told, 100)
        assert sum("100 most urgent" in str(row) for row in rows) == max(0, told - 100)

    def test_the_search_for_reasons_is_counted_and_can_be_stopped(self, agency, out, tmp_path, monkeypatch):
        tables = read_tables(agency)
        short = write_folder({**tables, "shifts": tables["shifts"][:2]}, tmp_path / "short")
        works: list[object] = []
        counted: list[tuple[int, int]] = []

        def stopped_the_second_time(console, work):
            works.append(work)
            return work(lambda: len(works) == 2 and len(counted) > 1)

        monkeypatch.setattr(plan, "until_stopped", stopped_the_second_time)
        monkeypatch.setattr(plan, "counting", lambda *_: lambda done, of: counted.append((done, of)))
        assert run("plan", short, "--out", out, *FROM, *QUICK).code == 0
        assert counted == [(0, min(100, summary(out)["unallocated"])), (1, counted[0][1])]
        book = openpyxl.load_workbook(out / "rota.xlsx", read_only=True)
        rows = list(book["Unallocated"].values)
        assert sum("the 1 most urgent" in str(row) for row in rows) == summary(out)["unallocated"] - 1


class TestFromARota:
    @pytest.fixture
    def visit(self, planned, problem):
        """A visit that is planned for one carer."""
        rota = load_rota(planned.out / "rota.json", problem)
        return next(rota.of_visit(v.id)[0] for v in problem.visits if len(rota.of_visit(v.id)) == 1)

    def plan(self, planned, out, *arguments):
        start = ("--start", planned.out / "rota.json")
        return run("plan", planned.source, "--out", out, *FROM, *QUICK, *start, *arguments)

    def test_a_locked_visit_stays(self, planned, problem, visit, out):
        done = self.plan(planned, out, "--lock", visit.visit, "--seed", "9")
        assert done.code == 0
        rota = load_rota(out / "rota.json", problem)
        assert rota.of_visit(visit.visit) == (visit,)
        assert rota.legs != load_rota(planned.out / "rota.json", problem).legs, (
            "the others were free to change"
        )

    def test_the_start_rota_is_not_made_worse(self, planned, problem, out):
        assert self.plan(planned, out, "--seed", "9").code == 0
        before, after = (
            check(load_rota(folder / "rota.json", problem), problem).total for folder in (planned.out, out)
        )
        assert after <= before

    def test_an_unknown_lock_is_named_with_the_nearest(self, planned, visit, out):
        before, _, after = visit.visit.partition("-")
        told = refused(
            out, planned.source, *FROM, "--start", planned.out / "rota.json", "--lock", f"{before}{after}"
        )
        assert f"'{before}{after}'" in told
        assert f"Did you mean '{visit.visit}'" in told

    def test_a_lock_without_a_start(self, agency, visit, out):
        assert "--start" in refused(out, agency, *FROM, "--lock", visit.visit)

    def test_a_lock_of_a_visit_that_nobody_does(self, agency, problem, typed, visit, out):
        other = next(v.id for v in problem.visits if v.id != visit.visit)
        rota = typed((visit.visit, visit.carer, "2026-11-23 09:00"))
        told = refused(out, agency, *FROM, "--start", rota, "--lock", other)
        assert f"--lock {other}: nobody is planned for this visit in the rota given." in told

    def test_a_lock_that_breaks_a_rule_is_told(self, agency, typed, visit, out):
        rota = typed((visit.visit, visit.carer, f"{visit.visit[-10:]} 03:00"))
        done = run("plan", agency, "--out", out, *FROM, *QUICK, "--start", rota, "--lock", visit.visit)
        assert done.code == 0
        assert f"Locked, but a rule is against it, so planned anew: {visit.visit}." in done.err

    @pytest.mark.parametrize("option", ["--lock-carer", "--lock-time"])
    def test_carer_or_time_can_be_locked_alone(self, planned, problem, visit, out, option):
        assert self.plan(planned, out, option, visit.visit, "--seed", "9").code == 0
        [leg] = load_rota(out / "rota.json", problem).of_visit(visit.visit)
        assert visit.carer == leg.carer if option == "--lock-carer" else visit.start == leg.start

    def test_before_the_freeze_all_stays(self, planned, problem, out):
        assert self.plan(planned, out, "--freeze", "2026-11-24 14:00", "--seed", "9").code == 0
        before, after = (load_rota(folder / "rota.json", problem) for folder in (planned.out, out))
        until = 1440 + 840
        assert [leg for leg in after.legs if leg.start < until] == [
            leg for leg in before.legs if leg.start < until
        ]
        assert after.legs != before.legs, "later visits were free to change"

    def test_what_was_told_is_priced_and_reported(self, planned, problem, out):
        published = planned.out / "rota.json"
        done = run("plan", planned.source, "--out", out, *FROM, *QUICK, "--published", published)
        assert done.code == 0
        told = problem.replace(published=load_rota(published, problem).promises())
        rota = load_rota(out / "rota.json", problem)
        changes = check(rota, told).by_rule().get("changes", ())
        assert len(changes) < 0.1 * len(problem.visits), "it begins with what was told, and stays near"
        costs = openpyxl.load_workbook(out / "rota.xlsx", read_only=True)["Costs"].values
        [row] = [row for row in costs if "Changes to what people were told" in row]
        assert sum(found.pence for found in changes) / 100 in row

    def test_a_visit_that_was_cancelled_since_is_dropped_and_told(self, agency, typed, visit, out):
        gone = f"cancelled:{visit.visit[-10:]}"
        rota = typed(
            (visit.visit, visit.carer, f"{visit.visit[-10:]} 08:00"),
            (gone, visit.carer, f"{gone[-10:]} 09:00"),
        )
        done = run("plan", agency, "--out", out, *FROM, *QUICK, "--start", rota)
        assert done.code == 0
        assert f"{gone}: It is no longer asked for." in done.err

    @pytest.mark.parametrize(
        "given, told",
        [
            (("--lock-carer", "x"), "--lock-carer keeps a visit as it is in a rota"),
            (("--lock-time", "x"), "--lock-time keeps a visit as it is in a rota"),
            (("--freeze", "2026-11-24 14:00"), "--freeze keeps what a rota plans before then"),
        ],
    )
    def test_what_is_kept_must_be_planned_somewhere(self, agency, out, given, told):
        assert told in refused(out, agency, *FROM, *given)

    @pytest.mark.parametrize("moment", ["2026-11-22 14:00", "2026-11-30 00:01"])
    def test_a_freeze_outside_the_days(self, planned, out, moment):
        start = ("--start", planned.out / "rota.json")
        told = refused(out, planned.source, *FROM, *start, "--freeze", moment)
        assert f"--freeze {moment} is not within the days that are planned, 2026-11-23 to 2026-11-29." in told

    def test_a_rota_of_other_days(self, planned, out):
        start = ("--start", planned.out / "rota.json")
        told = refused(out, planned.source, "--from", "2026-11-24", *start)
        assert "Choose the same days for both." in told


class TestWhereItIsWritten:
    def test_a_folder_with_something_of_others(self, agency, out):
        out.mkdir()
        (out / "letter.txt").write_text("Dear Olive")
        assert "letter.txt, which is not ours" in refused(out, agency, *FROM)

    def test_a_result_that_somebody_has_changed(self, agency, planned, out):
        shutil.copytree(planned.out, out)
        (out / "rota.csv").write_text("edited by hand")
        assert "was changed since it was written" in refused(out, agency, *FROM)

    def test_the_agency_itself(self, agency):
        assert "which is not ours" in refused(agency, agency, *FROM)

    def test_a_file(self, agency, tmp_path):
        (tmp_path / "results").write_text("")
        done = run("plan", agency, "--out", tmp_path / "results", *FROM)
        assert (done.code, "name a folder" in done.err) == (2, True)

    def test_where_nothing_can_be_written(self, agency, tmp_path):
        """A file in the place of a folder: this stops root, too."""
        (tmp_path / "taken").write_text("")
        done = run("plan", agency, "--out", tmp_path / "taken" / "results", *FROM)
        assert (done.code, done.out) == (2, "")
        assert "Nothing can be written into" in done.err
        assert "choose another folder" in done.err
        assert "lanning" not in done.err


class TestBadInput:
    def test_all_faults_at_once(self, out, tmp_path):
        tables = changed(read_tables(), "visits", 2, minutes="half an hour", skills="juggling")
        tables = changed(tables, "clients", 3, postcode="NP99 9ZZ")
        told = refused(out, write_folder(tables, tmp_path / "agency"), *FROM)
        assert "visits.csv, row 2, column 'minutes' has 'half an hour'" in told
        assert "clients.csv, row 3, column 'postcode' has 'NP99 9ZZ'" in told
        count = sum(".csv, row" in line for line in told.splitlines())
        assert f"{count} faults. Nothing was written." in told

    @pytest.mark.parametrize("case", sorted(path.name for path in BAD.iterdir())[::12])
    def test_the_collected_bad_inputs(self, case, out, tmp_path):
        assert "Nothing was written." in refused(out, overlaid(case, tmp_path / "agency"), *FROM)

    def test_a_workbook_gets_its_marked_copy(self, out, tmp_path):
        tables = changed(read_tables(), "visits", 2, minutes="half an hour")
        book = write_xlsx(tables, tmp_path / "week.xlsx")
        before = book.read_bytes()
        told = refused(out, book, *FROM)
        copy = tmp_path / "week-marked.xlsx"
        assert f"A copy with the bad cells marked: {copy}" in told
        assert book.read_bytes() == before
        sheet = openpyxl.load_workbook(copy)["visits"]
        marked = [cell.value for row in sheet.iter_rows() for cell in row if cell.comment]
        assert marked == ["half an hour"]

    def test_a_marked_copy_that_somebody_may_be_mending_is_left_alone(self, out, tmp_path):
        book = write_xlsx(changed(read_tables(), "visits", 2, minutes="?"), tmp_path / "week.xlsx")
        (tmp_path / "week-marked.xlsx").write_text("mine")
        assert str(tmp_path / "week-marked-2.xlsx") in refused(out, book, *FROM)
        assert (tmp_path / "week-marked.xlsx").read_text() == "mine"

    def test_faults_of_the_rota_are_not_marked_in_the_agency(self, typed, out, tmp_path):
        book = write_xlsx(read_tables(), tmp_path / "week.xlsx")
        told = refused(out, book, *FROM, "--start", typed(("nothing", "K01", "2026-11-23 09:00")))
        assert "marked" not in told
        assert not (tmp_path / "week-marked.xlsx").exists()

    def test_a_start_rota_in_a_workbook_is_marked(self, out, tmp_path):
        rows = [["visit", "carer", "start"], ["C01-am:2026-11-23", "K99", "2026-11-23 08:30"]]
        rota = write_xlsx({"Rota": rows}, tmp_path / "last.xlsx")
        agency = write_folder(read_tables(), tmp_path / "agency")
        assert str(tmp_path / "last-marked.xlsx") in refused(out, agency, *FROM, "--start", rota)

    @pytest.mark.parametrize("given", ["nowhere", "nowhere.xlsx", "nowhere.json"])
    def test_no_such_source(self, given, out, tmp_path):
        assert "there is no such file" in refused(out, tmp_path / given, *FROM)

    def test_a_folder_in_the_place_of_a_file(self, out, tmp_path):
        folder = write_folder(read_tables(), tmp_path / "agency")
        (folder / "clients.csv").unlink()
        (folder / "clients.csv").mkdir()
        assert "clients.csv" in refused(out, folder, *FROM)

    def test_a_file_that_may_not_be_read(self, out, tmp_path, monkeypatch):
        """Told by the first read: root may read everything, so the right to do so cannot just be taken away."""
        folder = write_folder(read_tables(), tmp_path / "agency")

        def forbidden(self):
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr("pathlib.Path.read_bytes", forbidden)
        assert "cannot be read (Permission denied)" in refused(out, folder, *FROM)


def test_a_period_without_visits(tmp_path, out):
    """Nothing to plan is an answer, and it comes at once: no minute of search."""
    tables = read_tables()
    headers = {name: tables[name][:1] for name in ("visits", "links", "exceptions")}
    agency = write_folder({**tables, **headers}, tmp_path / "agency")
    done = run("plan", agency, "--out", out, *FROM)
    assert done.code == 0
    assert "no visit comes from 2026-11-23 to 2026-11-29" in done.err
    assert (summary(out)["visits"], summary(out)["iterations"]) == (0, 0)


def test_an_empty_start_rota_is_a_start(planned, typed, out):
    assert run("plan", planned.source, "--out", out, *FROM, *QUICK, "--start", typed()).code == 0
    assert summary(out)["unallocated"] < summary(out)["visits"]


def test_the_tables_as_they_were_read_are_let_go_of_before_the_search(agency, out, monkeypatch):
    """They take 50 MB of a week of 8,000 visits."""
    read: list[weakref.ref[Agency]] = []
    alive: list[Agency | None] = []

    def noted(given):
        loaded = load_source(given)
        read.append(weakref.ref(loaded.agency))
        return loaded

    def looked(console, work):
        gc.collect()
        alive.append(read[0]())
        return until_stopped(console, work)

    monkeypatch.setattr(plan, "load_source", noted)
    monkeypatch.setattr(plan, "until_stopped", looked)
    assert run("plan", agency, "--out", out, *FROM, *QUICK).code == 0
    assert set(alive) == {None}
