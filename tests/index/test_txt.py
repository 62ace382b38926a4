"""Plain-text scrapes: the seeds exactly, and pages of other shapes that the method was not made on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import InputError
from annotations.text import canonical
from index.article import Article, Label
from index.formats import read
from index.formats.txt import read_txt

WIRE = """\
Skip to main content
Subscribe
World News
Example Wire

Ministers Agree on Fishing Quotas After Night of Talks

By Jane Doe and John Roe
Published: 4 March 2021
3 min read
Share this article
Advertisement

OSTEND, March 4 (Example Wire) — Ministers of six countries agreed on Thursday to cut the quotas for cod by a fifth, \
ending a dispute that had kept boats in port for weeks.

"We did not get everything we wanted," said Anna Smit, who led the talks for the host. "But the boats can sail."

Fishermen were less pleased. A spokesman for the port's co-operative called the deal a disaster for small boats.

Sign up for our morning newsletter and never miss a story

What happens next?

The deal has to be approved by the six parliaments before the season starts in May, and two of them have \
yet to set a date.

He laughed.

(Reporting by Jane Doe; Editing by Ken Poe)

Related stories
Cod Stocks Fall for Third Year
Who Owns the North Sea?
Tags: fisheries, North Sea, trade
© 2021 Example Wire. All rights reserved.
We use cookies to make this site better. Accept all cookies
Leave a comment
I think this is a very good deal and everybody should be happy with it.
"""

WRAPPED = """\
The Harbour Gazette

Old Lighthouse to Open Again as a Library

LOWTOWN (Gazette) -- The lighthouse on Lowtown's north pier, dark
since 1987, is to open again next spring as a public library, the
Harbour Trust announced on Monday.

The Trust said that it had raised four fifths of the money that the
work will cost, and that it expected the rest before the end of the
year.

A Light That Never Went Out

