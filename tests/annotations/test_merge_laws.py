"""What holds for a merge of any sidecars after any edits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotations.merge import merge
from annotations.model import Annotation, Claim, Plain, Position, Quote, Relation, Reply, Sidecar, Stance, Value
from annotations.record import to_record

words = st.sampled_from(["", "one", "two", "drei", Plain("4")])
values: st.SearchStrategy[Any] = st.recursive(
    words.filter(bool), lambda inner: st.lists(inner, min_size=1, max_size=2), max_leaves=3
)
extras = st.dictionaries(st.sampled_from(["mood", "colour", "zeal"]), values, max_size=2)
names = st.sampled_from(["a1", "b2", "c3", "d4"])


@st.composite
def replies_of(draw: st.DrawFn) -> tuple[Reply, ...]:
    picked = draw(st.lists(st.sampled_from(["r1", "r2", "r3"]), unique=True, max_size=3))
    made = [Reply(id=one, author="ben", created=f"2026-{one}", note=draw(words), extra=draw(extras)) for one in picked]
    return tuple(made)


claims = st.builds(
    Claim,
    speaker=words,
    status=words,
    extra=extras,
    stance=st.lists(
        st.builds(Stance, toward=st.sampled_from(["x", "y"]), value=words), unique_by=lambda one: one.toward, max_size=2
    ).map(tuple),
)
fields_of: dict[str, st.SearchStrategy[Any]] = {
    "kind": st.sampled_from(["note", "claim"]),
    "note": words,
    "tags": st.lists(st.sampled_from("pqrs"), unique=True).map(tuple),
    "claim": st.none() | claims,
    "replies": replies_of(),
    "relations": st.lists(
        st.builds(Relation, type=st.just("rebuts"), to=names, note=words), unique_by=lambda one: one.to, max_size=2
    ).map(tuple),
    "extra": extras,
    "position": st.integers(0, 30).map(lambda at: Position(start=at, end=at + 3, text="00")),
    "quote": st.builds(Quote, exact=words.filter(bool), prefix=words),
}


@st.composite
def any_annotation(draw: st.DrawFn, name: str) -> Annotation:
    # the author follows from the id, as two people do not make the same id
    author = "ada" if name < "c" else "ben"
    drawn = {key: draw(one) for key, one in fields_of.items()}
    return Annotation(id=name, author=author, created="2026-11-22T10:11:12Z", **drawn)


@st.composite
def sidecars(draw: st.DrawFn) -> Sidecar:
    picked = draw(st.lists(names, unique=True))
    article = draw(st.dictionaries(st.sampled_from(["title", "published", "tags"]), values, max_size=2))
    made = Sidecar(article=article, extra=draw(extras))
    for one in picked:
        made = made.put(draw(any_annotation(one)))
    return made


@st.composite
def edited(draw: st.DrawFn, before: Sidecar) -> Sidecar:
    """What a person might make of a sidecar: some annotations gone, some new, some fields other."""
    after = before
    for name in draw(st.lists(names, max_size=3)):
        found = after.get(name)
        if found is None:
            after = after.put(draw(any_annotation(name)))
        elif draw(st.integers(0, 3)) == 0:
            after = after.drop(name)
        else:
            key = draw(st.sampled_from(sorted(fields_of)))
            after = after.put(replace(found, **{key: draw(fields_of[key])}))
    if draw(st.booleans()):
        after = replace(after, article={**after.article, "title": draw(words.filter(bool))})
    return after


@st.composite
def histories(draw: st.DrawFn) -> tuple[Sidecar, Sidecar, Sidecar]:
    base = draw(sidecars())
    return base, draw(edited(base)), draw(edited(base))


def scalars(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield str(value)
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from scalars(one)


def layout(side: Sidecar) -> object:
    """Everything that decides the file's bytes: order, too."""
    return (
        [(author, [to_record(one) for one in section]) for author, section in side.sections.items()],
        [*side.article.items()],
        [*side.extra.items()],
    )


