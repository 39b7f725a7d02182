"""The form of an agreement, grouped by the questions a person asks: what, with whom, what for, for how long, by which way.

Only the title is asked of a draft; what submission needs besides stands in the guards, which answer all at once.
"""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choices import AgreementFile, Concern, InNameOf, Regime, TextLanguage
from agreements.choosing import PartnerField
from agreements.models import InternationalAgreement, Programme
from agreements.queries.naming import written
from intlcoop.catalogues.models import CooperationField
from intlcoop.web.forms import LineField, PortalForm, PortalFormHelper, PortalModelForm, folded, row, section
from intlcoop.web.row_forms import RowForm, RowGroups, kept_rows, row_set
from intlcoop.workflow.sheet_forms import SheetForm, title_field

OFFERED_KINDS = (
    AgreementFile.DRAFT_VI,
    AgreementFile.DRAFT_FOREIGN,
    AgreementFile.TRANSLATION,
    AgreementFile.OPINION,
    AgreementFile.ACCEPTANCE,
    AgreementFile.AUTHORISATION,
    AgreementFile.OTHER,
)
TITLE = (
    _("Vietnamese title of the text"),
    _("As the text itself is called, for example: Bản ghi nhớ hợp tác về công tác dân tộc giữa … và …"),
)


class NewAgreementForm(PortalForm):
    """What it is and which law it stands under; the file gets its number and everything else can wait."""

    title = title_field(*TITLE)
    regime = forms.ChoiceField(
        label=_("Legal regime"), choices=Regime, widget=forms.RadioSelect, initial=Regime.INTERNATIONAL_AGREEMENT
    )
    in_name_of = forms.ChoiceField(label=_("In the name of"), choices=InNameOf, initial=InNameOf.MINISTRY)

    def layout(self) -> Layout:
        return Layout("title", "regime", "in_name_of")


class AgreementForm(SheetForm):
    title = title_field(*TITLE)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the text"), choices=TextLanguage, widget=forms.CheckboxSelectMultiple, required=False
    )
    concerns = forms.MultipleChoiceField(
        label=_("The draft touches"),
        choices=Concern,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("The body responsible is then asked for its opinion besides (Law 70/2020, article 25)."),
    )
    cooperation = forms.ModelMultipleChoiceField(
        label=_("Fields of cooperation"),
        queryset=CooperationField.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    offered_kinds = OFFERED_KINDS
    all_kinds = AgreementFile

    class Meta(PortalModelForm.Meta):
        model = InternationalAgreement
        fields = [
            "regime",
            "kind",
            "in_name_of",
            "title_en",
            "title_native",
            "languages",
            "programme",
            "purpose",
            "content",
            "assessment",
            "opinions_taken_in",
            "procedure",
            "procedure_reason",
            "concerns",
            "intended_on",
            "intended_place",
            "term_kind",
            "expires_on",
            "renewal_months",
            "review_on",
            "is_secret",
            "twin_reason",
        ]
        widgets = {"regime": forms.RadioSelect, "procedure": forms.RadioSelect}

    def __init__(self, *args: Any, instance: InternationalAgreement, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["cooperation"].initial = list(instance.fields.values_list("pk", flat=True))
        chosen = Q(is_active=True) | Q(pk__in=self.fields["cooperation"].initial)
        self.choose("cooperation", CooperationField.objects.filter(chosen))
        self.choose("programme", Programme.objects.filter(Q(is_active=True) | Q(pk=instance.programme_id)))
        self.fields["purpose"].help_text = _("Why it is needed, and what for (goes into the submission).")
        self.fields["assessment"].help_text = _(
            "Political, social and economic impact; lawfulness; keeping of article 3 of Law 70/2020; how it can be carried out."
        )
        self.fields["intended_on"].help_text = _("Roughly, if it is not fixed yet; the yearly signing plan shows it.")
        self.fields["is_secret"].help_text = _("Then only particulars that are not secret are written here.")

    @property
    def first_part(self) -> PortalFormHelper:
        """What it is; the partners' rows follow."""
        kinds = row("kind", "in_name_of")
        names = folded(_("Title in the partner's language"), "title_native")
        return self.piece(
            section(_("What is to be signed?"), "title", "title_en", names, "regime", kinds, "languages", anchor="viec")
        )

    @property
    def last_part(self) -> PortalFormHelper:
        fixed = Div(row("expires_on", "renewal_months"), "review_on")
        attached = ["withdraw"] if self.attached else []
        return self.piece(
            section(_("What for?"), "purpose", "content", "assessment", "cooperation", "programme", anchor="noi-dung"),
            section(_("For how long?"), "term_kind", fixed, anchor="thoi-han"),
            section(_("When and where is it to be signed?"), row("intended_on", "intended_place"), anchor="du-kien"),
            section(_("By which procedure?"), "procedure", "procedure_reason", "concerns", anchor="trinh-tu"),
            section(
                _("Documents"), *attached, row("upload_kind", "upload"), "no_secret_declared", "is_secret", anchor="tep"
            ),
            section(_("Opinions and likeness"), "opinions_taken_in", "twin_reason", anchor="giai-trinh"),
        )

    def piece(self, *sections: Any) -> PortalFormHelper:
        return PortalFormHelper(self, layout=Layout(*sections), summary=False)


class PartyForm(RowForm):
    """A partner is chosen by its name; one that is not in the list is proposed first."""

    partner = PartnerField()
    signatory = LineField(label=_("Who signs for the partner"), max_length=160, required=False)
    signatory_title = LineField(label=_("Their title"), max_length=160, required=False)

    def layout(self) -> Layout:
        return Layout("id", "partner", row("signatory", "signatory_title"))


class NobodyTwice(BaseFormSet):
    def clean(self) -> None:
        if any(self.errors):
            return
        partners = [values["partner"].pk for values in kept_rows(self)]
        if len(partners) != len(set(partners)):
            raise ValidationError(gettext("A partner is named twice."))


PartySet = row_set(PartyForm, NobodyTwice)


class Parties(RowGroups):
    """The rows of partners of one page."""

    def __init__(self, agreement: InternationalAgreement, data: Any = None) -> None:
        initial = [
            {
                "id": party.pk,
                "partner": written(party.partner),
                "signatory": party.signatory,
                "signatory_title": party.signatory_title,
            }
            for party in agreement.parties.select_related("partner__country")
        ]
        self.formset = PartySet(data, prefix="parties", initial=initial if data is None else None)
        self.all = {"parties": self.formset}
