from __future__ import annotations

from dataclasses import replace
from textwrap import dedent
from typing import Any

import pytest

from annotations.emit import emit
from annotations.errors import InputError
from annotations.load import load_sidecar
from annotations.model import Claim, Plain, Record, Reply, Sidecar, Value
from annotations.splice import splice, splice_sidecar
from annotations.strict import parse
from tests.annotations.splicing import HERE, note, one, resaved

HAND = dedent("""\
    # reviewed by Ada, 👍 with care
    postil: 1

    article:                # from the print edition
      published: "2019-01-08"
      # the title is missing on the page
      mood: grim

    annotations:

      ada:   # since March

      # the one that matters
      - id: k1
        # why it matters
        kind:   note        # or a claim?
        tags:
        - one  # first
        - two
        note: |
          # not a comment
          - id: k2
            still the note
        claim: {text: 'so', status: new}   # to check
        mood: 12:30

        replies:
        - {id: r1, author: ben, created: '', note: ''}  # short
        # between
        - id: r2
          author: cyd   # new
          created: ''
          note: no
        quote: {exact: "said"}
        position: {start: 10, end: 14, text: "0123456789abcdef"}   # checked


      - kind: note
        id: k3
        quote:
          exact: more
        position: {start: 30, end: 34, text: "0123456789abcdef"}
        # still k3

      # last words
      ben: []

    zeal: high
    # the end
    """)

PEOPLE: Record = {"people": [{"name": "A"}, {"name": "B"}, {"name": "C"}]}
FLOW = "{id: k1, kind: note, quote: {exact: x}, position: {start: 1, end: 2, text: a}}"
WRAPPED = '"no\n  - id: k2"'


def entry(name: str, start: int) -> str:
    return (
        f'  - id: {name}\n    kind: note\n    quote:\n      exact: "x"\n      occurrence: {{index: 0, count: 1}}\n'
        f'    position: {{start: {start}, end: {start + 1}, text: "0123456789abcdef"}}\n'
    )


def spliced(new: Sidecar, text: str = HAND) -> str:
    return resaved(new, text)


@pytest.fixture
def hand() -> Sidecar:
    return load_sidecar(HAND.encode(), HERE)


def test_nothing_changed_changes_nothing(hand: Sidecar) -> None:
    assert spliced(hand) == HAND


def test_a_new_annotation_goes_in_by_position(hand: Sidecar) -> None:
    assert spliced(hand.put(note("k2", 20))) == HAND.replace("   # checked\n", f"   # checked\n\n{entry('k2', 20)}")
    assert spliced(hand.put(note("k9", 90))) == HAND.replace("# still k3\n", f"# still k3\n\n{entry('k9', 90)}")
    assert spliced(hand.put(note("k0", 0))) == HAND.replace("since March\n", f"since March\n\n{entry('k0', 0)}")


def test_a_new_annotation_in_an_empty_section(hand: Sidecar) -> None:
    assert spliced(hand.put(note("b1", 5, "ben"))) == HAND.replace("ben: []\n", f"ben:\n\n{entry('b1', 5)}")


def test_a_new_section_goes_in_behind_the_others(hand: Sidecar) -> None:
    assert spliced(hand.put(note("c1", 5, "cyd"))) == HAND.replace(
        "ben: []\n", f"ben: []\n\n  cyd:\n\n{entry('c1', 5)}"
    )


def test_a_new_section_goes_in_where_its_place_is(hand: Sidecar) -> None:
    ada, ben, cyd = hand.sections["ada"], hand.sections["ben"], (note("c1", 5, "cyd"),)
    new = f"\n  cyd:\n\n{entry('c1', 5)}"
    second = replace(hand, sections={"ada": ada, "cyd": cyd, "ben": ben})
    assert spliced(second) == HAND.replace("# still k3\n", f"# still k3\n{new}")
    first = replace(hand, sections={"cyd": cyd, "ada": ada, "ben": ben})
    assert spliced(first) == HAND.replace("annotations:\n", f"annotations:\n{new}")


def test_a_section_may_go_away(hand: Sidecar) -> None:
    assert spliced(replace(hand, sections={"ada": hand.sections["ada"]})) == HAND.replace("  ben: []\n", "")


