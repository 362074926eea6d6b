"""Many runs side by side: a killed worker loses no result, and a second call plans only what is missing."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from scenarios.changes import CHANGES
from scenarios.changes.lengths import Lengthen
from scenarios.pool import POOLED
from scenarios.run.jobs import Effort, Reading, jobs, plan_one
from scenarios.run.progress import time_left
from scenarios.run.run import Machine, run_all
from scenarios.run.store import Store
from scheduler.errors import CareroundError, DomainError, OutputError
from scheduler.travel import Choice
from tests.scenarios.weeks import a_busy_week, a_quiet_week, a_scenario, by_grid, no_slack, planned

EFFORT = Effort(iterations=100)
LONGER = a_scenario(Lengthen(minutes=30), name="longer")


def some_jobs(seeds: int = 20, problem=None, scenarios=(LONGER,), readings=(Reading.TODAY,)):
    """Base and one scenario: two runs a seed."""
    return jobs({"agency": problem or a_busy_week()}, scenarios, readings, range(1, seeds + 1), EFFORT)


class Killing(Store):
    """A store that kills one worker after so many results, as the kernel does when memory runs out."""

    def __init__(self, out, after: int) -> None:
        super().__init__(out)
        self.after = after
        self.kept: list[str] = []
        self.killed: list[int] = []

    def keep(self, outcome) -> None:
        super().keep(outcome)
        self.kept.append(outcome["key"])
        if len(self.kept) == self.after:
            victim = min(process.pid for process in multiprocessing.active_children() if process.pid)
            os.kill(victim, signal.SIGKILL)
            self.killed.append(victim)


@pytest.mark.parametrize("cluster", [None, "local"], ids=["process pool", "dask"])
def test_a_killed_worker_loses_nothing_and_a_second_call_plans_only_what_is_missing(tmp_path, cluster):
    todo, problems = some_jobs()
    assert len(todo) == 40
    store = Killing(tmp_path / "out", after=5)
    machine = Machine(workers=2, cluster=cluster)
    outcomes = run_all(todo, problems, store, machine)
    assert len(store.killed) == 1
    assert [one["key"] for one in outcomes] == [job.key for job in todo]
    assert len(store.kept) == len(set(store.kept)) == 40  # and none of them was planned twice over

    gone = [todo[3], todo[17]]
    for job in gone:
        (store.runs / f"{job.key}.json").unlink()
    again = Killing(tmp_path / "out", after=0)
    assert run_all(todo, problems, again, machine) == outcomes
    assert sorted(again.kept) == sorted(job.key for job in gone)


def test_the_same_job_gives_the_same_outcome_wherever_it_runs(tmp_path):
    todo, problems = some_jobs(seeds=1, readings=tuple(Reading))
    here = [json.loads(json.dumps(plan_one(problems[job.agency], job))) for job in todo]
    assert run_all(todo, problems, Store(tmp_path / "out"), Machine(workers=1)) == here


def test_no_run_works_out_reasons_that_no_report_tells(monkeypatch):
    """At 30 minutes one of two visits has no place, which CP-SAT proves; why, it is asked by a plan alone."""

    def asked(*_):
        raise AssertionError("for reasons")

    week = no_slack()
    planned(week)  # (imports the engine)
    monkeypatch.setattr(sys.modules["scheduler.solve.leftovers"], "minimal", asked)
    todo, _ = some_jobs(seeds=1, problem=week)
    outcome = plan_one(week, todo[1])
    assert outcome["counts"]["unallocated_visits"] == 1
    with pytest.raises(AssertionError, match="for reasons"):
        planned(LONGER.changes[0].apply(week))


def test_jobs_are_base_and_scenarios_by_reading_seed_and_agency():
    todo, _ = jobs({"a": a_busy_week(), "b": a_quiet_week()}, [LONGER], tuple(Reading), (1, 2, 3), EFFORT)
    assert len(todo) == 2 * 2 * 2 * 3
    assert len({job.key for job in todo}) == 24


def test_what_makes_a_job_another_one_makes_another_file():
    (job, *_), _ = some_jobs(seeds=1)
    (data, *_), _ = some_jobs(seeds=1, problem=a_quiet_week())
    (effort, *_), _ = jobs({"agency": a_busy_week()}, [], [Reading.TODAY], [1], Effort(iterations=101))
    (rate, *_), _ = jobs({"agency": a_busy_week()}, [], [Reading.TODAY], [1], EFFORT, rate=2500)
    shorter, _ = some_jobs(seeds=1, scenarios=(a_scenario(Lengthen(minutes=20), name="longer"),))
    longer, _ = some_jobs(seeds=1)
    assert len({job.key, data.key, effort.key, rate.key}) == 4
    assert shorter[1].key != longer[1].key


def test_a_run_that_is_not_whole_is_planned_again(tmp_path):
    todo, _ = some_jobs(seeds=1)
    store = Store(tmp_path / "out")
    store.keep({"key": todo[0].key})
    (store.runs / f"{todo[1].key}.json").write_text('{"key": "half')
    assert store.missing(todo) == [todo[1]]


def test_a_folder_of_others_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="no scenario run wrote"):
        Store(tmp_path)
    with pytest.raises(OutputError, match="is a file"):
        Store(tmp_path / "mine.txt")


def test_a_scenario_that_does_not_fit_an_agency_is_told_and_the_others_are_kept(tmp_path):
    todo, problems = some_jobs(
        seeds=1, problem=a_quiet_week(), scenarios=(a_scenario(CHANGES["zones"](), name="zoned"),)
    )
    store = Store(tmp_path / "out")
    with pytest.raises(CareroundError, match=r"(?s)zoned.*two areas or more.*1 runs failed"):
        run_all(todo, problems, store, Machine(workers=1))
    assert store.missing(todo) == [todo[1]]


def test_pooling_takes_two_providers():
    with pytest.raises(DomainError, match="two sources or more"):
        some_jobs(scenarios=(replace(a_scenario(name="pooled"), pool=True),))


@pytest.mark.parametrize("effort, of_two", [(EFFORT, Effort(iterations=200)), (Effort(3.5), Effort(7.0))])
def test_pooled_providers_have_the_effort_of_them_all(effort, of_two):
    """A week twice as large, searched with the effort of one provider, would look worse than it is."""
    agencies = {"a": a_quiet_week(), "b": a_quiet_week()}
    pooled = replace(a_scenario(name="pooled"), pool=True)
    grid = cast(Choice, SimpleNamespace(travel=by_grid))
    todo, _ = jobs(agencies, [LONGER, pooled], [Reading.TODAY], [1], effort, travel=grid)
    assert [job.effort for job in todo if job.agency == POOLED] == [of_two]
    assert {job.effort for job in todo if job.agency != POOLED} == {effort}


@pytest.mark.parametrize(
    "left, done, seconds, words",
    [
        (0, 5, 10, ""),
        (5, 0, 10, ""),
        (5, 5, 10, ", about 10 s left"),
        (60, 6, 30, ", about 5 min left"),
        (7200, 1, 1, ", about 2.0 h left"),
    ],
)
def test_time_left_is_told_at_the_pace_so_far(left, done, seconds, words):
    assert time_left(left, done, seconds) == words
