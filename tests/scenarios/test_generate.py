"""Made-up agencies: the same again from the same seed, like real ones in the mix, and weeks that can be planned."""

from __future__ import annotations

import re
import shlex
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import scenarios
from scenarios.generate import SHIPPED, Spec, Tables, generate, write_csv
from scenarios.generate.dice import Dice
from scenarios.generate.drafts import FIRST_START, LAST_END
from scenarios.generate.names import _MEN, _SURNAMES, _WOMEN, names
from scenarios.generate.shifts import PATTERNS
from scheduler.domain import Carer, Relation, Visit
from scheduler.errors import CareroundError, Fault
from scheduler.intake.load import load_with_warnings
from scheduler.intake.tables import TABLES
from scheduler.places import locate
from scheduler.problem import Problem
from scheduler.uk import task_minutes
from scheduler.units import DAY, HOUR, WEEKDAYS

AGENCIES = Path(scenarios.__file__).parent / "agencies"
PLANNABLE = ("demo", "branch")
PARTS = {
    "morning": (7 * HOUR, 690),
    "lunch": (690, 15 * HOUR + 30),
    "tea": (15 * HOUR + 30, 1110),
    "bed": (1110, 1335),
}


@cache
def made(name: str) -> Tables:
    return generate(SHIPPED[name])


@cache
def loaded(name: str) -> Problem:
    return load_with_warnings(AGENCIES / name, SHIPPED[name].start).problem


def unmeant(folder: Path, spec: Spec) -> list[Fault]:
    """Warnings but those of a fund that is too small, which is meant: somebody must have to choose."""
    return [w for w in load_with_warnings(folder, spec.start).warnings if w.file != "isf.csv"]


def test_one_fund_in_the_demo_is_too_small_and_nearly_all_are_not():
    warned = load_with_warnings(AGENCIES / "demo", SHIPPED["demo"].start).warnings
    assert [w.file for w in warned] == ["isf.csv"]
    assert len(loaded("demo").funds) == 5


def days_of(row: dict[str, str]) -> list[int]:
    """The weekdays of a row, as the generator writes them."""
    if row["weekdays"] == "daily":
        return list(range(7))
    if "-" in row["weekdays"]:
        first, last = (WEEKDAYS.index(day) for day in row["weekdays"].split("-"))
        return list(range(first, last + 1))
    return [WEEKDAYS.index(day) for day in row["weekdays"].split("; ")]


def a_week(name: str) -> Iterator[tuple[dict[str, str], float]]:
    """The rows of the care plans and how many visits each means in a week."""
    for row in made(name)["visits"]:
        yield row, len(days_of(row)) / int(row["every_weeks"] or 1)


def shares(weights: Iterator[tuple[object, float]]) -> dict[object, float]:
    found: Counter[object] = Counter()
    for key, weight in weights:
        found[key] += weight  # type: ignore[assignment]  # a Counter of parts
    total = sum(found.values())
    return {key: weight / total for key, weight in found.items()}


# -- the same again ---------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    spec = Spec(clients=20, seed=7)
    write_csv(generate(spec), tmp_path / "once")
    write_csv(generate(spec), tmp_path / "again")
    files = sorted(path.name for path in (tmp_path / "once").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "again").iterdir())
    for file in files:
        assert (tmp_path / "once" / file).read_bytes() == (tmp_path / "again" / file).read_bytes()


def test_another_seed_gives_another_agency():
    assert generate(Spec(clients=20, seed=1)) != generate(Spec(clients=20, seed=2))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_committed_agencies_are_what_their_command_makes(name, tmp_path):
    write_csv(made(name), tmp_path)
    committed = {path.name: path.read_bytes() for path in (AGENCIES / name).glob("*.csv")}
    assert committed == {path.name: path.read_bytes() for path in tmp_path.iterdir()}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_readme_of_an_agency_says_its_seed_and_a_command_that_makes_it(name):
    text = (AGENCIES / name / "README.md").read_text(encoding="utf-8")
    spec = SHIPPED[name]
    assert f"seed {spec.seed}" in text
    if (command := re.search(r"careround generate (.*)", text)) is None:
        assert f"generate(SHIPPED['{name}'])" in text
        return
    words = shlex.split(command[1])
    given = {words[i]: list(takes(words[i + 1 :])) for i in range(len(words)) if words[i].startswith("--")}
    assert given["--clients"] == [str(spec.clients)]
    assert given["--carers"] == [str(spec.carers)]
    assert tuple(given["--districts"]) == spec.districts
    assert given["--seed"] == [str(spec.seed)]
    # what the command does not say must be the standard
    assert spec == Spec(spec.clients, spec.carers, spec.districts, spec.seed)


