"""Commands about the library as a whole: `init`, `demo`, `index`, `sidecars`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from reader.cli.command import Command, add_format, folder, resolved, start
from reader.cli.output import note, plural, print_json, say

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["COMMANDS", "counting"]


def _init_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", metavar="DIR", help="of the articles (default: the working folder)")
    add_format(parser)


def _init(args: Namespace) -> int:
    from annotations.codebook import CONFIG_NAME
    from index.library import Library
    from reader.config import load_settings, who

    root = folder(args, args.folder)
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
    from reader.cli.opening import require_terminal
    from reader.demo import make

    root, former = make(fresh=args.fresh)
    if former:
        print(f"the former copy is now {display(str(former))}")
    require_terminal("the sample library is there: use `postil --library` with it", found=root)
    from reader.app import read

    return read(root, author=args.author)


def _index_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rebuild", action="store_true", help="make the index anew instead of bringing it up to date")
    parser.add_argument("--stats", action="store_true", help="say what is in it and where it is kept")
    add_format(parser)


def _index(args: Namespace) -> int:
    from index.catalog import cache_folder

    session = start(args)
    if args.rebuild:
        session.rebuild(counting("indexed"))
    else:
        session.refresh(counting("indexed"))
    catalog, cache = session.catalog, cache_folder(session.library.root)
    marks = sum(one.annotations for one in catalog.entries)
    stats = {
        "articles": len(catalog.entries),
        "annotations": marks,
        "skipped": len(catalog.skipped),
        "folder": str(cache),
        "bytes": _size(cache),
    }
    if args.format == "json":
        print_json(stats)
        return 0
    say(f"{plural(len(catalog.entries), 'article')} and {plural(marks, 'annotation')} can be searched")
    if args.stats:
        say(f"{plural(len(catalog.skipped), 'file')} skipped (`postil list` says why)")
        say(f"{stats['bytes']:,} bytes in {cache}")
    return 0


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def counting(done: str) -> Callable[[int, int], None] | None:
    """Progress on stderr, on one line that is written over; None where nobody watches."""
    if not sys.stderr.isatty():
        return None

    def tell(number: int, total: int) -> None:
        end = "\n" if number >= total else ""
        print(f"\r{done} {number:,} of {total:,}", end=end, file=sys.stderr, flush=True)

    return tell


def _sidecars_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="which ones (default: all)")
    add_format(parser)


def _sidecars(args: Namespace) -> int:
    from annotations.store import load, save, sidecar_path

    session = start(args)
    library, made = session.library, []
    named = [resolved(session, one) for one in args.articles]
    for article in named or [one.path for one in library.scan().files]:
        path = sidecar_path(library.absolute(article))
        if not path.exists():
            loaded = load(path)
            save(loaded, loaded.sidecar, team=session.codebook.team or (session.author.id,))
            made.append(path.relative_to(library.root).as_posix())
    if args.format == "json":
        print_json({"made": made})
        return 0
    for one in made:
        say(one)
    note(f"{plural(len(made), 'sidecar')} made; commit them before people branch" if made else "all are there already")
    return 0


COMMANDS: dict[str, Command] = {
    "init": (_init_arguments, _init),
    "demo": (_demo_arguments, _demo),
    "index": (_index_arguments, _index),
    "sidecars": (_sidecars_arguments, _sidecars),
}
