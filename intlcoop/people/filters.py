"""By what are the lists of this room narrowed?"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intlcoop.people.choices import LanguageLevel, Role, UnitClass, UnitType
from intlcoop.people.models import Appointment, OrgUnit, StaffLanguage, Substitution, Supervision, User
from intlcoop.web.forms import DayField


class DayFilter(django_filters.Filter):
    field_class = DayField


def all_units(request: HttpRequest | None) -> QuerySet[OrgUnit]:
    return OrgUnit.objects.all()


class OfUnits:
    """For lists whose queryset knows `of_units(ids)`: name the filter's method "by_unit"."""

    def by_unit(self, queryset: QuerySet[Any], name: str, value: OrgUnit | str) -> QuerySet[Any]:
        """A unit answers with its own and with those of every unit that was merged into it."""
        unit = value.pk if isinstance(value, OrgUnit) else int(value)
        ids = OrgUnit.objects.lineage_ids([unit], timezone.localdate())
        return queryset.of_units(ids)  # type: ignore[attr-defined,no-any-return]


class PersonFilter(django_filters.FilterSet):
    don_vi = django_filters.ModelChoiceFilter(queryset=all_units, method="in_unit", label=_("Unit"))
    tai_khoan = django_filters.ChoiceFilter(
        field_name="is_active",
        choices=[("True", _("Account open")), ("False", _("Account closed"))],
        label=_("Account"),
    )

    class Meta:
        model = User
        fields: list[str] = []

    def in_unit(self, people: QuerySet[User], name: str, unit: OrgUnit) -> QuerySet[User]:
        return people.filter(pk__in=Appointment.objects.filter(unit=unit).values("person"))


def spoken(request: HttpRequest | None) -> list[tuple[str, str]]:
    rows = StaffLanguage.objects.order_by().values_list("key").annotate(name=Min("name"))
    return sorted(rows)


class LanguageFilter(django_filters.FilterSet):
    ngon_ngu = django_filters.ChoiceFilter(field_name="key", choices=lambda: spoken(None), label=_("Language spoken"))
    trinh_do = django_filters.ChoiceFilter(choices=LanguageLevel, method="at_least", label=_("At least"))
    don_vi = django_filters.ModelChoiceFilter(queryset=all_units, method="in_unit", label=_("Unit"))
    phien_dich = django_filters.ChoiceFilter(
        field_name="interprets", choices=[("True", _("can interpret"))], label=_("Interprets")
    )
    boi_duong = django_filters.ChoiceFilter(
        field_name="wants_training", choices=[("True", _("would like training"))], label=_("Wants training")
    )

    class Meta:
        model = StaffLanguage
        fields: list[str] = []

    def at_least(self, rows: QuerySet[StaffLanguage], name: str, level: str) -> QuerySet[StaffLanguage]:
        """The mother tongue is above every level; what is not known is below."""
        levels = list(LanguageLevel.values)
        return rows.filter(level__in=levels[levels.index(level) :])

    def in_unit(self, rows: Any, name: str, unit: OrgUnit) -> Any:
        return rows.of_units([unit.pk], timezone.localdate())


class UnitFilter(django_filters.FilterSet):
    loai = django_filters.ChoiceFilter(field_name="unit_type", choices=UnitType, label=_("Type"))
    khoi = django_filters.ChoiceFilter(field_name="unit_class", choices=UnitClass, label=_("Place in the ministry"))
    ngay = DayFilter(method="on_day", label=_("Existing on"))

    class Meta:
        model = OrgUnit
        fields: list[str] = []

    def on_day(self, units: Any, name: str, day: Any) -> Any:
        return units.on(day)


class OnDayFilter(django_filters.FilterSet):
    """Rows that hold on a day."""

    ngay = DayFilter(method="on_day", label=_("In force on"))

    def on_day(self, rows: Any, name: str, day: Any) -> Any:
        return rows.on(day)


class AppointmentFilter(OnDayFilter):
    don_vi = django_filters.ModelChoiceFilter(field_name="unit", queryset=all_units, label=_("Unit"))
    vai_tro = django_filters.ChoiceFilter(field_name="role", choices=Role, label=_("Role"))

    class Meta:
        model = Appointment
        fields: list[str] = []


class SupervisionFilter(OnDayFilter):
    class Meta:
        model = Supervision
        fields: list[str] = []


class SubstitutionFilter(OnDayFilter):
    class Meta:
        model = Substitution
        fields: list[str] = []
