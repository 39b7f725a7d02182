"""What keeps the file of an event from being submitted, and what only warns."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import LineState, PlanKind
from delegations.event_choices import EventFormat, EventSide, EventState, EventTopic
from delegations.guards.findings import Warning_, warn
from delegations.models import InternationalEvent, PlanLine
from delegations.queries.event_facts import authority_of, clock_for
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import ParameterValue, parameters
from intlcoop.vietnamese.dates import table_date

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


def of(case: Case) -> InternationalEvent:
    """The event as it is now, whatever was read before."""
    return InternationalEvent.objects.select_related("case__unit", "plan_line__plan").get(case=case)


def secret_words() -> str:
    return _(
        "State secrets are not written into this system. The Prime Minister permits such a conference: file it on paper with "
        "the department of international cooperation, as the law on state secrets says."
    )


def holds_no_secret(case: Case) -> str | None:
    return secret_words() if EventTopic.SECRET in of(case).topics else None


def is_hosted(case: Case) -> str | None:
    if of(case).is_hosted:
        return None
    return _("Only an event that we hold needs a permission. Of one that we attend, record that it was held.")


def has_days(case: Case) -> list[str]:
    event = of(case)
    if event.starts_on is None:
        return [_("Enter the first and the last day of the event.")]
    if event.starts_on < timezone.localdate():
        return [_("The first day of the event has passed. Correct the days.")]
    return []


def has_place(case: Case) -> list[str]:
    event = of(case)
    found = []
    if event.format != EventFormat.ONLINE and not event.place.strip():
        found.append(_("Say where it is held."))
    if sentence := endpoint_missing(event):
        found.append(sentence)
    return found


def endpoint_missing(event: InternationalEvent) -> str | None:
    """QĐ 06/2020 is about events in Viet Nam: one held online by us has an end-point here (article 2)."""
    if not event.is_hosted or event.format not in EventFormat.WITH_ENDPOINTS or event.endpoints.strip():
        return None
    return _(
        "Name at least one end-point in Viet Nam: an online conference without one is not held in Viet Nam and needs no "
        "permission (Quyết định 06/2020/QĐ-TTg, Điều 2). If others hold it, choose “We take part”."
    )


def has_topics(case: Case) -> list[str]:
    return [] if of(case).topics else [_("Choose the topics: they decide who permits the event.")]


def has_scheme(case: Case) -> list[str]:
    """The fields of Mẫu 01 without which nobody can decide."""
    event = of(case)
    asked = (
        (event.theme, _("Give the theme.")),
        (event.reason, _("Say why the event is held, and for what purpose.")),
        (event.content, _("Describe the content and the programme.")),
        (event.participants_text, _("Say who takes part.")),
    )
    found = [sentence for value, sentence in asked if not value.strip()]
    if event.foreign_count is None or event.vietnamese_count is None:
        found.append(_("Give the number of Vietnamese and of foreign participants."))
    return found


def has_principle(case: Case) -> list[str]:
    """What is asked before a country bids to host (article 6): reason, theme, who takes part, money."""
    event = of(case)
    asked = (
        (event.hosting_reason, _("Say why the ministry should host it.")),
        (event.theme, _("Give the theme.")),
        (event.reason, _("Say why the event is held, and for what purpose.")),
        (event.participants_text, _("Say who takes part.")),
    )
    return [sentence for value, sentence in asked if not value.strip()]


def has_money(case: Case) -> list[str]:
    event = of(case)
    if event.budget_vnd is not None or event.sponsored_vnd is not None:
        return []
    return [_("Say who pays: the state budget, sponsors, or both; 0 where one pays nothing.")]


def is_open_for_event(line: PlanLine) -> bool:
    """Whether events may be filed against this line: of an approved plan, not settled, and planning an event."""
    return line.plan.is_approved and line.state == LineState.ACCEPTED and line.kind == PlanKind.EVENT


def has_plan_or_reason(case: Case) -> list[str]:
    """Every event comes from an approved plan or says why not (W002-02)."""
    event = of(case)
    if event.plan_line is None:
        if event.out_of_plan_reason.strip():
            return []
        return [_("Choose the line of the plan, or say why the event is not in it.")]
    if not event.plan_line.plan.is_approved:
        return [_("The plan of this line is not approved yet. Choose another line, or say why the event is not in it.")]
    return []


# --- warnings ---------------------------------------------------------------------------------------------------------


def filed_on(case: Case) -> dt.date:
    return timezone.localdate(case.first_submitted_at) if case.first_submitted_at else timezone.localdate()


def event_warnings(case: Case) -> list[Warning_]:
    """What whoever decides should see: a file that comes late, guests that the list does not bear out."""
    event = of(case)
    if not event.is_hosted:
        return []
    return [*too_late(event, case), *ranks_differ(event)]


def too_late(event: InternationalEvent, case: Case) -> list[Warning_]:
    """The legal day before the event, and the earlier one from the unit to the ICD."""
    finding = authority_of(event)
    found = clock_for(event.starts_on, finding) if event.starts_on and finding else None
    if found is None:
        return []
    day, values = filed_on(case), {"lead": found.legal_rule.value, "day": table_date(found.clock.legal_on)}
    if late := found.clock.days_late(day):
        text = _("The complete file is due %(lead)s days before the event, by %(day)s: %(late)s days late.")
        return [warn("event_late", text % {**values, "late": late}, found.legal_rule)]
    if found.unit_rule is not None and (late := found.clock.unit_days_late(day)):
        text = _(
            "The unit hands the file to International Cooperation by %(day)s, %(lead)s days before the legal day: %(late)s "
            "days late."
        )
        values = {"lead": found.unit_rule.value, "day": table_date(found.clock.unit_on), "late": late}
        return [warn("event_late_to_icd", text % values, found.unit_rule)]
    return []


def ranks_differ(event: InternationalEvent) -> list[Warning_]:
    people = event.people.filter(side=EventSide.FOREIGN).count()
    if event.foreign_count is not None and people > event.foreign_count:
        text = _("The list of people has %(listed)s foreign guests, the file says %(said)s.")
        return [warn("event_people", text % {"listed": people, "said": event.foreign_count})]
    return []


def explains_event_warnings(case: Case) -> list[str]:
    """One explanation covers all warnings; what a rule blocks is not explained away."""
    found = event_warnings(case)
    blocked = [
        _("%(finding)s Not allowed by %(rule)s. Change the file, or ask who administers the rules.")
        % {"finding": finding.text, "rule": finding.citation.rstrip(".")}
        for finding in found
        if finding.blocks
    ]
    open_ones = [finding.text for finding in found if not finding.blocks]
    if open_ones and not of(case).warning_reason.strip():
        blocked.append(
            _("This file has warnings: %(warnings)s Explain them in the box “%(box)s”.")
            % {"warnings": " ".join(open_ones), "box": _("explanation of the warnings")}
        )
    return blocked


PERMISSION_GUARDS = (
    is_hosted,
    holds_no_secret,
    has_days,
    has_place,
    has_topics,
    has_scheme,
    has_money,
    has_plan_or_reason,
    explains_event_warnings,
)
PRINCIPLE_GUARDS = (is_hosted, holds_no_secret, has_topics, has_principle, has_money)


# --- afterwards -------------------------------------------------------------------------------------------------------


def event_may_be_held(case: Case) -> str | None:
    """One that we attend has begun; one that we hold is over: its report counts from the last day."""
    event = of(case)
    day = event.closes_on if event.is_hosted else event.starts_on
    if day is None:
        return _("Enter the days of the event first.")
    if day > timezone.localdate():
        return _("The event is not over yet.") if event.is_hosted else _("The event has not begun yet.")
    return None


def report_rule(event: InternationalEvent) -> ParameterValue | None:
    """By which rule the report on the result is due."""
    day = event.closes_on
    return parameters([ParameterKey.CONFERENCE_REPORT], day).get(ParameterKey.CONFERENCE_REPORT) if day else None


def report_is_complete(case: Case) -> list[str]:
    """Mẫu 02: who was there, what came of it, what is recommended, and that it was sent."""
    event = of(case)
    report = getattr(event, "report", None)
    if report is None:
        return [_("Write the report on the result first.")]
    asked = (
        (report.content.strip(), _("Say what was discussed.")),
        (report.results.strip(), _("Say what came of the event.")),
        (report.foreign_count is not None and report.vietnamese_count is not None,
         _("Give the number of Vietnamese and of foreign participants.")),
        (report.sent_on, _("Enter the day on which the report was sent, and its number.")),
    )  # fmt: skip
    found = [sentence for value, sentence in asked if not value]
    if report.sent_on and event.closes_on and report.sent_on < event.closes_on:
        found.append(_("The report cannot be sent before the event is over."))
    if report.sent_on and report.sent_on > timezone.localdate():
        found.append(_("The report cannot be sent in the future. Correct the day."))
    return found


def still_ahead(event: InternationalEvent) -> bool:
    return event.case.state in EventState.AHEAD
