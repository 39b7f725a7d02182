"""The register of outbound trips: the provincial layout of fifteen columns as it is, our own export, and what lies between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.choices import OutboundState
from delegations.models import ImportedTrip, OutboundDelegation
from delegations.queries import days_text
from delegations.registers.past import PastRegister, Sentences
from delegations.registers.reading import Book, read_row
from delegations.services.importing import PastTrip, add_past_trips
from intlcoop.vietnamese.numbers import format_money

#: Our name of a column -> the headers by which it is known (case, accents and what stands in brackets do not count).
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự"),
    "file_number": ("Số", "Số hồ sơ", "Mã hồ sơ"),
    "title": ("Tên đoàn", "Tên đoàn ra", "Tên chuyến đi", "Tên chuyến công tác"),
    "members": ("Danh sách đoàn ra", "Danh sách đoàn", "Thành phần đoàn", "Thành viên đoàn", "Thành viên", "Họ và tên"),
    "head": ("Tên trưởng đoàn", "Trưởng đoàn", "Họ tên trưởng đoàn"),
    "head_post": ("Chức vụ trưởng đoàn", "Chức vụ"),
    "departs": ("Ngày đi", "Ngày xuất cảnh", "Ngày khởi hành", "Từ ngày", "Thời gian đi", "Thời gian từ ngày"),
    "returns": ("Ngày về", "Ngày nhập cảnh", "Đến ngày", "Thời gian về", "Thời gian đến ngày"),
    "span": ("Thời gian", "Thời gian thực hiện", "Thời gian công tác"),
    "request_paper": ("Văn bản xin phép", "Công văn xin phép", "Tờ trình"),
    "permission_paper": ("Văn bản cho phép", "Quyết định cho phép", "Quyết định", "Số quyết định"),
    "unit": ("Đơn vị xin phép", "Đơn vị chủ trì", "Đơn vị", "Cơ quan xin phép"),
    "countries": ("Nước đến", "Quốc gia", "Nước", "Nơi đến", "Nước công tác"),
    "purpose": ("Mục đích", "Mục đích, nội dung", "Nội dung", "Mục đích chuyến đi", "Nội dung công tác"),
    "amount": ("Số tiền", "Kinh phí", "Tổng kinh phí"),
    "funding": ("Nguồn kinh phí", "Nguồn"),
    "inviting": ("Đơn vị mời", "Cơ quan mời", "Bên mời"),
    "report": ("Báo cáo", "Báo cáo kết quả"),
    "plan": ("Kế hoạch", "Trong/ngoài kế hoạch", "Theo kế hoạch"),
    "remark": ("Ghi chú",),
}
NEEDED = (("departs", "span"), ("countries",), ("purpose", "title", "members"))
MARKS = ("departs", "returns", "span", "countries")
#: A trip that the register itself calls off is no trip that was made, so it is not counted here.
CALLED_OFF = ("hoãn", "đã hủy", "đã huỷ", "hủy đoàn", "huỷ đoàn", "không thực hiện", "không đi")


def likeness(trip: PastTrip) -> tuple[Any, ...]:
    names = frozenset(member.full_name.casefold() for member in trip.members)
    return (trip.departs_on, trip.returns_on, frozenset(country.pk for country, _city in trip.places), names)


def trips_alike(wanted: list[PastTrip]) -> dict[Hashable, str]:
    """Trips that were filed here themselves, by what makes them the same: days, countries and people."""
    days: set[dt.date] = {trip.departs_on for trip in wanted if trip.members}
    found = (
        OutboundDelegation.objects.filter(departs_on__in=days, imported__isnull=True)
        .exclude(case__state__in=[OutboundState.CANCELLED, OutboundState.REJECTED, OutboundState.POSTPONED])
        .select_related("case")
        .prefetch_related("members", "legs")
    )
    return {
        (
            trip.departs_on,
            trip.returns_on,
            frozenset(leg.country_id for leg in trip.legs.all()),
            frozenset(member.full_name.casefold() for member in trip.members.all()),
        ): trip.case.number
        for trip in found
    }


def days_of(trip: PastTrip) -> str:
    return days_text(
        OutboundDelegation(departs_on=trip.departs_on, returns_on=trip.returns_on, date_precision=trip.precision)
    )


def words_of(trip: PastTrip) -> str:
    """What will be written, in one line, so that a reader of the dry run sees how the row was understood."""
    countries = ", ".join(dict.fromkeys(country.name for country, _city in trip.places))
    people = _("%(n)d people") % {"n": len(trip.members)} if trip.members else _("nobody named")
    money = "; ".join(
        format_money(amount, currency.code, decimals=currency.decimals) for _s, amount, currency, _n in trip.money
    )
    return " · ".join(part for part in (trip.title, days_of(trip), countries, people, money, str(trip.unit)) if part)


def here(trips: list[PastTrip]) -> dict[Hashable, str]:
    read_before = ImportedTrip.objects.filter(fingerprint__in=[trip.fingerprint for trip in trips])
    return trips_alike(trips) | dict(read_before.values_list("fingerprint", "delegation__case__number"))


TRIPS = PastRegister(
    columns=COLUMNS,
    needed=NEEDED,
    marks=MARKS,
    model=OutboundDelegation,
    book=Book,
    read=read_row,
    called_off=lambda remark: any(word in remark for word in CALLED_OFF) or remark in ("hủy", "huỷ"),
    ends_on=lambda trip: trip.returns_on,
    keys=lambda trip: [trip.fingerprint, likeness(trip)],
    here=here,
    days_of=days_of,
    words_of=words_of,
    add=add_past_trips,
    sentences=Sentences(
        nobody=gettext_lazy("Say in whose name the trips are taken over (--actor USERNAME)."),
        not_over=gettext_lazy("The trip is not over yet (%(days)s). File it as a new trip instead."),
        here=gettext_lazy("Nothing new: this trip is %(number)s."),
        twice=gettext_lazy("Nothing new: the same trip stands in row %(line)d."),
    ),
)
#: Rows whose unit is unknown here go to `default_unit`, if one is given.
import_outbound = TRIPS.take_over
