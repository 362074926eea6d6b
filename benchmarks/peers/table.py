"""The side-by-side as a page and as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.peers.base import Peer, version_of
from benchmarks.peers.score import Score
from benchmarks.peers.subset import Subset
from benchmarks.tables import markdown_table
from scheduler.units import pounds, sixtieths

TITLES = (
    "Agency",
    "Peer",
    "Visits",
    "Unallocated: ours",
    "theirs",
    "Cost: ours",
    "theirs",
    "ratio",
    "Above the floor: ours",
    "theirs",
    "ratio",
)
BOUND_TITLES = ("nobody below", "of theirs")
LEGEND = """\
Both planners get the same problem, the same rules and the same seconds; the rules that the peer has no words for are
taken away for both, and both rotas are judged by our own checker. *Cost* is the price of all findings but unallocated
visits; *above the floor* leaves out what each planned visit costs at the very least (wages for its own minutes, with
its cheapest carer) and is what planning can change. Ratios are ours to theirs: below 1 ours is cheaper. A visit of a
peer's that breaks a rule of the subset is left out."""
BOUND_LEGEND = """\
*Nobody below* is proved: by these rules no rota that leaves out as few visits as the peer's costs less above the floor,
whoever plans it (column generation by day, `scheduler/solve/bound`). *Of theirs* is that bound in shares of the peer's
cost: ours cannot be below it."""


@dataclass(frozen=True)
class Row:
    """One seed of one peer on one case; `missing` says why there is no plan of it. `bound`: no rota that leaves out no
    more visits than the peer's is below so many pence above the floor; None: nobody asked, or nothing can be said."""

    case: str
    peer: str
    subset: Subset
    seed: int = 0
    ours: Score | None = None
    theirs: Score | None = None
    missing: str = ""
    bound: int | None = None


def summary(
    rows: Sequence[Row],
    peers: Sequence[Peer],
    seconds: float,
    seeds: Sequence[int],
    stamp: Mapping[str, object],
) -> str:
    """The page: a line a case and peer (means of the seeds), then what each peer cannot say."""
    pairs = list(dict.fromkeys((row.case, row.peer) for row in rows))
    groups = [[row for row in rows if (row.case, row.peer) == pair] for pair in pairs]
    words = ", ".join(f"{name} {value}" for name, value in stamp.items() if value)
    bounded = any(row.bound is not None for row in rows)
    return (
        "\n\n".join(
            (
                "# Peers side by side",
                LEGEND,
                *([BOUND_LEGEND] if bounded else []),
                f"{seconds:g} s a plan, mean of {'seeds' if len(seeds) > 1 else 'seed'} "
                f"{', '.join(map(str, seeds))}; {words}.",
                markdown_table(
                    TITLES + BOUND_TITLES if bounded else TITLES,
                    [_line(group) + (_bound(group) if bounded else ()) for group in groups],
                    text_columns=2,
                ),
                *map(_words, peers, [_first_of(peer, rows) for peer in peers]),
                "By all rules of the whole problem (for information: nobody planned by them):",
                markdown_table(
                    ("Agency", "Peer", "Hard findings: ours", "theirs", "Price: ours", "theirs"),
                    [_of_all(group) for group in groups if not group[0].missing],
                    text_columns=2,
                ),
            )
        )
        + "\n"
    )


def _line(group: Sequence[Row]) -> tuple[str, ...]:
    first = group[0]
    start = (first.case, first.peer, f"{len(first.subset.problem.visits):,}")
    if first.missing:
        return (*start[:1], f"{first.peer}: {first.missing}", start[2], *[""] * (len(TITLES) - 3))
    unallocated = [f"{_mean(group, whose, 'unallocated'):.1f}" for whose in ("ours", "theirs")]
    cells: list[str] = []
    for name in ("cost", "above_floor"):
        ours, theirs = _mean(group, "ours", name), _mean(group, "theirs", name)
        cells += [_money(ours), _money(theirs), f"{ours / theirs:.3f}" if theirs > 0 else "-"]
    return (*start, *unallocated, *cells)


def _bound(group: Sequence[Row]) -> tuple[str, ...]:
    bounds = [row.bound for row in group if row.bound is not None]
    if len(bounds) < len(group):
        return ("", "")
    bound, theirs = mean(bounds), _mean(group, "theirs", "above_floor")
    return _money(bound), f"{bound / theirs:.3f}" if theirs > 0 else "-"


def _of_all(group: Sequence[Row]) -> tuple[str, ...]:
    hard = [f"{_mean(group, whose, 'hard_of_all'):.0f}" for whose in ("ours", "theirs")]
    prices = [_money(_mean(group, whose, "price_of_all")) for whose in ("ours", "theirs")]
    return (group[0].case, group[0].peer, *hard, *prices)


def _mean(group: Sequence[Row], whose: str, name: str) -> float:
    return mean(float(getattr(getattr(row, whose), name)) for row in group)


def _money(amount: float) -> str:
    return pounds(sixtieths(round(amount)))


def _first_of(peer: Peer, rows: Sequence[Row]) -> Row:
    return next(row for row in rows if row.peer == peer.name)


def _words(peer: Peer, row: Row) -> str:
    """What the peer cannot say, and what of the rules was left out for it."""
    lines = [f"**{peer.name}** ({peer.package} {version_of(peer.package)}) cannot say:"]
    lines += [f"- {sentence}" for sentence in peer.cannot_say]
    left = ", ".join(rule.label.lower() for rule in row.subset.left_out)
    apart = "" if peer.words.doubles else " Double-ups became two visits of one carer each."
    lines += [f"\nLeft out for both: {left or 'nothing'}. Waiting: {peer.words.waiting}.{apart}"]
    return "\n".join(lines)
