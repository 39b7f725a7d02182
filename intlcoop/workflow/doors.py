"""What all doors of this room share: finding the file or step of an address, and answering when the engine says no."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.people.models import User
from intlcoop.web import answers
from intlcoop.web.display import Fact
from intlcoop.web.file_numbers import shown
from intlcoop.web.request_ids import request_id_of
from intlcoop.workflow import registry
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.process import Process, badge_of
from intlcoop.workflow.recording import Upload
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused, TooEarly

LARGEST_ID = 2**63 - 1


def visible_case(request: HttpRequest, number: str) -> Case:
    """The case of this number, if this person may see it; a stranger gets 404 as if it did not exist."""
    found = (
        Case.objects.visible_to(person_of(request)).select_related("unit", "created_by").filter(number=number).first()
    )
    if found is None:
        raise Http404
    return found


def visible_step(request: HttpRequest, pk: int) -> Step:
    """The step, if this person may see its file."""
    cases = Case.objects.visible_to(person_of(request))
    found = (
        Step.objects.filter(pk=pk, case__in=cases)
        .select_related("case__unit", "case__created_by", "unit", "assigned_to")
        .first()
        if pk <= LARGEST_ID
        else None
    )
    if found is None:
        raise Http404
    return found


def person_of(request: HttpRequest) -> User:
    """Whoever asks; the login middleware has seen to it that there is somebody."""
    return request.user  # type: ignore[return-value]


def page_of(case: Case) -> str:
    """The address of the file's own page."""
    return registry.kind_of(case).summary(case).url


def to_page(case: Case) -> HttpResponseRedirect:
    return redirect(page_of(case))


def request_key(request: HttpRequest) -> uuid.UUID:
    """The id of this one request, bound to its address: the same form twice is one request, another form never is."""
    return uuid.uuid5(request_id_of(request), request.path)


def version_in(request: HttpRequest) -> int | None:
    """The version that the page showed; None when it says none."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def upload_in(form: Any, name: str, request: HttpRequest) -> Upload | None:
    """The file of a GuardedFilesForm that passed."""
    file = form.cleaned_data.get(name)
    if file is None:
        return None
    return Upload(file=file, no_secret_declared=form.cleaned_data["no_secret_declared"], where=facts_of(request))


def carry_out(request: HttpRequest, case: Case, act: Callable[[], object]) -> HttpResponse | None:
    """Do it; None when done, else the page that says why not. What is merely incomplete (Refused) passes through."""
    try:
        act()
    except (NotAllowed, TooEarly) as refusal:
        return forbidden_page(request, case, refusal)
    except Conflict as conflict:
        return conflict_page(request, case, conflict)
    return None


def carried_out(
    request: HttpRequest, case: Case, form: Any, act: Callable[[], object], *, said: str, to: Any
) -> HttpResponse | None:
    """Do what was typed and go on to `to`, else the page that says why not; None when the form now says what is missing."""
    try:
        if answer := carry_out(request, case, act):
            return answer
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    messages.success(request, said)
    return redirect(to)


def refused_page(request: HttpRequest, case: Case, sentence: str) -> HttpResponse:
    """403 in words. Who only looks leaves no trace; who sends it all the same leaves a line in the log."""
    if request.method == "POST":
        return forbidden_page(request, case, NotAllowed(sentence))
    raise PermissionDenied(sentence)


def forbidden_page(request: HttpRequest, case: Case, refusal: Refused) -> HttpResponse:
    """403, and a line in the log of refused acts."""
    record_security_event(
        SecurityEventKind.REFUSED,
        actor=person_of(request),
        where=facts_of(request),
        target=shown(case.number),
        detail={"method": request.method or ""},
    )
    return answers.forbidden(request, refusal)


def conflict_page(request: HttpRequest, case: Case, conflict: Refused) -> HttpResponse:
    """409 with the file as it is now."""
    fresh = Case.objects.select_related("unit", "created_by").get(pk=case.pk)
    return answers.conflict(request, str(conflict), back_url=page_of(fresh), facts=state_facts(fresh))


def state_facts(case: Case) -> list[Fact]:
    """How the file stands, in a few lines."""
    process = Process(case)
    facts = [
        Fact(_("This file"), f"{shown(case.number)} · {case.title}"),
        Fact(_("State"), badge_of(case, process.open).label),
    ]
    facts += [Fact(_("Waits for"), process.acting(step)) for step in process.open]
    decided = process.decided()
    if decided:
        last = decided[-1]
        facts.append(Fact(_("Last decision"), f"{last.decided_by_name}: {last.get_outcome_display()}"))
    return facts


def say_reasons(request: HttpRequest, case: Case, reasons: Iterable[str]) -> None:
    """Every sentence that stands in the way, in one note, with the way to where it is mended."""
    messages.error(request, reasons_note(case, list(reasons)))


def reasons_note(case: Case, reasons: list[str]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons))
    edit = registry.kind_of(case).edit_url(case)
    way = format_html(' <a href="{}">{}</a>', edit, _("Mend the file")) if edit else ""
    return format_html("{}<ul>{}</ul>{}", _("Not done yet:"), items, way)
