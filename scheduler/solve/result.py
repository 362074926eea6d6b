"""What a plan says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.check import Report
from scheduler.rota import Rota
from scheduler.solve.gap import DayGap
from scheduler.solve.options import Progress
from scheduler.units import pounds

HELD = ", with what is locked or frozen as it is"
WHOLE = "the whole period"
"""What a bound covers that leaves nothing out."""


@dataclass(frozen=True)
class Result:
    """A rota with the checker's report, and how it came about.

    `proofs` maps an unallocated visit to what CP-SAT proved (or could not settle) about it. `lost` maps a visit of the
    start rota that could not be taken over as it was, or whose lock breaks a rule, to what was done to it and why; the
    search may have changed it again; `refused` are those of them that somebody locked in vain. `stopped` means that
    somebody stopped the search early. `gaps`: how far each day may be from the best, if that was asked for. No rota of
    the period costs less than `bound` (sixtieths of a penny; None: nobody asked, or nothing could be said), which
    `bound_covers` puts into words: none that keeps what is locked or frozen (`held`: something is), and whose visits
    last what the rules ask for by the history (the checker knows a carer from an earlier visit of the same rota too,
    and lets anybody stay longer).
    """

    rota: Rota
    report: Report
    seed: int
    iterations: int
    seconds: float
    stopped: bool
    team_size: float
    team_status: str
    proofs: dict[str, str] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    progress: tuple[Progress, ...] = ()
    gaps: tuple[DayGap, ...] = ()
    bound: int | None = None
    bound_covers: str = ""
    held: bool = False

    @property
    def unallocated(self) -> int:
        """Visits that nobody is planned for."""
        return sum(1 for finding in self.report.findings if finding.rule == "unallocated")

    @property
    def optimality(self) -> str:
        """How good the rota is proved to be."""
        if self.bound is None:
            return "not proven optimal"
        above, held = self.report.total - self.bound, HELD if self.held else ""
        if above == 0:
            return f"proven optimal{held}"
        covers = held if self.bound_covers == WHOLE else f", by {self.bound_covers}{held}"
        if self.bound <= 0:
            return f"at most {pounds(above)} above the best possible{covers}"
        tenths = -(-1000 * above // self.bound)  # rounded up: less would be claimed than is known otherwise
        return f"at most {tenths / 10:.1f} % above the best possible{covers}"

    def __str__(self) -> str:
        verdict = "no hard finding" if self.report.clean else f"{len(self.report.hard)} HARD FINDINGS"
        ended = "stopped early" if self.stopped and self.bound is None else self.optimality
        return (
            f"Rota of {self.rota.days} days: {len(self.rota.legs_by_visit)} visits planned, "
            f"{self.unallocated} unallocated, {verdict}, price {pounds(self.report.total)} "
            f"(seed {self.seed}, {self.iterations:,} iterations, {self.seconds:.1f} s, {ended})."
        )
