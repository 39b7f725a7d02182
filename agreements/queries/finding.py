"""What does the search box find among partners?"""

from __future__ import annotations

from typing import Any

from agreements.models import Partner
from intlcoop.web.search import Hit


def find_partners(user: Any, text: str, limit: int) -> list[Hit]:
    """At most `limit` partners that this user may see."""
    partners = Partner.objects.visible_to(user).search(text).select_related("country")[:limit]
    return [
        Hit("", str(partner), partner.get_absolute_url(), str(partner.country) if partner.country else "")
        for partner in partners
    ]
