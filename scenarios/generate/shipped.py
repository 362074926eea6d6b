"""The three agencies in scenarios/agencies: how each was made, and how to make it again."""

from __future__ import annotations

from scenarios.generate.spec import Spec

_NEWPORT = ("NP10", "NP18", "NP19", "NP20")
SHIPPED = {
    "small": Spec(clients=10, carers=4, districts=("NP20",), seed=36, light=True),
    "demo": Spec(clients=60, carers=23, districts=_NEWPORT),
    "branch": Spec(clients=150, carers=58, districts=(*_NEWPORT, "NP44")),
}
"""Name -> Spec; the tests compare the folders with what these give."""