def test_a_deleted_annotation_takes_its_own_lines_along(hand: Sidecar) -> None:
    start, end = HAND.index("\n\n  - kind: note\n    id: k3"), HAND.index("\n  # last words")
    assert spliced(hand.drop("k3")) == HAND[:start] + HAND[end:]


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("kind:   note        #", "kind:   claim        #", {"kind": "claim"}),
        (
            "note: |\n      # not a comment\n      - id: k2\n        still the note\n",
            "note: short\n",
            {"note": "short"},
        ),
        ("still the note\n", "changed\n", {"note": "# not a comment\n- id: k2\n  changed\n"}),
        ("    tags:\n    - one  # first\n    - two\n", "    # first\n    tags: [one]\n", {"tags": ("one",)}),
        ("    tags:\n    - one  # first\n    - two\n", "", {"tags": ()}),
        ("text: 'so', status: new}   #", "text: so, status: queued}   #", {"claim": Claim(text="so", status="queued")}),
    ],
)
def test_a_changed_field_changes_its_own_lines(hand: Sidecar, before: str, after: str, change: dict[str, Any]) -> None:
    assert spliced(hand.put(replace(one(hand, "k1"), **change))) == HAND.replace(before, after)


def test_a_comment_within_brackets_is_not_lost() -> None:
    old = "    tags: [a,  # the first\n      b]\n"
    text = f"postil: 1\nannotations:\n  ada:\n{entry('k1', 1)}{old}"
    sidecar = load_sidecar(text.encode(), HERE)
    new = sidecar.put(replace(one(sidecar, "k1"), tags=("a", "c")))
    assert spliced(new, text) == text.replace(old, "    tags: [a, c]  # the first\n")


def test_a_field_beside_which_the_dash_stands(hand: Sidecar) -> None:
    changed = replace(one(hand, "k3"), kind="question")
    assert spliced(hand.put(changed)) == HAND.replace("- kind: note\n    id: k3", "- kind: question\n    id: k3")


def test_a_field_beside_the_dash_may_go_or_have_one_before_it() -> None:
    text = HAND.replace("- kind: note\n    id: k3\n", "- note: so\n    kind: note  # or not\n    id: k3\n")
    sidecar = load_sidecar(text.encode(), HERE)
    result = spliced(sidecar.put(replace(one(sidecar, "k3"), note="")), text)
    assert all(comment in result for comment in ("# or not", "# still k3", "# checked"))
    result = spliced(sidecar.put(replace(one(sidecar, "k3"), created="2026")), text)
    assert '    kind: note  # or not\n    created: "2026"\n' in result


def test_a_new_field_goes_to_its_canonical_place(hand: Sidecar) -> None:
    changed = replace(one(hand, "k3"), note="two\nlines", created="2026-11-22T10:11:12Z")
    assert spliced(hand.put(changed)) == HAND.replace(
        "- kind: note\n    id: k3\n",
        '- kind: note\n    created: "2026-11-22T10:11:12Z"\n    note: |-\n      two\n      lines\n    id: k3\n',
    )


def test_replies_come_change_and_go_each_on_its_own_lines(hand: Sidecar) -> None:
    k1 = one(hand, "k1")
    first, second = k1.replies
    added = Reply(id="r3", author="ada", created="", note="three")
    written = '    - {id: r3, author: ada, created: "", note: three}\n'
    assert spliced(hand.put(replace(k1, replies=(first, second, added)))) == HAND.replace(
        "      note: no\n", f"      note: no\n{written}"
    )
    assert spliced(hand.put(replace(k1, replies=(second,)))) == HAND.replace(
        "    - {id: r1, author: ben, created: '', note: ''}  # short\n", ""
    )
    assert spliced(hand.put(replace(k1, replies=(first, replace(second, note="yes"))))) == HAND.replace(
        "note: no\n", 'note: "yes"\n'
    )
    changed = spliced(hand.put(replace(k1, replies=(replace(first, note="x"), second))))
    assert changed == HAND.replace(
        "    - {id: r1, author: ben, created: '', note: ''}  # short\n",
        '    - {id: r1, author: ben, created: "", note: x}  # short\n',
    )


def test_replies_that_change_places_keep_their_comments(hand: Sidecar) -> None:
    k1 = one(hand, "k1")
    result = spliced(hand.put(replace(k1, replies=k1.replies[::-1])))
    assert result.index("id: r2") < result.index("id: r1")
    assert all(comment in result for comment in ("# short", "# between", "# new"))


