"""Mary's short visits: twenty minutes with somebody she knows, thirty with a stranger."""

from __future__ import annotations

import pytest

from scheduler.domain import Purpose
from scheduler.rules.visit_length import VisitLength, required_minutes
from scheduler.settings import Policy
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_past_visit,
    a_problem,
    a_rota,
    a_visit,
    found,
    some_settings,
    told,
)

ALED, BETHAN, CARYS = a_carer("aled"), a_carer("bethan"), a_carer("carys")
ALED_WAS_HERE = (a_past_visit("mary", "aled"),)


def problem(visit, client=None, history=ALED_WAS_HERE, **settings):
    visits = [visit] if not isinstance(visit, list) else visit
    return a_problem(
        visits,
        [ALED, BETHAN, CARYS],
        [client or a_client()],
        history=history,
        settings=some_settings(**settings),
    )


def required(policy, known, visit, client=None, **settings):
    return required_minutes(visit, ALED, problem(visit, client, policy=policy, **settings), known)


def short(**changes):
    """A visit of twenty commissioned minutes."""
    return a_visit("pills", minutes=20, **changes)


# -- before any policy ---------------------------------------------------------------------------------------


def test_commissioned_minutes_are_kept_to_the_minute():
    p = problem(a_visit(minutes=45))
    assert found(VisitLength(), a_rota(a_leg(minutes=45)), p) == []
    [finding] = found(VisitLength(), a_rota(a_leg(minutes=44)), p)
    assert (
        finding.sentence
        == "The visit to Mary is planned for 44 min and needs 45 min. That long is commissioned."
    )
    assert (finding.amount, finding.visit, finding.carer, finding.cure) == (
        1,
        "breakfast",
        "aled",
        "plan 45 min",
    )


def test_an_unallocated_visit_is_not_this_rules_matter():
    assert found(VisitLength(), a_rota(), problem(a_visit())) == []


def test_tasks_count_only_where_the_agency_enforces_them():
    visit = a_visit(minutes=30, needed=40)
    assert required(Policy.NONE, True, visit) == 30
    assert required(Policy.NONE, True, visit, tasks_enforced=True) == 40
    [finding] = found(VisitLength(), a_rota(a_leg(minutes=39)), problem(visit, tasks_enforced=True))
    assert (
        finding.sentence
        == "The visit to Mary is planned for 39 min and needs 40 min. Its tasks need that long."
    )
    assert finding.amount == 1


def test_tasks_never_make_a_visit_shorter_than_commissioned():
    assert required(Policy.NONE, True, a_visit(minutes=30, needed=10), tasks_enforced=True) == 30


# -- a plain floor -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("commissioned, minutes", [(15, 25), (25, 25), (26, 26)])
def test_a_plain_floor_lifts_every_visit_under_it(commissioned, minutes):
    assert required(Policy.FLOOR, True, a_visit(minutes=commissioned), floor_minutes=25) == minutes


def test_the_floor_is_named():
    [finding] = found(
        VisitLength(), a_rota(a_leg("pills", minutes=20)), problem(short(), policy=Policy.FLOOR)
    )
    assert finding.sentence == (
        "The visit to Mary is planned for 20 min and needs 30 min. "
        "This agency promises that no visit is under 30 minutes."
    )


def test_without_a_policy_nothing_is_lifted():
    assert required(Policy.NONE, False, short()) == 20


# -- NICE NG21: known AND wider package AND (time-limited tasks or a check) ----------------------------------

PACKAGE = a_client(wider_package=True)


@pytest.mark.parametrize("purpose", [Purpose.TIME_LIMITED, Purpose.CHECK])
def test_nice_allows_a_short_visit_when_all_three_hold(purpose):
    assert required(Policy.NICE, True, short(purpose=purpose), PACKAGE) == 20


@pytest.mark.parametrize("purpose", [Purpose.CARE, Purpose.RESPITE, Purpose.SOCIAL])
def test_nice_the_purpose_alone_can_refuse_it(purpose):
    assert required(Policy.NICE, True, short(purpose=purpose), PACKAGE) == 30


@pytest.mark.parametrize("wider_package", [False, None])
def test_nice_the_package_alone_can_refuse_it(wider_package):
    client = a_client(wider_package=wider_package)
    assert required(Policy.NICE, True, short(purpose=Purpose.CHECK), client) == 30


