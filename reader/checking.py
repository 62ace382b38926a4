"""Checking a library: its sidecars, with their articles, the codebook, and all of each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotations.anchor import place
from annotations.check import RULES, Finding, check_sidecar
from annotations.codebook import load_codebook
from annotations.errors import InputError
from annotations.model import CONFIG_NAME, Sidecar
from annotations.policy import load_policy
from annotations.store import load
from index.scan import scan

if TYPE_CHECKING:
    from annotations.anchor import Placed
    from index.library import Library

__all__ = ["check_library"]


def check_library(library: Library, only: Collection[str] | None = None) -> Iterator[Finding]:
    """Findings in the sidecars of a library, in the order of their paths.

    Args:
        library: the library.
        only: the sidecars to look at, by their paths from the root; None is all.

    Raises:
        InputError: `postil.yaml` cannot be read.
    """
    config = library.root / CONFIG_NAME
    codebook, policy = load_codebook(config), load_policy(config)
    sidecars = scan(library.root).sidecars
    loaded = {path: _load(library.root / path, library.root) for path in sidecars}
    known = {one.id for found in loaded.values() if isinstance(found, tuple) for one in found[1].annotations}
    for path in sorted(sidecars):
        if only is not None and path not in only:
            continue
        found = loaded[path]
        if isinstance(found, InputError):
            yield Finding(rule=RULES["unreadable"], path=path, line=found.line or 1, message=found.what)
            continue
        data, sidecar = found
        placed, gone = _placed(library, sidecars[path], sidecar)
        if gone:
            yield Finding(rule=RULES["no-article"], path=path, message=gone)
        yield from check_sidecar(path, data, sidecar, placed, codebook=codebook, policy=policy, known=known)


def _load(path: Path, root: Path) -> tuple[bytes, Sidecar] | InputError:
    try:
        loaded = load(path, inside=root)
    except InputError as error:
        return error
    return loaded.data or b"", loaded.sidecar


def _placed(library: Library, article: str, sidecar: Sidecar) -> tuple[tuple[Placed, ...], str]:
    """The annotations in the article as it is; or why there is none to look in."""
    if not article:
        return (), "there is no article of that name"
    try:
        return place(library.read(article).text, sidecar.annotations), ""
    except InputError as error:
        return (), error.what