def takes(words: list[str]) -> Iterator[str]:
    """The words up to the next option."""
    for word in words:
        if word.startswith("--"):
            return
        yield word


def test_written_files_have_plain_line_ends_and_used_columns_only(tmp_path):
    write_csv(
        {
            "clients": [{"client": "C1", "name": "A", "wishes": ""}, {"client": "C2", "name": "B"}],
            "links": [],
        },
        tmp_path,
    )
    assert (tmp_path / "clients.csv").read_bytes() == b"client,name\nC1,A\nC2,B\n"
    assert not (tmp_path / "links.csv").exists()


def test_writing_takes_away_the_file_of_a_table_that_has_no_rows_any_more(tmp_path):
    write_csv({"links": [{"first": "a", "second": "b"}]}, tmp_path)
    write_csv({"links": []}, tmp_path)
    assert list(tmp_path.iterdir()) == []


# -- every size loads -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spec",
    [
        Spec(clients=5),
        Spec(clients=6, carers=2, seed=3),
        Spec(clients=7, carers=7, light=True, history_weeks=0),
        Spec(clients=13, seed=4, start=date(2026, 12, 24)),
        Spec(clients=40, districts=("LD1", "LD2", "LD3"), setting="rural"),
        Spec(clients=30, districts=("HR3", "HR5"), setting="rural", nation="england", seed=2),
        Spec(clients=60, districts=("B13", "B14"), nation="england", policy="floor"),
        Spec(clients=45, districts=("G11", "G12"), nation="scotland"),
        Spec(clients=45, nation="northern ireland"),
        Spec(clients=120, seed=9, history_weeks=1),
        Spec(clients=500, carers=180, districts=("NP10", "NP18", "NP19", "NP20", "NP44"), history_weeks=0),
    ],
    ids=lambda spec: f"{spec.clients} {spec.setting} {spec.nation}",
)
def test_an_agency_of_any_size_loads_without_a_fault(spec, tmp_path):
    write_csv(generate(spec), tmp_path)
    found = load_with_warnings(tmp_path, spec.start)
    assert unmeant(tmp_path, spec) == [] or spec.carers == 2, (
        "two carers cannot do everything; that is not a fault"
    )
    assert len(found.problem.clients) == spec.clients
    assert len(found.problem.carers) == (spec.carers or len(found.problem.carers))


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_agencies_load_without_a_warning(name):
    assert unmeant(AGENCIES / name, SHIPPED[name]) == []


def test_every_cell_is_in_a_column_of_the_register():
    columns = {table.name: set(table.names) for table in TABLES}
    for name, rows in made("demo").items():
        for row in rows:
            assert set(row) <= columns[name], name


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"clients": 4}, "4 clients; use 5 to 2,000"),
        ({"carers": 1}, "1 carers"),
        ({"districts": ()}, "no postcode district"),
        ({"districts": ("NP99",)}, "no postcode is known in district 'NP99'"),
        ({"setting": "coast"}, "'coast'"),
        ({"nation": "cornwall"}, "'cornwall'"),
        ({"policy": "kind"}, "'kind'"),
        ({"history_weeks": -1}, "-1 weeks of history"),
    ],
)
def test_a_wrong_wish_is_named(wrong, said):
    with pytest.raises(CareroundError, match=re.escape(said)):
        generate(Spec(**wrong))


# -- like real ones ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name, visits", [("demo", 1000), ("branch", 2500)])
def test_the_shipped_weeks_have_the_promised_number_of_visits(name, visits):
    assert len(loaded(name).visits) == pytest.approx(visits, rel=0.03)


