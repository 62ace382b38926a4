"""Immutable values: what `dataclass(frozen=True, slots=True)` says, declared at a tenth of its cost.

`dataclasses` writes and compiles up to seven functions for every class.  With the seventy that there are, that took
a sixth of the time until the reader's first paint.  Here they share all but `__init__`, and that is written when some
values have been made without; `dataclasses` hears of a class when somebody asks it.  `field`, `fields`, `replace` and
`asdict` work as ever; what a field says of its type is `object`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, overload

__all__ = ["frozen", "late"]

_T = TypeVar("_T")
_FEW = 16
"""Values of a class for which an `__init__` of its own is not worth writing: that takes as long as making a hundred."""


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
    declared = _Declared(cls, kw_only=kw_only)
    body = {name: one for name, one in vars(cls).items() if name not in ("__dict__", "__weakref__", *declared.own)}
    compared = [name for name, one in declared.all.items() if one.compare]
    content = attrgetter(*compared) if compared else lambda _one: ()

    def equal(self: Any, other: object) -> Any:
        return content(self) == content(other) if other.__class__ is made else NotImplemented

    methods = {
        "__slots__": tuple(declared.own),
        "__match_args__": tuple(name for name, one in declared.all.items() if one.init and not one.kw_only),
        "__dataclass_fields__": declared,
        "__eq__": equal,
        "__hash__": lambda self: hash(content(self)),
        "__repr__": _repr,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__getstate__": _state,
        "__setstate__": _restore,
    }
    made: type[Any] = type(cls.__name__, cls.__bases__, methods | body)
    if "__init__" not in body:
        made.__init__ = _first_init(made, declared)
    return made


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def late(cls: type[_T], /) -> type[_T]:
    """Make a class, declared as a dataclass is, one with fields and an `__init__`, written when it is first used."""
    made: type[Any] = cls
    declared = made.__dataclass_fields__ = _Declared(made)
    for name in declared.own:
        if isinstance(vars(made).get(name), Field):
            delattr(made, name)
    made.__init__ = _first_init(made, declared)
    return cls


class _Declared:
    """The fields of a class, `own` and `all` that it has; what `dataclasses` makes of them, when that is asked for."""

    def __init__(self, cls: type[Any], *, kw_only: bool = False) -> None:
        kinds = cls.__dict__.get("__annotations__", {})  # noqa: RUF063 - `inspect` is slow to load, and to ask
        self.own: dict[str, Field[Any]] = {}
        for name, kind in kinds.items():
            if "ClassVar" in kind:
                continue
            given = cls.__dict__.get(name, MISSING)
            one = self.own[name] = given if isinstance(given, Field) else field(default=given)
            if one.kw_only is MISSING:
                one.kw_only = kw_only
        self.all: dict[str, Field[Any]] = {}
        for base in cls.__mro__[:0:-1]:
            above = vars(base).get("__dataclass_fields__")
            if isinstance(above, _Declared):
                self.all |= above.own
        self.all |= self.own
        self._asked: dict[str, Field[Any]] | None = None

    def __get__(self, _value: object, cls: type[Any]) -> dict[str, Field[Any]]:
        if self._asked is None:
            # Without a docstring `dataclass` has `inspect` parse a signature for one.
            named = {"__doc__": cls.__doc__ or " ", "__annotations__": dict.fromkeys(self.all, object), **self.all}
            made: Any = dataclass(init=False, repr=False, eq=False)(type(cls.__name__, (), named))
            self._asked = made.__dataclass_fields__
        return self._asked


def _first_init(made: type[Any], declared: _Declared) -> Callable[..., None]:
    count = 0

    def init(self: Any, *args: Any, **words: Any) -> None:
        nonlocal count
        count += 1
        if count > _FEW or not _filled(self, declared.all, args, words):
            made.__init__ = _initializer(made, declared.all)
            made.__init__(self, *args, **words)
        elif hasattr(made, "__post_init__"):
            self.__post_init__()

    return init


def _filled(self: Any, declared: dict[str, Field[Any]], args: tuple[Any, ...], words: dict[str, Any]) -> bool:
    """Set the fields as the `__init__` would; False for arguments that it would refuse, and says why."""
    places = [name for name, one in declared.items() if one.init and not one.kw_only]
    given = dict(zip(places, args, strict=False))
    if len(args) > len(places) or given.keys() & words.keys():
        return False
    given |= words
    for name, one in declared.items():
        if not one.init:  # `__post_init__` sets it
            continue
        if name in given:
            value = given.pop(name)
        elif one.default_factory is not MISSING:
            value = one.default_factory()
        else:
            value = one.default
        if value is MISSING:
            return False
        object.__setattr__(self, name, value)
    return not given


def _initializer(made: type[Any], declared: dict[str, Field[Any]]) -> Any:
    """The `__init__` of such a class, as `dataclasses` would write it."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_missing": MISSING}
    by_place, by_name, lines = ["self"], ["*"], []
    for name, one in declared.items():
        if not one.init:  # `__post_init__` sets it
            continue
        given, default = name, ""
        if one.default_factory is not MISSING:
            known[f"_make_{name}"], default = one.default_factory, "=_missing"
            given = f"_make_{name}() if {name} is _missing else {name}"
        elif one.default is not MISSING:
            known[f"_default_{name}"], default = one.default, f"=_default_{name}"
        (by_name if one.kw_only else by_place).append(name + default)
        lines.append(f" _set(self, {name!r}, {given})")
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
