"""A file that is written on one page: a form and its rows, saved by hand or by itself, never losing what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intlcoop.web.row_forms import RowGroups, is_filled
from intlcoop.workflow import doors, registry
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused


@dataclass(slots=True)
class Sheet:
    """The form with its rows, bound to what was sent or fresh from the file."""

    form: Any
    rows: RowGroups

    def is_valid(self) -> bool:
        form, rows = self.form.is_valid(), self.rows.is_valid()
        return bool(form and rows)

    def problems(self) -> int:
        rows = sum(len(errors) for formset in self.rows.all.values() for errors in formset.errors)
        return len(self.form.errors) + rows


def saved(
    request: HttpRequest,
    case: Case,
    sheet: Sheet,
    write: Callable[[], object],
    *,
    show: Callable[[], HttpResponse],
    changed: Callable[[], HttpResponse],
) -> HttpResponse:
    """Write it all, or `show` why not with everything still in its field; `changed` when somebody else was faster."""
    try:
        write()
    except Conflict:
        return changed()
    except NotAllowed as refusal:
        return doors.forbidden_page(request, case, refusal)
    except Refused as refusal:
        sheet.form.add_error(None, refusal.reasons)
        return show()
    messages.success(request, _("The file is saved."))
    stays = "stay" in request.POST
    return redirect(f"{registry.kind_of(case).edit_url(case)}#tep" if stays else doors.page_of(case))


def write_files(
    request: HttpRequest, case: Case, form: Any, *, attach: Callable[..., object], take_out: Callable[..., object]
) -> None:
    """Take out what was ticked and keep what was handed in, by the services of the kind of file."""
    actor = doors.person_of(request)
    for attachment in form.cleaned_data["withdraw"]:
        take_out(attachment, actor=actor)
    if upload := doors.upload_in(form, "upload", request):
        kind, declared = form.cleaned_data["upload_kind"], upload.no_secret_declared
        attach(case, upload.file, kind, actor=actor, no_secret_declared=declared)


def not_yet_saved() -> str:
    return _(
        "Somebody else changed this file in the meantime. Nothing of yours is saved yet; save again to put it in place."
    )


def autosaved(request: HttpRequest, sheet: Sheet, keep: Callable[[], Any]) -> JsonResponse:
    """Keep what is valid of a draft while it is written; fields in error stay as they were saved last."""
    valid = sheet.is_valid()
    try:
        kept = keep()
    except Conflict:
        text = _("Somebody else changed this file in the meantime. Press “Save” to see both texts.")
        return JsonResponse({"message": text}, status=409)
    except Refused as refusal:
        return JsonResponse({"message": " ".join(refusal.reasons)}, status=422)
    answer: dict[str, Any] = {"saved_at": f"{timezone.localtime():%H:%M}", "fields": fields_after(kept, sheet)}
    if not valid:
        n = sheet.problems()
        words = ngettext(
            "Saved %(time)s; %(n)s field needs correcting", "Saved %(time)s; %(n)s fields need correcting", n
        )
        answer["message"] = words % {"time": answer["saved_at"], "n": n}
    return JsonResponse(answer)


def too_late() -> JsonResponse:
    """What a page hears that saves itself when the file is no draft any more."""
    return JsonResponse({"message": _("This file can no longer be changed here.")}, status=403)


def version_of(case: Case) -> int:
    return Case.objects.values_list("version", flat=True).get(pk=case.pk)


def fields_after(kept: models.Model, sheet: Sheet) -> dict[str, Any]:
    """The new version, and the ids of the rows as they now stand, by the names of their hidden fields."""
    fields: dict[str, Any] = {"version": version_of(kept.case)}  # type: ignore[attr-defined]
    for name, formset in sheet.rows.all.items():
        if not formset.is_valid():
            continue
        ids = list(getattr(kept, name).order_by("position", "pk").values_list("pk", flat=True))
        written = [form for form in formset.forms if form not in formset.deleted_forms and is_filled(form)]
        fields |= {form.add_prefix("id"): pk for form, pk in zip(written, ids, strict=False)}
    return fields
