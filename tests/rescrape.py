"""An article that is scraped again: typed otherwise, wrapped, with other furniture, and with a few real changes.

As a script it makes a library of annotated articles that were scraped again since, to look at in the reader:
`python -m tests.rescrape FOLDER ARTICLE… [--git]`.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path

from annotations.anchor import State
from index.library import Library
from reader.session import Session

EACH = 20
"""How many passages of an article are annotated."""

_BODY = 120  # code points from which a line is taken for a paragraph of the body
_SENTENCE = re.compile(r"\S.{38,}?[.?!][\"”]?(?=\s|$)")
_FURNITURE = re.compile(r"\s*(Listen Live|Get short URL|READ MORE: .*|Community standards.*|Comment via .*)")
_TYPED = str.maketrans({"\u00a0": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "—": "-", "–": "-"})
_ADDED = ("Share this story", "Sign up for our newsletter: the week in five minutes", "Most read today")


@dataclass(frozen=True)
class Passage:
    """Words of the article, from `start` to `end`; what becomes of them, and what they are then, "" when gone."""

    start: int
    end: int
    becomes: State
    now: str


@dataclass(frozen=True)
class Scraped:
    """An article, passages of it in the order of the text, and the same article scraped again."""

    text: str
    passages: tuple[Passage, ...]
    again: str


def scrape_again(text: str) -> Scraped:
    """What becomes of an article of a dozen paragraphs or more; always the same for the same text."""
    lines, spans = text.split("\n"), _sentences(text)
    bodies = [number for number, line in enumerate(lines) if len(line) >= _BODY]
    swapped = _two_short(lines, [number for number in bodies if spans[number]])
    several = [number for number in bodies if number not in swapped and len(spans[number]) > 1]
    cut, reworded, copied = several[0], several[len(several) // 2], several[-1]
    gone, other, quoted = (spans[number][1] for number in (cut, reworded, copied))
    words = text[slice(*other)].split(" ")
    third = len(words) // 3
    anew = " ".join([*words[:third], "as was said only then", *words[third + 5 :]])
    lines[cut] = lines[cut].replace(text[slice(*gone)], "")
    lines[reworded] = lines[reworded].replace(text[slice(*other)], anew)
    lines[bodies[1]] += f"\n\n    {text[slice(*quoted)]}"
    lines[swapped[0]], lines[swapped[1]] = lines[swapped[1]], lines[swapped[0]]
    changed = {gone: (State.ORPHAN, ""), other: (State.EDITED, anew), quoted: (State.SAME, text[slice(*quoted)])}
    changed |= {spans[number][0]: (State.MOVED, text[slice(*spans[number][0])]) for number in swapped}
    rest = [span for number in bodies if number not in swapped for span in spans[number] if span not in changed]
    rest = rest[:: max(1, len(rest) // (EACH - len(changed)))][: EACH - len(changed)]
    parts = [(start, end) if at % 2 else (start + 9, start + 40) for at, (start, end) in enumerate(rest)]
    changed |= {span: (State.SAME, text[slice(*span)]) for span in parts}
    passages = tuple(Passage(*span, *changed[span]) for span in sorted(changed))
    return Scraped(text, passages, _dressed(lines))


def _two_short(lines: list[str], bodies: list[int]) -> tuple[int, int]:
    """Two short paragraphs with longer ones between them, so that it is these that changed places, and nothing else."""
    pairs = ((one, other) for at, one in enumerate(bodies) for other in bodies[at + 4 :])
    return min(pairs, key=lambda pair: len(lines[pair[0]]) + len(lines[pair[1]]))


def _sentences(text: str) -> list[list[tuple[int, int]]]:
    """The sentences of each line that are long enough to tell one from another, as spans of the text."""
    found, at = [], 0
    for line in text.split("\n"):
        found.append([(at + one.start(), at + one.end()) for one in _SENTENCE.finditer(line)])
        at += len(line) + 1
    return found


def _dressed(lines: list[str]) -> str:
    """The lines as another scraper writes them: old furniture gone, new there, typed in ASCII, wrapped."""
    kept = [line for whole in lines for line in whole.split("\n") if not _FURNITURE.fullmatch(line)]
    for number, line in enumerate(_ADDED):
        kept.insert((number + 1) * len(kept) // 4, f"{line}\n")
    wrapped = (textwrap.fill(" ".join(line.split()), 72, break_on_hyphens=False) for line in kept)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(wrapped).translate(_TYPED)).strip() + "\n"


def annotate(session: Session, path: str) -> tuple[Scraped, list[str]]:
    """Annotate the passages of that article; gives their annotations' ids, in the same order."""
    scraped = scrape_again(session.desk(path).article.text)
    made = [session.annotate(path, one.start, one.end, note=f"to be {one.becomes}") for one in scraped.passages]
    return scraped, [one.id for one in made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--git", action="store_true", help="commit what was annotated")
    args = parser.parse_args()
    args.folder.mkdir(parents=True)
    session = Session.start(Library.create(args.folder, ("ada",)).root, author="ada")
    for article in args.articles:
        (args.folder / article.name).write_bytes(article.read_bytes())
    annotated = {article.name: annotate(session, article.name)[0] for article in args.articles}
    if args.git:
        for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "as it was annotated"]):
            subprocess.run(["git", *words], cwd=args.folder, check=True)  # noqa: S607 - the person's own git
    for name, scraped in annotated.items():
        (args.folder / name).write_text(scraped.again, encoding="utf-8")
    session.close()


if __name__ == "__main__":
    main()
