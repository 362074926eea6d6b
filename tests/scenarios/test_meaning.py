"""What scenarios must mean, on weeks that can be worked out by hand and are really planned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scenarios.changes.lengths import Lengthen
from scenarios.changes.merge import MergeShort
from scenarios.changes.pay import PayTravel
from scenarios.pool import pool
from scheduler.cost import cost
from scheduler.domain import PayBasis
from scheduler.rounds import rounds
from tests.builders import a_carer, a_client, a_problem, a_visit, some_settings
from tests.scenarios.weeks import WEEK, a_busy_week, a_quiet_week, by_grid, no_slack, planned

MINUTE = 26
"""Pence that a paid minute costs: GBP 12 an hour, with on-costs of 30 per cent."""


def test_lengthening_with_slack_costs_exactly_the_added_minutes():
    """Seven visits become 15 minutes longer, and nothing else changes: 7 x 15 x 26p."""
    today = a_quiet_week()
    longer = Lengthen(minutes=30).apply(today)
    before, after = planned(today), planned(longer)
    assert not before.unallocated
    assert not after.unallocated
    assert cost(after.rota, longer).money - cost(before.rota, today).money == 7 * 15 * MINUTE


def test_lengthening_without_slack_leaves_the_visit_that_no_longer_fits():
    """08:00 + 30 minutes + 5 on the road is 08:35, and John is to be visited at 08:20."""
    today = no_slack()
    assert planned(today).unallocated == 0
    assert planned(Lengthen(minutes=30).apply(today)).unallocated == 1


def test_paying_travel_changes_pay_but_at_equal_weights_not_the_rota():
    """Work that is not paid is priced as a paid minute costs, and what the minimum wage lacks has no price beside: then
    the search sees the same week, and only pay moves, by every minute of travel and counted waiting."""
    week = a_busy_week()
    weights = {"unpaid_time.minute": MINUTE, "minimum_wage.penny": 0}
    priced = week.replace(settings=replace(week.settings, prices=weights))
    unpaid, paid = (PayTravel(basis=basis).apply(priced) for basis in ("contact", "contact and travel"))
    before, after = planned(unpaid), planned(paid)
    assert before.rota.legs == after.rota.legs
    work = rounds(after.rota, paid)
    minutes = sum(r.travel + r.counted_waiting(paid.settings.waiting_cap) for r in work)
    assert minutes > 0
    assert cost(after.rota, paid).money - cost(before.rota, unpaid).money == minutes * MINUTE
    assert {carer.pay.basis for carer in paid.carers} == {PayBasis.CONTACT_TRAVEL}


def test_merging_two_visits_removes_one_trip():
    """Mary, ten minutes away, has a quarter of an hour before John's visit and one after it: there, and back again.
    Made one, there is one way between the two."""
    today = a_problem(
        [
            a_visit("first", "09:00", minutes=15, slack=0),
            a_visit("between", "09:45", client="john", minutes=30, slack=0),
            a_visit("second", "10:30", minutes=15, slack=0),
        ],
        clients=[a_client("mary", 10), a_client("john")],
    )
    merged = MergeShort().apply(today)
    before, after = planned(today), planned(merged)
    assert [len(p.visits) for p in (today, merged)] == [3, 2]
    assert [sum(r.travel for r in rounds(r_.rota, p)) for r_, p in ((before, today), (after, merged))] == [
        20,
        10,
    ]
    assert sum(leg.minutes for leg in after.rota.legs) == sum(leg.minutes for leg in before.rota.legs)


@pytest.mark.parametrize("apart", [0, 20])
def test_pooling_two_providers_never_costs_more_than_the_sum(apart):
    """Each provider's carer lives beside the other's clients. Together they can be planned as apart, or better."""
    one = _provider("mary", 0, carer=20)
    other = _provider("john", 20 + apart, carer=0)
    together = pool([one, other], by_grid)
    alone = [planned(one), planned(other)]
    pooled = planned(together, iterations=600)
    assert pooled.report.total <= sum(result.report.total for result in alone)
    assert cost(pooled.rota, together).money <= sum(
        cost(result.rota, problem).money for result, problem in zip(alone, (one, other), strict=True)
    )
    assert len(pooled.rota.legs_by_visit) == 20


def _provider(client: str, at: int, carer: int):
    visits = [
        a_visit(f"{day} {hour}", f"{day} {hour}:00", client=client)
        for day in WEEK[:5]
        for hour in ("08", "18")
    ]
    return a_problem(visits, [a_carer(x=carer)], [a_client(client, at)], settings=some_settings())
