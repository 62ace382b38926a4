"""The forms: claims, notes, replies; what they offer, keep and teach the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Input, Static

from annotations import store
from annotations.codebook import load_codebook
from annotations.model import Annotation, Stance
from reader.drafts import split_tags
from reader.widgets.choice import Choice
from reader.widgets.claim_form import ClaimForm
from reader.widgets.completing import Completing
from reader.widgets.form import NoteArea
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_library(tmp_path / "port", marks=False)
    (root / "postil.yaml").write_text(
        "postil: 1\n\nteam: [ada, ben]\n\npeople:\n- name: Kim Jong Un\n  aliases: [Kim Jong-un]\n"
        "  affiliations: [leader]\n- name: Ines Halloran\n  affiliations: [a pilot]\n"
    )
    return root


def saved(root: Path) -> tuple[Annotation, ...]:
    return store.load(store.sidecar_path(root / "harbour.txt")).sidecar.annotations


async def test_a_claim_from_the_keyboard(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("s", "s", "c")
        await settled(pilot)
        assert screen.article.situation() == "form"
        await pilot.press(*"hall", "down")
        await pilot.press("tab", *"silt, tide", "tab", "tab", "d", "tab", "a", "tab", *"safety", "tab", *"It is")
        await pilot.press("tab", "right", "tab", *"why", "ctrl+j", *"now", "enter")
        await settled(pilot)
        (mark,) = saved(root)
        claim = mark.claim
        assert claim is not None
        assert (claim.speaker, claim.affiliation) == ("Ines Halloran", "has piloted ships here for twenty years")
        assert (claim.form, claim.stance) == ("direct", (Stance(toward="safety", value="against"),))
        assert (claim.text, claim.status) == ("It is", "queued")
        assert mark.tags == ("silt", "tide")
        assert mark.note == "why\nnow"
        assert screen.article.situation() == "mark"
        codebook = load_codebook(root / "postil.yaml")
        assert {code.id for code in codebook.codes} == {"silt", "tide"}
        assert len(codebook.people) == 2, "nobody new was named"


async def test_the_passage_stays_in_view_above_the_form(root: Path) -> None:
    async with opened(root, size=(80, 24), path="harbour.txt") as (screen, pilot):
        await pilot.press("G", "c")
        await settled(pilot)
        pane = screen.article.pane
        start, end = pane.passage
        rows = range(int(pane.scroll_offset.y), int(pane.scroll_offset.y) + pane.size.height)
        assert pane.row_at(start) in rows
        assert pane.row_at(end - 1) in rows
        assert pane.size.height >= 5


async def test_a_new_speaker_says_so_and_is_learned_on_saving(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *"Tomas Reyl")
        await settled(pilot)
        assert "new speaker" in pilot.app.export_screenshot().replace("&#160;", " ")
        assert len(load_codebook(root / "postil.yaml").people) == 2
        await pilot.press("tab", "tab", *"surveyor", "enter")
        await settled(pilot)
        person = load_codebook(root / "postil.yaml").person("tomas reyl")
        assert person is not None
        assert person.affiliations == ("surveyor",)
        assert screen.titlebar.problem is None


async def test_an_alias_is_saved_as_the_person(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", *"Kim Jong-un", "enter")
        await settled(pilot)
        (mark,) = saved(root)
        assert mark.claim is not None
        assert (mark.claim.speaker, mark.claim.affiliation) == ("Kim Jong Un", "leader")


async def test_escape_keeps_a_draft_for_that_passage(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *"Somebody", "escape")
        await settled(pilot)
        assert saved(root) == ()
        assert "draft kept" in screen.footer.message
        await pilot.press("s", "c")
        await settled(pilot)
        assert speaker(screen.article.form) == ""
        await pilot.press("escape", "S", "c")
        await settled(pilot)
        assert speaker(screen.article.form) == "Somebody"
        await pilot.press("enter")
        await settled(pilot)
        assert len(saved(root)) == 1


def speaker(form: object) -> str:
    assert isinstance(form, ClaimForm)
    return form.query(Completing).first().value


async def test_a_highlight_becomes_the_claim(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("h")
        await settled(pilot)
        (highlight,) = saved(root)
        await pilot.press("c", *"Ines Halloran", "enter")
        await settled(pilot)
        (claim,) = saved(root)
        assert (claim.id, claim.kind, claim.quote) == (highlight.id, "claim", highlight.quote)


async def test_a_note_is_edited_and_replied_to(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("a", *"first", "enter")
        await settled(pilot)
        await pilot.press("enter", *"!", "enter")
        await settled(pilot)
        await pilot.press("r", *"yes", "enter")
        await settled(pilot)
        (note,) = saved(root)
        assert note.kind == "note"
        assert "!" in note.note
        assert [(reply.author, reply.note) for reply in note.replies] == [("ada", "yes")]


async def test_an_empty_note_is_not_saved(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("a", "enter")
        await settled(pilot)
        assert saved(root) == ()
        assert "empty note" in screen.footer.message
        assert screen.article.form is not None


async def test_opening_a_claim_to_look_changes_nothing(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    before = store.sidecar_path(root / "harbour.txt").read_bytes()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("right_square_bracket", "enter")
        await settled(pilot)
        assert screen.article.form is not None
        await pilot.press("escape")
        await settled(pilot)
        assert "draft" not in screen.footer.message
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
    assert store.sidecar_path(root / "harbour.txt").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "tags"),
    [("", ()), (" a ,b,, a", ("a", "b")), ("two  words, x", ("two words", "x")), ("[/], \x1b", ("[/]",))],
)
def test_tags_are_split_at_commas(text: str, tags: tuple[str, ...]) -> None:
    assert split_tags(text)[: len(tags)] == tags


class Bench(App[None]):
    """One field on a screen of its own."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice

    def compose(self) -> ComposeResult:
        yield self.choice
        yield Input()
        yield NoteArea()


