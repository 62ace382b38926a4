from __future__ import annotations

from pathlib import Path

import pytest

from annotations.codebook import (
    Code,
    Person,
    Search,
    add_code,
    add_person,
    drop_entries,
    load_codebook,
    new_library,
    put_search,
    search_line,
)
from annotations.errors import InputError

HAND = """\
# ours
postil: 1
team: [ada, ben]  # more to come

codebook:
- {id: leverage, name: Leverage, rank: 1}
- id: no
people:
- name: Kim Jong-un  # as printed
  aliases: [Marshal Kim]
- {alias: nobody}
zeal: high
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "postil.yaml").write_text(HAND)
    return tmp_path / "postil.yaml"


def test_what_it_holds(path: Path) -> None:
    codebook = load_codebook(path)
    assert codebook.team == ("ada", "ben")
    assert [(one.id, one.name, one.extra) for one in codebook.codes] == [
        ("leverage", "Leverage", {"rank": "1"}),
        ("no", "", {}),
    ]
    assert codebook.problems == ("people.2: name: missing",)


@pytest.mark.parametrize("name", ["Kim Jong Un", "kim jong-un", "marshal kim"])
def test_a_person_is_found_by_any_spelling(path: Path, name: str) -> None:
    person = load_codebook(path).person(name)
    assert person is not None
    assert person.name == "Kim Jong-un"


def test_additions_leave_the_rest_alone(path: Path) -> None:
    text = HAND.replace("- {alias: nobody}\n", "")
    path.write_text(text)
    assert add_person(path, Person(name="Zhao Tong", affiliations=("a fellow",))).person("zhao tong") is not None
    add_code(path, Code(id="nk", name="China: NK"))
    assert path.read_text() == text.replace("- id: no\n", '- id: nk\n  name: "China: NK"\n- id: no\n').replace(
        "  aliases: [Marshal Kim]\n", "  aliases: [Marshal Kim]\n- name: Zhao Tong\n  affiliations: [a fellow]\n"
    )


def test_an_entry_without_a_name_costs_no_comment(path: Path) -> None:
    add_person(path, Person(name="Zhao Tong"))
    assert "# as printed\n" in path.read_text()
    assert load_codebook(path).person("Kim Jong Un") is not None


def test_what_is_known_is_not_added_again(path: Path) -> None:
    add_person(path, Person(name="KIM JONG UN"))
    add_code(path, Code(id="no"))
    assert path.read_text() == HAND


@pytest.mark.parametrize("text", [HAND, "postil: 1\n\ncodebook: {codes: []}\npeople: []\n"])
def test_what_was_added_can_be_taken_out_again(path: Path, text: str) -> None:
    path.write_text(text.replace("- {alias: nobody}\n", ""))
    before = path.read_bytes()
    person, code = Person(name="Zhao Tong", affiliations=("a fellow",)), Code(id="nk", name="China: NK")
    add_person(path, person)
    add_code(path, code)
    assert path.read_bytes() != before
    assert drop_entries(path, [person, code]).person("Zhao Tong") is None
    assert path.read_bytes() == before


def test_an_entry_that_was_written_on_stays(path: Path) -> None:
    add_code(path, Code(id="nk", name="nk"))
    path.write_text(path.read_text().replace("  name: nk\n", "  name: nk\n  definition: ours\n"))
    drop_entries(path, [Code(id="nk", name="nk"), Code(id="other")])
    assert "nk" in [one.id for one in load_codebook(path).codes]


def test_a_new_library(tmp_path: Path) -> None:
    path = tmp_path / "postil.yaml"
    new_library(path, ["ada"])
    add_person(path, Person(name="Zhao Tong"))
    add_person(path, Person(name="Ding Xueliang"))
    assert path.read_text() == (
        "postil: 1\n\nteam: [ada]\n\ncodebook:\n\npeople:\n- name: Ding Xueliang\n- name: Zhao Tong\n"
    )
    with pytest.raises(InputError, match="a library here already"):
        new_library(path, [])


def test_no_file_is_an_empty_codebook_and_a_list_is_refused(tmp_path: Path) -> None:
    assert load_codebook(tmp_path / "postil.yaml").people == ()
    (tmp_path / "postil.yaml").write_text("- a\n")
    with pytest.raises(InputError, match="not a library's settings"):
        load_codebook(tmp_path / "postil.yaml")


def test_a_search_is_kept_and_replaced_and_the_rest_left_alone(path: Path) -> None:
    put_search(path, Search("trade", 'speaker:"Zhao Tong" trade'))
    codebook = put_search(path, Search("no: 1", "-tag:*"))
    assert path.read_text() == HAND + '\nsearches:\n  trade: speaker:"Zhao Tong" trade\n  "no: 1": "-tag:*"\n'
    assert [one.name for one in codebook.searches] == ["trade", "no: 1"]
    assert put_search(path, Search("trade", "talks")).searches[0].query == "talks"
    assert load_codebook(path) == put_search(path, Search("trade", "talks"))
    assert search_line(path, "no: 1") == len(HAND.splitlines()) + 4


def test_searches_that_make_no_sense_are_problems_and_are_not_written_over(path: Path) -> None:
    path.write_text("searches:\n  good: talks\n  bad: [talks]\n")
    codebook = load_codebook(path)
    assert [one.name for one in codebook.searches] == ["good"]
    assert codebook.problems == ("searches.bad: not a query",)
    path.write_text("postil: 1\nsearches: [talks]\n")
    assert load_codebook(path).problems == ("searches: not names with a query each",)
    with pytest.raises(InputError, match=r"postil\.yaml:2"):
        put_search(path, Search("trade", "talks"))
