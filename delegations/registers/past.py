"""How a register of what is over is taken over, whatever it lists: trips, visits or events.

All or nothing: one wrong row and nothing is saved, so that the register can be mended and read again. Reading it twice adds
nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from delegations.registers.layout import Line, Table, read_table
from delegations.registers.problems import RowUnclear
from delegations.registers.reading import MOST_ROWS
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.models import OrgUnit
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.workflow.refusals import Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User


class Past(Protocol):
    """One line of a register, understood."""

    @property
    def line(self) -> int: ...


P = TypeVar("P", bound=Past)
B = TypeVar("B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """What is said when nobody is named; of a row that is not over, here already, or twice in the register."""

    nobody: Promise
    not_over: Promise
    here: Promise
    twice: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRegister(Generic[P, B]):
    """What makes one register differ from another. The first group of `needed` names the columns of the days.

    `keys(one)` are what makes it the same as another; `here(wanted)` gives the number of the file that has such a key. The first
    key tells whether the register itself names it twice. `words_of` says in one line what will be written, so that a reader of
    the dry run sees how the row was understood. `called_off` looks at the remark in small letters.
    """

    columns: Mapping[str, tuple[str, ...]]
    needed: Sequence[Sequence[str]]
    marks: Sequence[str]
    model: type[models.Model]
    book: Callable[[OrgUnit | None], B]
    read: Callable[[Line, Table, B], P]
    called_off: Callable[[str], bool]
    ends_on: Callable[[P], dt.date]
    keys: Callable[[P], Sequence[Hashable]]
    here: Callable[[list[P]], Mapping[Hashable, str]]
    days_of: Callable[[P], str]
    words_of: Callable[[P], str]
    add: Callable[..., object]
    sentences: Sentences

    def take_over(
        self, data: bytes, *, dry_run: bool, actor: User | None, source: str = "", default_unit: OrgUnit | None = None
    ) -> ImportResult:
        """Take over what is over. `default_unit` is for rows whose unit the register does not say.

        Raises TableUnreadable when the file is no such table, has too many rows, or nobody is named as whose work it is.
        """
        if actor is None:
            raise TableUnreadable(str(self.sentences.nobody))
        table = read_table(data, self.columns, needed=self.needed, marks=self.marks)
        if len(table.lines) > MOST_ROWS:
            raise TableUnreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
        result = ImportResult([RowResult(number, "skip", reason) for number, reason in table.left_out])
        wanted = self.drop_known(self.understand(table, self.book(default_unit), result), result)
        result.rows.sort(key=lambda row: row.line)
        result.saved = not dry_run and not result.has_errors
        if result.saved and wanted:
            self.write(wanted, result, source=(source or _("register"))[:200], actor=actor)
        return result

    def write(self, wanted: list[P], result: ImportResult, *, source: str, actor: User) -> None:
        """What somebody took meanwhile refuses the whole sheet."""
        try:
            with transaction.atomic():
                self.add(wanted, source=source, actor=actor)
        except Refused as refusal:
            result.saved = False
            result.rows.append(RowResult(wanted[0].line, "error", " ".join(refusal.reasons)))

    def understand(self, table: Table, book: B, result: ImportResult) -> list[P]:
        """What the lines add; a result for each line that adds nothing."""
        wanted = []
        here = self.known_numbers(table)
        for line in table.lines:
            if (number := normalise_number(line.text("file_number"))) in here:
                text = _("%(number)s is here already.") % {"number": shown(number)}
                result.rows.append(RowResult(line.number, "skip", text))
                continue
            try:
                one = self.read(line, table, book)
            except RowUnclear as unclear:
                result.rows.append(RowResult(line.number, "error", " ".join(unclear.sentences)))
                continue
            remark = line.text("remark")
            if self.called_off(remark.lower()):
                text = _("Not taken over: the register says “%(remark)s”.") % {"remark": remark[:80]}
                result.rows.append(RowResult(line.number, "skip", text))
            elif self.ends_on(one) >= timezone.localdate():
                text = table.says(
                    table.first_of(*self.needed[0]), line.number, self.sentences.not_over % {"days": self.days_of(one)}
                )
                result.rows.append(RowResult(line.number, "error", text))
            else:
                wanted.append(one)
        return wanted

    def known_numbers(self, table: Table) -> set[str]:
        numbers = {normalise_number(line.text("file_number")) for line in table.lines} - {""}
        found = self.model._default_manager.filter(case__number__in=numbers)
        return set(found.values_list("case__number", flat=True)) if numbers else set()

    def drop_known(self, wanted: list[P], result: ImportResult) -> list[P]:
        """Without what is here already, and what the register names twice; a result for every one."""
        first = {self.keys(one)[0]: one.line for one in reversed(wanted)}
        here = self.here(wanted)
        kept = []
        for one in wanted:
            keys = self.keys(one)
            if number := next((here[key] for key in keys if key in here), None):
                result.rows.append(RowResult(one.line, "skip", self.sentences.here % {"number": shown(number)}))
            elif first[keys[0]] != one.line:
                result.rows.append(RowResult(one.line, "skip", self.sentences.twice % {"line": first[keys[0]]}))
            else:
                kept.append(one)
                result.rows.append(RowResult(one.line, "create", self.words_of(one)))
        return kept
