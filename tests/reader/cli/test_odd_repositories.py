"""Everything that a repository can be: an answer or one plain line from each reading command, and nothing touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from annotations import git as git_module

from .conftest import Postil
from .shelves import ARTICLE, BASE, CLAIM, GIT, NEW, OURS, SIDECAR, TEXT, THEIRS, Shelf, commit, git, make

pytestmark = pytest.mark.skipif(not GIT, reason="needs git")

READING = {
    "diff": ["diff"],
    "diff main ben": ["diff", "main", "ben"],
    "review": ["review", "main..ben", "--list"],
    "log": ["log", CLAIM],
    "check": ["check"],
    "check --since": ["check", "--since", "ben"],
    "check --against-history": ["check", "--against-history"],
    "reanchor": ["reanchor"],
    "resolve": ["resolve"],
    "doctor": ["doctor"],
    "list": ["list"],
}
"""Commands that read; what each row expects is told by these names."""

Patch: TypeAlias = pytest.MonkeyPatch
Row: TypeAlias = "tuple[Callable[[Shelf, Patch], Path | None], dict[str, str]]"
"""What makes the library odd, and gives its folder if that is another one; what commands then say."""


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that each test has a copy of."""
    return make(tmp_path_factory.mktemp("ordinary") / "shelf").root


@pytest.fixture
def shelf(ordinary: Path, tmp_path: Path, monkeypatch: Patch) -> Shelf:
    monkeypatch.setenv("POSTIL_AUTHOR", "ada")
    shutil.copytree(ordinary, tmp_path / "shelf", symlinks=True)
    return Shelf(tmp_path / "shelf")


# What a repository can be


def no_repository(shelf: Shelf, _: Patch) -> None:
    shutil.rmtree(shelf.root / ".git")


def no_git(shelf: Shelf, patch: Patch) -> None:
    patch.setenv("PATH", str(shelf.root))


def old_git(shelf: Shelf, patch: Patch) -> None:
    """Git 2.20 knows no `--end-of-options`, and with `--quiet` does not say so."""
    program = shelf.root.parent / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"""#!/bin/sh
for word; do case $word in
  --end-of-options) exit 1;; version) echo git version 2.20.1; exit 0;;
  -*--pathspec-from-file*) echo "error: unknown option" >&2; exit 129;;
esac; done
exec {GIT} "$@"
""")
    program.chmod(0o755)
    patch.setenv("PATH", str(program.parent))


def unborn(shelf: Shelf, _: Patch) -> None:
    shutil.rmtree(shelf.root / ".git")
    shelf.git("init", "-q", "-b", "main")


def unborn_branch(shelf: Shelf, _: Patch) -> None:
    shelf.git("symbolic-ref", "HEAD", "refs/heads/nowhere")


def detached(shelf: Shelf, _: Patch) -> None:
    shelf.git("checkout", "-q", "--detach")


def bare(shelf: Shelf, _: Patch) -> Path:
    root = shelf.root.parent / "bare.git"
    git(shelf.root.parent, "clone", "-q", "--bare", str(shelf.root), str(root))
    shutil.copytree(shelf.root, root, ignore=shutil.ignore_patterns(".git"), dirs_exist_ok=True)
    return root


def said_to_be_bare(shelf: Shelf, _: Patch) -> None:
    shelf.git("config", "core.bare", "true")


def shallow(shelf: Shelf, _: Patch) -> Path:
    clone = shelf.root.parent / "shallow"
    git(shelf.root.parent, "clone", "-q", "--depth=1", "--no-single-branch", shelf.root.as_uri(), str(clone))
    git(clone, "branch", "-q", "ben", "origin/ben")
    return clone


def partial(shelf: Shelf, _: Patch) -> Path:
    shelf.git("config", "uploadpack.allowFilter", "true")
    clone = shelf.root.parent / "partial"
    git(shelf.root.parent, "clone", "-q", "--filter=blob:none", shelf.root.as_uri(), str(clone))
    git(clone, "branch", "-q", "ben", "origin/ben")
    return clone


def sparse(shelf: Shelf, _: Patch) -> None:
    shelf.git("update-index", "-q", "--refresh")  # the files are copies
    shelf.git("sparse-checkout", "set", "elsewhere")
    assert not shelf.sidecar.exists()


def work_tree(shelf: Shelf, _: Patch) -> Path:
    shelf.git("worktree", "add", "-q", "-b", "side", str(shelf.root.parent / "side"))
    return shelf.root.parent / "side"


def is_submodule(shelf: Shelf, _: Patch) -> Path:
    above = shelf.root.parent / "above"
    above.mkdir()
    git(above, "init", "-q")
    git(above, "submodule", "--quiet", "add", str(shelf.root), "shelf")
    git(above / "shelf", "branch", "-q", "ben", "origin/ben")
    return above / "shelf"


def has_submodule(shelf: Shelf, _: Patch) -> None:
    below = shelf.root.parent / "below"
    below.mkdir()
    (below / "x.txt").write_text(TEXT)
    (below / "x.txt.postil.yaml").write_bytes(BASE.replace(CLAIM.encode(), b"elsewhere1"))
    git(below, "init", "-q")
    commit(below, "begin")
    shelf.git("submodule", "--quiet", "add", str(below), "below")
    shelf.git("commit", "-q", "-m", "add a submodule")


