"""WHO: users, the dated tree of units, and who held which office when (domain.md R-01..R-13, R-22)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intlcoop.people.choices import Role, SignatureForm, UnitClass, UnitFunction, UnitType
from intlcoop.people.querysets import (
    AppointmentQuerySet,
    OrgUnitQuerySet,
    PeopleManager,
    RegisterQuerySet,
    SubstitutionQuerySet,
    TitleQuerySet,
)
from intlcoop.web.naming import TwoNames


class DateRange(Func):
    """The days of a dated row as a PostgreSQL range, both ends included, for exclusion constraints."""

    function = "DATERANGE"
    output_field = DateRangeField()


WHOLE_DAYS = DateRange("valid_from", "valid_until", RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class Dated(models.Model):
    """A row that holds from one day to another, both included; no end means that it still holds."""

    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Named for its field, so that no range is built from days in the wrong order."""
        super().clean()
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValidationError({"valid_until": _("The last day cannot be before the first.")})

    def holds_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@pghistory.track(exclude=["password", "last_login", "sort_key", "search_text"])
class User(AbstractUser):
    """A person who logs in, or who travels without ever logging in (then without a usable password)."""

    first_name = None  # type: ignore[assignment]  # Vietnamese names are not split
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=120)
    sort_key = models.CharField(max_length=400, editable=False, default="", db_index=True)
    search_text = models.TextField(editable=False, default="")
    language = models.CharField(
        _("language"), max_length=2, blank=True, choices=[("vi", _("Vietnamese")), ("en", _("English"))]
    )
    is_party_member = models.BooleanField(
        _("member of the Party"), default=False, help_text=_("Routes may ask the opinion of the Party committee then.")
    )
    is_centrally_managed = models.BooleanField(
        _("managed by the Party's central bodies"),
        default=False,
        help_text=_("A trip abroad then needs their permission besides; to be checked against the rules in force."),
    )
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)

    objects: ClassVar[PeopleManager] = PeopleManager()

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                condition=~Q(email=""),
                violation_error_message=_("Another person has this e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]


@pghistory.track(exclude=["sort_key", "search_text"])
class OrgUnit(TwoNames, Dated):
    """A unit of the ministry, as it was called and where it stood in these days.

    A merged unit keeps its rows; `merged_into` leads to its successor. The root is the ministry itself: its `symbol` is
    the ministry's in official numbers ("BDH" in 15/QĐ-BDH) and its `place` the place of issue.
    """

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    symbol = models.CharField(_("symbol in official numbers"), max_length=20, blank=True)
    place = models.CharField(_("place of issue"), max_length=60, blank=True)
    unit_class = models.CharField(_("class"), max_length=10, choices=UnitClass, default=UnitClass.INTERNAL)
    unit_type = models.CharField(_("type"), max_length=15, choices=UnitType)
    function = models.CharField(_("function"), max_length=12, choices=UnitFunction, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", verbose_name=_("merged into")
    )
    quota = models.PositiveSmallIntegerField(_("posts assigned"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=100)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    search_text = models.TextField(editable=False, default="")

    objects = OrgUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["position", "sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                name="orgunit_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="orgunit_not_merged_into_itself", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk"))
            ),
            models.CheckConstraint(
                name="orgunit_merged_has_ended",
                condition=Q(merged_into__isnull=True) | Q(valid_until__isnull=False),
                violation_error_message=_("A unit that was merged needs a last day."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("people:unit", args=[self.pk])

    def lineage(self, on: dt.date) -> OrgUnitQuerySet:
        """This unit and all units that were merged into it by that day: whose files are also this unit's."""
        return OrgUnit.objects.filter(pk__in=OrgUnit.objects.lineage_ids([self.pk], on))

    def current(self, on: dt.date) -> OrgUnit:
        """The unit that carries on this one's business on that day: itself, or where its mergers led."""
        unit, seen = self, {self.pk}
        while not unit.holds_on(on) and unit.merged_into is not None and unit.merged_into_id not in seen:
            unit = unit.merged_into
            seen.add(unit.pk)
        return unit


@pghistory.track()
class Appointment(Dated):
    """One person in one role in one unit, from a day to a day: "who was head then?" is answered here."""

    person = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="appointments", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=16, choices=Role)
    acting = models.BooleanField(
        _("in charge without being head"),
        default=False,
        help_text=_("A deputy in charge has the rights of the head and signs KT."),
    )
    title_vi = models.CharField(
        _("title in Vietnamese"), max_length=120, blank=True, help_text=_("Only where it differs from the usual title.")
    )
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)

    history_name = ("person", "role", "unit")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["unit", "role", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appointment_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            ExclusionConstraint(
                name="appointment_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (WHOLE_DAYS, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already holds this role in this unit in these days."),
            ),
            ExclusionConstraint(
                name="appointment_one_head_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (WHOLE_DAYS, RangeOperators.OVERLAPS)],
                condition=Q(role__in=[Role.HEAD, Role.MINISTER]),
                violation_error_message=_("This unit already has a head in these days."),
            ),
            models.CheckConstraint(
                name="appointment_acting_is_a_deputy",
                condition=Q(acting=False) | Q(role__in=[Role.DEPUTY_HEAD, Role.DEPUTY_MINISTER]),
                violation_error_message=_("Only a deputy can be in charge."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.unit}"


@pghistory.track()
class Supervision(Dated):
    """Which deputy minister is in charge of a unit ("lãnh đạo phụ trách")."""

    unit = models.ForeignKey(OrgUnit, models.PROTECT, related_name="supervisions", verbose_name=_("unit"))
    deputy_minister = models.ForeignKey(
        User, models.PROTECT, related_name="supervisions", verbose_name=_("deputy minister in charge")
    )

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        ordering = ["unit", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="supervision_days_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            ExclusionConstraint(
                name="supervision_one_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (WHOLE_DAYS, RangeOperators.OVERLAPS)],
                violation_error_message=_("Another deputy minister is in charge of this unit in these days."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit} · {self.deputy_minister}"


@pghistory.track()
class Substitution(Dated):
    """Somebody stands in for an office holder in these days, with the paper that says so.

    `form` KT = a deputy for the head; TL_KT = a deputy head to whom the head of unit passed a standing order; TUQ = the
    head of a subordinate unit, in writing, limited in time, never passed on (Decree 30/2020, article 13).
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="substituted", verbose_name=_("person away"))
    substitute = models.ForeignKey(User, models.PROTECT, related_name="substitutes_for", verbose_name=_("substitute"))
    unit = models.ForeignKey(
        OrgUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only for this unit's office")
    )
    kinds = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("only for these kinds of files")
    )
    form = models.CharField(_("form of signature"), max_length=6, choices=SignatureForm, default=SignatureForm.KT)
    ceiling = models.DecimalField(
        _("only for files up to this sum, in đồng"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(1))],
    )
    document = models.CharField(_("number of the document"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="substitution_not_oneself",
                condition=~Q(person=F("substitute")),
                violation_error_message=_("Nobody stands in for themselves."),
            ),
            models.CheckConstraint(
                name="substitution_limited_in_time",
                condition=Q(valid_until__isnull=False, valid_until__gte=F("valid_from")),
                violation_error_message=_("A substitution needs a last day, not before the first."),
            ),
            models.CheckConstraint(
                name="substitution_tuq_in_writing",
                condition=~Q(form=SignatureForm.TUQ) | ~Q(document=""),
                violation_error_message=_("An authorisation (TUQ.) needs the number of its document."),
            ),
            models.CheckConstraint(
                name="substitution_ceiling_positive",
                condition=Q(ceiling__isnull=True) | Q(ceiling__gt=0),
                violation_error_message=_("A ceiling is more than nothing; leave it empty for files of any sum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} ← {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("people:substitution", args=[self.pk])


@pghistory.track()
class OfficeTitle(models.Model):
    """What an office is called, by role and type of unit: data, for some ministries say "Bộ trưởng, Chủ nhiệm"."""

    role = models.CharField(_("role"), max_length=16, choices=Role)
    unit_type = models.CharField(_("type of unit"), max_length=15, choices=UnitType, blank=True)
    function = models.CharField(_("function"), max_length=12, choices=UnitFunction, blank=True, default="")
    title_vi = models.CharField(_("title in Vietnamese"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)

    objects = TitleQuerySet.as_manager()

    class Meta:
        verbose_name = _("title of an office")
        verbose_name_plural = _("titles of offices")
        ordering = ["role", "unit_type", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "unit_type", "function"], name="officetitle_unique"),
        ]

    def __str__(self) -> str:
        return self.title_vi
