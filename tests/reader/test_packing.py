"""Where the margin's cards go."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.packing import pack

CARDS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=12).map(sorted)


def test_cards_with_room_stand_level_with_their_lines() -> None:
    assert pack([2, 8, 20], [3, 3, 3], 30) == [2, 8, 20]


def test_a_crowded_card_moves_down() -> None:
    assert pack([2, 3, 4], [3, 3, 3], 30) == [2, 5, 8]


def test_the_current_card_stays_and_those_before_it_move_up() -> None:
    assert pack([5, 6, 7], [3, 3, 3], 30, current=2) == [1, 4, 7]


def test_what_has_no_room_is_left_out_but_never_the_current_one() -> None:
    assert pack([0, 0, 0], [4, 4, 4], 8) == [0, 4, None]
    assert pack([0, 0, 0], [4, 4, 4], 8, current=2) == [None, 0, 4]
    assert pack([7], [5], 8, current=0) == [3]


def test_the_current_card_makes_room_for_those_before_it() -> None:
    assert pack([1, 1, 1, 2, 4], [3, 3, 6, 3, 3], 30, current=2) == [0, 3, 6, 12, 15]


@given(CARDS, st.integers(1, 40), st.data())
def test_cards_never_overlap_nor_change_places(cards: list[tuple[int, int]], height: int, data: st.DataObject) -> None:
    wants, heights = [want for want, _ in cards], [tall for _, tall in cards]
    current = data.draw(st.none() | st.integers(0, len(cards) - 1)) if cards else None
    rows = pack(wants, heights, height, current)
    assert len(rows) == len(cards)
    placed = [(row, tall) for row, tall in zip(rows, heights, strict=True) if row is not None]
    assert all(one + tall <= other for (one, tall), (other, _) in pairwise(placed))
    assert len(placed) == len(cards) or sum(heights) > height
    if current is not None:
        assert rows[current] is not None
    assert all(0 <= row < max(height, 1) or row == 0 for row, _ in placed)
