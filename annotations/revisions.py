"""Sidecars as they were in git: which ones differ between two revisions, and what stood in them.

Only plumbing that reads objects: nothing here looks at the work tree through git, so no filter, hook or monitor that
a repository's settings name is ever run.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.errors import InputError, UsageError
from annotations.frozen import frozen
from annotations.git import not_here
from annotations.model import SIDECAR_SUFFIX

if TYPE_CHECKING:
    from annotations.git import Git

__all__ = [
    "MODULE",
    "Pair",
    "Range",
    "between",
    "find_range",
    "merge_base",
    "pairs",
    "read_blobs",
    "resolve",
    "with_files",
]


_LINK, MODULE = b"120000", b"160000"
"""Git's modes of what can stand in a file's place: a symbolic link, a submodule."""
_NO_FILE = {_LINK: "a link", MODULE: "a submodule"}


@frozen
class Range:
    """Two states of a library.

    Attributes:
        before: the commit that what changed is counted from, as an object id.
        after: the commit that it is counted to; None means the files as they are now.
    """

    before: str
    after: str | None = None


@frozen(kw_only=True)
class Pair:
    """A sidecar on two sides: its path (from the repository's top) and its bytes on each; None where it was not.

    Where one side is no file, `odd` says what it is, and there are no bytes.
    """

    path: str
    before_path: str
    before: bytes | None
    after: bytes | None
    odd: str = ""


def find_range(git: Git, words: Sequence[str]) -> Range:
    """The two states that a person named: nothing, `A`, `A B` or `A..B`.

    Nothing is from the last commit to the files; `A` from where the branch left A to the files; `A B`, or `A..B`, from
    where B left A to B.  What A gained meanwhile is nobody's change, as in a pull request.

    Raises:
        UsageError: a name means nothing, or more than two were given.
    """
    if len(words) == 1 and ".." in words[0]:
        words = [side or "HEAD" for side in words[0].replace("...", "..").split("..")]
    if len(words) > 2:
        raise UsageError("a range has two ends", hint="`postil diff A B` or `postil diff A..B`")
    tips = [resolve(git, word) for word in words] or [resolve(git, "HEAD")]
    after = tips[1] if len(tips) == 2 else None
    return Range(merge_base(git, tips[0], after or resolve(git, "HEAD")), after)


def pairs(git: Git, span: Range, files: Iterable[str], folder: str = "") -> list[Pair]:
    """The sidecars that differ between the two states; `files` are those in the work tree, from the top."""
    if span.after is None:
        return with_files(git, span.before, files, folder)
    return between(git, span.before, span.after, folder)


def resolve(git: Git, name: str) -> str:
    """The commit that `name` means, as an object id.

    Raises:
        UsageError: it means none here.
    """
    if not name or name.startswith("-") or not name.isprintable():
        raise UsageError(f"{name!r} is no revision")
    question = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    try:
        found = git.query(*question, misses=(1,))
    except InputError as error:
        if error.hint:  # it is the repository that git will not read
            raise
        found = None
    if found is not None:
        return found.decode().strip()
    if name == "HEAD":
        raise UsageError("there are no commits yet", hint="commit something first")
    raise UsageError(f"git knows no revision {name!r}", hint="`git branch --all` lists the branches")


def merge_base(git: Git, one: str, other: str) -> str:
    """The commit from which two commits went their ways.

    Raises:
        UsageError: they have nothing in common, or the history that is here ends before that.
    """
    found = git.query("merge-base", one, other, misses=(1,))
    if found is None:
        raise UsageError(
            "the two have no commit in common", hint="in a shallow clone, `git fetch --unshallow` brings the rest"
        )
    return found.decode().split()[0]


def between(git: Git, one: str, other: str, folder: str = "") -> list[Pair]:
    """The sidecars below `folder` that are not the same in two commits, found again under a new name."""
    found = list(_differing(git, one, other, folder))
    blobs = read_blobs(git, {blob for _, _, *pair, odd in found for blob in pair if blob and not odd})
    return [
        Pair(path=path, before_path=old, before=blobs.get(first), after=blobs.get(second), odd=odd)
        for old, path, first, second, odd in found
    ]


def with_files(git: Git, commit: str, files: Iterable[str], folder: str = "") -> list[Pair]:
    """The sidecars below `folder` that are not in the work tree as they are in a commit.

    Args:
        git: the repository.
        commit: the commit's object id.
        files: the sidecars in the work tree, from the repository's top.
        folder: where to look, from the top.
    """
    then, digest = _listed(git, commit, folder), _digest(commit)
    modules = {path for path, (mode, _) in then.items() if mode == MODULE}
    there = {path for path in {*then, *files} if modules.isdisjoint({path, *_above(path)})}
    now: dict[str, bytes] = {}
    changed: set[str] = set()
    for path in there:
        data = _read(git.top / path)
        if data is None or path not in then or then[path][1] != digest(data):
            changed.add(path)
            now |= {path: data} if data is not None else {}
    if gone := changed - now.keys():
        changed -= gone & _left_out(git, folder)
    odd = {path: _odd(then[path][0] if path in then else b"", _mode(git.top / path)) for path in changed}
    blobs = read_blobs(git, {then[path][1] for path in changed if path in then and not odd[path]})
    return [
        Pair(
            path=path,
            before_path=path,
            before=blobs.get(then[path][1]) if path in then else None,
            after=None if odd[path] else now.get(path),
            odd=odd[path],
        )
        for path in sorted(changed)
    ]


def _listed(git: Git, commit: str, folder: str) -> dict[str, tuple[bytes, str]]:
    """Mode and object of each sidecar in a commit below `folder`, and of each submodule, by path from the top."""
    listed = git.query("ls-tree", "-r", "-z", "--full-tree", commit, "--", *[folder] * bool(folder)) or b""
    found: dict[str, tuple[bytes, str]] = {}
    for entry in filter(None, listed.split(b"\0")):
        head, _, path = entry.partition(b"\t")
        mode, _, name = head.split(b" ")
        if mode == MODULE or path.endswith(SIDECAR_SUFFIX.encode()):
            found[os.fsdecode(path)] = mode, name.decode()
    return found


def _above(path: str) -> Iterator[str]:
    """The folders that a path leads through."""
    while path := path.rpartition("/")[0]:
        yield path


def _left_out(git: Git, folder: str) -> set[str]:
    """What a sparse work tree leaves out on purpose."""
    told = git.query("ls-files", "-t", "-z", "--", *[folder] * bool(folder)) or b""
    return {os.fsdecode(entry[2:]) for entry in told.split(b"\0") if entry.startswith(b"S ")}


def _mode(path: Path) -> bytes:
    return _LINK if path.is_symlink() else b""


def _odd(before: bytes, after: bytes) -> str:
    """What one side is, if it is no file, by git's modes."""
    for mode, verb in ((after, "is now"), (before, "was")):
        if mode in _NO_FILE:
            return f"it {verb} {_NO_FILE[mode]}"
    return ""


def read_blobs(git: Git, blobs: Iterable[str], *, patience: float | None = None) -> dict[str, bytes]:
    """What stands in objects, all read in one go, which may take `patience` seconds.

    Raises:
        InputError: one of them is not here.
    """
    names = sorted(set(blobs))
    if not names:
        return {}
    asked = "".join(f"{name}\n" for name in names).encode()
    answer = git.query("cat-file", "--batch", data=asked, patience=patience) or b""
    found, at = {}, 0
    for name in names:
        end = answer.index(b"\n", at)
        words = answer[at:end].split(b" ")
        at = end + 1
        if words[-1] == b"missing":
            raise not_here(git.top)
        size = int(words[2])
        found[name] = answer[at : at + size]
        at += size + 1
    return found


def _differing(git: Git, one: str, other: str, folder: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Old path, new path, old blob, new blob of each sidecar that differs, "" for one that is not there; and `odd`."""
    options = ("-r", "-z", "-M", "--no-ext-diff", "--no-textconv", "--full-index")
    told = git.query("diff-tree", *options, one, other, "--", *[folder] * bool(folder)) or b""
    words = iter(told.split(b"\0"))
    for head in words:
        if not head:
            continue
        old_mode, new_mode, first, second, status = head.lstrip(b":").split(b" ")
        old = new = next(words)
        if status[:1] in b"RC":
            new = next(words)
        if not new.endswith(SIDECAR_SUFFIX.encode()) and not old.endswith(SIDECAR_SUFFIX.encode()):
            continue
        before, after = (blob.decode() if blob.strip(b"0") else "" for blob in (first, second))
        yield os.fsdecode(old), os.fsdecode(new), before, after, _odd(old_mode, new_mode)


def _digest(commit: str) -> Callable[[bytes], str]:
    """How this repository names content: by SHA-1, or by SHA-256 where its ids are that long."""
    make = hashlib.sha256 if len(commit) == 64 else hashlib.sha1

    def digest(data: bytes) -> str:
        return make(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    return digest


def _read(path: Path) -> bytes | None:
    """What git would keep of a file, or of a link: where that leads; None where neither is."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return os.fsencode(path.readlink())
        return path.read_bytes() if stat.S_ISREG(mode) else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", path=path) from error