async def test_a_choice_is_made_by_arrow_letter_and_click() -> None:
    choice = Choice(("new", "queued", "checking"), "new", optional=False)
    async with Bench(choice).run_test() as pilot:
        choice.focus()
        await pilot.press("right")
        assert choice.value == "queued"
        await pilot.press("c")
        assert choice.value == "checking"
        await pilot.press("right")
        assert choice.value == "new"
        await pilot.press("x", "backspace")
        assert choice.value == "new", "this one cannot be empty"
        await pilot.click(choice, offset=(6, 0))
        assert choice.value == "queued"


async def test_a_value_that_no_vocabulary_holds_is_kept() -> None:
    choice = Choice(("for", "against"), "sceptical")
    async with Bench(choice).run_test(size=(24, 10)):
        assert choice.value == "sceptical"


async def test_what_is_typed_at_once_goes_to_the_next_field(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c")
        await settled(pilot)
        for key in ("A", "tab", "b", "tab", "c", "tab", "d"):  # as from a terminal: no key waits for the one before it
            character = key if len(key) == 1 else "\t"
            pilot.app.post_message(events.Key(key, character))
        await settled(pilot)
        assert isinstance(screen.article.form, ClaimForm)
        values = screen.article.form.values()
        assert values.claim is not None
        assert (values.claim.speaker, values.tags, values.claim.affiliation) == ("A", ("b",), "c")
        assert values.claim.form == "direct"


async def test_a_note_is_gone_on_with_at_its_end(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("a", *"one", "ctrl+j", *"two", "enter")
        await settled(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press(*"!", "enter")
        await settled(pilot)
        assert [mark.note for mark in saved(root)] == ["one\ntwo!"]


async def test_a_stance_toward_something_has_a_side(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *["tab"] * 5, *"safety", "enter")
        await settled(pilot)
        form = screen.article.form
        assert isinstance(form, ClaimForm)
        assert form.query_one(".wrong").display
        assert saved(root) == ()
        await pilot.press("a")
        await settled(pilot)
        assert not form.query_one(".wrong").display
        await pilot.press("enter")
        await settled(pilot)
        (mark,) = saved(root)
        assert mark.claim
        assert mark.claim.stance == (Stance(toward="safety", value="against"),)


async def test_what_is_longer_than_its_field_is_cut_with_a_sign(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(60, 24)) as (screen, pilot):
        await pilot.press("c", "tab", "tab", *"somebody who has watched the river for forty years")
        await settled(pilot)
        affiliation = next(one for one in screen.query(Input) if one.value.startswith("somebody"))
        assert affiliation.region.right <= 59
        assert affiliation.render_line(0).text.startswith("…")
        await pilot.press("home")
        await settled(pilot)
        shown = affiliation.render_line(0).text[: affiliation.size.width]
        assert (shown[:8], shown[-1]) == ("somebody", "…")
        assert {one.region.right for one in screen.article.query(Input)} == {59}


async def remark(pilot: Pilot[None]) -> str:
    await settled(pilot)
    return str(next(iter(pilot.app.screen.query("Completing Static").results(Static))).content)


HALLORAN = ("Ines Halloran", "has piloted ships here for twenty years")


@pytest.mark.parametrize("leave", [["enter"], ["tab", "enter"]])
async def test_a_name_that_is_begun_is_the_one_person_it_can_be(root: Path, leave: list[str]) -> None:
    before = (root / "postil.yaml").read_bytes()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *"hallo")
        assert (await remark(pilot)).startswith("= Ines Halloran; hallo. for a new name")
        await pilot.press(leave[0])
        await settled(pilot)
        assert "tab" not in leave or speaker(screen.article.form) == "Ines Halloran"
        await pilot.press(*leave[1:])
        await settled(pilot)
    claim = saved(root)[0].claim
    assert claim
    assert (claim.speaker, claim.affiliation) == HALLORAN
    assert (root / "postil.yaml").read_bytes() == before


@pytest.mark.parametrize("leave", [["enter"], ["tab", "enter"]])
async def test_a_name_with_a_full_stop_is_a_new_one(root: Path, leave: list[str]) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", *"Hallo.")
        assert (await remark(pilot)).startswith("new speaker Hallo")
        await pilot.press(*leave)
        await settled(pilot)
    claim = saved(root)[0].claim
    assert claim
    assert (claim.speaker, claim.affiliation) == ("Hallo", "")
    assert load_codebook(root / "postil.yaml").person("Hallo")


async def test_a_full_stop_that_ends_a_name_stays(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", *"Ira Vance Jr.", "enter")
        await settled(pilot)
    claim = saved(root)[0].claim
    assert claim
    assert claim.speaker == "Ira Vance Jr."


async def test_of_several_that_are_meant_none_is_taken(root: Path) -> None:
    (root / "postil.yaml").write_text("postil: 1\npeople:\n- name: Kim Jong Un\n- name: Kim Song\n- name: Ki\n")
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", *"kim")
        assert await remark(pilot) == "new speaker; 1-2 or ↓ takes one"
        await pilot.press("tab")
        assert await remark(pilot) == "new speaker"
        await pilot.press("shift+tab", *["backspace"] * 3, *"ki")
        assert (await remark(pilot)).startswith("= Ki; 1-3 or ↓"), "a name that is known is no beginning"


async def test_a_claim_with_a_short_name_is_not_changed_by_looking(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", *"Hallo.", "enter")
        await settled(pilot)
        await pilot.press("enter", "tab", "tab", "tab", "enter")
        await settled(pilot)
    claim = saved(root)[0].claim
    assert claim
    assert claim.speaker == "Hallo"


async def test_people_are_found_by_what_they_are_after_those_found_by_name(root: Path) -> None:
    (root / "postil.yaml").write_text(
        'postil: 1\npeople:\n- name: Aleks Moroz-Dahl\n  affiliations: ["Tavria\'s energy minister"]\n- name: Tava Ox\n'
    )
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *"tav")
        assert (await remark(pilot)).startswith("= Tava Ox; tav. for a new name")
        await pilot.press("r")
        assert await remark(pilot) == "new speaker; 1 or ↓ takes it", "what one is does not name one"
        await pilot.press("backspace", "2")
        await settled(pilot)
        assert speaker(screen.article.form) == "Aleks Moroz-Dahl"


async def test_how_an_offer_is_taken_stands_beside_the_field_one_is_in(root: Path) -> None:
    async with opened(root, path="harbour.txt", size=(60, 24)) as (screen, pilot):
        await pilot.press("c")
        assert await remark(pilot) == "1-3 or ↓ takes one"
        await pilot.press("1")
        assert await remark(pilot) == ""
        await pilot.press("down")
        await settled(pilot)
        assert "nothing is offered here" in screen.footer.message
        assert screen.article.form
        assert screen.article.form.at == 0


@pytest.mark.parametrize("before", [[], ["tab", "tab"]])
async def test_a_digit_that_takes_nothing_is_not_saved(root: Path, before: list[str]) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *before, "9", "enter")
        await settled(pilot)
        assert saved(root) == ()
        assert screen.article.form
        assert "nothing is offered under 9" in screen.footer.message
        await pilot.press("backspace", "enter")
        await settled(pilot)
    assert len(saved(root)) == 1


async def test_tab_completes_a_tag_and_enter_and_a_comma_do_not(root: Path) -> None:
    (root / "postil.yaml").write_text("postil: 1\ncodebook:\n- id: tide-tables\n- id: silt\n")
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", "tab", *"x, tid")
        await settled(pilot)
        assert "tab takes tide-tables" in pilot.app.export_screenshot().replace("&#160;", " ")
        await pilot.press("tab", "enter")
        await settled(pilot)
        await pilot.press("s", "c", "tab", *"tid,", "tab", "enter")
        await settled(pilot)
        await pilot.press("s", "c", "tab", *"ti", "enter")
        await settled(pilot)
    assert [one.tags for one in saved(root)] == [("x", "tide-tables"), ("tid",), ("ti",)]
