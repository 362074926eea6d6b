"""Tiny problems solved whole by CP-SAT, which shares no line with the search: the oracle of both model and search."""

from __future__ import annotations

from collections import Counter
from functools import cache

from scheduler.check import Report, check
from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.solve.exact import Answer, price_exactly, solve_exactly
from scheduler.solve.model import Model
from scheduler.solve.search import Search
from scheduler.units import sixtieths
from tests.solve.judge import Engine
from tests.solve.rich import a_rich_model
from tests.solve.variety import FRIDAY, a_varied_problem

SEEDS = 50
