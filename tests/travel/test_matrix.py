"""What a matrix promises."""

import numpy as np
import pytest

from scheduler.errors import DomainError
from scheduler.travel import Matrix


def square(*rows: tuple[int, ...]) -> np.ndarray:
    return np.array(rows, dtype=np.int32)


def test_a_matrix_need_not_be_symmetric():
    one_way = Matrix(square((0, 5), (9, 0)), square((0, 2000), (3500, 0)))
    assert one_way.minutes[0, 1] == 5
    assert one_way.minutes[1, 0] == 9


def test_a_matrix_cannot_be_written_to():
    matrix = Matrix(square((0, 5), (9, 0)), square((0, 2000), (3500, 0)))
    with pytest.raises(ValueError, match="read-only"):
        matrix.minutes[0, 1] = 1


@pytest.mark.parametrize(
    "minutes, metres, complaint",
    [
        (square((1, 5), (9, 0)), square((0, 1), (1, 0)), "minutes.*itself must be 0"),
        (square((0, 5), (9, 0)), square((0, -1), (1, 0)), "metres.*nothing below 0"),
        (square((0, 5, 1), (9, 0, 1)), square((0, 1), (1, 0)), r"minutes have shape \(2, 3\)"),
        (square((0,)), square((0, 1), (1, 0)), "1 places in minutes, 2 in metres"),
        (square((0, 5), (9, 0)).astype(np.int64), square((0, 1), (1, 0)), "int64; use int32"),
        (square((0, 5), (9, 0)), square((0, 1), (1, 0)).astype(float), "float64; use int32"),
    ],
)
def test_a_matrix_that_breaks_its_promise_cannot_be_made(minutes, metres, complaint):
    with pytest.raises(DomainError, match=complaint):
        Matrix(minutes, metres)