@pytest.mark.parametrize("name", PLANNABLE)
def test_parts_of_the_day_are_shared_35_22_20_23(name):
    found = shares((row["part"], count) for row, count in a_week(name))
    for part, share in {"morning": 0.35, "lunch": 0.22, "tea": 0.20, "bed": 0.23}.items():
        assert found[part] == pytest.approx(share, abs=0.03), part


@pytest.mark.parametrize("name", PLANNABLE)
def test_lengths_are_those_of_english_and_welsh_councils(name):
    """Up to 15 minutes 5 to 10 %, half an hour two thirds, three quarters about 15 %, an hour and more less."""
    found = shares((int(row["minutes"]), count) for row, count in a_week(name))
    assert 0.05 <= found[15] <= 0.10
    assert 0.62 <= found[30] <= 0.70
    assert 0.14 <= found[45] <= 0.18
    assert 0.03 <= sum(share for minutes, share in found.items() if int(str(minutes)) >= 60) <= 0.14


def test_lengths_in_northern_ireland_are_those_of_its_survey():
    rows = generate(Spec(clients=100, nation="northern ireland", history_weeks=0))["visits"]
    found = shares((int(row["minutes"]), float(len(days_of(row)))) for row in rows)
    short = sum(share for minutes, share in found.items() if int(str(minutes)) <= 15)
    assert short == pytest.approx(0.32, abs=0.05)


@pytest.mark.parametrize("name", PLANNABLE)
def test_double_handed_and_time_critical_shares(name):
    doubles = {row["client"] for row, _ in a_week(name) if row["carers"] == "2"}
    assert 0.12 <= len(doubles) / SHIPPED[name].clients <= 0.18
    critical = shares((row["time_critical"], count) for row, count in a_week(name))["yes"]
    assert 0.10 <= critical <= 0.15
    assert any(row["together_minutes"] for row, _ in a_week(name))


@pytest.mark.parametrize("name", PLANNABLE)
def test_people_are_as_mixed_as_real_ones(name):
    tables = made(name)
    modes = shares((row["mode"], 1.0) for row in tables["carers"])
    assert 0.74 <= modes["car"] <= 0.82
    assert {"foot", "bicycle"} <= set(modes)
    assert {row["funding"] for row in tables["clients"]} == {"council", "isf", "self"}
    assert {row["family_or_advocate"] for row in tables["clients"]} == {"yes", "no", ""}
    assert {row["relation"] for row in tables["relations"]} == {"prefer", "only", "never"}
    assert all(row["reason"] for row in tables["relations"])
    shared = set.intersection(
        *({i for row in tables[who] for i in row["interests"].split("; ")} for who in ("clients", "carers"))
    )
    assert len(shared) > 15
    assert 0 < sum(bool(row["max_carers"]) for row in tables["clients"]) <= len(tables["clients"]) // 8
    assert 0 < sum(row["opt_out_48h"] == "yes" for row in tables["carers"]) <= len(tables["carers"]) // 10


def test_a_young_carer_is_rare_and_works_within_the_young_workers_rules():
    young = [row for row in made("branch")["carers"] if row["young"] == "yes"]
    assert len(young) == 1
    assert float(young[0]["max_hours"]) <= 40


@pytest.mark.parametrize("name", SHIPPED)
def test_a_few_visits_are_too_short_for_their_tasks_and_all_others_fit(name):
    rows = made(name)["visits"]
    start = SHIPPED[name].start
    over = [row for row in rows if task_minutes(row["tasks"].split("; "), start) > int(row["minutes"])]
    assert 0 < len(over) <= 0.06 * len(rows)


@pytest.mark.parametrize("name", SHIPPED)
def test_short_visits_belong_to_a_wider_package_and_a_quarter_of_an_hour_is_for_no_personal_care(name):
    problem = loaded(name)
    rows = Counter(visit.client for visit in {v.plan: v for v in problem.visits}.values())
    short = [v for v in problem.visits if v.commissioned < 30]
    assert short
    for visit in short:
        assert rows[visit.client] > 1
        assert visit.carers == 1
        if visit.commissioned == 15 and visit.needed <= 15:
            assert not visit.personal_care


