"""The register of gifts both ways: listed, written from a file or alone, taken out."""

from __future__ import annotations

from functools import partial
from typing import Any

import django_filters
import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.views.asking import is_stale
from delegations.forms.gifts import GiftForm, gift_initial
from delegations.models import Gift
from delegations.queries.gifts import gift_excess
from delegations.queries.reception import gift_norm
from delegations.queries.visits import head_guest, host_words
from delegations.reception_choices import GiftDirection, NormClass, NormPart
from delegations.services import reception as services
from delegations.views.case_finding import ask, row_or_404, visible_file
from delegations.views.plan_finding import attempt
from intlcoop.audit.choices import SecurityEventKind
from intlcoop.audit.requests import facts_of
from intlcoop.audit.services import record_security_event
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import own_unit
from intlcoop.vietnamese.numbers import format_number
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.filter_options import Options, offer
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]


class GiftFilter(OfUnits, django_filters.FilterSet):
    huong = django_filters.ChoiceFilter(
        field_name="direction",
        choices=GiftDirection.choices,
        label=gettext_lazy("Direction"),
        empty_label=gettext_lazy("All"),
    )
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=gettext_lazy("Unit"), empty_label=gettext_lazy("All"))
    nam = django_filters.NumberFilter(
        field_name="given_on__year", label=gettext_lazy("Year"), min_value=1990, max_value=2200
    )

    class Meta:
        model = Gift
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = OrgUnit.objects.filter(pk__in=Gift.objects.order_by().values("org_unit"))
        offer(self, {"don_vi": Options(units)})


class GiftList(ListPage):
    model = Gift
    template_name = "delegations/gift_list.html"
    title = gettext_lazy("Gifts")
    filterset_class = GiftFilter
    default_sort = "-ngay"
    fixed_order = ("-pk",)
    empty_text = gettext_lazy("No gift has been written down yet.")
    columns = (
        ListColumn(
            name="qua", label=gettext_lazy("What it is"), value="description", sort=["description"], key=True, wide=True
        ),
        ListColumn(
            name="huong",
            label=gettext_lazy("Direction"),
            value=lambda row: row.get_direction_display(),
            sort=["direction"],
        ),
        ListColumn(name="ngay", label=gettext_lazy("Day"), value="given_on", kind="date", sort=["given_on"]),
        ListColumn(name="nguoi_tang", label=gettext_lazy("Giver"), value="giver"),
        ListColumn(name="nguoi_nhan", label=gettext_lazy("Receiver"), value="receiver"),
        ListColumn(name="so_luong", label=gettext_lazy("Quantity"), value="quantity", kind="int"),
        ListColumn(
            name="gia_tri", label=gettext_lazy("Value of one (đồng)"), value="value", kind="money", sort=["value"]
        ),
        ListColumn(name="san_xuat", label=gettext_lazy("Maker, origin"), value="maker", screen=False),
        ListColumn(name="ly_do", label=gettext_lazy("Why it is beyond the norm"), value="reason", screen=False),
        ListColumn(name="noi_giu", label=gettext_lazy("Who keeps it"), value="keeper", screen=False),
        ListColumn(
            name="ho_so",
            label=gettext_lazy("File"),
            value=lambda row: shown(row.case.number) if row.case else "",
            screen=True,
        ),
        ListColumn(name="don_vi", label=gettext_lazy("Unit"), value="org_unit", screen=False),
    )

    def rows(self) -> QuerySet[Gift]:
        found = Gift.objects.visible_to(person_of(self.request)).current()
        return found.select_related("case", "org_unit")  # type: ignore[no-any-return]

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(Q(case__number__startswith=wanted))
        return queryset.answering(text)  # type: ignore[attr-defined,no-any-return]

    @cached_property
    def may_add(self) -> bool:
        return bool(rules.has_perm("delegations.add_gift", self.request.user))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Write down a gift"), reverse("delegations:gift_new")) if self.may_add else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_add": self.may_add}

    def export(self, extension: str) -> HttpResponse:
        """What leaves the portal as a file leaves a line in the log."""
        where = facts_of(self.request)
        target = f"{self.title} ({extension})"
        record_security_event(SecurityEventKind.EXPORT, actor=person_of(self.request), where=where, target=target)
        return super().export(extension)


def visible_gift(request: HttpRequest, pk: int) -> Gift:
    rows = Gift.objects.visible_to(person_of(request)).current()
    found: Gift = row_or_404(
        rows.select_related("case__unit", "case__created_by", "org_unit", "partner", "written_by"), pk
    )
    return found


def crumbs() -> list[Crumb]:
    return [Crumb(_("Gifts"), reverse("delegations:gifts"))]


