"""Reads over people, units and dated rows: which of them hold on a day, which of them may be seen, which are meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

import rules
from django.apps import apps
from django.contrib.auth.models import UserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q

from intlcoop.people.choices import Role
from intlcoop.vietnamese.folding import fold

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from intlcoop.people.models import User


def beginnings_of(text: str) -> Q:
    """The condition that each word of `text` begins a word of `search_text`: "do an" finds Đỗ Ánh, not Lãnh đạo."""
    condition = Q()
    for word in fold(text).split():
        condition &= Q(search_text__startswith=word) | Q(search_text__contains=f" {word}")
    return condition


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with `valid_from` and `valid_until` (both included, None = open)."""

    def on(self, day: dt.date) -> Self:
        """The rows that hold on this day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )

    def overlapping(self, first: dt.date, last: dt.date | None) -> Self:
        """The rows that hold on at least one day from `first` to `last` (None = for ever)."""
        rows = self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))
        return rows if last is None else rows.filter(valid_from__lte=last)


class RegisterQuerySet(DatedQuerySet):
    """Rows of the staff register: whoever may read the register reads all of them, anybody else none."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if rules.has_perm("people.view_register", user) else self.none()


class TitleQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if rules.has_perm("people.view_register", user) else self.none()


class UserQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The register for those who may read it; everybody reads their own row."""
        return self if rules.has_perm("people.view_register", user) else self.filter(pk=user.pk)

    def active(self) -> Self:
        return self.filter(is_active=True)

    def matching(self, text: str) -> Self:
        """People whose name, user name and address hold words that begin like all of `text`, accents or not."""
        return self.filter(beginnings_of(text))

    def appointed_on(self, day: dt.date, **conditions: Any) -> Self:
        """People with an appointment on this day that meets the conditions (fields of Appointment)."""
        appointments = apps.get_model("people", "Appointment").objects.on(day)
        return self.filter(Exists(appointments.filter(person=OuterRef("pk"), **conditions)))


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's own manager (create_user, get_by_natural_key) with our reads."""

    use_in_migrations = False


class OrgUnitQuerySet(RegisterQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Names of units are no secret inside the house."""
        return self if user.is_authenticated and user.is_active else self.none()

    def with_function(self, function: str) -> Self:
        return self.filter(function=function)

    def roots(self) -> Self:
        """The ministry itself: what has no unit above it and was not merged."""
        return self.filter(parent__isnull=True, merged_into__isnull=True)

    def matching(self, text: str) -> Self:
        return self.filter(beginnings_of(text))

    def lineage_ids(self, units: Iterable[int], on: dt.date) -> set[int]:
        """The ids of these units and of all units that were merged into them by that day, step by step."""
        found = set(units)
        newest = found
        while newest:
            merged = self.model._default_manager.filter(merged_into__in=newest, valid_until__lt=on)
            newest = set(merged.values_list("pk", flat=True)) - found
            found |= newest
        return found


class UnitChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """How units were reorganised is no secret inside the house."""
        return self if user.is_authenticated and user.is_active else self.none()

    def in_force(self) -> Self:
        return self.filter(undone_at__isnull=True)


class UnitSuccessionQuerySet(models.QuerySet[Any]):
    def by(self, day: dt.date) -> Self:
        """The successions that have taken effect on this day."""
        return self.filter(change__undone_at__isnull=True, change__effective_on__lte=day)


class AppointmentQuerySet(RegisterQuerySet):
    def of(self, person: models.Model) -> Self:
        return self.filter(person=person)

    def in_living_units(self, day: dt.date) -> Self:
        """Without appointments that were left behind in a unit that ended."""
        return self.filter(Q(unit__valid_until__isnull=True) | Q(unit__valid_until__gte=day), unit__valid_from__lte=day)

    def in_business(self, day: dt.date) -> Self:
        """Those by which active people decide. Administrators and auditors decide nothing, whatever else they are."""
        outside = self.model._default_manager.on(day).filter(person=OuterRef("person"), role__in=Role.OUTSIDE_BUSINESS)
        return self.on(day).in_living_units(day).filter(~Exists(outside), person__is_active=True)


class SubstitutionQuerySet(RegisterQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whoever reads the register, and the clerk, who records what leaders order on paper."""
        return self if rules.has_perm("people.read_substitutions", user) else super().visible_to(user)

    def on(self, day: dt.date) -> Self:
        """Those in force on this day; a revoked one ends with the day before its revocation."""
        return super().on(day).filter(Q(revoked_at__isnull=True) | Q(revoked_at__date__gt=day))

    def in_force(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class LanguageQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own; those who look for interpreters or plan training read all."""
        return self if rules.has_perm("people.view_languages", user) else self.filter(person=user.pk)

    def of_those_here(self, day: dt.date) -> Self:
        """Of people whose account is open and who hold an office on a day."""
        return self.filter(person__in=self._people().active().appointed_on(day))

    def of_units(self, unit_ids: Any, day: dt.date) -> Self:
        return self.filter(person__in=self._people().appointed_on(day, unit__in=unit_ids))

    def _people(self) -> Any:
        people: Any = self.model._meta.get_field("person").related_model
        return people.objects
