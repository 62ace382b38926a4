"""Finding a library, walking it, opening what is in it; and all that may not be opened."""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from annotations import store
from annotations.anchor import describe
from annotations.errors import InputError, NotFoundError
from annotations.git import Git
from annotations.model import Annotation, Sidecar, new_id
from index import library as index_library
from index.library import INDEX_LIMIT, LIST_LIMIT, OPEN_LIMIT, READ_ONLY_ABOVE, Library

TEXT = "The Trust has bought the old fish market on the quay and will turn it into workshops, it said on Monday.\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Library:
    (tmp_path / "library").mkdir()
    return Library.create(tmp_path / "library", ("ada", "ben"))


def put(shelf: Library, path: str, text: str = TEXT) -> Path:
    file = shelf.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def annotate(shelf: Library, path: str, start: int = 0, end: int = 9) -> Annotation:
    article = shelf.read(path)
    quote, position = describe(article.text, start, end)
    annotation = Annotation(id=new_id(), author="ada", kind="highlight", quote=quote, position=position)
    loaded = store.load(store.sidecar_path(shelf.root / path))
    store.save(loaded, loaded.sidecar.put(annotation))
    return annotation


def reasons(shelf: Library) -> dict[str, str]:
    return {one.path: one.why for one in shelf.scan().skipped}


def test_a_library_is_found_from_below(shelf: Library) -> None:
    (shelf.root / "a/b").mkdir(parents=True)
    assert Library.find(shelf.root / "a/b") == shelf
    assert Library.find(shelf.root) == shelf


def test_without_a_library_the_error_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no library") as refused:
        Library.find(tmp_path)
    assert "postil init" in refused.value.hint


def test_a_library_is_not_made_twice(shelf: Library) -> None:
    with pytest.raises(InputError):
        Library.create(shelf.root, ())


def test_articles_are_found_in_order_whatever_the_case_of_their_suffix(shelf: Library) -> None:
    for path in ("b.TXT", "a.md", "sub/c.Md", "sub/deep/d.txt", "notes.pdf", "README", "a.md.bak"):
        put(shelf, path)
    found = shelf.scan()
    assert [file.path for file in found.files] == ["a.md", "b.TXT", "sub/c.Md", "sub/deep/d.txt"]
    assert found.skipped == ()
    assert found.strays == ()
    assert found.files[0].size == len(TEXT)