def test_an_item_goes_in_with_the_blank_line_that_the_others_have() -> None:
    text = "people:\n\n- name: A  # first\n\n- name: B\n"
    result = splice(text.encode(), {"people": [{"name": "A"}, {"name": "B"}]}, PEOPLE, HERE)
    assert result.decode() == f"{text}\n- name: C\n"
    assert splice(result, PEOPLE, {"people": [{"name": "A"}, {"name": "C"}]}, HERE).decode() == text.replace("B", "C")


def test_unknown_keys_change_in_place(hand: Sidecar) -> None:
    changed = replace(one(hand, "k1"), extra={"mood": "grim"})
    assert spliced(hand.put(changed)) == HAND.replace("mood: 12:30", "mood: grim")
    assert spliced(replace(hand, extra={"zeal": "low"})) == HAND.replace("zeal: high", "zeal: low")
    more = replace(hand, extra={"zeal": "high", "zest": "new"})
    assert spliced(more) == HAND.replace("zeal: high\n", "zeal: high\n\nzest: new\n")
    assert spliced(replace(hand, extra={})) == HAND.replace("\nzeal: high\n", "")


def test_what_is_known_of_the_article(hand: Sidecar) -> None:
    assert spliced(replace(hand, article={**hand.article, "published": "2019"})) == HAND.replace("2019-01-08", "2019")
    assert spliced(replace(hand, article={**hand.article, "title": "Talks"})) == HAND.replace(
        "  mood: grim\n", "  mood: grim\n  title: Talks\n"
    )
    start, end = HAND.index("article:"), HAND.index("\n\nannotations")
    bare = "# the title is missing on the page\narticle:  # from the print edition"
    assert spliced(replace(hand, article={})) == HAND[:start] + bare + HAND[end:]


def test_a_passage_that_moved_takes_its_lines_along(hand: Sidecar) -> None:
    k1 = one(hand, "k1")
    moved = spliced(hand.put(replace(k1, position=replace(k1.position, start=50, end=54))))
    assert moved.index("id: k3") < moved.index("  - id: k1\n    # why it matters")
    assert 'position: {start: 50, end: 54, text: "0123456789abcdef"}   # checked\n' in moved
    comments = [line.strip() for line in HAND.splitlines() if "#" in line and "position" not in line]
    assert all(line in moved for line in comments)


def test_line_ends_and_byte_order_mark_stay(hand: Sidecar) -> None:
    old = ("\ufeff" + HAND.replace("\n", "\r\n")).encode()
    new = hand.put(note("k2", 20, text="two\nlines"))
    result = splice_sidecar(old, hand, new, HERE)
    assert result.startswith(b"\xef\xbb\xbf#")
    assert result.count(b"\n") == result.count(b"\r\n")
    assert load_sidecar(result, HERE) == new


def test_a_missing_end_of_the_last_line_is_added_only_where_something_follows(hand: Sidecar) -> None:
    text = HAND.removesuffix("\n")
    assert spliced(hand.put(note("k2", 20)), text) + "\n" == spliced(hand.put(note("k2", 20)))
    short = f"postil: 1\nannotations:\n  ada:\n{entry('k1', 1)}".removesuffix("\n")
    old = load_sidecar(short.encode(), HERE)
    assert spliced(old.put(note("k2", 2)), short) == f"{short}\n\n{entry('k2', 2)}"


def test_a_damaged_entry_keeps_its_bytes() -> None:
    damaged = "  - {id: k2, kind: [oops]}  # my fault\n  - id: k1\n    again: yes\n"
    text = HAND.replace("  - kind: note\n", f"{damaged}\n  - kind: note\n")
    old = load_sidecar(text.encode(), HERE)
    assert len(old.damaged) == 2
    changed = old.put(note("k9", 90)).put(replace(one(old, "k1"), kind="claim")).drop("k3")
    assert damaged in spliced(changed, text)


def test_a_section_with_a_damaged_entry_is_not_taken_away() -> None:
    text = "postil: 1\nannotations:\n  ada:\n  - {id: k1, kind: [oops]}\n  ben:\n"
    old = load_sidecar(text.encode(), HERE)
    new = replace(old, sections={"ben": ()})
    assert load_sidecar(splice_sidecar(text.encode(), old, new, HERE), HERE).damaged[0].record == old.damaged[0].record
    with pytest.raises(InputError, match="could not be read"):
        splice_sidecar(f"# mine\n{text}".encode(), old, new, HERE)


