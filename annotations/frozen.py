"""Immutable values: what `dataclass(frozen=True, slots=True)` says, declared at a tenth of its cost.

`dataclasses` writes and compiles up to seven functions for every class.  With the seventy that there are, that took
a sixth of the time until the reader's first paint.  Here they share all but `__init__`, and that is written when the
first value is made.  `field`, `fields`, `replace` and `asdict` work as ever; what a field says of its type is `object`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

__all__ = ["frozen", "late"]

_T = TypeVar("_T")

_NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")


@overload
def frozen(cls: type[_T], /) -> type[_T]: ...
@overload
def frozen(*, kw_only: bool = False) -> Callable[[type[_T]], type[_T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Any] | None = None, /, *, kw_only: bool = False) -> Any:
    """Make a class, declared as a dataclass is, one of values: frozen, slotted, equal when class and fields are.

    Args:
        cls: the class.
        kw_only: whether its fields are given by keyword alone.
    """
    if cls is None:
        return lambda cls: _made(cls, kw_only=kw_only)
    return _made(cls, kw_only=kw_only)


def _made(cls: type[Any], *, kw_only: bool) -> type[Any]:
    made = _declared(cls, slots=True, kw_only=kw_only)
    compared = [one.name for one in fields(made) if one.compare]
    content = attrgetter(*compared) if compared else lambda _one: ()

    def equal(self: Any, other: object) -> Any:
        return content(self) == content(other) if other.__class__ is made else NotImplemented

    methods = {
        "__init__": _first_init(made),
        "__eq__": equal,
        "__hash__": lambda self: hash(content(self)),
        "__repr__": _repr,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__getstate__": _state,
        "__setstate__": _restore,
    }
    for name, method in methods.items():
        if name not in vars(cls):
            setattr(made, name, method)
    return made


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def late(cls: type[_T], /) -> type[_T]:
    """Make a class, declared as a dataclass is, one with fields and an `__init__`, written when it is first used."""
    made = _declared(cls)
    made.__init__ = _first_init(made)
    return made


def _declared(cls: type[Any], **options: bool) -> type[Any]:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` has `inspect` parse a signature for it
    declared = cls.__dict__.get("__annotations__", {})  # noqa: RUF063 - `inspect` is slow to load, and to ask
    # `dataclass` takes every annotation apart, in case it is one of these.
    cls.__annotations__ = {
        name: kind if any(one in str(kind) for one in _NO_FIELDS) else object for name, kind in declared.items()
    }
    made: type[Any] = dataclass(init=False, repr=False, eq=False, **options)(cls)
    made.__annotations__ = declared
    return made


def _first_init(made: type[Any]) -> Callable[..., None]:
    def init(self: Any, *args: Any, **words: Any) -> None:
        made.__init__ = _initializer(made)
        made.__init__(self, *args, **words)

    return init


def _initializer(made: type[Any]) -> Any:
    """The `__init__` of such a class, as `dataclasses` would write it."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    by_place, by_name, lines = ["self"], ["*"], []
    for one in fields(made):
        if not one.init:  # `__post_init__` sets it
            continue
        given, default = one.name, ""
        if one.default_factory is not MISSING:
            known[f"_make_{one.name}"], default = one.default_factory, "=_missing"
            given = f"_make_{one.name}() if {one.name} is _missing else {one.name}"
        elif one.default is not MISSING:
            known[f"_default_{one.name}"], default = one.default, f"=_default_{one.name}"
        (by_name if one.kw_only else by_place).append(one.name + default)
        lines.append(f" _set(self, {one.name!r}, {given})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    parameters = ", ".join(by_place + by_name * (len(by_name) > 1))
    exec("\n".join([f"def __init__({parameters}):", *lines, " pass"]), known)  # noqa: S102 - names of our own fields
    return known["__init__"]


def _repr(self: Any) -> str:
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: Any, name: str, *_new: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of a {type(self).__name__}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, one.name) for one in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
