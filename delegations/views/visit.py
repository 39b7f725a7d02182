"""The page of a visit: who comes and who receives them, guests, logistics, preparation, process, warnings, files, result."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services
from delegations.guards import visits as guards
from delegations.models import InboundDelegation
from delegations.queries.reception_section import reception_section
from delegations.queries.visit_alarms import Alarm, AlarmBook, alarm_of, is_watched, when_words
from delegations.queries.visit_particulars import logistics_of, visit_particulars
from delegations.queries.visits import visit_report_due
from delegations.views.visit_finding import visible_visit, visit_page
from delegations.views.visit_preparation import visit_preparation_context
from delegations.visit_choices import InboundState
from intlcoop.people.languages import speakers_of
from intlcoop.web.display import Crumb, Fact
from intlcoop.workflow import doors
from intlcoop.workflow.actions import Action, with_one_primary
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import case_context

READY = (InboundState.REQUESTED, InboundState.RETURNED)
#: So many guests stand on the page of the file; the list has the rest.
MOST_SHOWN = 12
#: Which section of the form mends what a guard asks for.
MENDED_AT = {
    guards.has_guests: "khach",
    guards.has_visit_days: "khi-nao",
    guards.guests_within_the_visit: "khi-nao",
    guards.has_host: "ai-tiep",
    guards.has_topics: "de-lam-gi",
    guards.has_visit_plan: "can-cu",
    guards.explains_visit_warnings: "giai-trinh",
}


@require_safe
def visit(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_visit(request, number)
    user = person_of(request)
    context = visit_page(found, **case_context(found.case, user))
    context["crumbs"] = [Crumb(_("Inbound delegations"), reverse("delegations:visits"))]
    may_edit = rules.has_perm("delegations.edit_visit", user, found)
    menu_links = menu_of(found, user)
    context["actions"] = actions_of(found, user, context["actions"])
    context |= {
        "facts": [Fact(label, value) for label, value in visit_particulars(found)],
        "logistics": [Fact(label, value) for label, value in logistics_of(found)],
        "may_edit": may_edit,
        # Whoever decides on the file next is not invited to write it.
        "links": links_of(found, may_edit=may_edit and not decides(context["actions"])),
        "menu_links": menu_links,
        "has_menu": bool(menu_links) or any(not action.primary for action in context["actions"]),
        "missing": missing_of(found) if may_edit and found.case.state in READY else [],
        "speakers": speakers_for(found) if may_edit else [],
        **guests_context(found),
        **result_context(found, user),
        **alarm_context(found),
        **visit_preparation_context(found),
        **reception_section(found.case, user),
    }
    return render(request, "delegations/visit.html", context)


def speakers_for(visit: InboundDelegation) -> list[Any]:
    """While nobody is named: who of ours speaks the languages that have to be interpreted."""
    wanted = visit.case.state in InboundState.OPEN and not visit.interpreter
    return speakers_of(visit.languages, timezone.localdate()) if wanted and visit.languages else []


def decides(actions: list[Action]) -> bool:
    return any(action.key.startswith("buoc-") for action in actions)


def links_of(visit: InboundDelegation, *, may_edit: bool) -> list[dict[str, Any]]:
    if not may_edit:
        return []
    return [{"label": _("Edit"), "url": reverse("delegations:visit_edit", args=[visit.case.number])}]


def actions_of(visit: InboundDelegation, user: Any, actions: list[Action]) -> list[Action]:
    """Guests who came today are here before the calendar knows it: then the result comes first."""
    begun = visit.case.state in InboundState.EXPECTED and rules.has_perm("delegations.write_visit_result", user, visit)
    if not begun:
        return actions
    url = reverse("delegations:visit_result", args=[visit.case.number])
    return with_one_primary([Action(key="ket-qua", label=_("Write the result"), url=url, primary=True), *actions])


def menu_of(visit: InboundDelegation, user: Any) -> list[Action]:
    if not rules.has_perm("delegations.add_visit", user):
        return []
    url = reverse("delegations:visit_copy", args=[visit.case.number])
    return [Action(key="sao-chep", label=_("Copy into a new file"), url=url, how="post")]


def guests_context(visit: InboundDelegation) -> dict[str, Any]:
    guests = list(visit.members.all())
    unlisted = visit.partner_id is None and bool(visit.partner_text) and visit.case.state != InboundState.CANCELLED
    return {
        "guests": guests[:MOST_SHOWN],
        "more_guests": max(len(guests) - MOST_SHOWN, 0),
        "unlisted_partner": unlisted,
    }


def result_context(visit: InboundDelegation, user: Any) -> dict[str, Any]:
    may = rules.has_perm("delegations.write_visit_result", user, visit)
    return {"may_write_result": may, "result_due": visit_report_due(visit) if may and not visit.result else None}


def alarm_context(visit: InboundDelegation) -> dict[str, Any]:
    """The red note of the days before arrival; asked for nothing while the visit is far off or over."""
    today = timezone.localdate()
    found = alarm_of(visit, AlarmBook(today)) if is_watched(visit, today) else None
    if found is None:
        return {}
    return {"alarm": found, "alarm_when": when_words(found), "alarm_lines": alarm_lines(found)}


def alarm_lines(alarm: Alarm) -> list[dict[str, str]]:
    """What is missing, each with the page on which it is mended."""
    number = alarm.visit.case.number
    lists, edit = (reverse(name, args=[number]) for name in ("delegations:visit_preparation", "delegations:visit_edit"))
    tasks = {line.name: f"{lists}#{line.key}" for line in alarm.tasks}
    return [{"text": text, "url": tasks.get(text, f"{edit}#ai-tiep")} for text in alarm.missing]


def missing_of(visit: InboundDelegation) -> list[tuple[str, str]]:
    """(sentence, address of the section that mends it) of everything that keeps the visit from being submitted."""
    edit = reverse("delegations:visit_edit", args=[visit.case.number])
    found = []
    for guard in guards.VISIT_GUARDS:
        answer = guard(visit.case) or []
        sentences = [answer] if isinstance(answer, str) else answer
        found += [(sentence, f"{edit}#{MENDED_AT[guard]}") for sentence in sentences]
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, number: str) -> HttpResponse:
    """ "Sao chép hồ sơ cũ"."""
    found = visible_visit(request, number)
    if request.method != "POST":
        return redirect(found)
    made: list[InboundDelegation] = []
    act = lambda: made.append(services.copy_visit(found, actor=person_of(request)))  # noqa: E731
    if answer := doors.carry_out(request, found.case, act):
        return answer
    messages.success(request, _("Copied without days, plan line and letters. Complete the new file."))
    return redirect("delegations:visit_edit", made[0].case.number)
