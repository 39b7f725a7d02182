"""The form of a project: what, whose money, how much, where, when. A draft needs a name only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.aid import AidNature, MoneySource, ProjectFile, ProjectKind
from agreements.choices import AgreementState
from agreements.choosing import AgreementField
from agreements.forms.agreement import PartyForm
from agreements.models import ForeignFundedProject, InternationalAgreement, Locality, Programme
from agreements.queries.naming import written
from intlcoop.catalogues.models import CooperationField, Currency
from intlcoop.web.forms import AmountField, LineField, PortalForm, PortalFormHelper, PortalModelForm, row, section
from intlcoop.web.row_forms import RowForm, RowGroups, kept_rows, row_set
from intlcoop.workflow.sheet_forms import SheetForm, title_field

LONGEST_LOCALITY = 120
OFFERED_KINDS = tuple(kind for kind in ProjectFile if kind not in (ProjectFile.DECISION, ProjectFile.REPORT))
TITLE = (_("Name"), _("As the document of the programme or project is called, in Vietnamese."))


class NewProjectForm(PortalForm):
    title = title_field(*TITLE)
    kind = forms.ChoiceField(label=_("Kind"), choices=ProjectKind.choices, initial=ProjectKind.PROJECT)
    nature = forms.ChoiceField(label=_("Nature of the money"), choices=AidNature.choices, initial=AidNature.GRANT)

    def layout(self) -> Layout:
        return Layout("title", row("kind", "nature"))


class ProjectForm(SheetForm):
    title = title_field(*TITLE)
    cooperation = forms.ModelMultipleChoiceField(
        label=_("Fields of cooperation"),
        queryset=CooperationField.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreement = AgreementField.of(ForeignFundedProject, "agreement")
    localities = LineField(
        label=_("Localities"),
        max_length=1000,
        required=False,
        help_text=_("Where it works; several are separated by semicolons. Write each always in the same way."),
    )

    offered_kinds = OFFERED_KINDS
    all_kinds = ProjectFile

    class Meta(PortalModelForm.Meta):
        model = ForeignFundedProject
        fields = [
            "kind", "nature", "topic", "name_en", "programme", "agreement", "grant_owner", "starts_on", "ends_on", "goals",
            "activities", "mechanism", "mobilising", "has_foreign_papers",
        ]  # fmt: skip

    def __init__(self, *args: Any, instance: ForeignFundedProject, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["cooperation"].initial = list(instance.fields.values_list("pk", flat=True))
        self.fields["localities"].initial = "; ".join(place.name for place in instance.localities.all())
        chosen = Q(is_active=True) | Q(pk__in=self.fields["cooperation"].initial)
        self.choose("cooperation", CooperationField.objects.filter(chosen))
        self.choose("programme", Programme.objects.filter(Q(is_active=True) | Q(pk=instance.programme_id)))
        self.offer_agreements(instance)
        self.fields["topic"].help_text = _("Aid for one of these is approved by the Prime Minister.")
        self.fields["grant_owner"].help_text = _("Empty: the lead unit itself.")
        self.fields["mobilising"].help_text = _("With whom it is being talked about, what comes next. Binds nobody.")

    def offer_agreements(self, project: ForeignFundedProject) -> None:
        """Living ones that the writer may read, and the chosen one."""
        readable = InternationalAgreement.objects.visible_to(self.actor or project.case.created_by)
        living = readable.filter(Q(case__state__in=AgreementState.LIVING) | Q(pk=project.agreement_id))
        self.fields["agreement"].offer(living, project.agreement_id)  # type: ignore[attr-defined]

    def clean_localities(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["localities"].split(";") if name.strip()]
        if long := next((name for name in names if len(name) > LONGEST_LOCALITY), None):
            raise ValidationError(
                gettext("“%(name)s…” is too long for one locality. Separate them by semicolons.") % {"name": long[:40]}
            )
        return names

    # The rows of donors and money stand between the sections, so the page prints the form in two pieces.

    @property
    def first_part(self) -> PortalFormHelper:
        what = ("title", "name_en", row("kind", "nature"), "topic")
        return self.piece(section(_("Which project?"), *what, anchor="viec"))

    @property
    def last_part(self) -> PortalFormHelper:
        attached = ["withdraw"] if self.attached else []
        return self.piece(
            section(
                _("Where and when is it carried out?"), "localities", row("starts_on", "ends_on"), "grant_owner",
                anchor="thoi-gian",
            ),
            section(
                _("What for?"), "goals", "activities", "mechanism", "cooperation", row("programme", "agreement"),
                anchor="noi-dung",
            ),
            section(_("How does the mobilising stand?"), "mobilising", anchor="van-dong"),
            section(
                _("Documents"), *attached, row("upload_kind", "upload"), "no_secret_declared", "has_foreign_papers",
                anchor="tep",
            ),
        )  # fmt: skip

    def piece(self, *sections: Any) -> PortalFormHelper:
        return PortalFormHelper(self, layout=Layout(*sections), summary=False)


class DonorForm(PartyForm):
    """A donor is chosen by its name, as the party of an agreement."""

    signatory = None  # type: ignore[assignment]
    signatory_title = None  # type: ignore[assignment]
    note = LineField(label=_("Part in the project"), max_length=160, required=False)

    def layout(self) -> Layout:
        return Layout("id", row("partner", "note"))


class MoneyForm(RowForm):
    """Money of one source in one currency; how much of it, whoever takes this on says."""

    source = forms.ChoiceField(label=_("Source"), choices=[("", "—"), *MoneySource.choices])
    currency = forms.TypedChoiceField(label=_("Currency"), coerce=int)

    def __init__(self, *args: Any, currencies: dict[int, Currency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currencies = currencies
        offer_currencies(self, currencies)

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {"currency": self.currencies[self.cleaned_data["currency"]]}


class AmountForm(MoneyForm):
    amount = AmountField(label=_("Amount"), min_value=0, max_digits=16, decimal_places=2)

    def layout(self) -> Layout:
        return Layout("id", row("source", "amount", "currency"))


def offer_currencies(form: forms.Form, currencies: dict[int, Currency]) -> None:
    choices = [(pk, each.code) for pk, each in currencies.items()]
    form.fields["currency"].choices = choices  # type: ignore[attr-defined]
    form.fields["currency"].initial = choices[0][0] if choices else None


def known_currencies() -> dict[int, Currency]:
    return {each.pk: each for each in Currency.objects.filter(is_active=True)}


def once(key_of: Callable[[dict[str, Any]], Any], said: Any) -> type[BaseFormSet]:
    """A set of rows of which no two have the same key; else it says `said`."""

    class Once(BaseFormSet):
        def clean(self) -> None:
            if any(self.errors):
                return
            keys = [key_of(values) for values in kept_rows(self)]
            if len(keys) != len(set(keys)):
                raise ValidationError(said)

    return Once


DonorsOnce = once(lambda row: row["partner"].pk, _("A partner is named twice."))
SourcesOnce = once(
    lambda row: (row["source"], row["currency"].pk), _("This source is named twice in the same currency.")
)
DonorSet, AmountSet = row_set(DonorForm, DonorsOnce), row_set(AmountForm, SourcesOnce)


class Rows(RowGroups):
    """The rows of donors and money of one page."""

    def __init__(self, project: ForeignFundedProject, data: Any = None) -> None:
        donors = [
            {"id": donor.pk, "partner": written(donor.partner), "note": donor.note}
            for donor in project.donors.select_related("partner__country")
        ]
        amounts = [
            {"id": each.pk, "source": each.source, "amount": each.amount, "currency": each.currency_id}
            for each in project.amounts.all()
        ]
        first = data is None
        self.donors = DonorSet(data, prefix="donors", initial=donors if first else None)
        self.amounts = AmountSet(
            data,
            prefix="amounts",
            initial=amounts if first else None,
            form_kwargs={"currencies": known_currencies()},
        )
        self.all = {"donors": self.donors, "amounts": self.amounts}

    @property
    def places(self) -> list[str]:
        return list(Locality.objects.values_list("name", flat=True)[:200])
