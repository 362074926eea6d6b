"""The compiled heart of the search: ruin and recreate over the whole week, on explicit whole-minute start times.

Compiled by numba on first use (about half a minute, then kept on disk). Reading order: `layout` (what is stored),
`routes` (what a round costs and whether it is legal), `insert` (what one more visit would cost), `change` (doing and
undoing), `search` (the loop).
"""