People who live on the pier have kept the lamp room clean for thirty
years without being asked. "Somebody had to," said Mrs. Ida Lund, who
is eighty-one.
"""


def lines(article: Article, label: Label) -> list[str]:
    return [
        line.strip()
        for block in article.blocks
        if block.label is label
        for line in article.text[block.start : block.end].split("\n")
        if line.strip()
    ]


def seed(seeds: Path, number: str) -> Article:
    path = next(seeds.glob(f"{number}_*.txt"))
    return read(path.name, path.read_bytes())


@pytest.mark.parametrize("number", ["000", "002"])
@pytest.mark.parametrize("by_site", [True, False])
def test_both_seeds_are_labelled_with_and_without_the_rules_of_their_site(
    seeds: Path, number: str, by_site: bool
) -> None:
    article = seed(seeds, number)
    if not by_site:
        article = read_txt(article.path, article.text, sites=())
    assert (article.dateline, article.agency, article.byline) == ("MOSCOW", "Sputnik", "Tommy Yang")
    assert article.published is None
    assert len(lines(article, Label.HEADING)) == 3
    assert "GMT" in lines(article, Label.CLOCK)[0]
    assert len(lines(article, Label.CLOCK)) == 1
    assert {"Listen Live", "Get short URL"} <= set(lines(article, Label.UI))
    assert any(line.startswith("Community standards") for line in lines(article, Label.UI))
    assert len(lines(article, Label.TAGS)) == 1
    assert "Kim Jong-un" in article.tags
    assert "Democratic Republic of North Korea (DPRK)" in article.tags
    body = lines(article, Label.BODY)
    assert body[0].startswith("MOSCOW (Sputnik), Tommy Yang - ")
    assert not any("views and opinions" in line or line.startswith("READ MORE") for line in body)


def test_the_first_seed_has_no_title_and_is_called_by_its_first_sentence(seeds: Path) -> None:
    article = seed(seeds, "000")
    assert article.title_from == "first-sentence"
    assert article.title.startswith("The surprise visit of North Korean leader Kim Jong-un to Beijing could become")
    assert article.title.endswith("scholars told Sputnik.")
    assert not lines(article, Label.TITLE)
    assert not lines(article, Label.CAPTION)
    assert lines(article, Label.HEADING) == ["Resist US Pressure", "Can't Trust US Promises", "Balancing Act"]
    assert [line[:10] for line in lines(article, Label.RELATED)] == ["READ MORE:"] * 2
    assert len(lines(article, Label.DISCLAIMER)) == 2
    assert "1 0 0" in lines(article, Label.UI)
    assert len(lines(article, Label.BODY)) == 18
    assert len(article.tags) == 6


def test_the_second_seed_has_its_title_caption_and_credit(seeds: Path) -> None:
    article = seed(seeds, "002")
    assert article.title == "North Korea Seeks Strategic Balance Between China, US - Analysts"
    assert article.title_from == "text"
    assert lines(article, Label.TITLE) == [article.title]
    [caption] = lines(article, Label.CAPTION)
    assert caption.startswith("South Korean President Moon Jae-in walks with")
    assert lines(article, Label.CREDIT) == ["© REUTERS / Korea Summit Press Pool/Pool"]
    assert lines(article, Label.HEADING) == ["Avoid Over Reliance", "Historical Bond", "Benched on\xa0Sidelines"]
    related = lines(article, Label.RELATED)
    assert [line[:10] for line in related[:4]] == ["READ MORE:"] * 4
    assert len(related) == 4 + 5
    assert len(lines(article, Label.DISCLAIMER)) == 1


def test_a_heading_ends_before_the_no_break_space_after_it(seeds: Path) -> None:
    article = seed(seeds, "002")
    heading = [block for block in article.blocks if block.label is Label.HEADING][-1]
    assert article.text[heading.end] == "\xa0"


def test_a_wire_page_of_another_site() -> None:
    article = read_txt("wire.txt", WIRE)
    assert article.title == "Ministers Agree on Fishing Quotas After Night of Talks"
    assert article.title_from == "text"
    assert article.published == "2021-03-04"
    assert (article.dateline, article.agency) == ("OSTEND", "Example Wire")
    assert article.byline == "Jane Doe and John Roe"
    assert article.tags == ("fisheries", "North Sea", "trade")
    assert lines(article, Label.HEADING) == ["What happens next?"]
    body = lines(article, Label.BODY)
    assert len(body) == 5
    assert body[0].startswith("OSTEND")
    assert body[-1] == "He laughed."
    assert lines(article, Label.RELATED) == [
        "Related stories",
        "Cod Stocks Fall for Third Year",
        "Who Owns the North Sea?",
    ]
    assert lines(article, Label.DISCLAIMER) == ["© 2021 Example Wire. All rights reserved."]
    assert "(Reporting by Jane Doe; Editing by Ken Poe)" in lines(article, Label.CREDIT)
    furniture = lines(article, Label.UI)
    for line in ("Advertisement", "Share this article", "3 min read", "Leave a comment", "Published: 4 March 2021"):
        assert line in furniture
    assert any(line.startswith("We use cookies") for line in furniture)
    assert any(line.startswith("Sign up for our morning") for line in furniture)
    assert any(line.startswith("I think this is") for line in furniture), "a reader's comment is not the article"


def test_paragraphs_wrapped_by_hand_are_one_block_each() -> None:
    article = read_txt("lighthouse.txt", WRAPPED)
    assert article.title == "Old Lighthouse to Open Again as a Library"
    assert (article.dateline, article.agency) == ("LOWTOWN", "Gazette")
    assert lines(article, Label.HEADING) == ["A Light That Never Went Out"]
    bodies = [article.text[one.start : one.end] for one in article.blocks if one.label is Label.BODY]
    assert len(bodies) == 3
    assert bodies[0].startswith("LOWTOWN")
    assert bodies[0].endswith("announced on Monday.")
    assert bodies[0].count("\n") == 2


def test_a_stand_in_title_is_one_line_without_dateline() -> None:
    article = read_txt("lighthouse.txt", WRAPPED.split("\n", 4)[4])
    assert article.title_from == "first-sentence"
    assert article.title == (
        "The lighthouse on Lowtown's north pier, dark since 1987, is to open again next spring as a public library, "
        "the Harbour Trust announced on Monday."
    )


def test_the_title_that_the_page_repeats_is_the_title() -> None:
    page = (
        "Harbour Trust Buys the Old Fish Market | The Gazette\n\nHarbour Trust Buys the Old Fish Market\n\n"
        "What the Sale Means for the Quay\n\n" + BODY
    )
    article = read_txt("market.txt", page)
    assert article.title == "Harbour Trust Buys the Old Fish Market"


BODY = (
    "The Trust has bought the old fish market on the quay and will turn it into workshops, it said on Monday.\n\n"
    "The price was not given, but two people who know the books said that it was less than the land is worth.\n\n"
)


def test_a_page_without_headings_or_anything_else() -> None:
    article = read_txt("plain.txt", BODY)
    assert [block.label for block in article.blocks] == [Label.BODY, Label.BODY]
    assert article.title_from == "first-sentence"
    assert article.byline == article.agency == article.dateline == ""


@pytest.mark.parametrize(
    "clock",
    [
        "15:31 GMT24 October 2020",
        "19:07 GMT +319 August 2019",
        "Monday, 4 March 2021, 10:15 UTC",
        "10:15 a.m. ET, March 4, 2021",
    ],
)
def test_a_page_clock_is_never_a_date_of_publication(clock: str) -> None:
    article = read_txt("clock.txt", f"{clock}\n\n{BODY}")
    assert article.published is None
    assert article.blocks[0].label is Label.CLOCK


@pytest.mark.parametrize("line", ["4 March 2021", "Updated: 4 March 2021", "Today is 4 March 2021", "03/04/2021"])
def test_a_date_that_the_page_does_not_call_that_of_publication_is_unknown(line: str) -> None:
    assert read_txt("date.txt", f"{line}\n\n{BODY}").published is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: 4 March 2021", "2021-03-04"),
        ("Published on March 4, 2021", "2021-03-04"),
        ("First published Thursday, March 4, 2021 at 10:15 GMT", "2021-03-04"),
        ("Date: 2021-03-04", "2021-03-04"),
        ("Posted March 2021", "2021-03"),
        ("Published: 31 February 2021", None),
    ],
)
def test_a_line_that_says_when_it_was_published(line: str, published: str | None) -> None:
    article = read_txt("date.txt", f"{line}\n\n{BODY}")
    assert article.published == published
    assert article.blocks[0].label is Label.UI


def test_a_date_in_the_body_is_not_when_the_article_was_published() -> None:
    page = f"{BODY}A first study was published on 4 March 2019 by the university, which did not answer questions.\n"
    assert read_txt("study.txt", page).published is None


@pytest.mark.parametrize(
    ("opening", "dateline", "agency", "byline"),
    [
        ("MOSCOW (Sputnik), Tommy Yang - The visit could", "MOSCOW", "Sputnik", "Tommy Yang"),
        ("LONDON, March 4 (Reuters) - The visit could", "LONDON", "Reuters", ""),
        ("Washington (AP) — The visit could", "Washington", "AP", ""),
        ("SAN JOSÉ, Costa Rica — The visit could", "SAN JOSÉ, Costa Rica", "", ""),
        ("ROME -- The visit could", "ROME", "", ""),
        ("KÖLN (dpa) - The visit could", "KÖLN", "dpa", ""),
        ("BREAKING — The visit could", "", "", ""),
        ("The visit (of Kim) - the fourth - could", "", "", ""),
        ("The visit — the fourth — could", "", "", ""),
        ("US-China talks - the third round - could", "", "", ""),
    ],
)
def test_openings(opening: str, dateline: str, agency: str, byline: str) -> None:
    article = read_txt("opening.txt", f"{opening} become leverage in the talks of the coming week.\n\n{BODY}")
    assert (article.dateline, article.agency, article.byline) == (dateline, agency, byline)
    if dateline:
        assert article.title.startswith("The visit could")


@pytest.mark.parametrize("label", ["Read more:", "READ MORE", "Also read |", "See also:", "RELATED:"])
def test_links_to_other_articles_in_the_body(label: str) -> None:
    link = f"{label} Fish Market Closes After Ninety Years"
    assert lines(read_txt("x.txt", f"{BODY}{link}\n\n{BODY}"), Label.RELATED) == [link]


@pytest.mark.parametrize(
    "sentence",
    [
        "Read more books, the minister told the children of the school on the hill last week.",
        "Watch out for the third act, which the director calls his best work so far.",
        "Related to this is the question of who will pay for the bridge when it is built.",
        "By Monday the talks had failed, and both sides went home without a word to the press.",
        "Subscribers to the fund lost half of what they had put into it over ten years.",
        "Share prices fell on Monday after the talks had ended without a word to the press.",
        "The views from the tower reflect what the town once was, the architect said on Monday.",
    ],
)
def test_sentences_that_begin_like_furniture_are_body(sentence: str) -> None:
    assert sentence in lines(read_txt("x.txt", f"{BODY}{sentence}\n\n{BODY}"), Label.BODY)


STACKED = f"""\
News
Sport
Culture

