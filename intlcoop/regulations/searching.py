"""Legal instruments as people look for them: by number, title or issuer, accents or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from intlcoop.regulations.models import Instrument
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.folding import fold
from intlcoop.web.search import Hit

if TYPE_CHECKING:
    from intlcoop.people.models import User


def find_instruments(user: User, text: str, limit: int) -> list[Hit]:
    """Those in which every word stands, what is in force before what was replaced. There are dozens, not thousands."""
    words = fold(text).split()
    if not words:
        return []
    rows = Instrument.objects.visible_to(user).select_related("replaced_by")
    found = [row for row in rows if all(word in fold(f"{row} {row.title} {row.issuer}") for word in words)]
    found.sort(key=lambda row: row.replaced_by_id is not None)
    return [
        Hit(number="", title=f"{row}: {row.title}", url=row.get_absolute_url(), note=note_of(row))
        for row in found[:limit]
    ]


def note_of(row: Instrument) -> str:
    """ "Bộ Tài chính · 31/12/2025 · đã được thay thế bởi Thông tư 140/2025/TT-BTC"."""
    replaced = _("replaced by %(name)s") % {"name": row.replaced_by} if row.replaced_by else ""
    return " · ".join(filter(None, (row.issuer, table_date(row.issued_on) if row.issued_on else "", replaced)))
