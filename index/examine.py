"""Reading one file of the library, and its sidecar, into the catalog's entry for it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from annotations import store
from annotations.errors import InputError, PostilError
from annotations.model import SIDECAR_SUFFIX, Annotation, Sidecar
from annotations.relations import called, quoted
from annotations.repair import needs_repair
from annotations.store import Loaded
from index.article import Article
from index.entry import Entry, Use
from index.former import Former
from index.library import LIST_LIMIT, Library

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.scan import File

__all__ = ["entry_of", "examine"]

_SECONDS = 0.5
"""How long the history of one article among many is searched; where it is opened there is more time."""


def examine(library: Library, file: File, now: int) -> Entry:
    """What is known of a file after reading it at the time `now`; one that is no text is an entry with a reason."""
    try:
        article = _by_name(file) if file.size > LIST_LIMIT else library.read(file.path)
    except PostilError as error:
        return replace(_blank(file, now), skipped=_reason(error))
    loaded, problem = _sidecar(library, file)
    former = Former(library.root, article.path, article.text, article.fingerprint, _SECONDS)
    placed = former.place(loaded.sidecar.annotations) if article.fingerprint else ()
    return entry_of(file, article, loaded, placed, now=now, problem=problem)


def entry_of(
    file: File, article: Article, loaded: Loaded, placed: Iterable[Placed], *, now: int = 0, problem: str = ""
) -> Entry:
    """What is known of a file.

    Args:
        file: its state and its sidecar's.
        article: what it holds, without corrections; not looked at when the file is too large for that.
        loaded: what its sidecar holds.
        placed: the annotations in it, each in its place.
        now: when both were read; 0 for a time that is not known, so that they are read again.
        problem: why the sidecar was refused, if it was.
    """
    from index.corrections import correct

    article = correct(_by_name(file) if file.size > LIST_LIMIT else article, loaded.sidecar.article)
    annotations = loaded.sidecar.annotations
    return replace(
        _blank(file, now),
        problem=problem or _damage(loaded, file) or article.problem,
        fingerprint=article.fingerprint,
        digest=hashlib.sha256(loaded.data).hexdigest()[:16] if loaded.data else "",
        title=article.title,
        title_from=article.title_from,
        published=article.published,
        agency=article.agency,
        byline=article.byline,
        dateline=article.dateline,
        tags=article.tags,
        annotations=len(annotations),
        kinds=dict(Counter(one.kind for one in annotations)),  # asdict cannot copy a Counter
        repairs=sum(map(needs_repair, placed)),
        speakers=_speakers(annotations),
        used_tags={tag: Use(count) for tag, count in Counter(tag for one in annotations for tag in one.tags).items()},
        names="\n".join(f"{one.id} {called(one)}\t{quoted(one)}" for one in annotations),
        relations=tuple((one.id, relation.type, relation.to) for one in annotations for relation in one.relations),
    )


def _blank(file: File, now: int) -> Entry:
    return Entry(
        path=file.path,
        size=file.size,
        mtime_ns=file.mtime_ns,
        ctime_ns=file.ctime_ns,
        sidecar=file.sidecar,
        read_ns=now,
    )


def _by_name(file: File) -> Article:
    """All that is said of an article that is too large to be read for it."""
    name = PurePosixPath(file.path).stem
    return Article(path=file.path, text="", fingerprint="", title=name, title_from="file-name")


def _sidecar(library: Library, file: File) -> tuple[Loaded, str]:
    """The sidecar, and why it was refused."""
    path = store.sidecar_path(library.root / file.path)
    nothing = Loaded(path, None, Sidecar())
    if file.sidecar is None:
        return nothing, ""
    try:
        return store.load(path, inside=library.root), ""
    except InputError as error:
        name = _sidecar_name(file)
        where = name if error.line is None else f"{name}:{error.line}"
        return nothing, f"{where}: {_reason(error)}"


def _damage(loaded: Loaded, file: File) -> str:
    """What is wrong with an entry of the sidecar, if something is."""
    damaged = next(iter(loaded.sidecar.damaged), None)
    return f"{_sidecar_name(file)}:{damaged.line}: {damaged.reason}" if damaged else ""


def _sidecar_name(file: File) -> str:
    return f"{file.path}{SIDECAR_SUFFIX}"


def _reason(error: PostilError) -> str:
    return f"{error.what}; {error.hint}" if error.hint else error.what


def _speakers(annotations: Iterable[Annotation]) -> Mapping[str, Use]:
    uses: dict[str, Use] = {}
    for one in annotations:
        if one.claim is None or not one.claim.speaker:
            continue
        old = uses.get(one.claim.speaker, Use(0))
        new = Use(old.count + 1, one.claim.affiliation, one.created)
        later = new.affiliation and (not old.affiliation or new.created >= old.created)
        uses[one.claim.speaker] = new if later else Use(new.count, old.affiliation, old.created)
    return uses
