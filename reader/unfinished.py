"""What git left unfinished in a library: a merge or rebase under way, the sidecars it waits for, and rescuing those."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.durable import write_atomically
from annotations.errors import InputError, NotFoundError, UsageError
from annotations.frozen import frozen
from annotations.git import Git
from annotations.load import load_sidecar
from annotations.merge_files import merge_files
from annotations.model import SIDECAR_SUFFIX
from annotations.resolve import stages, undecided, unmerged
from annotations.store import sidecar_path

if TYPE_CHECKING:
    from collections.abc import Collection

    from annotations.merge_files import MergedFile

__all__ = ["Unfinished", "Waiting", "rescue", "unfinished"]

_EITHER = "`git add` keeps it, `git rm` lets it go"
_NAMES = "`git add` keeps this name, `git rm` the other"
_ONE_SIDED = {
    frozenset({1, 2}): ("theirs deleted it, ours changed it", _EITHER),
    frozenset({1, 3}): ("ours deleted it, theirs changed it", _EITHER),
    frozenset({1}): ("each side gave it another name", "`git rm` lets this one go"),
    frozenset({2}): ("it has this name in ours alone", _NAMES),
    frozenset({3}): ("it has this name in theirs alone", _NAMES),
}
"""Why git did not call anybody to merge a file, and what a person can do, by the stages it has of it."""


@frozen
class Waiting:
    """A sidecar that git waits for.

    Attributes:
        path: from the repository's top.
        why: what is to be decided about the file as a whole; empty when nothing is.
        then: what to do.
    """

    path: str
    why: str
    then: str


@frozen
class Unfinished:
    """What git is in the middle of (`merge`, `rebase`, …; may be empty), and the sidecars that it waits for."""

    what: str = ""
    sidecars: tuple[Waiting, ...] = ()

    @property
    def told(self) -> str:
        """All of it in a few words; empty when nothing is unfinished."""
        count = len(self.sidecars)
        waiting = f"{count} sidecar{'s' * (count > 1)} to resolve" if count else ""
        return ", ".join(filter(None, [f"{self.what} under way" if self.what else "", waiting]))


def unfinished(root: Path, path: str | None = None) -> Unfinished:
    """What is unfinished in the library at `root`; nothing where there is no git, or none that answers.

    Args:
        root: the library.
        path: a sidecar, from the root, to look at alone.
    """
    try:
        git = Git.at(root)
        if git is None:
            return Unfinished()
        here = root.resolve().relative_to(git.top)
        found = unmerged(git, "" if (under := (here / (path or "")).as_posix()) == "." else under)
        waiting = [_waiting(git.top, name, stages, root.resolve()) for name, stages in found.items()]
        return Unfinished(git.under_way(), tuple(waiting))
    except InputError:
        return Unfinished()


def _waiting(top: Path, path: str, stages: Collection[int], root: Path) -> Waiting:
    why, then = _ONE_SIDED.get(frozenset(stages), ("", "decide, then `git add`"))
    if why:
        return Waiting(path, why, then)
    article = (top / path).relative_to(root).as_posix().removesuffix(SIDECAR_SUFFIX)
    again = f"`postil resolve {shlex.quote(article)} --rescue` merges it again"
    try:
        sidecar = load_sidecar((top / path).read_bytes(), top / path)
    except OSError:
        return Waiting(path, "the file is gone", again)
    except InputError as error:
        return Waiting(path, error.what, again)
    return Waiting(path, "", then if next(undecided(sidecar), None) else "nothing is left to decide in it: `git add`")


def rescue(root: Path, article: str) -> tuple[str, MergedFile]:
    """Merge a sidecar again from what git holds of both sides; what stands in the file is left out.

    Args:
        root: the library.
        article: whose sidecar, by the article's path from the root.

    Returns:
        The sidecar's path from the repository's top, and what the merge came to.

    Raises:
        NotFoundError: git holds no sides of it.
        UsageError: one of them cannot be read; the file stays as it is.
        InputError: there is no repository.
    """
    git, file = Git.holding(root), sidecar_path(root.resolve() / article)
    path = file.relative_to(git.top).as_posix()
    sides = stages(git, path)
    if sides is None:
        raise NotFoundError("git holds no sides of it: no merge left it in conflict", path=path)
    merged = merge_files(*sides, file)
    if merged.refused:
        raise UsageError(f"it cannot be merged: {merged.refused}")
    write_atomically(file, merged.data)
    return path, merged
