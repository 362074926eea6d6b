"""A made-up past that fits: nobody twice at once, core teams, no wish broken."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest

from scenarios.generate import SHIPPED
from scheduler.domain import Relation
from scheduler.units import HOUR
from tests.scenarios.generated import a_week, loaded, made


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
