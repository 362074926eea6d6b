"""The rota on a map: one HTML file that carries all it needs, and draws the chosen days and carers.

folium gives the page and the Leaflet map; the stops are drawn from one table of facts (`map_data`) by a small script
(`static/map.js`), because ten thousand folium objects would be slow and large. There are no map tiles: they would
need a network, and would tell a map server where the agency's clients live.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import folium
from branca.element import Figure
from folium.template import Template

from scheduler.places import ATTRIBUTION
from scheduler.problem import Problem
from scheduler.report import vendored
from scheduler.report.html import CSP, HERE, render, static
from scheduler.report.map_data import map_data, script_json
from scheduler.report.map_roads import STRAIGHT, MapRoads
from scheduler.report.words import period
from scheduler.rota import Rota

MIDDLE_OF_BRITAIN = (54.0, -2.5)
Reasons = Mapping[str, Sequence[str]]


def to_map(
    rota: Rota, problem: Problem, reasons: Reasons | None = None, roads: MapRoads = STRAIGHT
) -> folium.Map:
    """The rota on a map. `reasons`: visit id -> why nobody is planned for it; `roads`: the ways that rounds take
    (without it lines are straight)."""
    return _RotaMap(rota, problem, reasons or {}, roads)


def save_map(rota: Rota, problem: Problem, path: Path | str, reasons: Reasons | None = None) -> None:
    """Write the map as one file that needs no network."""
    Path(path).write_text(map_html(rota, problem, reasons), encoding="utf-8")


def map_html(rota: Rota, problem: Problem, reasons: Reasons | None = None, roads: MapRoads = STRAIGHT) -> str:
    """The map as one HTML page that needs no network."""
    html: str = to_map(rota, problem, reasons, roads).get_root().render()
    return html


class _Page(Figure):
    """folium's page, with a language, a title and a promise to the browser that nothing is fetched."""

    _template = Template((HERE / "templates" / "map_page.html").read_text(encoding="utf-8"))

    def __init__(self, title: str) -> None:
        super().__init__(height="640px", title=title)
        self.csp = CSP


class _RotaMap(folium.Map):
    """A folium map whose template carries Leaflet, our script and our data inside it. Names come from the rota, not
    from chance, so that the same rota gives the same file."""

    _template = Template((HERE / "templates" / "map.html").read_text(encoding="utf-8"))
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own type

    def __init__(self, rota: Rota, problem: Problem, reasons: Reasons, roads: MapRoads) -> None:
        places = [client.place for client in problem.clients]
        middle = MIDDLE_OF_BRITAIN
        if places:
            middle = (sum(p.lat for p in places) / len(places), sum(p.lon for p in places) / len(places))
        super().__init__(
            location=middle,
            tiles=None,
            zoom_start=12,
            control_scale=True,
            prefer_canvas=True,
            zoom_control="topright",
            zoom_snap=0.5,
        )
        self._id = "rota"
        _Page(title=f"Map of the rota: {problem.settings.agency}, {period(problem)}").add_child(self)
        self.styles = vendored.style("leaflet/leaflet.css") + static("map.css")
        self.leaflet = vendored.script("leaflet/leaflet.js")
        self.drawing = static("map_words.js") + static("map.js")
        self.data = script_json(map_data(rota, problem, reasons, roads))
        self.panel = _panel(rota, problem, roads)


def _panel(rota: Rota, problem: Problem, roads: MapRoads) -> str:
    return render(
        "map_panel.html",
        agency=problem.settings.agency,
        period=period(problem),
        visits=len(problem.visits),
        unallocated=len(rota.unallocated(problem)),
        travel_source=problem.travel_source,
        roads=roads,
        attribution=ATTRIBUTION,
    )
