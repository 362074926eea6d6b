"""Runs beside each other: what is added up, what is clear, what is not."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.report.words import difference, label, shown, step, verdict
from scenarios.results.compare import RULE, Value, is_clear, results, tidy
from scenarios.results.counts import combined, count
from scenarios.results.formula import Formula, formula, misleads, predicted
from scenarios.results.measures import BY_NAME, MEASURES, Unit, measures
from scenarios.results.returns import returns
from scenarios.run.jobs import Reading
from tests.builders import a_leg, a_problem, a_rota, a_shift, a_visit


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
        ((5.0, 7.0), False),  # nor do two: chance alone looks like that in 29 of 100
        ((5.0, 6.0, 7.0), True),
        ((1.0, 2.5, 4.0), False),  # mean 2.5, range 3
        ((-5.0, -6.0, -7.0), True),
        ((5.0, 5.0, -1.0), False),
        ((5.0, 5.0, 0.0), False),
        ((0.0, 0.0, 0.0), False),
    ],
)
def test_a_difference_is_clear_when_seeds_agree_and_it_is_larger_than_their_range(differences, clear):
    assert is_clear(differences) is clear


@pytest.mark.parametrize(
    "seeds, words, share", [(3, "one in twelve", 1 / 12), (5, "one in two hundred", 1 / 200)]
)
def test_how_often_chance_looks_clear_is_told_as_it_is(seeds, words, share):
    """Both weeks from the same distribution: there is no difference to be found."""
    draws = np.random.default_rng(1).normal(size=(2, 40_000, seeds))
    called = sum(is_clear(row) for row in (draws[0] - draws[1]).tolist()) / draws.shape[1]
    assert called == pytest.approx(share, rel=0.15)
    assert words in RULE


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
    """Base 100, 200 and 300 by seed, scenario 110, 211 and 312: the pairs differ by 10, 11 and 12, which is clear; the
    means of 200 and 211 over seeds a hundred apart would not be."""
    found = results(
        [
            an_outcome(counts, seed=1, cost_pence=10_000.0),
            an_outcome(counts, seed=2, cost_pence=20_000.0),
            an_outcome(counts, seed=3, cost_pence=30_000.0),
            an_outcome(counts, "x", seed=1, cost_pence=11_000.0),
            an_outcome(counts, "x", seed=2, cost_pence=21_100.0),
            an_outcome(counts, "x", seed=3, cost_pence=31_200.0),
        ]
    )
    value = found.value("cost", "x", Reading.TODAY)
    assert value.differences == (10.0, 11.0, 12.0)
    assert (value.mean, value.low, value.high) == (211.0, 110.0, 312.0)
    assert value.clear
    assert difference(value, BY_NAME["cost"]) == "+\u00a311.00"
    assert verdict(value, BY_NAME["cost"]) == ""  # care that nobody gives costs nothing
    assert len(tidy(found)) == 6 * len(MEASURES)


def test_shares_of_a_region_are_of_the_region_and_not_means_of_means(counts):
    """9 of 10 visits, and 1 of 90, are long: 10 of 100."""
    big = an_outcome(counts, agency="b", planned_visits=90.0, long_visits=1.0)
    small = an_outcome(counts, agency="a", planned_visits=10.0, long_visits=9.0)
    assert results([small, big]).value("share_30", "base", Reading.TODAY).mean == pytest.approx(0.1)


def test_quartiles_from_four_agencies_on(counts):
    four = [an_outcome(counts, agency=str(i), visits_30=float(i)) for i in (1, 2, 3, 4)]
    line = {one.name: one for one in returns(results(four), "base", Reading.TODAY, 7)}[
        "Appointments per week, up to 30 minutes"
    ]
    assert (line.count, line.lower, line.median, line.upper) == (4, 1.75, 2.5, 3.25)
    three = {one.name: one for one in returns(results(four[:3]), "base", Reading.TODAY, 7)}
    assert three["Appointments per week, up to 30 minutes"].lower is None


def test_an_agency_without_such_visits_has_no_cost_of_them(counts):
    """Five agencies, of which two have visits up to 15 minutes, at GBP 8 and GBP 10: neither is nothing a price, nor
    are two enough for quartiles."""
    none = [an_outcome(counts, agency=str(i), visits_15=0.0, price_pence_15=0.0) for i in (1, 2, 3)]
    some = [an_outcome(counts, agency=str(i), visits_15=10.0, price_pence_15=i * 1000.0 * 2) for i in (4, 5)]
    lines = {one.name: one for one in returns(results([*none, *some]), "base", Reading.TODAY, 7)}
    cost = lines["Cost of a visit, up to 15 minutes (\u00a3)"]
    assert (cost.count, cost.lower, cost.median, cost.upper) == (2, None, 9.0, None)
    assert lines["Appointments per week, up to 15 minutes"].count == 5
    nobody = {one.name: one for one in returns(results(none), "base", Reading.TODAY, 7)}
    assert nobody["Cost of a visit, up to 15 minutes (\u00a3)"].median is None


def test_the_same_visit_every_day_has_the_same_yearly_lines_over_one_week_and_two():
    def lines(days):
        problem = a_problem(
            [a_visit(str(day), day * 1440 + 480) for day in range(days)],
            days=days,
            shifts=[a_shift("aled", day * 1440, (day + 1) * 1440) for day in range(days)],
        )
        legs = (a_leg(str(day), start=day * 1440 + 480) for day in range(days))
        told = count(a_rota(*legs, days=days), problem)
        return returns(results([an_outcome(told)]), "base", Reading.TODAY, days)

    for one, other in zip(lines(7), lines(14), strict=True):
        assert (one.name, one.count) == (other.name, other.count)
        assert one.median == (None if other.median is None else pytest.approx(other.median)), one.name
    by_name = {line.name: line.median for line in lines(14)}
    assert by_name["Appointments per week, up to 30 minutes"] == 7
    assert by_name["Total direct care hours per year"] == pytest.approx(365 / 2)


def test_what_cannot_be_measured_is_none_and_not_better_than_anything(counts):
    """Today an hour in visits up to 15 minutes costs GBP 40; where there are none any more, it costs nothing to say."""
    today = {"contact_minutes_15": 60.0, "price_pence_15": 4000.0, "ordered_minutes": 30.0}
    gone = {"contact_minutes_15": 0.0, "price_pence_15": 0.0, "ordered_minutes": 0.0}
    found = results(
        [
            an_outcome(counts, name, seed=seed, **of)
            for name, of in (("base", today), ("x", gone))
            for seed in (1, 2, 3)
        ]
    )
    for name in ("price_per_contact_hour_15", "gap"):
        value = found.value(name, "x", Reading.TODAY)
        assert shown(value.mean, BY_NAME[name].unit) == "none"
        assert difference(value, BY_NAME[name]) == "nothing to compare"
        assert verdict(value, BY_NAME[name]) == ""
    assert ("a", "x", "today", 1, "gap", None, "pounds") in tidy(found)


def test_a_difference_that_rounds_to_nothing_has_no_sign_and_no_verdict():
    tiny, seen = (Value(20.0 + d, 20.0, 20.1, (d, d, d)) for d in (0.04, 0.06))
    off = BY_NAME["minutes_off"]
    assert (difference(tiny, off), verdict(tiny, off)) == ("less than 0.1\u00a0min", "")
    assert (difference(seen, off), verdict(seen, off)) == ("+0.1\u00a0min", "worse")
    assert step(-0.0004, Unit.SHARE) == "less than 0.1 points"
    assert step(0.004, Unit.POUNDS) == "less than \u00a30.01"


def test_less_is_not_better_where_it_is_of_less_work():
    fewer = Value(10.0, 10.0, 10.0, (-5.0, -5.0, -5.0))
    for name in (
        "distinct_carers", "most_distinct_carers", "new_faces", "minutes_off", "travel_hours", "waiting_hours", "miles",
        "co2", "split_days", "bank_hours", "bank_carers", "bank_at_once",
    ):  # fmt: skip
        assert verdict(fewer, BY_NAME[name]) == "better"
        assert verdict(fewer, BY_NAME[name], left_out=True) == ""
    assert verdict(fewer, BY_NAME["wage_shortfalls"], left_out=True) == "better"


def test_of_several_providers_the_most_at_one_moment_is_named_as_a_sum():
    at_once, hours = BY_NAME["bank_at_once"], BY_NAME["bank_hours"]
    assert label(at_once, several=False) == at_once.label
    assert "each provider\u2019s own most added up" in label(at_once, several=True)
    assert label(hours, several=True) == hours.label


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

    def test_it_claims_no_difference_that_the_seeds_do_not_agree_on(self, counts):
        dearer = {**counts, "price_pence": counts["price_pence"] + 1234}
        assert misleads(counts, dearer, "with today\u2019s carers", clear=False) == (
            "The formula says \u00a30.00 more a week; planned again with today\u2019s carers, the week shows no clear "
            "difference."
        )

    def test_two_weeks_are_not_called_a_week(self, counts):
        told = misleads(counts, counts, "with today\u2019s carers", days=14)
        assert told.startswith(
            "The formula says \u00a30.00 more in 14 days, and so does the period planned again"
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
