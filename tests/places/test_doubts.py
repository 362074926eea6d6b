"""Doubtful addresses: each kind by hand, and forty shifted ones among the demo's."""

from __future__ import annotations

import csv
from math import cos, radians
from pathlib import Path
from random import Random

from scheduler.places import in_district, locate
from scheduler.places.doubts import Address, doubtful

DEMO = Path(__file__).parents[2] / "scenarios" / "agencies" / "demo"
DEGREE = 111_195.0


def near(postcode: str, metres: float = 0.0, name: str = "Olive", client: bool = True) -> Address:
    """So many metres north of the postcode's own point."""
    lat, lon = locate([postcode])[postcode]
    return Address(name, lat + metres / DEGREE, lon, postcode, True, client)


def test_a_front_door_may_be_three_hundred_metres_from_its_postcode():
    assert doubtful([near("NP20 4DY", 299)]) == []
    [odd] = doubtful([near("NP20 4DY", 305)])
    assert odd.problem == "its lat and lon are 305 m from its postcode NP20 4DY."


def test_two_clients_on_one_spot_but_not_a_carer_who_lives_in():
    home, other = near("NP20 4DY", name="Olive"), near("NP20 4DY", name="Fred")
    assert [odd.problem for odd in doubtful([home, other])] == [
        "it is on one spot with Fred.",
        "it is on one spot with Olive.",
    ]
    assert doubtful([home, near("NP20 4DY", name="Sam", client=False)]) == []
    assert doubtful([home, near("NP20 4DY", 1.5, name="Fred")]) == []


def test_postcodes_that_share_a_point_are_not_one_address():
    """NP20 9RW and NP20 9RX might be two staircases; two clients of one postcode are worth a look."""
    lat, lon = locate(["NP20 9RW"])["NP20 9RW"]
    one, other = (Address(code, lat, lon, code, False, True) for code in ("NP20 9RW", "NP20 9RX"))
    assert doubtful([one, other]) == []
    assert len(doubtful([one, one])) == 2


def test_the_demo_as_it_is_has_one_pair():
    rows = list(csv.DictReader((DEMO / "clients.csv").read_text(encoding="utf-8").splitlines()))
    known = locate([row["postcode"] for row in rows])
    people = [Address(r["name"], *known[r["postcode"]], r["postcode"], False, True) for r in rows]
    assert [people[odd.at].postcode for odd in doubtful(people)] == ["NP18 1JF", "NP18 1JF"]


def test_far_from_all_others():
    """Five in Newport, and one in Swansea by a postcode of its own."""
    people = [near(code) for code in in_district("NP20")[:500:100]]
    lat, lon = locate(["SA1 3SN"])["SA1 3SN"]
    [odd] = doubtful([*people, Address("Ida", lat, lon, "SA1 3SN", False, True)])
    assert odd.at == 5
    assert odd.problem.startswith("SA1 3SN is far from all others: 6")
    assert odd.problem.endswith(" km from the nearest of them.")


def test_a_branch_in_another_town_is_no_mistake():
    """Ten in Newport and four in Swansea; three there are doubted."""
    people = [near(code) for code in (*in_district("NP20")[:1000:100], *in_district("SA1")[:400:100])]
    assert doubtful(people) == []
    assert [odd.at for odd in doubtful(people[:-1])] == [10, 11, 12]


def test_coordinates_cut_short():
    [odd] = doubtful([Address("Ida", 51.59, -3.0, "", True, True)])
    assert odd.problem == "51.59, -3.0 has fewer than 3 decimals."
    assert doubtful([Address("Ida", 51.591, -3.0, "", True, True)]) == []


def test_nobody_is_no_reason_to_stumble():
    assert doubtful([]) == []


def test_forty_shifted_places_of_the_demo_are_found():
    """Everybody of the demo at a front door (up to 95 m from the postcode's point: nine in ten real ones are); then 30
    are shifted by 600 m to 30 km, and 10 get a postcode of another town."""
    for seed in range(5):
        dice = Random(seed)
        addresses, shifted = [], set()
        rows = [
            (row, table == "clients")
            for table in ("clients", "carers")
            for row in csv.DictReader((DEMO / f"{table}.csv").read_text(encoding="utf-8").splitlines())
        ]
        chosen = dice.sample(range(len(rows)), 40)
        towns = [code for district in ("CF37", "SA1", "HR4", "BS22", "GL1") for code in in_district(district)]
        known = locate([row["postcode"] for row, _ in rows] + towns)
        for i, (row, client) in enumerate(rows):
            postcode = dice.choice(towns) if i in chosen[30:] else row["postcode"]
            lat, lon = known[postcode]
            away = 600 * 50 ** dice.random() if i in chosen[:30] else 95 * dice.random()
            bearing = dice.uniform(0, 6.28)
            if i not in chosen[30:]:
                lat += away * cos(bearing) / DEGREE
                lon += away * cos(bearing + 1.5708) / (DEGREE * cos(radians(lat)))
            addresses.append(Address(row["name"], lat, lon, postcode, i not in chosen[30:], client))
            shifted |= {i} & set(chosen)
        found = {odd.at for odd in doubtful(addresses)}
        assert len(shifted) == 40
        assert found >= shifted, seed
        assert len(found - shifted) <= 5
