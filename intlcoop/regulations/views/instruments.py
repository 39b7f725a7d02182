"""Legal instruments: the list, one of them, recording and correcting."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intlcoop.regulations import registry, services
from intlcoop.regulations.choices import SEEN_FROM_OTHER, ParameterKey
from intlcoop.regulations.filters import InstrumentFilter
from intlcoop.regulations.forms import InstrumentForm
from intlcoop.regulations.models import Instrument
from intlcoop.regulations.symbols import doubts
from intlcoop.regulations.views.shared import answer, crumbs, manager, may_manage, reader
from intlcoop.regulations.wording import span_text, value_text
from intlcoop.web.display import Caution, Crumb, Fact
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed


def doubts_of(instrument: Instrument) -> list[str]:
    return doubts(instrument.kind, instrument.symbol, instrument.issuer)


def validity(row: Instrument) -> str:
    """From when until when; nothing where no day is recorded."""
    return span_text(row.effective_from, row.effective_to) if row.effective_from or row.effective_to else ""


class InstrumentList(ListPage):
    model = Instrument
    template_name = "regulations/instrument_list.html"
    title = _("Legal instruments")
    search_label = _("Number, title, issuer")
    empty_text = _("No instrument is recorded yet.")
    filterset_class = InstrumentFilter
    fixed_order = ("-issued_on", "symbol")
    columns = [
        ListColumn(name="so", label=_("Number and symbol"), value=str, sort=["symbol"], key=True, width=28),
        ListColumn(name="ten", label=_("Title"), value="title", sort=["title"], wide=True, width=60),
        ListColumn(name="co_quan", label=_("Issued by"), value="issuer", sort=["issuer"], width=28),
        ListColumn(name="ban_hanh", label=_("Issued on"), value="issued_on", sort=["issued_on"], kind="date"),
        ListColumn(
            name="hieu_luc_tu", label=_("Validity"), value=validity, sort=["effective_from"], export=False
        ),
        ListColumn(name="tu", label=_("In force from"), value="effective_from", kind="date", screen=False),
        ListColumn(name="den", label=_("In force until"), value="effective_to", kind="date", screen=False),
        ListColumn(
            name="tinh_trang", label=_("Status"), value="replaced_by", template="regulations/_instrument_state.html",
            width=28,
        ),
        ListColumn(name="ghi_chu", label=_("Note"), value="note", screen=False, width=60),
    ]  # fmt: skip

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        reader(request)
        return super().dispatch(request, *args, **kwargs)

    def rows(self) -> QuerySet[Instrument]:
        return Instrument.objects.visible_to(self.request.user).select_related("replaced_by")

    def search(self, queryset: QuerySet[Instrument], text: str) -> QuerySet[Instrument]:
        return queryset.matching(text)  # type: ignore[attr-defined, no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"crumbs": crumbs(), "may_manage": may_manage(self.request)}


def trail() -> Crumb:
    return Crumb(_("Legal instruments"), reverse("regulations:instruments"))


@require_safe
def instrument(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request)
    rows = Instrument.objects.visible_to(request.user).select_related("replaced_by")
    row = get_object_or_404(rows, pk=pk)
    rests_on = [
        (
            ParameterKey(each.key).label,
            value_text(each.value, each.unit),
            reverse("regulations:parameter", args=[each.key]),
        )
        for each in row.parameters.all()
        if each.key in ParameterKey.values
    ]
    context = {
        "row": row,
        "facts": facts_of(row),
        "cautions": [Caution(text=text) for text in doubts_of(row)],
        "replaced": row.replaces.all(),
        "links": links_of(row),
        "uses": registry.uses_of(row, request.user),
        "rests_on": rests_on,
        "deadlines": row.deadlines.all(),
        "changes": row.changes.select_related("actor")[:50],
        "crumbs": crumbs(trail()),
        "may_manage": may_manage(request),
    }
    return render(request, "regulations/instrument.html", context)


def links_of(row: Instrument) -> list[tuple[Any, Instrument]]:
    """What it is to others, and what others are to it."""
    own = [(link.get_relation_display(), link.other) for link in row.links.select_related("other")]
    others = row.linked_from.select_related("instrument")
    return [*own, *((SEEN_FROM_OTHER[link.relation], link.instrument) for link in others)]


def facts_of(row: Instrument) -> list[Fact]:
    return [
        Fact(_("Issued by"), row.issuer),
        Fact(_("Issued on"), row.issued_on),
        Fact(_("In force from"), row.effective_from),
        Fact(_("In force until"), row.effective_to),
        Fact(_("Replaced by"), row.replaced_by, row.replaced_by.get_absolute_url() if row.replaced_by else ""),
        Fact(_("Link"), row.url, row.url),
        Fact(_("Note"), row.note),
    ]


def warn_of_symbol(request: HttpRequest, written: Instrument) -> None:
    """X-01: what does not fit is saved as it is printed, and said."""
    for text in doubts_of(written):
        messages.warning(request, text)


def instrument_create(request: HttpRequest) -> HttpResponse:
    actor = manager(request)
    return answer(
        request,
        InstrumentForm(typed(request)),
        partial(services.add_instrument, actor=actor),
        heading=_("Record an instrument"),
        said=gettext("The instrument is recorded."),
        back=reverse("regulations:instruments"),
        trail=[trail()],
        then=partial(warn_of_symbol, request),
    )


def instrument_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = manager(request)
    row = get_object_or_404(Instrument.objects.visible_to(actor), pk=pk)
    name = str(row)
    return answer(
        request,
        InstrumentForm(typed(request), instance=row),
        partial(services.change_instrument, row, actor=actor),
        heading=_("Correct %(instrument)s") % {"instrument": name},
        said=gettext("The correction is recorded."),
        back=row.get_absolute_url(),
        trail=[trail(), Crumb(name, row.get_absolute_url())],
        then=partial(warn_of_symbol, request),
    )
