"""Which circular sets the per-diem norms of trips that depart on which days (domain.md B.6).

Its figures are not shipped: our sources do not have them, so the tables stand empty until the ministry enters them.
"""

from __future__ import annotations

import datetime as dt

from delegations.models import NormTable
from intlcoop.people.choices import Rank
from intlcoop.regulations.models import Instrument

TABLES = (
    ("102/2012/TT-BTC", dt.date(2012, 8, 10), dt.date(2026, 2, 13)),
    ("140/2025/TT-BTC", dt.date(2026, 2, 14), None),
)
NOTE = "Chưa có bảng định mức: cần nhập theo phụ lục của Thông tư. Chức danh hưởng mức A do hệ thống đề xuất; cần đối chiếu."


def load() -> None:
    """Insert the missing tables, as long as nobody has made one for their days."""
    known = set(NormTable.objects.values_list("instrument__symbol", flat=True))
    missing = [row for row in TABLES if row[0] not in known]
    if not missing:
        return
    instruments = {row.symbol: row for row in Instrument.objects.filter(symbol__in=[row[0] for row in missing])}
    for symbol, first, last in missing:
        if symbol in instruments and not NormTable.objects.overlapping(first, last).exists():
            NormTable.objects.create(
                instrument=instruments[symbol],
                valid_from=first,
                valid_until=last,
                class_a_ranks=[Rank.MINISTER, Rank.DEPUTY_MINISTER],
                note=NOTE,
            )
