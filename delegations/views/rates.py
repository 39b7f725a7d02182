"""The rates of exchange that estimates are made with: everybody reads them, the finance department enters them."""

from __future__ import annotations

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from delegations import services
from delegations.forms.norms import RateForm
from delegations.models import ExchangeRate
from delegations.views.norms import METHODS, form_page, found_or_404
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of


class RateList(ListPage):
    model = ExchangeRate
    title = gettext_lazy("Rates of exchange")
    default_sort = "-from"
    empty_text = gettext_lazy("No rate has been entered yet: sums in another currency cannot be converted.")
    template_name = "delegations/norms/rates.html"
    columns = [
        ListColumn(
            name="currency",
            label=gettext_lazy("Currency"),
            value="currency.code",
            sort=["currency__code", "-valid_from"],
            key=True,
        ),
        ListColumn(name="rate", label=gettext_lazy("Đồng for one unit"), value="rate", kind="decimal", sort=["rate"]),
        ListColumn(name="from", label=gettext_lazy("From"), value="valid_from", kind="date", sort=["valid_from"]),
        ListColumn(name="until", label=gettext_lazy("Until"), value="valid_until", kind="date", sort=["valid_until"]),
        ListColumn(name="source", label=gettext_lazy("Source"), value="source", wide=True),
        ListColumn(name="by", label=gettext_lazy("Entered by"), value="entered_by.full_name"),
    ]

    def rows(self) -> Any:
        return ExchangeRate.objects.visible_to(person_of(self.request)).select_related("currency", "entered_by")

    def may_keep(self) -> bool:
        return bool(rules.has_perm("delegations.keep_rates", self.request.user))

    def url_of(self, row: Any) -> str:
        return row.get_absolute_url() if self.may_keep() else ""

    def get_empty_action(self) -> Any:
        return (_("Enter a rate"), reverse("delegations:rate_new")) if self.may_keep() else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(may_keep=self.may_keep(), **kwargs)


@require_http_methods(METHODS)
def rate_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    if not rules.has_perm("delegations.keep_rates", request.user):
        raise PermissionDenied(_("Only the finance department enters rates of exchange."))
    rate = found_or_404(ExchangeRate, request, pk) if pk is not None else None
    form = RateForm(typed(request), rate=rate, initial={"valid_from": timezone.localdate()})
    return form_page(
        request,
        form,
        lambda: services.save_rate(rate, actor=person_of(request), **form.cleaned_data),
        heading=_("Rate of exchange") if pk else _("Enter a rate"),
        back=reverse("delegations:rates"),
        note=_("Estimates that were written before keep the rate that they were written with."),
    )
