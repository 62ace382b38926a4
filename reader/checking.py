"""Checking a library: its sidecars, with their articles, the codebook, and all of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from annotations.check import RULES, Finding, check_sidecar
from annotations.codebook import load_codebook
from annotations.errors import InputError
from annotations.model import CONFIG_NAME, Sidecar
from annotations.policy import load_policy
from annotations.store import load
from index.inside import OPEN_LIMIT, read_inside
from index.scan import scan

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.library import Library

__all__ = ["check_library"]

_Loaded: TypeAlias = "tuple[bytes, Sidecar] | InputError"
"""A sidecar's bytes and what is in it, or why it cannot be read."""


def check_library(
    library: Library, only: Collection[str] | None = None, *, sidecars: Mapping[str, str] | None = None
) -> Iterator[Finding]:
    """Findings in the sidecars of a library, in the order of their paths.

    Args:
        library: the library.
        only: the sidecars to look at, by their paths from the root; None is all.
        sidecars: all there are, each with its article, where somebody walked through the library just now.

    Raises:
        InputError: `postil.yaml` cannot be read.
    """
    config = library.root / CONFIG_NAME
    codebook, policy = load_codebook(config), load_policy(config)
    sidecars = scan(library.root).sidecars if sidecars is None else sidecars
    loaded = {path: _load(library.root / path, library.root) for path in sidecars if only is None or path in only}
    known = _known(library, loaded, sidecars)
    for path, found in sorted(loaded.items(), key=lambda each: each[0]):
        if isinstance(found, InputError):
            yield Finding(rule=RULES["unreadable"], path=path, line=found.line or 1, message=found.what)
            continue
        data, sidecar = found
        text, placed, gone = _placed(library, sidecars[path], sidecar)
        if gone:
            yield Finding(rule=RULES["no-article"], path=path, message=gone)
        yield from check_sidecar(path, data, sidecar, placed, text=text, codebook=codebook, policy=policy, known=known)


def _known(library: Library, loaded: Mapping[str, _Loaded], sidecars: Iterable[str]) -> set[str]:
    """The ids that relations may lead to; sidecars that are not looked at are read only for those that lead there."""
    here = [one for found in loaded.values() if isinstance(found, tuple) for one in found[1].annotations]
    known = {one.id for one in here}
    sought = {relation.to.encode() for one in here for relation in one.relations if relation.to not in known}
    for path in sidecars if sought else ():
        if path not in loaded and any(name in _bytes(library, path) for name in sought):
            found = _load(library.root / path, library.root)
            known |= {one.id for one in found[1].annotations} if isinstance(found, tuple) else set()
    return known


def _bytes(library: Library, path: str) -> bytes:
    try:
        return read_inside(library.root, path, limit=OPEN_LIMIT)
    except InputError:
        return b""


def _load(path: Path, root: Path) -> _Loaded:
    try:
        loaded = load(path, inside=root)
    except InputError as error:
        return error
    return loaded.data or b"", loaded.sidecar


def _placed(library: Library, path: str, sidecar: Sidecar) -> tuple[str, tuple[Placed, ...], str]:
    """The article's text and the annotations in it as it is; or why there is none to look in."""
    if not path:
        return "", (), "there is no article of that name"
    try:
        article = library.read(path)
    except InputError as error:
        return "", (), error.what
    return article.text, library.former(article).place(sidecar.annotations), ""
