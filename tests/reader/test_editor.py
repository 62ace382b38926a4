"""The person's own editor, in a real terminal: what it gets, what comes back, and what it cannot lose."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from annotations import store
from annotations.errors import InputError
from reader.config import state_path
from reader.editor import Editor, editor
from tests.reader.shelf import make_library, opened
from tests.reader.terminal import COMMAND, Terminal

_APP = """
from textual.app import App
from reader.editor import edit_text

class Wants(App):
    def on_key(self, event):
        self.run_worker(self.edit())

    async def edit(self):
        self.exit(await edit_text(self, "what was there", ".md"))

print("came back:", repr(Wants().run()))
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_library(tmp_path / "port")


def fake_editor(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> Path:
    """Make an editor that does this to its file, and notes how it was called."""
    program, calls = folder / "own editor", folder / "calls"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{calls}"\nfor file; do :; done\n{script}\n')
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{program}' --quick")
    return calls


def test_the_editor_is_visual_then_editor_split_as_a_shell_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "vi")
    assert editor() == Editor(("vi",), "EDITOR")
    monkeypatch.setenv("VISUAL", "'my vim' -u NONE")
    assert editor() == Editor(("my vim", "-u", "NONE"), "VISUAL")
    monkeypatch.setenv("VISUAL", "vim '")
    with pytest.raises(InputError, match="VISUAL makes no command"):
        editor()


def test_where_none_is_named_the_first_that_is_there_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="no editor is set"):
        editor()
    for name in ("vi", "vim.tiny"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert editor() == Editor((str(tmp_path / "vi"),), "PATH")
    (tmp_path / "editor").symlink_to(tmp_path / "vim.tiny")
    assert editor().command(Path("/a b.txt"), 7) == [str(tmp_path / "editor"), "+7", "/a b.txt"]


async def test_that_there_is_none_is_said_before_anything_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(root, path="harbour.txt") as (screen, pilot):
        monkeypatch.setenv("PATH", "/nowhere")
        await pilot.press("e")
        assert pilot.app.screen is screen
        assert "no editor is set" in screen.footer.message


def test_vi_opens_at_the_record_of_the_mark(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bin").mkdir()
    calls = fake_editor(monkeypatch, tmp_path, "true")
    (tmp_path / "own editor").rename(tmp_path / "bin" / "vi")
    (tmp_path / "bin" / "editor").symlink_to(tmp_path / "bin" / "vi")
    monkeypatch.delenv("EDITOR")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    sidecar = store.sidecar_path(root / "harbour.txt")
    line = next(at for at, one in enumerate(sidecar.read_text().splitlines(), 1) if "id: claimmetre0000001" in one)
    with Terminal([*COMMAND, "harbour.txt"], root) as terminal:
        terminal.until_shown("Ines Halloran")
        terminal.write("]es")
        terminal.until_shown("left as it was")
    assert calls.read_text() == f"+{line} {sidecar}\n"


@pytest.mark.parametrize(
    ("words", "call"),
    [
        (("/usr/bin/vim", "-n"), ["/usr/bin/vim", "-n", "+7", "/a b.txt"]),
        (("hx",), ["hx", "/a b.txt:7"]),
        (("code", "--wait"), ["code", "--wait", "--goto", "/a b.txt:7"]),
        (("ed",), ["ed", "/a b.txt"]),
    ],
)
def test_a_line_is_given_to_those_that_take_one(words: tuple[str, ...], call: list[str]) -> None:
    assert Editor(words, "EDITOR").command(Path("/a b.txt"), 7) == call


def test_an_editor_that_would_not_be_waited_for_is_named() -> None:
    assert "VISUAL should be code --wait" in Editor(("code",), "VISUAL").warning
    assert Editor(("code", "--wait"), "VISUAL").warning == Editor(("vim",), "VISUAL").warning == ""


@pytest.mark.parametrize(
    ("script", "back", "kept"),
    [
        ('printf "new words\\n" > "$file"', "'new words'", False),
        ("true", "None", False),
        ("exit 3", "None", False),
        ('printf "new words" > "$file"; exit 3', "None", True),
        ('printf "new \\377" > "$file"', "None", True),
    ],
)
def test_a_text_comes_back_or_stays_where_it_is(
    script: str, back: str, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes = tmp_path / "modes"
    calls = fake_editor(monkeypatch, tmp_path, f'stat -c %a "$file" "$(dirname "$file")" > {modes}\n{script}')
    with Terminal([sys.executable, "-c", _APP], Path(__file__).parents[2]) as terminal:
        terminal.until(lambda: b"\x1b[?1049h" in terminal.drawn)
        terminal.write("x")
        terminal.until_shown(f"came back: {back}")
    assert modes.read_text().split() == ["600", "700"]
    assert calls.read_text().startswith("--quick /")
    left = [file.read_bytes() for file in (state_path().parent / "editing").iterdir()]
    assert (len(left) == 1 and left[0].startswith(b"new ")) if kept else left == []


def test_the_article_is_edited_and_shown_again(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_editor(monkeypatch, tmp_path, 'sed -i "s/on a Monday/on a Sunday/" "$file"')
    with Terminal([*COMMAND, "letter.txt"], root) as terminal:
        terminal.until_shown("Letter From the Quay")
        terminal.write("e")
        terminal.until_shown("Open what of letter.txt")
        terminal.write("a")
        terminal.until_shown("read again")
        assert "on a Sunday" in terminal.text


def test_a_sidecar_broken_by_hand_is_named_and_mended_in_the_editor(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sidecar = store.sidecar_path(root / "harbour.txt")
    whole = sidecar.read_bytes()
    (tmp_path / "turn").write_text("kind: [note\n")
    script = f'mv "$file" "{tmp_path}/was"; mv "{tmp_path}/turn" "$file"; mv "{tmp_path}/was" "{tmp_path}/turn"'
    calls = fake_editor(monkeypatch, tmp_path, script)
    with Terminal([*COMMAND, "harbour.txt"], root) as terminal:
        terminal.until_shown("Ines Halloran")
        terminal.write("]es")
        terminal.until_shown("nothing is lost, e opens it: harbour.txt.postil.yaml:2: ")
        assert (tmp_path / "turn").read_bytes() == whole
        terminal.write("es")
        terminal.until_shown("shown as they are now")
        assert sidecar.read_bytes() == whole
        terminal.write("h")
        terminal.until_shown("highlighted")
    assert calls.read_text().split()[1] == str(sidecar)


def test_without_an_editor_it_is_said_how_to_set_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "/nowhere/vim")
    with Terminal([*COMMAND, "letter.txt"], root) as terminal:
        terminal.until_shown("Letter From the Quay")
        terminal.write("ea")
        terminal.until_shown("EDITOR names /nowhere/vim, which cannot be run: No such file or directory")
        terminal.write("es")
        terminal.until_shown("there is no sidecar")