def test_names_are_plainly_invented_and_nobody_shares_one():
    people = [row["name"] for table in ("clients", "carers") for row in made("branch")[table]]
    assert len(set(people)) == len(people)
    for name in people:
        first, surname = name.split(" ")
        assert first in {*_WOMEN, *_MEN}
        assert set(surname.split("-")) <= set(_SURNAMES)


def test_names_do_not_run_out():
    stream = names(Dice(1))
    found = [next(stream)[0] for _ in range(3000)]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("name", SHIPPED)
def test_all_postcodes_are_real_and_in_the_districts(name):
    asked = {row["postcode"] for table in ("clients", "carers") for row in made(name)[table]}
    assert set(locate(asked)) == asked
    assert {postcode.split()[0] for postcode in asked} <= set(SHIPPED[name].districts)


# -- weeks that can be planned ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_every_pattern_has_a_day_off_and_its_rest_unless_the_carer_leaves_the_choice(pattern):
    assert () in pattern.days
    if pattern.free:
        return
    worked = [
        (d * DAY + spells[0][0], d * DAY + spells[-1][1])
        for d, spells in enumerate(pattern.days * 2)
        if spells
    ]
    for (_, end), (start, _) in pairwise(worked):
        assert start - end >= 11 * HOUR + 15, "11 hours and the journeys home and out again"


@pytest.mark.parametrize("name", PLANNABLE)
def test_visits_and_travel_fill_two_thirds_to_three_quarters_of_the_shifts_and_never_more_than_85_percent(
    name,
):
    """20 % of travel, both carers counted, absences taken off; every part of every day has people to spare."""
    problem = loaded(name)
    work, offered = Counter[tuple[int, str]](), Counter[tuple[int, str]]()
    for visit in problem.visits:
        part = next(p for p, (a, b) in PARTS.items() if a <= visit.preferred % DAY < b)
        minutes = visit.commissioned + ((visit.together or visit.commissioned) if visit.carers == 2 else 0)
        work[visit.day, part] += round(minutes * 1.2)
    for shift in problem.shifts:
        for part, (a, b) in PARTS.items():
            offered[shift.day, part] += max(0, min(shift.end % DAY, b) - max(shift.start % DAY, a))
    assert len(work) == 7 * len(PARTS)
    for key, minutes in work.items():
        assert minutes <= 0.85 * offered[key], (name, key)
    assert 0.66 <= sum(work.values()) / sum(offered.values()) <= 0.75


@pytest.mark.parametrize("name", PLANNABLE)
def test_every_visit_has_carers_to_choose_from(name):
    """Skills, gender, relations and a shift without absence: at least one more than the visit takes."""
    problem = loaded(name)
    for visit in problem.visits:
        able = [carer for carer in problem.carers if can(problem, carer, visit)]
        assert len(able) > visit.carers, visit.id


def can(problem: Problem, carer: Carer, visit: Visit) -> bool:
    client = problem.client(visit.client)
    only = {tie.carer for tie in problem.ties if tie.client == client.id and tie.relation is Relation.ONLY}
    if not visit.skills <= carer.skills or (only and carer.id not in only):
        return False
    if visit.personal_care and client.care_gender and client.care_gender != carer.gender:
        return False
    if problem.relation(client.id, carer.id) is Relation.NEVER:
        return False
    return any(
        max(shift.start, visit.earliest) <= min(shift.end - visit.commissioned, visit.latest)
        for shift in problem.shifts_of(carer.id)
    )


@pytest.mark.parametrize("name", PLANNABLE)
def test_the_weekly_hours_of_the_law_are_far_from_used_up(name):
    """Contact, 20 % of travel and two hours a week of journeys home: under 42 of 48 hours a carer."""
    minutes = sum(
        v.commissioned + ((v.together or v.commissioned) if v.carers == 2 else 0) for v in loaded(name).visits
    )
    assert minutes * 1.2 / HOUR / len(loaded(name).carers) + 2 <= 42


@pytest.mark.parametrize("name", SHIPPED)
def test_links_hold_at_the_preferred_times(name):
    problem = loaded(name)
    assert problem.links
    for link in problem.links:
        first, second = problem.visit(link.first), problem.visit(link.second)
        gap = second.preferred - first.preferred - link.offset
        assert link.at_least is None or gap >= link.at_least
        assert link.at_most is None or gap <= link.at_most


