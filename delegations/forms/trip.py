"""The form of a trip, grouped by the questions a person asks: where and when, with whom, what for, with what money.

Only the title is asked of a draft (A3); what submission needs besides stands in the guards, which answer all at once.
"""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.models import InternationalAgreement, Programme
from delegations.choices import AttachmentKind, LineState, Mode, PlanKind
from delegations.models import OutboundDelegation, PlanLine
from intlcoop.catalogues.models import CooperationField
from intlcoop.web.file_numbers import shown
from intlcoop.web.forms import (
    LongTextField,
    PortalForm,
    PortalFormHelper,
    PortalModelForm,
    folded,
    row,
    section,
)
from intlcoop.workflow.sheet_forms import SheetForm, title_field

#: What only one of the two forms of a trip asks; the other leaves it empty, whatever was typed.
OF_LED = ("plan_line", "out_of_plan_reason")
OF_ACCOMPANYING = ("principal", "composition_number", "composition_date")
#: Kinds that people bring along; scans of decisions come in with the decision itself.
OFFERED_KINDS = (
    AttachmentKind.INVITATION,
    AttachmentKind.PROGRAMME,
    AttachmentKind.COMPOSITION,
    AttachmentKind.OPINION,
    AttachmentKind.OTHER,
)
TITLE = (_("Title of the trip"), _("For example: Attend the 21st ASEAN meeting on civil service matters in Bangkok."))


class NewTripForm(PortalForm):
    """A title is enough; the file gets its number and everything else can wait."""

    title = title_field(*TITLE)


