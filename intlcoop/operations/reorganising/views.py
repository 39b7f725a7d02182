"""The pages of a reorganisation: say it, see what moves, record it; read it; take it back before its day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intlcoop.audit.requests import facts_of
from intlcoop.documents.registry import file_url
from intlcoop.operations.models import UnitDecision
from intlcoop.operations.reorganising import acts
from intlcoop.operations.reorganising.dividing import divide_unit, records_of, returning
from intlcoop.operations.reorganising.forms import (
    DivisionForm,
    HandingForm,
    MergeForm,
    PeopleForm,
    RenameForm,
    ReorganisationForm,
    ScanForm,
)
from intlcoop.people import reorganising
from intlcoop.people.forms import add_refusal
from intlcoop.people.models import Appointment, OrgUnit, UnitChange, User
from intlcoop.people.views.shared import RegisterList, administrator, crumbs
from intlcoop.people.views.units import trail
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, Fact, Tone
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of

METHODS = ["GET", "HEAD", "POST"]
#: The button of the preview that records what was previewed.
CONFIRM = "ghi_nhan"
LARGEST_ID = 2**63 - 1
#: (what was said, what becomes of people and records, who asks) -> what was recorded
Write = Callable[[Any, Any, User], UnitChange]


def standing_unit(request: HttpRequest, pk: int) -> tuple[User, OrgUnit]:
    """The administrator who asks, and a unit that may still be reorganised."""
    actor = administrator(request)
    units = OrgUnit.objects.visible_to(actor).select_related("merged_into")
    return actor, get_object_or_404(units, pk=min(pk, LARGEST_ID))


def merge(form: MergeForm, people: PeopleForm, actor: User) -> UnitChange:
    return reorganising.merge_units(
        form.units(), form.target(), decision=form.decision(), roles=people.roles(), actor=actor
    )


def rename(form: RenameForm, people: PeopleForm, actor: User) -> UnitChange:
    return reorganising.rename_unit(form.unit, names=form.new_unit(), decision=form.decision(), actor=actor)


def divide(form: DivisionForm, handing: HandingForm, actor: User) -> UnitChange:
    return divide_unit(
        form.unit,
        form.successors(),
        decision=form.decision(),
        roles=handing.roles(),
        given=handing.given(),
        actor=actor,
    )


@require_http_methods(METHODS)
def unit_merge(request: HttpRequest, pk: int) -> HttpResponse:
    actor, shown = standing_unit(request, pk)
    form = MergeForm(typed(request), unit=shown)
    heading = gettext("Merge %(unit)s") % {"unit": shown}
    lead = gettext("No file is rewritten: the unit that carries on sees, decides and answers for them from that day.")
    return guided(request, form, merge, actor, {"heading": heading, "lead": lead})


@require_http_methods(METHODS)
def unit_rename(request: HttpRequest, pk: int) -> HttpResponse:
    actor, shown = standing_unit(request, pk)
    form = RenameForm(typed(request), unit=shown)
    heading = gettext("Rename %(unit)s") % {"unit": shown}
    lead = gettext("Everybody stays in office. Files and reports of the time before keep the old name.")
    return guided(request, form, rename, actor, {"heading": heading, "lead": lead, "keeps_people": True})


@require_http_methods(METHODS)
def unit_split(request: HttpRequest, pk: int) -> HttpResponse:
    actor, shown = standing_unit(request, pk)
    form = DivisionForm(typed(request), unit=shown)
    heading = gettext("Divide %(unit)s") % {"unit": shown}
    lead = gettext(
        "For every partner and every unfinished file you say who carries on; what is finished stays as it is."
    )
    return guided(request, form, divide, actor, {"heading": heading, "lead": lead})


def guided(
    request: HttpRequest, form: ReorganisationForm, write: Write, actor: User, page: dict[str, Any]
) -> HttpResponse:
    """The form; then what it would do, with a choice for each person; then it is recorded."""
    page |= {"form": form, "unit": form.unit, "crumbs": crumbs(*trail(form.unit))}
    if request.method != "POST" or not form.is_valid():
        return render(request, "operations/reorganise.html", page)
    confirmed = CONFIRM in request.POST
    choosing = [] if page.get("keeps_people") else people_of(form)
    people = choices_of(form, request.POST if confirmed else None, choosing)
    files = (request.POST, request.FILES) if confirmed else (None, None)
    scan = ScanForm(*files, actor=actor, where=facts_of(request))
    page |= {"people": people, "scan": scan, "confirm": CONFIRM, "refusals": []}
    if confirmed and people.is_valid() and scan.is_valid():
        try:
            return recorded(request, partial(write, form, people, actor), scan, actor)
        except ValidationError as refusal:
            page["refusals"] = refusal.messages
    return previewed(request, form, partial(write, form, choices_of(form, None, choosing), actor), actor, page)


def choices_of(form: ReorganisationForm, data: Any, rows: list[Appointment]) -> PeopleForm | HandingForm:
    """What becomes of the people, and in a division of every record; unbound: what is usual."""
    if isinstance(form, DivisionForm):
        records = records_of(form.unit, form.decision())
        return HandingForm(data, rows=rows, records=records, heirs=form.successors())
    return PeopleForm(data, rows=rows)


def people_of(form: ReorganisationForm) -> list[Appointment]:
    held = Appointment.objects.filter(unit__in=form.units()).overlapping(form.cleaned_data["on"], None)
    return list(held.select_related("person", "unit").order_by("unit", "role", "person__sort_key", "pk"))


def recorded(request: HttpRequest, act: acts.Act, scan: ScanForm, actor: User) -> HttpResponse:
    data = scan.cleaned_data
    declared = data["no_secret_declared"]
    change = acts.record_change(act, scan=data["scan"], no_secret_declared=declared, actor=actor)
    messages.success(request, gettext("The reorganisation has been recorded. The heads have been told."))
    return redirect(change)


def previewed(
    request: HttpRequest, form: ReorganisationForm, act: acts.Act, actor: User, page: dict[str, Any]
) -> HttpResponse:
    """What it would do; what stands against it sends back to the form."""
    try:
        page["seen"] = acts.foresee(act, form.units(), form.heir(), form.cleaned_data["on"], actor=actor)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return render(request, "operations/reorganise.html", page)
    return render(request, "operations/reorganise_preview.html", page | {"on": form.cleaned_data["on"]})


def standing_of(change: UnitChange) -> Badge:
    if change.undone_at is not None:
        return Badge(_("taken back"), Tone.QUIET)
    if change.has_taken_effect(timezone.localdate()):
        return Badge(_("in effect"), Tone.DONE)
    return Badge(_("not yet in effect"), Tone.WAITING)


class UnitChangeList(RegisterList):
    model = UnitChange
    title = _("Reorganisations of units")
    search_label = _("Units, number of the decision")
    empty_text = _("No unit has been merged, renamed or divided yet. Begin on the page of the unit.")
    default_sort = "-hieu_luc"
    columns = [
        ListColumn(name="don_vi", label=_("Units"), value="summary", key=True, wide=True, width=60),
        ListColumn(name="loai", label=_("What happens"), value="get_kind_display", sort=["kind"]),
        ListColumn(
            name="hieu_luc", label=_("Takes effect on"), value="effective_on", sort=["effective_on"], kind="date"
        ),
        ListColumn(name="so", label=_("Decision"), value="decision_number", sort=["decision_number"]),
        ListColumn(
            name="ngay", label=_("Date of the decision"), value="decision_on", sort=["decision_on"], kind="date"
        ),
        ListColumn(name="trang_thai", label=_("Status"), value=lambda change: standing_of(change).label),
    ]

    def rows(self) -> QuerySet[UnitChange]:
        return UnitChange.objects.visible_to(self.request.user)

    def search(self, queryset: QuerySet[UnitChange], text: str) -> QuerySet[UnitChange]:
        return queryset.filter(summary__icontains=text) | queryset.filter(decision_number__icontains=text)


def visible_change(request: HttpRequest, pk: int) -> UnitChange:
    rows = UnitChange.objects.visible_to(person_of(request)).select_related("recorded_by", "undone_by")
    return get_object_or_404(rows, pk=min(pk, LARGEST_ID))


@require_safe
def unit_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody reads what became of a unit: the notes on partners and agreements lead here."""
    change, user = visible_change(request, pk), person_of(request)
    manages = rules.has_perm("people.manage", user)
    duties = acts.duties_of(change).visible_to(user).select_related("case").order_by("case__number", "pk")
    context = {
        "change": change,
        "badge": standing_of(change),
        "facts": particulars(change),
        "links": change.successions.select_related("unit", "successor"),
        "scans": [(scan, file_url(UnitDecision.SLUG, scan)) for scan in change.scans.visible_to(user)],
        "duties": duties if change.undone_at is None else [],
        "basis": acts.basis_on(change.effective_on),
        "may_undo": manages and acts.may_still_undo(change, timezone.localdate()),
        "undo_until": acts.undo_until(change),
        "returning": returning(change) if manages and change.undone_at is None else [],
        "crumbs": crumbs(request=request),
    }
    return render(request, "operations/unit_change.html", context)


def particulars(change: UnitChange) -> list[Fact]:
    facts = [
        Fact(_("What happens"), change.get_kind_display()),
        Fact(_("Takes effect on"), table_date(change.effective_on)),
        Fact(_("Decision"), change.decision_number),
        Fact(_("Date of the decision"), table_date(change.decision_on)),
        Fact(_("Decided by"), change.decision_issuer),
        Fact(_("Basis and note"), change.note),
        Fact(_("Recorded by"), change.recorded_by or ""),
        Fact(_("Taken back by"), change.undone_by or ""),
    ]
    return [fact for fact in facts if fact.value]


@require_POST
def unit_change_undo(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    change = visible_change(request, pk)
    try:
        acts.take_back(change, actor=actor)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, gettext("The reorganisation has been taken back: everything is as it was."))
    return redirect(reverse("operations:unit_change", args=[change.pk]))
