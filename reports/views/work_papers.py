"""The notice of conclusions of a meeting: as a Word file at once, as PDF by the worker."""

from __future__ import annotations

from typing import Any

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intlcoop.documents.handing_out import hand_out
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.print_views import last_order
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed
from reports.choices import WorkKind
from reports.exports.conclusions import load, notice
from reports.exports.prints import NOTICES
from reports.models import WorkItem


def visible_meeting(request: HttpRequest, number: str) -> WorkItem:
    rows = WorkItem.objects.visible_to(person_of(request)).filter(kind=WorkKind.MEETING).select_related("case")
    if (found := rows.filter(case__number=number).first()) is None:
        raise Http404
    return found


@require_safe
def notice_docx(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_meeting(request, number)
    with in_vietnamese():
        content = build_docx(notice(load(found.case.number)))
    return hand_out(request, content, f"{found.case.number}-thong-bao-ket-luan.docx", of=shown(found.case.number))


@require_http_methods(["GET", "HEAD", "POST"])
def notice_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Order the PDF; it lies among the files then."""
    found, user = visible_meeting(request, number), person_of(request)
    if request.method != "POST":
        return redirect(f"{found.get_absolute_url()}#thong-bao")
    if not rules.has_perm("workflow.comment_case", user, found.case):
        return doors.forbidden_page(request, found.case, NotAllowed(_("You may not do this on this file.")))
    NOTICES.order(found.case, actor=user)
    return redirect(f"{found.get_absolute_url()}#thong-bao")


def paper_context(request: HttpRequest, item: WorkItem) -> dict[str, Any]:
    """Where the papers of a meeting are made, and the last order while it is under way or failed."""
    if item.kind != WorkKind.MEETING or not item.conclusions.exists():
        return {}
    number = item.case.number
    return {
        "docx_url": reverse("reports:work_notice", args=[number]),
        "pdf_url": reverse("reports:work_notice_pdf", args=[number]),
        "may_order": rules.has_perm("workflow.comment_case", request.user, item.case),
        "order": last_order(request, NOTICES.code, case=item.case_id),
    }
