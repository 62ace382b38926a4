"""Who annotates, a person's settings, and what the program remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.errors import InputError, UsageError
from annotations.git import Git
from reader.author import who
from reader.config import Place, Settings, State, config_path, load_settings, state_path


def test_the_author_is_the_flag_then_the_environment_then_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(author="From Settings")
    monkeypatch.setenv("POSTIL_AUTHOR", "From Environment")
    assert who("From Flag", settings, tmp_path).id == "from-flag"
    assert who(None, settings, tmp_path).id == "from-environment"
    monkeypatch.delenv("POSTIL_AUTHOR")
    assert who(None, settings, tmp_path).id == "from-settings"


def test_git_names_the_author_in_a_repository_and_outside_of_one(tmp_path: Path, home: Path) -> None:
    assert who(None, Settings(), tmp_path).id == "ada"
    Git.init(tmp_path)
    (tmp_path / ".git" / "config").write_text("[user]\n\tname = Ben B.\n")
    assert who(None, Settings(), tmp_path).id == "ben-b"
    (home / ".gitconfig").unlink()
    assert who(None, Settings(), home).source == "the login name"


def test_a_name_without_letters_is_refused_where_a_person_gave_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="makes no author id"):
        who("!!!", Settings(), tmp_path)


def test_settings_are_read_and_wrong_ones_are_named() -> None:
    path = config_path()
    assert load_settings() == Settings()
    path.parent.mkdir(parents=True)
    path.write_text('theme = "light"\nauthor = "ada"\n')
    assert load_settings() == Settings(theme="light", author="ada")
    for wrong in ('glyphs = "pink"', "theme = 3", 'colour = "red"', "theme ="):
        path.write_text(wrong)
        with pytest.raises(InputError) as caught:
            load_settings()
        assert caught.value.path == path


def test_state_comes_back_and_a_damaged_one_is_started_afresh(tmp_path: Path) -> None:
    state = State(theme="light")
    state.at(tmp_path).visit("a.txt", 12, 34)
    state.save()
    back = State.load()
    back.at(tmp_path)
    assert back.record() == state.record()
    for damaged in ("", "[]", "null", '{"libraries": {"x": {"spots": {"a": [1]}}}}', "\0"):
        state_path().write_text(damaged)
        assert State.load().at(tmp_path).spots == {}


def test_the_place_visited_longest_ago_is_forgotten_first() -> None:
    place = Place()
    for number in range(250):
        place.visit(f"{number}.txt", 0, 0)
    place.visit("60.txt", 1, 2)
    assert place.article == "60.txt"
    assert "49.txt" not in place.spots
    assert list(place.spots)[-1] == "60.txt"
    assert len(place.spots) == 200
