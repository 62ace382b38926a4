"""Reading one file of the library, and its sidecar, into the catalog's entry for it."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from annotations import store
from annotations.errors import InputError, PostilError
from annotations.model import Annotation, Sidecar
from index.article import Article
from index.corrections import correct
from index.entry import Entry, Use
from index.library import INDEX_LIMIT, Library
from index.scan import File

__all__ = ["examine"]


def examine(library: Library, file: File, now: int) -> Entry:
    """What is known of a file after reading it at the time `now`; one that is no text is an entry with a reason."""
    blank = Entry(
        path=file.path,
        size=file.size,
        mtime_ns=file.mtime_ns,
        ctime_ns=file.ctime_ns,
        sidecar=file.sidecar,
        read_ns=now,
    )
    try:
        article = _article(library, file)
    except PostilError as error:
        return replace(blank, skipped=_reason(error))
    data, sidecar, problem = _sidecar(library, file)
    article = correct(article, sidecar.article)
    annotations = sidecar.annotations
    return replace(
        blank,
        problem=problem or article.problem,
        fingerprint=article.fingerprint,
        digest=hashlib.sha256(data).hexdigest()[:16] if data else "",
        title=article.title,
        title_from=article.title_from,
        published=article.published,
        agency=article.agency,
        byline=article.byline,
        dateline=article.dateline,
        tags=article.tags,
        annotations=len(annotations),
        kinds=dict(Counter(one.kind for one in annotations)),  # asdict cannot copy a Counter
        speakers=_speakers(annotations),
        used_tags={tag: Use(count) for tag, count in Counter(tag for one in annotations for tag in one.tags).items()},
    )


def _article(library: Library, file: File) -> Article:
    """The article; of one that is too large to be searched only its name."""
    if file.size > INDEX_LIMIT:
        name = PurePosixPath(file.path).stem
        return Article(path=file.path, text="", fingerprint="", title=name, title_from="file-name")
    return library.read(file.path)


def _sidecar(library: Library, file: File) -> tuple[bytes | None, Sidecar, str]:
    """The sidecar's bytes, what they say, and what is wrong with them."""
    if file.sidecar is None:
        return None, Sidecar(), ""
    path = store.sidecar_path(library.root / file.path)
    name = os.path.relpath(path, library.root)
    try:
        loaded = store.load(path, inside=library.root)
    except InputError as error:
        where = name if error.line is None else f"{name}:{error.line}"
        return None, Sidecar(), f"{where}: {_reason(error)}"
    damaged = next(iter(loaded.sidecar.damaged), None)
    problem = f"{name}:{damaged.line}: {damaged.reason}" if damaged else ""
    return loaded.data, loaded.sidecar, problem


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
