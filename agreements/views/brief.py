"""The brief of a partner: screen, Word file, PDF by a job; and the notes that it prints."""

from __future__ import annotations

import uuid
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements import services
from agreements.exports.brief import brief_paper
from agreements.exports.brief_job import BRIEF, brief_path
from agreements.forms.note import NoteForm
from agreements.models import Partner, PartnerNote
from agreements.queries.brief import brief_of
from agreements.queries.tree import survivor
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.documents.filenames import content_disposition
from intlcoop.documents.guard import CONTENT_TYPES
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.models import Job
from intlcoop.jobs.services import enqueue
from intlcoop.jobs.views import job_context
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import LARGEST_ID, person_of
from intlcoop.workflow.refusals import NotAllowed, Refused


def visible_partner(request: HttpRequest, pk: int) -> Partner:
    partners = Partner.objects.visible_to(person_of(request)).select_related("country", "parent")
    found = partners.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    # A merged partner is briefed about, and noted on, as what it became.
    return survivor(found)


@never_cache
@require_safe
def brief(request: HttpRequest, pk: int) -> HttpResponse:
    partner = visible_partner(request, pk)
    return show(request, partner, NoteForm(typed(request, action=notes_url(partner))))


def show(request: HttpRequest, partner: Partner, form: NoteForm) -> HttpResponse:
    user = person_of(request)
    found = brief_of(partner, user)
    crumbs = [Crumb(_("Partners"), reverse("agreements:partner_list")), Crumb(partner, partner.get_absolute_url())]
    page = {
        "partner": partner,
        "brief": found,
        "notes": [(note, rules.has_perm("agreements.withdraw_note", user, note)) for note in found.notes],
        "form": form if rules.has_perm("agreements.add_note", user) else None,
        "crumbs": crumbs,
        **pdf_context(request, partner),
    }
    return render(request, "agreements/brief.html", page)


def notes_url(partner: Partner) -> str:
    return reverse("agreements:note_add", args=[partner.pk])


def pdf_context(request: HttpRequest, partner: Partner) -> dict[str, Any]:
    return last_pdf(request, BRIEF, partner=partner.pk)


def last_pdf(request: HttpRequest, kind: str, **of: Any) -> dict[str, Any]:
    """The last PDF that this person ordered of it, while it is made, failed, or lies ready."""
    mine = Job.objects.filter(kind=kind, params__contains=of | {"reader": person_of(request).pk})
    job = mine.order_by("-created_at").first()
    return {"pdf": job_context(request, job)} if job is not None else {}  # type: ignore[arg-type]


@require_safe
def brief_docx(request: HttpRequest, pk: int) -> HttpResponse:
    partner = visible_partner(request, pk)
    content = build_docx(brief_paper(partner, person_of(request)))
    response = HttpResponse(content, content_type=CONTENT_TYPES["docx"])
    return downloaded(request, response, partner, "docx")


@require_POST
def order_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    partner = visible_partner(request, pk)
    user = person_of(request)
    enqueue(BRIEF, {"partner": partner.pk, "reader": user.pk}, actor=user)
    return redirect(f"{reverse('agreements:brief', args=[partner.pk])}#ban-pdf")


@never_cache
@require_safe
def brief_pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    """The file itself, for the one person as whose brief it was made: others may know less, or more."""
    user = person_of(request)
    job = Job.objects.filter(pk=job_id, kind=BRIEF, params__reader=user.pk).first()
    path = brief_path(job) if job is not None else None
    if job is None or path is None:
        raise Http404
    partner = visible_partner(request, int(job.params["partner"]))
    response = FileResponse(path.open("rb"), content_type=CONTENT_TYPES["pdf"])
    return downloaded(request, response, partner, "pdf", inline=True)


def downloaded(request: HttpRequest, response: Any, partner: Partner, extension: str, *, inline: bool = False) -> Any:
    return file_of(request, response, partner.name_vi, extension, inline=inline)


def file_of(request: HttpRequest, response: Any, subject: str, extension: str, *, inline: bool = False) -> Any:
    """A brief leaves the house under the name of whom it is about, with a line in the log."""
    name = slugify(subject.replace("Đ", "D").replace("đ", "d"))[:60].strip("-") or "doi-tac"
    file_name = f"tom-tat-{name}.{extension}"
    response["Content-Disposition"] = content_disposition(file_name, inline=inline)
    response["Cache-Control"] = "private, no-store"
    record_security_event(
        SecurityEventKind.DOWNLOAD, actor=person_of(request), where=facts_of(request), target=f"{subject} · {file_name}"
    )
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def note_add(request: HttpRequest, pk: int) -> HttpResponse:
    partner = visible_partner(request, pk)
    if request.method != "POST":
        return redirect("agreements:brief", partner.pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, partner, form)
    data = form.cleaned_data
    try:
        services.add_note(partner, data["text"], actor=person_of(request), audience=data["audience"])
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        form.add_error("text", refusal.reasons)
        return show(request, partner, form)
    messages.success(request, _("The note is kept."))
    return redirect(f"{reverse('agreements:brief', args=[partner.pk])}#ghi-chu")


@require_POST
def note_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = person_of(request)
    note = PartnerNote.objects.visible_to(user).filter(pk=pk).first() if pk <= LARGEST_ID else None
    if note is None:
        raise Http404
    try:
        services.withdraw_note(note, actor=user)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The note is taken back."))
    return redirect(f"{reverse('agreements:brief', args=[note.partner_id])}#ghi-chu")
