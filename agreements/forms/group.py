"""Typing in a group of partners and who belongs to it."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.utils.translation import gettext_lazy as _

from agreements.choosing import written_rows
from agreements.forms.rows import MemberSet, Stamped
from agreements.models import PartnerGroup
from intlcoop.web.forms import PortalFormHelper, PortalModelForm, row, section
from intlcoop.web.row_forms import kept_rows


class GroupForm(Stamped, PortalModelForm):
    summary = False

    class Meta(PortalModelForm.Meta):
        model = PartnerGroup
        fields = ["name_vi", "name_en", "short_name", "note", "is_active"]

    def __init__(self, data: Any = None, *, instance: PartnerGroup | None = None, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.stored = rows = members_of(instance)
        self.members = MemberSet(data, prefix="members", initial=rows if data is None else None)

    def is_valid(self) -> bool:
        answers = [super().is_valid(), self.members.is_valid()]
        return all(answers)

    @property
    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "members": kept_rows(self.members)}

    @property
    def first_part(self) -> PortalFormHelper:
        layout = Layout(
            section(
                _("What is the group?"), "name_vi", row("name_en", "short_name"), "note", "is_active", anchor="nhom"
            )
        )
        return PortalFormHelper(self, layout=layout, summary=False)


def members_of(group: PartnerGroup | None) -> list[dict[str, Any]]:
    if group is None or not group.pk:
        return []
    rows = group.memberships.filter(partner__merged_into__isnull=True).select_related("partner__country")
    return written_rows(rows, ("id", "role", "since", "until"))