def test_nice_a_stranger_alone_can_refuse_it():
    assert required(Policy.NICE, False, short(purpose=Purpose.CHECK), PACKAGE) == 30


def test_nice_the_three_are_joined_by_and_not_by_or():
    """Trap 1 of domain.md: each of these visits meets two of the three conditions."""
    check, care = short(purpose=Purpose.CHECK), short(purpose=Purpose.CARE)
    assert required(Policy.NICE, False, check, PACKAGE) == 30
    assert required(Policy.NICE, True, check, a_client(wider_package=False)) == 30
    assert required(Policy.NICE, True, care, PACKAGE) == 30


def test_nice_an_agreed_short_visit_and_fitting_tasks_do_not_help():
    assert (
        required(Policy.NICE, False, short(short_agreed=True, needed=10, purpose=Purpose.CHECK), PACKAGE)
        == 30
    )


def test_nice_leaves_visits_at_or_above_the_floor_alone():
    assert required(Policy.NICE, False, a_visit(minutes=30)) == 30
    assert required(Policy.NICE, False, a_visit(minutes=31)) == 31


@pytest.mark.parametrize(
    "purpose, client, carer, reason",
    [
        (
            Purpose.CHECK,
            PACKAGE,
            "bethan",
            "Under NICE NG21 a visit under 30 minutes needs a known carer: Bethan has not visited Mary before.",
        ),
        (
            Purpose.CHECK,
            a_client(wider_package=None),
            "aled",
            "Under NICE NG21 a visit under 30 minutes must be part of a wider package of care: "
            "for Mary this is not recorded.",
        ),
        (
            Purpose.CHECK,
            a_client(wider_package=False),
            "aled",
            "Under NICE NG21 a visit under 30 minutes must be part of a wider package of care: for Mary there is none.",
        ),
        (
            Purpose.CARE,
            PACKAGE,
            "aled",
            "Under NICE NG21 a visit under 30 minutes must be for time-limited tasks or a safe-and-well check: "
            "this one is for care.",
        ),
    ],
)
def test_nice_the_sentence_names_the_condition_that_fails(purpose, client, carer, reason):
    p = problem(short(purpose=purpose), client, policy=Policy.NICE)
    [finding] = found(VisitLength(), a_rota(a_leg("pills", carer, minutes=20)), p)
    assert finding.sentence == f"The visit to Mary is planned for 20 min and needs 30 min. {reason}"
    assert finding.amount == 10


# -- Wales, condition A (council or Individual Service Fund): known AND (check or the tasks fit) -------------


@pytest.mark.parametrize("funding", ["council", "isf"])
@pytest.mark.parametrize(
    "known, changes, minutes",
    [
        (True, {"purpose": Purpose.CHECK}, 20),
        (True, {"needed": 20}, 20),
        (True, {"needed": 21}, 30),
        (True, {"needed": 0}, 30),
        (True, {"purpose": Purpose.TIME_LIMITED}, 30),
        (True, {"short_agreed": True}, 30),
        (False, {"purpose": Purpose.CHECK}, 30),
        (False, {"needed": 20}, 30),
        (False, {"needed": 20, "short_agreed": True}, 30),
    ],
)
def test_wales_condition_a(funding, known, changes, minutes):
    assert required(Policy.WALES, known, short(**changes), a_client(funding=funding)) == minutes


def test_wales_condition_a_does_not_ask_for_a_wider_package():
    assert required(Policy.WALES, True, short(needed=10), a_client(wider_package=False)) == 20


def test_wales_enforced_tasks_first_make_the_visit_as_long_as_its_tasks():
    """25 minutes of tasks in 20: enforced they become 25, and fit in that."""
    assert required(Policy.WALES, True, short(needed=25), tasks_enforced=True) == 25
    assert required(Policy.WALES, False, short(needed=25), tasks_enforced=True) == 30


def test_wales_a_new_care_plan_makes_strangers_of_all():
    """Trap 2 of domain.md: Aled visited ten days ago, and the plan was reviewed two days ago."""
    history = (a_past_visit("mary", "aled", -10 * 1440),)
    legs = a_rota(a_leg("pills", "aled", minutes=20))
    for plan_from, amounts in ((-11, []), (-10, []), (-2, [10])):
        p = problem(short(needed=20), a_client(plan_from=plan_from), history, policy=Policy.WALES)
        assert [finding.amount for finding in found(VisitLength(), legs, p)] == amounts


