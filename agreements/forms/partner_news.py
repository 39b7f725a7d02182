"""Publishing news of a partner, and subscribing."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.forms.rows import Stamped
from agreements.guidance import NewsKind
from agreements.models import PartnerNews
from intlcoop.catalogues.models import CooperationField
from intlcoop.documents.forms import validate_unmarked
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.web.forms import PortalForm, PortalModelForm, row, section


class NewsForm(Stamped, PortalModelForm):
    partner = PartnerField.of(PartnerNews, "partner")

    class Meta(PortalModelForm.Meta):
        model = PartnerNews
        fields = ["title", "kind", "partner", "text", "apply_by", "source", "source_url", "fields"]
        widgets = {"fields": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["partner"].keep = self.instance.partner_id
        chosen["fields"].queryset = CooperationField.objects.filter(is_active=True)
        chosen["fields"].help_text = _("Units that subscribed to one of these fields are told.")
        for name in ("title", "text"):
            chosen[name].validators.append(validate_unmarked)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        last = cleaned.get("apply_by")
        published = self.instance.published_on or timezone.localdate()
        if last and last < published:
            self.add_error("apply_by", _("The last day for proposals cannot be before the day of publication."))
        return cleaned

    def validate_constraints(self) -> None:
        """The service validates the whole row; here its sentences already stand beside their fields."""

    def layout(self) -> Layout:
        return Layout(
            section(_("What is new?"), "title", "kind", "partner", "text", "apply_by", anchor="tin"),
            section(_("Where does it come from?"), row("source", "source_url"), anchor="nguon"),
            section(_("Whom does it concern?"), "fields", anchor="linh-vuc"),
        )


class SubscriptionForm(PortalForm):
    unit = forms.ModelChoiceField(queryset=OrgUnit.objects.none(), label=_("Unit"), empty_label=None)
    partner = PartnerField(required=False)
    field = forms.ModelChoiceField(
        queryset=CooperationField.objects.none(), label=_("Field"), required=False, empty_label=_("All")
    )
    kind = forms.ChoiceField(label=_("Kind of news"), choices=[("", _("All")), *NewsKind.choices], required=False)

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = OrgUnit.objects.on(timezone.localdate()).filter(pk__in=principal_of(actor).own_unit_ids)
        chosen: Any = self.fields
        chosen["unit"].queryset = units.order_by("position", "sort_key")
        chosen["field"].queryset = CooperationField.objects.filter(is_active=True)
        chosen["partner"].help_text = _("Leave it empty for every partner.")

    def layout(self) -> Layout:
        return Layout(
            section(_("Of what is your unit to be told?"), "unit", "partner", row("field", "kind"), anchor="dang-ky")
        )
