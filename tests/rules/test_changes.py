"""Changes: Mary was told that Aled brings breakfast at 08:00, Nan that Aled and Bethan hoist her at 12:00."""

from __future__ import annotations

from scheduler.domain import Promise
from scheduler.rules.changes import Changes
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, minute, some_settings, told

STAFF = [a_carer("aled"), a_carer("bethan"), a_carer("carys")]
VISITS = [
    a_visit("breakfast", "08:00"),
    a_visit("hoist", "12:00", "nan", carers=2),
    a_visit("tea", "Tue 16:00"),
]
PUBLISHED = (
    Promise("breakfast", minute("08:00"), ("aled",)),
    Promise("hoist", minute("12:00"), ("aled", "bethan")),
    Promise("cancelled", minute("18:00"), ("carys",)),
)
PROBLEM = a_problem(VISITS, STAFF, published=PUBLISHED, settings=some_settings(told_tolerance=10))
HOIST = a_leg("hoist", "aled", "12:00"), a_leg("hoist", "bethan", "12:00", second=True)


def findings(*legs, problem=PROBLEM):
    return [(finding.pence, finding.sentence) for finding in found(Changes(), a_rota(*legs), problem)]


def test_what_was_told_costs_nothing_and_neither_does_a_visit_of_which_nothing_was_told():
    assert findings(a_leg("breakfast"), *HOIST, a_leg("tea", "carys", "Tue 16:00")) == []
    assert findings(a_leg("breakfast"), *HOIST) == []


def test_nothing_was_published():
    nothing = a_problem(VISITS, STAFF)
    assert findings(problem=nothing) == []
    assert told(Changes(), nothing) == []


def test_a_start_may_move_by_the_tolerance_and_not_by_a_minute_more():
    assert findings(a_leg("breakfast", start="08:10"), *HOIST) == []
    assert findings(a_leg("breakfast", start="07:50"), *HOIST) == []
    for start in ("08:11", "07:49"):
        assert findings(a_leg("breakfast", start=start), *HOIST) == [
            (300, f"Mary was told that Aled comes on Mon 2 Nov at 08:00, and the visit starts at {start}.")
        ]


def test_another_carer():
    assert findings(a_leg("breakfast", "carys"), *HOIST) == [
        (500, "Mary was told that Aled comes on Mon 2 Nov at 08:00, and Carys comes.")
    ]


def test_each_carer_of_a_double_up_is_told_and_who_leads_is_no_change():
    swapped = a_leg("hoist", "bethan", "12:00"), a_leg("hoist", "aled", "12:00", second=True)
    assert findings(a_leg("breakfast"), *swapped) == []
    one = a_leg("hoist", "carys", "12:00"), a_leg("hoist", "aled", "12:00", second=True)
    assert findings(a_leg("breakfast"), *one) == [
        (500, "Nan was told that Aled and Bethan come on Mon 2 Nov at 12:00, and Carys comes.")
    ]


def test_all_together_worked_by_hand():
    """Breakfast withdrawn (10,000); the hoist at 12:30 (300, once for both carers) with Carys for Bethan (500)."""
    legs = a_leg("hoist", "aled", "12:30"), a_leg("hoist", "carys", "12:30", second=True)
    assert [price for price, _ in findings(*legs)] == [10_000, 500, 300]
    assert findings(*legs)[0][1] == (
        "Mary was told that Aled comes on Mon 2 Nov at 08:00, and nobody is planned."
    )


def test_a_carer_who_has_left_was_promised_all_the_same():
    left = PROBLEM.replace(published=(Promise("breakfast", minute("08:00"), ("gone",)),))
    assert findings(a_leg("breakfast", "aled"), problem=left) == [
        (500, "Mary was told that carer gone, who has left, comes on Mon 2 Nov at 08:00, and Aled comes.")
    ]


def test_a_visit_that_takes_more_carers_than_were_told_of():
    more = PROBLEM.replace(published=(Promise("hoist", minute("12:00"), ("bethan",)),))
    assert [price for price, _ in findings(*HOIST, problem=more)] == [500]


def test_the_agency_sets_the_prices():
    prices = {"changes.other_carer": 1, "changes.other_time": 20, "changes.withdrawn": 300}
    cheap = PROBLEM.replace(settings=some_settings(told_tolerance=0, prices=prices))
    late = a_leg("hoist", "aled", "12:01"), a_leg("hoist", "carys", "12:01", second=True)
    assert sum(price for price, _ in findings(*late, problem=cheap)) == 321


def test_what_the_solver_is_told():
    assert told(Changes(), PROBLEM) == [
        ("charge_moved", 0, 480, 10, 300 * 60),
        ("charge_unallocated", 0, 10_000 * 60),
        ("charge_moved", 1, 720, 10, 300 * 60),
        ("charge_unallocated", 1, 10_000 * 60),
        ("charge", [], 0, 500 * 60),
        ("charge", [0], 1, 500 * 60),
        ("charge", [0, 1], 2, 500 * 60),
    ]


def at(now, **changes):
    return PROBLEM.replace(
        now=minute(now), settings=some_settings(told_tolerance=10, short_notice=240, **changes)
    )


def test_told_at_short_notice_it_costs_more_and_a_minute_earlier_it_does_not():
    """Breakfast at 08:00, four hours of notice: at 04:00 it is in time, at 04:01 late (500 + 300 + 200, and the later
    time 300 + 300); the hoist at 12:00 is far off."""
    legs = a_leg("breakfast", "carys", "08:11"), *HOIST
    assert [price for price, _ in findings(*legs, problem=at("04:00"))] == [500, 300]
    assert [price for price, _ in findings(*legs, problem=at("04:01"))] == [1000, 600]
    assert [price for price, _ in findings(*HOIST, problem=at("04:01"))] == [10_300]


def test_the_solver_is_told_the_price_of_short_notice():
    calls = told(Changes(), at("04:01"))
    assert calls[:4] == [
        ("charge_moved", 0, 480, 10, 600 * 60),
        ("charge_unallocated", 0, 10_300 * 60),
        ("charge_moved", 1, 720, 10, 300 * 60),
        ("charge_unallocated", 1, 10_000 * 60),
    ]
    assert calls[4:] == [
        ("charge", [], 0, 500 * 60),
        ("charge", [], 1, 500 * 60),
        ("charge", [1], 2, 500 * 60),
        ("charge", [], 0, 1000 * 60),
        ("charge", [0], 1, 1000 * 60),
        ("charge", [0], 2, 1000 * 60),
    ]


def test_a_rota_says_what_clients_are_told():
    rota = a_rota(a_leg("breakfast", start="08:05"), *HOIST, a_leg("tea", "carys", "Tue 16:00"))
    assert rota.promises() == (
        Promise("breakfast", 485, ("aled",)),
        Promise("hoist", 720, ("aled", "bethan")),
        Promise("tea", 1440 + 960, ("carys",)),
    )
    assert findings(*rota.legs, problem=PROBLEM.replace(published=rota.promises())) == []