@pytest.mark.parametrize(
    "carer, needed, reason",
    [
        (
            "bethan",
            20,
            "In Wales a visit under 30 minutes needs a carer who has visited under the present care plan: "
            "Bethan has not visited Mary under it.",
        ),
        (
            "aled",
            21,
            "In Wales a visit under 30 minutes must be a safe-and-well check or long enough for its tasks: "
            "they need 21 min, and 20 min are commissioned.",
        ),
        (
            "aled",
            0,
            "In Wales a visit under 30 minutes must be a safe-and-well check or long enough for its tasks: "
            "no task minutes are recorded.",
        ),
    ],
)
def test_wales_condition_a_the_sentence_names_what_fails(carer, needed, reason):
    p = problem(short(needed=needed), policy=Policy.WALES)
    [finding] = found(VisitLength(), a_rota(a_leg("pills", carer, minutes=20)), p)
    assert finding.sentence == f"The visit to Mary is planned for 20 min and needs 30 min. {reason}"


# -- Wales, condition B (own arrangement): agreed or check or the tasks fit; nobody need be known ------------


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "changes, minutes",
    [
        ({"short_agreed": True}, 20),
        ({"purpose": Purpose.CHECK}, 20),
        ({"needed": 20}, 20),
        ({"needed": 21}, 30),
        ({}, 30),
    ],
)
def test_wales_condition_b(known, changes, minutes):
    assert required(Policy.WALES, known, short(**changes), a_client(funding="self")) == minutes


def test_wales_condition_b_the_sentence_names_all_three_ways():
    p = problem(short(), a_client(funding="self"), policy=Policy.WALES)
    [finding] = found(VisitLength(), a_rota(a_leg("pills", minutes=20)), p)
    assert finding.sentence == (
        "The visit to Mary is planned for 20 min and needs 30 min. In Wales a visit under 30 minutes must be agreed "
        "with Mary, be a safe-and-well check or be long enough for its tasks: no agreement is recorded, and no task "
        "minutes are recorded."
    )


# -- who is known --------------------------------------------------------------------------------------------

CHECKS = [a_visit(f"check{day}", day * 1440 + 480, minutes=20, purpose=Purpose.CHECK) for day in range(3)]


def test_an_earlier_visit_in_the_same_rota_makes_a_carer_known():
    """Bethan is new on Monday (30 minutes) and known on Tuesday (20)."""
    p = problem(CHECKS, PACKAGE, (), policy=Policy.NICE)
    first = a_leg("check0", "bethan", "08:00", 30)
    assert found(VisitLength(), a_rota(first, a_leg("check1", "bethan", "Tue 08:00", 20)), p) == []
    other = a_rota(first, a_leg("check1", "carys", "Tue 08:00", 20))
    assert [finding.carer for finding in found(VisitLength(), other, p)] == ["carys"]


def test_a_later_visit_does_not():
    p = problem(CHECKS, PACKAGE, (), policy=Policy.NICE)
    rota = a_rota(a_leg("check0", "bethan", "08:00", 20), a_leg("check1", "bethan", "Tue 08:00", 30))
    assert [finding.visit for finding in found(VisitLength(), rota, p)] == ["check0"]


def test_an_earlier_visit_to_somebody_else_does_not():
    visits = [CHECKS[1], a_visit("lunch", "12:00", "nan")]
    p = problem(visits, PACKAGE, (), policy=Policy.NICE)
    rota = a_rota(a_leg("lunch", "bethan", "12:00"), a_leg("check1", "bethan", "Tue 08:00", 20))
    assert [finding.visit for finding in found(VisitLength(), rota, p)] == ["check1"]


def test_an_earlier_visit_under_the_last_care_plan_does_not():
    """The new plan begins on Tuesday: Monday's visit was under the old one."""
    p = problem(CHECKS, a_client(plan_from=1), (), policy=Policy.WALES)
    rota = a_rota(
        a_leg("check0", "bethan", "08:00", 30),
        a_leg("check1", "bethan", "Tue 08:00", 20),
        a_leg("check2", "bethan", "Wed 08:00", 20),
    )
    assert [finding.visit for finding in found(VisitLength(), rota, p)] == ["check1"]


