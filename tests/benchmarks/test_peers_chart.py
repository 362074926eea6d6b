"""Side by side: the picture."""

import re

from matplotlib import rcParams

from benchmarks.__main__ import main
from benchmarks.peers import command
from benchmarks.peers.base import EVERYBODY_SAYS, Waiting, Words
from benchmarks.peers.chart import Curve, Panel, Point, panels_of
from benchmarks.peers.picture import draw
from benchmarks.peers.plans import OURS, Plans
from benchmarks.peers.subset import subset_of
from scheduler.rules import RULES
from tests.benchmarks.lazy_peers import EVERYBODY, Lazy, Missing, rows_in, two_visits
from tests.intake.agencies import GOOD


class Free(Lazy):
    """Plans nothing at all, and cannot price waiting."""

    name, words = "Free", Words(EVERYBODY_SAYS, Waiting.FREE)


def test_peers_that_say_the_same_share_a_panel(tmp_path):
    peers = [Lazy(), Free(), Missing(ImportError("gone"))]
    panels = panels_of(two_visits(), peers, Plans(tmp_path / "peers.csv"), [0.2, 0.4], [1, 2])
    assert [[curve.planner for curve in panel.curves] for panel in panels] == [[OURS, "Lazy"], [OURS, "Free"]]
    ours, theirs = panels[0].curves
    assert [(p.seconds, p.unallocated) for p in ours.points] == [(0.2, 0), (0.4, 0)]
    assert [(p.above_floor, p.unallocated) for p in theirs.points] == [(0, 2), (0, 2)]


def test_the_chart_is_drawn_again_from_its_rows(tmp_path, monkeypatch, capsys):
    lazy = Lazy()
    monkeypatch.setattr(command, "PEERS", (lazy, Missing(ImportError("gone"))))
    picture = tmp_path / "engine.svg"
    arguments = ["peers", str(GOOD), "--chart", str(picture), "--points", "0.2", "0.4", "--seeds", "1"]
    assert main([*arguments, "--results", str(tmp_path)]) == 0
    rows = [(row["planner"], row["seconds"]) for row in rows_in(tmp_path / "peers.csv")]
    assert rows == [(OURS, "0.2"), ("Lazy", "0.2"), (OURS, "0.4"), ("Lazy", "0.4")]
    first = picture.read_bytes()
    assert first.startswith(b"<?xml")
    assert main([*arguments, "--results", str(tmp_path)]) == 0
    assert picture.read_bytes() == first
    assert lazy.seeds == [0, 0]
    assert main(["peers", "small", *arguments[1:], "--results", str(tmp_path)]) != 0
    assert "A chart shows one agency, not 2." in capsys.readouterr().err


def test_without_any_peer_nothing_is_drawn(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "PEERS", (Missing(ImportError("gone")),))
    picture = tmp_path / "engine.svg"
    arguments = ["peers", str(GOOD), "--chart", str(picture), "--points", "0.2", "--seeds", "1"]
    assert main([*arguments, "--results", str(tmp_path)]) != 0
    assert "None of these peers can run here" in capsys.readouterr().err
    assert not picture.exists()


def test_the_picture_says_how_much_dearer(tmp_path, monkeypatch):
    """Ours ends at 20 pounds: the peer's 26 are +30 %, and its three visits without anybody are a number. Who is far
    above everybody is told in words."""
    monkeypatch.setitem(rcParams, "svg.fonttype", "none")
    subset = subset_of(two_visits().problem, RULES, EVERYBODY)
    ours = Curve(OURS, (Point(5, 2500, 0), Point(60, 2000, 0)))
    theirs = Curve("Lazy", (Point(5, 2700, 3), Point(60, 2600, 0)))
    far = Curve("Far", (Point(5, 6000, 3), Point(60, 5000, 2)))
    stamp = {"date": "2026-11-27T04:00:00+00:00", "processor": "abacus", "cores": "2", "load": "1"}
    case = two_visits()
    draw(
        [Panel(subset, (ours, theirs, far))],
        case,
        [1, 2],
        stamp,
        ["abacus-planner 3"],
        tmp_path / "new" / "engine.svg",
    )
    text = (tmp_path / "new" / "engine.svg").read_text(encoding="utf-8")
    shown = re.findall(r"<text[^>]*>([^<]*)</text>", text)
    assert {"Careround", "Lazy", "3", "by the rules of Lazy and Far", "+30 %"} <= set(shown)
    assert " Far after 60 s: +150 %, 2 visits left" in shown
    assert "Far" not in shown
    assert any("Careround's after 60 s?" in line for line in shown)
    assert any("2026-11-27, 2 cores of abacus, load 1; abacus-planner 3." in line for line in shown)
    draw([Panel(subset, (ours, theirs, far))], case, [1], stamp, [], tmp_path / "engine.png")
    assert (tmp_path / "engine.png").read_bytes().startswith(b"\x89PNG")
