"""Typing without looking: whole bursts of keys, written at once to the program in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import store
from annotations.codebook import load_codebook
from annotations.model import Annotation
from tests.reader.shelf import make_library
from tests.reader.terminal import COMMAND, Terminal

ENTER, TAB, DOWN, ESC, BACKTAB = "\r", "\t", "\x1b[B", "\x1b", "\x1b[Z"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port", marks=False)


def saved(root: Path, name: str = "harbour.txt") -> tuple[Annotation, ...]:
    return store.load(store.sidecar_path(root / name)).sidecar.annotations


def reading(root: Path, article: str = "", *, columns: int = 120, rows: int = 40) -> Terminal:
    """The reader in a terminal; at an article, or at the library once that has been read."""
    terminal = Terminal([*COMMAND, "--author", "ada", *filter(None, [article])], root, columns=columns, rows=rows)
    terminal.until_shown("2 articles" if not article else "claim")
    return terminal


def test_search_open_two_sentences_on_highlight_and_quit(root: Path) -> None:
    with reading(root) as terminal:
        terminal.write(f"surveyor{ENTER}shfberth{ENTER}SSssShq")
        assert terminal.status() == 0
    assert [mark.quote.exact for mark in saved(root)] == ['"There is no silt that a schedule cannot manage," he said.']
    assert [mark.quote.exact for mark in saved(root, "letter.txt")] == ["The quay is empty on a Monday."]


def test_search_highlight_walk_into_the_other_article_and_highlight_there(root: Path) -> None:
    with reading(root) as terminal:
        terminal.write(f"sounding{ENTER}hnnhq")
        assert terminal.status() == 0
    for name in ("harbour.txt", "letter.txt"):
        (mark,) = saved(root, name)
        assert "sounding" in mark.quote.exact


def test_a_claim_field_by_field(root: Path) -> None:
    with reading(root, "harbour.txt") as terminal:
        terminal.write(f"sscPaik Hak-soon{TAB}silt, tide{TAB}{TAB}d{TAB}a{TAB}leverage{ENTER}")
        terminal.until_shown("claim saved")
        assert "Paik Hak-soon" in terminal.text
        (mark,) = saved(root)
        terminal.write("q")
        assert terminal.status() == 0
    assert mark.claim is not None
    assert (mark.claim.speaker, mark.claim.form, mark.tags) == ("Paik Hak-soon", "direct", ("silt", "tide"))
    assert [(side.value, side.toward) for side in mark.claim.stance] == [("against", "leverage")]
    assert mark.quote.exact.startswith('"The channel has lost a metre')
    assert load_codebook(root / "postil.yaml").person("Paik Hak-soon")


def test_a_highlight_made_a_claim_taken_back_and_a_note_elsewhere(root: Path) -> None:
    with reading(root, "harbour.txt") as terminal:
        terminal.write(f"hcHakim{ENTER}uusaquick ask, hard{TAB}tide{ENTER}rand so?{ENTER}q")
        assert terminal.status() == 0
    (note,) = saved(root)
    assert (note.kind, note.note, note.tags) == ("note", "quick ask, hard", ("tide",))
    assert [reply.note for reply in note.replies] == ["and so?"]


def test_a_draft_is_left_and_found_again(root: Path) -> None:
    with reading(root, "harbour.txt") as terminal:
        terminal.write("cSomebody" + ESC)
        terminal.until_shown("draft kept")  # Esc and a letter at once are another key to a terminal
        terminal.write(f"shSc, Esq.{ENTER}q")
        assert terminal.status() == 0
    claim, highlight = sorted(saved(root), key=lambda mark: mark.position.start)
    assert (claim.kind, highlight.kind) == ("claim", "highlight")
    assert claim.claim is not None
    assert claim.claim.speaker == "Somebody, Esq."


def test_what_is_typed_before_the_first_paint_is_not_lost(root: Path) -> None:
    with Terminal([*COMMAND, "--author", "ada", "harbour.txt"], root) as terminal:
        terminal.until(lambda: b"\x1b[?1049h" in terminal.drawn)  # the alternate screen: keys are read from here on
        terminal.write("sshq")
        assert terminal.status() == 0
    (mark,) = saved(root)
    assert mark.quote.exact.startswith('"The channel has lost a metre')


def test_counts_and_chords_quotations_places_and_an_edge_adjusted(root: Path) -> None:
    with reading(root, "harbour.txt") as terminal:
        terminal.write(f'"i"{ENTER}2"i"cTomas Reyl{ENTER}mag\'a[x2b{ENTER}99999999)100kq')
        assert terminal.status() == 0
    metre, silt = sorted(saved(root), key=lambda mark: mark.position.start)
    assert (metre.kind, metre.quote.exact) == ("highlight", "The channel has lost a metre")
    assert (silt.kind, silt.quote.exact) == ("claim", "There is no silt that a schedule cannot manage")


@pytest.mark.parametrize("columns", [60, 80])
def test_narrow_screens_too(root: Path, columns: int) -> None:
    with reading(root, columns=columns, rows=24) as terminal:
        terminal.write(f"quay{ENTER}shcAkash{ENTER}" + f"fsilt{ENTER}aSo.{ENTER}q")
        assert terminal.status() == 0
    assert [(mark.kind, mark.claim and mark.claim.speaker) for mark in saved(root, "letter.txt")] == [
        ("claim", "Akash")
    ]
    assert [mark.note for mark in saved(root)] == ["So."]


def test_a_question_that_is_asked_is_answered_by_the_next_key(tmp_path: Path) -> None:
    root = make_library(tmp_path / "port")
    with reading(root, "harbour.txt") as terminal:
        terminal.write(f"]]rone{ENTER}]]]drtwo{ENTER}EHarbour, again{ENTER}?qtq")
        assert terminal.status() == 0
    marks = {mark.id: mark for mark in saved(root)}
    replied = [reply.note for mark in marks.values() for reply in mark.replies]
    assert "one" in replied


def test_of_two_marks_without_their_words_one_is_put_elsewhere_and_one_retired(root: Path) -> None:
    with reading(root, "letter.txt") as terminal:
        terminal.write("shshq")
        assert terminal.status() == 0
    first, second = saved(root, "letter.txt")
    (root / "letter.txt").write_text("Letter From the Quay\n\nBoats lie in rows. Nobody reads this.\n")
    with reading(root, "letter.txt") as terminal:
        terminal.until_shown("2 marks have no place")
        terminal.write("Xhgspxqq")
        assert terminal.status() == 0
    put, retired = (one for name in (first.id, second.id) for one in saved(root, "letter.txt") if one.id == name)
    assert (put.quote.exact, put.quote.was) == ("Boats lie in rows.", (first.quote.exact,))
    assert (retired.quote, bool(retired.retired)) == (second.quote, True)
