"""Finding a report and one of its versions by address."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from intlcoop.workflow.doors import person_of
from reports.models import Snapshot, YearEndReport

#: How an address names an earlier version of the figures.
VERSION = "phien_ban"


def visible_report(request: HttpRequest, number: str) -> YearEndReport:
    """The report, if this person may read it; to a stranger it does not exist."""
    reports = YearEndReport.objects.visible_to(person_of(request)).for_list().prefetch_related("outputs")
    return get_object_or_404(reports, case__number=number)


def asked_version(request: HttpRequest, report: YearEndReport) -> Snapshot | None:
    """The version that the address names, else the one that holds; None before there is one."""
    asked = request.GET.get(VERSION, "")
    if not asked:
        return report.snapshot
    found = report.snapshots.filter(version=int(asked)).first() if asked.isdecimal() and len(asked) < 4 else None
    if found is None:
        raise Http404
    return found


def frozen_or_404(report: YearEndReport) -> Snapshot:
    if (snapshot := report.snapshot) is None:
        raise Http404
    return snapshot
