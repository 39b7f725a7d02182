"""Other work for tests, written by the services as everywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from reports.models import WorkItem
from reports.services import create_work
from reports.workflows import close_work
from tests.ministry import Ministry

#: What each kind asks at least before it is closed.
ENOUGH: dict[str, dict[str, Any]] = {
    "coordination": {"direction": "incoming", "body": "Bộ Ngoại giao", "request_on": dt.date(2026, 1, 5)},
    "report": {"report_sort": "periodic", "in_name_of": "ministry", "body": "Bộ Ngoại giao", "content": "Nội dung báo cáo."},
    "comment": {"in_name_of": "ministry", "body": "Bộ Ngoại giao", "content": "Nhất trí với dự thảo."},
    "meeting": {"meeting_sort": "kick_off", "starts_on": dt.date(2026, 1, 20), "chair": "Bộ trưởng Nguyễn Văn A"},
    "locality": {"body": "Sở Ngoại vụ tỉnh B", "request_on": dt.date(2026, 2, 1)},
    "recurring": {"body": "Ban Chỉ đạo C", "frequency": "monthly", "starts_on": dt.date(2026, 1, 1)},
    "training": {"audience": "own", "starts_on": dt.date(2026, 3, 1), "persons": 20, "days": 5, "languages": ["en"]},
    "documents": {"direction": "outgoing", "request_on": dt.date(2026, 4, 1)},
    "outreach": {"body": "Các vụ, đơn vị", "starts_on": dt.date(2026, 5, 4)},
    "publicity": {"languages": ["en"], "starts_on": dt.date(2026, 5, 1)},
}  # fmt: skip
#: With what each is closed.
CLOSING: dict[str, dict[str, Any]] = {
    "coordination": {"reply_number": "45/BDP-HTQT", "reply_on": dt.date(2026, 1, 9), "result": "Nhất trí."},
    "report": {"reply_number": "46/BC-BDP", "reply_on": dt.date(2026, 1, 9)},
    "comment": {"reply_number": "47/BDP-HTQT", "reply_on": dt.date(2026, 1, 9)},
    "meeting": {"result": "Đã thống nhất kế hoạch."},
    "locality": {"reply_on": dt.date(2026, 2, 10), "result": "Tình hình ổn định."},
    "recurring": {"ends_on": dt.date(2026, 6, 30)},
    "training": {"persons": 18, "days": 5},
    "documents": {},
    "outreach": {"result": "Đã phổ biến tới 12 đơn vị."},
    "publicity": {"starts_on": dt.date(2026, 5, 1)},
}


def work(
    ministry: Ministry, kind: str = "coordination", title: str = "Góp ý báo cáo phát triển bền vững", **more: Any
) -> WorkItem:
    writer, unit = more.pop("writer", "htqt"), more.pop("unit", "HTQT")
    return create_work(kind, title, ministry.unit(unit), actor=ministry.person(writer), fields=ENOUGH[kind] | more)


def closed(ministry: Ministry, item: WorkItem, by: str = "htqt", **more: Any) -> WorkItem:
    close_work(item, actor=ministry.person(by), fields=CLOSING[item.kind] | more)
    return fresh(item)


def fresh(item: WorkItem) -> WorkItem:
    return WorkItem.objects.for_list().get(pk=item.pk)