Harbour Trust buys fish market

Traders say that the plan leaves forty families without a stall

Ida Lund in Lowtown
Mon 4 Mar 2021 10.15 GMT
Last modified on Mon 4 Mar 2021 12.00 GMT

1,204

Traders on the quay last week. Photograph: Ken Poe/Example Images

{BODY}Quick Guide

What is the plan?

{BODY}Topics
Harbour
Share on Facebook
"""


def test_a_title_over_a_standfirst_and_a_picture() -> None:
    article = read_txt("stacked.txt", STACKED)
    assert article.title == "Harbour Trust buys fish market"
    assert article.published is None
    assert len(lines(article, Label.CLOCK)) == 2
    assert lines(article, Label.CAPTION) == [
        "Traders say that the plan leaves forty families without a stall",
        "Traders on the quay last week. Photograph: Ken Poe/Example Images",
    ]
    assert lines(article, Label.HEADING) == ["What is the plan?"]
    assert len(lines(article, Label.BODY)) == 5


def test_a_page_without_blank_lines() -> None:
    page = f"Fish Market Sold at Last\nVon Jana Dorn\nROME (Wire) - {BODY}The Last Stall\n{BODY}Tags: quay, law\n"
    article = read_txt("tight.txt", page.replace("\n\n", "\n"))
    assert (article.title, article.byline) == ("Fish Market Sold at Last", "Jana Dorn")
    assert lines(article, Label.HEADING) == ["The Last Stall"]
    assert len(lines(article, Label.BODY)) == 4
    assert article.tags == ("quay", "law")


def test_short_lines_of_speech_and_lists_stay_in_the_body() -> None:
    short = ['"No."', '"Yes," he said.', '"Why?"', "It has two parts:", "- the quay", "- the market"]
    article = read_txt("talk.txt", BODY + "\n\n".join(short) + "\n\n" + BODY)
    assert {block.label for block in article.blocks} == {Label.BODY}


def test_a_caption_that_is_a_sentence_is_not_body_before_the_dateline() -> None:
    page = f"Traders left the quay on Friday after thirty years of work.\n\nMarket Sold\n\n© X\n\nROME (Wire) - {BODY}"
    article = read_txt("caption.txt", page)
    assert [str(block.label) for block in article.blocks[:3]] == ["caption", "ui", "credit"]
    assert article.dateline == "ROME"


def test_long_comments_of_readers_are_not_the_article() -> None:
    comment = "I have bought my fish at that market for forty years and do not know where to go now.\n\n"
    article = read_txt("comments.txt", BODY * 3 + "12 comments\n\n" + comment * 4)
    assert len(lines(article, Label.BODY)) == 6
    assert lines(article, Label.UI)[0] == "12 comments"


def test_teasers_under_the_body_are_related() -> None:
    teasers = "More from this section\n\nFerry Prices to Rise\n\nTickets will cost a tenth more from May, it said.\n"
    article = read_txt("teasers.txt", BODY * 2 + teasers)
    assert lines(article, Label.RELATED) == [line for line in teasers.split("\n") if line]


def test_an_empty_file_is_called_by_its_name() -> None:
    for text in ("", "\n \n\xa0\n"):
        article = read_txt("notes/empty one.txt", text)
        assert (article.title, article.title_from, article.blocks) == ("empty one", "file-name", ())


def test_a_note_without_running_text_is_all_body() -> None:
    article = read_txt("list.txt", "milk\neggs\nbread")
    assert {block.label for block in article.blocks} == {Label.BODY}


def test_running_text_without_words_between_blanks() -> None:
    paragraph = (
        "朝鲜领导人金正恩周二上午抵达北京，开始对邻国进行一年之内的第四次访问。分析人士说，此次访问可能成为谈判的筹码。"
    )
    article = read_txt("cjk.txt", f"金正恩抵达北京进行第四次访问\n\n{paragraph}\n\n{paragraph}\n")
    assert [block.label for block in article.blocks] == [Label.TITLE, Label.BODY, Label.BODY]


def test_bytes_that_are_no_text_are_refused_with_the_path_and_line() -> None:
    with pytest.raises(InputError) as refused:
        read("bad.txt", b"first\nsecond \xff\n")
    assert (refused.value.path, refused.value.line) == ("bad.txt", 2)
    assert read("bad.txt", b"caf\xe9", encoding="latin-1").text == "café"


def covered(article: Article) -> None:
    """Blocks are in order, do not overlap, start and end on what is not blank, and cover every line that is not."""
    at = 0
    for block in article.blocks:
        assert at <= block.start < block.end <= len(article.text)
        assert not article.text[at : block.start].strip()
        assert article.text[block.start : block.end] == article.text[block.start : block.end].strip()
        at = block.end
    assert not article.text[at:].strip()


PIECES = st.sampled_from(
    [
        *WIRE.split("\n"),
        *WRAPPED.split("\n"),
        "",
        "\xa0",
        "\u200b",
        "---",
        "# Title",
        "- item",
        "> quote",
        "```",
        "===",
        "title: x",
        "1 0 0",
        "\x85",
        "\u2028",
    ]
)
PAGES = st.one_of(st.text(), st.lists(PIECES).map("\n".join), st.lists(st.text() | PIECES).map("\n".join))


@given(PAGES.map(canonical))
def test_any_text_is_covered_by_blocks(text: str) -> None:
    article = read_txt("any.txt", text)
    covered(article)
    assert article.title


@given(st.binary() | PAGES.map(lambda text: text.encode("utf-8", "surrogatepass")), st.sampled_from(["a.txt", "a.MD"]))
def test_any_bytes_are_an_article_or_refused(data: bytes, path: str) -> None:
    try:
        article = read(path, data)
    except InputError:
        return
    covered(article)


def test_lines_wrapped_by_hand_need_not_be_full() -> None:
    text = (
        "Bread by the gram? What the drought means for bakers\n\n"
        "PORT ALMA — The price of a kilo of maize flour rose by 14 per cent\n"
        "between August and mid-September, according to the exchange in\n"
        "Port Alma, and the guild of bakers expects another 10 per cent before\n"
        "the year is out.\n\n"
        "“People hear that a third of the late maize is gone and think of\n"
        "bread. They should not,” said Jarmila Otto.\n"
    )
    article = read_txt("a.txt", text)
    assert (article.title, article.title_from) == ("Bread by the gram? What the drought means for bakers", "text")
    assert [block.label for block in article.blocks] == [Label.TITLE, Label.BODY, Label.BODY]


def test_a_japanese_date_ends_a_caption_and_a_corner_bracket_may_open_a_title() -> None:
    text = (
        "    田中芽衣教授、ハスク橋にて、2031年10月1日\n\n"
        "    「川は暦を持たない」: Tanaka on Lemna, in Two Languages\n\n"
        "    TOKYO (Meridian), Haru Ono - The dispute is followed closely in Japan, where rivers are short and "
        "memories long, she told Meridian after a visit to the bridge.\n"
    )
    article = read_txt("a.txt", text)
    assert article.title.startswith("「川は暦を持たない」")
    assert article.published is None
    assert article.blocks[0].label is Label.CAPTION
