from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotations.emit import emit
from annotations.load import load_sidecar
from annotations.model import Claim, Position, Quote, Reply, Sidecar
from annotations.splice import splice_sidecar
from tests.annotations.anything import few, sidecars
from tests.annotations.splicing import HERE, note, one, resaved

# Files as people write them: every part in some style, comments between, and an edit at random.


class Hand:
    """Writes a sidecar as a person might, every comment in it with a number of its own."""

    def __init__(self, draw: Callable[..., Any]) -> None:
        self.draw = draw
        self.count = 0
        self.chunks: list[str] = []

    def comment(self, lead: str) -> str:
        self.count += 1
        return f"{lead}# c{self.count} 🙂: 'x"

    def tail(self) -> str:
        return self.comment("  ") if self.draw(st.sampled_from([False, False, True])) else ""

    def between(self, pad: str) -> str:
        picked: str = self.draw(st.sampled_from(["", "", "", "\n", "c", "\nc\n"]))
        return picked.replace("c", self.comment(pad) + "\n")

    def field(self, key: str, pad: str, start: int) -> str:
        tail, pick = self.tail(), self.draw(st.integers(0, 3))
        second, rest = "id: r2, author: a, created: c, note: d", f"created: ''\n{pad}    note: b"
        styles = {
            "kind": [f"kind: note{tail}", f'kind:   "claim" {tail}', f"kind: 'note'{tail}", f"kind: no{tail}"],
            "note": [
                f"note: it is so{tail}",
                f"note: |-{tail}\n{pad}  # no comment\n{pad}  - id: k1\n\n{pad}  👍",
                f"note: >\n{pad} folded\n{pad} text\n",
                f'note: "a\n{pad}  b # no comment"{tail}',
            ],
            "tags": [
                f"tags: [a, 'b']{tail}",
                f"tags:{tail}\n{pad}- a{self.tail()}\n{pad}- b",
                f"tags:\n{pad}   - a",
                f"tags:{tail}",
            ],
            "claim": [
                f"claim: {{text: a, speaker: b}}{tail}",
                f"claim:{tail}\n{pad}   text: a{self.tail()}\n\n{self.comment(pad)}\n{pad}   speaker: b",
                f"claim:\n{pad}  text: |\n{pad}    a\n{pad}    # no comment",
                f"claim: {{text: a,\n{pad}  speaker: b}}{tail}",
            ],
            "replies": [
                f"replies:\n{pad}- {{id: r1, author: a, created: '', note: b}}{tail}\n{pad}- {{{second}}}",
                f"replies:{tail}\n{pad}  - id: r1\n{pad}    author: a{self.tail()}\n{pad}    {rest}",
                f"replies: [{{id: r1, author: a, created: '', note: b}}]{tail}",
                f"replies: []{tail}",
            ],
            "quote": [
                f"quote: {{exact: x}}{tail}",
                f"quote:\n{pad}     exact: 'x'{tail}\n{pad}     prefix: y",
                f"quote: {{exact: x,\n{pad} prefix: y}}",
                f"quote:\n{pad} exact: x",
            ],
            "position": [f"position: {{start: {start}, end: {start + 2}, text: abc}}{tail}"] * 4,
            "mood": [
                f"mood: 12:30{tail}",
                f"mood: {{a: [b, c]}}{tail}",
                f"mood:\n{pad}  - a{tail}",
                f"mood: null{tail}",
            ],
        }
        return f"{styles[key][pick]}\n"

    def entry(self, name: str, start: int, dash: int) -> None:
        pad = " " * (dash + 2)
        optional = self.draw(st.lists(st.sampled_from(["note", "tags", "claim", "replies", "mood"]), unique=True))
        keys = self.draw(st.permutations(["kind", "quote", "position", *optional]))
        lines = [f"id: {name}{self.tail()}\n", *(self.field(key, pad, start) for key in keys)]
        if self.draw(st.booleans()):
            lines[0], lines[1] = lines[1], lines[0]
        self.chunks.append(self.between(" " * dash) + "\n")
        body = "".join(f"{self.between(pad)}{pad}{line}" for line in lines[1:])
        self.chunks.append(f"{' ' * dash}- {lines[0]}{body}")

    def file(self) -> tuple[str, dict[str, int]]:
        at = {}
        self.chunks = [self.between(""), f"postil: 1{self.tail()}\n", self.between("")]
        self.chunks.append(f"article:{self.tail()}\n{self.comment('  ')}\n  title: so{self.tail()}\n  mood: [a]\n")
        self.chunks.append(f"{self.between('')}annotations:{self.tail()}\n{self.between('  ')}")
        for author in ("ada", "ben"):
            self.chunks.append(f"  {author}:{self.tail()}\n")
            dash = self.draw(st.sampled_from([2, 2, 4]))
            for number in range(self.draw(st.integers(0, 3))):
                name = f"{author[0]}{number}"
                self.entry(name, number * 10, dash)
                at[name] = len(self.chunks) - 1
            self.chunks.append(self.between("  "))
        self.chunks.append(self.draw(st.sampled_from(["", "zeal: high\n", "\nzeal: {a: b}\n"])) + self.between(""))
        return "".join(self.chunks), at


