import json
import re

import folium
import pytest

from scheduler.places import ATTRIBUTION
from scheduler.report.html import CSP
from scheduler.report.map import map_html, save_map, to_map
from scheduler.report.map_data import map_data
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit
from tests.report.weeks import a_week


def data_of(html):
    found = re.search(r'<script type="application/json" id="rota-data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_it_is_a_folium_map_that_can_be_saved_as_any_other(week, tmp_path):
    rota, problem = week
    made = to_map(rota, problem)
    assert isinstance(made, folium.Map)
    made.save(str(tmp_path / "folium.html"))
    save_map(rota, problem, tmp_path / "ours.html")
    assert (tmp_path / "folium.html").read_text() == (tmp_path / "ours.html").read_text()


def test_rounds_stops_times_and_double_ups_are_in_it():
    problem = a_problem(
        [
            a_visit("breakfast"),
            a_visit(
                "hoist", "10:00", client="tom", carers=2, together=20, tasks=("medication_assist", "dress")
            ),
        ],
        [a_carer("aled"), a_carer("bea")],
    )
    rota = a_rota(
        a_leg("breakfast", "aled", "08:05"),
        a_leg("hoist", "aled", "10:00"),
        a_leg("hoist", "bea", "10:00", minutes=20, second=True),
    )
    data = data_of(map_html(rota, problem))
    assert [client[0] for client in data["clients"]] == ["Mary", "Tom"]
    assert data["visits"][1] == [1, 0, 570, 630, 600, 30, 2, 20, 0, "medication assist, dress"]
    aled, bea = data["rounds"]
    assert [stop[:4] for stop in aled[4]] == [[0, 485, 30, 0], [1, 600, 30, 0]]
    assert [stop[:4] for stop in bea[4]] == [[1, 600, 20, 1]]
    assert data["unallocated"] == []


def test_unallocated_visits_are_in_it_with_their_reasons():
    problem = a_problem([a_visit("breakfast"), a_visit("tea", "16:00")])
    rota = a_rota(a_leg("breakfast"))
    assert data_of(map_html(rota, problem, {"tea": ["Aled is away."]}))["unallocated"] == [
        [1, ["Aled is away."]]
    ]
    many = {"tea": [f"reason {i}" for i in range(50)]}
    assert data_of(map_html(rota, problem, many))["unallocated"][0][1][-1] == "and 42 more"


def test_nothing_is_fetched_and_the_browser_is_told_so(week):
    html = map_html(*week)
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?!data:)', html)
    assert not re.search(r"url\((?!#)", html)
    assert CSP in html


def test_it_says_that_lines_are_straight_and_where_postcodes_are_from(week):
    html = map_html(*week)
    assert "Lines are straight" in html
    assert ATTRIBUTION in html
    assert "BSD-2-Clause" in html


def test_names_cannot_become_code(hostile):
    html = map_html(hostile.rota, hostile.problem, hostile.why)
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert "{{ 7*7 }}" in html  # shown as it was typed, not computed
    assert data_of(html)["clients"][0][0].startswith("</script><script>alert('x')")


def test_districts_name_the_parts_of_the_map(week):
    rota, problem = week
    areas = map_data(rota, problem, {})["areas"]
    assert {name for name, _, _ in areas} == {"NP19", "NP20"}


def test_the_same_rota_gives_the_same_file(week):
    rota, problem = week
    assert map_html(rota, problem) == map_html(rota, problem)


@pytest.mark.parametrize("days", [1, 7])
def test_a_week_without_anybody_is_a_map_too(days):
    assert "rota-data" in map_html(a_rota(days=days), a_problem(carers=(), days=days))


def test_a_branch_stays_small():
    rota, problem = a_week(clients=135, carers=50)
    assert len(problem.visits) > 2400
    assert len(map_html(rota, problem)) < 1_000_000
