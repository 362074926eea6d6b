"""What an agency's tables say of travel: parking at a client's, factors, rush hours."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from scheduler.errors import InputError
from scheduler.intake.load import load


def an_agency(folder: Path, *settings: tuple[str, str], parking: str = "") -> Path:
    """Olive lives 1,112 m north of Sam: 160 s and 3 min to park make 6 min by car."""
    agency = {
        "clients": [
            {"client": "C1", "name": "Olive", "lat": "51.59", "lon": "-2.991", "parking_minutes": parking}
        ],
        "carers": [{"carer": "K1", "name": "Sam", "lat": "51.58", "lon": "-2.991"}],
        "visits": [{"visit": "V1", "client": "C1", "weekdays": "Mon", "preferred": "09:00", "minutes": "30"}],
        "shifts": [{"carer": "K1", "weekdays": "Mon", "start": "07:00", "end": "14:00"}],
        "settings": [{"setting": name, "value": value} for name, value in settings],
    }
    path = folder / "agency.json"
    path.write_text(json.dumps(agency), encoding="utf-8")
    return path


MONDAY = date(2026, 11, 23)


def test_parking_is_hard_here(tmp_path: Path):
    car = load(an_agency(tmp_path, parking="5"), MONDAY).travel["car"]
    assert car.minutes.tolist() == [[0, 6], [11, 0]]


def test_rush_hours_are_off_unless_a_factor_is_set(tmp_path: Path):
    problem = load(an_agency(tmp_path), MONDAY)
    assert problem.travel["car"].rush is None
    assert problem.rush.spells == ()
    assert problem.travel_source == "straight line"


def test_the_default_rush_hours_and_a_factor(tmp_path: Path):
    """160.1 s x 1.5 are a hair above 240 s: 5 min begun, and 3 to park; who leaves at 09:29 could wait a minute."""
    problem = load(an_agency(tmp_path, ("travel.car.rush_factor", "1.5")), MONDAY)
    ways = [problem.way("car", 1, 0, minute) for minute in (449, 450, 569, 570, 960, 1110)]
    assert ways == [6, 8, 7, 6, 8, 6]
    assert len(problem.rush.spells) == 10, "twice a day from Monday to Friday"
    assert problem.travel_source.endswith(
        "; in rush hours (07:30-09:30 and 16:00-18:30 on working days) car x 1.5"
    )


def test_hours_of_ones_own(tmp_path: Path):
    source = an_agency(tmp_path, ("travel.car.rush_factor", "2"), ("rush_hours", "15:00-16:00; 8:00-9:00"))
    assert load(source, MONDAY).settings.rush_hours == ((480, 540), (900, 960))


@pytest.mark.parametrize("value", ["09:30-07:30", "07:30", "07:00-09:00; 09:00-10:00", "early"])
def test_hours_that_cannot_be_are_told(tmp_path: Path, value: str):
    with pytest.raises(InputError, match="rush_hours"):
        load(an_agency(tmp_path, ("rush_hours", value)), MONDAY)


def test_nobody_is_quicker_in_a_rush_hour(tmp_path: Path):
    with pytest.raises(InputError, match="from 1 to 10"):
        load(an_agency(tmp_path, ("travel.car.rush_factor", "0.9")), MONDAY)
