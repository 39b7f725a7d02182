"""What keeps a visit from being submitted, and what only warns; each form asks what it needs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import LineState, PlanKind
from delegations.guards.findings import Warning_, warn
from delegations.models import InboundDelegation, PlanLine, ProgrammeItem
from delegations.queries.host_days import host_absences, other_meetings
from delegations.queries.programme import clashes
from delegations.queries.visits import head_guest, host_words
from delegations.visit_choices import InboundState, VisaNeed
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import ParameterValue, parameters
from intlcoop.vietnamese.dates import table_date, table_range
from intlcoop.web.file_numbers import shown

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


def visit_of(case: Case) -> InboundDelegation:
    return case.inbound


def has_guests(case: Case) -> list[str]:
    """From which body, and who leads them."""
    visit = visit_of(case)
    found = []
    if visit.partner_id is None and not visit.partner_text:
        found.append(_("Say from which body the guests come."))
    if head_guest(visit) is None:
        found.append(
            _("Name the guest who is received.") if visit.is_short else _("Name the head of the guests’ delegation.")
        )
    return found


def has_visit_days(case: Case) -> list[str]:
    visit = visit_of(case)
    if visit.arrives_on is None or visit.leaves_on is None:
        if visit.is_short:
            return [_("Enter the day on which the guests are received.")]
        return [_("Enter the days of arrival and departure.")]
    if not visit.is_short and visit.arrives_on < timezone.localdate():
        return [_("The day of arrival has passed. Correct the date.")]
    return []


def guests_within_the_visit(case: Case) -> list[str]:
    """A guest comes later or leaves earlier, but not outside the visit."""
    visit = visit_of(case)
    first, last = visit.arrives_on, visit.leaves_on
    if first is None or last is None:
        return []
    outside = [
        guest.full_name
        for guest in visit.members.all()
        if any(day is not None and not first <= day <= last for day in (guest.arrives_on, guest.leaves_on))
    ]
    text = _("%(names)s: arrival or departure lies outside the days of the visit. Correct the guest or the visit.")
    return [text % {"names": ", ".join(outside[:5])}] if outside else []


def has_host(case: Case) -> list[str]:
    visit = visit_of(case)
    found = [] if host_words(visit) else [_("Say who receives the guests.")]
    if not visit.host_rank:
        found.append(_("Say which rank receives the guests: by it the file finds its way."))
    return found


def has_topics(case: Case) -> list[str]:
    visit = visit_of(case)
    found = []
    if not visit.is_short and not visit.purpose_text.strip():
        found.append(_("Say what the guests come for."))
    if not visit.topics.strip():
        found.append(_("Say what will be talked about."))
    return found


def is_open_for_visit(line: PlanLine) -> bool:
    """Visits are filed against lines for visits that stand in an approved plan."""
    return line.plan.is_approved and line.state == LineState.ACCEPTED and line.kind == PlanKind.INBOUND


def has_visit_plan(case: Case) -> list[str]:
    """A delegation from abroad comes from an approved plan or says why not; a guest who lives here is not planned."""
    visit = visit_of(case)
    if visit.is_short:
        return []
    if visit.plan_line is None:
        if visit.out_of_plan_reason.strip():
            return []
        return [_("Choose the line of the plan, or say why the visit is not in it.")]
    if not is_open_for_visit(visit.plan_line):
        return [_("This line of the plan does not stand for a visit that can be filed. Choose another line.")]
    return []


def explains_visit_warnings(case: Case) -> list[str]:
    """One explanation covers all warnings; the short form is not held up by any."""
    visit = visit_of(case)
    if visit.is_short or visit.warning_reason.strip():
        return []
    found = visit_warnings(visit)
    if not found:
        return []
    return [
        _("This file has warnings: %(warnings)s Explain them in the box “%(box)s”.")
        % {"warnings": " ".join(warning.text for warning in found), "box": _("explanation of the warnings")}
    ]


VISIT_GUARDS = (
    has_guests,
    has_visit_days,
    guests_within_the_visit,
    has_host,
    has_topics,
    has_visit_plan,
    explains_visit_warnings,
)


# --- what only warns --------------------------------------------------------------------------------------------------


def notice_rule(visit: InboundDelegation) -> ParameterValue | None:
    """By how many days before arrival a delegation is to be reported: more where it needs a visa (B.10)."""
    if visit.is_short or visit.arrives_on is None:
        return None
    key = ParameterKey.INBOUND_VISA if visit.visa == VisaNeed.NEEDED else ParameterKey.INBOUND_NO_VISA
    return parameters([key], visit.arrives_on).get(key)


def filed_on(visit: InboundDelegation) -> dt.date:
    first = visit.case.first_submitted_at
    return timezone.localdate(first) if first else timezone.localdate()


def late_notice(visit: InboundDelegation) -> list[Warning_]:
    rule = notice_rule(visit)
    if rule is None or visit.arrives_on is None:
        return []
    left = (visit.arrives_on - filed_on(visit)).days
    if left >= int(rule.value):
        return []
    text = _("Reported late: %(left)s days before arrival, %(lead)s are asked for.")
    return [warn("visit_late", text % {"left": max(left, 0), "lead": rule.value}, rule)]


def host_is_away(visit: InboundDelegation) -> list[Warning_]:
    text = _("%(name)s is on trip %(number)s on %(days)s and cannot receive the guests.")
    return [
        warn(
            "host_away",
            text
            % {
                "name": host_words(visit),
                "number": shown(absence.number),
                "days": table_range(absence.first, absence.last),
            },
            number=absence.number,
        )
        for absence in host_absences(visit)
    ]


def host_is_busy(visit: InboundDelegation) -> list[Warning_]:
    found = []
    for other in other_meetings(visit):
        values = {
            "name": host_words(visit),
            "number": shown(other.number),
            "day": table_date(visit.meeting_on or visit.arrives_on),  # type: ignore[arg-type]
            "time": f"{other.time:%H:%M}" if other.time else _("no hour fixed"),
        }
        text = _("%(name)s receives the guests of %(number)s on the same day, %(day)s (%(time)s).")
        found.append(warn("host_busy", text % values, number=other.number))
    return found


def programme_clashes(visit: InboundDelegation) -> list[Warning_]:
    """Items of the programme to come whose leader is abroad or at something else at that time."""
    items = ProgrammeItem.objects.filter(case=visit.case_id, leader__isnull=False, day__gte=timezone.localdate())
    found = clashes(list(items.select_related("leader", "case")))
    text = _("Programme: %(why)s")
    sentences = dict.fromkeys(sentence for of_item in found.values() for sentence in of_item)
    return [warn("programme_clash", text % {"why": sentence}) for sentence in sentences]


def visit_warnings(visit: InboundDelegation) -> list[Warning_]:
    """Everything that has to be seen, in the order of the form; nothing about a visit that is over or called off."""
    if visit.case.state not in InboundState.OPEN or visit.case.state == InboundState.REPORT_DUE:
        return []
    return [*late_notice(visit), *host_is_away(visit), *host_is_busy(visit), *programme_clashes(visit)]
