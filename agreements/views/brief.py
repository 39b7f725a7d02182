"""The brief of a partner: screen, Word file, PDF by a job; and the notes that it prints."""

from __future__ import annotations

import uuid

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements import services
from agreements.exports.brief import brief_paper
from agreements.exports.prints import BRIEFS
from agreements.forms.note import NoteForm
from agreements.models import Partner, PartnerNote
from agreements.queries.brief import brief_of
from agreements.queries.tree import survivor
from intlcoop.documents.handing_out import hand_out, hand_out_print
from intlcoop.exporting.docx import build_docx
from intlcoop.jobs.print_views import last_order, own_print
from intlcoop.jobs.services import enqueue
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
        "pdf": last_order(request, BRIEFS.code, partner=partner.pk, reader=user.pk),
    }
    return render(request, "agreements/brief.html", page)


def notes_url(partner: Partner) -> str:
    return reverse("agreements:note_add", args=[partner.pk])


@require_safe
def brief_docx(request: HttpRequest, pk: int) -> HttpResponse:
    partner = visible_partner(request, pk)
    content = build_docx(brief_paper(partner, person_of(request)))
    return hand_out(request, content, file_name(partner.name_vi, "docx"), of=partner.name_vi)


@require_POST
def order_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    partner = visible_partner(request, pk)
    user = person_of(request)
    enqueue(BRIEFS.code, {"partner": partner.pk, "reader": user.pk}, actor=user)
    return redirect(f"{reverse('agreements:brief', args=[partner.pk])}#ban-pdf")


@never_cache
@require_safe
def brief_pdf(request: HttpRequest, job_id: uuid.UUID) -> HttpResponseBase:
    job, path = own_print(request, BRIEFS, job_id)
    partner = visible_partner(request, int(job.params["partner"]))
    return hand_out_print(request, path, file_name(partner.name_vi, "pdf"), of=partner.name_vi)


def file_name(subject: str, extension: str) -> str:
    """A brief leaves the house under the name of whom it is about."""
    name = slugify(subject.replace("Đ", "D").replace("đ", "d"))[:60].strip("-") or "doi-tac"
    return f"tom-tat-{name}.{extension}"


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
