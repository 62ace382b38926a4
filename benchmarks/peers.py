"""First paint of other programs that read in a terminal, each over a bare app on the Textual that it comes with.

Each is installed in an environment of its own in the person's cache; one that cannot be had is told of and left out.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from math import inf
from pathlib import Path

from benchmarks.installed import installed
from benchmarks.prose import prose
from benchmarks.table import Line, side_by_side
from benchmarks.terminal import Terminal, TerminalError

__all__ = ["lines"]

_WORD = "quinquereme"
_COLUMNS, _ROWS = 120, 40
_HELLO = """
from textual.app import App
from textual.widgets import Static

class Hello(App):
    def compose(self):
        yield Static("hello")

Hello().run()
"""
_PEERS = {
    "frogmouth": ("frogmouth", "article.md", _WORD),
    "toolong": ("tl", "article.txt", _WORD),
    "baca": ("baca", "article.epub", _WORD),
    "harlequin": ("harlequin", "", "Catalog"),
}
"""By package: the program, what it opens, and a word that is drawn when that is."""


def lines() -> Iterator[Line]:
    """Those that install, over their own Textual."""
    with tempfile.TemporaryDirectory() as folder:
        articles = _articles(Path(folder))
        for package, (program, opened, word) in _PEERS.items():
            try:
                yield _first_paint(package, program, [str(articles / opened)] if opened else [], word)
            except (subprocess.SubprocessError, OSError, TerminalError) as error:
                print(f"{package} is left out: {error}", file=sys.stderr)


def _first_paint(package: str, program: str, opened: list[str], word: str) -> Line:
    binaries = installed(package)
    bare = [str(binaries / "python"), "-c", _HELLO]

    def hello() -> float:
        with Terminal(bare, _COLUMNS, _ROWS) as terminal:
            return terminal.until(b"hello")

    def peer() -> float:
        with Terminal([str(binaries / program), *opened], _COLUMNS, _ROWS) as terminal:
            return terminal.until(word.encode())

    return side_by_side(f"{package}: first paint, 100 KB, over a bare app of its Textual", inf, peer, hello, 5)


def _articles(folder: Path) -> Path:
    """The same 100 KB as Markdown, as plain text, and as a book."""
    text = f"{_WORD}\n\n{prose(100_000)}\n\n{_WORD}\n"  # toolong begins at the end, and does not wrap
    (folder / "article.md").write_text(text, encoding="utf-8")
    (folder / "article.txt").write_text(text, encoding="utf-8")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    with zipfile.ZipFile(folder / "article.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("META-INF/container.xml", _CONTAINER)
        book.writestr("content.opf", _PACKAGE)
        book.writestr("toc.ncx", _CONTENTS)
        book.writestr("text.xhtml", f'<html xmlns="http://www.w3.org/1999/xhtml"><head/><body>{body}</body></html>')
    return folder


_CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Article</dc:title><dc:language>en</dc:language>
<dc:identifier id="id">article</dc:identifier><dc:creator>Ada</dc:creator></metadata>
<manifest><item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>
<spine toc="ncx"><itemref idref="text"/></spine></package>"""
_CONTENTS = """<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/>
<docTitle><text>Article</text></docTitle><navMap><navPoint id="one" playOrder="1"><navLabel><text>Article</text>
</navLabel><content src="text.xhtml"/></navPoint></navMap></ncx>"""
