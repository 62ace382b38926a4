"""A review under way: what changed between two revisions, the verdicts given so far, and submitting them.

Reading looks at git's objects alone.  Verdicts are pending, in the person's state folder, until they are submitted:
then each sidecar is written once.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations import store
from annotations.durable import write_atomically
from annotations.errors import InputError, UsageError
from annotations.model import SIDECAR_SUFFIX, VERDICTS, Annotation, Reply, Review, new_id
from annotations.revisions import Range, find_range
from annotations.verdicts import digest
from index.inside import OPEN_LIMIT, read_inside
from reader.dates import now
from reader.differences import ArticleChanges, changes

if TYPE_CHECKING:
    from annotations.diff import Change
    from annotations.git import Git
    from index.article import Article

__all__ = ["Item", "Pending", "Reviewing", "Submitted"]


@dataclass(frozen=True, slots=True)
class Item:
    """One changed annotation to judge: the article's path from the root, and what became of it."""

    path: str
    change: Change

    @property
    def id(self) -> str:
        """The annotation's id."""
        return self.change.annotation.id

    @property
    def judged(self) -> Annotation | None:
        """What a verdict is about: the annotation as it is in the reviewed revision; None when it was removed."""
        return self.change.after


@dataclass(frozen=True, slots=True)
class Pending:
    """What a reviewer is about to say of one annotation.

    Attributes:
        verdict: of `VERDICTS`; empty for a comment alone.
        note: the comment.
        of: the digest of what was judged.
    """

    verdict: str = ""
    note: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What submitting came to: the sidecars written, from the repository's top, and the folder they are in."""

    paths: tuple[str, ...]
    folder: Path
    commit: str = ""


