"""The life of annotations: every commit that changed a sidecar, and what it changed, through renames."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.diff import Change, diff
from annotations.errors import InputError
from annotations.frozen import frozen
from annotations.load import load_sidecar
from annotations.model import SIDECAR_SUFFIX, Sidecar
from annotations.revisions import MODULE, read_blobs

if TYPE_CHECKING:
    from annotations.git import Git

__all__ = ["Commit", "Event", "is_cut", "life", "where_it_was"]

_FORMAT = "--format=%x01%H%x02%an%x02%aI%x02%s%x02"
_HEAD = re.compile(rb"\x01([0-9a-f]{40,64})\x02(.*?)\x02(.*?)\x02(.*?)\x02", re.DOTALL)
_RAW = (
    *("--raw", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv"),
    *("--root", "--encoding=UTF-8"),  # settings can hide the first commit, and have words recoded
)


@frozen
class Commit:
    """A commit: its id, who wrote it, when (ISO 8601 with its zone), its subject."""

    id: str
    author: str
    date: str
    subject: str


@frozen
class Event:
    """What became of annotations in one commit; no commit means that it is not committed yet.

    Attributes:
        commit: the commit.
        changes: the annotations it changed, in the order of the text.
        path: the sidecar's path in it, from the repository's top.
        problem: why one side of it cannot be read.
    """

    commit: Commit | None
    changes: tuple[Change, ...]
    path: str
    problem: str = ""


def life(git: Git, path: str, annotation: str = "", *, now: bytes | None = None) -> list[Event]:
    """What became of the annotations in a sidecar, oldest first.

    Args:
        git: the repository.
        path: the sidecar's, from the repository's top.
        annotation: an id, to tell of that one alone.
        now: the file as it is in the work tree; None leaves it out.
    """
    steps = _in_order(git, [*_steps(git, path), *_merges(git, path)]) if _begun(git) else []
    blobs = read_blobs(git, {blob for step in steps for blob in step.blobs if blob})
    events = [_event(step, blobs) for step in steps]
    if now is not None:
        last = blobs.get(steps[-1].blobs[-1]) if steps else None
        changes, problem = _changes(last, now, path)
        events.append(Event(None, changes, path, problem))
    if annotation:
        events = [
            replace(one, changes=tuple(each for each in one.changes if each.annotation.id == annotation))
            for one in events
        ]
    return [one for one in events if one.changes or one.problem]


def where_it_was(git: Git, annotation: str) -> str | None:
    """The sidecar, from the repository's top, that last held an annotation of that id; None when none ever did."""
    if not _begun(git):
        return None
    told = git.query("log", "-1", f"-S{annotation}", *_RAW, "--no-renames", "--diff-filter=AMD", _FORMAT) or b""
    for words in _entries(told):
        if words[-1].endswith(SIDECAR_SUFFIX.encode()):
            return os.fsdecode(words[-1])
    return None


def _begun(git: Git) -> bool:
    """Whether anything was ever committed on this branch."""
    return git.query("rev-parse", "--verify", "--quiet", "HEAD", misses=(1,)) is not None


def is_cut(git: Git) -> bool:
    """Whether the history that is here is not the whole one."""
    return git.query("rev-parse", "--is-shallow-repository") == b"true\n"


@frozen
class _Step:
    """One commit's change of a sidecar: the blobs of its parents, then its own; "" for one that was not there."""

    commit: Commit
    path: str
    blobs: tuple[str, ...]


def _steps(git: Git, path: str) -> Iterator[_Step]:
    """The commits with one parent, newest first, under whatever name the sidecar had."""
    told = git.query("log", "--follow", "-M", *_RAW, _FORMAT, "--", path) or b""
    for commit, rest in _commits(told):
        for head, *names in _entries(rest):
            *modes, before, after, _ = head.lstrip(b":").split(b" ")
            yield _Step(commit, os.fsdecode(names[-1]), tuple(map(_blob, modes, (before, after))))


def _merges(git: Git, path: str) -> Iterator[_Step]:
    """The merges that left something other than either side had."""
    told = git.query("log", "--merges", "-c", *_RAW, _FORMAT, "--", path) or b""
    for commit, rest in _commits(told):
        for head, *names in _entries(rest):
            words = head.lstrip(b":").split(b" ")
            sides = head[: len(head) - len(head.lstrip(b":"))].count(b":")
            blobs = tuple(map(_blob, words[: sides + 1], words[sides + 1 : 2 * sides + 2]))
            yield _Step(commit, os.fsdecode(names[-1]), blobs)


def _in_order(git: Git, steps: Iterable[_Step]) -> list[_Step]:
    """The steps, parents before children."""
    told = git.query("rev-list", "--topo-order", "--reverse", "HEAD") or b""
    rank = {name: at for at, name in enumerate(told.decode().split())}
    return sorted(steps, key=lambda one: rank.get(one.commit.id, 0))


def _commits(told: bytes) -> Iterator[tuple[Commit, bytes]]:
    heads = [*_HEAD.finditer(told)]
    for at, head in enumerate(heads):
        end = heads[at + 1].start() if at + 1 < len(heads) else len(told)
        name, *words = (part.decode(errors="replace") for part in head.groups())
        yield Commit(name, *words), told[head.end() : end]


def _entries(told: bytes) -> Iterator[list[bytes]]:
    """The raw entries of one commit: what begins with a colon, and the paths after it."""
    entry: list[bytes] = []
    for word in told.split(b"\0"):
        start = word.find(b":") if b"\x01" in word or word.startswith(b"\n") else 0
        if word[start : start + 1] == b":":
            if entry:
                yield entry
            entry = [word[start:]]
        elif entry and word:
            entry.append(word)
    if entry:
        yield entry


def _blob(mode: bytes, name: bytes) -> str:
    return name.decode() if name.strip(b"0") and mode != MODULE else ""


def _event(step: _Step, blobs: dict[str, bytes]) -> Event:
    *befores, after = (blobs.get(name) for name in step.blobs)
    told = [_changes(before, after, step.path) for before in befores]
    problem = next((problem for _, problem in told if problem), "")
    common = set.intersection(*({each.annotation.id for each in changes} for changes, _ in told))
    changes = tuple(each for each in told[0][0] if each.annotation.id in common)
    return Event(step.commit, changes, step.path, problem)


def _changes(before: bytes | None, after: bytes | None, path: str) -> tuple[tuple[Change, ...], str]:
    try:
        return diff(_read(before, path), _read(after, path))[1], ""
    except InputError as error:
        return (), str(error)


def _read(data: bytes | None, path: str) -> Sidecar:
    return Sidecar() if data is None else load_sidecar(data, Path(path))
