"""Commitments for tests, written by the service as everywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

from agreements.models import Commitment
from agreements.services import create_commitment
from agreements.workflows import claim_commitment
from intlcoop.workflow import engine
from tests.ministry import Ministry

SOURCE = "Kết luận của Bộ trưởng tại cuộc họp ngày 12/5/2026"


def promise(ministry: Ministry, title: str = "Cử 10 cán bộ dự khóa bồi dưỡng", **more: Any) -> Commitment:
    """Of the unit CSDP, seen to by `chuyenvien`, written down by the ICD, due long from now; `fields` by name."""
    writer, unit = more.pop("writer", "htqt"), more.pop("unit", "CSDP")
    fields = {"owner": ministry.chuyenvien, "due_on": dt.date(2090, 5, 10), "source_text": SOURCE} | more
    return create_commitment(title, ministry.unit(unit), actor=ministry.person(writer), fields=fields)


def claimed(
    ministry: Ministry, commitment: Commitment, by: str = "chuyenvien", on: dt.date | None = None
) -> Commitment:
    claim_commitment(
        commitment,
        actor=ministry.person(by),
        result="Đã cử đủ 10 cán bộ.",
        done_on=on or dt.date(2026, 1, 5),
        domestic_document="Quyết định 12/QĐ-BDP ngày 02/01/2026",
    )
    return fresh(commitment)


def kept(ministry: Ministry, commitment: Commitment, on: dt.date | None = None) -> Commitment:
    engine.fire(claimed(ministry, commitment, on=on).case, "verify", actor=ministry.htqt)
    return fresh(commitment)


def fresh(commitment: Commitment) -> Commitment:
    return Commitment.objects.for_list().get(pk=commitment.pk)
