"""A copy of the sample library to play with: a git repository in the person's data folder, with a branch to review.

`sample/library` is what the main branch holds, `sample/branch` the files that differ on the other one.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

import platformdirs

from annotations.git import Git, Identity

__all__ = ["BRANCH", "make"]

BRANCH = "ben-second-reading"
_ADA = Identity("Ada", "ada@sample.invalid", "2031-10-05T09:00:00Z")
_BEN = Identity("Ben", "ben@sample.invalid", "2031-10-06T18:30:00Z")


def make(*, fresh: bool = False) -> tuple[Path, Path | None]:
    """The person's copy of the sample library, made on first use.

    Args:
        fresh: make it anew; the copy that was there is moved aside, never deleted.

    Returns:
        The copy's folder, and where the former copy is now, if there was one.

    Raises:
        InputError: there is no git, or it refuses to make the repository.
    """
    folder = platformdirs.user_data_path("postil") / "sample"
    if folder.exists() and not fresh:
        return folder, None
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".sample-") as workshop:
        made = Path(workshop, "sample")
        _build(made)
        aside = _move_aside(folder)
        made.rename(folder)
    return folder, aside


def _build(folder: Path) -> None:
    with as_file(files("reader") / "sample") as sample:
        shutil.copytree(sample / "library", folder)
        git = Git.init(folder)
        git.switch("main", create=True)
        git.commit_as(_ADA, _files(folder), "Start the Lemna file")
        git.switch(BRANCH, create=True)
        shutil.copytree(sample / "branch", folder, dirs_exist_ok=True)
        git.commit_as(_BEN, _files(folder), "Read September again")
        git.switch("main")


def _files(folder: Path) -> list[Path]:
    """All files but git's own, relative to `folder`."""
    everything = (one.relative_to(folder) for one in sorted(folder.rglob("*")) if one.is_file())
    return [one for one in everything if one.parts[0] != ".git"]


def _move_aside(folder: Path) -> Path | None:
    if not folder.exists():
        return None
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f"sample-{datetime.now().astimezone():%Y-%m-%d}-"))
    return folder.rename(aside)  # takes the place of the empty folder
