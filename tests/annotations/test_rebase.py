"""Saying where a passage stands now: what is kept, and which verdicts hold on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotations.anchor import State, describe, place
from annotations.emit import emit
from annotations.load import load_sidecar
from annotations.model import Annotation, Review, Sidecar
from annotations.rebase import rebase
from annotations.verdicts import digest, standing

TEXT = "The envoy left early.\n\nAt least 20\u00a0people “came”, the mayor said. Nobody counted them.\n"
WORDS = "At least 20\u00a0people “came”"


def marked(text: str = TEXT, words: str = WORDS) -> Annotation:
    quote, position = describe(text, text.index(words), text.index(words) + len(words))
    quote = replace(quote, extra={"lang": "en"})
    one = Annotation(id="a2", author="ada", kind="note", note="so?", quote=quote, position=position)
    review = Review(id="b2", author="ben", verdict="accepted", of=digest(one), created="2031-01-01T00:00:00Z")
    return replace(one, reviews=(replace(review, id="b1", of="0" * 16), review))


def rebased(one: Annotation, text: str, words: str) -> Annotation:
    return rebase(one, text, text.index(words), text.index(words) + len(words))


@pytest.mark.parametrize("words", [WORDS, 'At least 20 people "came"', "At least\n20 people “came”"])
def test_the_same_words_keep_their_verdicts(words: str) -> None:
    text = f"A new first line.\n{TEXT.replace(WORDS, words)}"
    one = rebased(marked(), text, words)
    assert one.quote.exact == words
    assert one.quote.was == ()
    assert [each.stale for each in standing(one)] == [False]
    assert one.reviews[0] == marked().reviews[0], "a verdict on something else stays on that"
    assert [(each.state, each.confidence) for each in place(text, [one])] == [(State.SAME, 1.0)]
    assert replace(one, quote=marked().quote, position=marked().position, reviews=marked().reviews) == marked()


def test_other_words_keep_the_old_ones_and_no_verdict() -> None:
    text = TEXT.replace("20\u00a0people “came”", "35 people came")
    one = rebased(marked(), text, "At least 35 people came")
    assert one.quote.was == (WORDS,)
    assert one.quote.extra == {"lang": "en"}
    assert [each.stale for each in standing(one)] == [True]
    assert one.reviews == marked().reviews
    again = rebased(one, text.replace("35", "50"), "At least 50 people came")
    assert again.quote.was == (WORDS, "At least 35 people came")


def test_another_passage_of_the_same_text_was_not_reworded() -> None:
    one = rebased(marked(), TEXT, "The envoy left early.")
    assert (one.quote.exact, one.quote.was) == ("The envoy left early.", ())


def test_what_was_retired_is_so_no_more() -> None:
    assert rebased(replace(marked(), retired="2031-01-01T00:00:00Z"), TEXT, WORDS) == marked()


def test_the_former_words_are_written_and_read() -> None:
    one = rebased(marked(), TEXT.replace("20", "35").replace("came", "left"), "At least 35\u00a0people “left”")
    sidecar = Sidecar().put(one)
    written = emit(sidecar)
    assert f'      exact: "{one.quote.exact}"\n      was: [At least 20\u00a0people “came”]\n' in written
    assert load_sidecar(written.encode(), Path("a.txt.postil.yaml")) == sidecar
