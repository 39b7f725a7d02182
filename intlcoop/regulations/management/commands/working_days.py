"""`manage.py working_days DATE N`: the date N working days after (before, if N < 0) DATE, as one ISO date."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intlcoop.regulations.models import Holiday
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days
from intlcoop.vietnamese.dates import parse_date, table_date


class Command(BaseCommand):
    help = "Ngày sau (trước, nếu N âm) một ngày cho trước N ngày làm việc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "date", metavar="DATE", help="ngày bắt đầu, YYYY-MM-DD hoặc dd/mm/yyyy; ngày này không tính"
        )
        parser.add_argument("n", metavar="N", type=int, help="số ngày làm việc; số âm thì tính lùi")

    def handle(self, *args: Any, **options: Any) -> None:
        start, n = self._day(options["date"]), options["n"]
        try:
            end = add_working_days(start, n, calendar())
        except OverflowError as error:
            raise CommandError(f"{n} ngày làm việc vượt ra ngoài các năm từ 1 đến 9999.") from error
        self._say_what_is_open(min(start, end), max(start, end))
        self.stdout.write(end.isoformat())

    def _day(self, text: str) -> dt.date:
        try:
            return parse_date(text)
        except ValueError as error:
            raise CommandError(f"“{text}” không phải là ngày. Ghi YYYY-MM-DD, ví dụ 2026-11-25.") from error

    def _say_what_is_open(self, first: dt.date, last: dt.date) -> None:
        """Beside the answer, not in it: which years are not decided, and which are not recorded at all."""
        known = dict(
            Holiday.objects.filter(day__year__range=(first.year, last.year))
            .order_by("needs_check")
            .values_list("day__year", "needs_check")
        )
        open_days = Holiday.objects.filter(day__range=(first, last), needs_check=True).first()
        if open_days is not None:
            self.stderr.write(
                f"Lưu ý: lịch nghỉ năm {open_days.day.year} chưa đối chiếu với văn bản chính thức"
                f" (ví dụ {table_date(open_days.day)}, {open_days.name_vi})."
            )
        missing = [year for year in (first.year, last.year) if year not in known]
        if missing:
            self.stderr.write(f"Lưu ý: chưa có lịch nghỉ của năm {missing[0]}; chỉ tính thứ Bảy, Chủ nhật.")
