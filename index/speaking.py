"""Words that tell who says something in the prose of news: verbs, titles, roles, and what only looks like a name."""

from __future__ import annotations

__all__ = ["BARE", "GROUPS", "HONORIFICS", "ROLES", "SAID", "TITLES"]

_WORDS = {
    # Verbs of saying, in the forms in which a speaker's words are reported.
    "said": """said says told tells argued argues explained explains noted stated warned warns claimed stressed wrote
        writes announced asked asks replied agreed agrees admitted declared testified estimated predicted
        recalled concluded insisted insists remarked observed commented confirmed denied complained emphasized
        emphasised believes believed thinks thought suggested suggests acknowledged added adds contended
        cautioned maintained maintains asserted responded called described mentioned reiterated countered
        conceded joked quipped lamented speculated disputed rejected promised pledged urged tweeted posted
        opined reckoned reckons""",
    # Before a name; they say nothing of its bearer.
    "honorifics": """mr mrs ms miss dr sir lady lord dame""",
    # Before a name; they say what its bearer is.
    "titles": """prof professor president premier chancellor king queen prince princess minister secretary senator sen
        rep representative congressman congresswoman governor gov mayor general gen colonel col admiral adm
        captain capt lieutenant lt sergeant sgt ambassador judge justice chief chairman chairwoman chair
        director spokesman spokeswoman spokesperson leader analyst economist commissioner envoy negotiator
        pope bishop archbishop cardinal imam rabbi reverend father doctor detective inspector officer""",
    # What an article calls somebody whom it has named before.
    "roles": """expert scholar professor analyst academic researcher scientist economist specialist historian
        hydrologist lawyer politician diplomat official spokesman spokeswoman spokesperson observer activist
        author journalist doctor physician engineer director minister president leader politologist fellow
        pundit commentator strategist lecturer surveyor pilot climatologist biologist psychologist sociologist
        attorney consultant adviser advisor""",
    # Capitalised at the beginning of a sentence, or always, and no part of a name.
    "bare": """a an and after all although another any as at because before besides both but by despite during each
        earlier even every experts few finally first for from further given he her here his how however i if
        in indeed it its last later like many meanwhile most my nevertheless no nobody none nor not now
        observers officials on once one only or other others our people reports reporters researchers scholars
        scientists second several she since some sources still such that the their then there these they this
        those though thus to today two under until we what when where whether which while who why with
        yesterday yet you your analysts critics monday tuesday wednesday thursday friday saturday sunday
        january february march april may june july august september october november december""",
    # In the name of a body.
    "groups": """agency army association authorities authority bank board bureau cabinet centre center command
        commission committee company congress corporation corps council court department embassy federation
        force forces foundation fund government group house institute kremlin ministry mission movement navy
        office organisation organization parliament party pentagon police post senate service society team
        times treasury tribunal union university watch""",
}
SAID, HONORIFICS, _TITLES, ROLES, BARE, GROUPS = (frozenset(words.split()) for words in _WORDS.values())
TITLES = HONORIFICS | _TITLES