@dataclass(slots=True)
class Reviewing:
    """One review of one range.

    Attributes:
        root: the library.
        span: what is compared.
        words: how the range was named.
        articles: what changed, by article.
        pending: verdicts and comments not submitted yet, by annotation id.
    """

    git: Git
    root: Path
    span: Range
    words: tuple[str, ...]
    articles: list[ArticleChanges]
    pending: dict[str, Pending] = field(default_factory=dict)

    @classmethod
    def start(cls, git: Git, root: Path, words: Iterable[str], state: Path) -> Reviewing:
        """Begin, or go on with, the review of a range (see `find_range`); one word without dots is a branch.

        Args:
            git: the repository.
            root: the library in it.
            words: the range.
            state: the folder where pending reviews are kept.

        Raises:
            UsageError: there is no such range.
        """
        given = tuple(words)
        if len(given) == 1 and ".." not in given[0]:
            given = ("HEAD", given[0])
        span = find_range(git, given)
        found = cls(git, root, span, given, changes(git, root, span))
        found.pending = found._load(state)
        return found

    @property
    def items(self) -> list[Item]:
        """All there is to judge, in the order of paths and of the text."""
        return [Item(one.path, change) for one in self.articles for change in one.changes]

    @property
    def tip(self) -> str:
        """The name of what is reviewed, as it was given."""
        return self.words[-1].replace("...", "..").rpartition("..")[2] or "HEAD" if self.words else "HEAD"

    # Saying something

    def article(self, path: str, *, before: bool = False) -> Article:
        """The article of that path as it was reviewed or, `before`, as it was then; without corrections.

        Raises:
            InputError: it is not there, or is no text.
        """
        from index import formats

        commit = self.span.before if before else self.span.after
        if commit is None:
            data = read_inside(self.root, path, limit=OPEN_LIMIT)
        else:
            below = Path(os.path.realpath(self.root)).relative_to(self.git.top) / path
            found = self.git.query("cat-file", "blob", f"{commit}:{below.as_posix()}", misses=(128,))
            if found is None:
                raise InputError("the article is not in that revision", path=path)
            data = found
        return formats.read(path, data)

    def judge(self, item: Item, verdict: str, note: str | None = None) -> None:
        """Give a verdict; a comment given before stays unless there is another.

        Raises:
            UsageError: there is no such verdict, or the annotation is gone.
        """
        if verdict not in VERDICTS:
            raise UsageError(f"{verdict!r} is no verdict", hint=f"there are {', '.join(VERDICTS)}")
        before = self.pending.get(item.id, Pending())
        self._say(item, replace(before, verdict=verdict, note=before.note if note is None else note))

    def comment(self, item: Item, note: str) -> None:
        """Say something; with a verdict it goes with that, alone it is a reply."""
        before = self.pending.get(item.id, Pending())
        self._say(item, replace(before, note=note))

    def take_back(self, item: Item) -> None:
        """Say nothing of it after all."""
        self.pending.pop(item.id, None)

    def _say(self, item: Item, said: Pending) -> None:
        if item.judged is None:
            raise UsageError(
                "it was removed: there is nothing to judge", hint="comment on the removal where you merge it"
            )
        self.pending[item.id] = replace(said, of=digest(item.judged))

    # Keeping

    def save(self, state: Path) -> None:
        """Keep what is pending; nothing pending removes what was kept.

        Raises:
            InputError: the state folder cannot be written.
        """
        path = self._path(state)
        if not self.pending:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        said = {name: asdict(one) for name, one in self.pending.items()}
        write_atomically(path, json.dumps({"range": list(self.words), "pending": said}, indent=1).encode())

    def _path(self, state: Path) -> Path:
        name = json.dumps([os.path.realpath(self.root), *self.words])
        return state / "reviews" / f"{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.json"

    def _load(self, state: Path) -> dict[str, Pending]:
        """What was kept of this range; of annotations that are no longer in it nothing."""
        try:
            kept = json.loads(self._path(state).read_bytes())["pending"]
            there = {item.id for item in self.items}
            return {name: Pending(**one) for name, one in kept.items() if name in there}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def outdated(self, item: Item) -> bool:
        """Whether what is pending was said of an earlier state of the annotation."""
        said = self.pending.get(item.id)
        return said is not None and item.judged is not None and said.of != digest(item.judged)

    # Submitting

    def destination(self) -> str:
        """Where submitting writes to, in words."""
        branch = self.git.local_branch(self.tip)
        if self._here(branch):
            return "they are written into the files, which you commit yourself"
        return f"they are committed on {branch}" if branch else f"{self.tip} is no local branch, so they stay pending"

    def _here(self, branch: str | None) -> bool:
        """Whether what is reviewed is what is checked out."""
        return self.span.after is None or self.tip == "HEAD" or (branch is not None and branch == self.git.branch())

    def submit(self, author: str, message: str = "") -> Submitted:
        """Write what is pending into the sidecars, each once.

        When what is reviewed is checked out, that is into its files, and nothing is committed.  When it is another
        local branch, it is committed there, in a work tree of its own that is gone afterwards; the person's hooks run.

        Args:
            author: who reviews.
            message: of the commit, where there is one.

        Raises:
            UsageError: nothing is pending, or what is reviewed is no local branch: what is pending stays.
            InputError: it could not be written or committed: what is pending stays.
        """
        if not self.pending:
            raise UsageError("nothing is pending", hint="give a verdict first")
        branch = self.git.local_branch(self.tip)
        if self._here(branch):
            written = self._write(self.git.top, author)
            self.pending.clear()
            return Submitted(written, self.git.top)
        if branch is None:
            raise UsageError(
                f"{self.tip} is no local branch, so there is nowhere to write to: the review stays pending",
                hint=f"`git switch -c NAME {self.tip}` makes one",
            )
        with tempfile.TemporaryDirectory(prefix="postil-review-") as folder:
            tree = Path(folder) / "tree"
            there = self.git.add_worktree(tree, branch)
            try:
                written = self._write(tree, author)
                there.commit([tree / path for path in written], message or self._message())
            finally:
                self.git.remove_worktree(tree)
        self.pending.clear()
        return Submitted(written, self.git.top, branch)

    def _message(self) -> str:
        said = [one.verdict or "comment" for one in self.pending.values()]
        told = ", ".join(f"{said.count(word)} {word}" for word in dict.fromkeys(said))
        return f"Review annotations: {told}"

    def _write(self, top: Path, author: str) -> tuple[str, ...]:
        """Write all that is pending below `top`; gives the sidecars, from there."""
        below = Path(os.path.realpath(self.root)).relative_to(self.git.top)
        by_path: dict[str, list[Item]] = {}
        for item in self.items:
            if item.id in self.pending:
                by_path.setdefault(item.path, []).append(item)
        written = []
        for path, items in by_path.items():
            file = top / below / f"{path}{SIDECAR_SUFFIX}"
            loaded = store.load(file)
            sidecar = loaded.sidecar
            for item in items:
                now = sidecar.get(item.id)
                if now is None:
                    raise InputError(
                        f"{item.id} is not there any more", path=file, hint="take what is pending on it back"
                    )
                sidecar = sidecar.put(_with(now, self.pending[item.id], author))
            store.save(loaded, sidecar)
            written.append((below / f"{path}{SIDECAR_SUFFIX}").as_posix())
        return tuple(written)


def _with(annotation: Annotation, said: Pending, author: str) -> Annotation:
    """The annotation with a verdict, or a reply where there is only a comment."""
    created = now()
    if said.verdict:
        review = Review(id=new_id(), author=author, verdict=said.verdict, of=said.of, created=created, note=said.note)
        return replace(annotation, reviews=(*annotation.reviews, review))
    reply = Reply(id=new_id(), author=author, created=created, note=said.note)
    return replace(annotation, replies=(*annotation.replies, reply))
