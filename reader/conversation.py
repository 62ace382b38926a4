"""What people say to each other about an annotation: replies, and relations to other annotations.

Each of these saves, as the session's own changes do, and can be undone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotations.model import Relation
    from reader.session import Session

__all__ = ["drop_reply", "relate", "rewrite_reply", "unrelate"]


def rewrite_reply(session: Session, path: str, annotation_id: str, reply_id: str, note: str) -> None:
    """Put other words in the place of a reply's."""
    found = session.get(path, annotation_id)
    replies = tuple(replace(one, note=note) if one.id == reply_id else one for one in found.replies)
    session.replace(path, replace(found, replies=replies), "edit reply")


def drop_reply(session: Session, path: str, annotation_id: str, reply_id: str) -> None:
    """Delete a reply; those that answer it stay."""
    found = session.get(path, annotation_id)
    replies = tuple(one for one in found.replies if one.id != reply_id)
    session.replace(path, replace(found, replies=replies), "delete reply")


def relate(session: Session, path: str, annotation_id: str, relation: Relation) -> None:
    """Keep a relation at an annotation; one of that type to the same annotation gets the new note."""
    found = session.get(path, annotation_id)
    others = (one for one in found.relations if (one.type, one.to) != (relation.type, relation.to))
    session.replace(path, replace(found, relations=(*others, relation)), f"relate {found.kind}")


def unrelate(session: Session, path: str, annotation_id: str, kind: str, other: str) -> None:
    """Delete the relation of that type to that annotation."""
    found = session.get(path, annotation_id)
    relations = tuple(one for one in found.relations if (one.type, one.to) != (kind, other))
    session.replace(path, replace(found, relations=relations), "delete relation")
