"""Writing down a need, naming a partner for it, and saying what came of it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.guidance import MatchState
from agreements.models import CooperationNeed
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.documents.forms import validate_unmarked
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.web.forms import LineField, LongTextField, PortalForm, PortalModelForm, folded, section


class NeedForm(PortalModelForm):
    title = LineField(
        label=_("What the unit looks for, in one sentence"),
        max_length=300,
        validators=[validate_unmarked],
        help_text=_("For example: Learn how other countries rearrange districts and communes."),
    )
    unit = forms.ModelChoiceField(queryset=OrgUnit.objects.none(), label=_("Unit that needs it"), empty_label=None)

    class Meta(PortalModelForm.Meta):
        model = CooperationNeed
        fields = ["kind", "detail", "fields", "countries", "wanted_by"]
        widgets = {"fields": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        chosen: Any = self.fields
        chosen["fields"].queryset = CooperationField.objects.filter(is_active=True)
        chosen["fields"].help_text = _("Partners of the same fields are proposed for the need.")
        chosen["countries"].queryset = Country.objects.filter(is_active=True).abroad()
        chosen["detail"].validators.append(validate_unmarked)
        if not self.is_new:
            del self.fields["unit"]
            self.initial.setdefault("title", self.instance.case.title)
            return
        principal = principal_of(actor)
        units = OrgUnit.objects.on(timezone.localdate())
        if not (principal.is_icd or principal.is_leadership):
            units = units.filter(pk__in=principal.own_unit_ids)
        chosen["unit"].queryset = units.order_by("position", "sort_key")
        self.initial.setdefault("unit", min(principal.own_unit_ids, default=None))

    def validate_constraints(self) -> None:
        """The service validates the whole row."""

    def layout(self) -> Layout:
        who = ["unit"] if self.is_new else []
        return Layout(
            section(_("What does the unit look for?"), "title", "kind", "detail", *who, "wanted_by", anchor="nhu-cau"),
            section(_("Fields of cooperation"), "fields", anchor="linh-vuc"),
            folded(_("Countries that it looks to"), "countries", anchor="nuoc"),
        )


class MatchForm(PortalForm):
    partner = PartnerField()
    state = forms.ChoiceField(label=_("What it said"), choices=MatchState.choices, initial=MatchState.PROPOSED)
    note = LineField(label=_("Note"), max_length=500, required=False, validators=[validate_unmarked])

    def layout(self) -> Layout:
        return Layout(section(_("Which partner?"), "partner", "state", "note", anchor="doi-tac"))


class MetForm(PortalForm):
    result = LongTextField(label=_("What came of it"), max_length=4000, rows=6, validators=[validate_unmarked])

    def layout(self) -> Layout:
        return Layout(section(_("How was the need met?"), "result", anchor="ket-qua"))
