"""The command `doctor`: who works on what, where things are kept, and what is amiss.

It answers even where other commands cannot: each part is asked by itself, and one that fails says so.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from annotations.errors import PostilError
from reader.cli.command import Command, add_format, folder, in_library
from reader.cli.output import columns, print_json, say

if TYPE_CHECKING:
    from pathlib import Path

    from annotations.git import Git
    from reader.session import Session

__all__ = ["COMMANDS"]


def _doctor(args: Namespace) -> int:
    from reader.cli.shapes import lines

    found = {name: _asked(part, args) for name, part in _PARTS.items()}
    if args.format == "json":
        print_json(found)
    else:
        for line in columns([(name, _sentence(name, answer)) for name, answer in found.items()]):
            say(line)
        for line in lines(found["library"].get("skipped", ()), found["library"].get("problems", ())):
            say(line)
    library = found["library"]
    amiss = any("problem" in answer for answer in found.values()) or library["problems"] or library["unreadable"]
    return 3 if amiss else 0


def _asked(part: Callable[[Namespace], dict[str, Any]], args: Namespace) -> dict[str, Any]:
    try:
        return part(args)
    except PostilError as error:
        return {"problem": str(error)}


_SAID = {
    ("library", "annotations"): "annotations in sidecars",
    ("index", "articles"): "articles at the last search",
    ("index", "annotations"): "annotations at the last search",
}
"""What the same word counts in one place and in another."""


def _sentence(part: str, answer: dict[str, Any]) -> str:
    return ", ".join(f"{_SAID.get((part, key), key)} {_word(value)}" for key, value in answer.items())


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(value) if value and isinstance(value[0], str) else str(len(value))
    return "none" if value in (None, "") else str(value)


def _program(_: Namespace) -> dict[str, Any]:
    import platform

    from reader import __version__

    return {"version": __version__, "python": platform.python_version(), "system": platform.system()}


def _author(args: Namespace) -> dict[str, Any]:
    from reader.author import who
    from reader.config import load_settings

    author = who(args.author, load_settings(), folder(args))
    return {"id": author.id, "source": author.source}


def _settings(_: Namespace) -> dict[str, Any]:
    from reader.config import config_path, load_settings
    from reader.preferences import amiss

    path = config_path()
    wrong = amiss(load_settings(path))
    return {"path": str(path), "exists": path.exists()} | ({"problem": "; ".join(wrong)} if wrong else {})


def _library(session: Session, _: Namespace) -> dict[str, Any]:
    from reader.cli import shapes

    session.catalog.refresh()
    entries = session.catalog.entries
    return {
        "root": str(session.library.root),
        "team": list(session.codebook.team),
        "articles": len(entries),
        "annotations": sum(one.annotations for one in entries),
        "skipped": shapes.skipped(session.catalog),
        "problems": shapes.problems(session.catalog),
        "unreadable": sum(one.amiss for one in session.catalog.skipped),
    }


def _index(session: Session, _: Namespace) -> dict[str, Any]:
    stats = session.search.stats()
    return {"folder": stats.folder, "articles": stats.articles, "annotations": stats.annotations, "bytes": stats.bytes}


def _texts(session: Session, _: Namespace) -> dict[str, Any]:
    from index.former import archive

    kept = archive(session.library.root)
    sizes = kept.sizes()
    return {"folder": str(kept.folder), "texts": len(sizes), "bytes": sum(sizes.values()), "limit": kept.limit}


def _yaml(_: Namespace) -> dict[str, Any]:
    import yaml

    return {"version": yaml.__version__, "libyaml": yaml.__with_libyaml__}


def _git(args: Namespace) -> dict[str, Any]:
    import shutil

    from annotations.git import Git

    git = Git.at(folder(args))
    found = {
        "program": shutil.which("git"),
        "repository": str(git.top) if git else None,
        "branch": git.branch() if git else None,
        "under way": git.under_way() if git else None,
    }
    return found | _driver(git, folder(args)) if git else found


def _driver(git: Git, here: Path) -> dict[str, Any]:
    """Whether git merges the sidecars here with postil; half of what that takes is a problem."""
    from reader.cli.driving import is_attributed

    called, attributed = "merge-driver" in git.setting("merge.postil.driver"), is_attributed(git, here)
    found: dict[str, Any] = {"merges sidecars": called and attributed}
    if called != attributed:
        missing = ".gitattributes does not name it" if called else "this clone does not know it"
        found["problem"] = f"the merge driver is half installed: {missing} (`postil git install`)"
    return found


def _terminal(_: Namespace) -> dict[str, Any]:
    import locale
    import os
    import sys

    from reader.cli.opening import has_terminal

    return {
        "tty": has_terminal(),
        "TERM": os.environ.get("TERM"),
        "colours": "NO_COLOR" not in os.environ,
        "encoding": getattr(sys.stdout, "encoding", None),
        "locale": locale.setlocale(locale.LC_CTYPE, None),
    }


_PARTS: dict[str, Callable[[Namespace], dict[str, Any]]] = {
    "postil": _program,
    "author": _author,
    "settings": _settings,
    "library": in_library(_library),
    "index": in_library(_index),
    "texts": in_library(_texts),
    "yaml": _yaml,
    "git": _git,
    "terminal": _terminal,
}

COMMANDS: dict[str, Command] = {"doctor": (add_format, _doctor)}
