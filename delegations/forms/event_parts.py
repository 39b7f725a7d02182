"""What people type about those who come to an event, about its work and its report."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations.event_choices import Answer, EventPart, EventSide
from delegations.models import EventPerson, EventReport, EventWork
from intlcoop.catalogues.models import Country
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc
from intlcoop.web.forms import LongTextField, PortalForm, PortalModelForm, row, section

MOST_AT_ONCE = 2000
NAME_LENGTH = 160
#: The columns of a sheet: field, and the heads by which it is known (folded).
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("full_name", ("ho ten", "ho va ten", "ten", "name", "full name")),
    ("post", ("chuc vu", "chuc danh", "post", "title", "position")),
    ("body", ("co quan", "don vi", "to chuc", "body", "organisation", "organization")),
    ("country", ("nuoc", "quoc gia", "quoc tich", "country")),
    ("subject", ("tham luan", "chu de", "bao cao", "subject", "topic")),
    ("note", ("ghi chu", "note")),
)
#: The first columns of a sheet without heads.
USUAL = ("full_name", "post", "body", "country", "subject", "note")


class OfEventForm(PortalModelForm):
    """The service writes and checks; the row is not touched by a form."""

    def _post_clean(self) -> None: ...


class PersonForm(OfEventForm):
    class Meta(PortalModelForm.Meta):
        model = EventPerson
        fields = [
            "full_name", "part", "side", "post", "body", "country", "rank", "subject", "answer", "invited_on",
            "answered_on", "attended", "note",
        ]  # fmt: skip
        widgets = {"side": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.filter(Q(is_active=True) | Q(pk=self.instance.country_id))
        self.fields["country"].queryset = countries  # type: ignore[attr-defined]
        self.fields["full_name"].help_text = _("As the person writes it, in any script.")
        self.fields["rank"].help_text = _("Of foreign guests it decides who permits the event.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        invited, answered = cleaned.get("invited_on"), cleaned.get("answered_on")
        if cleaned.get("answer") == Answer.NOT_INVITED and answered:
            self.add_error(
                "answer", gettext("Nobody answers before being invited. Choose the answer, or clear its day.")
            )
        if invited and answered and answered < invited:
            self.add_error("answered_on", gettext("The answer cannot come before the invitation."))
        return cleaned

    def layout(self) -> Layout:
        return Layout(
            section(_("Who?"), "full_name", row("post", "body"), row("country", "side"), anchor="ai"),
            section(_("As what?"), row("part", "rank"), "subject", anchor="vai-tro"),
            section(
                _("Invitation and answer"), row("answer", "invited_on"), row("answered_on", "attended"), "note",
                anchor="moi",
            ),
        )  # fmt: skip


class PasteForm(PortalForm):
    """Rows copied from a sheet: one person a line, the columns apart by a tab or a semicolon."""

    rows = LongTextField(label=_("Rows of the sheet"), max_length=400_000, rows=12)
    side = forms.ChoiceField(label=_("Side"), choices=EventSide, widget=forms.RadioSelect, initial=EventSide.FOREIGN)
    part = forms.ChoiceField(label=_("Part in the event"), choices=EventPart, initial=EventPart.DELEGATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rows"].help_text = _(
            "Columns: name, post, body, country, subject, note. With a line of heads they may stand in any order. Names in any "
            "script are kept as they are."
        )

    def clean_rows(self) -> list[dict[str, Any]]:
        rows, problems = read_rows(self.cleaned_data["rows"], countries_by_name())
        if problems:
            raise ValidationError(problems[:20])
        if not rows:
            raise ValidationError(gettext("No row was found. Copy the rows of the sheet and paste them here."))
        if len(rows) > MOST_AT_ONCE:
            raise ValidationError(gettext("At most %(n)s rows at once.") % {"n": MOST_AT_ONCE})
        return rows

    @property
    def people(self) -> list[dict[str, Any]]:
        shared = {"side": self.cleaned_data["side"], "part": self.cleaned_data["part"]}
        return [{**each, **shared} for each in self.cleaned_data["rows"]]

    def layout(self) -> Layout:
        return Layout(row("side", "part"), "rows")


def countries_by_name() -> dict[str, Country]:
    found: dict[str, Country] = {}
    for country in Country.objects.all():
        for name in (country.name_vi, country.name_en, country.iso2):
            if name:
                found.setdefault(fold(name), country)
    return found


def read_rows(text: str, countries: Mapping[str, Country]) -> tuple[list[dict[str, Any]], list[str]]:
    """(rows, sentences about rows that cannot be taken). Empty lines are passed over; a line of heads is understood."""
    lines = [line for line in re.split(r"\r\n|\r|\n", text) if line.strip(" \t;")]
    if not lines:
        return [], []
    separator = "\t" if any("\t" in line for line in lines) else ";"
    heads = heads_of(lines[0].split(separator))
    columns: Sequence[str] = heads or USUAL
    rows, problems, seen = [], [], set()
    for number, line in enumerate(lines[1:] if heads else lines, start=2 if heads else 1):
        values = dict(zip(columns, (" ".join(nfc(cell).split()) for cell in line.split(separator)), strict=False))
        found, problem = row_of(values, countries)
        if problem:
            problems.append(gettext("Row %(number)s: %(problem)s") % {"number": number, "problem": problem})
        elif found and (key := (found["full_name"], found["body"])) not in seen:
            seen.add(key)
            rows.append(found)
    return rows, problems


def heads_of(cells: Sequence[str]) -> list[str]:
    """The fields of the columns by their heads; empty when the first line is no line of heads."""
    known = {head: field for field, heads in COLUMNS for head in heads}
    found = [known.get(fold(cell).strip(), "") for cell in cells]
    return found if "full_name" in found else []


def row_of(values: Mapping[str, str], countries: Mapping[str, Country]) -> tuple[dict[str, Any] | None, str]:
    name = values.get("full_name", "")
    if not name:
        return None, gettext("the name is missing.")
    if len(name) > NAME_LENGTH:
        return None, gettext("the name is longer than %(n)s characters.") % {"n": NAME_LENGTH}
    row: dict[str, Any] = {"full_name": name, "country": None}
    for field, longest in (("post", 200), ("body", 200), ("subject", 300), ("note", 300)):
        text = values.get(field, "")
        if len(text) > longest:
            return None, gettext("“%(text)s…” is longer than %(n)s characters.") % {"text": text[:30], "n": longest}
        row[field] = text
    if said := values.get("country", ""):
        row["country"] = countries.get(fold(said))
        if row["country"] is None:
            return None, gettext("the country “%(name)s” is not in the list.") % {"name": said[:60]}
    return row, ""


class WorkForm(OfEventForm):
    class Meta(PortalModelForm.Meta):
        model = EventWork
        fields = ["stream", "title", "unit", "owner", "due_on", "note"]

    def __init__(self, *args: Any, units: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["owner"].label_from_instance = lambda person: str(person.full_name)  # type: ignore[attr-defined]
        self.fields["owner"].help_text = _("Gets the reminders.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("unit") and not cleaned.get("owner") and "owner" not in self.errors:
            self.add_error("owner", gettext("Say who does it: a person or a unit."))
        return cleaned

    def layout(self) -> Layout:
        return Layout("stream", "title", row("unit", "owner"), "due_on", "note")


class ReportForm(OfEventForm):
    class Meta(PortalModelForm.Meta):
        model = EventReport
        fields = [
            "vietnamese_count", "foreign_count", "countries_text", "content", "results", "assessment",
            "recommendations", "spent_vnd", "number", "sent_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].help_text = _("When the report went out; until then the file stays open.")

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Who was there?"), row("vietnamese_count", "foreign_count"), "countries_text", anchor="thanh-phan"
            ),
            section(_("What came of it?"), "content", "results", "assessment", anchor="ket-qua"),
            section(_("What is recommended?"), "recommendations", "spent_vnd", anchor="kien-nghi"),
            section(_("Sent"), row("number", "sent_on"), anchor="gui"),
        )
