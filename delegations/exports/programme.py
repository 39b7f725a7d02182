"""Chương trình làm việc: the programme by half-days, in Vietnamese and English side by side (domain.md B.12)."""

from __future__ import annotations

import datetime as dt

from delegations.exports import particulars as p
from delegations.models import ProgrammeItem
from delegations.queries.programme import by_half_days, span_of
from delegations.reception_choices import HalfDay
from intlcoop.exporting.papers import Block, Head, Heading, Paper, Paragraph, Recipients, Signature, Table
from intlcoop.people.choices import Role
from intlcoop.people.titles import load_titles, office_title
from intlcoop.vietnamese.dates import date_range, long_date
from intlcoop.workflow.models import Case

HALVES = {
    HalfDay.MORNING: ("Buổi sáng", "Morning"),
    HalfDay.AFTERNOON: ("Buổi chiều", "Afternoon"),
    HalfDay.EVENING: ("Buổi tối", "Evening"),
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def programme(case: Case) -> Paper:
    ministry = p.ministry()
    unit = case.unit
    first, last = span_of(case)
    items = list(ProgrammeItem.objects.filter(case=case).select_related("leader"))
    days = f"{date_range(first, last)} / {english_range(first, last)}" if first and last else ""
    return Paper(
        head=Head(issuer=unit.name_vi, superior=ministry.name, place=unit.place or ministry.place),
        title="Chương trình làm việc / Programme",
        subject=case.title,
        blocks=(Paragraph(days, align="center", italic=True, indent=False), *tables(items)),
        recipients=Recipients(
            items=(
                "Lãnh đạo Bộ (để báo cáo)",
                "Phía khách" if case.kind == "inbound" else "Phía đối tác",
                ministry.icd_name,
            ),
            filed="VT",
        ),
        signature=Signature(title=office_title(load_titles(), Role.HEAD, unit).vi),
        end_mark=False,
    )


def tables(items: list[ProgrammeItem]) -> list[Block]:
    blocks: list[Block] = []
    for day in by_half_days(items):
        blocks.append(Heading(f"{long_date(day.day)} / {english_day(day.day)}", 2))
        rows = [row_of(item) for half in day.halves for item in half.items]
        blocks.append(
            Table(
                headers=("Thời gian\nTime", "Nội dung", "Activity", "Địa điểm\nPlace"),
                rows=tuple(rows),
                widths=(2.9, 5.2, 5.2, 3.7),
                aligns=("center", "left", "left", "left"),
            )
        )
    return blocks or [Paragraph(p.BLANK)]


def row_of(item: ProgrammeItem) -> tuple[str, str, str, str]:
    vi, en = HALVES[HalfDay(item.half)]
    hours = "–".join(f"{hour:%H:%M}" for hour in (item.starts, item.ends) if hour)
    people = [
        f"Với: {item.counterpart}" if item.counterpart else "",
        led_by(item),
        f"Phát biểu: {item.speaker}" if item.speaker else "",
    ]
    english = [f"With: {item.counterpart_en}" if item.counterpart_en else ""]
    place = "\n".join(dict.fromkeys(filter(None, (item.place, item.place_en))))
    return (
        f"{vi}\n{en}" + (f"\n{hours}" if hours else ""),
        "\n".join(filter(None, (item.what, *people))),
        "\n".join(filter(None, (item.what_en, *english))),
        place,
    )


def led_by(item: ProgrammeItem) -> str:
    return f"Phía Việt Nam: {item.leader.full_name}" if item.leader is not None else ""


def english_day(day: dt.date) -> str:
    """ "Tuesday, 24 November 2026", whatever language the page has."""
    return f"{DAYS[day.weekday()]}, {english_date(day)}"


def english_date(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def english_range(first: dt.date, last: dt.date) -> str:
    return english_date(first) if first == last else f"from {english_date(first)} to {english_date(last)}"
