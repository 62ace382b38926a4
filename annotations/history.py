"""An article's versions in git: which texts it had, under whatever name, newest first.

Only objects that are here are read, and only by plumbing (see `annotations.git`).  What was learnt is a value,
`Versions`, for the caller to keep: a history that did not grow is not walked again, and no version is read twice.
"""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from annotations.errors import InputError, UsageError
from annotations.frozen import frozen
from annotations.git import NotHereError
from annotations.log import is_cut
from annotations.revisions import read_blobs, resolve
from annotations.text import decode, fingerprint

if TYPE_CHECKING:
    from annotations.git import Git

__all__ = ["LARGEST", "MOST", "Found", "Versions", "find", "texts", "walked"]

MOST = 1000
"""How many commits of an article are looked at, the newest first."""
LARGEST = 20_000_000
"""Bytes; a larger version is passed over, as nothing can be annotated in it."""

_ROOM = 16_000_000  # bytes of versions that are held at once
_FILES = frozenset({b"100644", b"100755", b"100664"})
_ENTRY = re.compile(rb":+((?:[0-7]{6} )+)((?:[0-9a-f]{40,64} )+)[A-Z]+[0-9]*\Z")
_RAW = ("--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv", "--root", "--format=", f"--max-count={MOST}")
_NO_TEXT = ""  # for the fingerprint of what is none
_FOREVER = 1e6  # seconds
_NOT_HERE = "part of its history is not here, as in a partial clone"
_SHALLOW = "its history is not all here, as in a shallow clone"


@frozen
class Versions:
    """What is known of an article's versions.

    Attributes:
        tip: the commit from which the history was walked; empty when it was not.
        blobs: the versions, newest first, as object ids.
        cut: why there may be more of them, a clause; empty when these are all.
        seconds: a walk that may take no longer than this would find no more of them.
        prints: the fingerprints of those that were read, by object id; empty for one that is no text.
    """

    tip: str = ""
    blobs: tuple[str, ...] = ()
    cut: str = ""
    seconds: float = 0.0
    prints: dict[str, str] = field(default_factory=dict)


@frozen
class Found:
    """What a search in a history gave.

    Attributes:
        texts: by fingerprint, of those that were wanted.
        versions: what is known by now.
        cut: why others may be in it all the same, a clause; empty when they are not.
    """

    texts: dict[str, str]
    versions: Versions
    cut: str = ""


