"""Frozen values behave as the frozen, slotted dataclasses of the standard library do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

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


def test_the_first_values_are_made_as_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    @frozen(kw_only=True)
    class Odd(Place):
        words: list[str] = field(default_factory=list)
        length: int = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "length", len(self.words) + self.line)

    monkeypatch.setattr("annotations.frozen._FEW", 2)
    for _ in range(4):
        one, other = Odd(line=7, words=["a"]), Odd(line=7)
        assert (one.column, one.words, one.length, other.words) == (0, ["a"], 8, [])
        assert other.words is not Odd(line=7).words


@pytest.mark.parametrize("few", [0, 9])
@pytest.mark.parametrize("words", [{}, {"x": 1}, {"line": 1, "x": 1}, {"line": 1, "column": 2, "more": 3}])
def test_what_does_not_fit_is_refused_from_the_first_value_on(
    monkeypatch: pytest.MonkeyPatch, few: int, words: dict[str, Any]
) -> None:
    @frozen
    class Spot:
        line: int
        column: int = 0

    monkeypatch.setattr("annotations.frozen._FEW", few)
    for _ in range(2):
        with pytest.raises(TypeError, match=r"line|unexpected keyword argument"):
            Spot(**words)
        with pytest.raises(TypeError, match="positional"):
            Spot(1, 2, 3)  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="multiple values"):
            Spot(1, line=1)  # type: ignore[misc]
        assert Spot(1, column=3) == Spot(1, 3)


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
