"""What a card says of an annotation, at any width."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.model import Reply, Stance
from annotations.text import decode
from reader.cards import Card, draw
from reader.dates import ago
from reader.glyphs import ASCII, UNICODE
from reader.linked import Link
from reader.threads import thread
from tests.reader.shelf import CREATED, HARBOUR, annotated

METRE = next(one for one in annotated(decode(HARBOUR.encode())).annotations if one.id == "claimmetre0000001")
LINKS = (
    Link("contradicts", "claimnosilt000001", path="harbour.txt", name="Tomas Reyl", quote="no silt worth the name"),
    Link("quotes", "x", coming=True, path="letter.txt", name="a clerk"),
    Link("rebuts", "nowhere", name="nowhere"),
)


def text_of(card: Card, *, expanded: bool = True, width: int = 32) -> list[str]:
    return [line.plain.rstrip() for line in draw(card, width, UNICODE, expanded=expanded, links=LINKS[:2]).lines]


def answer(name: str, to: str = "", note: str = "Yes.") -> Reply:
    return Reply(id=name, author="ben", created=CREATED, to=to, note=note)


def test_the_current_card_says_everything() -> None:
    said = "\n".join(text_of(Card(METRE)))
    for part in (
        "◆ Ines Halloran", "direct", "a pilot", "against", "◔ checking", "silt, safety", "Which datum?",
        "→ contradicts Tomas Reyl", "    “no silt worth the name”", "← quoted by a clerk",
        "↳ ben · 2031-03-04", "Chart datum, I asked.",
        "✓ accepted · ben · 2031-03-04", "ada · 2031-03-04",
    ):  # fmt: skip
        assert part in said, part


def test_whose_mark_it_is_stands_before_what_was_said_of_it_and_each_reply_is_signed_above_its_words() -> None:
    said = text_of(Card(METRE))
    signed = said.index("  ada · 2031-03-04")
    assert said[signed - 1] == "  Which datum?"
    assert said[signed + 1] == "  → contradicts Tomas Reyl"
    assert said[said.index("  ↳ ben · 2031-03-04") + 1] == "    Chart datum, I asked."
    assert "  ↳ ben · 2031-03-04" in text_of(Card(METRE), width=90)


def test_a_reworded_mark_says_old_and_new_and_goes_on_saying_it_once_accepted() -> None:
    now = "The channel has lost two metres since January"
    told = " ".join(" ".join(text_of(Card(METRE, "edited", now=now))).split())
    assert "the wording that was quoted changed (X repairs) The channel has lost [-a metre-] [+two metres+]" in told
    accepted = replace(METRE, quote=replace(METRE.quote, exact=now, was=("older words", METRE.quote.exact)))
    told = " ".join(" ".join(text_of(Card(accepted))).split())
    assert "reworded since it was quoted The channel has lost [-a metre-] [+two metres+]" in told
    assert "words changed" in text_of(Card(METRE, "edited", now=now), expanded=False)[0]


def test_the_words_of_the_other_end_take_one_line() -> None:
    link = replace(LINKS[0], quote="word " * 40)
    lines = [line.plain for line in draw(Card(METRE), 32, UNICODE, expanded=True, links=(link,)).lines]
    assert sum("word word" in line for line in lines) == 1


def test_a_side_that_is_taken_never_ends_in_a_dot() -> None:
    assert METRE.claim is not None
    side = Stance(value="against", toward="water-as-leverage")
    card = Card(replace(METRE, claim=replace(METRE.claim, stance=(side,))))
    assert "  · water-as-leverage" in text_of(card, width=24)
    assert not [line for width in range(12, 60) for line in text_of(card, width=width) if line.endswith(" ·")]


def test_a_verdict_says_when_it_is_of_something_else_by_now() -> None:
    changed = replace(METRE, note="Mean low water, then?")
    assert "  ✓ accepted · ben" in text_of(Card(changed))
    assert "  · stale: changed since" in text_of(Card(changed))
    assert "  ✓ accepted · ben · stale: changed since" in text_of(Card(changed), width=50)
    assert "stale" not in "".join(text_of(Card(replace(METRE, replies=()))))


def test_only_the_last_verdict_of_each_is_shown() -> None:
    again = replace(METRE.reviews[0], id="v2", verdict="rejected", created="2031-03-05T08:00:00Z")
    said = "\n".join(text_of(Card(replace(METRE, reviews=(*METRE.reviews, again)))))
    assert "✗ rejected · ben" in said
    assert "✓" not in said


def test_what_has_no_room_goes_below_with_its_dot() -> None:
    assert "  ✓ accepted · ben" in text_of(Card(METRE), width=24)
    assert "  · 2031-03-04" in text_of(Card(METRE), width=24)
    assert not [line for width in range(12, 40) for line in text_of(Card(METRE), width=width) if line.endswith(" ·")]


def test_the_others_say_it_in_two_lines_with_how_much_was_said_about_them() -> None:
    assert text_of(Card(METRE), expanded=False) == ["◆ Ines Halloran          ↳1 ⇄2 ◔", "  Which datum?"]


def test_a_long_name_goes_on_below_rather_than_being_cut() -> None:
    assert METRE.claim is not None
    name = "Maria-Theresia von Habsburg-Lothringen"
    long = Card(replace(METRE, claim=replace(METRE.claim, speaker=name)))
    assert text_of(long, expanded=False) == ["◆ Maria-Theresia von     ↳1 ⇄2 ◔", "  Habsburg-Lothringen"]
    assert text_of(long)[:2] == ["◆ Maria-Theresia von", "  Habsburg-Lothringen     direct"]
    note = replace(METRE, kind="note", claim=None, author="someone-with-a-very-long-id")
    assert text_of(Card(note), expanded=False) == [
        "✎ note                     ↳1 ⇄2",
        "  · someone-with-a-very-long-id",
    ]


@pytest.mark.parametrize("expanded", [True, False])
@pytest.mark.parametrize("width", [4, 8, 20, 32, 60])
def test_no_line_is_wider_than_the_card(width: int, *, expanded: bool) -> None:
    note = replace(
        METRE,
        note="A long note 金正恩 with ⟨marks⟩ that *must* be wrapped\n\n- and so\n  1. on\n\n" * 3,
        replies=(answer("a"), answer("b", "a", "- x\n- y" * 9), answer("c", "b"), answer("d", "c"), answer("e", "d")),
    )
    lines = draw(Card(note, "moved"), width, UNICODE, expanded=expanded, links=LINKS).lines
    assert all(line.cell_length <= width for line in lines)


def test_what_is_not_saved_and_what_has_moved_is_said_in_words() -> None:
    assert any("! not saved" in line for line in text_of(Card(METRE, unsaved=True)))
    assert any("! not saved" in line for line in text_of(Card(METRE, unsaved=True), expanded=False))
    assert any("words changed" in line for line in text_of(Card(METRE, "edited")))


def test_a_relation_to_what_is_not_there_is_said_to_be_one() -> None:
    said = " ".join(line.plain.strip() for line in draw(Card(METRE), 40, UNICODE, expanded=True, links=LINKS).lines)
    assert "→ rebuts nowhere: not in the library" in said


def test_relations_and_replies_are_parts_with_lines_of_their_own() -> None:
    nested = replace(METRE, replies=(answer("a"), answer("c"), answer("b", "a")))
    card = draw(Card(nested), 40, UNICODE, expanded=True, links=LINKS)
    assert [getattr(part, "other", getattr(part, "id", "")) for part in card.parts] == [
        "claimnosilt000001", "x", "nowhere", "a", "b", "c",
    ]  # fmt: skip
    for number, words in enumerate(["contradicts", "quoted by", "rebuts", "ben", "  ↳ ben", "ben"], 1):
        start, end = card.span(number)
        assert start < end
        assert words in card.lines[start].plain
    assert card.span(0)[0] == 0


def test_the_ascii_signs_are_ascii() -> None:
    assert all(line.plain.isascii() for line in draw(Card(METRE), 40, ASCII, expanded=True, links=LINKS).lines)


@pytest.mark.parametrize(
    "hostile", ["[@click=app.quit]x[/]", "[/]", "\x1b[2J", "\u202eabc", "a\nb\tc", "&#27;[2J`\x9b`"]
)
def test_hostile_strings_are_only_text(hostile: str) -> None:
    assert METRE.claim is not None
    claim = replace(METRE.claim, speaker=hostile, affiliation=hostile, text=hostile, status=hostile, form=hostile)
    reply = Reply(id=hostile, author=hostile, created=hostile, note=hostile)
    one = replace(METRE, author=hostile, tags=(hostile,), note=hostile, claim=claim, replies=(reply,))
    link = Link(hostile, hostile, path=hostile, name=hostile, note=hostile)
    said = "".join(line.plain for line in draw(Card(one), 200, UNICODE, expanded=True, links=(link,)).lines)
    assert not set(said) & set("\x1b\u202e\t\n\x9b")
    if hostile == "[/]":
        assert said.count(hostile) >= 10


def test_days_are_counted_for_two_weeks() -> None:
    today = date(2026, 11, 22)
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC).astimezone().date()
    assert ago("2026-11-22T12:00:00Z", noon) == "today"
    assert ago("2026-11-21T12:00:00", today) == "yesterday"
    assert ago("2026-11-09T12:00:00", today) == "13 days ago"
    assert ago("2026-11-08T12:00:00", today) == "2026-11-08"
    assert ago("2026-11-23T12:00:00", today) == "2026-11-23"
    assert ago("last year some time", today) == "last year "
    assert ago("2026-11-22T12:00:00") == "2026-11-22"


NAMES = st.sampled_from("abcdef")


@given(st.lists(st.tuples(NAMES, st.sampled_from(["", *"abcdefx"])), max_size=9))
def test_a_thread_leaves_no_reply_out_and_sets_answers_under_what_they_answer(found: list[tuple[str, str]]) -> None:
    replies = [answer(name, to, f"{at}") for at, (name, to) in enumerate(found)]
    told = thread(replies)
    assert sorted(one.note for _, one in told) == sorted(one.note for one in replies)
    above: list[str] = []
    for depth, one in told:
        assert depth <= len(above)
        if depth:
            assert one.to == above[depth - 1]
        above[depth:] = [one.id]
