"""Keys and mouse on cards: replies, relations, and which marks are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.events import MouseScrollDown, MouseScrollUp
from textual.screen import Screen
from textual.widgets import Static

from annotations import store
from annotations.model import Relation, Reply
from reader.linked import Link
from reader.screens.ask import Ask
from reader.screens.filter import FilterScreen
from reader.screens.read import ReadScreen
from reader.screens.relate import LETTERS, Relate
from reader.session import Session
from reader.widgets.card_pane import CardPane
from tests.reader.shelf import CREATED, make_library, opened, settled

METRE, SILT = "claimmetre0000001", "claimnosilt000001"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def drawn(cards: CardPane) -> str:
    return "\n".join(cards.render_line(y).text.rstrip() for y in range(cards.size.height))


def words(cards: CardPane) -> str:
    """What the lines say, without how they are wrapped."""
    return " ".join(word for word in drawn(cards).split() if word not in "│╰╮╭╯─▌")


def static_text(screen: Screen[Any]) -> str:
    return "\n".join(str(part.render()) for part in screen.query(Static) if part.display)


def replies(root: Path, name: str = METRE) -> list[tuple[str, str, str]]:
    found = store.load(store.sidecar_path(root / "harbour.txt")).sidecar.get(name)
    assert found
    return [(one.author, one.note, one.to) for one in found.replies]


def relations(root: Path, name: str, article: str = "harbour.txt") -> list[tuple[str, str, str]]:
    found = store.load(store.sidecar_path(root / article)).sidecar.get(name)
    assert found
    return [(one.type, one.to, one.note) for one in found.relations]


def with_replies(root: Path, *more: Reply) -> None:
    path = store.sidecar_path(root / "harbour.txt")
    loaded = store.load(path)
    one = loaded.sidecar.get(METRE)
    assert one
    store.save(loaded, loaded.sidecar.put(replace(one, replies=(*one.replies, *more))))


async def test_tab_goes_to_the_margin_and_the_keys_are_its_own_until_esc(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("tab")
        assert screen.article.margin.active
        assert screen.article.situation() == "margin"
        await pilot.press("j")
        await settled(pilot)
        assert screen.article.pane.current == METRE
        await pilot.press("j", "j", "j")
        assert screen.article.pane.current == "notetide000000001"
        await pilot.press("k")
        assert screen.article.pane.current == METRE
        await pilot.press("G")
        await settled(pilot)
        assert screen.article.pane.current == "questionmay000001"
        await pilot.press("j")
        assert "last mark" in screen.footer.message
        await pilot.press("escape")
        assert screen.focused is screen.article.pane
        await pilot.press("shift+tab", "shift+tab", "shift+tab")
        assert screen.article.margin.active


async def test_in_a_card_the_keys_go_from_relation_to_reply(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "tab")
        await settled(pilot)
        margin = screen.article.margin
        assert margin.part is None
        await pilot.press("j")
        assert isinstance(margin.part, Link)
        assert "▌ → contradicts Tomas Reyl" in drawn(margin)
        await pilot.press("j")
        assert isinstance(margin.part, Reply)
        await pilot.press("k", "k")
        assert margin.part is None
        await pilot.press("j", "enter")
        await settled(pilot)
        assert screen.article.pane.current == SILT
        assert screen.focused is screen.article.pane
        assert "← contradicted by Ines Halloran" in words(margin)
        row = next(row for row, line in enumerate(drawn(margin).splitlines()) if "← contradicted" in line)
        await pilot.click(margin, offset=(8, row))
        await settled(pilot)
        assert screen.article.pane.current == METRE


async def test_replies_are_answered_changed_and_deleted_where_they_are_read(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "tab", "j", "j", "r", *"LAT", "enter")
        await settled(pilot)
        assert replies(root) == [("ben", "Chart datum, I asked.", ""), ("ada", "LAT", "r1")]
        assert screen.article.margin.active
        assert "    ↳ ada · " in drawn(screen.article.margin)
        await pilot.press("enter")
        assert "ben’s: r replies" in screen.footer.message
        await pilot.press("d")
        await settled(pilot)
        assert len(replies(root)) == 2, "another's reply is not deleted"
        await pilot.press("j", "enter", "?", "enter")
        await settled(pilot)
        assert replies(root)[1] == ("ada", "LAT?", "r1")
        await pilot.press("d")
        await settled(pilot)
        assert len(replies(root)) == 1
        await pilot.press("u")
        await settled(pilot)
        assert replies(root)[1] == ("ada", "LAT?", "r1")


async def test_deleting_twice_in_a_hurry_deletes_two_of_ones_own_replies_and_nothing_else(root: Path) -> None:
    with_replies(root, *(Reply(id=f"own{at}", author="ada", created=CREATED, note=f"own {at}") for at in range(2)))
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("right_square_bracket", "tab", "j", "j", "j", "d", "d", "d")
        await settled(pilot)
        assert replies(root) == [("ben", "Chart datum, I asked.", "")]


@pytest.mark.parametrize(("letter", "kind"), list(LETTERS.items()))
def test_every_type_of_relation_has_a_letter_of_its_name(letter: str, kind: str) -> None:
    assert letter in kind


async def test_a_mark_is_related_to_one_of_another_article_and_both_ends_say_so(root: Path) -> None:
    session = Session.start(root, author="ada")
    text = session.open("letter.txt").article.text
    start = text.index("A clerk said")
    clerk = session.annotate("letter.txt", start, start + 12, "note", note="sounding boat").id
    session.close()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "right_square_bracket", "R")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Ask)
        assert "would be written into ben’s note" in str(pilot.app.screen.query("Static").first().render())
        await pilot.press("R")  # the note is another's: all the same
        await settled(pilot)
        assert isinstance(pilot.app.screen, Relate)
        said = static_text(pilot.app.screen)
        assert "u undercuts         attacks its reasoning" in said
        assert "s c r u p d q x chooses how" in said
        await pilot.press("q", *"boa", "enter", "s", "o")
        assert "quotes ada’s note" in static_text(pilot.app.screen)
        assert "“A clerk said”" in static_text(pilot.app.screen), "which of ada's notes it is"
        await pilot.press("enter")
        await settled(pilot)
        assert relations(root, "notetide000000001") == [("quotes", clerk, "so")]
        assert screen.footer.message == "quotes ada’s note: u undoes"
        assert "→ quotes ada’s note “A clerk said”" in words(screen.article.margin)
        await pilot.press("tab", "j", "enter")
        await settled(pilot)
        assert screen.article.path == "letter.txt"
        assert screen.article.pane.current == clerk
        assert "← quoted by ben’s note" in words(screen.article.margin)
        await pilot.press("tab", "j", "d")
        await settled(pilot)
        assert "kept at the other end, in harbour.txt" in screen.footer.message
        await pilot.press("enter")
        await settled(pilot)
        assert screen.article.path == "harbour.txt"


async def test_relating_offers_the_latest_marks_and_goes_back_step_by_step(root: Path) -> None:
    async with opened(root, size=(60, 24), path="harbour.txt") as (_, pilot):
        await pilot.press("right_square_bracket", "R")
        await settled(pilot)
        relate = pilot.app.screen
        assert isinstance(relate, Relate)
        await pilot.press("z", "x")
        await settled(pilot)
        assert relate.listing.items[0].key.annotation == SILT
        assert METRE not in [item.key.annotation for item in relate.listing.items]
        await pilot.press("enter", "escape", "escape", "s", "down", "up", "enter", "enter")
        await settled(pilot)
        assert isinstance(pilot.app.screen, ReadScreen)
        assert relations(root, METRE) == [("contradicts", SILT, ""), ("supports", SILT, "")]
        await pilot.press("u")
        await settled(pilot)
        assert relations(root, METRE) == [("contradicts", SILT, "")]


async def test_down_typed_behind_the_words_chooses_among_what_they_find(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("right_square_bracket", "R")
        await settled(pilot)
        relate = pilot.app.screen
        assert isinstance(relate, Relate)
        await pilot.press("s", *"author:ben", "down", "enter", "enter")
        await settled(pilot)
        chosen = relate.listing.items[1].key.annotation
        assert relations(root, METRE) == [("contradicts", SILT, ""), ("supports", chosen, "")]


async def test_a_relation_that_leads_nowhere_says_so_and_is_deleted_from_either_end(root: Path) -> None:
    path = store.sidecar_path(root / "harbour.txt")
    loaded = store.load(path)
    one = loaded.sidecar.get(SILT)
    assert one
    store.save(loaded, loaded.sidecar.put(replace(one, relations=(Relation(type="rebuts", to="nowhere0000000001"),))))
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press(*["right_square_bracket"] * 3, "tab", "j")
        await settled(pilot)
        assert "→ rebuts nowhere0000000001: not in the library" in words(screen.article.margin)
        await pilot.press("enter")
        await settled(pilot)
        assert "no annotation of this library" in screen.footer.message
        await pilot.press("j", "d")
        await settled(pilot)
        assert relations(root, METRE) == []
        assert relations(root, SILT) == [("rebuts", "nowhere0000000001", "")]


async def test_a_filter_hides_marks_and_says_so(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("F")
        await settled(pilot)
        assert isinstance(pilot.app.screen, FilterScreen)
        await pilot.press("down", "down", "space", "enter")
        await settled(pilot)
        assert "2 of 5 shown · F" in drawn(screen.article.margin)
        about = screen.article._about
        assert "2 of 5 shown" not in str(about.render()), "once is enough"
        await pilot.resize_terminal(80, 30)
        await settled(pilot)
        assert "2 of 5 shown" in str(about.render()), "no margin says it here"
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert "2 of 5 shown" not in str(about.render())
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert screen.article.pane.current == "notetide000000001"
        assert set(screen.article.pane._marks) == {"notetide000000001"}
        await pilot.press("right_square_bracket")
        assert "last mark" in screen.footer.message
        await pilot.press("G", "h")
        await settled(pilot)
        assert len(screen.article.pane._marks) == 2, "what is made meanwhile is shown"
        await pilot.press("F", "F")
        await settled(pilot)
        assert len(screen.article.pane._marks) == 5
        assert "shown" not in drawn(screen.article.margin)


async def test_blind_hides_what_others_said_of_ones_own(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("F", "b", "enter")
        await settled(pilot)
        await pilot.press("right_square_bracket")
        await settled(pilot)
        said = drawn(screen.article.margin)
        assert "3 of 5 shown · blind" in said
        assert "ben" not in said
        await pilot.press("right_square_bracket")
        await settled(pilot)
        assert screen.article.pane.current == SILT


async def test_marks_are_filtered_by_who_is_quoted_whatever_the_spelling(root: Path) -> None:
    (root / "postil.yaml").write_text("postil: 1\npeople:\n- name: Captain Halloran\n  aliases: [Ines Halloran]\n")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("F")
        await settled(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, FilterScreen)
        rows = [dialog._lines(at, 60)[0].plain for at in range(len(dialog._rows))]
        assert "blind: hide what others marked and said" in rows[0]
        at = next(at for at, row in enumerate(rows) if "speaker" in row)
        assert "Captain Halloran" in rows[at]
        await pilot.press(*["down"] * at, "space", "enter")
        await settled(pilot)
        assert set(screen.article.pane._marks) == {METRE}


async def test_a_tall_card_is_read_to_its_end(root: Path) -> None:
    with_replies(root, *(Reply(id=f"n{at}", author="ben", created=CREATED, note=f"word {at} " * 20) for at in range(6)))
    async with opened(root, size=(60, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "tab")
        await settled(pilot)
        cards, seen = screen.article.cards, set[int]()
        assert cards.active
        while screen.article.pane.current == METRE:
            seen |= {at for at in range(6) if f"word {at} " in drawn(cards)}
            await pilot.press("j")
        assert seen == set(range(6))


async def test_the_wheel_reads_on_in_a_tall_card_and_scrolls_the_article_beside_others(root: Path) -> None:
    with_replies(root, *(Reply(id=f"n{at}", author="ben", created=CREATED, note=f"word {at} " * 12) for at in range(9)))
    async with opened(root, size=(120, 20), path="harbour.txt") as (screen, pilot):
        margin, pane = screen.article.margin, screen.article.pane
        await pilot.press("g", "right_square_bracket")
        await settled(pilot)
        before, top = drawn(margin), pane.scroll_offset.y
        await pilot._post_mouse_events([MouseScrollDown], margin, offset=(6, 8))
        await settled(pilot)
        assert drawn(margin) != before
        assert pane.scroll_offset.y == top
        await pilot.press("G")
        await settled(pilot)
        top = pane.scroll_offset.y
        await pilot._post_mouse_events([MouseScrollUp], margin, offset=(6, 8))
        await settled(pilot)
        assert pane.scroll_offset.y < top


async def test_the_drawer_grows_while_the_keys_are_its_own(root: Path) -> None:
    async with opened(root, size=(60, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket")
        await settled(pilot)
        before = screen.article.drawer.size.height
        await pilot.press("tab")
        await settled(pilot)
        assert screen.article.drawer.active
        assert screen.article.drawer.size.height > before
        assert "accepted" in drawn(screen.article.drawer)
        await pilot.press("escape")
        await settled(pilot)
        assert screen.article.drawer.size.height == before
