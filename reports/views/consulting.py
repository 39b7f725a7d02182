"""A round of comments on the draft of a report: opened by the department, answered by units, each comment replied to."""

from __future__ import annotations

from functools import partial

import rules
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import working_days_between
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import LARGEST_ID, person_of, version_in
from intlcoop.workflow.pages import case_context
from reports import services, workflows
from reports.choices import ReportState
from reports.forms.consulting import OpinionForm, ReplyForm, RoundForm
from reports.models import UnitOpinion, YearEndReport
from reports.views.finding import visible_report
from reports.views.report_process import crumbs

METHODS = ["GET", "HEAD", "POST"]


def comments_url(report: YearEndReport) -> str:
    return reverse("reports:comments", args=[report.case.number])


@require_safe
def comments(request: HttpRequest, number: str) -> HttpResponse:
    """Every round with what each unit said; a unit reads its own line only."""
    found, user = visible_report(request, number), person_of(request)
    opinions = UnitOpinion.objects.visible_to(user).filter(round__report=found)
    rows = opinions.select_related("round__opened_by", "unit", "said_by").order_by(
        "-round", "unit__position", "unit__code"
    )
    rounds: dict[int, list[UnitOpinion]] = {}
    for row in rows:
        rounds.setdefault(row.round_id, []).append(row)
    lines = [(members[0].round, [line_of(member, request) for member in members]) for members in rounds.values()]
    running = next((opened for opened, _members in lines if opened.closed_at is None), None)
    context = case_context(found.case, user) | {
        "report": found,
        "crumbs": crumbs(found),
        "rounds": lines,
        "days_left": working_days_between(timezone.localdate(), running.due_on, calendar()) if running else None,
        "may_open": may_open(request, found),
    }
    context["actions"] = [action for action in context["actions"] if action.key == "end_consultation"]
    return render(request, "reports/process/comments.html", context)


def line_of(opinion: UnitOpinion, request: HttpRequest) -> dict[str, object]:
    user, is_open = person_of(request), opinion.round.closed_at is None
    may_say = is_open and rules.has_perm("reports.say_opinion", user, opinion)
    may_reply = opinion.said_at is not None and rules.has_perm(
        "reports.consult_report", user, opinion.round.report.case
    )
    return {"opinion": opinion, "may_say": may_say, "may_reply": may_reply}


def may_open(request: HttpRequest, report: YearEndReport) -> bool:
    allowed = rules.has_perm("reports.consult_report", person_of(request), report.case)
    return bool(allowed and report.case.state in (ReportState.READY, ReportState.RETURNED))


@require_http_methods(METHODS)
def open_round(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_report(request, number)
    if not rules.has_perm("reports.consult_report", person_of(request), found.case):
        return doors.refused_page(request, found.case, _("The department of cooperation asks the units for comments."))
    form = RoundForm(typed(request))
    if request.method == "POST" and form.is_valid():
        act = partial(
            workflows.consult_units,
            found,
            **form.cleaned_data,
            actor=person_of(request),
            expected_version=version_in(request),
        )
        said = _("The draft is open to the units for comments.")
        if answer := doors.carried_out(request, found.case, form, act, said=said, to=comments_url(found)):
            return answer
    page = {
        "form": form,
        "heading": _("Ask the units for comments on the draft"),
        "text": _("The units asked read the draft until the round is closed. The figures stay as they are meanwhile."),
        "verb": _("Open the round"),
        "back": found.get_absolute_url(),
        "crumbs": crumbs(found),
        "version": found.case.version,
    }
    return render(request, "delegations/plans/form.html", page)


def visible_opinion(request: HttpRequest, report: YearEndReport, pk: int) -> UnitOpinion:
    rows = UnitOpinion.objects.visible_to(person_of(request)).filter(round__report=report)
    found = rows.select_related("round__report__case", "unit").filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found


@require_http_methods(METHODS)
def say(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The unit's comment."""
    report = visible_report(request, number)
    opinion = visible_opinion(request, report, pk)
    if not rules.has_perm("reports.say_opinion", person_of(request), opinion):
        return doors.refused_page(request, report.case, _("The head or the focal point of the unit comments for it."))
    form = OpinionForm(typed(request), initial={"agrees": opinion.agrees, "text": opinion.text})
    if request.method == "POST" and form.is_valid():
        act = partial(services.say_opinion, opinion, **form.cleaned_data, actor=person_of(request))
        to = comments_url(report)
        if answer := doors.carried_out(request, report.case, form, act, said=_("The comment is sent."), to=to):
            return answer
    return render(
        request, "delegations/plans/form.html", opinion_page(report, opinion, form, _("Comment of %(unit)s"), _("Send"))
    )


@require_http_methods(METHODS)
def reply(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The department's answer to a comment."""
    report = visible_report(request, number)
    opinion = visible_opinion(request, report, pk)
    if not rules.has_perm("reports.consult_report", person_of(request), report.case):
        return doors.refused_page(request, report.case, _("The department of cooperation answers the comments."))
    if opinion.said_at is None:
        messages.error(request, _("This unit has not commented yet."))
        return redirect(comments_url(report))
    form = ReplyForm(typed(request), initial={"reply": opinion.reply})
    if request.method == "POST" and form.is_valid():
        act = partial(services.answer_opinion, opinion, form.cleaned_data["reply"], actor=person_of(request))
        if answer := doors.carried_out(request, report.case, form, act, said=_("Saved."), to=comments_url(report)):
            return answer
    page = opinion_page(report, opinion, form, _("Answer to %(unit)s"), _("Save"))
    return render(request, "delegations/plans/form.html", page | {"text": opinion.text})


def opinion_page(
    report: YearEndReport, opinion: UnitOpinion, form: object, heading: str, verb: str
) -> dict[str, object]:
    return {
        "form": form,
        "heading": heading % {"unit": opinion.unit},
        "verb": verb,
        "back": comments_url(report),
        "crumbs": crumbs(report),
    }
