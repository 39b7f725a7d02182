"""What becomes of a report after it is made: figures collected anew, files made anew, number and day, what differs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intlcoop.audit.requests import facts_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports import services, workflows
from reports.choices import ReportState
from reports.forms.report_process import IssueForm, RefreshForm
from reports.models import Snapshot, YearEndReport
from reports.queries.addresses import addresses
from reports.queries.differences import Differences, State, differences, with_addresses
from reports.queries.sections import drifts_of, outline_in, sections_of, texts_of
from reports.queries.standing_records import records_now
from reports.views.finding import frozen_or_404, visible_report

METHODS = ["GET", "HEAD", "POST"]
NOW = "nay"


def crumbs(report: YearEndReport) -> list[Crumb]:
    return [Crumb(_("Reports"), reverse("reports:list")), Crumb(shown(report.case.number), report.get_absolute_url())]


@require_http_methods(METHODS)
def refresh(request: HttpRequest, number: str) -> HttpResponse:
    """Collect the figures anew: the next version, beside the one that was read."""
    found = visible_report(request, number)
    if not rules.has_perm("reports.refresh_report", person_of(request), found.case):
        return doors.refused_page(
            request, found.case, _("The figures of this report can no longer be collected anew here.")
        )
    snapshot = frozen_or_404(found)
    form = RefreshForm(typed(request), report=found)
    if request.method == "POST" and form.is_valid():
        act = partial(
            workflows.refresh_figures,
            found,
            actor=person_of(request),
            as_of=form.cleaned_data["as_of"],
            expected_version=version_in(request),
        )
        said = _("The figures are being collected anew. The version before stays readable.")
        if answer := doors.carried_out(request, found.case, form, act, said=said, to=found):
            return answer
    page = {
        "form": form,
        "case": found.case,
        "version": found.case.version,
        "file_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
        "snapshot": snapshot,
    }
    return render(request, "reports/process/refresh.html", page)


@require_http_methods(METHODS)
def print_again(request: HttpRequest, number: str) -> HttpResponse:
    """Make the files anew, with the texts as they read now."""
    found = visible_report(request, number)
    if request.method == "POST":
        try:
            job = services.print_again(found, actor=person_of(request))
            said = _("The file is being made anew.") if job else _("The file says what the page says already.")
            messages.success(request, said)
        except NotAllowed as refusal:
            return doors.forbidden_page(request, found.case, refusal)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(found)


@require_http_methods(METHODS)
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """The clerk enters what stands in the register."""
    found = visible_report(request, number)
    user = person_of(request)
    if not rules.has_perm("reports.issue_report", user, found.case):
        return doors.refused_page(request, found.case, _("The clerk enters number and day of a report."))
    if found.case.state != ReportState.APPROVED:
        return redirect(found)
    snapshot = frozen_or_404(found)
    signers = services.signers_of(found, timezone.localdate())
    form = IssueForm(
        typed(request),
        request.FILES or None,
        actor=user,
        where=facts_of(request),
        signers=signers,
        symbol=snapshot.paper["symbol"],
    )
    if request.method == "POST" and form.is_valid():
        act = partial(
            workflows.issue_report,
            found,
            form.register,
            actor=user,
            scan=upload_in(form, "scan", request),
            request_id=request_key(request),
            expected_version=version_in(request),
        )
        said = _("The report is issued. The file with number and day is being made.")
        if answer := doors.carried_out(request, found.case, form, act, said=said, to=found):
            return answer
    page = {
        "form": form,
        "case": found.case,
        "version": found.case.version,
        "file_url": found.get_absolute_url(),
        "crumbs": crumbs(found),
    }
    return render(request, "reports/process/issue.html", page)


# --- what differs ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: a version of this report, another report of the year, or the records now."""

    key: str
    label: str


def sides_of(request: HttpRequest, report: YearEndReport) -> list[Side]:
    """The versions of this report, then other reports of the same year that this person reads, then the records now."""
    rows = report.snapshots.defer("rows", "figures", "sections").order_by("version")
    found = [Side(str(row.version), version_words(row)) for row in rows]
    others = YearEndReport.objects.visible_to(person_of(request)).filter(year=report.year, snapshots__isnull=False)
    for other in others.exclude(pk=report.pk).select_related("case").distinct().order_by("pk"):
        words = f"{shown(other.case.number)} · {other.case.title} ({table_date(other.first_day)} – {table_date(other.last_day)})"
        found.append(Side(other.case.number, words))
    return [*found, Side(NOW, _("The records as they are now"))]


