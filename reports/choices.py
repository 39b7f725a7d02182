"""The closed lists of reports: which days a year-end report covers, how it stands, which figures it knows."""

from __future__ import annotations

from enum import StrEnum, nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class Window(models.TextChoices):
    """Which days belong to the year (feature J7)."""

    CALENDAR = "calendar", _("Calendar year")
    STATUTORY = "statutory", _("Statutory reporting year (15 December to 14 December)")
    CUSTOM = "custom", _("Days of my own choice")


class ReportState(models.TextChoices):
    ORDERED = "ordered", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    CANCELLED = "cancelled", _("Order cancelled")

    #: States in which the same report may be ordered once more.
    STOPPED = nonmember(("failed", "cancelled"))


class OutputFormat(models.TextChoices):
    PDF = "pdf", "PDF"


class Key(StrEnum):
    """The figures that this version can count; the names are those of the report's JSON and never change."""

    TOTAL = "outbound.total"
    LED = "outbound.led"
    ACCOMPANYING = "outbound.accompanying"
    IN_PLAN = "outbound.in_plan"
    OUT_OF_PLAN = "outbound.out_of_plan"
    PERSONS = "outbound.persons"
    COUNTRIES = "outbound.countries"


class PlanBasis(StrEnum):
    """Where a trip stands towards the plan. An accompanying trip stands neither in nor out of it."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"
