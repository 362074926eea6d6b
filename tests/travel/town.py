"""A town of our own as an OpenStreetMap extract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.travel.grid import EAST, LAT, LON, NORTH

SIZE = 12


def a_town(path: Path) -> Path:
    """Streets 100 m apart, 12 each way, the southernmost one-way going west, written as an OpenStreetMap extract."""
    osmium = pytest.importorskip("osmium")
    with osmium.SimpleWriter(str(path)) as writer:
        for y in range(SIZE):
            for x in range(SIZE):
                writer.add_node(
                    osmium.osm.mutable.Node(
                        id=1 + x + SIZE * y, location=(LON + x * EAST, LAT + y * NORTH), version=1
                    )
                )
        for i in range(SIZE):
            along = [1 + x + SIZE * i for x in range(SIZE)]
            up = [1 + i + SIZE * y for y in range(SIZE)]
            tags = {"highway": "residential", "maxspeed": "30 mph"}
            if i == 0:
                along, tags = along[::-1], tags | {"oneway": "yes"}
            for id, nodes, own in ((100 + i, along, tags), (200 + i, up, {"highway": "secondary"})):
                writer.add_way(osmium.osm.mutable.Way(id=id, nodes=nodes, tags=own, version=1))
    return path
