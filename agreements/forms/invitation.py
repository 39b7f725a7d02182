"""Putting up an invitation, and signing up for it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.forms.rows import Stamped
from agreements.guidance import SignUpAnswer
from agreements.models import OpenInvitation
from agreements.queries.invitations import units_that_may
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.documents.forms import validate_unmarked
from intlcoop.people.models import OrgUnit, User
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.forms import LineField, LongTextField, PortalForm, PortalModelForm, folded, row, section

MOST_PERSONS = 200


class InvitationForm(Stamped, PortalModelForm):
    partner = PartnerField.of(OpenInvitation, "partner")

    class Meta(PortalModelForm.Meta):
        model = OpenInvitation
        fields = [
            "title", "kind", "partner", "organiser", "format", "country", "place", "starts_on", "ends_on", "sign_up_by",
            "content", "conditions", "seats", "who_pays", "letter", "fields", "units",
        ]  # fmt: skip
        widgets = {"fields": forms.CheckboxSelectMultiple, "units": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        its = self.instance
        chosen: Any = self.fields
        chosen["partner"].keep = its.partner_id
        chosen["country"].queryset = Country.objects.filter(is_active=True) | Country.objects.filter(pk=its.country_id)
        chosen["fields"].queryset = CooperationField.objects.filter(is_active=True)
        units = OrgUnit.objects.on(timezone.localdate()).order_by("position", "sort_key")
        chosen["units"].queryset = units
        chosen["title"].validators.append(validate_unmarked)
        chosen["content"].validators.append(validate_unmarked)
        chosen["units"].help_text = _("Choose none to open the invitation to every unit.")
        chosen["seats"].help_text = _("Leave it empty when the letter does not say.")
        chosen["who_pays"].help_text = _("For example: The host pays meals and lodging; the unit pays the flight.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last, until = (cleaned.get(name) for name in ("starts_on", "ends_on", "sign_up_by"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        if first and until and until > first:
            self.add_error("sign_up_by", _("Units must have signed up before the activity begins."))
        if self.instance.pk is None and until and until < timezone.localdate():
            words = gettext("%(day)s is over: nobody could sign up any more.")
            self.add_error("sign_up_by", words % {"day": table_date(until)})
        if not cleaned.get("partner") and not cleaned.get("organiser") and "partner" not in self.errors:
            self.add_error("organiser", _("Say who invites."))
        return cleaned

    def validate_constraints(self) -> None:
        """The service validates the whole row; here its sentences already stand beside their fields."""

    def layout(self) -> Layout:
        return Layout(
            section(_("What is it about, and who invites?"), "title", "kind", "partner", "organiser", anchor="noi-dung"),
            section(
                _("Where and when?"), "format", row("country", "place"), row("starts_on", "ends_on"), "sign_up_by",
                anchor="thoi-gian",
            ),
            section(_("What do units have to know?"), "content", "conditions", row("seats", "who_pays"), "letter",
                    anchor="can-biet"),
            folded(_("Fields of cooperation"), "fields", anchor="linh-vuc"),
            folded(_("Open only to some units"), "units", anchor="don-vi"),
        )  # fmt: skip


class SignUpForm(PortalForm):
    unit = forms.ModelChoiceField(queryset=OrgUnit.objects.none(), label=_("Unit"), empty_label=None)
    persons = forms.IntegerField(label=_("Number of persons"), min_value=1, max_value=MOST_PERSONS, initial=1)
    names = LongTextField(
        label=_("Who is proposed"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("Name and post, one to a line. It can be decided later."),
    )
    reason = LongTextField(
        label=_("What the unit wants to bring home"),
        max_length=1000,
        rows=4,
        required=False,
        validators=[validate_unmarked],
    )

    def __init__(self, *args: Any, actor: User, invitation: OpenInvitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = units_that_may(invitation, actor, timezone.localdate())
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if invitation.seats is not None:
            self.fields["persons"].help_text = gettext("At most %(count)d.") % {"count": invitation.seats}

    def layout(self) -> Layout:
        return Layout(section(_("Who would take part?"), "unit", "persons", "names", "reason", anchor="dang-ky"))


class SignUpAnswerForm(PortalForm):
    answer = forms.ChoiceField(label=_("Answer"), choices=SignUpAnswer.choices, widget=forms.RadioSelect)
    note = LineField(label=_("Note to the unit"), max_length=500, required=False, validators=[validate_unmarked])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = (SignUpAnswer.CHOSEN, SignUpAnswer.NOT_CHOSEN)
        self.fields["answer"].choices = [(each.value, each.label) for each in offered]  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout(section(_("What does the department answer?"), "answer", "note", anchor="tra-loi"))
