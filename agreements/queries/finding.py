"""What does the search box find among partners and the people there?"""

from __future__ import annotations

from typing import Any

from agreements.models import Contact, ContactPost, Partner
from intlcoop.web.search import Hit


def find_partners(user: Any, text: str, limit: int) -> list[Hit]:
    """At most `limit` partners that this user may see, by any of their names; merged ones are found as what they became."""
    partners = Partner.objects.visible_to(user).living().search(text).select_related("country")[:limit]
    return [
        Hit("", str(partner), partner.get_absolute_url(), str(partner.country) if partner.country else "")
        for partner in partners
    ]


def find_contacts(user: Any, text: str, limit: int) -> list[Hit]:
    """At most `limit` people at partners, each with the post that they hold or held last: two questions."""
    contacts = list(Contact.objects.visible_to(user).search(text)[:limit])
    last: dict[int, ContactPost] = {}
    if contacts:
        for post in ContactPost.objects.filter(contact__in=contacts).select_related("partner"):
            last.setdefault(post.contact_id, post)
    return [Hit("", str(contact), contact.get_absolute_url(), _post(last.get(contact.pk))) for contact in contacts]


def _post(post: ContactPost | None) -> str:
    return f"{post.title_vi}, {post.partner}" if post else ""
