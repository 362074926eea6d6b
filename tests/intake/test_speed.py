"""A large agency loads while somebody waits. The bound is wide: it catches what grows with the square."""

from __future__ import annotations

from time import perf_counter

from scheduler.intake.load import load_with_warnings
from tests.intake.agencies import MONDAY, read_tables, write_folder

CLIENTS, CARERS, PAST = 400, 130, 20_000


def test_8400_visits_in_a_few_seconds(tmp_path):
    header = {name: rows[:1] for name, rows in read_tables().items()}
    clients = [[f"C{i}", f"Client {i}", "NP20 4AL", *[""] * 12] for i in range(CLIENTS)]
    carers = [[f"K{i}", f"Carer {i}", "NP20 1AA", *[""] * 14] for i in range(CARERS)]
    visits = [
        [f"C{i}-{hour}", f"C{i}", "daily", *[""] * 5, f"{hour}:00", "", "", "30", "full_wash", *[""] * 9]
        for i in range(CLIENTS)
        for hour in (10, 13, 19)
    ]
    shifts = [[f"K{i}", "daily", *[""] * 4, "07:00", "22:00"] for i in range(CARERS)]
    history = [["2026-11-16", f"C{i % CLIENTS}", f"K{i % CARERS}", "08:30", "30"] for i in range(PAST)]
    rows = {"clients": clients, "carers": carers, "visits": visits, "shifts": shifts, "history": history}
    tables = {name: [*header[name], *found] for name, found in rows.items()}
    folder = write_folder(tables, tmp_path / "week")
    began = perf_counter()
    problem = load_with_warnings(folder, MONDAY).problem
    assert perf_counter() - began < 20
    assert len(problem.visits) == 8_400
