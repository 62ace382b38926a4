"""The commands: where each one is, what it is for, and a call that shows it at work.

The table is all that `postil --help` needs; a command's module is imported when the command is asked for, and holds
its arguments and what it does under the same name in its own `COMMANDS`.
"""

from __future__ import annotations

__all__ = ["COMMANDS"]

COMMANDS = {
    "init": ("library", "make a library of a folder of articles", "postil init ~/articles"),
    "demo": ("library", "open a copy of the sample library", "postil demo --fresh"),
    "list": ("reading", "list the library's articles", "postil list --json"),
    "show": ("reading", "print an article and its annotations", "postil show news/summit.txt"),
    "search": ("searching", "find articles and annotations", "postil search '\"economic sanctions\" speaker:Zhao'"),
    "annotate": (
        "marking",
        "annotate a passage, found by its words",
        "postil annotate news/summit.txt --quote 'not a card' --kind claim --speaker 'Zhao Tong' --tag leverage",
    ),
    "edit": ("marking", "change an annotation", "postil edit kqf3m2xw7tbz4h5a6 --status checking --tag trade"),
    "rm": ("marking", "delete an annotation", "postil rm kqf3m2xw7tbz4h5a6"),
    "set": (
        "marking",
        "correct what is known about an article",
        "postil set news/summit.txt published=2018-04-30 line:4=caption",
    ),
    "sidecars": (
        "library",
        "make empty sidecars ahead, to commit before people branch",
        "postil sidecars news/summit.txt",
    ),
    "index": ("library", "bring the search index up to date", "postil index --rebuild --stats"),
    "diff": ("differing", "say what changed about the claims", "postil diff main --format md"),
    "review": ("reviewing", "judge what changed about the claims", "postil review main..ben-april"),
    "log": ("log", "tell the life of an annotation, commit by commit", "postil log kqf3m2xw7tbz4h5a6"),
    "check": ("checking", "say what is wrong with sidecars", "postil check --since main --format github"),
    "reanchor": ("anchoring", "bring anchors up to date with articles that changed", "postil reanchor --write"),
    "fmt": ("checking", "write sidecars in canonical form", "postil fmt --dry-run"),
    "resolve": ("resolving", "decide what a merge could not", "postil resolve kqf3m2xw7tbz4h5a6 note --take theirs"),
    "merge": (
        "merging",
        "merge three versions of a sidecar",
        "postil merge base.yaml ours.yaml theirs.yaml --out ours.yaml",
    ),
    "merge-driver": (
        "merging",
        "what git calls to merge sidecars; `postil git install` sets it up",
        "postil merge-driver base ours theirs --path news/summit.txt.postil.yaml",
    ),
    "git": ("git", "let git merge and show sidecars with postil", "postil git install"),
    "textconv": (
        "git",
        "a sidecar as text that reads well in git diff",
        "postil textconv news/summit.txt.postil.yaml",
    ),
    "completion": ("completion", "print what a shell needs to complete postil", "postil completion bash"),
    "doctor": ("doctor", "say who and where you are, and what is amiss", "postil doctor"),
}
"""By name: the module of this package, the purpose in one line, an example."""
