"""By what is the list of partners narrowed, and that of what happened with one of them?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import CharField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.choices import CommitmentSide, CommitmentState, DealingKind, PartnerKind, PartnerTier, Standing
from agreements.models import Commitment, Dealing, InternationalAgreement, Partner, PartnerGroup
from agreements.queries.commitments import ids_standing
from agreements.queries.sleeping import asleep_since
from intlcoop.catalogues.models import CooperationField
from intlcoop.people.models import OrgUnit
from intlcoop.web.file_numbers import normalise_number

WHERE = (("co", _("has an office in Viet Nam")), ("khong", _("no office in Viet Nam")))
STANDING = (
    ("de_xuat", _("Proposed, waiting for confirmation")),
    ("ngu", _("Sleeping: nothing happened for long")),
    ("khong_chon", _("No longer chosen")),
)


class PartnerFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=PartnerKind.choices, label=_("Kind"), empty_label=_("All")
    )
    nuoc = django_filters.ChoiceFilter(
        field_name="country_id", label=_("Country"), empty_label=_("All"), null_label=_("International")
    )
    muc = django_filters.ChoiceFilter(
        field_name="tier", choices=PartnerTier.choices, label=_("How close"), empty_label=_("All")
    )
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    nhom = django_filters.ChoiceFilter(field_name="memberships__group_id", label=_("Group"), empty_label=_("All"))
    linh_vuc = django_filters.ChoiceFilter(field_name="fields__id", label=_("Field"), empty_label=_("All"))
    tai_viet_nam = django_filters.ChoiceFilter(
        method="by_place", choices=WHERE, label=_("In Viet Nam"), empty_label=_("All")
    )
    tinh_trang = django_filters.ChoiceFilter(
        method="by_standing", choices=STANDING, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = Partner
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = partner_options()
        for name in ("don_vi", "nuoc", "nhom", "linh_vuc"):
            self.filters[name].extra["choices"] = options[name]

    def by_unit(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The partners of a unit are also those of the units that were merged into it."""
        ids = OrgUnit.objects.lineage_ids([int(value)], timezone.localdate() + dt.timedelta(days=1))
        return queryset.of_units(ids)  # type: ignore[attr-defined,no-any-return]

    def by_place(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(in_viet_nam=value == "co")

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "de_xuat":
            return queryset.filter(is_proposed=True)
        if value == "khong_chon":
            return queryset.filter(is_active=False)
        since = asleep_since(timezone.localdate())
        return queryset.without_dealing_since(since) if since else queryset.none()  # type: ignore[attr-defined,no-any-return]


def partner_options() -> dict[str, list[tuple[int, str]]]:
    """Countries with partners, units, groups and fields of cooperation: one query for all four."""
    name = "name_en" if get_language() == "en" else "name_vi"
    countries = Partner.objects.living().filter(country__isnull=False).order_by()
    parts = (
        _part("nuoc", countries, "country_id", f"country__{name}", "country__sort_key"),
        _part("don_vi", OrgUnit.objects.order_by(), "pk", name, "sort_key"),
        _part("nhom", PartnerGroup.objects.filter(is_active=True).order_by(), "pk", name, "sort_key"),
        _part("linh_vuc", CooperationField.objects.filter(is_active=True).order_by(), "pk", name, "code"),
    )
    options: dict[str, list[tuple[int, str]]] = {"nuoc": [], "don_vi": [], "nhom": [], "linh_vuc": []}
    for of, pk, label, _key in sorted(parts[0].union(*parts[1:]), key=lambda row: row[3]):
        options[of].append((pk, label))
    return options


def _part(of: str, rows: QuerySet[Any], pk: str, label: str, key: str) -> QuerySet[Any]:
    return rows.annotate(of=Value(of, CharField())).values_list("of", pk, label, key).distinct()


class DealingFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=DealingKind.choices, label=_("Kind"), empty_label=_("All")
    )
    nam = django_filters.ChoiceFilter(field_name="on__year", label=_("Year"), empty_label=_("All"))
    don_vi = django_filters.ChoiceFilter(field_name="unit_id", label=_("Unit"), empty_label=_("All"))

    class Meta:
        model = Dealing
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The years and units of these dealings: two small questions."""
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        years = rows.values_list("on__year", flat=True).distinct()
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in sorted(years, reverse=True)]
        units = OrgUnit.objects.filter(pk__in=rows.values("unit"))
        self.filters["don_vi"].extra["choices"] = [(unit.pk, unit.name) for unit in units]


#: Besides the standings: everything that is still to be done, whether overdue or not.
STILL_OPEN = "con_mo"
MINE = (("toi", _("I see to it")), ("xac_nhan", _("I verify it")), ("toi_ghi", _("Written down by me")))


class CommitmentFilter(django_filters.FilterSet):
    """By whom, with whom, how it stands. A unit answers with everything that was merged into it."""

    cua_toi = django_filters.ChoiceFilter(method="by_part", choices=MINE, label=_("My part"), empty_label=_("All"))
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Unit"), empty_label=_("All")
    )
    doi_tac = django_filters.ModelChoiceFilter(
        field_name="partner",
        queryset=Partner.objects.filter(commitments__isnull=False).distinct(),
        label=_("Partner"),
        empty_label=_("All"),
    )
    thoa_thuan = django_filters.CharFilter(method="by_agreement", label=_("Number of the agreement"))
    ben = django_filters.ChoiceFilter(
        field_name="side", choices=CommitmentSide, label=_("Whose promise"), empty_label=_("All")
    )
    ket_qua = django_filters.ChoiceFilter(
        method="by_standing",
        choices=[(STILL_OPEN, _("Still to be carried out")), *Standing.choices],
        label=_("How it stands"),
        empty_label=_("All"),
    )
    nam = django_filters.ChoiceFilter(field_name="due_on__year", label=_("Due in year"), empty_label=_("All"))

    class Meta:
        model = Commitment
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(this_year + 3, 2019, -1)]

    def by_part(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        user = self.request.user
        part = {"toi": Q(owner=user), "xac_nhan": Q(verifier=user), "toi_ghi": Q(case__created_by=user)}[value]
        return queryset.filter(part)

    def by_unit(self, queryset: QuerySet[Any], name: str, value: OrgUnit) -> QuerySet[Any]:
        return queryset.of_units(OrgUnit.objects.lineage_ids([value.pk], timezone.localdate()))

    def by_agreement(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """By its number as typed; what is no number of an agreement finds nothing."""
        number = normalise_number(value)
        wanted = InternationalAgreement.objects.filter(case__number=number) if number else []
        return queryset.filter(agreement__in=wanted)

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The same rule as the index counts by, so that a number and the list behind it agree."""
        if value == STILL_OPEN:
            return queryset.filter(case__state__in=CommitmentState.UNFINISHED)
        return queryset.filter(pk__in=ids_standing(queryset, Standing(value)))