class TripForm(SheetForm):
    title = title_field(*TITLE)
    host_partner = PartnerField.of(OutboundDelegation, "host_partner")
    agreements = forms.ModelMultipleChoiceField(
        queryset=InternationalAgreement.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        label=_("Agreements that it carries out"),
        help_text=_("Those with the host, with partners of the countries of the trip, and of your unit."),
    )

    offered_kinds = OFFERED_KINDS
    all_kinds = AttachmentKind

    class Meta(PortalModelForm.Meta):
        model = OutboundDelegation
        fields = [
            "mode",
            "principal",
            "composition_number",
            "composition_date",
            "is_inter_agency",
            "host_partner",
            "inviting_body",
            "departs_on",
            "returns_on",
            "purpose",
            "purpose_text",
            "expected_result",
            "field",
            "programme",
            "plan_line",
            "out_of_plan_reason",
            "warning_reason",
            "host_pays_all",
            "secret_outside",
            "secret_particulars",
        ]
        widgets = {"mode": forms.RadioSelect}

    def __init__(self, *args: Any, instance: OutboundDelegation, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["host_partner"].keep = instance.host_partner_id  # type: ignore[attr-defined]
        self.choose("field", CooperationField.objects.filter(Q(is_active=True) | Q(pk=instance.field_id)))
        self.choose("programme", Programme.objects.filter(Q(is_active=True) | Q(pk=instance.programme_id)))
        self.fields["host_partner"].help_text = _("From the list of partners, if it is there.")
        self.fields["inviting_body"].help_text = _("As the letter names itself.")
        self.fields["secret_particulars"].help_text = _("Never the document's subject: that may itself be secret.")
        self.offer_agreements(instance)
        self.offer_plan_lines(instance)

    def offer_plan_lines(self, trip: OutboundDelegation) -> None:
        """Approved lines of the year of departure (else of this and the next) that the writer reads, the unit's own first; the
        chosen one stays."""
        today = timezone.localdate()
        years = {trip.departs_on.year} if trip.departs_on else {today.year, today.year + 1}
        wanted = Q(plan__approved_on__isnull=False, state=LineState.ACCEPTED, kind=PlanKind.OUTBOUND)
        wanted &= Q(plan__year__in=years) | Q(plan__year__gte=today.year)
        wanted &= Q(pk__in=PlanLine.objects.visible_to(self.actor or trip.case.created_by).values("pk"))
        lines = PlanLine.objects.filter(wanted | Q(pk=trip.plan_line_id)).select_related("plan", "unit")
        self.choose("plan_line", lines)
        own, others = [], []
        for line in lines.order_by("-plan__year", "plan__level", "position"):
            words = f"{line.plan.year} · {line.title}"
            if line.unit_id == trip.case.unit_id:
                own.append((line.pk, words))
            else:
                others.append((line.pk, f"{words} ({line.unit})"))
        none = ("", _("Not in the plan (unplanned)"))
        groups = [(gettext("Lines of our unit"), own), (gettext("Lines of other units"), others)]
        self.fields["plan_line"].choices = [none, *((name, rows) for name, rows in groups if rows)]  # type: ignore[attr-defined]

    def offer_agreements(self, trip: OutboundDelegation) -> None:
        """Living ones that this trip may be about; the chosen ones stay."""
        chosen = list(trip.agreements.values_list("pk", flat=True)) if trip.pk else []
        countries = [leg.country_id for leg in trip.legs.all()] if trip.pk else []
        about = Q(parties__partner=trip.host_partner_id) | Q(parties__partner__country__in=countries)
        about = Q(case__unit=trip.case.unit_id) | (about if trip.host_partner_id or countries else Q(pk__in=[]))
        readable = InternationalAgreement.objects.visible_to(self.actor or trip.case.created_by).living().filter(about)
        wanted = InternationalAgreement.objects.filter(Q(pk__in=readable.order_by().values("pk")) | Q(pk__in=chosen))
        rows = list(wanted.select_related("case"))
        self.choose("agreements", InternationalAgreement.objects.filter(pk__in=[each.pk for each in rows]))
        choices = [(each.pk, f"{shown(each.case.number)} · {each.case.title}") for each in rows]
        self.fields["agreements"].choices = choices  # type: ignore[attr-defined]
        self.fields["agreements"].initial = chosen

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        empty = OF_LED if cleaned.get("mode") == Mode.ACCOMPANYING else OF_ACCOMPANYING
        for name in empty:
            cleaned[name] = None if name in ("plan_line", "composition_date") else ""
            self.errors.pop(name, None)
        if cleaned.get("plan_line"):
            cleaned["out_of_plan_reason"] = ""
        if not cleaned.get("secret_outside"):
            cleaned["secret_particulars"] = ""
        return cleaned

    # Repeating rows stand between the sections, so the page prints the form in three pieces.

    @property
    def first_part(self) -> PortalFormHelper:
        """What and when; the itinerary's rows follow."""
        return self.piece(
            section(_("What is the trip?"), "title", "mode", "is_inter_agency", anchor="viec"),
            section(_("Where and when?"), row("departs_on", "returns_on"), anchor="khi-nao"),
        )

    @property
    def middle_part(self) -> PortalFormHelper:
        """After the members: at whose invitation, in which plan, what for; the funding's rows follow."""
        take_over = HTML('{% include "delegations/_take_over.html" %}')
        led = Div("plan_line", take_over, "out_of_plan_reason", data_when="mode=led")
        accompanying = Div("principal", row("composition_number", "composition_date"), data_when="mode=accompanying")
        basis = _("At whose invitation, on which basis?")
        host = Div(row("host_partner", "inviting_body"), HTML('{% include "agreements/_propose_partner.html" %}'))
        return self.piece(
            section(basis, host, led, accompanying, anchor="can-cu"),
            section(
                _("What for?"),
                "purpose",
                "purpose_text",
                "expected_result",
                "field",
                folded(_("Scheme or programme that it serves"), "programme", anchor="de-an"),
                folded(_("Agreements that it carries out"), "agreements", anchor="thoa-thuan"),
                anchor="de-lam-gi",
            ),
            section(_("With what money?"), "host_pays_all", anchor="tien"),
        )

    @property
    def last_part(self) -> PortalFormHelper:
        """Documents and the one explanation for all warnings."""
        attached = ["withdraw"] if self.attached else []
        secret = _("A secret document is kept outside this system")
        return self.piece(
            section(
                _("Documents"),
                *attached,
                row("upload_kind", "upload"),
                "no_secret_declared",
                folded(secret, "secret_outside", "secret_particulars", anchor="mat"),
                anchor="tep",
            ),
            section(_("Explanation"), "warning_reason", anchor="giai-trinh"),
        )

    def piece(self, *sections: Any) -> PortalFormHelper:
        return PortalFormHelper(self, layout=Layout(*sections), summary=False)


class HighlightForm(PortalForm):
    """Whether and how the year-end report names this trip."""

    is_highlight = forms.BooleanField(label=_("Highlight of the year"), required=False)
    text = LongTextField(label=_("How the year-end report names it"), max_length=600, rows=3, required=False)