# -- double-ups ----------------------------------------------------------------------------------------------


def test_a_whole_double_up_is_as_long_as_its_longer_needing_carer():
    visit = short(carers=2, purpose=Purpose.CHECK)
    p = problem(visit, PACKAGE, policy=Policy.NICE)
    both = [a_leg("pills", "aled", minutes=20), a_leg("pills", "bethan", minutes=20, second=True)]
    [finding] = found(VisitLength(), a_rota(*both), p)
    assert (finding.amount, finding.carer) == (10, "bethan")
    history = (*ALED_WAS_HERE, a_past_visit("mary", "bethan"))
    assert found(VisitLength(), a_rota(*both), problem(visit, PACKAGE, history, policy=Policy.NICE)) == []


def test_in_a_part_double_up_only_the_leading_carer_counts():
    visit = short(carers=2, together=10, purpose=Purpose.CHECK)
    p = problem(visit, PACKAGE, policy=Policy.NICE)
    known_leads = [a_leg("pills", "aled", minutes=20), a_leg("pills", "bethan", minutes=10, second=True)]
    assert found(VisitLength(), a_rota(*known_leads), p) == []
    stranger_leads = [a_leg("pills", "bethan", minutes=20), a_leg("pills", "aled", minutes=10, second=True)]
    assert [finding.carer for finding in found(VisitLength(), a_rota(*stranger_leads), p)] == ["bethan"]


# -- what the solver is told ---------------------------------------------------------------------------------


def test_the_solver_is_told_every_pair_once_and_counts_history_only():
    """Aled is known: Mary's 20 minutes stay. Nan's 45 are above the floor with anybody."""
    visits = [short(purpose=Purpose.CHECK), a_visit("lunch", "12:00", "nan", 45)]
    p = problem(visits, PACKAGE, policy=Policy.NICE)
    assert told(VisitLength(), p) == [
        ("length", [0], 0, 20),
        ("length", [1], 0, 45),
        ("length", [0], 1, 30),
        ("length", [1], 1, 45),
        ("length", [0], 2, 30),
        ("length", [1], 2, 45),
    ]


def test_known_by_history_is_what_is_used_when_nobody_says():
    p = problem(short(purpose=Purpose.CHECK), PACKAGE, policy=Policy.NICE)
    assert required_minutes(p.visits[0], ALED, p) == 20
    assert required_minutes(p.visits[0], BETHAN, p) == 30


# -- what a shortcut must not open ------------------------------------------------------------------------------------


def test_a_review_of_the_plan_makes_nobody_a_stranger_under_nice():
    """Aled came last week and the plan began yesterday: known to Mary (NICE), but new under the plan (Wales)."""
    reviewed = a_client(wider_package=True, plan_from=-1)
    visit = short(purpose=Purpose.TIME_LIMITED, needed=20)
    history = (a_past_visit("mary", "aled", -7 * 1440),)
    nice = problem(visit, reviewed, history, policy=Policy.NICE)
    wales = problem(visit, reviewed, history, policy=Policy.WALES)
    assert required_minutes(visit, ALED, nice) == 20
    assert required_minutes(visit, ALED, wales) == 30


@pytest.mark.parametrize("policy", [Policy.NICE, Policy.WALES])
def test_a_check_that_lists_personal_care_is_not_only_a_check(policy):
    """The Warrington calls: a drop-down must not turn a wash into a safe-and-well check."""
    mary = a_client(wider_package=True)
    check = short(purpose=Purpose.CHECK, tasks=("safe_and_well_check",), personal_care=False)
    wash = short(purpose=Purpose.CHECK, tasks=("full_wash",), needed=33)
    assert required(policy, True, check, mary) == 20
    assert required(policy, True, wash, mary) == 30


def test_under_nice_time_limited_tasks_must_fit():
    mary = a_client(wider_package=True)
    assert required(Policy.NICE, True, short(purpose=Purpose.TIME_LIMITED, needed=20), mary) == 20
    assert required(Policy.NICE, True, short(purpose=Purpose.TIME_LIMITED, needed=21), mary) == 30
