"""Marks with few keys: offers by number, the last claim again, tags by prompt and for a run, kinds by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import store
from annotations.codebook import load_codebook
from annotations.model import Annotation
from reader.config import State
from reader.recent import Recent
from reader.widgets.offers import Offers
from tests.reader.shelf import make_library, opened, settled


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_library(tmp_path / "port", marks=False)
    (root / "postil.yaml").write_text(
        "postil: 1\n\nteam: [ada]\n\ncodebook:\n- id: silt\n- id: Tide-Tables\n\npeople:\n- name: Ines Halloran\n"
    )
    return root


def saved(root: Path) -> tuple[Annotation, ...]:
    return store.load(store.sidecar_path(root / "harbour.txt")).sidecar.annotations


def said(one: Annotation) -> tuple[str, str, tuple[str, ...]]:
    assert one.claim
    return one.claim.speaker, one.claim.affiliation, one.tags


async def test_a_known_speaker_and_a_recent_tag_take_five_keys(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("s", "s", "c", *"Tomas Reyl", "tab", *"depth", "enter")
        await settled(pilot)
        await pilot.press("right_curly_bracket", "c", "1", "tab", "1", "enter")
        await settled(pilot)
    assert [said(one) for one in saved(root)] == [
        ("Tomas Reyl", "", ("depth",)),
        ("Tomas Reyl", "surveyor", ("depth",)),
    ]
    assert State.load().at(root).recent.tags == ["depth"]


async def test_who_is_quoted_in_the_sentence_is_offered_first_and_never_filled_in(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press(*["right_curly_bracket"] * 3, "c")
        await settled(pilot)
        assert screen.article.form
        claim = screen.article.form.values().claim
        assert claim
        assert (claim.speaker, claim.affiliation) == ("", "")
        await pilot.press("1", "enter")
        await settled(pilot)
    assert [said(one) for one in saved(root)] == [("Tomas Reyl", "surveyor", ())]


async def test_an_affiliation_that_was_typed_stays(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", "tab", "tab", *"a cook", "shift+tab", "shift+tab", "1", "enter")
        await settled(pilot)
    assert said(saved(root)[0]) == ("Ines Halloran", "a cook", ())


async def test_digits_take_tags_in_a_row_and_give_them_back(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", "tab", "1", "2", "1", *"new one", "enter")
        await settled(pilot)
        assert screen.article.form is None
    assert saved(root)[0].tags == ("Tide-Tables", "new one")


async def test_a_digit_inside_a_tag_is_a_digit(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", "tab", *"#1914, zebra1, x-2", "enter")
        await settled(pilot)
    assert saved(root)[0].tags == ("1914", "zebra1", "x-2")


async def test_a_digit_after_letters_takes_what_they_lead_to(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", *"hal1", "tab", *"ti1", "enter")
        await settled(pilot)
    assert said(saved(root)[0]) == ("Ines Halloran", "has piloted ships here for twenty years", ("Tide-Tables",))


async def test_a_variant_of_a_known_tag_becomes_it_and_says_so(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", "tab", *"SILT, tide tables")
        await settled(pilot)
        shown = pilot.app.export_screenshot().replace("&#160;", " ")
        assert "SILT = silt" in shown
        await pilot.press("enter")
        await settled(pilot)
    assert saved(root)[0].tags == ("silt", "Tide-Tables")
    assert len(load_codebook(root / "postil.yaml").codes) == 2


async def test_the_last_claim_again(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("full_stop")
        assert "nothing to repeat" in screen.footer.message
        await pilot.press("c", "1", "tab", "1", "enter")
        await settled(pilot)
        await pilot.press("right_curly_bracket", "full_stop")
        await settled(pilot)
        assert "claim by Ines Halloran #silt" in screen.footer.message
        first, second = saved(root)
        assert said(first) == said(second)
        assert second.claim
        assert second.claim.status == "new"
        await pilot.press("full_stop")
        await settled(pilot)
        assert "already a claim" in screen.footer.message
        await pilot.press("u")
        await settled(pilot)
    assert len(saved(root)) == 1


async def test_tags_by_prompt(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("number_sign", "enter")
        await settled(pilot)
        assert "nothing is marked" in screen.footer.message
        await pilot.press("1", "enter")
        await settled(pilot)
        (one,) = saved(root)
        assert (one.kind, one.tags) == ("highlight", ("silt",))
        await pilot.press("number_sign", "2", "enter")
        await settled(pilot)
        (one,) = saved(root)
        assert (one.kind, one.tags) == ("highlight", ("silt", "Tide-Tables"))
        await pilot.press("c", "1", "enter")
        await settled(pilot)
        await pilot.press("number_sign", *["backspace"] * 30, *"other", "enter")
        await settled(pilot)
        (one,) = saved(root)
        assert said(one) == ("Ines Halloran", "has piloted ships here for twenty years", ("other",))


async def test_tags_for_a_run(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("T", *"winter", "enter")
        await settled(pilot)
        assert [*screen.titlebar.run] == ["winter"]
        await pilot.press("h")
        await pilot.press("s", "c", "1", "enter")
        await settled(pilot)
        await pilot.press("s", "a", *"why", "enter")
        await settled(pilot)
        assert [one.tags for one in saved(root)] == [("winter",)] * 3
        await pilot.press("T", "escape", "s", "h")
        await settled(pilot)
        assert [*screen.titlebar.run] == []
        assert saved(root)[-1].tags == ()


async def test_kinds_by_letter(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("H", "c", "s", "H", "Q", "s", "H", "h")
        await settled(pilot)
        assert [one.kind for one in saved(root)] == ["claim", "question", "highlight"]
        await pilot.press("number_sign", "1", "enter")
        await settled(pilot)
        await pilot.press("s", "H", "1")
        await settled(pilot)
        assert [one.tags for one in saved(root)] == [(), (), ("silt",), ("silt",)]
        await pilot.press("H", "x")
        assert "1 silt" in screen.footer.message
        await pilot.press("s", "H", "a")
        await settled(pilot)
        assert screen.article.situation() == "form"


async def test_a_highlight_becomes_the_claim_that_is_repeated(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (_, pilot):
        await pilot.press("c", "1", "enter")
        await settled(pilot)
        await pilot.press("s", "h")
        await settled(pilot)
        await pilot.press("full_stop")
        await settled(pilot)
    assert [one.kind for one in saved(root)] == ["claim", "claim"]


async def test_a_selection_outlives_a_form_that_is_left(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("quotation_mark", "i", "quotation_mark")
        await settled(pilot)
        selected = screen.article.pane.selection
        await pilot.press("c", *"Some", "escape", "c")
        await settled(pilot)
        assert screen.article.pane.selection == selected
        assert screen.article.form
        claim = screen.article.form.typed().claim
        assert claim
        assert claim.speaker == "Some"
        await pilot.press("enter")
        await settled(pilot)
        assert screen.article.pane.selection is None
    assert saved(root)[0].quote.exact == "The channel has lost a metre since January"


async def test_the_footer_says_what_may_follow_h_with_the_tags_that_digits_mean(root: Path) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("number_sign", *"silt, depth", "enter")
        await settled(pilot)
        await pilot.press("H")
        await pilot.pause()
        line = screen.footer.render().plain
        assert line.startswith("H…   h highlight   c claim   a note   Q question   1 ")
        assert {"silt", "depth"} <= set(line.split())
        assert "a-z" not in line


async def test_an_undone_name_is_offered_no_more(root: Path) -> None:
    before = (root / "postil.yaml").read_bytes()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c", *"Nobody", "tab", *"typo", "enter")
        await settled(pilot)
        assert [one[0] for one in screen.article.recent.speakers] == ["Nobody"]
        await pilot.press("u")
        await settled(pilot)
        assert (root / "postil.yaml").read_bytes() == before
        assert (screen.article.recent.speakers, screen.article.recent.tags) == ([], [])
        await pilot.press("full_stop")
        assert "nothing to repeat" in screen.footer.message
        await pilot.press("ctrl+r")
        await settled(pilot)
        assert load_codebook(root / "postil.yaml").person("Nobody")


async def test_a_name_of_late_that_nothing_knows_any_more_is_not_offered(root: Path) -> None:
    state = State.load()
    recent = Recent([("Nobody", ""), ("Tomas Reyl", "")], ["typo", "Tide-Tables"])
    state.at(root).recent = recent
    state.save()
    async with opened(root, path="harbour.txt") as (screen, pilot):
        await pilot.press("c")
        await settled(pilot)
        assert screen.article.form
        speakers, tags = screen.article.form.query(Offers)
        assert [one.text for one in speakers.offers] == ["Tomas Reyl", "Ines Halloran"]
        await pilot.press("tab")
        assert [one.text for one in tags.offers] == ["Tide-Tables", "silt"]
        await pilot.press("1", "enter")
        await settled(pilot)
    assert saved(root)[0].tags == ("Tide-Tables",)
