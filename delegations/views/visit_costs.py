"""What a visit costs our side, against the ceilings of its class of guests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.views.asking import is_stale
from delegations.forms.reception import CostSet, ReceptionForm
from delegations.models import InboundDelegation, VisitReception
from delegations.queries.reception import comparison_of, norms_on, party_of, spent_on
from delegations.receiving import BY_SCHEME, Ceiling, Comparison, Party, ceilings, total
from delegations.reception_choices import NormClass, NormPart, NormUnit, PayMode, ReceptionItem
from delegations.services import reception as services
from delegations.views.visit_finding import visible_visit, visit_page
from intlcoop.vietnamese.numbers import format_number
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed
from intlcoop.web.row_forms import kept_rows
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of

METHODS = ["GET", "HEAD", "POST"]
ROW = ("id", "item", "description", "quantity", "rate", "amount", "reason")


def reception_of(visit: InboundDelegation) -> VisitReception | None:
    return VisitReception.objects.filter(visit=visit).prefetch_related("costs").first()


def page_url(visit: InboundDelegation) -> str:
    return reverse("delegations:visit_costs", args=[visit.case.number])


@require_safe
def costs(request: HttpRequest, number: str) -> HttpResponse:
    visit = visible_visit(request, number)
    reception = reception_of(visit)
    party = party_of(visit, reception)
    may = rules.has_perm("delegations.keep_visit_costs", person_of(request), visit.case)
    page = visit_page(
        visit,
        reception=reception,
        party=party,
        mode=PayMode(party.mode).label if party else "",
        guest_class=NormClass(visit.guest_class).label if visit.guest_class else "",
        may=may,
        edit_url=reverse("delegations:visit_costs_edit", args=[visit.case.number]),
        **(ceilings_context(party) if party else {}),
        **(spent_context(party, reception) if party and reception else {}),
    )
    return render(request, "delegations/visit_costs.html", page)


# --- how it is shown --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CeilingLine:
    item: str
    whom: str
    norm: str
    reckoned: str
    amount: str
    citation: str
    if_agreed: bool
    needs_check: bool


def ceilings_context(party: Party) -> dict[str, Any]:
    found = ceilings(norms_on(party.norm_day), party)
    whole = total(found)
    return {
        "ceilings": [ceiling_line(each) for each in found],
        "total": amount_words(whole) if whole is not None else "",
        "norm_symbol": next((each.symbol for each in found if each.symbol), ""),
        "by_scheme": party.guest_class == NormClass.SPECIAL,
    }


def ceiling_line(each: Ceiling) -> CeilingLine:
    persons = _("%(n)s people") % {"n": each.persons}
    whom = persons if each.part == NormPart.ANY else f"{NormPart(each.part).label} ({each.persons})"
    norm = f"{amount_words(each.norm)} / {NormUnit(each.unit).label}" if each.norm is not None else ""
    reckoned = " × ".join(format_number(n) for n in (each.norm, each.persons, each.times) if n is not None and n != 1)
    return CeilingLine(
        item=str(ReceptionItem(each.item).label),
        whom=whom,
        norm=norm,
        reckoned=reckoned if " × " in reckoned else "",
        amount=amount_words(each.amount) if each.amount is not None else standing_words(each.standing),
        citation=each.citation,
        if_agreed=each.if_agreed,
        needs_check=each.needs_check and bool(each.citation),
    )


def amount_words(amount: Any) -> str:
    return format_number(amount)


def standing_words(standing: str | None) -> str:
    if standing == BY_SCHEME:
        return _("by the approved scheme")
    return _("no figure yet: to be checked") if standing is not None else ""


def spent_context(party: Party, reception: VisitReception) -> dict[str, Any]:
    rows = comparison_of(party, spent_on(reception))
    return {
        "spent": [spent_line(row) for row in rows],
        "spent_total": format_number(sum(row.spent for row in rows)),
        "over_total": format_number(sum(row.over for row in rows)) if any(row.over for row in rows) else "",
    }


def spent_line(row: Comparison) -> dict[str, Any]:
    ceiling = amount_words(row.ceiling) if row.ceiling is not None else standing_words(row.standing)
    return {
        "item": str(ReceptionItem(row.item).label),
        "spent": amount_words(row.spent),
        "ceiling": ceiling or _("no norm in money"),
        "over": amount_words(row.over) if row.over else "",
        "reason": "; ".join(row.reasons),
    }


# --- writing ----------------------------------------------------------------------------------------------------------


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    visit = visible_visit(request, number)
    if not rules.has_perm("delegations.keep_visit_costs", person_of(request), visit.case):
        return doors.refused_page(request, visit.case, _("This file can no longer be changed here."))
    reception = reception_of(visit)
    data = typed(request)
    initial = {name: getattr(reception or VisitReception(), name) for name in ReceptionForm.base_fields}
    form = ReceptionForm(data, initial=initial)
    form.stored = [{name: getattr(each, name) for name in ROW} for each in reception.costs.all()] if reception else []
    rows = CostSet(data, prefix="costs", initial=form.stored if data is None else None)
    valid = request.method == "POST" and all([form.is_valid(), rows.is_valid()]) and not is_stale(request, form)
    if valid and (answer := saved(request, visit, form, rows)):
        return answer
    page = visit_page(visit, form=form, rows=rows, heading=_("Costs of the visit"), back=page_url(visit))
    page["crumbs"].append(Crumb(_("Costs"), page_url(visit)))
    return render(request, "delegations/visit_costs_form.html", page)


def saved(request: HttpRequest, visit: InboundDelegation, form: ReceptionForm, rows: Any) -> HttpResponse | None:
    def act() -> None:
        services.save_costs(visit, actor=person_of(request), fields=form.cleaned_data, rows=kept_rows(rows))

    return doors.carried_out(request, visit.case, form, act, said=_("The costs are saved."), to=page_url(visit))
