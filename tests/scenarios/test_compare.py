"""Runs beside each other: what is added up, what is clear, what is not."""

from __future__ import annotations

import pytest

from scenarios.report.words import difference, shown, step, verdict
from scenarios.results.compare import is_clear, results, tidy
from scenarios.results.counts import combined, count
from scenarios.results.formula import Formula, formula, misleads, predicted
from scenarios.results.measures import BY_NAME, MEASURES, Unit, measures
from scenarios.results.returns import returns
from scenarios.run.jobs import Reading
from tests.builders import a_leg, a_problem, a_rota, a_visit


@pytest.fixture(scope="module")
def counts():
    """One visit of half an hour, made."""
    return count(a_rota(a_leg()), a_problem([a_visit()]))


@pytest.mark.parametrize(
    "differences, clear",
    [
        ((), False),
        ((5.0,), False),  # one seed makes nothing clear
        ((5.0, 5.0, 5.0), True),
        ((5.0, 7.0), True),
        ((1.0, 4.0), False),  # mean 2.5, range 3
        ((-5.0, -7.0), True),
        ((5.0, -1.0), False),
        ((5.0, 0.0), False),
        ((0.0, 0.0), False),
    ],
)
def test_a_difference_is_clear_when_seeds_agree_and_it_is_larger_than_their_range(differences, clear):
    assert is_clear(differences) is clear


def test_what_no_search_can_change_is_clear_with_one_seed():
    assert is_clear((5.0,), fixed=True)
    assert not is_clear((0.0,), fixed=True)


def test_agencies_are_added_up_but_for_the_worst():
    one, other = (
        {"visits": 2.0, "most_x": 3.0, "least_y": 1.0},
        {"visits": 5.0, "most_x": 2.0, "least_y": 0.5},
    )
    assert combined([one, other]) == {"visits": 7.0, "most_x": 3.0, "least_y": 0.5}


def an_outcome(counts, scenario="base", seed=1, agency="a", **changes):
    return {
        "key": f"{agency}{scenario}{seed}", "agency": agency, "scenario": scenario, "reading": "today", "seed": seed,
        "counts": {**counts, **changes}, "need": {}, "groups": [],
    }  # fmt: skip


def test_each_seed_is_set_beside_the_same_seed_of_the_base(counts):
    """Base 100 and 200 by seed, scenario 110 and 211: the pairs differ by 10 and 11, which is clear; the means of 150
    and 160.5 over seeds a hundred apart would not be."""
    found = results(
        [
            an_outcome(counts, seed=1, cost_pence=10_000.0),
            an_outcome(counts, seed=2, cost_pence=20_000.0),
            an_outcome(counts, "x", seed=1, cost_pence=11_000.0),
            an_outcome(counts, "x", seed=2, cost_pence=21_100.0),
        ]
    )
    value = found.value("cost", "x", Reading.TODAY)
    assert value.differences == (10.0, 11.0)
    assert (value.mean, value.low, value.high) == (160.5, 110.0, 211.0)
    assert value.clear
    assert difference(value, BY_NAME["cost"]) == "+\u00a310.50"
    assert verdict(value, BY_NAME["cost"]) == ""  # care that nobody gives costs nothing
    assert len(tidy(found)) == 4 * len(MEASURES)


def test_shares_of_a_region_are_of_the_region_and_not_means_of_means(counts):
    """9 of 10 visits, and 1 of 90, are long: 10 of 100."""
    big = an_outcome(counts, agency="b", planned_visits=90.0, long_visits=1.0)
    small = an_outcome(counts, agency="a", planned_visits=10.0, long_visits=9.0)
    assert results([small, big]).value("share_30", "base", Reading.TODAY).mean == pytest.approx(0.1)


def test_quartiles_from_four_agencies_on(counts):
    four = [an_outcome(counts, agency=str(i), visits_30=float(i)) for i in (1, 2, 3, 4)]
    line = {one.name: one for one in returns(results(four), "base", Reading.TODAY)}[
        "Appointments per week, up to 30 minutes"
    ]
    assert (line.count, line.lower, line.median, line.upper) == (4, 1.75, 2.5, 3.25)
    three = {one.name: one for one in returns(results(four[:3]), "base", Reading.TODAY)}
    assert three["Appointments per week, up to 30 minutes"].lower is None


