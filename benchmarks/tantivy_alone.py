"""tantivy behind lines of JSON: run by a Python that has it, which may have nothing else of this project."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import tantivy  # type: ignore[import-not-found]

_LIMIT = 20
_FIELDS = ["title", "text"]


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("path", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("text", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("outlet", fast=True, tokenizer_name="raw")
    builder.add_integer_field("day", indexed=True, fast=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    return builder.build()


class _Alone:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.schema = _schema()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.index.reload()
        self.searcher = self.index.searcher()

    def make(self) -> float:
        begun = time.process_time()
        reading = 0.0
        writer = self.index.writer(256 << 20, 1)
        while True:
            at = time.process_time()
            record = json.loads(sys.stdin.readline())
            reading += time.process_time() - at
            if not record:
                break
            writer.add_document(tantivy.Document(**record, year=record["day"] // 10_000))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()
        return time.process_time() - begun - reading

    def ask(self, asked: dict[str, Any]) -> dict[str, Any]:
        begun = time.process_time()
        query = self._query(asked)
        order = {"order_by_field": "day"} if asked["newest"] else {}
        hits = self.searcher.search(query, _LIMIT, **order).hits
        documents = [self.searcher.doc(address) for _, address in hits]
        if asked["snippets"]:
            snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
            for document in documents:
                snippets.snippet_from_doc(document).to_html()
        if asked["facets"]:
            self.searcher.aggregate(query, {one: {"terms": {"field": one, "size": 50}} for one in asked["facets"]})
        found = [(one["path"][0], one["title"][0]) for one in documents]
        return {"seconds": time.process_time() - begun, "found": found}

    def _query(self, asked: dict[str, Any]) -> Any:
        parts = [self._words(asked)]
        if asked["outlet"]:
            parts.append(tantivy.Query.term_query(self.schema, "outlet", asked["outlet"]))
        if asked["years"]:
            first, last = asked["years"]
            days = (first * 10_000, last * 10_000 + 1231)
            parts.append(tantivy.Query.range_query(self.schema, "day", tantivy.FieldType.Integer, *days))
        return (
            parts[0] if len(parts) == 1 else tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in parts])
        )

    def _words(self, asked: dict[str, Any]) -> Any:
        words, joined = asked["words"], asked["joined"]
        if joined == "prefix":
            return tantivy.Query.regex_query(self.schema, "text", f"{words[0]}.*")
        if joined == "fuzzy":
            return tantivy.Query.fuzzy_term_query(self.schema, "text", words[0])
        if asked["within"] is not None:
            text = f'"{" ".join(words)}"~{asked["within"]}'
        elif joined == "phrase":
            text = f'"{" ".join(words)}"'
        else:
            text = (" OR " if joined == "or" else " AND ").join(words)
        return self.index.parse_query(text, _FIELDS)


def _serve(folder: Path) -> None:
    alone = _Alone(folder)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = {"cpu": alone.make()} if "make" in asked else alone.ask(asked)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
