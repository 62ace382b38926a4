"""The one table of commands, and everything that is read from it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reader.commands import COMMANDS, GROUPS, Command, bindings, footer, keys_page, of_group
from reader.screens.pick import Pick
from reader.widgets.card_pane import CardPane
from reader.widgets.find import FindPane
from reader.widgets.findbar import FindBar
from reader.widgets.form import Form
from reader.widgets.reading import Reading
from reader.widgets.wandering import Wandering

KEYS_PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


def test_every_command_is_listed_under_one_heading() -> None:
    assert [command for group in GROUPS for command in of_group(group)] == list(COMMANDS.values())


def test_no_part_binds_a_key_twice_unless_the_commands_exclude_each_other() -> None:
    keys = Counter((command.by, key, command.when) for command in COMMANDS.values() for key in command.keys)
    assert [key for key, count in keys.items() if count > 1] == []
    sharing = Counter((by, key) for by, key, _ in keys)
    for (by, key), count in sharing.items():
        if count > 1:
            apart = {"selecting", "idle", "adjusting", "found", "library"}
            assert {when for b, k, when in keys if (b, k) == (by, key)} <= apart, key


def test_no_part_has_a_key_that_is_a_command_and_begins_a_chord() -> None:
    for by in {command.by for command in COMMANDS.values()}:
        for when in ("idle", "selecting"):
            keys = {
                key for one in COMMANDS.values() if (one.by, one.when) in ((by, ""), (by, when)) for key in one.keys
            }
            begun = {key.rpartition("~")[0] for key in keys if "~" in key}
            assert keys & begun == set()


def test_a_digit_is_a_count_and_no_command_of_the_article() -> None:
    taken = {key: one for one in COMMANDS.values() if one.by in ("pane", "article", "screen") for key in one.keys}
    assert [key for key in taken if key in "123456789"] == []
    assert "0" not in taken or taken["0"].when == "selecting"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.id)
def test_every_command_has_somebody_who_carries_it_out(command: Command) -> None:
    from reader.screens.read import ReadScreen
    from reader.screens.repair import RepairScreen
    from reader.screens.review import ReviewScreen

    parts = {
        "pane": Reading, "article": Wandering, "find": FindPane, "findbar": FindBar, "form": Form,
        "pick": Pick, "margin": CardPane, "screen": ReadScreen, "review": ReviewScreen, "repair": RepairScreen,
    }  # fmt: skip
    method = f"action_{command.verb}" if command.by == "pane" else f"do_{command.verb}"
    assert callable(getattr(parts[command.by], method))


@pytest.mark.parametrize("by", ["pane", "article", "find", "findbar", "form", "pick", "screen", "review", "repair"])
def test_a_binding_bears_the_command_s_id_so_that_a_keymap_can_change_it(by: str) -> None:
    ids = {getattr(binding, "id", None) for binding in bindings(by)}
    assert ids == {command.id for command in COMMANDS.values() if command.by == by}


def test_the_footer_of_a_selection_begins_with_what_can_be_made_of_it() -> None:
    labels = [command.label for command in footer("selection")]
    assert labels[:4] == ["highlight", "claim", "note", "question"]


def test_the_page_of_keys_is_the_table() -> None:
    assert keys_page() in KEYS_PAGE.read_text("utf-8"), "docs/keys.md is older than reader/commands"


def test_the_footer_begins_with_what_matters_most_where_one_is() -> None:
    assert [one.id for one in footer("text")][:2] == ["mark.claim", "mark.highlight"]
    assert [one.id for one in footer("mark")][:4] == ["mark.edit", "mark.reply", "mark.delete", "mark.relate"]
    for situation in ("text", "mark", "selection", "find", "list"):
        ids = [one.id for one in footer(situation)]
        assert len(set(ids)) == len(ids)
        assert "screen.help" in ids