def test_what_is_left_out_is_named_with_its_reason(shelf: Library, tmp_path: Path) -> None:
    put(shelf, "in.txt")
    put(shelf, ".hidden.txt")
    put(shelf, ".notes/x.txt")
    put(shelf, "folder.txt/inner.txt")
    put(shelf, "other/postil.yaml", "postil: 1\n")
    put(shelf, "other/theirs.txt")
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.txt").write_text("secret")
    (shelf.root / "link.txt").symlink_to(outside)
    (shelf.root / "links").symlink_to(tmp_path / "outside")
    (shelf.root / "inner.txt").symlink_to("in.txt")
    (shelf.root / "broken.txt").symlink_to("nowhere.txt")
    (shelf.root / "loop").symlink_to(".")
    os.mkfifo(shelf.root / "pipe.txt")
    server = socket.socket(socket.AF_UNIX)
    server.bind(os.path.relpath(shelf.root / "sock.md"))
    try:
        assert reasons(shelf) == {
            ".hidden.txt": "hidden",
            ".notes/": "hidden",
            "folder.txt/": "a folder, not an article; what is in it is listed",
            "other/": "a library of its own",
            "link.txt": "a link out of the library",
            "links": "a link out of the library",
            "inner.txt": "a link; what it leads to is listed in its own place",
            "loop": "a link; what it leads to is listed in its own place",
            "broken.txt": "a link to nowhere",
            "pipe.txt": "a FIFO, not a file",
            "sock.md": "a socket, not a file",
        }
    finally:
        server.close()
    assert [file.path for file in shelf.scan().files] == ["folder.txt/inner.txt", "in.txt"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
def test_a_name_that_is_no_text_is_skipped(shelf: Library) -> None:
    name = os.fsencode(shelf.root) + b"/caf\xe9.txt"
    os.close(os.open(name, os.O_CREAT | os.O_WRONLY))
    os.mkdir(os.fsencode(shelf.root) + b"/dir\xff")  # noqa: PTH102 - a name in bytes
    assert set(reasons(shelf).values()) == {"its name is not UTF-8; rename it"}
    assert shelf.scan().files == ()


def test_strange_names_are_used_as_they_are(shelf: Library) -> None:
    for name in ("two\nlines.txt", "[@click=app.bell]x.txt", "\x1b[31m.md", "名前.txt", "a b'c\".txt", "-rf.txt"):
        put(shelf, name)
        assert shelf.open(name).article.text == TEXT
    assert len(shelf.scan().files) == 6


def test_what_git_ignores_is_skipped(shelf: Library) -> None:
    Git.init(shelf.root)
    put(shelf, ".gitignore", "drafts/\n*.tmp.txt\n")
    for path in ("in.txt", "drafts/a.txt", "b.tmp.txt", "sub/c.tmp.txt", "sub/in.txt"):
        put(shelf, path)
    assert [file.path for file in shelf.scan().files] == ["in.txt", "sub/in.txt"]
    assert reasons(shelf) == dict.fromkeys(["drafts/", "b.tmp.txt", "sub/c.tmp.txt"], "ignored by git")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_skipped(shelf: Library) -> None:
    put(shelf, "secret.txt").chmod(0)
    put(shelf, "closed/a.txt").parent.chmod(0)
    try:
        assert reasons(shelf) == dict.fromkeys(["secret.txt", "closed/"], "cannot be read: permission denied")
    finally:
        (shelf.root / "closed").chmod(0o700)


def test_a_file_too_large_to_open_is_skipped_and_refused(shelf: Library) -> None:
    with put(shelf, "huge.txt").open("r+b") as file:
        file.truncate(OPEN_LIMIT + 1)
    assert reasons(shelf) == {"huge.txt": "larger than 200 MB"}


def test_the_limits_are_in_order() -> None:
    assert LIST_LIMIT < INDEX_LIMIT <= READ_ONLY_ABOVE < OPEN_LIMIT


def test_above_a_size_an_article_opens_read_only(shelf: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, "a.txt")
    monkeypatch.setattr(index_library, "READ_ONLY_ABOVE", len(TEXT))
    assert not shelf.open("a.txt").read_only
    monkeypatch.setattr(index_library, "READ_ONLY_ABOVE", len(TEXT) - 1)
    assert shelf.open("a.txt").read_only
    monkeypatch.setattr(index_library, "OPEN_LIMIT", len(TEXT) - 1)
    with pytest.raises(InputError, match="larger than"):
        shelf.open("a.txt")


@pytest.mark.parametrize(
    "path",
    ["../outside.txt", "a/../../outside.txt", "link.txt", "links/x.txt", "/etc/passwd", "", "a\0.txt", "./a.txt"],
)
def test_nothing_outside_is_ever_opened(shelf: Library, tmp_path: Path, path: str) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x.txt").write_text("secret")
    (shelf.root / "link.txt").symlink_to(tmp_path / "outside.txt")
    (shelf.root / "links").symlink_to(tmp_path / "outside")
    for call in (shelf.read, shelf.open, shelf.absolute):
        with pytest.raises(InputError):
            call(path)


def test_a_fifo_or_a_folder_is_never_opened(shelf: Library) -> None:
    os.mkfifo(shelf.root / "pipe.txt")
    (shelf.root / "folder.txt").mkdir()
    for path, what in (("pipe.txt", "a FIFO"), ("folder.txt", "a folder")):
        with pytest.raises(InputError, match=what):
            shelf.read(path)


def test_a_file_that_vanished(shelf: Library) -> None:
    file = put(shelf, "a.txt")
    shelf.scan()
    file.unlink()
    with pytest.raises(InputError, match="gone") as refused:
        shelf.open("a.txt")
    assert refused.value.path == "a.txt"


def test_an_empty_file_is_an_article(shelf: Library) -> None:
    put(shelf, "empty.txt", "")
    opened = shelf.open("empty.txt")
    assert (opened.article.title, opened.article.text, opened.placed) == ("empty", "", ())


def test_reading_leaves_no_handle_open(shelf: Library) -> None:
    put(shelf, "a/b/c.txt")
    handles = Path("/dev/fd")
    before = len(list(handles.iterdir()))
    for path in ("a/b/c.txt", "a/b/none.txt", "none/c.txt") * 5:
        with suppress(InputError):
            shelf.read(path)
    assert len(list(handles.iterdir())) == before


def test_an_article_opens_with_its_annotations_and_corrections(shelf: Library) -> None:
    put(shelf, "a.txt")
    annotation = annotate(shelf, "a.txt", 4, 9)
    loaded = store.load(store.sidecar_path(shelf.root / "a.txt"))
    store.save(loaded, replace(loaded.sidecar, article={"title": "Sold", "published": "2018-04"}))
    opened = shelf.open("a.txt")
    assert (opened.article.title, opened.article.published) == ("Sold", "2018-04")
    assert [(one.annotation.id, one.start, one.end) for one in opened.placed] == [(annotation.id, 4, 9)]
    assert not opened.read_only
    assert opened.problem is None
    assert shelf.read("a.txt").published is None


def test_a_refused_sidecar_leaves_the_article_readable_and_the_file_alone(shelf: Library) -> None:
    put(shelf, "a.txt")
    sidecar = put(shelf, "a.txt.postil.yaml", "postil: 1\npostil: 1\n")
    opened = shelf.open("a.txt")
    assert opened.article.text == TEXT
    assert opened.read_only
    assert opened.loaded.sidecar == Sidecar()
    assert opened.problem is not None
    assert (opened.problem.path, opened.problem.line) == (sidecar, 2)
    with pytest.raises(InputError):
        store.save(opened.loaded, opened.loaded.sidecar)
    assert sidecar.read_text() == "postil: 1\npostil: 1\n"


def test_an_article_is_named_from_where_one_stands_or_from_the_root(shelf: Library, tmp_path: Path) -> None:
    put(shelf, "a.txt")
    put(shelf, "sub/a.txt")
    put(shelf, "sub/b.md")
    sub = shelf.root / "sub"
    assert shelf.resolve("a.txt", sub) == "sub/a.txt"
    assert shelf.resolve("a.txt", tmp_path) == "a.txt"
    assert shelf.resolve("sub/b.md", sub) == "sub/b.md"
    assert shelf.resolve("../a.txt", sub) == "a.txt"
    assert shelf.resolve(str(sub / "b.md"), tmp_path) == "sub/b.md"
    assert shelf.resolve("./sub/../a.txt", shelf.root) == "a.txt"


@pytest.mark.parametrize("argument", ["none.txt", "../outside.txt", "postil.yaml", "sub", "", "a\0.txt", "x" * 5000])
def test_what_is_no_article_of_the_library(shelf: Library, tmp_path: Path, argument: str) -> None:
    (tmp_path / "outside.txt").write_text("secret")
    (shelf.root / "sub").mkdir()
    with pytest.raises(NotFoundError):
        shelf.resolve(argument, shelf.root)


def test_a_stray_sidecar_is_offered_the_renamed_article(shelf: Library) -> None:
    file = put(shelf, "old.txt")
    annotation = annotate(shelf, "old.txt")
    put(shelf, "other.txt", "Something else.\n")
    (shelf.root / "sub").mkdir()
    file.rename(shelf.root / "sub/new.txt")
    [stray] = shelf.scan().strays
    assert (stray.path, stray.follows) == ("old.txt.postil.yaml", "sub/new.txt")
    assert not (shelf.root / "sub/new.txt.postil.yaml").exists(), "it is offered, not done"
    shelf.follow(stray)
    assert shelf.scan().strays == ()
    assert shelf.open("sub/new.txt").loaded.sidecar.get(annotation.id)
    assert not (shelf.root / stray.path).exists()


def test_a_stray_never_replaces_a_sidecar(shelf: Library) -> None:
    file = put(shelf, "old.txt")
    annotate(shelf, "old.txt")
    file.rename(shelf.root / "new.txt")
    [stray] = shelf.scan().strays
    annotate(shelf, "new.txt")
    before = (shelf.root / "new.txt.postil.yaml").read_bytes()
    with pytest.raises(InputError, match="already"):
        shelf.follow(stray)
    assert (shelf.root / "new.txt.postil.yaml").read_bytes() == before
    assert (shelf.root / stray.path).exists()


def test_a_stray_that_follows_nothing(shelf: Library) -> None:
    file = put(shelf, "old.txt")
    annotate(shelf, "old.txt")
    file.unlink()
    put(shelf, "other.txt", "Something else.\n")
    put(shelf, "damaged.txt.postil.yaml", "a: [")
    strays = shelf.scan().strays
    assert [(one.path, one.follows) for one in strays] == [
        ("damaged.txt.postil.yaml", None),
        ("old.txt.postil.yaml", None),
    ]
    with pytest.raises(NotFoundError):
        shelf.follow(strays[0])


def test_the_sidecar_of_a_skipped_article_is_no_stray(shelf: Library) -> None:
    (shelf.root / "a.txt").symlink_to("/etc/hosts")
    put(shelf, "a.txt.postil.yaml", "postil: 1\n")
    assert shelf.scan().strays == ()