class TestFormula:
    published = Formula(travel=7, miles=2, wage=1271, on_cost=1.33, mileage=45, running=950, margin=0.03)

    @pytest.mark.parametrize("minutes, pounds", [(15, 9.77), (30, 16.57), (45, 23.38), (60, 30.18)])
    def test_it_is_the_one_of_the_domain_notes(self, minutes, pounds):
        assert round(self.published.visit(minutes) / 100, 2) == pounds

    def test_a_week_is_its_visits(self):
        assert self.published.week(3, 90) == pytest.approx(3 * self.published.visit(30))

    def test_travel_per_contact_hour_is_hounslows(self):
        """(60 / 30) x 7 minutes."""
        assert self.published.travel_per_contact_hour(30) == 14

    def test_it_takes_its_averages_from_todays_week(self, counts):
        """One visit of 30 minutes at GBP 12 with on-costs of 30 per cent and GBP 9 running costs an hour, no travel:
        (7.80 + 4.50) / 0.97."""
        assert formula(counts, counts).visit(30) == pytest.approx(1230 / 0.97)
        assert predicted(counts, counts) == pytest.approx(counts["price_pence"])

    def test_it_says_where_it_misleads(self, counts):
        longer = {**counts, "asked_minutes": 60.0, "unallocated_minutes": 60.0, "price_pence": 0.0}
        told = misleads(counts, longer, "with today\u2019s carers")
        assert told.startswith(
            "The formula says \u00a312.68 more a week; planned again with today\u2019s carers, the week"
        )
        assert "1.0 more hours are left without a carer" in told

    def test_where_both_say_the_same_it_does_not_mislead(self, counts):
        assert misleads(counts, counts, "with today\u2019s carers") == (
            "The formula says \u00a30.00 more a week, and so does the week planned again with today\u2019s carers."
        )

    def test_what_explains_nothing_is_not_given_as_the_reason(self, counts):
        """An hour that costs a pound less than the formula says, and nothing of what it leaves out has changed."""
        cheaper = {**counts, "price_pence": counts["price_pence"] - 100}
        told = misleads(counts, cheaper, "with today\u2019s carers")
        assert told.endswith(": what it leaves out is small here; who does the work, at which rate of pay, and the "
                             "miles make the difference.")  # fmt: skip

    def test_what_it_leaves_out_is_not_called_small_where_it_goes_the_other_way(self, counts):
        """Two hours less waiting, and yet a pound more than the formula says."""
        waits = {**counts, "paid_minutes": counts["paid_minutes"] + 120}
        dearer = {**counts, "price_pence": counts["price_pence"] + 100}
        assert misleads(waits, dearer, "with today\u2019s carers").endswith(
            ": the hours that it leaves out would make it less; who does the work, at which rate of pay, and the "
            "miles outweigh them."
        )

    def test_the_reason_it_gives_goes_the_way_of_the_difference(self, counts):
        """Two hours less waiting make the week cheaper than the formula says, half an hour more travel does not."""
        waits = {**counts, "paid_minutes": counts["paid_minutes"] + 120}
        longer = {
            **counts,
            "asked_minutes": 60.0,
            "travel_minutes": 30.0,
            "paid_minutes": counts["paid_minutes"] + 30,
        }
        told = misleads(waits, longer, "with today\u2019s carers")
        assert "paid for 2.0 fewer hours of waiting between visits" in told
        assert "it holds travel at 0.0 minutes a visit, and the planned week finds 30.0" in misleads(
            counts, {**longer, "price_pence": counts["price_pence"] + 10_000}, "with today\u2019s carers"
        )


@pytest.mark.parametrize(
    "value, unit, words",
    [
        (0.875, Unit.SHARE, "87.5\u00a0%"),
        (12.345, Unit.POUNDS, "\u00a312.35"),
        (-1234.5, Unit.POUNDS, "-\u00a31,234"),
        (-0.001, Unit.POUNDS, "\u00a30.00"),
        (3.0, Unit.NUMBER, "3"),
        (2.5, Unit.HOURS, "2.5\u00a0h"),
    ],
)
def test_values_in_words(value, unit, words):
    assert shown(value, unit) == words


def test_differences_have_a_sign():
    assert step(-2.5, Unit.HOURS) == "-2.5\u00a0h"
    assert step(0.119, Unit.SHARE) == "+11.9 points"


def test_measures_are_named_once_and_every_count_that_they_ask_for_is_there(counts):
    assert len(BY_NAME) == len(MEASURES)
    assert set(measures(counts)) == set(BY_NAME)
