"""The search's tuples of arrays handed down by one pointer each, and without counting references.

Numba hands a tuple of arrays to a function word by word (a state is some 150 of them), and counts references wherever
an array is taken out of it, with a locked instruction each time. In these loops that was most of all the time, and
most of compiling too. A borrowed tuple is the address of the caller's own copy, and its arrays have nobody to count
for. It must not outlive the call that borrowed: the owner is the Python object that was handed in.
"""

from __future__ import annotations

import hashlib
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model


class Borrowed(types.Type):
    """A named tuple of arrays, by its address."""

    def __init__(self, whole: Any) -> None:
        self.whole = whole
        # (Its whole name would be pages long, in the name of every function that takes one.)
        digest = hashlib.sha256(str(whole).encode()).hexdigest()[:16]
        super().__init__(name=f"Borrowed({whole.instance_class.__name__} {digest})")


@register_model(Borrowed)
class _Model(models.PrimitiveModel):
    def __init__(self, manager: Any, borrowed: Borrowed) -> None:
        value = manager.lookup(borrowed.whole).get_value_type()
        super().__init__(manager, borrowed, ir.PointerType(value))


@infer_getattr
class _Fields(AttributeTemplate):
    key = Borrowed

    def generic_resolve(self, value: Any, attr: str) -> Any:  # type: ignore[override]  # numba has NotImplemented
        """The type of a field."""
        fields = value.whole.fields
        return value.whole.types[fields.index(attr)] if attr in fields else None


@lower_getattr_generic(Borrowed)
def _field(context: Any, builder: Any, borrowed: Borrowed, address: Any, name: str) -> Any:
    at = borrowed.whole.fields.index(name)
    kind = borrowed.whole.types[at]
    array = context.make_array(kind)(
        context, builder, builder.load(cgutils.gep_inbounds(builder, address, 0, at))
    )
    array.meminfo = array.meminfo.type(None)
    return array._getvalue()


def _borrow(typing_context: Any, whole: Any) -> Any:
    """Numba asks for the type of the answer and the code that makes it."""

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return cgutils.alloca_once_value(builder, arguments[0])

    return Borrowed(whole)(whole), codegen


borrow: Any = intrinsic(_borrow)
"""named tuple of arrays -> the same, borrowed."""
