"""How it was signed, and what was done afterwards."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import AgreementFile, SigningAuthority
from agreements.models import InternationalAgreement
from agreements.queries.occasions import occasions_for
from intlcoop.catalogues.models import Country
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, User
from intlcoop.web.forms import DayField, LineField, PortalForm, PortalModelForm, row, section

#: A partner's signatory stands in two fields of the form, named after its row.
SIGNATORY, SIGNATORY_TITLE = "nguoi_ky_{}", "chuc_danh_{}"


class SigningForm(GuardedFilesForm, PortalModelForm):
    """Day, place, who signed by what right, during which trip or event; the term; the signed text."""

    signer = forms.ModelChoiceField(
        label=_("Our signatory"),
        queryset=User.objects.none(),
        required=False,
        help_text=_("Somebody of the ministry; anybody else is typed below."),
    )
    signed_text = GuardedFileField(label=_("Signed text (scan)"), required=False)
    authorisation = GuardedFileField(label=_("Authorisation to sign (scan)"), required=False)

    class Meta(PortalModelForm.Meta):
        model = InternationalAgreement
        fields = [
            "signed_on",
            "signed_place",
            "signed_country",
            "signed_during",
            "signer",
            "signer_name",
            "signer_title",
            "authority",
            "authority_document",
            "delegation_back_on",
            "effective_on",
            "term_kind",
            "expires_on",
            "renewal_months",
            "review_on",
            "original_kept",
            "is_secret",
        ]
        widgets = {"authority": forms.RadioSelect}

    actor: User

    def __init__(self, *args: Any, instance: InternationalAgreement, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, actor=actor, **kwargs)
        self.parties = list(instance.parties.select_related("partner"))
        for party in self.parties:
            label = gettext("Signed for %(partner)s by") % {"partner": party.partner}
            self.fields[SIGNATORY.format(party.pk)] = LineField(
                label=label, max_length=160, required=False, initial=party.signatory
            )
            self.fields[SIGNATORY_TITLE.format(party.pk)] = LineField(
                label=gettext("Their title"), max_length=160, required=False, initial=party.signatory_title
            )
        today = timezone.localdate()
        self.fields["signer"].queryset = User.objects.filter(appointments__in=leading(today)).distinct()  # type: ignore[attr-defined]
        self.fields["signed_country"].queryset = Country.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.offer_occasions()
        self.fields["authority"].choices = [(value, label) for value, label in SigningAuthority.choices]  # type: ignore[attr-defined]
        self.fields["authority"].initial = instance.authority or SigningAuthority.OFFICE
        self.fields["effective_on"].help_text = _("Empty: from the day of signing.")
        self.fields["delegation_back_on"].help_text = _(
            "Only of a treaty that was signed abroad: its terms count from then."
        )
        self.fields["original_kept"].help_text = _("For example: Lưu trữ cơ quan, Văn phòng Bộ.")

    def offer_occasions(self) -> None:
        """Trips, visits and events of the last year that the writer may read."""
        cases = occasions_for(self.actor, self.instance)
        self.fields["signed_during"].queryset = cases  # type: ignore[attr-defined]
        self.fields["signed_during"].required = False
        self.fields["signed_during"].help_text = _("The trip, visit or event at which it was signed.")
        self.fields["signed_during"].label_from_instance = lambda case: f"{case.number} · {case.title}"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("signed_on") and not cleaned.get("effective_on"):
            cleaned["effective_on"] = cleaned["signed_on"]
        if cleaned.get("signer") and not cleaned.get("signer_name"):
            cleaned["signer_name"] = cleaned["signer"].full_name
        return cleaned

    @property
    def signatories(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        return {
            party.pk: (data.get(SIGNATORY.format(party.pk), ""), data.get(SIGNATORY_TITLE.format(party.pk), ""))
            for party in self.parties
        }

    def layout(self) -> Layout:
        partners = [row(SIGNATORY.format(party.pk), SIGNATORY_TITLE.format(party.pk)) for party in self.parties]
        back = ["delegation_back_on"] if self.instance.regime == "treaty" else []
        return Layout(
            section(
                _("When and where?"),
                "signed_on",
                row("signed_place", "signed_country"),
                "signed_during",
                *back,
                anchor="khi-nao",
            ),
            section(
                _("Who signed for us?"),
                row("signer", "signer_title"),
                "signer_name",
                "authority",
                row("authority_document", "authorisation"),
                anchor="ben-ta",
            ),
            section(_("Who signed for the other side?"), *partners, anchor="ben-ban"),
            section(
                _("From when and how long does it hold?"),
                "effective_on",
                "term_kind",
                row("expires_on", "renewal_months"),
                "review_on",
                anchor="hieu-luc",
            ),
            section(_("The text"), "signed_text", "no_secret_declared", "original_kept", "is_secret", anchor="van-ban"),
        )

    #: Which field brings which kind of attachment.
    FILES: dict[str, str] = {"signed_text": AgreementFile.SIGNED, "authorisation": AgreementFile.AUTHORISATION}


def leading(today: Any) -> Any:
    """The appointments of those who lead something today: whoever may sign, or be authorised to."""
    return Appointment.objects.on(today).filter(role__in=Role.LEADING)


class DutyForm(PortalForm):
    """When it was done, with which document; or why it is not required."""

    done_on = DayField(label=_("Done on"))
    document = LineField(
        label=_("Number and date of the document"),
        max_length=120,
        required=False,
        help_text=_("For example: 45/BC-BDP ngày 10/11/2026."),
    )
    is_waived = forms.BooleanField(label=_("Not required here"), required=False)
    note = LineField(label=_("Note, or why it is not required"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_waived") and not cleaned.get("note"):
            self.add_error("note", gettext("Say why it is not required."))
        elif not cleaned.get("is_waived") and not cleaned.get("document"):
            self.add_error("document", gettext("Enter number and date of the document."))
        return cleaned
