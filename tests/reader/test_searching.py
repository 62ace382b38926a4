"""The find pane as it searches: what it asks, when, what it shows of the answer, and what keys change about it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot

from index.search import Facet, Results, Wanted
from reader.asking import narrowed
from reader.screens.help import Help
from reader.screens.pick import Pick
from reader.screens.read import ReadScreen
from tests.reader.searched import article, claim, found, search_with
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def listed(screen: ReadScreen, width: int = 60) -> list[str]:
    return [line.plain.strip() for item in screen.find.listing.items for line in item.draw(width) if line.plain.strip()]


def opened_at(screen: ReadScreen) -> str:
    """The article that is open."""
    return screen.article.path


def both(query: str, _: Wanted) -> Results:
    return found(query, claim("letter.txt", "1"), article("harbour.txt", places=7), claim("harbour.txt", "2"))


async def test_results_stand_under_their_article_with_what_is_known_of_it(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, both)
        await pilot.press(*"silt")
        await settled(pilot)
        assert screen.find.said == "1 article · 2 annotations"
        lines = listed(screen)
        assert lines[0] == "About letter.txt"
        assert lines[2].startswith("◆ Tomas Reyl")
        assert lines[3] == "“There is no silt”"
        assert lines[4].startswith("About harbour.txt")
        assert lines[4].endswith("7 hits")
        assert lines[5].startswith("courier · 2031-03-04")
        assert lines[5].endswith("body")
        assert lines[6] == "silt and more"
        assert lines[7].startswith("◆ Tomas Reyl")


async def test_a_heading_over_annotations_alone_cannot_be_chosen(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, both)
        await pilot.press(*"silt")
        await settled(pilot)
        chosen = []
        for _ in range(4):
            assert screen.find.listing.chosen is not None
            chosen.append((screen.find.listing.chosen.key.path, screen.find.listing.chosen.key.annotation))
            await pilot.press("down")
        assert chosen == [("letter.txt", "1"), ("harbour.txt", None), ("harbour.txt", "2"), ("harbour.txt", "2")]


async def test_a_search_begins_with_the_key_and_an_outdated_answer_is_never_shown(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search = search_with(screen, lambda query, _: found(query, article(f"{query}.txt")))
        search.held["s"] = threading.Event()
        await pilot.press("s", "i")
        while screen.find.results is None or screen.find.results.query != "si":
            await pilot.pause()
        search.held["s"].set()
        await settled(pilot)
        assert [query for query, _ in search.asked] == ["s", "si"]
        assert listed(screen)[0].startswith("About si.txt")


async def test_while_searches_hang_the_newest_waits_and_those_between_are_left_out(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search = search_with(screen, lambda query, _: found(query, article(f"{query}.txt")))
        search.held = {query: threading.Event() for query in ("s", "si")}
        await pilot.press(*"silt")
        await pilot.pause()
        for one in search.held.values():
            one.set()
        await settled(pilot)
        assert [query for query, _ in search.asked] == ["s", "si", "silt"]
        assert listed(screen)[0].startswith("About silt.txt")


async def test_the_rest_of_a_partial_answer_comes_by_itself(root: Path) -> None:
    def late(query: str, wanted: Wanted) -> Results:
        early = wanted.seconds is not None and wanted.seconds < 1
        return found(query, article("harbour.txt"), *[article("letter.txt")] * (not early), late=early)

    async with opened(root) as (screen, pilot):
        search = search_with(screen, late)
        await pilot.press(*"silt")
        await settled(pilot)
        assert screen.find.said == "2 articles"
        assert screen.footer.message != "searched to the end"
        last, before = search.asked[-1][1], search.asked[0][1]
        assert last.still()
        assert not before.still()


async def test_typing_has_a_deadline_and_enter_on_a_partial_answer_searches_to_the_end(root: Path) -> None:
    def late(query: str, wanted: Wanted) -> Results:
        hits = [article("harbour.txt")] + [article("letter.txt")] * (wanted.seconds is None)
        return found(query, *hits, late=wanted.seconds is not None)

    async with opened(root) as (screen, pilot):
        search = search_with(screen, late)
        await pilot.press(*"silt")
        await settled(pilot)
        assert [wanted.seconds for query, wanted in search.asked if query == "silt"] == pytest.approx([0.006, 1.0])
        assert screen.find.said == "1 article so far"
        await pilot.press("enter")
        await settled(pilot)
        assert search.asked[-1][1].seconds is None
        assert screen.find.said == "2 articles"
        assert screen.footer.message == "searched to the end"
        assert not opened_at(screen)
        await pilot.press("enter")
        await settled(pilot)
        assert opened_at(screen) == "harbour.txt"


async def test_a_result_that_was_chosen_opens_from_a_partial_answer(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, lambda query, _: found(query, article("harbour.txt"), article("letter.txt"), late=True))
        await pilot.press(*"silt", "down", "enter")
        await settled(pilot)
        assert opened_at(screen) == "letter.txt"


async def test_order_furniture_and_articles_alone_are_asked_for_and_said(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search = search_with(screen, both)
        await pilot.press(*"a OR b")
        await settled(pilot)
        await pilot.press("ctrl+o", "ctrl+z")
        await settled(pilot)
        assert screen.find.said == "1 article · 2 annotations · newest · without furniture"
        _, wanted = search.asked[-1]
        assert (wanted.sort, wanted.furniture) == ("newest", False)
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert search.asked[-1][0] == "result:article (a OR b"
        assert search.asked[-1][1].typing
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert search.asked[-1][0] == "result:annotation (a OR b"
        await pilot.press("ctrl+t")
        await settled(pilot)
        assert search.asked[-1][0] == "a OR b"
        assert screen.find.box.value == "a OR b"


async def test_more_hits_are_asked_for_on_the_way_down(root: Path) -> None:
    def many(query: str, wanted: Wanted) -> Results:
        hits = [article(f"{number:03}.txt") for number in range(100)][: wanted.limit]
        return Results(query, 100, False, tuple(hits), articles=100)

    async with opened(root) as (screen, pilot):
        search = search_with(screen, many)
        await pilot.press(*"silt")
        await settled(pilot)
        assert screen.find.said == "100 articles"
        first = len(screen.find.listing)
        assert first < 50
        for _ in range(first + 5):
            await pilot.press("down")
        await settled(pilot)
        assert len(screen.find.listing) > first
        assert screen.find.listing.at == first + 5
        assert search.asked[-1][1].limit > search.asked[0][1].limit
        for _ in range(5):
            await pilot.press(*["down"] * 30)
            await settled(pilot)
        assert screen.find.listing.at == 99
        asked = len(search.asked)
        await pilot.press("down", "down")
        await settled(pilot)
        assert len(search.asked) == asked


async def test_nothing_found_asks_once_more_in_earnest_and_offers_what_was_meant(root: Path) -> None:
    def misspelt(query: str, wanted: Wanted) -> Results:
        return (
            found(query, article("harbour.txt"))
            if query == "silt"
            else found(query, meant="silt" * (not wanted.typing))
        )

    async with opened(root) as (screen, pilot):
        search_with(screen, misspelt)
        await pilot.press(*"sillt", "enter")
        await settled(pilot)
        assert "Did you mean “silt”?" in screen.find.teaching
        await pilot.press("enter")
        await settled(pilot)
        assert screen.find.box.value == "silt"
        assert screen.find.said == "1 article"


async def test_what_was_meant_is_offered_by_itself_when_nobody_types_on(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, lambda query, wanted: found(query, meant="silt" * (not wanted.typing)))
        await pilot.press(*"sillt")
        await pilot.pause(0.5)
        await settled(pilot)
        assert "Did you mean “silt”?" in screen.find.teaching


async def test_a_mistake_is_forgiven_while_typing_and_pointed_at_on_enter(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, both)
        await pilot.press(*'silt "the port')
        await settled(pilot)
        assert screen.find.said.startswith("1 article")
        await pilot.press("enter")
        await settled(pilot)
        assert not opened_at(screen)
        assert "never closed" in screen.find.said
        assert screen.find.box.cursor_position == 5
        about = screen.find._about.render()
        assert (
            str(about).splitlines()[0].index("^") == screen.find.box.cursor_screen_offset.x - 1 - screen.find.region.x
        )
        await pilot.press("enter")
        await settled(pilot)
        assert opened_at(screen) == "letter.txt"


async def test_a_question_mark_where_a_word_would_begin_shows_what_can_be_typed(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"silt ?")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Help)
        shown = str(pilot.app.screen._page.render())
        assert "published:2018..2019" in shown
        await pilot.press("escape")
        assert screen.find.box.value == "silt "


# Narrowing

FACETS = (Facet("speaker", (("tomas reyl", 3), ("ines halloran", 2))), Facet("year", (("2031", 5),)))


async def test_facets_are_counted_when_they_are_opened_and_narrow_what_is_typed(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search = search_with(
            screen, lambda query, wanted: found(query, article("harbour.txt"), facets=FACETS * bool(wanted.facets))
        )
        await pilot.press(*"silt OR quay")
        await settled(pilot)
        assert not any(wanted.facets for _, wanted in search.asked)
        await pilot.press("ctrl+f")
        await settled(pilot)
        picking = pilot.app.screen
        assert isinstance(picking, Pick)
        lines = [line.plain.split() for item in picking.listing.items for line in item.draw(40)]
        assert lines == [["speaker"], ["Tomas", "Reyl", "3"], ["Ines", "Halloran", "2"], ["year"], ["2031", "5"]]
        await pilot.press(*"hall")
        await settled(pilot)
        assert sum(bool(wanted.facets) for _, wanted in search.asked) == 1
        await pilot.press("enter")
        await settled(pilot)
        assert screen.find.box.value == '(silt OR quay) speaker:"Ines Halloran"'
        assert search.asked[-1][0] == screen.find.box.value


async def test_a_facet_says_how_many_of_its_values_are_not_listed(root: Path) -> None:
    many = (Facet("year", tuple((str(1900 + at), 1) for at in range(62))),)
    async with opened(root) as (screen, pilot):
        search_with(
            screen, lambda query, wanted: found(query, article("harbour.txt"), facets=many * bool(wanted.facets))
        )
        await pilot.press(*"silt")
        await settled(pilot)
        await pilot.press("ctrl+f")
        await settled(pilot)
        picking = pilot.app.screen
        assert isinstance(picking, Pick)
        heading, *values = (item.draw(60)[0].plain.split() for item in picking.listing.items)
        assert (heading[:3], len(values)) == (["year", "12", "more:"], 50)


@pytest.mark.parametrize(
    ("query", "field", "value", "then"),
    [
        ("silt", "tag", "china-nk", "silt tag:china-nk"),
        ("a OR b", "year", "2018", "(a OR b) year:2018"),
        ("(a OR b) c", "year", "2018", "(a OR b) c year:2018"),
        ("silt tag:x", "tag", "x", "silt tag:x"),
        ("", "speaker", 'Zhao "Z" Tong', 'speaker:"Zhao Z Tong"'),
        ("silt", "tag", "-x", 'silt tag:"-x"'),
    ],
)
def test_a_query_is_narrowed(query: str, field: str, value: str, then: str) -> None:
    assert narrowed(query, field, value) == then


# Completing


async def test_words_fields_and_values_are_completed_in_turn(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, both)
        await pilot.press(*"quay sil", "ctrl+@")
        await settled(pilot)
        assert screen.find.box.value == "quay silt"
        await pilot.press("ctrl+@")
        await settled(pilot)
        assert screen.find.box.value == "quay silting"
        await pilot.press("ctrl+u", *"spe", "ctrl+@")
        await settled(pilot)
        assert screen.find.box.value == "speaker:"
        await pilot.press(*"hal", "ctrl+@")
        await settled(pilot)
        assert screen.find.box.value == 'speaker:"Ines Halloran"'
        await pilot.press("ctrl+u", *"status:q", "ctrl+@")
        await settled(pilot)
        assert screen.find.box.value == "status:queued"
        await pilot.press("ctrl+u", *"zz", "ctrl+@")
        await settled(pilot)
        assert screen.find.box.value == "zz"
        assert screen.footer.message == "nothing that is known begins so"


async def test_a_field_alone_teaches_how_to_go_on(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        await pilot.press(*"silt speaker:")
        await settled(pilot)
        assert screen.find.groups, "the word before it is searched for"
        await pilot.press("ctrl+u", *"speaker:")
        await settled(pilot)
        assert screen.find.teaching.startswith("What should speaker: be?")
        await pilot.press("ctrl+u", *"nofield:")
        await settled(pilot)
        assert screen.find.teaching.startswith("Nothing found")
        await pilot.press("ctrl+u", *"speaker:")
        await settled(pilot)
        await pilot.press("ctrl+@")
        await settled(pilot)
        assert screen.find.box.value == 'speaker:"Ines Halloran"'
        assert screen.find.groups


# Kept


async def test_what_something_was_opened_by_comes_back(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, both)
        for query in ("silt", "quay", "silt"):
            await pilot.press(*query, "enter")
            await settled(pilot)
            await pilot.press("f")
        assert screen.find.earlier == ["quay", "silt"]
        await pilot.press("ctrl+u", "ctrl+r", *"qu", "enter")
        await settled(pilot)
        assert screen.find.box.value == "quay"
        assert screen.find.box.has_focus
    async with opened(root) as (screen, pilot):
        assert screen.find.earlier == ["quay", "silt"]


async def test_a_search_is_kept_under_a_name_for_everybody(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search_with(screen, both)
        await keep(pilot, "silt -quay", "mud")
        assert (root / "postil.yaml").read_text() == "postil: 1\n\nteam: [ada, ben]\n\nsearches:\n  mud: silt -quay\n"
        assert "kept in postil.yaml as mud" in screen.footer.message
        await pilot.press("ctrl+u", "ctrl+r", "enter")
        await settled(pilot)
        assert screen.find.box.value == "silt -quay"


async def keep(pilot: Pilot[None], query: str, name: str) -> None:
    await pilot.press(*query)
    await settled(pilot)
    await pilot.press("ctrl+s", *name, "enter")
    await settled(pilot)


async def test_a_kept_search_that_makes_no_sense_is_pointed_at(root: Path) -> None:
    (root / "postil.yaml").write_text("postil: 1\nsearches:\n  good: silt\n  bad: nosuch:x\n")
    async with opened(root) as (screen, pilot):
        search_with(screen, both)
        await pilot.press("ctrl+r")
        await settled(pilot)
        picking = pilot.app.screen
        assert isinstance(picking, Pick)
        lines = [line.plain.strip() for item in picking.listing.items for line in item.draw(90)]
        assert lines[1] == "silt"
        assert lines[3].startswith("postil.yaml:4: there is no field “nosuch”")


async def test_more_like_the_chosen_article_and_like_the_open_one(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        search = search_with(screen, both)
        await pilot.press(*"silt", "down", "ctrl+l")
        await settled(pilot)
        assert screen.find.box.value == 'like:"harbour.txt"'
        assert search.asked[-1][0] == 'like:"harbour.txt"'
        await pilot.press("ctrl+u", *"silt", "enter")
        await settled(pilot)
        await pilot.press("M")
        await settled(pilot)
        assert screen.find.box.value == 'like:"letter.txt"'


async def test_kept_searches_are_in_the_palette(root: Path) -> None:
    (root / "postil.yaml").write_text("postil: 1\nsearches:\n  mud: silt -quay\n")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        search_with(screen, both)
        await pilot.press("ctrl+p", *"search: mud")
        await pilot.pause(0.5)
        await pilot.press("enter")
        await settled(pilot)
        assert screen.find.box.value == "silt -quay"
        assert screen.find.box.has_focus