def sha256(shelf: Shelf, _: Patch) -> Path:
    return make(shelf.root.parent / "sha256", "sha256").root


def merging(shelf: Shelf, _: Patch) -> None:
    shelf.git("merge", "-q", "--no-edit", "ben", status=1)
    assert b"<<<<<<<" in shelf.sidecar.read_bytes()


def rebasing(shelf: Shelf, _: Patch) -> None:
    shelf.git("rebase", "-q", "ben", status=1)


def picking(shelf: Shelf, _: Patch) -> None:
    shelf.git("cherry-pick", "ben", status=1)


def deleted_or_changed(shelf: Shelf, _: Patch) -> None:
    shelf.commit_on_ben(None)
    shelf.git("merge", "-q", "--no-edit", "ben", status=1)


def renamed_to_two_names(shelf: Shelf, _: Patch) -> None:
    for branch, name in (("ben", "news/theirs.txt"), ("main", "news/ours.txt")):
        shelf.git("checkout", "-q", branch)
        shelf.git("mv", ARTICLE, name)
        shelf.git("mv", SIDECAR, f"{name}.postil.yaml")
        commit(shelf.root, "rename")
    shelf.git("merge", "-q", "--no-edit", "ben", status=1)


def of_somebody_else(_: Shelf, patch: Patch) -> None:
    patch.setitem(git_module._FIXED, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12345\n"


def pointer(shelf: Shelf, _: Patch) -> None:
    shelf.commit_on_ben(POINTER)
    shelf.sidecar.write_bytes(POINTER)


def link(shelf: Shelf, _: Patch) -> None:
    """A sidecar that became a link, out of the library, in the files and on the branch."""
    shelf.git("checkout", "-q", "ben")
    for _branch in ("ben", "main"):
        shelf.sidecar.unlink()
        shelf.sidecar.symlink_to("/etc/hostname")
        if _branch == "ben":
            commit(shelf.root, "a link")
            shelf.git("checkout", "-q", "main")


def dashed_branch(shelf: Shelf, _: Patch) -> None:
    shelf.git("update-ref", "refs/heads/--output=pwned", "main")
    shelf.git("symbolic-ref", "HEAD", "refs/heads/--output=pwned")


ODD_NAMES = ["two words", "a 'b' \"c\"", "new\nline", "--output=x", "\x1b[31m", os.fsdecode(b"caf\xe9"), ":(top)*"]


def odd_names(shelf: Shelf, _: Patch) -> None:
    shelf.git("checkout", "-q", "ben")
    for name in ODD_NAMES:
        (shelf.root / f"{name}.txt").write_text(TEXT)
        for number, was in enumerate((CLAIM, NEW)):
            (shelf.root / f"{name}.txt.postil.yaml").write_bytes(
                BASE.replace(was.encode(), f"{ODD_NAMES.index(name)}odd{number}".encode())
            )
            commit(shelf.root, "odd")
    shelf.git("checkout", "-q", "-B", "main", "ben")
    shelf.git("checkout", "-q", "ben")


def odd_root(shelf: Shelf, _: Patch) -> Path:
    return shelf.root.rename(shelf.root.parent / "a 'b'\n\"c\" ü")


SETTINGS = {
    "color.ui": "always", "color.diff": "always", "core.abbrev": "4", "core.quotePath": "true", "column.ui": "always",
    "diff.noprefix": "true", "diff.renames": "false", "diff.ignoreSubmodules": "all", "diff.submodule": "log",
    "format.pretty": "%B%x00", "i18n.logOutputEncoding": "UTF-16", "log.abbrevCommit": "true", "log.date": "human",
    "log.decorate": "full", "log.diffMerges": "off", "log.follow": "false", "log.mailmap": "true",
    "log.showRoot": "false", "log.showSignature": "true", "status.showUntrackedFiles": "no",
    "diff.external": "false", "core.pager": "false", "pager.log": "true",
}  # fmt: skip
"""What changes how git speaks."""


def settings(shelf: Shelf, _: Patch) -> None:
    for name, value in SETTINGS.items():
        shelf.git("config", name, value)
    (shelf.root / ".gitattributes").write_text("* binary -diff ident working-tree-encoding=UTF-16 export-subst\n")
    (shelf.root / ".mailmap").write_text("Nobody <nobody@x> <ada@example.org>\n")


def senseless_settings(shelf: Shelf, _: Patch) -> None:
    for name, value in {"diff.algorithm": "bogus", "diff.orderFile": "/nowhere", "diff.context": "x"}.items():
        shelf.git("config", name, value)


BROKEN: dict[str, tuple[bytes, str]] = {
    "invalid YAML": (b"postil: [\n# what they say\n", "not YAML"),
    "a newer schema": (THEIRS.replace(b"postil: 1", b"postil: 2"), "newer postil"),
    "duplicate ids": (THEIRS.replace(NEW.encode(), CLAIM.encode()), "is used above"),
    "merge markers": (b"<<<<<<< ours\n" + OURS + b"=======\n" + THEIRS + b">>>>>>> theirs\n", "conflict markers"),
    "20 MB": (THEIRS + b"# " + b"x" * 20_000_000 + b"\n", "too large"),
    "CRLF": (b"\xef\xbb\xbf" + THEIRS.replace(b"\n", b"\r\n"), ""),
}


def broken(data: bytes) -> Callable[[Shelf, Patch], None]:
    """A sidecar that is so on the branch, and in the files."""

    def write(shelf: Shelf, _: Patch) -> None:
        shelf.commit_on_ben(data)
        shelf.sidecar.write_bytes(data)

    return write


USUAL = {"diff": "nothing changed", "diff main ben": NEW, "review": NEW, "log": "on main"}
NO_GIT = dict.fromkeys(["diff", "diff main ben", "review", "log", "check --since"], "")
ROWS: dict[str, Row] = {
    "ordinary": (lambda _shelf, _patch: None, USUAL),
    "not a repository": (no_repository, dict.fromkeys(NO_GIT, "no git repository")),
    "no git": (no_git, dict.fromkeys(NO_GIT, "no git on this machine")),
    "git too old": (old_git, dict.fromkeys(["diff", "diff main ben", "review"], "git 2.20.1 is too old")),
    "unborn HEAD": (unborn, {"diff": "no commits yet", "log": "not committed yet"}),
    "unborn branch": (unborn_branch, {"diff": "no commits yet", "log": "not committed yet", "diff main ben": NEW}),
    "detached HEAD": (detached, USUAL),
    "bare": (bare, dict.fromkeys(NO_GIT, "no git repository")),
    "said to be bare": (said_to_be_bare, dict.fromkeys(NO_GIT, "no git repository")),
    "shallow": (shallow, {"diff": "nothing changed", "diff main ben": "unshallow", "log": "shallow clone"}),
    "partial": (partial, {"diff": "nothing changed", "diff main ben": "partial clone", "log": "partial clone"}),
    "sparse": (sparse, {"diff": "nothing changed", "diff main ben": NEW}),
    "a work tree": (work_tree, USUAL),
    "is a submodule": (is_submodule, USUAL),
    "has a submodule": (has_submodule, USUAL),
    "SHA-256": (sha256, USUAL),
    "a merge under way": (
        merging,
        {"resolve": f"postil resolve {ARTICLE} --rescue", "doctor": "under way merge", "diff main ben": NEW},
    ),
    "a rebase under way": (rebasing, {"resolve": "--rescue", "doctor": "under way rebase"}),
    "a cherry-pick under way": (picking, {"resolve": "--rescue", "doctor": "under way cherry-pick"}),
    "deleted against changed": (deleted_or_changed, {"resolve": "theirs deleted"}),
    "renamed to two names": (renamed_to_two_names, {"resolve": "another name"}),
    "dubious ownership": (of_somebody_else, dict.fromkeys(NO_GIT, "safe.directory")),
    "LFS pointer": (pointer, dict.fromkeys(["diff", "diff main ben", "check"], "Git LFS")),
    "symlink": (link, dict.fromkeys(["diff", "diff main ben"], "a link")),
    "a branch with a dash": (dashed_branch, USUAL),
    "odd file names": (odd_names, {"diff main ben": "", "log": "begin"}),
    "odd folder": (odd_root, USUAL),
    "settings": (settings, USUAL),
    "senseless settings": (senseless_settings, {"diff main ben": NEW}),
    **{
        name: (broken(data), dict.fromkeys(["diff", "diff main ben", "review", "check"], says))
        for name, (data, says) in BROKEN.items()
    },
}  # fmt: skip


def everything(root: Path) -> dict[str, bytes]:
    """All files of the library, and of its repository what a reading command may not write."""
    return {
        os.fspath(path.relative_to(root)): bytes(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() or path.is_symlink()
    }


@pytest.mark.parametrize("row", ROWS)
def test_an_answer_or_one_plain_line(shelf: Shelf, postil: Postil, monkeypatch: Patch, row: str) -> None:
    spoil, expected = ROWS[row]
    root = spoil(shelf, monkeypatch) or shelf.root
    monkeypatch.chdir(root)
    before = everything(root)
    for name, words in READING.items():
        ran = postil(*words)
        assert "bug in postil" not in ran.err
        if ran.status not in (0, 1) and name != "doctor":
            assert (name, ran.out, ran.err.count("\n")) == (name, "", 1)
        assert expected.get(name, "") in f"{name}: {ran.out}{ran.err}"
    assert everything(root) == before


def test_settings_change_nothing_that_is_said(shelf: Shelf, postil: Postil, monkeypatch: Patch) -> None:
    monkeypatch.chdir(shelf.root)
    questions = [["diff", "main", "ben"], ["review", "main..ben"], ["log", CLAIM], ["log", ARTICLE], ["diff", "ben"]]
    before = [postil(*words, "--json").json for words in questions]
    settings(shelf, monkeypatch)
    assert [postil(*words, "--json").json for words in questions] == before
