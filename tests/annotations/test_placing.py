"""Placing annotations in a text that changed: what each state means, with the old text and without it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annotations.anchor import Method, Placed, State, describe, place
from annotations.fold import fold_str
from annotations.model import Annotation, Quote
from annotations.seek import MANY
from annotations.text import canonical, fingerprint
from annotations.words import words

PARAGRAPHS = (
    "The harbour of Lindau was closed on Monday after a barge struck the outer mole, the port authority said.",
    "“We counted at least 20 boats that cannot leave,” said Ines Vogt, who has run the ferry office for nine years.",
    "Engineers from Bregenz are to inspect the wall this week. Until then pilots will guide ships by hand.",
    "Nobody was hurt. The captain, a man of sixty from Constance, told police that his rudder had failed.",
    "Traders on the island fear for the season; hotels had been booked out until the middle of September.",
)
OLD = "\n\n".join(PARAGRAPHS) + "\n"
SENTENCE = "Until then pilots will guide ships by hand."
known = pytest.mark.parametrize("known", [True, False], ids=["old text", "no old text"])


def marked(text: str, passage: str, copy: int = 0, name: str = "a2") -> Annotation:
    start = -1
    for _ in range(copy + 1):
        start = text.index(passage, start + 1)
    quote, position = describe(text, start, start + len(passage))
    return Annotation(id=name, author="ada", kind="note", quote=quote, position=position)


def placed(new: str, one: Annotation, old: str | None = None) -> Placed:
    return place(new, [one], {fingerprint(old): old} if old else {})[0]


def words_at(new: str, found: Placed) -> str:
    assert found.start is not None
    return new[found.start : found.end]


def swapped(at: int) -> str:
    order = list(PARAGRAPHS)
    order[at], order[at + 1] = order[at + 1], order[at]
    return "\n\n".join(order) + "\n"


@known
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("“", '"').replace("”", '"'),
        lambda text: text.replace(" ", "\n"),
        lambda text: "Menu\nSearch\nSubscribe\n\n" + text + "\nREAD MORE: Storms on the lake\n",
        lambda text: text.replace("Engineers", "Advertisement\n\nEngineers"),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("pilots", "pi\u00adlots"),
    ],
    ids=["no-break spaces", "quotes", "wrapping", "furniture", "box", "decomposed", "line ends", "soft hyphen"],
)
def test_formatting_and_furniture_change_nothing(known: bool, change: object) -> None:
    assert callable(change)
    for passage in (SENTENCE, "at least 20 boats", "The captain, a man of sixty"):
        new = change(OLD)
        found = placed(new, marked(OLD, passage), OLD if known else None)
        assert found.state is State.SAME
        assert fold_str(words_at(new, found)) == passage


@known
def test_other_words_in_its_place_are_an_edit(known: bool) -> None:
    new = OLD.replace("at least 20 boats", "35 boats or more")
    passage = "“We counted at least 20 boats that cannot leave,” said Ines Vogt"
    found = placed(new, marked(OLD, passage), OLD if known else None)
    assert found.state is State.EDITED
    assert words_at(new, found) == passage.replace("at least 20 boats", "35 boats or more")
    assert 0.4 < found.confidence < 1
    assert found.method is (Method.ALIGNED if known else Method.SIMILAR)


def test_a_word_replaced_at_an_edge_goes_with_the_passage() -> None:
    new = OLD.replace("Until then", "In the meantime").replace("by hand", "one by one")
    found = placed(new, marked(OLD, SENTENCE), OLD)
    assert words_at(new, found) == "In the meantime pilots will guide ships one by one."


def test_a_box_put_in_beside_the_passage_stays_outside() -> None:
    box = "Advertisement: see what the shops of the old town have for you this week and win a weekend."
    new = OLD.replace(SENTENCE, f"{box} {SENTENCE}")
    found = placed(new, marked(OLD, SENTENCE), OLD)
    assert (found.state, words_at(new, found)) == (State.SAME, SENTENCE)


def test_a_box_put_in_beside_an_edge_that_was_edited_stays_outside() -> None:
    box = "Advertisement: see what the shops of the old town have for you this week and win a weekend."
    new = OLD.replace(SENTENCE, f"{box} Meanwhile pilots will guide ships by hand.")
    found = placed(new, marked(OLD, SENTENCE), OLD)
    assert (found.state, words_at(new, found)) == (State.EDITED, "pilots will guide ships by hand.")


@known
def test_a_sentence_put_in_behind_one_that_was_edited_stays_outside(known: bool) -> None:
    edited = "Until then two pilots will guide ships by hand."
    new = OLD.replace(SENTENCE, f"{edited} The mole was built in 1856.")
    found = placed(new, marked(OLD, SENTENCE), OLD if known else None)
    assert (found.state, words_at(new, found)) == (State.EDITED, edited)


def test_a_first_word_that_what_was_deleted_began_with_as_well_is_kept() -> None:
    old = OLD.replace("Nobody was hurt. The captain", "The crew was unharmed. The captain")
    new = old.replace("The crew was unharmed. ", "")
    found = placed(new, marked(old, "The captain, a man of sixty"), old)
    assert (found.state, words_at(new, found)) == (State.SAME, "The captain, a man of sixty")


def test_words_that_agree_by_chance_are_not_the_passage() -> None:
    passage = "Until then the crew of the tug will be in the hands of the pilots of the port of Lindau."
    other = "As the head of the union said, none of the men in the yard was to blame for any of it."
    old, new = OLD.replace(SENTENCE, passage), OLD.replace(SENTENCE, other)
    assert placed(new, marked(old, passage), old).state is State.ORPHAN


@known
def test_a_passage_that_is_gone_leaves_an_orphan(known: bool) -> None:
    found = placed(OLD.replace(SENTENCE, ""), marked(OLD, SENTENCE), OLD if known else None)
    assert (found.state, found.start, found.confidence) == (State.ORPHAN, None, 0)
    assert found.reason


@pytest.mark.parametrize("at", [1, 2, 3])
def test_both_of_two_swapped_paragraphs_moved(at: int) -> None:
    new = swapped(at)
    for number, paragraph in enumerate(PARAGRAPHS):
        passage = " ".join(paragraph.split()[3:9])
        found = placed(new, marked(OLD, passage), OLD)
        assert found.state is (State.MOVED if number in {at, at + 1} else State.SAME), passage
        assert words_at(new, found) == passage


def test_without_the_old_text_marks_around_it_tell_that_a_paragraph_moved() -> None:
    passages = [" ".join(one.split()[3:9]) for one in PARAGRAPHS]
    ones = [marked(OLD, passage, name=f"a{at}") for at, passage in enumerate(passages)]
    new = "\n\n".join((*PARAGRAPHS[1:4], PARAGRAPHS[0], PARAGRAPHS[4]))
    found = place(new, ones)
    assert [one.state for one in found] == [State.MOVED, *[State.SAME] * 4]
    assert [words_at(new, one) for one in found] == passages


def test_a_paragraph_that_went_far_away_moved_and_the_others_stayed() -> None:
    new = "\n\n".join((*PARAGRAPHS[1:], PARAGRAPHS[0]))
    states = [placed(new, marked(OLD, " ".join(one.split()[3:9])), OLD).state for one in PARAGRAPHS]
    assert states == [State.MOVED, *[State.SAME] * 4]


def test_a_passage_that_moved_and_was_edited_is_an_edit() -> None:
    new = "\n\n".join((*PARAGRAPHS[1:], PARAGRAPHS[0].replace("on Monday", "on Tuesday")))
    found = placed(new, marked(OLD, PARAGRAPHS[0]), OLD)
    assert (found.state, found.method) == (State.EDITED, Method.SIMILAR)
    assert words_at(new, found) == PARAGRAPHS[0].replace("on Monday", "on Tuesday")


def test_its_very_words_elsewhere_are_rather_it_than_a_little_of_them_in_its_place() -> None:
    new = OLD.replace(SENTENCE, "Until then trucks unload.")
    assert placed(new, marked(OLD, SENTENCE), OLD).state is State.EDITED
    found = placed(f"{new}\n{SENTENCE}\n", marked(OLD, SENTENCE), OLD)
    assert (found.state, words_at(f"{new}\n{SENTENCE}\n", found)) == (State.MOVED, SENTENCE)


TWINS = OLD + f"\n{SENTENCE} That is what a notice at the town hall says.\n"


def test_a_twin_of_what_was_deleted_is_not_taken_for_it() -> None:
    new = TWINS.replace(SENTENCE, "", 1)
    found = placed(new, marked(TWINS, SENTENCE), TWINS)
    assert (found.state, found.start) == (State.ORPHAN, None)
    kept = placed(new, marked(TWINS, SENTENCE, copy=1), TWINS)
    assert (kept.state, words_at(new, kept)) == (State.SAME, SENTENCE)


@known
def test_what_was_edited_is_not_left_for_its_twin(known: bool) -> None:
    new = TWINS.replace("pilots will guide ships", "two pilots will guide all ships", 1)
    found = placed(new, marked(TWINS, SENTENCE), TWINS if known else None)
    assert (found.state, words_at(new, found)) == (State.EDITED, "Until then two pilots will guide all ships by hand.")


@known
def test_a_pull_quote_does_not_draw_the_mark_away(known: bool) -> None:
    new = f"“{SENTENCE}”\n\n{OLD}"
    found = placed(new, marked(OLD, SENTENCE), OLD if known else None)
    assert (found.state, found.start) == (State.SAME, OLD.index(SENTENCE) + len(SENTENCE) + 4)


def test_a_lookalike_is_not_taken_for_what_was_deleted() -> None:
    like = "Until then two pilots will guide ships by hand."
    old = OLD + f"\n{like}\n"
    found = placed(old.replace(SENTENCE, ""), marked(old, SENTENCE), old)
    assert found.state is State.ORPHAN


def test_a_few_words_elsewhere_are_not_those_that_are_gone() -> None:
    new = OLD.replace("Nobody was hurt. ", "") + "\nThe report says that nobody was hurt. Nobody was asked.\n"
    assert placed(new, marked(OLD, "Nobody was"), OLD).state is State.ORPHAN
    assert placed(new, marked(OLD, "Nobody was")).state is State.AMBIGUOUS


def test_new_copies_of_what_is_gone_are_not_chosen_from() -> None:
    new = OLD.replace(SENTENCE, "") + f"\nIt was said: {SENTENCE} Yes.\n\nA notice reads: {SENTENCE} Oh.\n"
    found = placed(new, marked(OLD, SENTENCE), OLD)
    assert found.state is State.AMBIGUOUS
    assert [new[slice(*span)] for span in found.candidates] == [SENTENCE] * 2


def test_places_that_are_equally_like_it_are_not_chosen_from() -> None:
    like = [PARAGRAPHS[2].replace("then", f"then {number}") for number in ("ten", "six")]
    new = "\n\n".join((like[0], *PARAGRAPHS, PARAGRAPHS[0], like[1])).replace(PARAGRAPHS[2] + "\n\n", "")
    one = marked(OLD, SENTENCE)
    found = placed(new, replace(one, quote=replace(one.quote, suffix="")))
    assert (found.state, len(found.candidates)) == (State.AMBIGUOUS, 2)


def test_context_finds_one_among_very_many_copies() -> None:
    old = "".join(f"On day {day} the lake rose. " for day in range(4 * MANY))
    quote, position = describe(old, old.index("lake", 3000), old.index("lake", 3000) + 4)
    one = Annotation(id="a2", author="ada", kind="note", quote=quote, position=position)
    found = placed("New. " + old, one)
    assert (found.state, found.start) == (State.SAME, position.start + 5)


REFRAIN = "And so the lake keeps its own counsel, as the old song has it."
SONG = "\n".join(f"{one}\n{REFRAIN}\n{REFRAIN}" for one in PARAGRAPHS)


def test_of_equal_places_the_one_between_the_marks_around_it_is_meant() -> None:
    passages = [("harbour of Lindau", 0), (REFRAIN, 2), ("Engineers from Bregenz", 0)]
    ones = [marked(SONG, words_, copy, f"a{at}") for at, (words_, copy) in enumerate(passages)]
    new = SONG.replace(f"{REFRAIN}\n{REFRAIN}", REFRAIN)
    alone, among = place(new, ones[1:2])[0], place(new, ones)
    assert alone.state is State.AMBIGUOUS
    assert among[1].state is State.AMBIGUOUS, "two are between the harbour and the engineers"
    closer = [*ones, marked(SONG, "Ines Vogt", name="a9")]
    found = place(new, closer)[1]
    assert (found.state, found.start) == (State.SAME, new.index(REFRAIN, new.index("Ines Vogt")))


def test_what_is_like_it_but_out_of_order_is_shown_and_not_taken() -> None:
    like = SENTENCE.replace("pilots", "the coast guard's pilots")
    new = f"{like}\n\n" + OLD.replace(f" {SENTENCE}", "")
    ones = [marked(OLD, "barge struck"), marked(OLD, SENTENCE, name="a3"), marked(OLD, "Nobody was hurt", name="a4")]
    ones[1] = replace(ones[1], quote=Quote(exact=SENTENCE))
    found = place(new, ones)[1]
    assert (found.state, found.start) in {(State.AMBIGUOUS, None), (State.ORPHAN, None)}


CJK = (
    "昨日、港は閉鎖された。船長は舵が故障したと警察に語った。島の商人たちは夏の季節を心配している。橋は来週検査される。"
)
THAI = "ท่าเรือถูกปิดเมื่อวันจันทร์ กัปตันบอกตำรวจว่าหางเสือเสีย พ่อค้าบนเกาะกังวลเรื่องฤดูกาล วิศวกรจะตรวจกำแพง"
ARABIC = "أغلق الميناء يوم الاثنين. قال القبطان للشرطة إن الدفة تعطلت. يخشى التجار على الموسم. سيفحص المهندسون الجدار."
HINDI = "सोमवार को बंदरगाह बंद रहा। कप्तान ने पुलिस को बताया कि पतवार टूट गई थी। व्यापारी मौसम को लेकर चिंतित हैं।"
scripts = pytest.mark.parametrize(
    ("text", "passage", "old", "new"),
    [
        (CJK, "船長は舵が故障したと警察に語った。", "警察", "記者"),
        (THAI, "กัปตันบอกตำรวจว่าหางเสือเสีย", "ตำรวจ", "นักข่าว"),
        (ARABIC, "قال القبطان للشرطة إن الدفة تعطلت.", "للشرطة", "للصحفيين"),
        (HINDI, "कप्तान ने पुलिस को बताया कि पतवार टूट गई थी।", "पुलिस", "पत्रकार"),
    ],
    ids=["Japanese", "Thai", "Arabic", "Hindi"],
)


@known
@scripts
def test_every_script_is_carried(known: bool, text: str, passage: str, old: str, new: str) -> None:
    text = canonical(text)
    one = marked(text, canonical(passage))
    later = "新しい行 سطر جديد\n" + text
    found = placed(later, one, text if known else None)
    assert (found.state, words_at(later, found)) == (State.SAME, canonical(passage))
    later = text.replace(old, new)
    found = placed(later, one, text if known else None)
    assert (found.state, words_at(later, found)) == (State.EDITED, canonical(passage).replace(old, new))
    later = text.replace(canonical(passage), "")
    assert placed(later, one, text if known else None).state is State.ORPHAN


@known
def test_lines_broken_anew_where_there_are_no_blanks_are_formatting(known: bool) -> None:
    passage = "船長は舵が故障したと警察に語った。"
    later = "\n".join(CJK[at : at + 7] for at in range(0, len(CJK), 7))
    found = placed(later, marked(CJK, passage), CJK if known else None)
    assert found.state is State.SAME
    assert words(words_at(later, found)) == words(passage)


def test_several_old_texts_are_each_laid_beside_the_new_one() -> None:
    second = OLD.replace("on Monday", "on Tuesday")
    third = "News.\n\n" + second.replace(SENTENCE, "")
    ones = [marked(OLD, "closed on Monday"), marked(second, SENTENCE, name="a3"), marked(third, "News.", name="a4")]
    found = place(third, ones, {fingerprint(one): one for one in (OLD, second)})
    assert [one.state for one in found] == [State.EDITED, State.ORPHAN, State.SAME]
    assert found[2].method is Method.POSITION


def test_an_old_text_without_the_quote_in_its_place_is_said_and_not_used() -> None:
    one = marked(OLD, SENTENCE)
    wrong = replace(one, position=replace(one.position, start=1, end=9))
    found = placed("Hello.\n" + OLD, wrong, OLD)
    assert (found.state, found.method) == (State.SAME, Method.WORDS)
    assert found.reason == "the old text at its position is not its quote"


letters = st.sampled_from("abcdefgh")
sentences = st.lists(st.text(letters, min_size=2, max_size=6), min_size=4, max_size=9).map(
    lambda one: " ".join(one) + "."
)
texts = st.lists(sentences, min_size=5, max_size=9, unique=True)


@given(texts, st.data())
def test_an_unchanged_text_has_all_at_the_same_offsets(parts: list[str], data: st.DataObject) -> None:
    text = "\n".join(parts)
    starts = data.draw(st.lists(st.integers(0, len(text) - 2), min_size=1, max_size=5))
    ones = [
        Annotation(id=f"a{at}", author="ada", kind="note", quote=quote, position=position)
        for at, start in enumerate(starts)
        for quote, position in [describe(text, start, data.draw(st.integers(start + 1, len(text))))]
    ]
    for one, found in zip(ones, place(text, ones), strict=True):
        assert (found.state, found.start, found.end) == (State.SAME, one.position.start, one.position.end)


@known
@given(texts, texts, st.data())
def test_edits_outside_a_passage_never_take_it_off_its_words(
    known: bool, parts: list[str], others: list[str], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    new = [one if number == at or data.draw(st.booleans()) else "" for number, one in enumerate(parts)]
    for one in others:
        new.insert(data.draw(st.integers(0, len(new))), one)
    old, text = "\n".join(parts), "\n".join(new)
    found = placed(text, marked(old, parts[at]), old if known else None)
    if found.state in {State.SAME, State.MOVED}:
        assert words(fold_str(words_at(text, found))) == words(fold_str(parts[at]))
    assert (found.start is None) == (found.state in {State.AMBIGUOUS, State.ORPHAN})


@known
@given(texts, st.data())
def test_what_was_deleted_is_never_the_same(known: bool, parts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    old, new = "\n".join(parts), "\n".join(parts[:at] + parts[at + 1 :])
    assume(parts[at] not in new)
    found = placed(new, marked(old, parts[at]), old if known else None)
    assert found.state not in {State.SAME, State.MOVED}


@given(texts, st.data())
def test_a_surviving_twin_is_never_the_same(parts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts) - 3))
    behind = data.draw(st.integers(at + 2, len(parts)))
    old = [*parts[:behind], parts[at], *parts[behind:]]
    text, new = "\n".join(old), "\n".join(old[:at] + old[at + 1 :])
    found = placed(new, marked(text, parts[at]), text)
    assert found.state is not State.SAME
