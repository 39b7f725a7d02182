"""What may each parameter be? Its group on the page, what it counts in, and which effects it may have. Pure data.

The five rules that send a file along another route (domain.md B.10) are no parameters: `ROUTE_RULES` names them so that
the page can lead to the routes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from intlcoop.regulations.choices import ParameterKey as Key
from intlcoop.regulations.choices import Severity, Unit

LIMIT = (Severity.WARN, Severity.BLOCK)
TIME = (Severity.SLA,)
REMINDER = (Severity.REMINDER,)
SETTING = (Severity.SETTING,)


@dataclass(frozen=True, slots=True)
class ParameterKind:
    """`effects` are the severities that somebody may choose; `lowest` the smallest number that makes sense."""

    group: str
    unit: Unit
    effects: tuple[Severity, ...]
    lowest: int = 1
    highest: int = 400

    @property
    def may_end(self) -> bool:
        """A limit or reminder can be switched off; a processing time or setting is always asked for."""
        return not {Severity.SLA, Severity.SETTING} & set(self.effects)


GROUPS: dict[str, Any] = {
    "outbound": _("Outbound trips"),
    "plan": _("Annual plans"),
    "inbound": _("Inbound visits"),
    "agreement": _("Agreements and treaties"),
    "conference": _("International conferences"),
    "aid": _("Foreign aid and foreign NGOs"),
    "partner": _("Partners"),
    "report": _("Reports"),
    "workflow": _("Working on files"),
}

KINDS: dict[str, ParameterKind] = {
    Key.LEAD_TIME: ParameterKind("outbound", Unit.WORKING_DAYS, LIMIT),
    Key.APPRAISAL: ParameterKind("outbound", Unit.WORKING_DAYS, TIME),
    Key.COMPLETE_FILE: ParameterKind("outbound", Unit.WORKING_DAYS, TIME),
    Key.OPINION: ParameterKind("outbound", Unit.WORKING_DAYS, TIME),
    # An overdue report also stands in the way of the head's next trip: a warning, or a refusal where the row blocks.
    Key.REPORT_DUE: ParameterKind("outbound", Unit.DAYS, (Severity.REMINDER, Severity.BLOCK)),
    Key.TRIPS_PER_LEADER: ParameterKind("outbound", Unit.TRIPS, LIMIT),
    Key.MAX_MEMBERS: ParameterKind("outbound", Unit.PERSONS, LIMIT),
    Key.MAX_DAYS: ParameterKind("outbound", Unit.DAYS, LIMIT),
    Key.MAX_COUNTRIES: ParameterKind("outbound", Unit.COUNTRIES, LIMIT),
    Key.KEY_LEADERS: ParameterKind("outbound", Unit.PERSONS, LIMIT),
    Key.SAME_CONTENT: ParameterKind("outbound", Unit.YEARS, LIMIT, highest=20),
    Key.UNPLANNED_REASON: ParameterKind("outbound", Unit.TRIPS, LIMIT, lowest=0, highest=1),
    Key.ATTACHED_INVITES: ParameterKind("outbound", Unit.PERSONS, LIMIT, lowest=0),
    Key.PASSPORT_VALIDITY: ParameterKind("outbound", Unit.MONTHS, LIMIT, highest=60),
    Key.PASSPORT_RETURN: ParameterKind("outbound", Unit.WORKING_DAYS, REMINDER),
    Key.DATE_SHIFT: ParameterKind("outbound", Unit.DAYS, SETTING, lowest=0),
    Key.SHORT_TRIP: ParameterKind("outbound", Unit.DAYS, LIMIT),
    Key.PLAN_ADJUST: ParameterKind("plan", Unit.DAY_OF_YEAR, REMINDER),
    Key.INBOUND_NO_VISA: ParameterKind("inbound", Unit.DAYS, LIMIT),
    Key.INBOUND_VISA: ParameterKind("inbound", Unit.DAYS, LIMIT),
    Key.INBOUND_POLICE: ParameterKind("inbound", Unit.DAYS, REMINDER),
    Key.INBOUND_REPORT: ParameterKind("inbound", Unit.DAYS, REMINDER),
    Key.INBOUND_ALARM: ParameterKind("inbound", Unit.DAYS, REMINDER, highest=30),
    Key.OTHER_LANGUAGE: ParameterKind("inbound", Unit.PERCENT, LIMIT, highest=100),
    Key.IN_HOUSE: ParameterKind("inbound", Unit.PERCENT, LIMIT, highest=100),
    Key.AGREEMENT_OPINION: ParameterKind("agreement", Unit.WORKING_DAYS, TIME),
    Key.AGREEMENT_OPINION_SHORT: ParameterKind("agreement", Unit.WORKING_DAYS, TIME),
    Key.AGREEMENT_DECISION: ParameterKind("agreement", Unit.WORKING_DAYS, TIME),
    Key.AGREEMENT_REPORT: ParameterKind("agreement", Unit.DAYS, REMINDER),
    Key.AGREEMENT_NOTICE: ParameterKind("agreement", Unit.DAYS, REMINDER),
    Key.AGREEMENT_DORMANT: ParameterKind("agreement", Unit.MONTHS, REMINDER, highest=120),
    Key.COMMITMENT_BEFORE: ParameterKind("agreement", Unit.DAYS, REMINDER),
    Key.COMMITMENT_AGAIN: ParameterKind("agreement", Unit.DAYS, REMINDER, highest=60),
    Key.COMMITMENT_TRIP: ParameterKind("agreement", Unit.DAYS, REMINDER),
    Key.AGREEMENT_TITLES: ParameterKind("agreement", Unit.WORDS, LIMIT),
    Key.AGREEMENT_TERM_NOTICES: ParameterKind("agreement", Unit.DAY_LIST, REMINDER, lowest=0),
    Key.TREATY_OPINION: ParameterKind("agreement", Unit.DAYS, TIME),
    Key.TREATY_COPY: ParameterKind("agreement", Unit.DAYS, REMINDER),
    Key.TREATY_REPORT_AHEAD: ParameterKind("agreement", Unit.MONTHS, REMINDER, highest=36),
    Key.TREATY_PLAN: ParameterKind("agreement", Unit.DAYS, REMINDER),
    Key.CONFERENCE_LEAD_PM: ParameterKind("conference", Unit.DAYS, LIMIT),
    Key.CONFERENCE_LEAD_MINISTER: ParameterKind("conference", Unit.DAYS, LIMIT),
    Key.CONFERENCE_LEAD_UNIT: ParameterKind("conference", Unit.DAYS, LIMIT, lowest=0),
    Key.CONFERENCE_OPINION: ParameterKind("conference", Unit.DAYS, TIME),
    Key.CONFERENCE_REPORT: ParameterKind("conference", Unit.DAYS, REMINDER),
    Key.AID_APPRAISAL: ParameterKind("aid", Unit.DAYS, TIME),
    Key.AID_NOTIFY: ParameterKind("aid", Unit.DAYS, TIME),
    Key.AID_DORMANT: ParameterKind("aid", Unit.MONTHS, REMINDER),
    Key.AID_REPORT: ParameterKind("aid", Unit.DAYS, REMINDER),
    Key.AID_COMPLETION: ParameterKind("aid", Unit.MONTHS, REMINDER),
    Key.NGO_ACTIVITY: ParameterKind("aid", Unit.YEARS, REMINDER, highest=20),
    Key.NGO_OFFICE: ParameterKind("aid", Unit.YEARS, REMINDER, highest=20),
    Key.QUESTION_ANSWER: ParameterKind("partner", Unit.WORKING_DAYS, TIME),
    Key.INVITATION_REMIND: ParameterKind("partner", Unit.DAYS, REMINDER, highest=60),
    Key.MERGE_UNDO: ParameterKind("partner", Unit.DAYS, SETTING),
    Key.SPLIT_UNDO: ParameterKind("workflow", Unit.DAYS, SETTING),
    Key.YEAR_CUTOFF: ParameterKind("report", Unit.PERIOD, SETTING),
    Key.REMIND_BEFORE: ParameterKind("workflow", Unit.WORKING_DAYS, REMINDER, highest=60),
    Key.ESCALATE_AFTER: ParameterKind("workflow", Unit.WORKING_DAYS, REMINDER, highest=60),
}


@dataclass(frozen=True, slots=True)
class RouteRule:
    """A rule of domain.md B.10 that is a route: what it says and on what it stands."""

    key: str
    text: Any
    citation: str


ROUTE_RULES = (
    RouteRule(
        "outbound.deputy_minister_offplan_requires_pm",
        _("A trip that a Deputy Minister leads outside the plan needs the permission of the Prime Minister."),
        "quy định của Bộ (W002-01)",
    ),
    RouteRule(
        "outbound.decision_issuer_role",
        _("Only the personnel department drafts the decision to send a delegation."),
        "quy định của Bộ (W002-04)",
    ),
    RouteRule(
        "agreement.pm_if_disagreement",
        _("An agreement on which an opinion disagrees goes to the Prime Minister."),
        "Luật 70/2020/QH14, Điều 16, Điều 17",
    ),
    RouteRule(
        "conference.pm_topics",
        _("Conferences on sovereignty, security, defence, ethnic affairs, religion, human rights or state secrets"
          " are permitted by the Prime Minister."),
        "Quyết định 06/2020/QĐ-TTg, Điều 3",
    ),
    RouteRule(
        "aid.pm_topics",
        _("Aid for security, defence, religion or the drafting of laws is approved by the Prime Minister."),
        "Nghị định 80/2020/NĐ-CP, Điều 7 (đã được thay thế, cần đối chiếu)",
    ),
)  # fmt: skip
