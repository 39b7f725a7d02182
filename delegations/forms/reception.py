"""The forms of a reception: costs, records of meetings with photos, items of the programme, gifts, norms."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.forms.rows import Stamped
from delegations.forms.people import StaffBook
from delegations.forms.visit_fields import STAFF, hour_field
from delegations.models import MeetingRecord, ProgrammeItem
from delegations.queries.programme import half_of, halves_of, outside_words
from delegations.reception_choices import RATED, CostRate, HalfDay, PayMode, ReceptionItem
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.web.forms import AmountField, DayField, LineField, LongTextField, PortalForm, row, section
from intlcoop.web.row_forms import RowForm, row_set

NO_CHOICE = ("", "—")
PICTURES = ("image/png", "image/jpeg")


def in_order(form: Any, cleaned: dict[str, Any]) -> None:
    """An end before its beginning is said beside the end."""
    if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
        form.add_error("ends", gettext("The end cannot be before the beginning."))


# --- costs ------------------------------------------------------------------------------------------------------------


class ReceptionForm(Stamped, PortalForm):
    summary = False
    mode = forms.ChoiceField(
        label=_("Who pays for the guests?"),
        choices=PayMode.choices,
        widget=forms.RadioSelect,
    )
    approved_on = DayField(
        label=_("Programme approved on"),
        required=False,
        help_text=_("Programmes approved and begun before 18/05/2026 are settled by the old norm."),
    )
    approval_paper = LineField(label=_("Paper that approves the programme"), max_length=200, required=False)
    nights = forms.IntegerField(
        label=_("Nights"),
        required=False,
        min_value=0,
        max_value=365,
        help_text=_("Empty: one night less than days."),
    )
    is_farewell = forms.BooleanField(label=_("Farewell of an ambassador at the end of the term"), required=False)
    note = LongTextField(label=_("Note"), max_length=2000, rows=2, required=False)

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Who pays, and by which norm?"),
                "mode",
                row("approved_on", "approval_paper"),
                row("nights", "is_farewell"),
                "note",
            )
        )


class CostForm(RowForm):
    item = forms.ChoiceField(label=_("Cost item"), choices=[NO_CHOICE, *ReceptionItem.choices])
    description = LineField(label=_("What it is for"), max_length=200, required=False)
    quantity = AmountField(
        label=_("Pages or hours"), required=False, max_digits=7, decimal_places=1, help_text=_("Of translation.")
    )
    rate = forms.ChoiceField(
        label=_("How it is reckoned"), choices=[("", _("By the norm")), *CostRate.choices], required=False,
        help_text=_("Of translation and interpreting."),
    )  # fmt: skip
    amount = AmountField(label=_("Amount (đồng)"), max_digits=14, decimal_places=0, min_value=0)
    reason = LineField(label=_("Why it is beyond the norm"), max_length=600, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        quantity = cleaned.get("quantity")
        if quantity is not None and quantity <= 0:
            self.add_error("quantity", gettext("Enter a number larger than zero, or leave it empty."))
        rate, item = cleaned.get("rate"), cleaned.get("item")
        if rate and item and item not in RATED[rate]:
            names = ", ".join(str(each.label) for each in RATED[rate])
            self.add_error("rate", gettext("This holds only for: %(items)s.") % {"items": names})
        return cleaned

    def layout(self) -> Layout:
        return Layout("id", row("item", "description"), row("quantity", "rate"), row("amount", "reason"))


CostSet = row_set(CostForm)


# --- records of meetings ----------------------------------------------------------------------------------------------


class RecordForm(Stamped, PortalForm):
    summary = False
    title = LineField(label=_("Name of the meeting"), max_length=300)
    held_on = DayField(label=_("Day of the meeting"))
    starts = hour_field(_("From (hour)"))
    ends = hour_field(_("Until (hour)"))
    place = LineField(label=_("Venue"), max_length=300, required=False)
    partner = PartnerField(label=_("Partner in the list"), required=False)
    chair = LineField(label=_("Who chaired"), max_length=200, required=False)
    secretary = LineField(label=_("Who kept the minutes"), max_length=200, required=False)
    our_side = LongTextField(
        label=_("Present on our side"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("One person per line: name, post, unit."),
    )
    their_side = LongTextField(
        label=_("Present on the guests’ side"),
        max_length=6000,
        rows=4,
        required=False,
        help_text=_("One person per line: name, post, body."),
    )
    topics = LongTextField(label=_("What was discussed"), max_length=8000, rows=5)
    results = LongTextField(label=_("What came of it"), max_length=8000, rows=5, required=False)
    minutes_due = forms.BooleanField(
        label=_("Minutes are due"), required=False, help_text=_("Not of a courtesy call, as a rule.")
    )
    minutes_number = LineField(label=_("Number of the minutes"), max_length=60, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != "inbound":
            self.fields["their_side"].label = _("Present on the other side")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned)
        return cleaned

    def layout(self) -> Layout:
        return Layout(
            section(
                _("Which meeting?"),
                "title",
                row("held_on", "place"),
                row("starts", "ends"),
                "partner",
                anchor="cuoc-hop",
            ),
            section(_("Who was there?"), row("chair", "secretary"), row("our_side", "their_side"), anchor="thanh-phan"),
            section(_("What was said, and what came of it?"), "topics", "results", anchor="noi-dung-lam-viec"),
            section(_("Minutes"), row("minutes_due", "minutes_number"), anchor="bien-ban"),
        )


class PointForm(RowForm):
    text = LongTextField(label=_("What was agreed"), max_length=2000, rows=2)

    def layout(self) -> Layout:
        return Layout("id", "text")


PointSet = row_set(PointForm)


def record_initial(record: MeetingRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in RecordForm.base_fields}


class PhotoForm(GuardedFilesForm, PortalForm):
    photo = GuardedFileField(label=_("Photo (PNG or JPG)"))
    caption = LineField(
        label=_("Caption"), max_length=300, help_text=_("Who is to be seen, from left to right; where and when.")
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, _upload, inspection in self.inspected():
            if inspection.ok and inspection.content_type not in PICTURES:
                self.add_error(name, ValidationError(gettext("Choose a picture: PNG or JPG.")))
        return cleaned

    def layout(self) -> Layout:
        return Layout("photo", "no_secret_declared", "caption")


# --- programme --------------------------------------------------------------------------------------------------------


class ItemForm(Stamped, PortalForm):
    """One item of the programme, in the languages of both sides."""

    day = DayField(label=_("Day"))
    half = forms.ChoiceField(
        label=_("Half-day"), choices=[("", _("As the hour says")), *HalfDay.choices], required=False
    )
    starts = hour_field(_("From (hour)"))
    ends = hour_field(_("Until (hour)"))
    what = LineField(label=_("What takes place"), max_length=300)
    what_en = LineField(label=_("In English"), max_length=300, required=False)
    place = LineField(label=_("Venue"), max_length=300, required=False)
    place_en = LineField(label=_("Place, in English"), max_length=300, required=False)
    counterpart = LineField(label=_("With whom"), max_length=300, required=False)
    counterpart_en = LineField(label=_("With whom, in English"), max_length=300, required=False)
    speaker = LineField(label=_("Who speaks"), max_length=200, required=False)
    leader = LineField(
        label=_("Our leader who takes part"),
        max_length=160,
        required=False,
        help_text=_("Choose from the list: by this it is seen whether the leader is free."),
        widget=forms.TextInput(attrs={"list": "nguoi-cua-bo", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, case: Any, staff: StaffBook, item: ProgrammeItem | None = None, **kwargs: Any
    ) -> None:
        self.case, self.staff, self.item = case, staff, item
        super().__init__(*args, **kwargs)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if problem := outside_words(self.case, day):
            raise ValidationError(problem)
        return day

    def clean_leader(self) -> Any:
        text = self.cleaned_data["leader"]
        if not text:
            return None
        written = STAFF.search(text)
        found = self.staff.by_username(written["username"]) if written else self.staff.by_name(text, "")
        if found is None:
            raise ValidationError(
                gettext("“%(name)s” is not in the list of our people. Choose from the list.") % {"name": text}
            )
        return found.user

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned)
        self.choose_half(cleaned)
        return cleaned

    def choose_half(self, cleaned: dict[str, Any]) -> None:
        """The hour says in which half-day an item lies; only without one it has to be chosen."""
        hour, half = cleaned.get("starts"), cleaned.get("half")
        if "starts" in self.errors or "half" in self.errors:
            return
        if hour is None and not half:
            self.add_error("half", gettext("Choose the half-day, or write the hour."))
        elif hour is not None and half and half not in halves_of(hour):
            text = gettext("%(hour)s does not lie in the half-day that you chose. Correct one of the two.")
            self.add_error("half", text % {"hour": f"{hour:%H:%M}"})
        elif hour is not None and not half:
            cleaned["half"] = half_of(hour)

    def layout(self) -> Layout:
        return Layout(
            section(_("When?"), row("day", "half"), row("starts", "ends"), anchor="khi-nao"),
            section(
                _("What, where, with whom?"),
                row("what", "what_en"),
                row("place", "place_en"),
                row("counterpart", "counterpart_en"),
                anchor="noi-dung-chuong-trinh",
            ),
            section(_("Who of ours?"), row("leader", "speaker"), anchor="phia-ta"),
        )


def item_initial(item: ProgrammeItem | None, staff: StaffBook) -> dict[str, Any]:
    if item is None:
        return {}
    found = {name: getattr(item, name) for name in ItemForm.base_fields if name != "leader"}
    if item.starts is not None and item.half == half_of(item.starts):
        found["half"] = ""
    leader = item.leader
    return found | {"leader": f"{leader.full_name} ({leader.username})" if leader is not None else ""}