class _Watch:
    """How much of the time that is allowed is left."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return max(self._end - time.monotonic(), 0.01)

    @property
    def over(self) -> bool:
        return time.monotonic() >= self._end

    def __str__(self) -> str:
        return f"its history takes longer than {self.seconds:g} s to search"


def find(git: Git, path: str, wanted: Collection[str], known: Versions, *, seconds: float) -> Found:
    """The texts with the `wanted` fingerprints, as far as the history of the article at `path` has them.

    Args:
        git: the repository.
        path: the article's, from the repository's top.
        wanted: fingerprints of canonical texts.
        known: what an earlier search of the same article learnt.
        seconds: after which it ends with what there is.
    """
    watch = _Watch(seconds)
    try:
        known = walked(git, path, known, watch.seconds)
    except InputError as error:
        return Found({}, known, f"its history cannot be read ({error.what})")
    found: dict[str, str] = {}
    prints = dict(known.prints)
    sought = [one for one in known.blobs if prints.get(one) in {None, *wanted}]
    cut = known.cut
    try:
        here = _sizes(git, sought, watch)
        if len(here) < len(sought):
            cut = _NOT_HERE
        for blob, text in _read(git, sought, here, watch):
            prints[blob] = _NO_TEXT if text is None else fingerprint(text)
            if text is not None and prints[blob] in wanted:
                found[prints[blob]] = text
            if len(found) == len(wanted):
                break
            if watch.over:
                cut = str(watch)
                break
    except InputError as error:
        cut = str(watch) if watch.over else f"its history cannot be read ({error.what})"
    return Found(found, replace(known, prints=prints), cut)


def walked(git: Git, path: str, known: Versions, seconds: float) -> Versions:
    """The versions of the article at `path` as of now.

    They are walked through only where the branch has another tip than when they were `known`, or where some were not
    to be had then.

    Raises:
        InputError: git refuses the repository.
    """
    watch = _Watch(seconds)
    try:
        tip = resolve(git, "HEAD")
    except UsageError:  # nothing was ever committed
        return Versions()
    if known.tip == tip and known.seconds >= seconds:
        return known
    try:
        blobs, cut = _listed(git, tip, path, watch)
        cut, enough = (_SHALLOW, 0.0) if is_cut(git) else (cut, 0.0 if cut == _NOT_HERE else _FOREVER)
    except InputError:
        if not watch.over:
            raise
        blobs, cut, enough = (), str(watch), seconds
    here = frozenset(blobs)
    return Versions(tip, blobs, cut, enough, {blob: mark for blob, mark in known.prints.items() if blob in here})


def texts(git: Git, versions: Versions) -> Iterator[str]:
    """The texts of those versions that are here and are texts, oldest first; each is read when it is its turn."""
    blobs, watch = versions.blobs[::-1], _Watch(_FOREVER)
    for blob, size in _sizes(git, blobs, watch).items():
        for _, text in _read(git, [blob], {blob: size}, watch):
            if text is not None:
                yield text


def _listed(git: Git, tip: str, path: str, watch: _Watch) -> tuple[tuple[str, ...], str]:
    """The versions, newest first, and why there may be more.

    What a merge made of an article is what the next commit found there or, where there was none, what is there now.
    """
    cut = ""
    now = git.query("rev-parse", "--verify", "--quiet", f"{tip}:{path}", misses=(1, 128), patience=watch.left)
    try:
        told = git.query("log", "--follow", "-M", *_RAW, tip, "--", path, patience=watch.left)
    except NotHereError:  # telling renames by what is alike takes objects that are not here
        told, cut = git.query("log", "--follow", "-M100%", *_RAW, tip, "--", path, patience=watch.left), _NOT_HERE
    entries = [*_entries(told or b"")]
    blobs = dict.fromkeys([*(now or b"").decode().split(), *(blob for entry in entries for blob in entry)])
    return tuple(blobs), cut or (f"its history has more than {MOST:,} versions" if len(entries) >= MOST else "")


def _entries(told: bytes) -> Iterator[list[str]]:
    """The files of each entry of `--raw`, what it was after the commit before what it was ahead of it."""
    for word in told.split(b"\0"):
        if entry := _ENTRY.match(word):
            files = zip(entry[1].split(), entry[2].split(), strict=False)
            yield [blob.decode() for mode, blob in files if mode in _FILES and blob.strip(b"0")][::-1]


def _read(git: Git, blobs: Iterable[str], sizes: Mapping[str, int], watch: _Watch) -> Iterator[tuple[str, str | None]]:
    """Each version that has a size, and its text; None for one that is none, or too large."""
    for part in _parts([one for one in blobs if one in sizes], sizes):
        read = read_blobs(git, [one for one in part if sizes[one] <= LARGEST], patience=watch.left)
        for blob in part:
            yield blob, _text(read[blob]) if blob in read else None


def _sizes(git: Git, blobs: Iterable[str], watch: _Watch) -> dict[str, int]:
    """The sizes of those objects that are here."""
    names = "".join(f"{one}\n" for one in blobs)
    if not names:
        return {}
    try:
        told = git.query("cat-file", "--batch-check", data=names.encode(), patience=watch.left)
    except NotHereError:  # asked for by name, one that is not here would be fetched
        told = git.query("cat-file", "--batch-check", "--batch-all-objects", "--unordered", patience=watch.left)
    lines = (line.split() for line in (told or b"").decode().splitlines())
    here = {words[0]: int(words[2]) for words in lines if words[1:2] == ["blob"]}
    return {one: here[one] for one in names.split() if one in here}


def _parts(blobs: Iterable[str], sizes: Mapping[str, int]) -> Iterator[list[str]]:
    """The versions in their order, as many at a time as there is room for; few at first, they are the likely ones."""
    part: list[str] = []
    room, most = _ROOM, 8
    for blob in blobs:
        size = min(sizes[blob], LARGEST)
        if part and (size > room or len(part) == most):
            yield part
            part, room, most = [], _ROOM, most * 4
        part.append(blob)
        room -= size
    if part:
        yield part


def _text(data: bytes) -> str | None:
    try:
        return decode(data)
    except InputError:
        return None
