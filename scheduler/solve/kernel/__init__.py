"""The compiled heart of the search: ruin and recreate over the whole week, on explicit whole-minute start times.

Compiled by numba on first use (half a minute, then kept on disk). Reading order: `layout` (what is stored), `routes`
(what a round costs and whether it is legal), `near`, `prices`, `insert` and `double` (where one more visit goes, and
what it costs), `change` (doing and undoing), `retime` (better starts), `ruin` (what is taken out), `search` (the loop),
`adopt` (starting from a given rota), `tries` (one visit at many starts), `doors` (what Python calls). A rich problem
(see `layout.State`) also goes through `starts`, `day`, `reach`, `coupling` and `rich`. `ways` has travel at the hour.
`borrow` is how all of them are handed their arrays, and `compiled` how they become machine code.

Importing this package decides where compiled code is kept (`scheduler.solve.compiled_code`).
"""

from __future__ import annotations

import numba

from scheduler.solve.compiled_code import CACHE

setattr(numba.config, "CACHE_DIR", str(CACHE))  # noqa: B010 (numba makes its settings at run time; mypy sees none)
