"""By what is the list of projects narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.aid import AidNature, AidTopic, ProjectKind, ProjectState
from agreements.models import ForeignFundedProject, Locality, Partner, Programme, ProjectDonor, ProjectReport
from intlcoop.catalogues.models import Currency
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.sorting import sort_key

TO_NOTE = (
    ("dang", _("Being carried out")),
    ("ngu", _("Approved, not begun for long")),
    ("qua_han", _("A report is overdue")),
    ("het_han", _("Past its planned end")),
)


class ProjectFilter(django_filters.FilterSet):
    giai_doan = django_filters.ChoiceFilter(
        field_name="case__state", choices=ProjectState.choices, label=_("Status"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=ProjectKind.choices, label=_("Kind"), empty_label=_("All")
    )
    nguon = django_filters.ChoiceFilter(
        field_name="nature", choices=AidNature.choices, label=_("Nature of the money"), empty_label=_("All")
    )
    tai_tro = django_filters.ChoiceFilter(method="by_donor", label=_("Donor"), empty_label=_("All"))
    dia_ban = django_filters.ChoiceFilter(method="by_locality", label=_("Locality"), empty_label=_("All"))
    de_an = django_filters.ChoiceFilter(field_name="programme_id", label=_("Scheme or programme"), empty_label=_("All"))
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    tien = django_filters.ChoiceFilter(method="by_currency", label=_("Currency"), empty_label=_("All"))
    tham_quyen = django_filters.ChoiceFilter(
        field_name="topic", choices=AidTopic.choices, label=_("For the Prime Minister"), empty_label=_("All")
    )
    luu_y = django_filters.ChoiceFilter(method="by_note", choices=TO_NOTE, label=_("To note"), empty_label=_("All"))

    class Meta:
        model = ForeignFundedProject
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = project_options()
        for name in ("don_vi", "tai_tro", "dia_ban", "de_an", "tien"):
            self.filters[name].extra["choices"] = options[name]

    def by_donor(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Exists(ProjectDonor.objects.filter(project=OuterRef("pk"), partner_id=value)))

    def by_locality(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        through = ForeignFundedProject.localities.through
        return queryset.filter(Exists(through.objects.filter(foreignfundedproject=OuterRef("pk"), locality_id=value)))

    def by_currency(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(amounts__currency_id=value).distinct()

    def by_unit(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A unit's own and those of every unit that was merged into it."""
        return queryset.of_units(OrgUnit.objects.lineage_ids([int(value)], timezone.localdate()))  # type: ignore[attr-defined]

    def by_note(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        match value:
            case "dang":
                return queryset.active()  # type: ignore[attr-defined]
            case "ngu":
                return queryset.dormant(today)  # type: ignore[attr-defined]
            case "het_han":
                return queryset.overrun(today)  # type: ignore[attr-defined]
        late = ProjectReport.objects.overdue(today).filter(project=OuterRef("pk"))
        return queryset.filter(Exists(late))


def project_options() -> dict[str, list[tuple[int, str]]]:
    """Units, and the donors, localities, programmes and currencies of the projects there are; one query for all of them."""
    label = {"label": F("name_en" if get_language() == "en" else "name_vi")}
    used = Q(pk__in=ProjectDonor.objects.order_by().values("partner"))
    places = ForeignFundedProject.localities.through.objects.values("locality")
    served = ForeignFundedProject.objects.order_by().filter(programme__isnull=False).values("programme")
    amounts = ForeignFundedProject.objects.order_by().filter(amounts__isnull=False).values("amounts__currency")
    parts = (
        ("don_vi", OrgUnit.objects.order_by(), label),
        ("tai_tro", Partner.objects.order_by().filter(used), label),
        ("dia_ban", Locality.objects.order_by().filter(pk__in=places), {"label": F("name")}),
        ("de_an", Programme.objects.order_by().filter(pk__in=served), label),
        ("tien", Currency.objects.order_by().filter(pk__in=amounts), {"label": F("code")}),
    )
    rows = [part.annotate(of=Value(of), **named).values_list("of", "pk", "label") for of, part, named in parts]
    options: dict[str, list[tuple[int, str]]] = {of: [] for of, _part, _named in parts}
    for of, pk, words in sorted(rows[0].union(*rows[1:], all=True), key=lambda row: sort_key(row[2])):
        options[of].append((pk, words))
    return options
