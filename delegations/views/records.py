"""Records of meetings: read, written, printed as minutes, with photos."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.views.asking import is_stale
from delegations.exports.minutes import minutes
from delegations.exports.prints import MINUTES
from delegations.forms.reception import PhotoForm, PointSet, RecordForm, record_initial
from delegations.models import MeetingPhoto, MeetingRecord
from delegations.models.reception import PHOTOS
from delegations.queries.records import begun_record, record_promises
from delegations.services import reception as services
from delegations.views.case_finding import ask, file_page, may_keep, row_or_404, visible_file
from delegations.views.plan_finding import attempt
from delegations.views.reception_papers import last_print
from intlcoop.audit.requests import facts_of
from intlcoop.documents.handing_out import hand_out
from intlcoop.documents.registry import file_url
from intlcoop.exporting.docx import build_docx
from intlcoop.people.letterhead import in_vietnamese
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import kept_rows
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case

METHODS = ["GET", "HEAD", "POST"]


def visible_record(request: HttpRequest, number: str, pk: int) -> MeetingRecord:
    case = visible_file(request, number)
    found: MeetingRecord = row_or_404(
        MeetingRecord.objects.filter(case=case).select_related("partner", "written_by"), pk
    )
    found.case = case
    return found


@require_safe
def record(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = visible_record(request, number, pk)
    may = may_keep(request, found.case)
    photos = list(found.photos.current())
    page = file_page(
        found.case,
        record=found,
        may=may,
        photos=[{"photo": each, "url": file_url(PHOTOS, each, view=True)} for each in photos],
        photo_form=photo_form(request, found) if may else None,
        paper=f"{MINUTES}-{found.pk}",
        pdf=last_print(request, found.case, f"{MINUTES}-{found.pk}"),
        **record_promises(found, person_of(request)),
    )
    return render(request, "delegations/record.html", page)


def photo_form(request: HttpRequest, record: MeetingRecord, *, posted: bool = False) -> PhotoForm:
    action = reverse("delegations:record_photo", args=[record.case.number, record.pk])
    data = request.POST if posted else typed(request, action=action)
    files = request.FILES if posted else None
    return PhotoForm(data, files, actor=person_of(request), where=facts_of(request))


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
    """A record, new or written before."""
    case = visible_file(request, number)
    if answer := ask(request, case):
        return answer
    found = visible_record(request, number, pk) if pk is not None else None
    data = typed(request)
    initial = (
        record_initial(found) if found is not None else {"minutes_due": True, **begun_record(case, person_of(request))}
    )
    form = RecordForm(data, kind=case.kind, initial=initial)
    form.stored = [{"id": each.pk, "text": each.text} for each in found.points.all()] if found is not None else []
    points = PointSet(data, prefix="points", initial=form.stored if data is None else None)
    valid = request.method == "POST" and all([form.is_valid(), points.is_valid()]) and not is_stale(request, form)
    if valid and (answer := saved(request, case, found, form, points)):
        return answer
    context = file_page(
        case,
        form=form,
        points=points,
        heading=_("Meeting record"),
        back=found.get_absolute_url() if found is not None else f"{doors.page_of(case)}#bien-ban",
    )
    return render(request, "delegations/record_form.html", context)


def saved(
    request: HttpRequest, case: Case, found: MeetingRecord | None, form: RecordForm, points: Any
) -> HttpResponse | None:
    kept: list[MeetingRecord] = []

    def act() -> None:
        fields = form.cleaned_data
        kept.append(
            services.save_record(case, found, actor=person_of(request), fields=fields, points=kept_rows(points))
        )

    said = _("The record is saved.")
    answer = doors.carried_out(request, case, form, act, said=said, to=doors.page_of(case))
    return redirect(kept[0]) if kept and answer is not None else answer


@require_safe
def docx(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The minutes as a Word file, from the data as they stand now."""
    found = visible_record(request, number, pk)
    with in_vietnamese():
        content = build_docx(minutes(found))
    return hand_out(request, content, f"{found.case.number}-bien-ban.docx", of=shown(found.case.number))


@require_POST
def photo_add(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = visible_record(request, number, pk)
    if answer := ask(request, found.case):
        return answer
    form = photo_form(request, found, posted=True)
    if form.is_valid() and (upload := doors.upload_in(form, "photo", request)):
        caption = form.cleaned_data["caption"]
        act = partial(services.add_photo, found, upload, caption=caption, actor=person_of(request))
        if answer := doors.carried_out(request, found.case, form, act, said=_("The photo is kept."), to=found):
            return answer
    crumbs = [*file_page(found.case)["crumbs"], Crumb(found.title, found.get_absolute_url())]
    page = file_page(found.case, form=form, heading=_("Add a photo"), back=found.get_absolute_url())
    return render(request, "delegations/reception_form.html", page | {"crumbs": crumbs})


@require_POST
def photo_remove(request: HttpRequest, number: str, pk: int, public_id: uuid.UUID) -> HttpResponse:
    found = visible_record(request, number, pk)
    photo = MeetingPhoto.objects.filter(record=found, public_id=public_id).select_related("record__case").first()
    if photo is None:
        raise Http404
    act = partial(services.withdraw_photo, photo, actor=person_of(request))
    return attempt(request, act, done=_("The photo is taken out. It stays on record."), back=found, case=found.case)
