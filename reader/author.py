"""Who annotates: as it was told, or else as git or the login has it."""

from __future__ import annotations

import os
from pathlib import Path

from annotations.errors import UsageError
from annotations.frozen import frozen
from annotations.names import slug
from reader.config import Settings, config_path

__all__ = ["Author", "author_found", "author_told", "who"]


@frozen
class Author:
    """Who annotates: the id, and where it was found."""

    id: str
    source: str


def who(flag: str | None, settings: Settings, folder: Path) -> Author:
    """The author to annotate as: `--author`, POSTIL_AUTHOR, the settings, git's user.name, the login name.

    Raises:
        UsageError: the name given has nothing in it that an id could be made of.
        InputError: git is asked, and refuses the repository that holds `folder`.
    """
    return author_told(flag, settings) or author_found(folder)


def author_told(flag: str | None, settings: Settings) -> Author | None:
    """The author by what the person says, without asking git; None when they say nothing.

    Raises:
        UsageError: the name given has nothing in it that an id could be made of.
    """
    said = [
        (flag, "--author"),
        (os.environ.get("POSTIL_AUTHOR"), "POSTIL_AUTHOR"),
        (settings.author, str(config_path())),
    ]
    for name, source in said:
        if name:
            if not slug(name):
                raise UsageError(f"{name!r} ({source}) makes no author id", hint="use letters or digits")
            return Author(slug(name), source)
    return None


def author_found(folder: Path) -> Author:
    """The author by what the machine says: git's user.name, the login name.

    Raises:
        InputError: git refuses the repository that holds `folder`.
    """
    from annotations.git import Git, user_name

    git = Git.at(folder)
    if author := slug(git.user_name() if git else user_name()):
        return Author(author, "git's user.name")
    return Author(slug(_login()) or "reader", "the login name")


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user id without a name, as in many containers
        return ""
