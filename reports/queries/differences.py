"""What differs between two frozen states of a report: figures, rows that came, went or changed, texts. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from reports.choices import Key, RowKind
from reports.queries.edited import said_by
from reports.queries.figure_names import figure_name
from reports.queries.figures import Row
from reports.queries.narrative.blocks import plain
from reports.queries.reading import figure_said

#: What a reader knows by name; all else that changed in a row is told as "other particulars".
LABELS: dict[str, Any] = {
    "title": gettext_lazy("Title"),
    "unit": gettext_lazy("Unit"),
    "units": gettext_lazy("Units"),
    "state": pgettext_lazy("difference", "State"),
    "mode": gettext_lazy("Form of the delegation"),
    "departs_on": gettext_lazy("Departure"),
    "returns_on": pgettext_lazy("difference", "Return"),
    "first_on": gettext_lazy("First day"),
    "last_on": gettext_lazy("Last day"),
    "signed_on": gettext_lazy("Date of signing"),
    "due_on": gettext_lazy("Due on"),
    "countries": gettext_lazy("Countries"),
    "members": gettext_lazy("Members"),
    "head": gettext_lazy("Head of the delegation"),
    "persons": gettext_lazy("Number of people"),
    "plan": gettext_lazy("Plan"),
    "purpose_text": gettext_lazy("Purpose"),
    "partner": gettext_lazy("Partner"),
    "place": gettext_lazy("Place"),
    "result": gettext_lazy("Result"),
    "funding": gettext_lazy("Money"),
    "spent": gettext_lazy("Money spent"),
    "decision": gettext_lazy("Decision"),
    "highlight_text": gettext_lazy("Text of the highlight"),
    "expected": gettext_lazy("Still to come"),
    "tier": gettext_lazy("Kind of partner"),
    "progress": gettext_lazy("Progress"),
}
KINDS: dict[str, Any] = {
    RowKind.OUTBOUND: gettext_lazy("Outbound delegation"),
    RowKind.INBOUND: gettext_lazy("Inbound delegation"),
    RowKind.EVENT: gettext_lazy("International event"),
    RowKind.AGREEMENT: gettext_lazy("Agreement"),
    RowKind.PARTNER: gettext_lazy("Partner"),
    RowKind.PROJECT: gettext_lazy("Project"),
    RowKind.COMMITMENT: gettext_lazy("Commitment"),
    RowKind.TREATY_REPORT: gettext_lazy("National report on a convention"),
    RowKind.SESSION: gettext_lazy("Session of a mechanism"),
    RowKind.MEETING: gettext_lazy("Recurring meeting"),
    RowKind.WORK: gettext_lazy("Other work"),
    RowKind.POST: gettext_lazy("Post"),
    RowKind.PLAN_LINE: gettext_lazy("Line of the plan"),
    RowKind.UNIT_PART: gettext_lazy("Part of a unit"),
}
#: Codes that the page does not spell out: the two values are told to differ.
CODES = ("state", "mode", "tier", "progress", "decision", "plan", "funding", "spent")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class FigureChange:
    key: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """`number` is empty for what is no file; `key` finds the row's address, which the page fills in as `url`."""

    key: str
    number: str
    kind: str
    title: str
    fields: tuple[FieldChange, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class TextChange:
    title: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    figures: tuple[FigureChange, ...] = ()
    came: tuple[RowChange, ...] = ()
    went: tuple[RowChange, ...] = ()
    changed: tuple[RowChange, ...] = ()
    texts: tuple[TextChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures or self.came or self.went or self.changed or self.texts)


@dataclass(frozen=True, slots=True)
class State:
    """One side: the rows, the figures, and the sections where there are some to compare."""

    rows: Sequence[Row]
    figures: Mapping[str, Any]
    sections: Sequence[Mapping[str, Any]] = ()


def differences(before: State, after: State) -> Differences:
    """Only what differs, in the order of the report."""
    old, new = _by_number(before.rows), _by_number(after.rows)
    both = [number for number in new if number in old and new[number] != old[number]]
    return Differences(
        figures=tuple(figure_changes(before.figures["figures"], after.figures["figures"])),
        came=tuple(_told(new[number]) for number in new if number not in old),
        went=tuple(_told(old[number]) for number in old if number not in new),
        changed=tuple(_told(new[number], field_changes(old[number], new[number])) for number in both),
        texts=tuple(text_changes(before.sections, after.sections)) if before.sections and after.sections else (),
    )


def with_addresses(found: Differences, addresses: Mapping[str, str]) -> Differences:
    """The same, each row with the way to it where the reader may open it."""

    def led(rows: Iterable[RowChange]) -> tuple[RowChange, ...]:
        return tuple(replace(row, url=addresses.get(row.key, "")) for row in rows)

    return replace(found, came=led(found.came), went=led(found.went), changed=led(found.changed))


def _by_number(rows: Iterable[Row]) -> dict[str, Row]:
    return {row["number"]: row for row in rows}


def figure_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FigureChange]:
    """Absent is not zero: a figure that came or went says so."""
    for key in map(str, Key):
        old, new = before.get(key), after.get(key)
        was, now = (figure_said(each) if each else _("no record") for each in (old, new))
        if was != now:
            yield FigureChange(key, figure_name(key), was, now)


def _told(row: Row, fields: tuple[FieldChange, ...] = ()) -> RowChange:
    kind = str(row.get("kind", RowKind.OUTBOUND))
    number = "" if "link" in row else shown(row["number"])
    return RowChange(row["number"], number, str(KINDS.get(kind, kind)), plain(row["title"]), fields)


def field_changes(before: Row, after: Row) -> tuple[FieldChange, ...]:
    names = [name for name in dict.fromkeys([*LABELS, *before, *after]) if before.get(name) != after.get(name)]
    found = [_field(name, before.get(name), after.get(name)) for name in names if name in LABELS]
    if any(name not in LABELS for name in names):
        found.append(FieldChange(_("Other particulars"), "", _("changed")))
    return tuple(found)


def _field(name: str, before: Any, after: Any) -> FieldChange:
    if name in CODES:
        return FieldChange(str(LABELS[name]), "", _("changed"))
    return FieldChange(str(LABELS[name]), words(before), words(after))


def words(value: Any) -> str:
    """A value of a row as a reader writes it."""
    match value:
        case None | "" | [] | {}:
            return _("none")
        case bool():
            return _("yes") if value else _("no")
        case dict():
            return plain(str(value.get("name") or value.get("title") or value.get("number") or _("changed")))
        case list():
            return _short(", ".join(words(each) for each in value))
        case str() if len(value) == 10 and value[4:5] == "-":
            try:
                return table_date(dt.date.fromisoformat(value))
            except ValueError:
                return value
    return _short(plain(str(value)))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"


def text_changes(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[TextChange]:
    """Sections whose running text reads otherwise; annexes are told by their rows."""
    old = {section["key"]: section for section in before if section["level"] != "annex"}
    new = {section["key"]: section for section in after if section["level"] != "annex"}
    for key in dict.fromkeys([*new, *old]):
        was, now = (tuple(said_by(each[key]["blocks"])) if key in each else () for each in (old, new))
        if was != now and key != "closing":
            section = new.get(key) or old[key]
            gone, come = [line for line in was if line not in now], [line for line in now if line not in was]
            yield TextChange(section["title"], tuple(gone), tuple(come))