@pytest.mark.parametrize(
    "text", ["", "\n", "# nothing yet\n", "postil: 1\n", "postil: 1\n\nannotations: {}\n", "# a\r\n"]
)
def test_a_first_annotation(text: str) -> None:
    new = replace(load_sidecar(text.encode(), HERE).put(note("k1", 1)), article={"title": "Talks"})
    assert spliced(new, text).startswith(text.partition("\n\n")[0].strip())


@pytest.mark.parametrize(
    "text",
    [
        f"postil: 1\nannotations: {{ada: [{FLOW}]}}\n",
        f"postil: 1\nannotations:\n  ada: [{FLOW}]\n",
        'postil: 1\nzeal: "a\nannotations: b"\nannotations:\n  ada:\n',
        f"postil: 1\nannotations:\n  ada:\n  - {FLOW.replace('note', WRAPPED)}\n",
        "{postil: 1, annotations: {ada: []}}\n",
    ],
)
def test_brackets_over_everything_are_written_anew_unless_a_comment_would_be_lost(text: str) -> None:
    old = load_sidecar(text.encode(), HERE)
    new = old.put(note("k9", 90))
    assert spliced(new, text) == emit(new)
    with pytest.raises(InputError, match="would lose a comment") as caught:
        splice_sidecar(f"# mine\n{text}".encode(), old, new, HERE)
    assert (caught.value.path, caught.value.line) == (HERE, 1)


def test_trailing_blank_lines_that_belong_to_a_text_are_not_lost() -> None:
    text = f"postil: 1\nannotations:\n  ada:\n{entry('k1', 1)}    mood: |+\n      keeps\n\n\n\n  ben:\n"
    old = load_sidecar(text.encode(), HERE)
    assert one(old, "k1").extra == {"mood": "keeps\n\n\n\n"}
    for new in (old.put(note("k2", 20)), old.put(note("c1", 1, "cyd")), old.put(note("b1", 1, "ben"))):
        spliced(new, text)
    last = text.removesuffix("  ben:\n")
    for end in (last, last.replace("kind: note", "kind: [oops]")):
        spliced(load_sidecar(end.encode(), HERE).put(note("c1", 1, "cyd")), end)


def test_settings_are_changed_in_place_too() -> None:
    text = "# ours\nteam: [ada]  # more to come\n\npeople:\n- name: Zhao Tong  # checked\n  rank: 1\n# last\n"
    old = parse(text.encode(), HERE)
    assert isinstance(old, dict)
    people: list[Value] = [
        {"name": "Zhao Tong", "rank": Plain("1"), "aliases": ["Tong Zhao"]},
        {"name": "Ding Xueliang"},
    ]
    new: dict[str, Value] = {**old, "people": people, "mood": "grim"}
    assert splice(text.encode(), old, new, HERE).decode() == text.replace(
        "  rank: 1\n", "  rank: 1\n  aliases: [Tong Zhao]\n- name: Ding Xueliang\n\nmood: grim\n"
    )


def test_settings_may_be_empty_the_same_or_in_brackets() -> None:
    assert splice(b"# ours\n", {}, PEOPLE, HERE) == b"# ours\n\npeople:\n- name: A\n- name: B\n- name: C\n"
    assert splice(b"people: {}", {"people": {}}, {"people": {}}, HERE) == b"people: {}"
    assert splice(b"{people: []}\n", {"people": []}, PEOPLE, HERE) == b"people:\n- name: A\n- name: B\n- name: C\n"
    with pytest.raises(InputError, match="would lose a comment"):
        splice(b"{people: []}  # ours\n", {"people": []}, PEOPLE, HERE)


def test_what_changed_is_read_again_before_it_counts(monkeypatch: pytest.MonkeyPatch, hand: Sidecar) -> None:
    monkeypatch.setattr("annotations.emit.scalar", lambda text, *, flow=False: text)  # noqa: ARG005 - as the real one
    with pytest.raises(InputError, match=r"does not read as intended|cannot be read|not YAML"):
        splice_sidecar(HAND.encode(), hand, hand.put(note("k2", 20, text="a: b # c")), HERE)