@require_safe
def gift(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_gift(request, pk)
    may = rules.has_perm("delegations.keep_gift", person_of(request), found)
    page = {"gift": found, "facts": facts_of_gift(found), "may": may, "crumbs": crumbs(), "excess": gift_excess(found)}
    return render(request, "delegations/gift.html", page)


def facts_of_gift(found: Gift) -> list[Fact]:
    value = f"{format_number(found.value)} đồng" if found.value is not None else ""
    estimated = f" ({_('estimated')})" if value and found.is_estimate else ""
    case = found.case
    made = {True: _("made in Viet Nam"), False: _("not made in Viet Nam")}.get(found.made_here, "")  # type: ignore[arg-type]
    facts = [
        Fact(_("Direction"), str(found.get_direction_display())),
        Fact(_("Day"), f"{found.given_on:%d/%m/%Y}"),
        Fact(_("Quantity"), format_number(found.quantity)),
        Fact(_("Value of one"), value + estimated),
        Fact(_("Maker, origin"), ", ".join(filter(None, (found.maker, made)))),
        Fact(_("Giver"), found.giver),
        Fact(_("Receiver"), found.receiver),
    ]
    if found.direction == GiftDirection.GIVEN:
        facts.append(Fact(_("Norm"), norm_words(found)))
    else:
        facts.append(Fact(_("Who keeps it"), found.keeper))
    if found.partner is not None:
        facts.append(Fact(_("Partner"), str(found.partner), found.partner.get_absolute_url()))
    if case is not None:
        facts.append(Fact(_("File"), f"{shown(case.number)} · {case.title}", doors.page_of(case)))
    return facts


def norm_words(found: Gift) -> str:
    """The norm with its article, or why there is none."""
    if not found.guest_class:
        return _("the class of the guests is not said")
    if found.guest_class == NormClass.SPECIAL:
        return _("by the approved scheme")
    norm = gift_norm(found.guest_class, found.guest_part, found.given_on)
    if norm is None:
        return _("no figure yet: to be checked")
    return f"{format_number(norm.amount)} đồng ({norm.citation})"


# --- writing ----------------------------------------------------------------------------------------------------------


@require_http_methods(METHODS)
def new(request: HttpRequest, number: str | None = None) -> HttpResponse:
    """A gift of a file, or of none."""
    case = visible_file(request, number) if number is not None else None
    if case is not None and (answer := ask(request, case)):
        return answer
    unit = case.unit if case is not None else own_unit(person_of(request))
    if unit is None or not (case is not None or rules.has_perm("delegations.add_gift", person_of(request))):
        raise PermissionDenied(_("Gifts are written down by whoever works in a unit of the ministry."))
    received = request.GET.get("huong") == GiftDirection.RECEIVED
    form = GiftForm(typed(request), initial=received_gift(begun_gift(case)) if received else begun_gift(case))
    form.begun = True
    fixed = {"case": case, "org_unit": unit}
    back = f"{doors.page_of(case)}#qua-tang" if case is not None else reverse("delegations:gifts")
    return answered(request, None, form, fixed=fixed, back=back)


def begun_gift(case: Case | None) -> dict[str, Any]:
    """What the file knows of a gift before anybody wrote it down: the guest who leads, and who receives them."""
    begun: dict[str, Any] = {"direction": GiftDirection.GIVEN, "quantity": 1, "given_on": timezone.localdate()}
    if case is not None and case.kind == "outbound":
        trip = case.outbound
        return begun | {"given_on": trip.departs_on or begun["given_on"], "partner": trip.host_partner}
    if case is None or case.kind != "inbound":
        return begun
    visit = case.inbound
    head = head_guest(visit)
    return begun | {
        "given_on": visit.meeting_on or visit.arrives_on or begun["given_on"],
        "giver": host_words(visit),
        "receiver": ", ".join(filter(None, (head.full_name, head.post))) if head is not None else "",
        "partner": visit.partner,
        "guest_class": visit.guest_class,
        "guest_part": NormPart.HEAD,
    }


def received_gift(begun: dict[str, Any]) -> dict[str, Any]:
    """The same for a gift of the guests: they give, we receive, and no norm of ours holds."""
    turned = {"giver": begun.get("receiver", ""), "receiver": begun.get("giver", "")}
    return begun | turned | {"direction": GiftDirection.RECEIVED, "guest_class": "", "guest_part": ""}


@require_http_methods(METHODS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_gift(request, pk)
    if not rules.has_perm("delegations.keep_gift", person_of(request), found):
        raise PermissionDenied(_("This gift is kept by its unit and by the ICD."))
    form = GiftForm(typed(request), initial=gift_initial(found))
    return answered(request, found, form, fixed={}, back=found.get_absolute_url())


def answered(
    request: HttpRequest, found: Gift | None, form: GiftForm, *, fixed: dict[str, Any], back: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and not is_stale(request, form):
        try:
            services.save_gift(found, actor=person_of(request), fields=form.cleaned_data | fixed)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            form.add_error("reason" if not form.cleaned_data["reason"] else None, list(refusal.reasons))
        else:
            messages.success(request, _("The gift is saved."))
            return redirect(back)
    page = {"form": form, "gift": found, "heading": _("Gift"), "back": back, "crumbs": crumbs()}
    return render(request, "delegations/gift_form.html", page)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_gift(request, pk)
    if not rules.has_perm("delegations.keep_gift", person_of(request), found):
        raise Http404
    act = partial(services.withdraw_gift, found, actor=person_of(request))
    return attempt(
        request, act, done=_("The gift is taken out of the register. It stays on record."), back="delegations:gifts"
    )
