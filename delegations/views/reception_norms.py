"""The norms of reception: everybody reads them; the finance department and administrators enter, change and end them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from delegations.forms.reception_norms import CorrectedAmountForm, NewAmountForm, NewNormForm
from delegations.models import ReceptionNorm
from delegations.queries import reception_norms as queries
from delegations.queries.reception_norms import amount_words, is_norm, norm_key, norm_lines, norm_name, norm_url, whom
from delegations.services import reception_norms as services
from intlcoop.people.models import User
from intlcoop.regulations.choices import RuleSort
from intlcoop.regulations.forms import EndForm, ReasonForm
from intlcoop.regulations.models import RuleChange
from intlcoop.regulations.views.shared import answer
from intlcoop.web.display import Crumb
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of

LARGEST_ID = 2**63 - 1
BASIS = ("instrument", "citation", "note", "needs_check")


def may_keep(request: HttpRequest) -> bool:
    return bool(rules.has_perm("delegations.keep_norms", request.user))


def keeper(request: HttpRequest) -> User:
    if not may_keep(request):
        raise PermissionDenied(gettext("Only the finance department and administrators keep the norms."))
    return person_of(request)


def crumbs(*more: Crumb) -> list[Crumb]:
    norms = Crumb(_("Tables of norms"), reverse("delegations:norm_tables"))
    return [norms, Crumb(_("Reception norms"), reverse("delegations:reception_norms")), *more]


class ReceptionNormList(ListPage):
    """Every norm of reception that is known, with its article; everybody reads them."""

    model = ReceptionNorm
    title = _("Reception norms")
    default_sort = "khoan"
    fixed_order = ("guest_class", "part", "-valid_from", "pk")
    empty_text = _("No norm yet.")
    template_name = "delegations/norms/reception_list.html"
    columns = (
        ListColumn(
            name="khoan", label=_("Cost item"), value=lambda row: row.get_item_display(), sort=["item"], key=True
        ),
        ListColumn(
            name="hang",
            label=_("Class, meant for"),
            value=lambda row: whom(row.guest_class, row.part),
            sort=["guest_class"],
            named=True,
        ),
        ListColumn(name="muc", label=_("Amount (đồng)"), value="amount", kind="money", sort=["amount"]),
        ListColumn(name="don_vi_tinh", label=_("For one"), value=lambda row: row.get_unit_display()),
        ListColumn(name="tu", label=_("From"), value="valid_from", kind="date", sort=["valid_from"]),
        ListColumn(name="den", label=_("Until"), value="valid_until", kind="date", sort=["valid_until"]),
        ListColumn(name="can_cu", label=_("Legal basis"), value=lambda row: basis_of(row), wide=True),
    )

    def rows(self) -> Any:
        return ReceptionNorm.objects.visible_to(person_of(self.request))

    def url_of(self, row: Any) -> str:
        return norm_url(row.guest_class, row.item, row.part)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        trail = [Crumb(_("Tables of norms"), reverse("delegations:norm_tables"))]
        return super().get_context_data(**kwargs) | {"may_keep": may_keep(self.request), "crumbs": trail}


def basis_of(row: ReceptionNorm) -> str:
    checked = gettext("to be checked") if row.needs_check else ""
    return "; ".join(filter(None, (row.citation, row.note.rstrip("."), checked)))


def amounts_of(request: HttpRequest, guest_class: str, item: str, part: str) -> list[ReceptionNorm]:
    """Every amount of a norm, the latest first."""
    if not is_norm(guest_class, item, part):
        raise Http404
    rows = ReceptionNorm.objects.visible_to(person_of(request)).select_related("instrument")
    return list(rows.filter(guest_class=guest_class, item=item, part=part).order_by("-valid_from"))


@require_safe
def norm(request: HttpRequest, guest_class: str, item: str, part: str) -> HttpResponse:
    """One norm: what it was, is and will be, and who changed it why."""
    lines = norm_lines(amounts_of(request, guest_class, item, part), timezone.localdate())
    changes = RuleChange.objects.filter(sort=RuleSort.RECEPTION, key=norm_key(guest_class, item, part))
    changes = changes.select_related("actor")[:50]
    if not lines and not changes:
        raise Http404
    context = {
        "name": norm_name(guest_class, item, part),
        "lines": lines,
        "now": next((line for line in lines if line.holds), None),
        "changes": changes,
        "change_url": norm_url(guest_class, item, part, "reception_norm_change"),
        "may_keep": may_keep(request),
        "crumbs": crumbs(),
    }
    return render(request, "delegations/norms/reception_norm.html", context)


def new(request: HttpRequest) -> HttpResponse:
    actor = keeper(request)

    def write(*, guest_class: str, item: str, part: str, **fields: Any) -> ReceptionNorm:
        return services.set_reception_norm(guest_class, item, part, actor=actor, **fields)

    return form_page(
        request,
        NewNormForm(typed(request), initial={"valid_from": timezone.localdate(), "needs_check": True}),
        write,
        heading=_("New norm for receiving guests"),
        said=gettext("The norm is recorded."),
        back=reverse("delegations:reception_norms"),
        verb=gettext("Record the norm"),
    )


def change(request: HttpRequest, guest_class: str, item: str, part: str) -> HttpResponse:
    """Another amount from a day on."""
    actor, rows = keeper(request), amounts_of(request, guest_class, item, part)
    initial: dict[str, Any] = {"valid_from": timezone.localdate() + dt.timedelta(days=1)}
    if rows:
        initial |= {name: getattr(rows[0], name) for name in ("amount", "unit", *BASIS)}
    name = norm_name(guest_class, item, part)
    return form_page(
        request,
        NewAmountForm(typed(request), item=item, initial=initial),
        partial(services.set_reception_norm, guest_class, item, part, actor=actor),
        heading=_("New amount: %(name)s") % {"name": name},
        said=gettext("The new amount is recorded. Programmes approved and begun before keep the amount of their day."),
        back=norm_url(guest_class, item, part) if rows else reverse("delegations:reception_norms"),
        verb=gettext("Record the new amount"),
        note=_("The amount that holds until then ends the day before."),
        trail=Crumb(name, norm_url(guest_class, item, part)) if rows else None,
    )


def one_row(request: HttpRequest, pk: int) -> ReceptionNorm:
    if pk > LARGEST_ID:
        raise Http404
    return get_object_or_404(
        ReceptionNorm.objects.visible_to(person_of(request)).select_related("instrument"), pk=pk
    )  # fmt: skip


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    actor, row = keeper(request), one_row(request, pk)
    reckoned = queries.visits_reckoned_by(row)
    note: Any = _("The days stay. Another amount from a later day is entered as a new amount.")
    if reckoned:
        note = gettext("%(note)s Costs of %(n)s visits are reckoned anew.") % {"note": note, "n": reckoned}
    return row_page(
        request,
        row,
        CorrectedAmountForm(typed(request), initial={name: getattr(row, name) for name in ("amount", *BASIS)}),
        partial(services.correct_reception_norm, row, actor=actor),
        heading=_("Correct: %(name)s"),
        said=gettext("The amount is corrected."),
        verb=gettext("Save the correction"),
        note=note,
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    actor, row = keeper(request), one_row(request, pk)
    return row_page(
        request,
        row,
        EndForm(typed(request), initial={"last_day": timezone.localdate()}),
        partial(services.end_reception_norm, row, actor=actor),
        heading=_("No longer apply: %(name)s"),
        said=gettext("The end is recorded. After the last day no amount is known for this item."),
        verb=gettext("Record the end"),
        note=f"{amount_words(row)}; {row.citation}",
    )


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    actor, row = keeper(request), one_row(request, pk)
    return row_page(
        request,
        row,
        ReasonForm(typed(request)),
        partial(services.withdraw_reception_norm, row, actor=actor),
        heading=_("Take back: %(name)s"),
        said=gettext("The amount is taken back. What held before holds on."),
        verb=gettext("Take the amount back"),
        note=f"{amount_words(row)}; {row.citation}",
    )


def row_page(
    request: HttpRequest, row: ReceptionNorm, form: Any, write: Any, *, heading: Any, said: str, verb: str, note: Any
) -> HttpResponse:
    name, back = norm_name(row.guest_class, row.item, row.part), norm_url(row.guest_class, row.item, row.part)
    return form_page(
        request, form, write, heading=heading % {"name": name}, said=said, back=back, verb=verb, note=note,
        trail=Crumb(name, back),
    )  # fmt: skip


def form_page(
    request: HttpRequest, form: Any, write: Any, *, heading: Any, said: str, back: str, verb: str, note: Any = "",
    trail: Crumb | None = None,
) -> HttpResponse:  # fmt: skip
    more = {"crumbs": crumbs(*([trail] if trail else []))}
    return answer(request, form, write, heading=heading, said=said, back=back, verb=verb, note=note, more=more)