@pytest.mark.parametrize("name", SHIPPED)
def test_all_visits_lie_within_the_day_of_care(name):
    for visit in loaded(name).visits:
        assert visit.earliest % DAY >= FIRST_START
        assert visit.latest % DAY + visit.commissioned <= LAST_END


def test_who_walks_lives_among_the_clients():
    problem = loaded("demo")
    for carer in problem.carers:
        if carer.mode == "foot":
            home = problem.home_of(carer.id)
            near = sum(problem.travel["foot"].minutes[home, c] <= 25 for c in range(len(problem.clients)))
            assert near >= 5


# -- a past that fits -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_nobody_was_in_two_places_at_once(name):
    days: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for row in made(name)["history"]:
        hour, minute = row["start"].split(":")
        start = int(hour) * HOUR + int(minute)
        days[row["carer"], row["date"]].append((start, start + int(row["minutes"])))
    assert days
    for spells in days.values():
        for (_, end), (start, _) in pairwise(sorted(spells)):
            assert end <= start


@pytest.mark.parametrize("name", SHIPPED)
def test_the_past_lies_in_the_four_weeks_before_and_covers_nearly_all_visits(name):
    rows, spec = made(name)["history"], SHIPPED[name]
    days = {date.fromisoformat(row["date"]) for row in rows}
    assert days == {spec.start - timedelta(days=back) for back in range(1, 29)}
    legs = sum(count * int(row["carers"] or 1) for row, count in a_week(name))
    assert 0.88 * 4 * legs <= len(rows) <= 4 * legs


@pytest.mark.parametrize("name", SHIPPED)
def test_the_past_contradicts_no_relation_and_no_wish(name):
    problem = loaded(name)
    for past in problem.history:
        assert problem.relation(past.client, past.carer) is not Relation.NEVER
    by_client: defaultdict[str, set[str]] = defaultdict(set)
    for past in problem.history:
        by_client[past.client].add(past.carer)
    for client in problem.clients:
        only = {t.carer for t in problem.ties if t.client == client.id and t.relation is Relation.ONLY}
        assert not only or by_client[client.id] <= only
        recent = problem.recent_carers[client.id]
        assert client.max_carers is None or len(recent) <= client.max_carers
        preferred = {t.carer for t in problem.ties if t.client == client.id and t.relation is Relation.PREFER}
        assert preferred <= by_client[client.id]


@pytest.mark.parametrize("name", SHIPPED)
def test_most_visits_of_the_past_were_made_by_a_core_team(name):
    """Five known faces do at least three quarters of the visits (eight where two come); few clients see strangers."""
    doubles = {row["client"] for row, _ in a_week(name) if row["carers"] == "2"}
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in made(name)["history"]:
        seen[row["client"]][row["carer"]] += 1
    core = {
        client: sum(n for _, n in carers.most_common(8 if client in doubles else 5)) / sum(carers.values())
        for client, carers in seen.items()
    }
    assert sum(core.values()) / len(core) >= 0.85
    assert min(core.values()) >= 0.5


def test_a_client_who_is_new_has_no_past():
    new = [
        row["client"]
        for row in made("demo")["clients"]
        if row["plan_from"] == SHIPPED["demo"].start.isoformat()
    ]
    assert new
    assert not {row["client"] for row in made("demo")["history"]} & set(new)


# -- chance -----------------------------------------------------------------------------------------------------------


def test_the_dice_fall_as_they_did_when_the_agencies_were_made():
    """A change here changes every agency that anybody made: so it is a decision, not an accident."""
    dice = Dice(1, "story")
    assert [dice.whole(1, 6) for _ in range(8)] == [2, 6, 3, 3, 6, 4, 1, 2]
    assert dice.shuffled("abcd") == ["a", "c", "d", "b"]


def test_a_quota_keeps_its_shares_as_well_as_whole_numbers_can():
    found = Counter(Dice(1).quota(10, {"a": 0.5, "b": 0.26, "c": 0.24}))
    assert found == {"a": 5, "b": 3, "c": 2}
