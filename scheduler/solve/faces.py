"""What guides the search towards fewer faces: a carer is dropped from a client's team only when all of the carer's
visits there have gone to others, and no single one of them is worth moving for itself. So each visit of a carer looks
dearer by its share of what the whole team would be cheaper without that carer: the fewer the visits, the larger the
share, and the worse a client is served, the more there is to share.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.model import Model


def shares_of_faces(model: Model, count: NDArray[np.int32]) -> NDArray[np.int32]:
    """By (client, carer) what each visit looks dearer, in sixtieths of a penny: nothing where the carer does not come
    (there the price of the new face is in the search's own reckoning). `count`: the carers' visits in the rota."""
    client, carer = np.nonzero(count)
    comes = count > 0
    here = comes.sum(axis=1)[client]
    known = (comes | model.recent).sum(axis=1)[client]
    saved = model.pair_price[client, carer] + _last_step(model.curve_here, client, here)
    saved += np.where(model.recent[client, carer], 0, _last_step(model.curve, client, known))
    found = np.zeros(count.shape, np.int32)
    found[client, carer] = np.minimum(saved // count[client, carer], np.iinfo(np.int32).max)
    return found


def _last_step(curve: NDArray[np.int64], client: NDArray[np.intp], n: NDArray[np.int64]) -> NDArray[np.int64]:
    """What the last of n carers costs each of these clients."""
    step: NDArray[np.int64] = curve[client, n] - curve[client, n - 1]
    return step
