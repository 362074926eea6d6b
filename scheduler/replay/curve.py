"""What slack costs and what it saves: one rota with more and more of it, each point a rota that keeps all rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.check import check
from scheduler.errors import Disagreement
from scheduler.problem import Problem
from scheduler.replay.chances import Chances
from scheduler.replay.judge import Robustness, robustness
from scheduler.replay.lives import draw
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.units import pounds

LEARNED = 500
"""Lives in which late visits are counted while slack is looked for."""
OTHER_SEED = 7_919
"""Those lives have the seed of the judged ones and this: a rota that suits the drawn lives alone would be found out."""


@dataclass(frozen=True)
class Point:
    """A rota with slack by a `price` a late visit (sixtieths; 0: the rota as it was), how it is lived through, and what
    it costs (sixtieths): `money` that leaves the agency, `total` with the prices of all rules."""

    price: int
    rota: Rota
    lived: Robustness
    money: int
    total: int

    def against(self, none: Point) -> str:
        """One line of the curve, by the rota without slack."""
        return (
            f"{pounds(self.price):>14}  {pounds(self.money):>12}  {change(self.money, none.money)}  "
            f"{change(self.total, none.total)}  {self.lived.late:>12.2f}  {change(self.lived.late, none.lived.late)}"
        )


HEADER = (
    f"{'a late visit':>14}  {'money':>12}  {'more':>8}  {'all costs':>8}  {'late visits':>12}  {'less':>8}"
)


def curve(
    rota: Rota, problem: Problem, chances: Chances, prices: Iterable[int], lives: int = 200, seed: int = 1
) -> Iterator[Point]:
    """The rota as it is, and then with slack by each of these prices, the lowest first. Raises DomainError for a rota
    that breaks a rule."""
    yield _point(0, rota, problem, robustness(rota, problem, chances, lives, seed))
    from scheduler.replay.leave import leave_slack  # the engine is loaded for those who ask for slack

    learned = draw(problem, chances, LEARNED, seed + OTHER_SEED)
    for price in sorted(set(prices)):
        found = leave_slack(rota, problem, learned, price)
        yield _point(price, found, problem, robustness(found, problem, chances, lives, seed))


def _point(price: int, rota: Rota, problem: Problem, lived: Robustness) -> Point:
    report = check(rota, problem)
    if price and report.hard:
        raise Disagreement(
            f"A rota with slack breaks a rule: {report.hard[0].sentence} This is a fault of ours; please report it "
            "with the data that shows it."
        )
    paid = {rule.name for rule in RULES if rule.money}
    money = sum(finding.price for finding in report.findings if finding.rule in paid)
    return Point(price, rota, lived, money, report.total)


def change(new: float, old: float) -> str:
    """'+2.3%', or '-' by nothing."""
    return f"{new / old - 1:>+8.1%}" if old else f"{'-':>8}"
