"""Taking over the annex of a circular: per-diem norms by group of countries, from a workbook. All rows or none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from delegations.choices import ExpenseItem, PersonClass
from delegations.models import CountryGroup, NormTable, PerDiemNorm
from delegations.registers.places import Atlas
from delegations.registers.problems import CellUnclear
from delegations.services.norms import save_country_group, set_norm
from intlcoop.catalogues.models import Country, Currency
from intlcoop.exporting.table_reading import read_xlsx
from intlcoop.exporting.tables import Column, to_xlsx
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.vietnamese.dates import parse_date
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.numbers import parse_number
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User

GROUP, COUNTRIES, ITEM, CLASS, AMOUNT, CURRENCY, FIRST, LAST, CITATION = (
    "Nhóm nước", "Các nước", "Khoản chi", "Mức", "Số tiền", "Loại tiền", "Từ ngày", "Đến ngày", "Điều, phụ lục",
)  # fmt: skip
REQUIRED = (GROUP, ITEM, CLASS, AMOUNT, CURRENCY)
#: How the annexes name the items, folded.
ITEM_WORDS = {
    "tien phong": ExpenseItem.LODGING,
    "tien thue phong": ExpenseItem.LODGING,
    "tien thue phong nghi": ExpenseItem.LODGING,
    "tien an": ExpenseItem.MEALS,
    "tien an va tieu vat": ExpenseItem.MEALS,
    "tien an tieu vat": ExpenseItem.MEALS,
    "tien thue phuong tien tu san bay": ExpenseItem.TRANSFER,
    "phuong tien tu san bay": ExpenseItem.TRANSFER,
}
ALL_OTHERS = ("cac nuoc khac", "cac nuoc con lai")
LARGEST = Decimal(10) ** 13


@dataclass(frozen=True, slots=True)
class Wanted:
    group: str
    countries: list[Country]
    item: str
    person_class: str
    amount: Decimal
    currency: Currency
    first: dt.date
    last: dt.date | None
    citation: str


def template() -> bytes:
    """An empty workbook with the columns that `import_norms` reads."""
    headers = (GROUP, COUNTRIES, ITEM, CLASS, AMOUNT, CURRENCY, FIRST, LAST, CITATION)
    return to_xlsx("Định mức", [Column(header, lambda row: "", width=22) for header in headers], [])


def import_norms(data: bytes, table: NormTable, *, reason: str, dry_run: bool, actor: User) -> ImportResult:
    """Write the norms of a sheet into a table, making groups where they are missing; the same sheet twice changes nothing.

    Raises TableUnreadable when the file is no such table, NotAllowed.
    """
    rows = read_xlsx(data, required=REQUIRED)
    book = _Book(table)
    result = ImportResult()
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    action, message = _take_over(book.understand(row), table, reason, actor)
            except CellUnclear as problem:
                action, message = "error", str(problem)
            except NotAllowed:
                raise
            except Refused as refusal:
                action, message = "error", " ".join(refusal.reasons)
            result.rows.append(RowResult(row.number, action, message))
        result.saved = not dry_run and not result.has_errors
        transaction.set_rollback(not result.saved)
    return result


def _take_over(wanted: Wanted, table: NormTable, reason: str, actor: User) -> tuple[str, str]:
    group = CountryGroup.objects.filter(table=table, name=wanted.group).first()
    there = {row.country_id: row.country for row in group.countries.select_related("country")} if group else {}
    countries = there | {country.pk: country for country in wanted.countries}
    if group is None or countries.keys() != there.keys():
        group = save_country_group(
            group,
            table,
            name=wanted.group,
            is_rest=group.is_rest if group else fold(wanted.group) in ALL_OTHERS,
            countries=countries.values(),
            position=group.position if group else 10 * (table.groups.count() + 1),
            actor=actor,
        )
    words = {
        "group": wanted.group,
        "item": ExpenseItem(wanted.item).label,
        "class": wanted.person_class,
        "amount": f"{wanted.amount:f} {wanted.currency.code}",
    }
    same = PerDiemNorm.objects.filter(
        group=group,
        item=wanted.item,
        person_class=wanted.person_class,
        amount=wanted.amount,
        currency=wanted.currency,
        valid_from=wanted.first,
    )
    if same.exists():
        return "skip", _("%(group)s, %(item)s, class %(class)s: %(amount)s stands there already.") % words
    set_norm(
        group,
        item=wanted.item,
        person_class=wanted.person_class,
        amount=wanted.amount,
        currency=wanted.currency,
        valid_from=wanted.first,
        valid_until=wanted.last,
        citation=wanted.citation,
        reason=reason,
        actor=actor,
    )
    return "create", _("%(group)s, %(item)s, class %(class)s: %(amount)s.") % words


class _Book:
    """What the lines are compared with; loaded once."""

    def __init__(self, table: NormTable) -> None:
        self.table = table
        self.atlas = Atlas()
        self.currencies = {each.code: each for each in Currency.objects.all()}
        self.items = {fold(str(item.label)): item for item in ExpenseItem} | {item.value: item for item in ExpenseItem}
        self.items |= ITEM_WORDS

    def understand(self, row: Any) -> Wanted:
        """Raises CellUnclear with a sentence for what cannot be understood."""
        texts = {name: str(row.get(name) if row.get(name) is not None else "").strip() for name in REQUIRED}
        for name in REQUIRED:
            if not texts[name]:
                raise CellUnclear(_("“%(column)s” is empty.") % {"column": name})
        item = self.items.get(fold(texts[ITEM]))
        if item is None:
            raise CellUnclear(_("“%(value)s” is not an item known here.") % {"value": texts[ITEM][:60]})
        person_class = texts[CLASS].upper().removeprefix("MỨC").strip()
        if person_class not in PersonClass.values:
            values = {"column": CLASS, "value": texts[CLASS][:20]}
            raise CellUnclear(_("“%(column)s” must be A or B, not “%(value)s”.") % values)
        currency = self.currencies.get(texts[CURRENCY].upper())
        if currency is None:
            raise CellUnclear(_("There is no currency “%(value)s”.") % {"value": texts[CURRENCY][:20]})
        countries = str(row.get(COUNTRIES) or "").strip()
        return Wanted(
            group=texts[GROUP][:120],
            countries=[place.country for place in self.atlas.places(countries)] if countries else [],
            item=item,
            person_class=person_class,
            amount=_amount(row.get(AMOUNT)),
            currency=currency,
            first=_day(FIRST, row.get(FIRST)) or self.table.valid_from,
            last=_day(LAST, row.get(LAST)),
            citation=str(row.get(CITATION) or "")[:200],
        )


def _amount(value: Any) -> Decimal:
    try:
        amount = Decimal(str(value)) if isinstance(value, int | float) else parse_number(str(value))
    except (ValueError, InvalidOperation):
        raise CellUnclear(
            _("“%(value)s” is not an amount. Write it like 1.234.567 or 1.234.567,5.") % {"value": str(value)[:40]}
        ) from None
    if not amount.is_finite() or amount < 0:
        raise CellUnclear(_("An amount cannot be negative."))
    if amount > LARGEST:
        raise CellUnclear(_("“%(value)s” is too large for a norm.") % {"value": str(value)[:40]})
    return amount.quantize(Decimal("0.01"))


def _day(column: str, value: Any) -> dt.date | None:
    if value in (None, ""):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return parse_date(str(value))
    except ValueError:
        message = _("“%(column)s”: “%(value)s” is not a date. Write day/month/year, for example 25/11/2026.")
        raise CellUnclear(message % {"column": column, "value": str(value)[:40]}) from None
