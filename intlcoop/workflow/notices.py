"""What people are told when a file moves: one notice and one mail per event and person. No money in mails."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.notifications.rule_news import those_who_pass_on
from intlcoop.notifications.services import notify
from intlcoop.people import offices
from intlcoop.people.offices import Holder
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import registry
from intlcoop.workflow.models import Case, Decision, RouteRule, StatusChange, Step

if TYPE_CHECKING:
    from intlcoop.people.models import User


def tell(case: Case, people: Iterable[User], *, event_key: str, ending: str, text: str) -> None:
    """Subject "ĐR-2026-0012 · Thái Lan · 05/12/2026 – 08/12/2026 · <ending>", then the file in a few lines and the text."""
    summary = registry.kind_of(case).summary(case)
    subject = [shown(case.number), summary.where, summary.when, ending]
    facts = [f"{label}: {fact}" for label, fact in summary.lines if fact]
    notify(
        list(people),
        event_key=event_key,
        subject=" · ".join(part for part in subject if part),
        body="\n".join([summary.title, *facts, *(["", text] if text else [])]),
        url=summary.url,
    )


def tell_next(case: Case, step: Step, holders: list[Holder]) -> None:
    """It is your turn: to everybody who may act on the step; for a body outside, to those who record its answer."""
    people = [holder.user for holder in holders]
    if not people:
        people = [holder.user for holder in offices.holders_of(offices.ICD_OFFICER, step.unit, timezone.localdate())]
    due = _("due %(date)s") % {"date": table_date(step.due_on)} if step.due_on else ""
    tell(
        case,
        people,
        event_key=f"step-{step.pk}-open",
        ending=due or step.get_kind_display(),
        text=_("Waiting for you: %(step)s.") % {"step": step.get_kind_display()},
    )


def tell_copy(case: Case, step: Step, people: Iterable[User]) -> None:
    """A copy for information: nothing is asked of anybody."""
    tell(
        case,
        people,
        event_key=f"step-{step.pk}-copy",
        ending=_("copy for information"),
        text=_("For your information; nothing waits for you. By %(rule)s.") % {"rule": step.citation.rstrip(".")},
    )


def tell_filer(case: Case, change: StatusChange, text: str) -> None:
    """What became of the file: to the person who filed it, unless they did it themselves."""
    if change.actor_id != case.created_by_id:
        lifecycle = registry.kind_of(case).lifecycle
        ending = lifecycle.state_label(change.to_state)
        tell(case, [case.created_by], event_key=f"status-{change.pk}", ending=ending, text=text)


def tell_disagreement(case: Case, decision: Decision) -> None:
    """An opinion disagreed: to the person who filed it, who has to answer it; the file goes on meanwhile."""
    text = _("%(name)s does not agree: %(reason)s") % {"name": decision.decided_by_name, "reason": decision.comment}
    ending = decision.get_outcome_display()
    tell(case, [case.created_by], event_key=f"decision-{decision.pk}-against", ending=ending, text=text)


def tell_deciders(case: Case, decisions: Iterable[Decision], version: int, text: str) -> None:
    """A file was cut back after a decision on it: those who decided are told, nothing reopens."""
    people = {decision.decided_by for decision in decisions if decision.decided_by}
    tell(case, people, event_key=f"content-{case.pk}-{version}", ending=_("changed after your decision"), text=text)


def tell_of_route(rule: RouteRule, *, actor: User) -> None:
    """A route changes from a day on: to the heads and focal points of all units, as of any other new rule."""
    lines = [
        _("Files submitted from %(day)s on follow this version.") % {"day": table_date(rule.valid_from)},
        rule.reason,
        rule.basis,
    ]
    notify(
        list(those_who_pass_on(actor)),
        event_key=f"route-rule:{rule.pk}:{rule.valid_from}",
        subject=_("New route: %(title)s") % {"title": rule.title},
        body="\n".join(line for line in lines if line),
        url=rule.get_absolute_url(),
    )
