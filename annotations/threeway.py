"""Three-way merge of plain records: one rule for each kind of field.  `merge` says which key follows which rule.

A value that is not there is None.  A rule is called with the field's dotted path and its three values; it returns
the merged value, and where the two sides cannot both be had it returns ours and notes a clash.  All rules are
symmetric: with the sides swapped a clean merge gives the same value, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from types import MappingProxyType
from typing import TypeAlias

from annotations.frozen import frozen
from annotations.model import Record, Value

__all__ = ["Clashes", "Rule", "as_set", "constant", "keyed", "keys_in_order", "mapping", "merge_node", "opaque"]

_Maybe: TypeAlias = Value | None


@frozen
class Clashes:
    """What could not be decided.

    Attributes:
        doubtful: fields that stood unresolved in the base and were resolved on both sides: their base value is no
            guide, so two different resolutions clash.
        found: the entry of `conflicts` for each field that clashed: base, ours, theirs; or the side that deleted.
    """

    doubtful: Collection[str] = ()
    found: dict[str, Value] = field(default_factory=dict)

    def note(self, path: str, base: _Maybe, ours: _Maybe, theirs: _Maybe) -> None:
        """Both sides changed `path`, and not to the same."""
        sides = {"base": base, "ours": ours, "theirs": theirs}
        self.found[path] = {name: value for name, value in sides.items() if value is not None}

    def note_deleted(self, path: str, side: str) -> None:
        """`side` deleted at `path` what the other side changed."""
        self.found[_join(path, "deleted")] = side


Rule: TypeAlias = Callable[[str, _Maybe, _Maybe, _Maybe, Clashes], _Maybe]


def opaque(path: str, base: _Maybe, ours: _Maybe, theirs: _Maybe, clashes: Clashes) -> _Maybe:
    """The side that changed wins, whatever the value is made of; two different changes clash."""
    if ours == theirs:
        return ours
    if path not in clashes.doubtful:
        if ours == base:
            return theirs
        if theirs == base:
            return ours
    clashes.note(path, base, ours, theirs)
    return ours


def constant(path: str, base: _Maybe, ours: _Maybe, theirs: _Maybe, clashes: Clashes) -> _Maybe:
    """Nobody is to change it: any difference clashes."""
    if ours != theirs:
        clashes.note(path, base, ours, theirs)
    return ours


def as_set(path: str, base: _Maybe, ours: _Maybe, theirs: _Maybe, clashes: Clashes) -> _Maybe:
    """All words of both sides but for those that either took away; never a clash."""
    b, o, t = (_words(one) for one in (base, ours, theirs))
    if b is None or o is None or t is None:
        return opaque(path, base, ours, theirs, clashes)
    kept = (set(o) | set(t)) - (set(b) - set(o)) - (set(b) - set(t))
    return [*_in_order(b, o, t, kept)] or None


def mapping(rules: Mapping[str, Rule]) -> Rule:
    """Key by key, each after its rule; a key without one is opaque."""

    def merge(path: str, base: _Maybe, ours: _Maybe, theirs: _Maybe, clashes: Clashes) -> _Maybe:
        b, o, t = ({} if one is None else one for one in (base, ours, theirs))
        if not (isinstance(b, dict) and isinstance(o, dict) and isinstance(t, dict)):
            return opaque(path, base, ours, theirs, clashes)
        merged = _merge_keys(rules, path, (b, o, t), clashes)
        stays = (ours if (theirs is None) == (base is None) else theirs) is not None
        return merged if merged or stays else None

    return merge


def keyed(identity: Sequence[str], rules: Mapping[str, Rule], *, order: Sequence[str] = ()) -> Rule:
    """A list of entries told apart by their `identity` keys: the entries of both sides, each merged key by key.

    An entry that one side deleted and the other changed is kept, and clashes.  Lists whose entries cannot be told
    apart are opaque.

    Args:
        identity: the keys whose values name an entry.
        rules: for the keys of an entry.
        order: keys to sort by when both sides changed the list; by default new entries follow the old ones.
    """
    entry = mapping(rules)

    def merge(path: str, base: _Maybe, ours: _Maybe, theirs: _Maybe, clashes: Clashes) -> _Maybe:
        b, o, t = (_table(one, identity) for one in (base, ours, theirs))
        if b is None or o is None or t is None:
            return opaque(path, base, ours, theirs, clashes)
        kept: Record = {}
        for key in dict.fromkeys([*b, *o, *t]):
            merged = _entry(entry, _join(path, key), (b.get(key), o.get(key), t.get(key)), clashes)
            if merged is not None:
                kept[key] = merged
        rank = {key: [str(value.get(name, "")) for name in order] for key, value in (b | t | o).items()}
        return [kept[key] for key in _in_order(list(b), list(o), list(t), kept, rank if order else None)] or None

    return merge


def merge_node(
    rules: Mapping[str, Rule],
    base: Record,
    ours: Record,
    theirs: Record,
    found: Mapping[str, Value] = MappingProxyType({}),
) -> tuple[Record, dict[str, Value]]:
    """Merge three records that keep their clashes in a `conflicts` key of their own.

    Entries of `conflicts` that are there already are merged like any value: a resolution on one side wins, an
    unresolved one stays, and one that a new clash of its field would hide moves into that one's `earlier`.

    Args:
        rules: for the keys of the records; others are opaque.
        base: what both sides started from.
        ours: one side.
        theirs: the other.
        found: clashes that the caller noted already.

    Returns:
        The merged record, and the entries of its `conflicts` that this merge added or changed.
    """
    (b, b_old), (o, o_old), (t, t_old) = (_apart(one) for one in (base, ours, theirs))
    clashes, disputes = Clashes(set(b_old) - set(o_old) - set(t_old), dict(found)), Clashes()
    merged = _merge_keys(rules, "", (b, o, t), clashes)
    conflicts = _merge_keys({}, "", (b_old, o_old, t_old), disputes) | disputes.found
    added = disputes.found | {path: _stacked(entry, conflicts.get(path)) for path, entry in clashes.found.items()}
    conflicts |= added
    return ({**merged, "conflicts": conflicts} if conflicts else merged), added


def keys_in_order(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], kept: Collection[str]) -> list[str]:
    """The keys of a mapping that are `kept`, in an order that does not depend on which side is which.

    Where one side alone changed the sequence, it is that side's, unless it has no place for a key that is kept.
    """
    lead = theirs if ours == base else ours if theirs == base else ()
    order = lead if set(kept) <= set(lead) else _interleaved(ours, theirs)
    return [key for key in order if key in kept]


def _in_order(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    kept: Collection[str],
    rank: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:
    """The entries of a list that are `kept`, by their keys, in an order that does not depend on which side is which.

    Where one side alone changed the sequence, it is that side's.  Where both did, keys are sorted by their `rank`;
    without one, they stand as in the base, and new ones follow in the order of the alphabet.
    """

    def by_rank(key: str) -> tuple[Sequence[str], str]:
        return ("" if rank is None else rank[key]), key

    if theirs in (base, ours):
        lead = ours
    elif ours == base:
        lead = theirs
    else:
        lead = base if rank is None else ()
    led = [key for key in dict.fromkeys(lead) if key in kept]
    return led + sorted(set(kept).difference(led), key=by_rank)


def _merge_keys(rules: Mapping[str, Rule], path: str, sides: tuple[Record, Record, Record], clashes: Clashes) -> Record:
    base, ours, theirs = sides
    merged: Record = {}
    for key in dict.fromkeys([*base, *ours, *theirs]):
        rule = rules.get(key, opaque)
        value = rule(_join(path, key), base.get(key), ours.get(key), theirs.get(key), clashes)
        if value is not None:
            merged[key] = value
    return {key: merged[key] for key in keys_in_order(list(base), list(ours), list(theirs), merged)}


def _interleaved(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """All keys of two sequences, each behind those that it stands behind in either, as far as these agree.

    So a key comes to stand at the same place whichever of the two files it is written into.
    """
    left = {*one, *other}
    order: list[str] = []
    while left:
        rests = [[key for key in keys if key in left] for keys in (one, other)]
        heads = {rest[0] for rest in rests if rest}
        free = {key for key in heads if not any(key in rest[1:] for rest in rests)}
        order.append(min(free or heads))
        left.remove(order[-1])
    return order


def _entry(rule: Rule, path: str, sides: tuple[_Maybe, _Maybe, _Maybe], clashes: Clashes) -> _Maybe:
    base, ours, theirs = sides
    if ours is not None and theirs is not None:
        return rule(path, base, ours, theirs, clashes)
    left = theirs if ours is None else ours
    if base is None or left is None:
        return left
    if left == base:
        return None
    clashes.note_deleted(path, "ours" if ours is None else "theirs")
    return left


def _words(value: _Maybe) -> list[str] | None:
    """A list of strings, to be taken as a set; nothing when it is something else."""
    if value is None:
        return []
    words = [one for one in value if isinstance(one, str)] if isinstance(value, list) else None
    return words if words is not None and len(words) == len(value) else None


def _table(value: _Maybe, identity: Sequence[str]) -> dict[str, Record] | None:
    """The entries of a list by their identity; nothing when they cannot be told apart."""
    if value is None:
        return {}
    entries = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    table = {" ".join(str(one.get(name, "")) for name in identity): one for one in entries}
    return table if len(table) == len(value) else None


def _apart(record: Record) -> tuple[Record, Record]:
    """A record without its `conflicts`, and those."""
    conflicts = record.get("conflicts")
    if not isinstance(conflicts, dict):
        return record, {}
    return {key: value for key, value in record.items() if key != "conflicts"}, conflicts


def _stacked(entry: Value, earlier: _Maybe) -> Value:
    """A new entry of `conflicts` on top of an unresolved one of the same field."""
    if isinstance(entry, dict) and earlier not in (None, entry):
        return {**entry, "earlier": earlier}
    return entry


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
