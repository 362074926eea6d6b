"""What a peer returns, made legal: a visit that breaks a hard rule of the subset is left out."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.check import check
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule
from scheduler.rules.base import Finding, Level


def made_legal(rota: Rota, problem: Problem, rules: Sequence[Rule]) -> Rota:
    """The rota without the visits that hard findings name, or else the last visit of the carer's day that they name.
    Peers plan the shifts of a day one by one, so that a carer may not get from one to the next in time."""
    hard = tuple(rule for rule in rules if rule.level is Level.HARD)
    while True:
        findings = check(rota, problem, hard).hard
        if not findings:
            return rota
        rota = rota.without({_culprit(finding, rota, problem) for finding in findings})


def _culprit(finding: Finding, rota: Rota, problem: Problem) -> str:
    if finding.visit:
        return finding.visit
    legs = rota.legs_by_carer[finding.carer]
    todays = [leg for leg in legs if finding.day is None or problem.visit(leg.visit).day == finding.day]
    return (todays or legs)[-1].visit
