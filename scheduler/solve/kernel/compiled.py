"""How the kernel is compiled: its functions are typed one by one, and made into machine code once, as a whole.

By itself numba optimises every function together with all that it calls, again at each level of calls, makes machine
code and two wrappers for each, and compiles a function anew for every constant that it is handed. That was two thirds
of the time until the first plan. Here a `part` is only translated; the `door`, which Python calls, gathers all the
parts behind it, and optimises and keeps (on disk) the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from llvmlite.binding import parse_assembly
from numba import njit, types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering


class _Whole(JITCodeLibrary):
    """The code of a door: what it calls, and all that those call, is linked in."""

    def add_linking_library(self, library: Any) -> None:
        if library in self._linking_libraries:
            return
        super().add_linking_library(library)
        if isinstance(library, _Part):
            for behind in library._linking_libraries:
                self.add_linking_library(behind)

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """What is kept on disk. Nothing links a door in, so beside the machine code only the names of what is in it are
        kept: its other half would be read, and stay in memory, each time."""
        self._ensure_finalized()
        module = ir.Module()
        for function in self._final_module.functions:
            if not function.is_declaration:
                body = ir.Function(module, ir.FunctionType(ir.VoidType(), ()), function.name)
                ir.IRBuilder(body.append_basic_block()).ret_void()
        for variable in self._final_module.global_variables:
            if not variable.is_declaration:
                ir.GlobalVariable(module, ir.IntType(8), variable.name).initializer = ir.IntType(8)(0)
        return self.name, "object", (self._get_compiled_object(), parse_assembly(str(module)).as_bitcode())


class _Part(_Whole):
    """The code of a part: left as it is until a door links it in."""

    def finalize(self) -> None:
        self._finalized = True


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerWhole(NativeLowering):
    _name = "lowering of a door"

    def run_pass(self, state: Any) -> bool:
        state.library = _Whole(state.targetctx.codegen(), state.func_id.func_qualname)
        state.library.enable_object_caching()
        return bool(super().run_pass(state))


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerPart(NativeLowering):
    _name = "lowering of a part"

    def run_pass(self, state: Any) -> bool:
        state.library = _Part(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)

        def not_from_python(*_: Any) -> None:
            raise TypeError(f"{state.func_id.func_qualname} is called by compiled code only: call a door")

        # (Numba finds a compiled function again by this object.)
        state["cr"] = state["cr"]._replace(cfunc=not_from_python)
        state.targetctx.insert_user_function(not_from_python, state["cr"].fndesc, [state.library])
        return True


def _compiler(lowering: type[NativeLowering]) -> type[CompilerBase]:
    class Compiler(CompilerBase):
        def define_pipelines(self) -> list[Any]:
            passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
            passes.add_pass_after(lowering, NativeLowering)
            passes.passes = [p for p in passes.passes if p[0] is not NativeLowering]
            passes.finalize()
            return [passes]

    return Compiler


def _widened(kind: Any) -> Any:
    """The one type that a part takes for all whole numbers (or truths), so that it is compiled once."""
    kind = types.unliteral(kind)
    return types.int64 if kind in (types.int32, types.uint32) else kind


class _PartDispatcher(CPUDispatcher):
    def get_call_template(self, args: Any, kws: Any) -> Any:
        return super().get_call_template(tuple(map(_widened, args)), kws)

    def add_overload(self, result: Any) -> None:
        # (Without telling the C side, which would want a function of its own kind to call.)
        self.overloads[tuple(result.signature.args)] = result


_PART = _compiler(_LowerPart)
_DOOR = _compiler(_LowerWhole)
_NO_WRAPPERS = {"nopython": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


def inner(function: Callable[..., Any]) -> Any:
    """A compiled function that only compiled functions call."""
    return _PartDispatcher(function, targetoptions=dict(_NO_WRAPPERS), pipeline_class=_PART)


def door(function: Callable[..., Any]) -> Any:
    """A compiled function that Python calls, without Python's lock, and that is kept on disk."""
    return njit(cache=True, nogil=True, pipeline_class=_DOOR)(function)
