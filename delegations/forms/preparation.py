"""The form of one task of the preparation, and of the tasks that the checklists are made of."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from delegations.choices import Particulars, PassportKind, PreparationState, PreparedKind
from delegations.models import InboundDelegation, PreparationTask
from delegations.queries.preparation import Prepared, ToPrepare
from intlcoop.people.choices import Role, UnitFunction
from intlcoop.people.models import Appointment, User
from intlcoop.web.forms import NOTHING, DayField, LineField, PortalForm, PortalModelForm, row, section


def helpers_of(trip: Prepared) -> QuerySet[User]:
    """Whom a task can be given to: the filing unit, the department of cooperation, and who travels or receives."""
    today = timezone.localdate()
    at_work = Appointment.objects.on(today).exclude(role__in=Role.OUTSIDE_BUSINESS)
    in_unit = at_work.filter(unit=trip.case.unit).values("person")
    in_icd = at_work.filter(unit__function=UnitFunction.ICD).values("person")
    if isinstance(trip, InboundDelegation):
        travels = [trip.host_id] if trip.host_id else []
    else:
        travels = [member.person_id for member in trip.members.all() if member.person_id]
    people = User.objects.filter(is_active=True)
    found = people.filter(pk__in=in_unit) | people.filter(pk__in=in_icd) | people.filter(pk__in=travels)
    return found.distinct().order_by("sort_key", "pk")


class PreparationForm(PortalForm):
    """What became of a task; only the particulars that it asks are there."""

    state = forms.ChoiceField(label=_("State"), choices=PreparationState, widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(
        label=_("Who does it"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Reminders go to this person, else to whoever filed the trip or visit."),
    )
    done_on = DayField(label=_("Done on"), required=False, help_text=_("Today, when left empty."))
    passport_kind = forms.ChoiceField(
        label=_("Kind of passport"), choices=[("", NOTHING), *PassportKind.choices], required=False
    )
    passport_expires_on = DayField(
        label=_("Passport valid until"), required=False, help_text=_("Never write the number of the passport here.")
    )
    document_number = LineField(label=_("Number of the document"), max_length=60, required=False)
    document_date = DayField(label=_("Date of the document"), required=False)
    note = LineField(label=_("Note"), max_length=300, required=False)
    reason = LineField(label=_("Why it is not needed"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, trip: Prepared, line: ToPrepare, **kwargs: Any) -> None:
        self.particulars = line.task.particulars
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = helpers_of(trip)  # type: ignore[attr-defined]
        for name in set(self.fields) - set(self.shown()):
            del self.fields[name]

    def shown(self) -> list[str]:
        more = {
            Particulars.PASSPORT: ["passport_kind", "passport_expires_on"],
            Particulars.DOCUMENT: ["document_number", "document_date"],
        }.get(self.particulars, [])  # type: ignore[call-overload]
        return ["state", *more, "done_on", "owner", "note", "reason", "seen"]

    def layout(self) -> Layout:
        pairs = {
            Particulars.PASSPORT: [row("passport_kind", "passport_expires_on")],
            Particulars.DOCUMENT: [row("document_number", "document_date")],
        }.get(self.particulars, [])  # type: ignore[call-overload]
        return Layout("state", *pairs, row("done_on", "owner"), "note", "reason", "seen")


class PreparationTaskForm(PortalModelForm):
    """A wording of a task from a day on."""

    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Short, in Latin letters; never changes."))
    change_reason = LineField(label=_("Why it is changed"), max_length=300)

    class Meta(PortalModelForm.Meta):
        model = PreparationTask
        fields = [
            "valid_from",
            "file_kind",
            "checklist",
            "position",
            "name_vi",
            "name_en",
            "prepared_for",
            "condition",
            "particulars",
            "anchor",
            "working_days",
            "instrument",
            "citation",
            "needs_check",
            "raises_alarm",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file_kind"].required = False
        if self.instance.pk:
            del self.fields["code"], self.fields["file_kind"]
        self.fields["valid_from"].label = _("For trips that depart, and visits that arrive, from")

    def _post_clean(self) -> None:
        """The service checks the rows as they will stand: the former one with its end, and the new one."""

    def clean_file_kind(self) -> str:
        return self.cleaned_data["file_kind"] or PreparedKind.OUTBOUND

    def clean_working_days(self) -> int:
        days = self.cleaned_data["working_days"]
        if days is not None and days > MOST_DAYS:
            raise ValidationError(gettext("At most %(days)s working days.") % {"days": MOST_DAYS})
        return days

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name in VALUES}

    def layout(self) -> Layout:
        first = [] if self.instance.pk else [row("code", "file_kind")]
        return Layout(
            section(
                _("What has to be done?"),
                *first,
                row("checklist", "position"),
                "name_vi",
                "name_en",
                row("prepared_for", "condition"),
                "particulars",
            ),
            section(_("Until when?"), row("working_days", "anchor"), "raises_alarm"),
            section(_("By what rule?"), "instrument", "citation", "needs_check"),
            section(_("From when, and why?"), "valid_from", "change_reason"),
        )


MOST_DAYS = 250
VALUES = frozenset(PreparationTaskForm.Meta.fields) - {"valid_from"}


class EndTaskForm(PortalForm):
    last_day = DayField(label=_("Last day of departure for which it is asked"))
    change_reason = LineField(label=_("Why it is changed"), max_length=300)
