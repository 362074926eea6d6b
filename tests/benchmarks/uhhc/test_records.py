"""Which solutions are kept and listed as better than anything published."""

import json

from benchmarks.__main__ import main
from benchmarks.results import append_row

STAMP = {"date": "2026-11-27T20:00:00+00:00", "commit": "abc"}


def a_run(results, folder, instance, seed, objective, best, set="validation", errors=0, written=None):
    """A row of a run below or above the best published value, and its solution."""
    gap = round(100 * (objective - best) / best, 3) if best else ""
    row = {
        "set": set,
        "instance": instance,
        "clients": 10,
        "seed": seed,
        "search": "20 s",
        "objective": objective,
    }
    append_row(results / "uhhc.csv", STAMP | row | {"best_known": best, "gap_percent": gap, "errors": errors})
    path = folder / set / f"{instance}-{seed}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({"cost": {"objective": objective if written is None else written}, "seed": seed})
    )


def test_the_cheapest_below_the_published_value_is_kept_and_listed(tmp_path, capsys):
    results, folder = tmp_path / "results", tmp_path / "solutions"
    a_run(results, folder, "better", 1, 95.0, 100.0)
    a_run(results, folder, "better", 2, 90.0, 100.0)
    a_run(results, folder, "equal", 1, 100.0, 100.0)
    a_run(results, folder, "worse", 1, 101.0, 100.0)
    a_run(results, folder, "wrong", 1, 50.0, 100.0, errors=1)
    a_run(results, folder, "nobody", 1, 50.0, None)
    a_run(results, folder, "thirds", 1, 9.0, 10.0, set="mankowska", written=27.0)
    a_run(results, folder, "another", 1, 90.0, 100.0, written=91.0)
    assert main(["records", str(folder), "--results", str(results)]) == 0
    assert capsys.readouterr().out == "better than anything published: 2\n"
    kept = {path.stem: json.loads(path.read_text())["seed"] for path in (results / "solutions").iterdir()}
    assert kept == {"better": 2, "thirds": 1}
    page = (results / "records.md").read_text()
    assert "| validation | better | 10 | 90.00 | 100.00 | -10.00 % | 20 | 2 | 2026-11-27 | abc |" in page
    assert "| mankowska | thirds | 10 | 9.00 | 10.00 | -10.00 % | 20 | 1 | 2026-11-27 | abc |" in page
    assert not {"equal", "worse", "wrong", "nobody", "another"} & set(page.split())


def test_what_was_kept_before_stays_until_a_cheaper_one_comes(tmp_path):
    results, first, second = tmp_path / "results", tmp_path / "first", tmp_path / "second"
    a_run(results, first, "a", 1, 95.0, 100.0)
    assert main(["records", str(first), "--results", str(results)]) == 0
    a_run(results, second, "a", 2, 97.0, 100.0)
    assert main(["records", str(second), "--results", str(results)]) == 0
    kept = results / "solutions" / "a.json"
    assert json.loads(kept.read_text())["seed"] == 1
    a_run(results, second, "a", 3, 94.0, 100.0)
    assert main(["records", str(second), "--results", str(results)]) == 0
    assert json.loads(kept.read_text())["seed"] == 3
    assert "published: 1\n" in (results / "records.md").read_text()
