"""A library to search in, filled by tests through the ways the program itself takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotations import store
from annotations.anchor import describe
from annotations.codebook import Person, add_person
from annotations.model import CONFIG_NAME, Annotation, Claim, Reply, new_id
from index.catalog import Catalog
from index.library import Library
from index.search import Hit, Results, Updated, Wanted
from index.searching import Search


class Shelf:
    """A library at `root` with its catalog and search."""

    def __init__(self, root: Path) -> None:
        root.mkdir(exist_ok=True)
        self.library = Library.create(root, ["ada"])
        self.catalog = Catalog.load(self.library)
        self.backend = Search(self.library, self.catalog)

    def write(self, path: str, text: str) -> None:
        file = self.library.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")

    def annotate(self, path: str, passage: str, *, author: str = "ada", reply: str = "", **fields: Any) -> Annotation:
        text = self.library.read(path).text
        start = text.index(passage)
        quote, position = describe(text, start, start + len(passage))
        replies = (Reply(id=new_id(), author="ben", created="", note=reply),) if reply else ()
        fields = {"kind": "claim" if "claim" in fields else "highlight"} | fields
        one = Annotation(id=new_id(), author=author, quote=quote, position=position, replies=replies, **fields)
        loaded = store.load(store.sidecar_path(self.library.root / path))
        store.save(loaded, loaded.sidecar.put(one))
        return one

    def claim(self, path: str, passage: str, speaker: str, **fields: Any) -> Annotation:
        return self.annotate(path, passage, claim=Claim(speaker=speaker, status="new"), **fields)

    def know(self, name: str, *aliases: str) -> None:
        add_person(self.library.root / CONFIG_NAME, Person(name=name, aliases=aliases))

    def update(self) -> Updated:
        self.catalog.refresh()
        return self.backend.update()

    def search(self, query: str, **options: Any) -> Results:
        return self.backend.search(query, Wanted(**options))

    def hits(self, query: str, **options: Any) -> tuple[Hit, ...]:
        return self.search(query, **options).hits

    def paths(self, query: str, **options: Any) -> list[str]:
        """The articles found, by path."""
        return sorted(hit.path for hit in self.hits(query, **options) if hit.result == "article")

    def ids(self, query: str, **options: Any) -> set[str | None]:
        """The annotations found."""
        return {hit.id for hit in self.hits(query, **options) if hit.result == "annotation"}

    def text(self, hit: Hit) -> str:
        """The text that a hit points to."""
        assert hit.start is not None
        return self.library.read(hit.path).text[hit.start : hit.end]
