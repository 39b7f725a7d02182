"""Typing in a partner."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.db.models import Q

from agreements.models import Partner
from intlcoop.catalogues.models import Country
from intlcoop.web.forms import PortalModelForm, row


class PartnerForm(PortalModelForm):
    """A new partner; who changes one may also take it out of the choices (`PartnerChangeForm`)."""

    class Meta(PortalModelForm.Meta):
        model = Partner
        fields = ["name_vi", "kind", "country", "name_en", "name_native", "short_name", "in_viet_nam"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A partner keeps the country that it has, also when that is no longer chosen.
        offered = Country.objects.filter(Q(is_active=True) | Q(pk=self.instance.country_id))
        self.fields["country"].queryset = offered  # type: ignore[attr-defined]

    def layout(self) -> Layout:
        return Layout("name_vi", row("kind", "country"), row("name_en", "short_name"), "name_native", "in_viet_nam")


class PartnerChangeForm(PartnerForm):
    class Meta(PartnerForm.Meta):
        fields = [*PartnerForm.Meta.fields, "is_active"]

    def layout(self) -> Layout:
        return Layout(super().layout(), "is_active")
