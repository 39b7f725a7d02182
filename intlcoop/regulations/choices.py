"""The closed lists of this room: kinds of instruments, what a parameter does, which parameters the code asks for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstrumentKind(models.TextChoices):
    LAW = "law", _("Law")
    DECREE = "decree", _("Decree")
    DECISION = "decision", _("Decision")
    CIRCULAR = "circular", _("Circular")
    DIRECTIVE = "directive", _("Directive")
    CONCLUSION = "conclusion", _("Conclusion")
    GUIDANCE = "guidance", _("Guidance")
    OFFICIAL_LETTER = "official_letter", _("Official letter")


class Severity(models.TextChoices):
    """What happens when a file does not keep a parameter (domain.md B.10)."""

    BLOCK = "block", _("blocks")
    WARN = "warn", _("warns")
    SLA = "sla", _("sets a processing time")
    REMINDER = "reminder", _("reminds")
    SETTING = "setting", _("setting")


class Unit(models.TextChoices):
    """In what a parameter's value counts."""

    WORKING_DAYS = "working_days", _("working days")
    DAYS = "days", _("days")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")
    PERSONS = "persons", _("persons")
    TRIPS = "trips", _("trips")
    COUNTRIES = "countries", _("countries")
    PERIOD = "period", _("period of the year")


class ParameterKey(models.TextChoices):
    """Every parameter that the code asks for. Rules that send a file along another route are routes, not parameters."""

    LEAD_TIME = "outbound.lead_time_working_days", _("File a trip this long before departure")
    APPRAISAL = "outbound.appraisal_working_days", _("Appraise a trip within")
    COMPLETE_FILE = "outbound.complete_file_working_days", _("Complete a returned file within")
    OPINION = "outbound.opinion_working_days", _("Answer a request for an opinion within")
    REPORT_DUE = "outbound.report_due_days", _("Report on a trip within")
    TRIPS_PER_LEADER = "outbound.max_trips_per_leader_year", _("Trips of one leader in a year, at most")
    MAX_MEMBERS = "outbound.max_members", _("Members of a delegation, at most")
    MAX_DAYS = "outbound.max_days", _("Length of a trip, at most")
    MAX_COUNTRIES = "outbound.max_countries", _("Countries on one trip, at most")
    KEY_LEADERS = "outbound.max_key_leaders_same_unit", _("Key leaders of one unit on one trip, at most")
    SAME_CONTENT = (
        "outbound.same_content_same_country_years",
        _("No second trip on the same matter to the same country within"),
    )
    PASSPORT_VALIDITY = "outbound.passport_min_validity_months", _("Passport valid after departure for at least")
    PASSPORT_RETURN = "outbound.passport_return_working_days", _("Return the passport within")
    DATE_SHIFT = "outbound.date_shift_tolerance_days", _("Dates may shift without a new decision by up to")
    YEAR_CUTOFF = "report.year_cutoff", _("Statutory reporting year")


class HolidayKind(models.TextChoices):
    DAY_OFF = "day_off", _("day off")
    WORKING_WEEKEND = "working_weekend", _("weekend day that is worked")
