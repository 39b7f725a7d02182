"""Writing down people at partners and the posts that they held over time (F2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import Contact, ContactPost
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import User
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.sorting import sort_key
from intlcoop.workflow.refusals import Refused


@transaction.atomic
def save_contact(contact: Contact | None, *, posts: Iterable[Mapping[str, Any]], actor: User, **fields: Any) -> Contact:
    """Write a person and all their posts: {"id", "partner", "title_vi", "title_en", "since", "until"}. Raises Refused."""
    rows = list(posts)
    if not rows:
        raise Refused(_("Write at least one post: at which partner, as what."))
    contact = contact or Contact()
    _ask(contact, rows, actor)
    for name, value in fields.items():
        setattr(contact, name, value)
    contact.full_name = " ".join(nfc(contact.full_name).split())
    contact.sort_key = sort_key(contact.full_name)[:400]
    contact.search_text = search_text(contact.full_name, *(row["title_vi"] for row in rows), contact.email)
    contact.save()
    _set_posts(contact, rows)
    return contact


def _ask(contact: Contact, rows: list[Mapping[str, Any]], actor: User) -> None:
    """Who sits at a partner today is written down by who keeps its contacts; where somebody sat before is their history."""
    today = timezone.localdate()
    known = {post.pk: post.partner_id for post in contact.posts.all()} if contact.pk else {}
    now = [row for row in rows if row.get("until") is None or row["until"] >= today]
    partners = {row["partner"] for row in now if known.get(row.get("id") or 0) != row["partner"].pk}
    closed = [str(partner) for partner in partners if not rules.has_perm("agreements.keep_contacts", actor, partner)]
    if closed:
        text = _("People at %(partners)s are written down by the units that work with it.")
        raise Refused(text % {"partners": "; ".join(sorted(closed))})


def _set_posts(contact: Contact, rows: list[Mapping[str, Any]]) -> None:
    known = {post.pk: post for post in contact.posts.all()}
    for row in rows:
        post = known.pop(row.get("id") or 0, None) or ContactPost(contact=contact)
        values = {name: row.get(name) for name in ("partner", "since", "until")}
        values |= {name: row.get(name) or "" for name in ("title_vi", "title_en")}
        if post.pk and all(getattr(post, name) == value for name, value in values.items()):
            continue
        for name, value in values.items():
            setattr(post, name, value)
        post.save()
    for gone in known.values():
        gone.delete()
