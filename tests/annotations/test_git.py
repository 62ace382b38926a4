"""Questions to git, in friendly, odd and hostile repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from annotations import git as git_module
from annotations.errors import InputError, UsageError
from annotations.git import Git, Identity, user_name

BEN = Identity("Ben", "ben@example.org", "2026-01-02T03:04:05Z")


def git(folder: Path, *words: str) -> str:
    """Git as a person types it, with all that the repository's settings do to it."""
    program = shutil.which("git")
    assert program
    return os.fsdecode(subprocess.run([program, *words], cwd=folder, check=True, capture_output=True).stdout)


def at(folder: Path) -> Git:
    found = Git.at(folder)
    assert found is not None
    return found


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "li brary"
    folder.mkdir()
    Git.init(folder)
    return folder


def write(path: Path, text: str = "words\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def script(path: Path, body: str) -> Path:
    write(path, f"#!/bin/sh\n{body}\n").chmod(0o755)
    return path


def test_no_repository(tmp_path: Path) -> None:
    assert Git.at(tmp_path) is None


def test_a_bare_repository_and_the_inside_of_one_have_no_files(tmp_path: Path, top: Path) -> None:
    git(tmp_path, "init", "--bare", "bare")
    assert Git.at(tmp_path / "bare") is None
    assert Git.at(top / ".git") is None


def test_no_git(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(top))
    assert Git.at(top) is None
    assert not user_name()
    with pytest.raises(InputError, match="no git"):
        Git.init(top)


def test_a_git_beside_the_articles_is_not_run(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script(top / "git", "touch pwned")
    monkeypatch.chdir(top)
    monkeypatch.setenv("PATH", f".::{os.environ['PATH']}")
    assert at(top).program != str(top / "git")
    assert not (top / "pwned").exists()


@pytest.mark.parametrize(
    "name", ["plain", "two words", 'a "quote"', "it's", "new\nline", "--all", "naïve", "$(touch x)"]
)
def test_the_top_is_found_from_below(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    (folder / "a" / "b").mkdir(parents=True)
    Git.init(folder)
    assert at(folder / "a" / "b").top == at(folder).top == folder.resolve()


def test_the_top_is_found_through_a_link(tmp_path: Path, top: Path) -> None:
    write(top / "a" / "x.log")
    write(top / ".gitignore", "*.log\n")
    (tmp_path / "link").symlink_to(top)
    assert at(tmp_path / "link" / "a").top == top.resolve()
    assert at(top).ignored(tmp_path / "link" / "a") == {"x.log"}


def test_a_work_tree_of_its_own(tmp_path: Path, top: Path) -> None:
    at(top).commit([write(top / "a.txt")], "First")
    git(top, "worktree", "add", "-b", "side", str(tmp_path / "side"))
    assert at(tmp_path / "side").branch() == "side"


def test_what_git_ignores(top: Path) -> None:
    write(top / ".gitignore", "*.log\nout/\n/sub/one.txt\n")
    for name in ("a.log", "a.txt", "out/b.txt", "sub/one.txt", "sub/two.txt", "sub/c.log", "sub/deep/d.log"):
        write(top / name)
    assert at(top).ignored(top) >= {"a.log", "out/", "sub/one.txt", "sub/c.log"}
    assert not at(top).ignored(top) & {"a.txt", ".gitignore", "sub/", "sub/two.txt"}
    assert at(top).ignored(top / "sub") >= {"one.txt", "c.log"}
    assert "two.txt" not in at(top).ignored(top / "sub")


def test_tracked_files_are_not_ignored(top: Path) -> None:
    at(top).commit([write(top / "kept.log")], "Keep one log")
    write(top / ".gitignore", "*.log\n")
    write(top / "other.log")
    assert at(top).ignored(top) == {"other.log"}


def test_a_library_in_an_ignored_folder_is_all_there(top: Path) -> None:
    write(top / ".gitignore", "out/\n")
    write(top / "out" / "deep" / "a.txt")
    assert at(top).ignored(top / "out") == set()
    assert at(top).ignored(top / "out" / "deep") == set()


def test_ignored_names_of_any_bytes(top: Path) -> None:
    names = ["two words.log", 'a "quote".log', "new\nline.log", "tab\t.log", "é.log", "-x.log", "*.log", ":(top).log"]
    for name in [*names, os.fsdecode(b"caf\xe9.log")]:
        write(top / "sub" / name)
    write(top / "sub" / "kept.txt")
    write(top / ".gitignore", "*.log\n")
    assert at(top).ignored(top / "sub") == {*names, os.fsdecode(b"caf\xe9.log")}


def test_who_and_where(top: Path) -> None:
    assert at(top).user_name() == user_name() == "Ada"
    assert at(top).branch() == "main"
    git(top, "config", "user.name", "Ada, here")
    assert at(top).user_name() == "Ada, here"
    assert user_name() == "Ada"


def test_nobody_and_nowhere(home: Path, top: Path) -> None:
    at(top).commit([write(top / "a.txt")], "First")
    git(top, "checkout", "--quiet", "--detach")
    (home / ".gitconfig").unlink()
    assert at(top).branch() is None
    assert not at(top).user_name()
    assert not user_name()


def test_commit_takes_the_files_named_and_no_others(top: Path) -> None:
    write(top / os.fsdecode(b"staged \xe9\n.txt"))
    git(top, "add", ".")
    odd = os.fsdecode(b"*\xe9\n*")
    at(top).commit([write(top / odd), write(top / "b.txt")], "Two files\n\nWith a reason: “why”.")
    assert git(top, "log", "-1", "--format=%an|%B").strip() == "Ada|Two files\n\nWith a reason: “why”."
    assert git(top, "ls-tree", "--name-only", "-z", "HEAD").count("\0") == 2
    (top / "b.txt").unlink()
    at(top).commit([top / "b.txt"], "Remove one")
    assert git(top, "ls-tree", "--name-only", "-z", "HEAD").count("\0") == 1


def test_commit_runs_the_persons_hooks_and_says_when_one_refuses(top: Path) -> None:
    script(top / ".git" / "hooks" / "pre-commit", "echo 'no commits on a Friday' >&2; exit 1")
    with pytest.raises(InputError, match="no commits on a Friday"):
        at(top).commit([write(top / "a.txt")], "First")
    assert not git(top, "for-each-ref")


def test_commit_as_somebody_needs_no_settings_and_runs_no_hooks(home: Path, top: Path) -> None:
    write(home / ".gitconfig", "[commit]\n\tgpgSign = true\n[user]\n\tuseConfigOnly = true\n")
    script(top / ".git" / "hooks" / "pre-commit", "exit 1")
    at(top).commit_as(BEN, [write(top / "a.txt")], "First")
    assert git(top, "log", "-1", "--format=%an <%ae> %cn %at").strip() == "Ben <ben@example.org> Ben 1767323045"


def test_commit_goes_to_this_repository_whatever_the_environment_says(
    tmp_path: Path, top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    Git.init(elsewhere)
    for name, value in {"DIR": ".git", "WORK_TREE": ".", "INDEX_FILE": ".git/index"}.items():
        monkeypatch.setenv(f"GIT_{name}", str(elsewhere / value))
    monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
    at(top).commit([write(top / "a.txt")], "First")
    assert at(elsewhere).branch() == "main"
    for name in ("DIR", "WORK_TREE", "INDEX_FILE", "TRACE"):
        monkeypatch.delenv(f"GIT_{name}")
    assert git(top, "log", "--format=%s") == "First\n"
    assert not (tmp_path / "trace").exists()


def test_branches_of_our_own(top: Path) -> None:
    here = at(top)
    here.commit_as(BEN, [write(top / "a.txt")], "First")
    here.switch("review", create=True)
    assert here.branch() == "review"
    here.switch("main")
    assert here.branch() == "main"
    with pytest.raises(InputError, match="git: "):
        here.switch("nowhere")


@pytest.mark.parametrize("name", ["", "-f", "--detach", "a\nb", "a\x1b[31m"])
def test_a_branch_name_that_could_be_something_else_is_refused(top: Path, name: str) -> None:
    with pytest.raises(UsageError):
        at(top).switch(name, create=True)


@pytest.fixture
def hostile(top: Path) -> tuple[Path, Path]:
    """A repository whose settings name a program in every place that git looks, and the file that one would leave."""
    left = top.parent / "pwned"
    write(top / "a.txt")
    git(top, "add", "a.txt")
    bait = script(top.parent / "bait", f"echo \"$0 $*\" >> '{left}'; cat")
    for name in ("post-index-change", "post-checkout", "reference-transaction", "pre-commit", "fsmonitor-watchman"):
        script(top / ".git" / "hooks" / name, f"'{bait}'")
    settings: dict[str, dict[str, object]] = {
        "core": {"fsmonitor": bait, "pager": bait, "editor": bait, "sshCommand": bait, "askPass": bait},
        "core ": {"hooksPath": top / ".git" / "hooks", "alternateRefsCommand": bait, "gitProxy": bait},
        'filter "bait"': {"clean": bait, "smudge": bait, "process": bait, "required": "true"},
        'diff "bait"': {"command": bait, "textconv": bait},
        "diff": {"external": bait},
        "credential": {"helper": f"!{bait}"},
        "gpg": {"program": bait},
        "alias": {"ls-files": f"!{bait}", "rev-parse": f"!{bait}", "config": f"!{bait}"},
    }
    with (top / ".git" / "config").open("a") as config:
        for section, values in settings.items():
            print(f"[{section.strip()}]", file=config)
            for key, value in values.items():
                print(f'\t{key} = "{value}"', file=config)
    write(top / ".gitattributes", "* filter=bait diff=bait merge=bait\n")
    write(top / ".gitignore", "*.log\n")
    write(top / "a.txt", "changed\n")
    write(top / "b.log")
    return top, left


def test_a_question_runs_nothing_that_the_repository_names(hostile: tuple[Path, Path]) -> None:
    top, left = hostile
    assert at(top).ignored(top) == {"b.log"}
    assert at(top).branch() == "main"
    assert at(top).user_name() == "Ada"
    assert user_name() == "Ada"
    assert not left.exists()


def test_the_bait_is_taken_by_an_unguarded_git(hostile: tuple[Path, Path]) -> None:
    top, left = hostile
    git(top, "status")
    assert left.exists()


def test_a_work_tree_elsewhere_is_none_of_ours(tmp_path: Path, top: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    git(top, "config", "core.worktree", str(tmp_path / "elsewhere"))
    assert Git.at(top) is None


def test_broken_settings_are_one_line(top: Path) -> None:
    write(top / ".git" / "config", "[core\n")
    with pytest.raises(InputError, match="bad config") as caught:
        Git.at(top)
    assert "\n" not in str(caught.value).removeprefix(str(top))
    assert caught.value.path == top


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot change to"):
        Git.at(tmp_path / "gone")


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    script(folder / "bin" / "git", body)
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:{os.environ['PATH']}")


@pytest.mark.parametrize("words", ["detected dubious ownership in repository at '/x'", "unsafe repository ('/x' is …)"])
def test_somebody_elses_repository_says_how_to_allow_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    fake(tmp_path, monkeypatch, f'echo "fatal: {words}" >&2; exit 128')
    with pytest.raises(InputError, match="belongs to another user") as caught:
        Git.at(tmp_path)
    assert "safe.directory" in caught.value.hint


def test_a_git_that_hangs_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git_module, "_PATIENCE", 0.2)
    fake(tmp_path, monkeypatch, f"(sleep 1; touch '{tmp_path}/late') & sleep 30")
    with pytest.raises(InputError, match="no answer within"):
        Git.at(tmp_path)
    time.sleep(1.3)  # what it started would have shown itself
    assert not (tmp_path / "late").exists()


def test_a_git_that_cannot_be_run_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "bin" / "git", "#!/nowhere/sh\n").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}")
    with pytest.raises(InputError, match="git cannot be run"):
        Git.at(tmp_path)


def test_a_silent_failure_is_told_by_its_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, "exit 7")
    with pytest.raises(InputError, match="status 7"):
        Git.at(tmp_path)


def test_git_sees_a_closed_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", "/elsewhere")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("SECRET", "x")
    fake(tmp_path, monkeypatch, f"env > '{tmp_path}/seen'; exit 1")
    with pytest.raises(InputError):
        Git.at(tmp_path)
    seen = dict(line.split("=", 1) for line in (tmp_path / "seen").read_text().splitlines())
    assert not {"GIT_DIR", "GIT_CONFIG_COUNT", "SECRET"} & set(seen)
    assert seen["GIT_TERMINAL_PROMPT"] == "0"
    assert seen["LANG"] == "C.UTF-8"
