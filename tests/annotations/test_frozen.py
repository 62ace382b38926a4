"""Frozen values behave as the frozen, slotted dataclasses of the standard library do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest

from annotations.frozen import frozen


@frozen
class Place:
    """By place or by keyword."""

    line: int
    column: int = 0
    seen: tuple[str, ...] = field(default=(), compare=False, repr=False)


@frozen(kw_only=True)
class Named(Place):
    """With fields of its own, and one that is worked out."""

    name: str
    words: list[str] = field(default_factory=list)
    length: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


@dataclass(frozen=True, slots=True)
class Stock:
    """As `Place`, made by the standard library."""

    line: int
    column: int = 0
    seen: tuple[str, ...] = field(default=(), compare=False, repr=False)


def test_values_with_equal_fields_are_equal_and_hash_alike() -> None:
    assert Place(1, 2, ("a",)) == Place(1, 2)
    assert hash(Place(1, 2, ("a",))) == hash(Place(1, 2))
    assert Place(1) != Place(2)
    other: object = Stock(1)
    assert Place(1) != other
    assert Place(1) != Named(line=1, name="")


def test_they_say_what_they_hold() -> None:
    assert repr(Place(1)) == repr(Stock(1)).replace("Stock", "Place")


def test_fields_are_given_as_declared() -> None:
    with pytest.raises(TypeError, match="line"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Named(1, 2, (), "x")  # type: ignore[call-arg]
    one = Named(line=1, name="four")
    assert (one.column, one.words, one.length) == (0, [], 4)
    assert one.words is not Named(line=1, name="four").words


@pytest.mark.parametrize("name", ["line", "other"])
def test_nothing_can_be_changed(name: str) -> None:
    one = Place(1)
    with pytest.raises(FrozenInstanceError):
        setattr(one, name, 2)
    with pytest.raises(FrozenInstanceError):
        delattr(one, name)
    assert one == Place(1)
    assert not hasattr(one, "__dict__")


def test_the_standard_library_knows_them() -> None:
    one = Named(line=1, name="x")
    assert replace(one, name="longer").length == 6
    assert asdict(Place(1)) == asdict(Stock(1))
    assert [one.name for one in fields(Place)] == ["line", "column", "seen"]
    assert copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own


def test_they_match_by_place() -> None:
    match Place(1, 2):
        case Place(line, column):
            assert (line, column) == (1, 2)
