"""Each change, by hand: what it edits, what it leaves alone, what it refuses."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from scenarios.catalogue import catalogue
from scenarios.changes import CHANGES, applied, chosen
from scenarios.changes.areas import Zones
from scenarios.changes.budget import CutBudget, RaiseBudget
from scenarios.changes.demand import FewerClients, Isf, MoreClients, SingleHanded
from scenarios.changes.lengths import DropShort, Lengthen, MinimumLength
from scenarios.changes.merge import MergeShort
from scenarios.changes.pay import GuaranteedHours, LivingWage, Mileage, PayTravel, Wage
from scenarios.changes.promises import FewCarers, Windows
from scenarios.changes.roads import ElectricBikes, RushHour, SlowerRoads
from scenarios.changes.workforce import Absence, CarersHired, CarersLeave
from scheduler.domain import Link, PayTerms, Purpose, Relation, Tie
from scheduler.errors import DomainError
from scheduler.intake.load import load
from scheduler.settings import Policy
from scheduler.travel.base import NO_WAY
from scheduler.travel.minutes import ModeFactors
from tests.builders import a_carer, a_client, a_past_visit, a_problem, a_shift, a_visit, some_settings
from tests.scenarios.weeks import a_busy_week, a_quiet_week

PEOPLE = [a_client(f"c{i}", i) for i in range(10)]


def ten(**changes):
    """Ten people with an hour each, and ten carers."""
    visits = [a_visit(f"v{i}", "09:00", client=f"c{i}", minutes=60) for i in range(10)]
    return a_problem(visits, [a_carer(f"k{i}") for i in range(10)], PEOPLE, days=1, **changes)


def lengths(problem):
    return [visit.commissioned for visit in problem.visits]


class TestRegister:
    def test_every_change_is_named_once_documented_and_in_the_shipped_catalogue(self):
        used = {c.name for f in catalogue().values() for s in f.scenarios for c in s.changes}
        for name, change in CHANGES.items():
            assert change.name == name
            assert change.__doc__
        assert set(CHANGES) - used == {"wage"}  # a rate of pay is every agency's own

    @pytest.mark.parametrize("family", list(catalogue()))
    def test_every_scenario_of_the_catalogue_fits_an_agency_and_says_what_it_does(self, family):
        problem = load("scenarios/agencies/demo", start=date(2026, 11, 23))
        for scenario in catalogue()[family].scenarios:
            changed = applied(problem, scenario.changes)
            assert changed is not problem or scenario.pool
            assert scenario.sentences
            for sentence in scenario.sentences:
                assert sentence.endswith((".", ".)")), sentence
                assert "patient" not in sentence
            assert pickle.loads(pickle.dumps(changed)).start == problem.start

    def test_parameters_out_of_bounds_and_unknown_ones_are_refused(self):
        for bad in ({"minutes": 4}, {"minutes": 121}, {"minutes": 30, "keep": "some"}, {"length": 30}):
            with pytest.raises(ValidationError):
                Lengthen(**bad)


class TestChosen:
    ids = tuple(f"c{i}" for i in range(10))

    def test_more_holds_all_whom_less_held_and_order_does_not_matter(self):
        assert chosen(self.ids, 0.2, "x") < chosen(self.ids, 0.5, "x")
        assert chosen(self.ids, 0.3, "x") == chosen(self.ids[::-1], 0.3, "x")
        assert chosen(self.ids, 0.3, "x") != chosen(self.ids, 0.3, "y")

    def test_a_small_share_is_one_and_never_none(self):
        assert len(chosen(self.ids, 0.01, "x")) == 1
        assert chosen([], 0.5, "x") == frozenset()


class TestLengths:
    def test_only_shorter_visits_grow_and_a_night_link_counts_from_the_new_end(self):
        week = a_problem(
            [a_visit("a", "20:00", minutes=15), a_visit("b", "Tue 08:00", minutes=45)],
            links=[Link("a", "b", at_most=13 * 60, offset=15)],
        )
        longer = Lengthen(minutes=30).apply(week)
        assert lengths(longer) == [30, 45]
        assert longer.links[0].offset == 30

    def test_exceptions_stay_short(self):
        check = a_visit("a", minutes=15, purpose=Purpose.CHECK)
        agreed = a_visit("b", "10:00", minutes=15, short_agreed=True)
        week = a_problem([check, agreed])
        assert lengths(Lengthen(keep="checks").apply(week)) == [15, 30]
        assert lengths(Lengthen(keep="agreed").apply(week)) == [30, 15]

    def test_a_rule_changes_the_settings_only(self):
        week = a_quiet_week()
        ruled = MinimumLength(policy="floor", minutes=25).apply(week)
        assert (ruled.settings.policy, ruled.settings.floor_minutes) == (Policy.FLOOR, 25)
        assert ruled.visits == week.visits

    def test_the_law_of_wales_cannot_be_set_below_itself(self):
        with pytest.raises(DomainError, match="30 minutes"):
            MinimumLength(policy="wales", minutes=20).apply(a_quiet_week())

    def test_dropping_checks_leaves_other_short_visits(self):
        check = a_visit("a", minutes=15, purpose=Purpose.CHECK)
        week = a_problem([check, a_visit("b", "10:00", minutes=15)])
        assert [v.id for v in DropShort(only_checks=True).apply(week).visits] == ["b"]
        assert not DropShort().apply(week).visits


class TestMerge:
    def test_the_tasks_of_both_are_done_and_arriving_is_saved_once(self):
        one = a_visit("a", "09:00", minutes=15, tasks=("drink",), needed=8, skills=frozenset({"x"}))
        two = a_visit("b", "10:00", minutes=20, tasks=("tidy",), needed=10)
        (merged,) = MergeShort().apply(a_problem([one, two])).visits
        assert (merged.commissioned, merged.preferred) == (35, 9 * 60 + 30)
        assert merged.needed == 2 + 3 + 3 + 5  # arrive, records, drink, tidy
        assert merged.skills == {"x"}
        assert (merged.earliest, merged.latest) == (8 * 60 + 30, 10 * 60 + 30)

    @pytest.mark.parametrize(
        "other",
        [
            {"time_critical": True},
            {"carers": 2},
            {"fixed_start": 600},
            {"commissioned": 30},
            {"client": "john"},
        ],
    )
    def test_what_may_not_be_one_stays_two(self, other):
        one = a_visit("a", "09:00", minutes=15)
        two = replace(a_visit("b", "10:00", minutes=15), **other)
        assert len(MergeShort().apply(a_problem([one, two])).visits) == 2

    def test_minutes_asked_between_two_visits_keep_them_apart_and_other_links_follow(self):
        visits = [a_visit("a", "09:00", minutes=15), a_visit("b", "10:00", minutes=15), a_visit("c", "12:00")]
        apart = a_problem(visits, links=[Link("a", "b", at_least=30)])
        assert len(MergeShort().apply(apart).visits) == 3
        later = MergeShort().apply(
            a_problem(visits, links=[Link("b", "c", at_most=200), Link("a", "b", at_most=99)])
        )
        assert [(link.first, link.second) for link in later.links] == [("a", "c")]

    def test_three_short_visits_make_one_pair(self):
        visits = [a_visit(f"v{h}", f"{h}:00", minutes=15) for h in ("09", "10", "11")]
        assert lengths(MergeShort(minutes=30).apply(a_problem(visits))) == [30, 15]


class TestPay:
    def test_nobody_loses_by_a_wage_floor(self):
        week = a_problem(carers=[a_carer("a", pay=PayTerms(hourly=1500)), a_carer("b")])
        assert [c.pay.hourly for c in Wage(pence=1300).apply(week).carers] == [1500, 1300]

    def test_below_the_minimum_wage_is_refused(self):
        with pytest.raises(DomainError, match="below the minimum wage"):
            Wage(pence=1199).apply(a_quiet_week())

    def test_the_living_wage_is_for_adults(self):
        week = a_problem(carers=[a_carer("a"), a_carer("b", young=True)])
        assert [c.pay.hourly for c in LivingWage().apply(week).carers] == [1345, 0]

    def test_basis_mileage_and_hours(self):
        week = a_problem(carers=[a_carer("a"), a_carer("b", mode="foot", contracted=600)], shifts=[
            a_shift("a", "08:00", "18:00"), a_shift("a", "Tue 08:00", "Tue 18:00"),
        ])  # fmt: skip
        assert {c.pay.basis.value for c in PayTravel(basis="shift").apply(week).carers} == {"shift"}
        assert [c.pay.mileage for c in Mileage(pence=45).apply(week).carers] == [45, 0]
        assert [c.contracted for c in GuaranteedHours(percent=50).apply(week).carers] == [600, 600]


class TestDemand:
    def test_a_cut_takes_the_lowest_priority_first_and_respite_last(self):
        week = a_problem(
            [
                a_visit("high", "08:00", priority=1),
                a_visit("respite", "10:00", priority=5, purpose=Purpose.RESPITE),
                a_visit("low", "12:00", priority=5),
                a_visit("middle", "14:00", priority=3),
            ]
        )
        assert [v.id for v in CutBudget(percent=25).apply(week).visits] == ["high", "respite", "middle"]
        assert [v.id for v in CutBudget(percent=50).apply(week).visits] == ["high", "respite"]

    def test_a_cut_for_everybody_meets_everybody(self):
        visits = [
            a_visit(f"{who}{h}", f"{h}:00", client=who) for who in ("mary", "john") for h in ("08", "12")
        ]
        left = CutBudget(percent=50, rule="everybody alike").apply(a_problem(visits)).visits
        assert sorted(v.client for v in left) == ["john", "mary"]

    def test_the_longest_lose_a_quarter_of_an_hour_and_none_goes_under_half_an_hour(self):
        week = a_problem([a_visit("a", minutes=60), a_visit("b", "10:00", minutes=40)])
        assert lengths(CutBudget(percent=15, rule="longest first").apply(week)) == [45, 40]
        assert lengths(CutBudget(percent=30, rule="longest first").apply(week)) == [30, 40]

    def test_more_than_the_longest_can_lose_is_refused_with_what_they_can(self):
        week = a_problem([a_visit("a", minutes=60), a_visit("b", "10:00", minutes=40)])
        # 30 of 100 minutes; two carers' 15 minutes more would be 60 per cent.
        assert lengths(CutBudget(percent=59, rule="longest first").apply(week)) == [30, 40]
        with pytest.raises(
            DomainError, match=r"60 per cent cannot be cut .* so 30 per cent is the most here"
        ):
            CutBudget(percent=60, rule="longest first").apply(week)

    def test_more_money_makes_the_shortest_longer(self):
        week = a_problem([a_visit("a", minutes=15), a_visit("b", "10:00", minutes=45)])
        assert lengths(RaiseBudget(percent=25).apply(week)) == [30, 45]

    def test_more_and_fewer_people_come_and_go_with_all_that_is_theirs(self):
        more = MoreClients(percent=20).apply(ten())
        assert (len(more.clients), len(more.visits)) == (12, 12)
        new = more.clients[-1]
        like = new.id.removesuffix("-new")
        assert more.travel["car"].minutes[more.place_of_client(new.id), more.place_of_client(like)] == 1
        fewer = FewerClients(percent=30).apply(ten())
        assert (len(fewer.clients), len(fewer.visits)) == (7, 7)
        first, last = fewer.clients[0], fewer.clients[-1]
        apart = abs(int(first.place.lat) - int(last.place.lat))
        assert fewer.travel["car"].minutes[0, 6] == apart

    def test_links_of_new_people_are_copied(self):
        week = a_problem([a_visit("a", "08:00"), a_visit("b", "12:00")], links=[Link("a", "b", at_least=60)])
        assert len(MoreClients(percent=100).apply(week).links) == 2

    def test_double_ups_become_single_for_a_share_of_the_people(self):
        week = ten()
        doubled = week.replace(visits=tuple(replace(v, carers=2) for v in week.visits))
        assert sum(v.carers for v in SingleHanded(percent=40).apply(doubled).visits) == 16

    def test_funds_leave_or_stay_with_wider_windows(self):
        assert len(Isf(percent=50, leave=True).apply(ten()).visits) == 5
        stayed = Isf(percent=50, flexible_minutes=60).apply(ten())
        assert sorted(c.funding for c in stayed.clients) == ["council"] * 5 + ["isf"] * 5
        assert sorted({v.latest - v.earliest for v in stayed.visits}) == [60, 180]


class TestWorkforce:
    def test_who_leaves_takes_shifts_and_locks_along_and_keeps_an_only(self):
        week = a_problem(
            [a_visit("a", fixed_carers=("aled",))], [a_carer()], ties=[Tie("mary", "aled", Relation.ONLY)]
        )
        left = CarersLeave(percent=100).apply(week)
        assert not left.carers
        assert not left.shifts
        assert left.visits[0].fixed_carers == ()
        assert left.ties == tuple(week.ties)

    def test_hired_carers_are_strangers_with_the_same_shifts(self):
        week = a_problem([a_visit()], [a_carer()], history=[a_past_visit()])
        hired = CarersHired(percent=100).apply(week)
        assert [len(hired.shifts_of(c.id)) for c in hired.carers] == [7, 7]
        assert [hired.knows("mary", c.id) for c in hired.carers] == [True, False]

    def test_absence_takes_whole_days(self):
        week = a_problem(shifts=[
            a_shift("aled", f"{day} {a}", f"{day} {b}")
            for day in ("Mon", "Tue") for a, b in (("08:00", "12:00"), ("16:00", "20:00"))
        ])  # fmt: skip
        left = Absence(percent=50).apply(week).shifts
        assert len(left) == 2
        assert len({shift.day for shift in left}) == 1


MODES = {m: ModeFactors(0.3, 1.3, 3) for m in ("car", "bicycle")}
"""Three minutes of each journey are at the door."""


class TestRoads:
    def test_driving_takes_longer_and_the_door_does_not(self):
        week = a_problem(
            clients=[a_client("mary"), a_client("john", 13)], settings=some_settings(modes=MODES)
        )
        slower = SlowerRoads(percent=50).apply(week)
        assert slower.travel["car"].minutes[0, 1] == 13 + 5  # half of the ten minutes that are not the door's
        assert (slower.travel["car"].metres == week.travel["car"].metres).all()
        assert slower.travel["foot"].minutes[0, 1] == week.travel["foot"].minutes[0, 1]

    def test_in_rush_hours_alone_driving_takes_longer(self):
        week = a_problem(
            [a_visit()],
            clients=[a_client("mary"), a_client("john", 13)],
            settings=some_settings(modes=MODES, rush_hours=((450, 570),)),
        )
        rush = RushHour(percent=50).apply(week)
        assert rush.way("car", 0, 1, leaving=449) == week.way("car", 0, 1, leaving=450) == 13
        assert rush.way("car", 0, 1, leaving=450) == 13 + 5
        assert rush.way("foot", 0, 1, leaving=450) == week.way("foot", 0, 1, leaving=450)
        assert (rush.travel["car"].metres == week.travel["car"].metres).all()
        assert rush.settings.modes["car"].rush_factor == 1.5
        twice = RushHour(percent=50).apply(rush)  # an agency that has rush hours already
        assert twice.way("car", 0, 1, leaving=450) == 18 + 8
        assert twice.settings.modes["car"].rush_factor == 2.25

    def test_an_agency_without_rush_hours_is_told_how_to_have_some(self):
        with pytest.raises(DomainError, match="rush_hours"):
            RushHour(percent=50).apply(a_problem(settings=some_settings(rush_hours=())))

    def test_where_there_is_no_way_there_is_none_on_slower_roads(self):
        week = a_problem(clients=[a_client("mary"), a_client("john", 13)])
        far = week.replace(
            travel={
                "car": week.travel["car"].with_minutes(
                    lambda ways: ways * 0 + NO_WAY - np.eye(len(ways), dtype=np.int32) * NO_WAY
                )
            }
        )
        assert SlowerRoads(percent=200).apply(far).travel["car"].minutes.max() == NO_WAY

    def test_drivers_cycle(self):
        week = a_problem(
            carers=[a_carer("a", pay=PayTerms(mileage=45)), a_carer("b", 6, mode="foot")],
            settings=some_settings(modes=MODES),
        )
        moved = ElectricBikes(percent=100, faster_percent=50).apply(week)
        assert [(c.mode, c.pay.mileage) for c in moved.carers] == [("bicycle", 20), ("foot", 0)]
        assert moved.travel["bicycle"].minutes[0, 1] == 8  # 12 by bicycle

    def test_where_nobody_cycles_yet_the_straight_line_has_the_times(self):
        week = a_problem([a_visit()], settings=some_settings(modes=MODES))
        moved = ElectricBikes(percent=100).apply(week.replace(travel={"car": week.travel["car"]}))
        assert moved.travel["bicycle"].minutes.shape == (2, 2)


class TestPromises:
    def test_windows_are_around_the_preferred_time_and_time_critical_visits_stay(self):
        week = a_problem([a_visit("a", slack=5), a_visit("b", "10:00", slack=5, time_critical=True)])
        assert [v.latest - v.earliest for v in Windows(minutes=60).apply(week).visits] == [120, 10]

    def test_nobody_is_promised_more_than_before(self):
        week = a_problem([a_visit()], clients=[a_client(max_carers=3)])
        assert [FewCarers(carers=n).apply(week).clients[0].max_carers for n in (2, 5)] == [2, 3]

    def test_a_carer_works_where_most_visits_were_or_else_nearest(self):
        week = a_busy_week().replace(
            history=(a_past_visit("john", "aled"),), ties=(Tie("mary", "aled", Relation.PREFER),)
        )
        zoned = Zones().apply(week)
        assert zoned.relation("mary", "aled") is Relation.PREFER  # asked for
        assert zoned.relation("john", "aled") is None
        assert zoned.relation("mary", "bronwen") is Relation.NEVER  # lives nearer to John
        with pytest.raises(DomainError, match="two areas"):
            Zones().apply(a_quiet_week())


def test_everybody_alike_loses_the_share_also_where_no_whole_visit_fits_into_it():
    """Seven half hours: five per cent are ten minutes, less than any visit. Mary loses them all the same."""
    days = ("", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun ")
    week = a_problem([a_visit(f"v{i}", f"{day}09:00", minutes=30) for i, day in enumerate(days)])
    cut = CutBudget(percent=5, rule="everybody alike").apply(week)
    assert len(cut.visits) == 7
    assert sum(lengths(cut)) == 200
    assert min(lengths(cut)) == 28
