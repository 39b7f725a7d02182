"""The closed lists of this room: kinds of instruments, what a parameter does, which parameters the code asks for."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class InstrumentKind(models.TextChoices):
    LAW = "law", _("Law")
    DECREE = "decree", _("Decree")
    RESOLUTION = "resolution", _("Resolution")
    DECISION = "decision", _("Decision")
    CIRCULAR = "circular", _("Circular")
    DIRECTIVE = "directive", _("Directive")
    CONCLUSION = "conclusion", _("Conclusion")
    GUIDANCE = "guidance", _("Guidance")
    OFFICIAL_LETTER = "official_letter", _("Official letter")


class InstrumentRelation(models.TextChoices):
    """What one instrument is to another, besides taking its place."""

    BASED_ON = "based_on", pgettext_lazy("instrument", "Based on")
    DETAILS = "details", pgettext_lazy("instrument", "Details or guides")
    AMENDS = "amends", pgettext_lazy("instrument", "Amends")


#: The same relation, read from the other side.
SEEN_FROM_OTHER: dict[str, Any] = {
    InstrumentRelation.BASED_ON: pgettext_lazy("instrument", "Basis of"),
    InstrumentRelation.DETAILS: pgettext_lazy("instrument", "Detailed or guided by"),
    InstrumentRelation.AMENDS: pgettext_lazy("instrument", "Amended by"),
}


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
    PERCENT = "percent", _("percent")
    PERIOD = "period", _("period of the year")
    DAY_OF_YEAR = "day_of_year", _("day of the year")
    WORDS = "words", _("words")
    DAY_LIST = "day_list", _("numbers of days")


class ParameterKey(models.TextChoices):
    """Every parameter that the portal knows. Rules that send a file along another route are routes, not parameters."""

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
    UNPLANNED_REASON = (
        "outbound.max_unplanned_without_reason",
        _("Trips outside the plan without a stated reason, at most"),
    )
    ATTACHED_INVITES = (
        "outbound.max_leaders_invited_by_attached_unit",
        _("Leaders of the ministry on a trip of an attached unit outside the plan, at most"),
    )
    PASSPORT_VALIDITY = "outbound.passport_min_validity_months", _("Passport valid after departure for at least")
    PASSPORT_RETURN = "outbound.passport_return_working_days", _("Return the passport within")
    DATE_SHIFT = "outbound.date_shift_tolerance_days", _("Dates may shift without a new decision by up to")
    SHORT_TRIP = "outbound.short_trip_max_days", _("A short working trip lasts at most")
    PLAN_ADJUST = "plan.adjust_deadline", _("Ask for changes of the annual plan by")
    INBOUND_NO_VISA = "inbound.notice_days_no_visa", _("Report guests who need no visa before arrival by")
    INBOUND_VISA = "inbound.notice_days_visa", _("Report guests who need a visa before arrival by")
    INBOUND_POLICE = "inbound.police_notice_days", _("Tell the police and the local authority before arrival by")
    INBOUND_REPORT = "inbound.result_report_days", _("Report on a visit within")
    INBOUND_ALARM = "inbound.alarm_days", _("Red alarm of what guests still lack before arrival by")
    OTHER_LANGUAGE = (
        "reception.other_language_percent",
        _("Translation of languages outside the six of the United Nations: at most so much above the norm"),
    )
    IN_HOUSE = (
        "reception.in_house_percent",
        _("Interpreting by our own staff: at most this share of the norm"),
    )
    AGREEMENT_OPINION = "agreement.opinion_working_days", _("Answer on a draft agreement within")
    AGREEMENT_OPINION_SHORT = (
        "agreement.opinion_short_working_days",
        _("Answer on a draft agreement in the shortened procedure within"),
    )
    AGREEMENT_DECISION = (
        "agreement.minister_decision_working_days",
        _("The Minister decides on an agreement of a unit within"),
    )
    AGREEMENT_REPORT = "agreement.report_after_sign_days", _("Report a signed agreement and send its copy within")
    AGREEMENT_NOTICE = "agreement.change_notice_days", _("Tell the Foreign Ministry of a changed agreement within")
    AGREEMENT_DORMANT = "agreement.dormant_after_months", _("An agreement or partner sleeps without any dealing for")
    COMMITMENT_BEFORE = "commitment.remind_before_days", _("Remind of a commitment before its due day by")
    COMMITMENT_AGAIN = "commitment.overdue_every_days", _("Remind of an overdue commitment again every")
    COMMITMENT_TRIP = "commitment.ask_before_trip_days", _("Ask about open commitments before a trip to the partner by")
    AGREEMENT_TITLES = "agreement.forbidden_title_words", _("Words that must not name an international agreement")
    AGREEMENT_TERM_NOTICES = "agreement.expiry_notice_days", _("Tell of the end of an agreement this many days before")
    TREATY_OPINION = "treaty.opinion_days", _("Answer on a draft treaty within")
    TREATY_COPY = "treaty.copy_days", _("Send a signed treaty to the Foreign Ministry within")
    TREATY_REPORT_AHEAD = "treaty.report_remind_months", _("Remind of a national report before it is due by")
    TREATY_PLAN = "treaty.implementation_plan_days", _("Submit the plan for a treaty within")
    CONFERENCE_LEAD_PM = (
        "conference.lead_days_pm",
        _("File a conference that the Prime Minister permits before it opens by"),
    )
    CONFERENCE_LEAD_MINISTER = (
        "conference.lead_days_minister",
        _("File a conference that the Minister permits before it opens by"),
    )
    CONFERENCE_LEAD_UNIT = (
        "conference.unit_lead_days",
        _("A unit hands the file of a conference to International Cooperation before the legal day by"),
    )
    CONFERENCE_OPINION = "conference.opinion_days", _("Answer on a conference within")
    CONFERENCE_REPORT = "conference.report_days", _("Report on a conference within")
    AID_APPRAISAL = "aid.appraisal_days", _("Appraise aid within")
    AID_NOTIFY = "aid.notify_days", _("Tell the donor of the decision within")
    AID_DORMANT = "aid.dormant_months", _("Aid not begun may be withdrawn after")
    AID_REPORT = "aid.period_report_days", _("Report on aid after the end of a half-year or year within")
    AID_COMPLETION = "aid.completion_report_months", _("Report on completed aid within")
    NGO_ACTIVITY = "partner.ngo_activity_years", _("Registration of a foreign NGO's activities holds at most")
    NGO_OFFICE = "partner.ngo_office_years", _("Registration of a foreign NGO's office holds at most")
    QUESTION_ANSWER = "question.answer_working_days", _("Answer a question of a unit within")
    INVITATION_REMIND = "invitation.remind_before_days", _("Remind of an open invitation before sign-up ends by")
    MERGE_UNDO = "partner.merge_undo_days", _("A merger of two partners can be taken back within")
    SPLIT_UNDO = "unit.split_undo_days", _("A division of a unit can be taken back within")
    YEAR_CUTOFF = "report.year_cutoff", _("Statutory reporting year")
    REMIND_BEFORE = "workflow.reminder_working_days_before", _("Remind of an open step before its due day by")
    ESCALATE_AFTER = "workflow.escalation_working_days_after", _("Take an overdue step to the next higher office after")


def parameter_keys() -> list[tuple[str, Any]]:
    """The choices of a field that names a parameter; a function, so that a new parameter asks for no migration."""
    return ParameterKey.choices


class DeadlineKind(models.TextChoices):
    """A deadline that falls on a day off moves to the next working day; a cut-off of figures stays where it is."""

    DEADLINE = "deadline", _("deadline")
    CUTOFF = "cutoff", _("cut-off of figures")


class RuleSort(models.TextChoices):
    """What sort of rule changed."""

    PARAMETER = "parameter", _("Parameter")
    INSTRUMENT = "instrument", _("Legal instrument")
    HOLIDAY = "holiday", _("Days off")
    DEADLINE = "deadline", _("Yearly deadline")
    DOSSIER = "dossier", _("Item of a dossier")
    DUTY = "duty", _("Duty after a decision")
    RECEPTION = "reception", _("Reception norm")


class RuleAct(models.TextChoices):
    """What was done to it."""

    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    ENDED = "ended", _("ended")
    REMOVED = "removed", _("taken out")


class HolidayKind(models.TextChoices):
    DAY_OFF = "day_off", _("day off")
    WORKING_WEEKEND = "working_weekend", _("weekend day that is worked")
