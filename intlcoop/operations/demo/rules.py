"""What is new in the demo's rules: made-up regulations, each marked as a sample ("minh họa"), and the year not decided yet."""

from __future__ import annotations

import datetime as dt
from unittest import mock

from django.utils import timezone

from intlcoop.people.models import User
from intlcoop.regulations import services
from intlcoop.regulations.choices import InstrumentKind, ParameterKey, RuleAct, RuleSort, Severity

REASON = "Dữ liệu minh họa"


def build(people: dict[str, User]) -> None:
    """Three lines of "Quy định mới"; nobody is sent a notice about the demo's past."""
    with mock.patch("intlcoop.regulations.registry.tell_published"):
        _build(people["vutruong"])


def _build(head: User) -> None:
    next_year = timezone.localdate().year + 1
    first = dt.date(next_year, 1, 1)
    services.record_change(
        actor=head, reason=REASON, sort=RuleSort.HOLIDAY, act=RuleAct.CHANGED, year=next_year, is_published=True,
        subject=f"Ngày nghỉ và ngày làm bù năm {next_year}", effective_from=first,
        news=f"Lịch nghỉ năm {next_year} do hệ thống tính, chưa đối chiếu với văn bản của cơ quan có thẩm quyền; các đơn vị"
        " chưa nên chốt lịch đoàn sát ngày nghỉ (minh họa).",
    )  # fmt: skip
    regulation = services.add_instrument(
        kind=InstrumentKind.DECISION, symbol=f"01/{next_year}/QĐ-MH", title="Quy chế đón đoàn vào của Bộ (minh họa)",
        issuer="Bộ Minh họa", effective_from=first, needs_check=True, is_sample=True, reason=REASON, is_published=True,
        news="Quy chế minh họa: rút ngắn thời hạn báo cáo kết quả đón đoàn vào.", actor=head,
    )  # fmt: skip
    services.set_parameter(
        ParameterKey.INBOUND_REPORT, value=5, valid_from=first, severity=Severity.REMINDER, instrument=regulation,
        citation=f"Quy chế đón đoàn vào (minh họa, 01/{next_year}/QĐ-MH)", needs_check=True, is_sample=True,
        reason=REASON, is_published=True, news="Báo cáo kết quả đón đoàn vào trong 5 ngày thay vì 7 ngày (minh họa).",
        actor=head,
    )  # fmt: skip