@given(sidecars(), sidecars())
def test_a_side_that_did_nothing_has_no_say(base: Sidecar, side: Sidecar) -> None:
    for ours, theirs in ((side, side), (base, side), (side, base)):
        merged = merge(base, ours, theirs)
        assert layout(merged.sidecar) == layout(side)
        assert merged.conflicts == ()


@given(histories())
def test_swapping_the_sides_swaps_only_who_is_ours(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    base, ours, theirs = history
    there, back = merge(base, ours, theirs), merge(base, theirs, ours)
    if not there.conflicts:
        assert layout(there.sidecar) == layout(back.sidecar)
    assert {one.id for one in there.sidecar.annotations} == {one.id for one in back.sidecar.annotations}
    assert {(one.annotation, one.field) for one in there.conflicts} == {
        (one.annotation, one.field) for one in back.conflicts
    }


@given(histories())
def test_nothing_that_a_person_wrote_is_lost(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    base, ours, theirs = history
    merged = merge(base, ours, theirs).sidecar
    for side, other in ((ours, theirs), (theirs, ours)):
        for one in side.annotations:
            was, kept = base.get(one.id), merged.get(one.id)
            if kept is None:
                assert was is not None
                assert other.get(one.id) is None
                unplaced = replace(one, position=was.position, quote=replace(was.quote, exact=one.quote.exact))
                assert unplaced == was
            elif one != was:
                before = set(scalars(to_record(was))) if was else set()
                assert set(scalars(to_record(one))) - before <= set(scalars(to_record(kept)))
        new = set(scalars(side.article)) - set(scalars(base.article))
        assert new <= set(scalars(merged.article))


@given(histories())
def test_a_clean_merge_takes_in_its_side_for_good(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    base, ours, theirs = history
    merged = merge(base, ours, theirs)
    if not merged.conflicts:
        assert merge(base, merged.sidecar, theirs) == merged
        assert merge(base, ours, merged.sidecar) == merged


@given(histories())
def test_a_merge_is_clean_just_when_it_adds_no_record_of_a_conflict(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    merged = merge(*history)
    told = {(one.id, path) for one in merged.sidecar.annotations for path in one.conflicts}
    article, extra = (side.get("conflicts", {}) for side in (merged.sidecar.article, merged.sidecar.extra))
    told |= {("", f"article.{path}") for path in article} | {("", str(path)) for path in extra}
    assert told == {(one.annotation, one.field) for one in merged.conflicts}


@given(histories())
def test_tags_and_replies_are_what_set_arithmetic_says(history: tuple[Sidecar, Sidecar, Sidecar]) -> None:
    base, ours, theirs = history
    for one in merge(base, ours, theirs).sidecar.annotations:
        b, o, t = (side.get(one.id) for side in (base, ours, theirs))
        if o and t:
            old = set(b.tags) if b else set()
            assert set(one.tags) == (set(o.tags) | set(t.tags)) - (old - set(o.tags)) - (old - set(t.tags))
            was, mine, yours = ({reply.id: reply for reply in side.replies} if side else {} for side in (b, o, t))
            gone = {key for key in was if (key not in mine or key not in yours)}
            edited_since = {key for key in gone if (mine.get(key) or yours.get(key) or was[key]) != was[key]}
            assert {reply.id for reply in one.replies} == ({*mine, *yours} - gone) | edited_since


@given(sidecars(), st.data())
def test_three_branches_that_touch_different_annotations_merge_in_any_order(base: Sidecar, data: st.DataObject) -> None:
    branches = []
    for name in ("a1", "b2", "c3"):
        edit = data.draw(st.none() | any_annotation(name))
        branches.append(base.drop(name) if edit is None else base.put(edit))
    results = []
    for order in permutations(branches):
        merged = base
        for branch in order:
            step = merge(base, merged, branch)
            assert step.conflicts == ()
            merged = step.sidecar
        results.append(layout(merged))
    assert all(one == results[0] for one in results)
