"""What is free goes back to the system where that can be asked for, and nothing happens where it cannot."""

from __future__ import annotations

import ctypes

import pytest

from reader.memory import give_back


def test_the_c_library_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Library:
        def __init__(self, name: None) -> None:
            assert name is None

        malloc_trim = staticmethod(asked.append)

    monkeypatch.setattr(ctypes, "CDLL", Library)
    give_back()
    assert asked == [0]


@pytest.mark.parametrize("error", [OSError, AttributeError, TypeError])
def test_another_c_library_is_left_alone(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: None) -> None:
        raise error

    monkeypatch.setattr(ctypes, "CDLL", refused)
    give_back()
