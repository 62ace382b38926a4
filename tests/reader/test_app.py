"""Reading and marking, by keyboard alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from textual.widgets import Static

from annotations import store
from annotations.errors import InputError
from annotations.git import Git
from annotations.model import Annotation
from reader.app import Reader
from reader.config import State
from reader.messages import OpenArticle, Target
from reader.screens.ask import Ask
from reader.screens.read import ReadScreen
from reader.session import Session
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port", marks=False)


def saved(root: Path, name: str = "harbour.txt") -> tuple[Annotation, ...]:
    return store.load(store.sidecar_path(root / name)).sidecar.annotations


async def test_one_key_highlights_the_sentence_and_one_takes_it_back(root: Path) -> None:
    before = hashlib.sha256((root / "harbour.txt").read_bytes()).digest()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("s", "s", "h")
        await settled(pilot)
        (mark,) = saved(root)
        assert mark.kind == "highlight"
        assert mark.author == "ada"
        assert mark.quote.exact.startswith('"The channel has lost a metre')
        assert screen.article.current is not None
        assert "highlighted" in screen.footer.message
        await pilot.press("u")
        await settled(pilot)
        assert saved(root) == ()
        assert screen.article.current is None
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert [one.id for one in saved(root)] == [mark.id]
    assert hashlib.sha256((root / "harbour.txt").read_bytes()).digest() == before


async def test_highlighting_twice_says_so(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("h")
        await settled(pilot)
        await pilot.press("h")
        await settled(pilot)
        assert len(saved(root)) == 1
        assert "already a highlight" in screen.footer.message


async def test_a_selection_by_words_is_what_is_marked(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("s", "v", "w", "w")
        assert screen.article.situation() == "selection"
        assert screen.footer.commands[0].id == "mark.highlight-selection"
        await pilot.press("l", "h")
        start, end = screen.article.pane.passage
        await pilot.press("enter")
        await settled(pilot)
        (mark,) = saved(root)
        assert mark.quote.exact == screen.article.desk.article.text[start:end]
        assert screen.article.pane.selection is None


@pytest.mark.parametrize(("key", "end"), [("dollar_sign", True), ("end", True), ("0", False), ("home", False)])
async def test_while_selecting_a_key_goes_to_either_end_of_the_line(root: Path, key: str, end: bool) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        pane = screen.article.pane
        await pilot.press("s", "s", "v", "w", "w", key)
        start, limit = pane.rows.row_span(pane.row_at(pane.cursor))
        row = pane.text[start:limit]
        assert pane.cursor == start + (len(row.rstrip()) - 1 if end else len(row) - len(row.lstrip()))
        assert pane.selection is not None
        assert pane.cursor in (pane.selection[0], pane.selection[1] - 1)


async def test_brackets_go_from_mark_to_mark_and_say_when_there_is_no_other(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        seen = []
        for _ in range(5):
            await pilot.press("right_square_bracket")
            await pilot.pause()
            seen.append(screen.article.pane.current)
        assert seen == [
            "claimmetre0000001", "notetide000000001", "claimnosilt000001", "questionmay000001", "questionmay000001",
        ]  # fmt: skip
        assert screen.footer.message == "this is the last mark"
        await pilot.press("z", "G", "right_square_bracket")
        await settled(pilot)
        assert screen.footer.message == "no mark further on: [ goes to the last"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["n"], "no hits in this article"),
        (["right_square_bracket"], "no marks yet"),
        (["d"], "no mark under the cursor"),
        (["w"], "once v is on"),
        (["o"], "once v is on"),
        (["u"], "nothing to undo"),
        (["ctrl+s"], "everything is saved"),
        (["shift+tab", "h"], "this key is for the article"),
    ],
)
async def test_a_key_that_can_do_nothing_says_why(root: Path, keys: list[str], said: str) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press(*keys)
        await settled(pilot)
        assert said in screen.footer.message


async def test_another_author_s_mark_is_not_deleted_without_asking(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("right_square_bracket", "right_square_bracket", "d")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert any(one.id == "notetide000000001" for one in saved(root))
        await pilot.press("d")
        await settled(pilot)
        await pilot.press("d")
        await settled(pilot)
        assert all(one.id != "notetide000000001" for one in saved(root))


async def test_what_cannot_be_saved_stays_on_the_screen_and_is_offered_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        with monkeypatch.context() as broken:

            def full(*_: object, **__: object) -> None:
                raise InputError("no space left on the disk", path="harbour.txt.postil.yaml")

            broken.setattr(store, "save", full)
            await pilot.press("h")
            await settled(pilot)
            assert saved(root) == ()
            assert screen.article.current is not None
            assert screen.titlebar.problem is not None
            assert "no space left" in screen.footer.message
            await pilot.press("s")
            assert screen.footer.commands[0].id == "article.save"
            await pilot.press("q")
            await settled(pilot)
            assert screen is not pilot.app.screen, "quitting with unsaved work asks first"
            await pilot.press("escape")
        await pilot.press("ctrl+s")
        await settled(pilot)
        assert len(saved(root)) == 1
        assert screen.titlebar.problem is None


async def test_one_comes_back_to_where_one_was(root: Path) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("s", "s", "s", "z")
        cursor = screen.article.pane.cursor
        await pilot.press("q")
        await settled(pilot)
    assert State.load().at(root).article == "harbour.txt"
    async with opened(root, size=(120, 40)) as (screen, _):
        assert screen.article.path == "harbour.txt"
        assert screen.article.pane.cursor == cursor
        assert not screen.article.pane.folded


async def test_an_article_that_is_gone_says_so_and_the_rest_works(root: Path) -> None:
    async with opened(root) as (screen, pilot):
        (root / "harbour.txt").unlink()
        await pilot.press("enter")
        await settled(pilot)
        assert "harbour.txt" in screen.footer.message
        await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.article.path == "letter.txt"


async def test_where_the_article_one_left_is_gone_one_is_told_how_to_open_another(root: Path) -> None:
    async with opened(root, path="nowhere.txt") as (screen, pilot):
        assert "nowhere.txt" in screen.footer.message
        teach = screen.article.query_one(".teach", Static)
        assert teach.region.area
        await pilot.press("down", "enter")
        await settled(pilot)
        assert screen.article.path
        assert not teach.region.area


async def test_a_refused_sidecar_makes_the_article_read_only_with_a_reason(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    sidecar = store.sidecar_path(root / "harbour.txt")
    sidecar.write_text("postil: 1\npostil: 1\n")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        assert "harbour.txt.postil.yaml:2" in screen.footer.message
        await pilot.press("h")
        await settled(pilot)
        assert "harbour.txt.postil.yaml:2" in screen.footer.message
    assert sidecar.read_text() == "postil: 1\npostil: 1\n"


async def test_correcting_title_and_date_goes_beside_the_article(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("E")
        await settled(pilot)
        await pilot.press("tab", *"2031-03-03", "enter")
        await settled(pilot)
        assert screen.article.desk.article.published == "2031-03-03"
        loaded = store.load(store.sidecar_path(root / "harbour.txt"))
        assert loaded.sidecar.article == {"published": "2031-03-03"}
        assert any("2031-03-03" in line.plain for item in screen.find.listing.items for line in item.draw(34))


async def test_narrow_screens_show_find_only_while_it_is_used(root: Path) -> None:
    async with opened(root, size=(60, 24)) as (screen, pilot):
        assert screen.find.display
        await pilot.press("enter")
        await settled(pilot)
        assert not screen.find.display
        assert screen.article.drawer.display
        await pilot.press("escape")
        await settled(pilot)
        assert screen.find.display
        assert screen.find.listing.has_focus


async def test_the_palette_runs_a_command_of_the_table(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("ctrl+p")
        await settled(pilot)
        await pilot.press(*"highlight")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        assert [one.kind for one in saved(root)] == ["highlight"]


async def test_help_lists_every_key_and_goes_away(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("question_mark")
        await settled(pilot)
        assert pilot.app.screen is not screen
        await pilot.press("escape")
        await settled(pilot)
        assert pilot.app.screen is screen


HOSTILE = "[@click=app.bell]x[/] \x1b[31m\u202egnp\u2066"


async def test_foreign_strings_are_shown_and_never_act(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port [@click=app.quit]x[/]", marks=False)
    session = Session.start(root, author="ada")
    session.correct("harbour.txt", {"title": HOSTILE, "byline": "[/]"})
    session.annotate("harbour.txt", 120, 140, "claim", tags=(HOSTILE,), note=HOSTILE)
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket")
        await settled(pilot)
        rendered = pilot.app.export_screenshot().replace("&#160;", " ")
        assert "[@click=app.bell]x[/]" in rendered
        assert "␛[31m" in rendered
        assert "\x1b" not in rendered
        assert "\u202e" not in rendered
        for y in range(1, 40, 7):
            await pilot.click(offset=(60, y))
        assert screen.is_running


async def test_ones_own_mark_with_another_s_replies_is_deleted_only_after_asking(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "d")
        await settled(pilot)
        assert isinstance(pilot.app.screen, Ask)
        assert "ben" in " ".join(str(one.render()) for one in pilot.app.screen.query(Static))
        await pilot.press("d")
        await settled(pilot)
        assert screen.article.desk.sidecar.get("claimmetre0000001") is None


async def test_who_annotates_is_asked_of_git_without_keeping_the_first_screen(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port", marks=False)
    Git.init(root).set("user.name", "Grace Hopper")
    app = Reader(Session.start(root), State(), target=Target("harbour.txt"))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, ReadScreen)
        assert "grace-hopper  ✓ saved" in app.screen.titlebar.render().plain
        await pilot.press("s", "h")
        await settled(pilot)
    assert [one.author for one in saved(root)] == ["grace-hopper"]


async def test_hits_can_be_gone_through_after_opening_an_annotation(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    async with opened(root) as (screen, pilot):
        screen.post_message(OpenArticle(Target("harbour.txt", "claimnosilt000001", query="silt")))
        await settled(pilot)
        assert screen.article.pane.current == "claimnosilt000001"
        text, starts = screen.article.desk.article.text, set()
        for _ in range(3):
            await pilot.press("n")
            await settled(pilot)
            assert "of 3" in screen.footer.message
            starts.add(screen.article.pane.cursor)
        assert all(text[at : at + 4].lower() == "silt" for at in starts)
        assert len(starts) == 3


async def test_several_changes_are_undone_with_a_count(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press(*"shshsh")
        await pilot.press(*"2u")
        await settled(pilot)
        assert screen.footer.message == "undone: highlight, highlight; ctrl+r does it again"
        assert len(saved(root)) == 1
        await pilot.press("9", "ctrl+r")
        await settled(pilot)
        assert len(saved(root)) == 3
