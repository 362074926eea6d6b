"""Pay at short notice: Aled was to bring Mary breakfast at 08:00, 30 minutes at £12 an hour and 30 % on-costs."""

from __future__ import annotations

import pytest

from scheduler.domain import PayTerms, Promise
from scheduler.rules.short_notice_pay import ShortNoticePay
from tests.builders import (
    a_carer,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    found,
    minute,
    some_settings,
    told,
)

STAFF = [a_carer("aled"), a_carer("bethan")]
VISITS = [a_visit("breakfast", "08:00"), a_visit("hoist", "09:00", "nan", carers=2)]
PUBLISHED = (
    Promise("breakfast", minute("08:00"), ("aled",)),
    Promise("hoist", minute("09:00"), ("aled", "bethan")),
)


def problem(now="07:00", percent=100, **rest):
    settings = some_settings(short_notice=120, short_notice_percent=percent)
    return a_problem(VISITS, STAFF, published=PUBLISHED, settings=settings, now=minute(now), **rest)


def findings(*legs, **changes):
    return [finding.pence for finding in found(ShortNoticePay(), a_rota(*legs), problem(**changes))]


def test_taken_away_it_is_paid_whoever_comes_and_kept_it_is_not():
    """Half an hour: £6.00 x 1.3 = £7.80; of a double-up nothing is counted."""
    assert findings() == [780]
    assert findings(a_leg("breakfast", "bethan")) == [780]
    assert findings(a_leg("breakfast", "aled")) == []


@pytest.mark.parametrize("now, paid", [("06:00", []), ("06:01", [780])])
def test_two_hours_before_it_is_in_time_and_a_minute_later_not(now, paid):
    assert findings(now=now) == paid


def test_who_has_an_own_rate_is_paid_by_it():
    """Half an hour at £15, with 30 % on-costs: £9.75; what Bethan earns is nothing to it."""
    staff = [a_carer("aled", pay=PayTerms(hourly=1500)), a_carer("bethan", pay=PayTerms(hourly=1800))]
    own = problem().replace(carers=tuple(staff))
    assert [finding.pence for finding in found(ShortNoticePay(), a_rota(), own)] == [975]
    assert {call[-1] for call in told(ShortNoticePay(), own)} == {975 * 60}


def test_a_part_and_nothing():
    assert findings(percent=50) == [390]
    assert findings(percent=0) == []
    assert list(ShortNoticePay().findings(a_rota(), problem().replace(now=None))) == []


def test_who_is_not_on_shift_then_gets_none():
    away = [a_shift("aled", "08:01", "24:00"), a_shift("bethan")]
    assert findings(shifts=away) == []
    assert findings(shifts=[a_shift("aled", "08:00", "24:00"), a_shift("bethan")]) == [780]


def test_the_sentence_names_both():
    (one,) = found(ShortNoticePay(), a_rota(), problem())
    assert one.sentence == (
        "Aled was to be with Mary at 08:00 and is told at short notice that it is off: 100 % of 30 min are paid."
    )
    assert (one.carer, one.visit, one.amount) == ("aled", "breakfast", 30)


def test_what_the_solver_is_told():
    assert told(ShortNoticePay(), problem()) == [
        ("charge_unallocated", 0, 780 * 60),
        ("charge", [0], 1, 780 * 60),
    ]
    assert told(ShortNoticePay(), problem(percent=0)) == []
