"""`careround letters`: a folder of letters for any rota, planned or typed by hand."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import run
from tests.intake.agencies import GOOD, MONDAY

GOOD_FROM = ("--from", MONDAY.isoformat())
MORNING = ("C01-am:2026-11-23", "K01", "2026-11-23 08:30")


@pytest.fixture(scope="module")
def written(planned, tmp_path_factory):
    out = tmp_path_factory.mktemp("letters") / "letters"
    return out, run("letters", planned.source, planned.out / "rota.json", "--out", out)


def test_every_client_gets_three_versions_and_a_calendar(written, problem):
    out, done = written
    assert done.code == 0, done.err
    clients = {problem.visits[i].client for i in range(len(problem.visits))}
    for version in ("standard", "large-print", "easy-read"):
        assert {path.stem for path in (out / version).glob("*.pdf")} == clients
        assert {path.stem for path in (out / version).glob("*.html")} == clients
    assert {path.stem for path in (out / "calendars").iterdir()} == clients


def test_the_summary_is_that_of_the_plan(written, planned):
    out, done = written
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    plan = json.loads((planned.out / "summary.json").read_text(encoding="utf-8"))
    for name in ("visits", "unallocated", "new_faces"):
        assert told[name] == plan[name]
    assert f"{told['letters']} letters about {told['visits']} visits" in done.out


def test_it_is_written_again_over_itself_but_never_over_a_plan(written, planned):
    out, _ = written
    again = ("letters", planned.source, planned.out / "rota.json", "--no-pdf", "--out")
    assert run(*again, out).code == 0
    assert not list(out.rglob("*.pdf"))
    done = run(*again, planned.out)
    assert done.code == 2
    assert "`careround plan`, which would be lost" in done.err
    assert (planned.out / "rota.json").exists()


def test_one_client_one_version_of_a_rota_typed_by_hand(typed, tmp_path):
    out = tmp_path / "letters"
    one = ("--client", "C01", "--version", "easy-read", "--phone", "01633 960 123", "--no-pdf")
    done = run("letters", GOOD, typed(MORNING), *GOOD_FROM, "--out", out, *one)
    assert done.code == 0, done.err
    assert [path.name for path in out.rglob("*.html")] == ["C01.html"]
    page = (out / "easy-read" / "C01.html").read_text(encoding="utf-8")
    assert "Sam Sample comes for 45 minutes." in page
    assert "Phone us on 01633 960 123." in page


def test_last_weeks_rota_is_read_against_its_own_days(typed, tmp_path):
    last = typed(("C01-am:2026-11-16", "K02", "2026-11-16 08:30"), name="last.csv")
    out = tmp_path / "letters"
    before = ("--before", last, "--before-from", "2026-11-16", "--no-pdf")
    done = run("letters", GOOD, typed(MORNING), *GOOD_FROM, "--out", out, *before)
    assert done.code == 0, done.err
    page = (out / "standard" / "C01.html").read_text(encoding="utf-8")
    assert "On Monday in the morning, Sam Sample comes, not Tess Trial." in page


def test_faults_of_the_earlier_rota_are_told(typed, tmp_path):
    wrong = typed(("C01-am:2026-11-23", "nobody", "2026-11-23 08:30"), name="before.csv")
    out = tmp_path / "letters"
    done = run("letters", GOOD, typed(MORNING), *GOOD_FROM, "--out", out, "--before", wrong)
    assert done.code == 2
    assert "before.csv" in done.err
    assert "'nobody'" in done.err
    assert not out.exists()


@pytest.mark.parametrize(
    "more, told",
    [
        (("--client", "C99"), "There is no client called 'C99'"),
        (("--before-from", "2026-11-16"), "name it with --before"),
    ],
)
def test_what_cannot_be_is_refused(typed, tmp_path, more, told):
    done = run("letters", GOOD, typed(MORNING), *GOOD_FROM, "--out", tmp_path / "letters", *more)
    assert done.code == 2
    assert told in done.err
