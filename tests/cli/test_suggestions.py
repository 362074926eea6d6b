"""`careround suggestions`, as a user runs it: clocked weeks and notes in, decisions out and in again."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import timedelta

import pytest

from scheduler.places.geocoder import Geocoder
from tests.cli.conftest import FROM, START, run

WEEKS = 2


@pytest.fixture
def told(planned, tmp_path):
    """The agency with notes; a daily visit clocked in the two weeks before, each time eleven minutes too long."""
    source = tmp_path / "source"
    shutil.copytree(planned.source, source)
    with (source / "visits.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["weekdays"] == "daily" and row["carers"] != "2")
    with (planned.out / "rota.csv").open(encoding="utf-8-sig", newline="") as file:
        carer = next(csv.DictReader(file))["carer"]
    with (source / "visit_notes.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["date", "client", "visit", "kind", "said_by", "carer", "time", "text"])
        out.writerow(["2026-11-16", row["client"], row["visit"], "too short", "carer", carer, "", "=1+1 <b>"])
    long = int(row["minutes"]) + 11
    with (tmp_path / "clocked.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["visit", "carer", "clock_in", "clock_out"])
        for day in range(1, 7 * WEEKS):
            on = START - timedelta(days=day)
            end = f"{10 + long // 60}:{long % 60:02d}"
            out.writerow([f"{row['visit']}:{on}", carer, f"{on} 10:00", f"{on} {end}"])
    return source, tmp_path / "clocked.csv", row["visit"], -(-long // 5) * 5


def suggestions(source, planned, out, *more):
    done = run("suggestions", source, planned.out / "rota.json", *more, "--out", out, *FROM)
    summary = json.loads((out / "summary.json").read_text()) if (out / "summary.json").exists() else None
    return done, summary


def test_what_runs_over_is_suggested_with_its_evidence(told, planned, tmp_path):
    source, clocked, visit, then = told
    done, summary = suggestions(source, planned, tmp_path / "out", clocked, "--iterations", "100")
    assert done.code == 0, done.err
    (one,) = summary["suggestions"]
    assert (one["id"], one["then"], one["decision"]) == (f"length:{visit}", then, "open")
    page = (tmp_path / "out" / "suggestions.html").read_text(encoding="utf-8")
    assert f"in {7 * WEEKS - 1} of {7 * WEEKS - 1} recorded visits" in page
    assert "1 note says so (carer)." in page
    assert "&lt;b&gt;" in page
    effect = summary["effect"]
    more = effect["with"]["contact_minutes"] - effect["without"]["contact_minutes"]
    assert more > 0, "seven longer visits"
    for numbers in (effect["with"], effect["without"]):
        assert f"{numbers['contact_minutes']:,.0f}" in page
    assert effect["budget"] == "100 iterations"


def test_what_was_decided_comes_back(told, planned, tmp_path):
    source, clocked, visit, _ = told
    suggestions(source, planned, tmp_path / "first", clocked, "--iterations", "0")
    rows = (tmp_path / "first" / "suggestions.csv").read_text(encoding="utf-8-sig")
    decided = tmp_path / "decided.csv"
    for word, taken in (("accept", [f"length:{visit}"]), ("decline", None)):
        decided.write_text(rows.replace(f"length:{visit},,", f"length:{visit},{word},"), encoding="utf-8")
        done, summary = suggestions(
            source, planned, tmp_path / word, clocked, "--decisions", decided, "--iterations", "50"
        )
        assert done.code == 0, done.err
        assert summary["suggestions"][0]["decision"] == word
        assert (summary["effect"] and summary["effect"]["taken"]) == taken


def test_without_evidence_nothing_is_suggested(told, planned, tmp_path):
    done, summary = suggestions(told[0], planned, tmp_path / "out")
    assert (done.code, summary["suggestions"], summary["effect"]) == (0, [], None)
    assert "is evidence enough" in done.out


def test_a_bad_file_is_told_and_nothing_written(told, planned, tmp_path):
    (tmp_path / "bad.csv").write_text("visit,carer,clock_in,clock_out\nnobody,K1,soon,\n")
    done, summary = suggestions(told[0], planned, tmp_path / "out", tmp_path / "bad.csv")
    assert (done.code, summary) == (2, None)
    assert "bad.csv, row 2" in done.err


def test_a_postcode_that_only_the_geocoder_knows_is_known_for_the_weeks_before_too(
    told, planned, tmp_path, monkeypatch
):
    source, clocked, visit, _ = told
    with (source / "clients.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0] |= {"lat": "", "lon": "", "postcode": "NP99 9ZZ"}
    with (source / "clients.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    monkeypatch.setattr(Geocoder, "locate", lambda self, codes: dict.fromkeys(codes, (51.58, -2.99)))
    more = (clocked, "--iterations", "0", "--geocoder", "http://localhost:1")
    done, summary = suggestions(source, planned, tmp_path / "out", *more)
    assert done.code == 0, done.err
    assert [one["id"] for one in summary["suggestions"]] == [f"length:{visit}"]


def test_the_weeks_before_are_loaded_with_the_same_travel_times(told, planned, tmp_path, monkeypatch):
    """Else every road that is longer than its straight line would count as minutes at the door."""
    from scheduler.intake import load

    source, clocked, _, _ = told
    given, real = [], load.load_with_warnings

    def listening(source, start, days, travel, *more):
        given.append((days, travel.servers))
        return real(source, start, days, travel, *more)

    monkeypatch.setattr(load, "load_with_warnings", listening)
    monkeypatch.setattr("scheduler.cli.source.load_with_warnings", listening, raising=False)
    more = (clocked, "--iterations", "0", "--osrm", "http://localhost:1", "--fall-back")
    done, _ = suggestions(source, planned, tmp_path / "out", *more)
    assert done.code == 0, done.err
    assert len({days for days, _ in given}) == 2
    assert {url for _, servers in given for url in servers.values()} == {"http://localhost:1"}
    assert all(servers for _, servers in given)
