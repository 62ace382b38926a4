"""Commands about the library as a whole: `init`, `demo`, `index`, `sidecars`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from annotations.errors import InputError
from reader.cli.command import Command, add_format, folder, in_library, notice_changes, resolved
from reader.cli.output import counting, note, plural, print_json, say

if TYPE_CHECKING:
    from reader.session import Session

__all__ = ["COMMANDS"]


def _init_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", metavar="DIR", help="of the articles (default: the working folder)")
    add_format(parser)


def _init(args: Namespace) -> int:
    from annotations.model import CONFIG_NAME
    from index.library import Library
    from reader.author import who
    from reader.config import load_settings

    root = folder(args, args.folder)
    if not root.is_dir():
        raise InputError("there is no such folder", path=root, hint="make it first")
    existed = (root / CONFIG_NAME).exists()
    library = Library.find(root) if existed else Library.create(root, (who(args.author, load_settings(), root).id,))
    articles = len(library.scan().files)
    if args.format == "json":
        print_json({"library": str(library.root), "created": not existed, "articles": articles})
        return 0
    say(f"{'already a library' if existed else 'made a library'}: {library.root} ({plural(articles, 'article')})")
    note("`postil` opens it" if articles else "put .txt or .md files there; `postil` opens it")
    return 0


def _demo_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true", help="make the copy anew; the former one is moved aside")


def _demo(args: Namespace) -> int:
    from reader.cli.opening import open_library, require_terminal
    from reader.demo import make

    root, former = make(fresh=args.fresh)
    if former:
        note(f"the former copy is now {former}")
    require_terminal("the sample library is there: use `postil --library` with it", found=root)
    return open_library(args, root)


def _index_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rebuild", action="store_true", help="make the index anew instead of bringing it up to date")
    parser.add_argument("--stats", action="store_true", help="say what is in it and where it is kept")
    parser.add_argument("--prune", action="store_true", help="let go of kept texts that no annotation was made on")
    add_format(parser)


def _index(session: Session, args: Namespace) -> int:
    notice_changes(session)
    pruned = _prune(session) if args.prune else 0
    bring = session.search.rebuild if args.rebuild else session.search.update
    updated = bring(progress=counting("indexed"))
    if updated.problem:
        raise updated.problem
    stats, skipped = session.search.stats(), len(session.catalog.skipped)
    if args.format == "json":
        counts = {"articles": stats.articles, "annotations": stats.annotations, "skipped": skipped}
        kept = {"folder": stats.folder, "bytes": stats.bytes, "segments": stats.segments, "version": stats.version}
        print_json({**counts, **kept, "pruned": pruned})
        return 0
    if args.prune:
        say(f"{plural(pruned, 'text')} let go of")
    say(f"{plural(stats.articles, 'article')} and {plural(stats.annotations, 'annotation')} can be searched")
    if args.stats:
        say(f"{plural(updated.articles, 'article')} indexed just now, {plural(skipped, 'file')} skipped")
        say(f"{plural(stats.segments, 'segment')}, {stats.bytes:,} bytes, version {stats.version}, in {stats.folder}")
    return 0


def _prune(session: Session) -> int:
    """Let go of the texts that nothing in the library was made on; returns how many those were.

    Raises:
        InputError: a sidecar cannot be read, so that nobody knows what is needed for it.
    """
    from annotations.store import load
    from index.former import archive
    from index.scan import scan

    root = session.library.root
    kept = archive(root)
    sidecars = (load(root / path, inside=root).sidecar for path in scan(root).sidecars)
    needed = {one.position.text for sidecar in sidecars for one in sidecar.annotations}
    unneeded = kept.sizes().keys() - needed
    kept.drop(unneeded)
    return len(unneeded)


def _sidecars_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="which ones (default: all)")
    parser.add_argument("--follow", action="store_true", help="first rename sidecars after their renamed articles")
    add_format(parser)


def _sidecars(session: Session, args: Namespace) -> int:
    followed = _follow(session) if args.follow else []
    articles = [resolved(session, one) for one in args.articles]
    made = _make_sidecars(session, articles or [one.path for one in session.library.scan().files])
    if args.format == "json":
        print_json({"made": made, "followed": followed})
        return 0
    for one in (*followed, *made):
        say(one)
    note(f"{plural(len(made), 'sidecar')} made; commit them before people branch" if made else "no sidecar was missing")
    return 0


def _follow(session: Session) -> list[str]:
    """Rename the sidecars whose articles were renamed; returns their new paths, from the library's root."""
    from annotations.model import SIDECAR_SUFFIX

    strays = [one for one in session.library.scan().strays if one.follows is not None]
    for one in strays:
        session.library.follow(one)
    return [f"{one.follows}{SIDECAR_SUFFIX}" for one in strays]


def _make_sidecars(session: Session, articles: list[str]) -> list[str]:
    """Make the sidecars that are missing; returns their paths, from the library's root."""
    from annotations import store

    root, team = session.library.root, session.codebook.team or (session.author.id,)
    made = []
    for article in articles:
        loaded = store.load(store.sidecar_path(session.library.absolute(article)), inside=root)
        if loaded.data is None:
            store.save(loaded, loaded.sidecar, team=team)
            made.append(loaded.path.relative_to(root).as_posix())
    return made


COMMANDS: dict[str, Command] = {
    "init": (_init_arguments, _init),
    "demo": (_demo_arguments, _demo),
    "index": (_index_arguments, in_library(_index)),
    "sidecars": (_sidecars_arguments, in_library(_sidecars)),
}
