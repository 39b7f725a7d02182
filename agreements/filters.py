"""By what is the list of partners narrowed, and that of what happened with one of them?"""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import CharField, Exists, F, OuterRef, PositiveSmallIntegerField, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agreements.choices import (
    AgreementKind,
    AgreementState,
    CommitmentSide,
    CommitmentState,
    DealingKind,
    InNameOf,
    PartnerKind,
    PartnerTier,
    Regime,
    Standing,
    TermKind,
)
from agreements.models import (
    AgreementDuty,
    AgreementParty,
    Commitment,
    Dealing,
    InternationalAgreement,
    Partner,
    PartnerGroup,
)
from agreements.queries.commitments import ids_standing
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.sorting import sort_key
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
        ids = OrgUnit.objects.lineage_ids([int(value)], timezone.localdate())
        return queryset.of_units(ids)  # type: ignore[attr-defined,no-any-return]

    def by_place(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(in_viet_nam=value == "co")

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "de_xuat":
            return queryset.filter(is_proposed=True)
        if value == "khong_chon":
            return queryset.filter(is_active=False)
        return queryset.dormant(timezone.localdate())  # type: ignore[attr-defined,no-any-return]


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
        return queryset.of_units(OrgUnit.objects.lineage_ids([value.pk], timezone.localdate()))  # type: ignore[attr-defined]

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


EXPIRING = (
    ("30", _("within 30 days")),
    ("90", _("within 90 days")),
    ("180", _("within 180 days")),
    ("xem_lai", _("due for review")),
)
OWED = (("con", _("something is owed")), ("qua_han", _("something is overdue")))
ASLEEP = (("lau_khong", _("without activity for long")),)
FIRST_YEAR = 2000


class AgreementFilter(django_filters.FilterSet):
    che_do = django_filters.ChoiceFilter(
        field_name="regime", choices=Regime.choices, label=_("Legal regime"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=AgreementKind.choices, label=_("Kind"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=AgreementState.choices, label=_("Status"), empty_label=_("All")
    )
    nam = django_filters.ChoiceFilter(field_name="signed_on__year", label=_("Signed in"), empty_label=_("All"))
    doi_tac = django_filters.ChoiceFilter(method="by_partner", label=_("Partner"), empty_label=_("All"))
    nuoc = django_filters.ChoiceFilter(method="by_country", label=_("Country"), empty_label=_("All"))
    linh_vuc = django_filters.ChoiceFilter(method="by_field", label=_("Field of cooperation"), empty_label=_("All"))
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    danh_nghia = django_filters.ChoiceFilter(
        field_name="in_name_of", choices=InNameOf.choices, label=_("In the name of"), empty_label=_("All")
    )
    sap_het = django_filters.ChoiceFilter(
        method="by_expiry", choices=EXPIRING, label=_("Term ends"), empty_label=_("All")
    )
    viec = django_filters.ChoiceFilter(method="by_duties", choices=OWED, label=_("After signing"), empty_label=_("All"))
    hoat_dong = django_filters.ChoiceFilter(
        method="by_activity", choices=ASLEEP, label=_("Activity"), empty_label=_("All")
    )

    class Meta:
        model = InternationalAgreement
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = agreement_options()
        for name, of in (("don_vi", "unit"), ("nuoc", "country"), ("doi_tac", "partner"), ("linh_vuc", "field")):
            self.filters[name].extra["choices"] = options[of]
        this_year = timezone.localdate().year
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(this_year, FIRST_YEAR - 1, -1)]

    def by_partner(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(Exists(AgreementParty.objects.filter(agreement=OuterRef("pk"), partner_id=value)))

    def by_country(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """An agreement with partners of several countries answers to each of them once."""
        parties = AgreementParty.objects.filter(agreement=OuterRef("pk"), partner__country_id=value)
        return queryset.filter(Exists(parties))

    def by_field(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        through = InternationalAgreement.fields.through
        return queryset.filter(
            Exists(through.objects.filter(internationalagreement=OuterRef("pk"), cooperationfield_id=value))
        )

    def by_unit(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A unit's own and those of every unit that was merged into it."""
        ids = OrgUnit.objects.lineage_ids([int(value)], timezone.localdate())
        return queryset.of_units(ids)  # type: ignore[attr-defined]

    def by_expiry(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        today, living = timezone.localdate(), queryset.filter(case__state__in=AgreementState.LIVING)
        if value == "xem_lai":
            return living.filter(term_kind=TermKind.OPEN_ENDED, review_on__lte=today)
        return living.filter(expires_on__range=(today, today + dt.timedelta(days=int(value))))

    def by_activity(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.dormant(timezone.localdate())  # type: ignore[attr-defined]

    def by_duties(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        duties = AgreementDuty.objects.filter(case=OuterRef("case"))
        owed = duties.overdue(timezone.localdate()) if value == "qua_han" else duties.owed()
        return queryset.filter(Exists(owed))


def agreement_options() -> dict[str, list[tuple[int, str]]]:
    """Units, and the partners, countries and fields of the agreements there are; one query for all of them."""
    name = "name_en" if get_language() == "en" else "name_vi"
    label = {"label": F(name)}
    units = OrgUnit.objects.order_by().annotate(of=Value("unit"), rank=F("position"), **label)
    parties = AgreementParty.objects.order_by()
    partners = Partner.objects.order_by().filter(pk__in=parties.values("partner"))
    countries = Country.objects.order_by().filter(pk__in=parties.values("partner__country"))
    through = InternationalAgreement.fields.through.objects.values("cooperationfield")
    fields = CooperationField.objects.order_by().filter(pk__in=through)
    zero = {"rank": Value(0, output_field=PositiveSmallIntegerField())}
    columns = ("of", "pk", "label", "rank")
    rows = units.values_list(*columns).union(
        partners.annotate(of=Value("partner"), **zero, **label).values_list(*columns),
        countries.annotate(of=Value("country"), **zero, **label).values_list(*columns),
        fields.annotate(of=Value("field"), **zero, **label).values_list(*columns),
    )
    options: dict[str, list[tuple[int, str]]] = {"unit": [], "partner": [], "country": [], "field": []}
    for of, pk, words, _rank in sorted(rows, key=lambda row: (row[3], sort_key(row[2]))):
        options[of].append((pk, words))
    return options
