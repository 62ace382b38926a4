"""A repository whose settings and attributes name a program wherever git takes one: what reads runs none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations import git as git_module

from .conftest import Postil
from .shelves import ARTICLE, CLAIM, GIT, NEW, SIDECAR, TEXT, Shelf, commit, make
from .test_odd_repositories import READING

pytestmark = pytest.mark.skipif(not GIT, reason="needs git")

HOOKS = """
applypatch-msg pre-applypatch post-applypatch pre-commit pre-merge-commit prepare-commit-msg commit-msg post-commit
pre-rebase post-checkout post-merge pre-push pre-receive update proc-receive post-receive post-update
reference-transaction push-to-checkout pre-auto-gc post-rewrite sendemail-validate fsmonitor-watchman
post-index-change
"""
BAITED = """
core.fsmonitor core.pager core.editor core.sshCommand core.askPass core.gitProxy core.alternateRefsCommand
sequence.editor diff.external diff.bait.command diff.bait.textconv diff.postil.command diff.postil.textconv
merge.bait.driver merge.postil.driver merge.tool mergetool.bait.cmd difftool.bait.cmd
filter.bait.clean filter.bait.smudge filter.bait.process filter.lfs.clean filter.lfs.smudge filter.lfs.process
credential.helper gpg.program gpg.openpgp.program gpg.ssh.program gpg.x509.program gpg.ssh.defaultKeyCommand
interactive.diffFilter pager.log pager.diff pager.show pager.config uploadpack.packObjectsHook
remote.origin.uploadpack remote.origin.receivepack remote.origin.proxy trailer.bait.command trailer.bait.cmd
browser.bait.cmd man.bait.cmd sendemail.smtpServer instaweb.httpd receive.procReceiveRefs
"""
OTHERS = {
    "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin", "remote.origin.promisor": "true",
    "protocol.allow": "always", "protocol.ext.allow": "always", "protocol.file.allow": "always",
    "log.showSignature": "true", "commit.gpgSign": "true", "tag.gpgSign": "true", "filter.bait.required": "true",
    "credential.useHttpPath": "true", "submodule.recurse": "true", "core.untrackedCache": "true", "gc.auto": "1",
}  # fmt: skip
ALIASES = ["ls-files", "rev-parse", "config", "log", "diff-tree", "cat-file", "ls-tree", "version", "show-ref"]
MORE = [["show", ARTICLE], ["search", "sanctions"], ["fmt", "--dry-run"], ["textconv", SIDECAR], ["diff", "ben"],
        ["review", "ben", "--json"], ["log", ARTICLE, "--json"]]  # fmt: skip
"""What reads, beside what is tried on odd repositories."""


@pytest.fixture(params=[False, True], ids=["", "merging"])
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> tuple[Shelf, Path]:
    """The repository, with or without a merge under way, and the file that a program would leave."""
    shelf, left = make(tmp_path / "shelf"), tmp_path / "left"
    bait = tmp_path / "bait"
    bait.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{left}'\ncase $* in *upload-pack*) exit 1; esac\ncat\n")
    bait.chmod(0o755)
    shelf.sign_last_commit()
    if request.param:
        shelf.git("merge", "-q", "--no-edit", "ben", status=1)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for folder in (hooks, shelf.root / ".git" / "hooks"):
        for name in HOOKS.split():
            (folder / name).unlink(missing_ok=True)
            (folder / name).symlink_to(bait)
    settings = dict.fromkeys(BAITED.split(), str(bait)) | OTHERS | {f"alias.{name}": f"!{bait}" for name in ALIASES}
    settings |= {"core.hooksPath": str(hooks), "remote.origin.url": f"ext::{bait} %S", "remote.origin.vcs": "ext"}
    settings |= {"url.ext::x.insteadOf": "https://", "submodule.bait.update": f"!{bait}"}
    (shelf.root / ".git" / "hostile").write_text("")
    for name, value in settings.items():
        shelf.git("config", "--file", ".git/hostile", name, value)
    shelf.git("config", "extensions.partialClone", "origin")
    shelf.git("config", "core.repositoryFormatVersion", "1")
    shelf.git("config", "include.path", "hostile")
    for path in (shelf.root / ".gitattributes", shelf.root / ".git" / "info" / "attributes"):
        path.write_text("* filter=bait diff=bait merge=bait\n*.yaml filter=lfs diff=postil merge=postil\n")
    (shelf.root / "harvest.txt").write_text("changed\n")
    (shelf.root / ARTICLE).write_text(f"{TEXT}And so on, until the history is asked for what it was.\n")
    left.unlink(missing_ok=True)
    monkeypatch.chdir(shelf.root)
    monkeypatch.setenv("POSTIL_AUTHOR", "ada")
    return shelf, left


def test_the_bait_is_taken_by_git_itself(hostile: tuple[Shelf, Path]) -> None:
    shelf, left = hostile
    for words in (["status"], ["log", "-p"], ["diff"]):
        left.unlink(missing_ok=True)
        shelf.git(*words, status=None)
        assert left.exists(), words


def test_what_reads_runs_nothing(hostile: tuple[Shelf, Path], postil: Postil) -> None:
    _, left = hostile
    for words in [*READING.values(), *MORE]:
        ran = postil(*words)
        assert ran.status in (0, 1, 3), (words, ran.err)
        assert not left.exists(), (words, left.read_text())
    assert NEW in postil("diff", "main", "ben").out


@pytest.mark.parametrize("older", [False, True])
def test_what_a_partial_clone_lacks_is_not_fetched(
    hostile: tuple[Shelf, Path], postil: Postil, monkeypatch: pytest.MonkeyPatch, *, older: bool
) -> None:
    shelf, left = hostile
    if older:  # a git that does not know it yet
        monkeypatch.delitem(git_module._FIXED, "GIT_NO_LAZY_FETCH")
    blob = shelf.git("rev-parse", f"main~1:{SIDECAR}")
    (shelf.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    shelf.git("cat-file", "-p", blob, status=128)
    assert left.exists()
    left.unlink()
    for words in (["diff", "main", "ben"], ["log", CLAIM], ["review", "main..ben", "--list"]):
        ran = postil(*words)
        assert (ran.status, ran.out, "not here" in ran.err) == (3, "", True), ran.err
        assert not left.exists(), (words, left.read_text())


def test_committing_is_what_runs_hooks(hostile: tuple[Shelf, Path]) -> None:
    """So that the others are silent for a reason."""
    shelf, left = hostile
    with pytest.raises(AssertionError):
        commit(shelf.root, "x")
    assert left.exists()
