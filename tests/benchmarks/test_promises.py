"""A variant changes how an agency is planned, never how a rota is judged. Worked by hand on the builders' grid."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from benchmarks import promises
from benchmarks.judge import judged
from benchmarks.promises_table import Shown, money, promise_table, share, side_effects_table
from benchmarks.variants import CONTINUITY, INTERESTS, KEPT, LENGTHS, PAID_TRAVEL, VARIANTS
from scheduler.domain import PayBasis, PayTerms
from scheduler.rules import RULES
from scheduler.settings import Policy
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, some_settings

MILES = PayTerms(mileage=45)
"""Contact, travel and waiting at the agency's rate (1,200p an hour, x 1.3: 26p a minute), and 45p a mile."""


def an_agency():
    """A plain floor of 30 minutes; Mary at (0, 0) and Owen ten minutes away, a quarter of an hour commissioned for
    each; Aled speaks of rugby with Mary and has never met either."""
    return a_problem(
        [a_visit("mary", "08:00", minutes=15), a_visit("owen", "09:00", client="owen", minutes=15)],
        [a_carer("aled", interests=frozenset({"rugby"}), languages=frozenset({"English"}), pay=MILES)],
        [
            a_client("mary", interests=frozenset({"rugby"})),
            a_client("owen", x=10, languages=frozenset({"English"})),
        ],
        settings=some_settings(policy=Policy.FLOOR, prices={"continuity.new_face": 700}),
    )


SHORT = a_rota(a_leg("mary", minutes=15), a_leg("owen", start="09:00", minutes=20))


def test_a_rota_is_judged_by_the_agency_however_it_was_planned(monkeypatch):
    """Whatever problem the solver gets, the same rota has the same numbers."""
    given = []

    def any_variant_plans_the_same(problem, seed, **budget):
        given.append((problem, seed, budget))
        return SimpleNamespace(rota=SHORT)

    monkeypatch.setattr(promises, "solve", any_variant_plans_the_same)
    agency = an_agency()
    runs = promises.compare(agency, [5, 6], {"iterations": 10})
    assert [seed for _, seed, _ in given] == [5] * 5 + [6] * 5
    assert all(budget == {"iterations": 10} for _, _, budget in given)
    assert given[0][0] is agency
    assert len({id(problem) for problem, _, _ in given}) == len(VARIANTS), (
        "each variant is a problem of its own"
    )
    expected = judged(SHORT, agency)
    assert all(rows == [{"seed": 5, **expected}, {"seed": 6, **expected}] for rows in runs.values())


def test_the_numbers_of_a_rota_by_hand():
    """15 + 20 min with clients, 10 of travel, 35 of waiting: 80 paid minutes at 26p, and 10 km at 45p a mile."""
    numbers = judged(SHORT, an_agency())
    assert (numbers["too_short"], numbers["minutes_missing"], numbers["hard_findings"]) == (2, 15 + 10, 2)
    assert (numbers["travel_minutes"], numbers["waiting_minutes"]) == (10, 35)
    assert numbers["cost_pence"] == 80 * 26 + 280
    assert numbers["new_faces"] == 2
    assert (numbers["shared_interest_visits"], numbers["interest_matches"]) == (1, 2)
    assert numbers["interests_credit_pence"] == 100 + 120
    assert numbers["cost.continuity"] == 2 * 700
    assert numbers["price_pence"] == numbers["objective_pence"]


def test_without_lengths_the_commissioned_minutes_are_enough():
    agency = an_agency()
    off = LENGTHS.off(agency.replace(settings=replace(agency.settings, tasks_enforced=True)))
    assert judged(SHORT, off)["too_short"] == 0
    assert off.settings.policy is Policy.NONE
    assert not off.settings.tasks_enforced


@pytest.mark.parametrize("variant", [CONTINUITY, INTERESTS], ids=lambda variant: variant.name)
def test_without_its_prices_a_promise_is_worth_nothing(variant):
    agency = an_agency()
    before, after = judged(SHORT, agency), judged(SHORT, variant.off(agency))
    key = f"cost.{variant.name}"
    assert before[key] != 0
    assert after[key] == 0
    others = [
        f"cost.{rule.name}" for rule in RULES if f"cost.{rule.name}" in before and rule.name != variant.name
    ]
    assert {name: before[name] for name in others} == {name: after[name] for name in others}


def test_without_paid_travel_only_minutes_with_clients_cost_money():
    agency = an_agency()
    off = PAID_TRAVEL.off(agency)
    assert judged(SHORT, off)["cost_pence"] == 35 * 26
    assert [carer.pay for carer in off.carers] == [replace(MILES, basis=PayBasis.CONTACT, mileage=0)]


def test_a_variant_leaves_the_agency_as_it_was():
    agency = an_agency()
    before = judged(SHORT, agency)
    for variant in VARIANTS:
        variant.off(agency)
    assert judged(SHORT, agency) == before
    assert KEPT.off(agency) is agency


def test_the_mean_is_over_seeds():
    assert promises.mean([{"seed": 1, "a": 1}, {"seed": 2, "a": 2}]) == {"a": 1.5}


def test_the_table_sets_each_promise_against_its_own_variant():
    agency = an_agency()
    means = {variant.name: dict(judged(SHORT, agency)) for variant in VARIANTS}
    means["paid travel"]["travel_minutes"] = 25
    rows = {tuple(line.split(" | ")[:2]): line for line in promise_table(means).splitlines()}
    assert rows["| Paid travel", "travel between visits"].endswith("| 0.2 h | 0.4 h | +0.2 h (+150 %) |")
    assert rows["| Minimum visit lengths", "visits shorter than the agency promises"].endswith(
        "| 2 | 2 | 0 (+0 %) |"
    )
    beside = {line.split(" | ")[0]: line for line in side_effects_table(means).splitlines()}
    assert beside["| travel"] == "| travel | 0.2 h | 0.2 h | 0.2 h | 0.2 h | 0.4 h |"


@pytest.mark.parametrize(
    "shown,before,after,told",
    [
        (Shown("", ""), 0, 12, "+12"),
        (Shown("", ""), 8, 9.5, "+1.5 (+19 %)"),
        (Shown("", ""), 2000, 1000, "-1,000 (-50 %)"),
        (Shown("", "", money), 12000, 9000, "-£30 (-25 %)"),
        (Shown("", "", share), 0.65, 0.5, "-15.0 points"),
    ],
)
def test_a_change_in_words(shown, before, after, told):
    assert shown.change(before, after) == told