def version_words(snapshot: Snapshot) -> str:
    at = timezone.localtime(snapshot.at)
    values = {"version": snapshot.version, "day": table_date(snapshot.as_of), "at": f"{at:%H:%M, %d/%m/%Y}"}
    return _("Version %(version)s, figures as of %(day)s, frozen at %(at)s") % values


@require_safe
def differing(request: HttpRequest, number: str) -> HttpResponse:
    """Two states of a report side by side: only what differs."""
    found = visible_report(request, number)
    latest = frozen_or_404(found)
    sides = sides_of(request, found)
    known = {side.key: side for side in sides}
    old = (
        known.get(request.GET.get("cu", ""))
        or known[str(latest.version if latest.version == 1 else latest.version - 1)]
    )
    new = known.get(request.GET.get("moi", "")) or known[str(latest.version) if latest.version > 1 else NOW]
    before, after = (state_of(found, latest, side.key) for side in (old, new))
    result = differences(before, after)
    page = {
        "report": found,
        "crumbs": crumbs(found),
        "sides": sides,
        "old": old,
        "new": new,
        "found": with_addresses(result, addresses_of(request, result, [*before.rows, *after.rows])),
    }
    return render(request, "reports/process/differences.html", page)


def addresses_of(request: HttpRequest, found: Differences, rows: list[Any]) -> dict[str, str]:
    """Only of the rows that the page names."""
    named = {row.key for row in (*found.came, *found.went, *found.changed)}
    return addresses(person_of(request), [row for row in rows if row["number"] in named])


def state_of(report: YearEndReport, latest: Snapshot, key: str) -> State:
    if key == NOW:
        rows, figures = records_now(services.scope_of(report))
        return State(rows, figures)
    if key.isdecimal():
        own = latest if int(key) == latest.version else report.snapshots.get(version=int(key))
        return State(own.rows, own.figures, sections_of(report, own))
    other = YearEndReport.objects.select_related("case").get(case__number=key)
    snapshot = other.snapshot
    if snapshot is None:
        raise PermissionDenied
    return State(snapshot.rows, snapshot.figures, sections_of(other, snapshot))


# --- on the page of the report -----------------------------------------------------------------------------------


def process_context(request: Any, report: YearEndReport, snapshot: Snapshot | None) -> dict[str, Any]:
    """What the page of a report shows of its way besides `workflow.pages.case_context`."""
    user = person_of(request)
    may_edit = rules.has_perm("reports.edit_report", user, report.case)
    waits = report.case.state == ReportState.CONSULTING or report.job.is_live
    rows = report.snapshots.defer("rows", "figures", "sections").order_by("-version")
    return {
        "versions": [(row.version, version_words(row)) for row in rows],
        "may_edit": may_edit,
        "may_refresh": rules.has_perm("reports.refresh_report", user, report.case) and not waits,
        "may_consult": rules.has_perm("reports.consult_report", user, report.case)
        and report.case.state in (ReportState.READY, ReportState.RETURNED)
        and not report.job.is_live,
        "may_print": rules.has_perm("reports.order", user) and not report.job.is_live,
        "stale": snapshot is not None and not services.is_up_to_date(report, snapshot),
    }


def marked(
    sections: list[dict[str, Any]], report: YearEndReport, snapshot: Snapshot, *, may_edit: bool
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """(sections that say whether they are by hand and still match, (title, address) of the empty ones that may be written)."""
    texts, drifts = texts_of(report), drifts_of(report, snapshot)
    editable = services.editable_keys(report) if may_edit else []
    found = [
        section
        | {
            "by_hand": section["key"] in texts,
            "drift": drifts.get(section["key"]),
            "edit_url": section_url(report, section["key"]) if section["key"] in editable else "",
        }
        for section in sections
    ]
    printed = {section["key"] for section in sections}
    empty = [
        (place["title"], section_url(report, place["key"]))
        for place in outline_in(report)
        if place["key"] in editable and place["key"] not in printed
    ]
    return found, empty


def section_url(report: YearEndReport, key: str) -> str:
    return reverse("reports:section", args=[report.case.number, key])
