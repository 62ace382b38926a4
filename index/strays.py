"""Sidecars whose article is gone, and the article that each may follow: the one with the text it was made for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotations import durable, store
from annotations.errors import InputError

if TYPE_CHECKING:
    from index.scan import Stray

__all__ = ["followed", "move_sidecar"]


def followed(root: Path, strays: Iterable[Stray], fingerprints: Mapping[str, str]) -> tuple[Stray, ...]:
    """The strays, each with the article it follows, if there is one.

    Args:
        root: the library's root.
        strays: sidecars whose article is gone.
        fingerprints: of the texts of articles that have no sidecar, by path.
    """
    paths = {fingerprint: path for path, fingerprint in sorted(fingerprints.items(), reverse=True)}
    return tuple(
        replace(stray, follows=next((paths[text] for text in _texts(root / stray.path, root) if text in paths), None))
        for stray in strays
    )


def move_sidecar(old: Path, new: Path) -> None:
    """Give the sidecar at `old` the name `new`, durably.

    Raises:
        InputError: there is one of that name by now, or the folder cannot be written.
    """
    with durable.lock(old), durable.lock(new):
        if os.path.lexists(new):
            raise InputError("the article has a sidecar already", path=new, hint="merge them by hand")
        try:
            old.rename(new)
        except OSError as error:
            raise durable.explained(error, new) from error
        durable.sync(new)


def _texts(sidecar: Path, root: Path) -> list[str]:
    """The fingerprints that the annotations of a sidecar name; none when it cannot be read."""
    try:
        loaded = store.load(sidecar, inside=root)
    except InputError:
        return []
    return [one.position.text for one in loaded.sidecar.annotations]
