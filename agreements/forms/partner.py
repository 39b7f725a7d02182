"""Typing in a partner: what it is called, where it belongs, and which of our units works with it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.forms.rows import Book, NameSet, Stamped, UnitSet
from agreements.models import Partner
from agreements.queries.tree import descendant_ids
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.web.forms import PortalFormHelper, PortalModelForm, folded, row, section
from intlcoop.web.row_forms import kept_rows

#: What the department alone says of a partner.
OF_THE_DEPARTMENT = ("tier", "is_active")


class PartnerForm(Stamped, PortalModelForm):
    """A partner with its other names and our units as rows. `keeps_list`: the writer is of the department."""

    parent = PartnerField.of(Partner, "parent")
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")

    summary = False

    class Meta(PortalModelForm.Meta):
        model = Partner
        fields = [
            "name_vi",
            "name_en",
            "short_name",
            "name_native",
            "kind",
            "country",
            "parent",
            "tier",
            "in_viet_nam",
            "address",
            "website",
            "fields",
            "needs",
            "capacity",
            "is_active",
        ]
        widgets = {"fields": forms.CheckboxSelectMultiple}

    def __init__(self, data: Any = None, *, instance: Partner | None = None, keeps_list: bool, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        partner = self.instance
        for name in OF_THE_DEPARTMENT if not keeps_list else () if partner.pk else ("is_active",):
            del self.fields[name]
        # A partner keeps what it has, also when that is no longer chosen.
        self.choose("country", Country.objects.filter(Q(is_active=True) | Q(pk=partner.country_id)))
        self.choose("fields", CooperationField.objects.filter(Q(is_active=True) | Q(pk__in=chosen_fields(partner))))
        below = {partner.pk, *descendant_ids(partner)} if partner.pk else set()
        self.below = below
        self.fields["parent"].keep = partner.parent_id  # type: ignore[attr-defined]
        self.fields["parent"].help_text = _("The body above it, for example the ministry of an institute.")
        self.fields["short_name"].help_text = _("The letters by which it is known, for example UNDP.")
        kept = partner if partner.pk else None
        first = {"names": names_of(kept), "units": units_of(kept)}
        self.stored = [*first["names"], *first["units"]]
        self.names, self.units = (
            factory(data, prefix=name, initial=first[name] if data is None else None, form_kwargs={"book": book})
            for name, factory, book in (("names", NameSet, Book()), ("units", UnitSet, Book.of_units(kept)))
        )

    def clean_parent(self) -> Partner | None:
        above: Partner | None = self.cleaned_data["parent"]
        if above is not None and above.pk in self.below:
            raise ValidationError(gettext("A partner cannot stand below itself or a body of its own."))
        return above

    def choose(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def is_valid(self) -> bool:
        answers = [super().is_valid(), self.names.is_valid(), self.units.is_valid()]  # each says what is wrong
        return all(answers)

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes: the fields and the rows."""
        return {**self.cleaned_data, "names": kept_rows(self.names), "units": kept_rows(self.units)}

    @property
    def all_names(self) -> list[str]:
        """Every name as typed, for the search for partners like it."""
        own = [self.cleaned_data.get(name, "") for name in ("name_vi", "name_en", "name_native", "short_name")]
        return [name for name in own if name]

    # The warning of partners like it stands behind the names, and the rows between the sections: three pieces.

    @property
    def first_part(self) -> PortalFormHelper:
        names = section(_("What is it called?"), "name_vi", row("name_en", "short_name"), "name_native", anchor="ten")
        return self.piece(names)

    @property
    def middle_part(self) -> PortalFormHelper:
        tier = row("parent", "tier") if "tier" in self.fields else "parent"
        return self.piece(
            section(_("What is it, and where?"), row("kind", "country"), tier, "in_viet_nam", anchor="la-gi")
        )

    @property
    def last_part(self) -> PortalFormHelper:
        more = [
            folded(_("Fields of cooperation"), "fields", anchor="linh-vuc"),
            folded(_("Address and website"), "address", "website", anchor="dia-chi"),
        ]
        if "is_active" in self.fields:
            more.append("is_active")
        working = _("What can we do together?")
        return self.piece(section(working, row("needs", "capacity"), anchor="hop-tac"), *more)

    def piece(self, *sections: Any) -> PortalFormHelper:
        return PortalFormHelper(self, layout=Layout(*sections), summary=False)


def chosen_fields(partner: Partner) -> list[int]:
    return list(partner.fields.values_list("pk", flat=True)) if partner.pk else []


def names_of(partner: Partner | None) -> list[dict[str, Any]]:
    rows = partner.names.all() if partner else ()
    return [{"id": row.pk, "name": row.name, "kind": row.kind, "until": row.until} for row in rows]


def units_of(partner: Partner | None) -> list[dict[str, Any]]:
    names = ("since", "until", "content")
    rows = partner.units.all() if partner else ()
    return [{name: getattr(row, name) for name in names} | {"id": row.pk, "unit": row.unit_id} for row in rows]
