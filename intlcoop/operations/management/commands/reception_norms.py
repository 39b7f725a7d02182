"""`manage.py reception_norms --guest-class B --guests 5 --days 2 --mode full --on DATE --json`: what may be spent."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser, ArgumentTypeError
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import translation

from delegations.queries.reception import ceilings_of
from delegations.receiving import BY_SCHEME, Ceiling, Party, total
from delegations.reception_choices import NormClass, NormPart, NormUnit, PayMode, ReceptionItem
from intlcoop.vietnamese.numbers import format_money

SCHEME, NOT_KNOWN = "theo đề án", "chưa có số liệu, cần đối chiếu"


def positive(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:9]) < 10_000 or len(text) > 9:
        raise ArgumentTypeError("cần số nguyên từ 1 đến 9999")
    return int(text)


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError("cần ngày dạng YYYY-MM-DD") from error


class Command(BaseCommand):
    help = "Mức chi tối đa để tiếp một đoàn khách nước ngoài, từng khoản kèm căn cứ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--guest-class", required=True, choices=NormClass.FOREIGN, help="hạng khách")
        parser.add_argument("--guests", required=True, type=positive, help="số khách, kể cả Trưởng đoàn")
        parser.add_argument("--deputies", type=int, choices=range(10), default=0, help="số Phó Trưởng đoàn trong đó")
        parser.add_argument("--days", required=True, type=positive, help="số ngày, kể cả ngày đến và ngày đi")
        parser.add_argument(
            "--nights", type=int, choices=range(1000), metavar="N", help="số đêm (nếu khác số ngày trừ 1)"
        )
        parser.add_argument("--mode", required=True, choices=PayMode.values, help="ai chi trả")
        parser.add_argument("--farewell", action="store_true", help="Đại sứ kết thúc nhiệm kỳ chào từ biệt")
        parser.add_argument("--on", required=True, type=day, help="ngày bắt đầu chương trình, YYYY-MM-DD")
        parser.add_argument("--approved-on", type=day, help="ngày phê duyệt chương trình (mặc định: như --on)")
        parser.add_argument("--json", action="store_true", help="in ra JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        party = Party(
            guest_class=options["guest_class"],
            guests=options["guests"],
            deputies=options["deputies"],
            days=options["days"],
            nights=options["nights"],
            mode=options["mode"],
            starts_on=options["on"],
            approved_on=options["approved_on"],
            is_farewell=options["farewell"],
        )
        with translation.override("vi"):
            self.answer(party, as_json=options["json"])

    def answer(self, party: Party, *, as_json: bool) -> None:
        found = ceilings_of(party)
        if not as_json:
            for each in found:
                label, part = ReceptionItem(each.item).label, NormPart(each.part).label
                self.stdout.write(f"{label} ({part}, {each.persons} người): {words(each)}. {each.citation}".rstrip())
            return
        whole = total(found)
        answer = {
            "guest_class": party.guest_class,
            "guests": party.guests,
            "days": party.days,
            "nights": party.hotel_nights,
            "mode": party.mode,
            "on": party.starts_on.isoformat(),
            "approved_on": (party.approved_on or party.starts_on).isoformat(),
            "norm": next((each.symbol for each in found if each.symbol), None),
            "ceilings": [row_of(each) for each in found],
            "total": number(whole),
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def number(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount)


def words(ceiling: Ceiling) -> str:
    """What a person reads: the sum, or why there is none."""
    if ceiling.amount is None:
        return SCHEME if ceiling.standing == BY_SCHEME else NOT_KNOWN
    agreed = ", nếu chương trình thỏa thuận phía ta chi" if ceiling.if_agreed else ""
    return f"{format_money(ceiling.amount, 'VND', decimals=0)}{agreed}"


def row_of(ceiling: Ceiling) -> dict[str, Any]:
    return {
        "item": ceiling.item,
        "label": str(ReceptionItem(ceiling.item).label),
        "part": ceiling.part,
        "persons": ceiling.persons,
        "times": ceiling.times,
        "unit": str(NormUnit(ceiling.unit).label) if ceiling.unit else None,
        "norm": number(ceiling.norm),
        "amount": number(ceiling.amount),
        "text": words(ceiling),
        "if_agreed": ceiling.if_agreed,
        "citation": ceiling.citation or None,
        "needs_check": ceiling.needs_check,
    }