CHANGES: list[dict[str, Any]] = [
    {"kind": "question"},
    {"note": "a # b"},
    {"note": "two\n# lines\n"},
    {"tags": ("a", "c")},
    {"tags": ("a", "b", "c")},
    {"claim": Claim(text="new\nlines", speaker="b", status="new")},
    {"claim": Claim(text="a", speaker="c")},
    {"replies": (Reply(id="r1", author="a", created="", note="changed"),)},
    {"replies": tuple(Reply(id=one, author="a", created="", note="b") for one in ("r1", "r3"))},
    {"extra": {"mood": ["a", "b"]}},
    {"extra": {"zest": "new"}},
    {"quote": Quote(exact="z", prefix="y\n")},
    {"position": Position(start=5, end=6, text="abc")},
    {"position": Position(start=25, end=26, text="abc"), "note": "moved"},
    {"kind": "claim", "note": "both"},
]


def edited(draw: Callable[..., Any], old: Sidecar) -> tuple[Sidecar, set[str], set[str]]:
    """The sidecar after an edit at random, and the ids of what it changed and of what it deleted."""
    names = [one.id for one in old.annotations]
    what = draw(st.sampled_from(["add", "change", "change", "delete", "section", "article"]))
    if what in {"change", "delete"} and names:
        picked = one(old, draw(st.sampled_from(names)))
        if what == "delete":
            return old.drop(picked.id), set(), {picked.id}
        return old.put(replace(picked, **draw(st.sampled_from(CHANGES)))), {picked.id}, set()
    if what == "section":
        return old.put(note("c0", 5, "cyd", "a\nb")), set(), set()
    if what == "article":
        article = draw(st.sampled_from([{}, {**old.article, "title": "x", "published": "2019"}]))
        return replace(old, article=article), set(), set()
    return old.put(note("n0", draw(st.integers(0, 30)), draw(st.sampled_from(["ada", "ben"])))), set(), set()


@given(st.data(), st.booleans())
def test_every_other_byte_is_left_alone(data: st.DataObject, crlf: bool) -> None:
    hand = Hand(data.draw)
    text, at = hand.file()
    ends = "\r\n" if crlf else "\n"
    chunks = [chunk.replace("\n", ends) for chunk in hand.chunks]
    text = text.replace("\n", ends)
    new, changed, deleted = edited(data.draw, load_sidecar(text.encode(), HERE))
    result = resaved(new, text)
    for number in {at[name] for name in deleted}:
        chunks[number] = ""
    for comment in (f"# c{number} " for number in range(1, hand.count + 1)):
        if comment in "".join(chunks) and not (changed and "replies" in text):
            assert comment in result
    touched = {at[name] for name in changed}
    if new.article == load_sidecar(text.encode(), HERE).article:
        rest = result
        for number, chunk in enumerate(chunks):
            if number not in touched and not chunk.startswith(("  ben:", "  ada:")):
                assert chunk.strip("\r\n") in rest
                rest = rest[rest.index(chunk.strip("\r\n")) :] if not touched else rest


@few
@given(sidecars(), st.data())
def test_a_canonical_file_stays_one_when_annotations_come_and_go(sidecar: Sidecar, data: st.DataObject) -> None:
    text = emit(sidecar)
    sidecar = load_sidecar(text.encode(), HERE)
    names: Any = [one.id for one in sidecar.annotations]
    new = sidecar.put(
        note("n0", data.draw(st.integers(0, 10**12)), data.draw(st.sampled_from(["ada", *sidecar.sections])))
    )
    if names and data.draw(st.booleans()):
        new = new.drop(data.draw(st.sampled_from(names)))
    result = splice_sidecar(text.encode(), sidecar, new, HERE)
    assert load_sidecar(result, HERE) == new
    assert result.decode() == emit(new)
    assert splice_sidecar(result, new, sidecar, HERE) == text.encode() or new.sections.keys() != sidecar.sections.keys()


@few
@given(sidecars(), sidecars())
def test_any_sidecar_may_become_any_other(old: Sidecar, new: Sidecar) -> None:
    text = emit(old)
    assert load_sidecar(splice_sidecar(text.encode(), load_sidecar(text.encode(), HERE), new, HERE), HERE) == new
