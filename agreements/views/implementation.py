"""The implementation index, and the agreements and partners with which nothing happened for long."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agreements.choices import CommitmentSide, Standing
from agreements.models import InternationalAgreement, Partner
from agreements.queries import implementation as queries
from agreements.queries.agreements import signed_briefly
from agreements.series import text_of
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import legal_basis_text, parameters
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.workflow.doors import person_of

GROUPS = {
    queries.BY_UNIT: gettext_lazy("By unit"),
    queries.BY_PARTNER: gettext_lazy("By partner"),
    queries.BY_AGREEMENT: gettext_lazy("By agreement"),
}


@require_safe
def implementation(request: HttpRequest) -> HttpResponse:
    """`?theo=` unit, partner or agreement; `?ben=` whose promises. What makes no sense is ignored."""
    by = request.GET.get("theo", "")
    by = by if by in GROUPS else queries.BY_UNIT
    side = request.GET.get("ben", "")
    side = side if side in CommitmentSide else ""
    page = {
        "lines": queries.scores(person_of(request), by, side=side),
        "columns": [Standing(each).label for each in queries.COLUMNS],
        "group": GROUPS[by],
        "groups": [(label, address(code, side), code == by) for code, label in GROUPS.items()],
        "sides": [
            (label, address(by, code), code == side) for code, label in [("", _("Both sides")), *CommitmentSide.choices]
        ],
    }
    return render(request, "agreements/implementation.html", page)


def address(by: str, side: str) -> str:
    return reverse("agreements:implementation", query={"theo": by, **({"ben": side} if side else {})})


class DormantList(ListPage):
    """What both lists of sleepers share: since when, and by which rule."""

    template_name = "agreements/dormant_list.html"
    here = ""

    def rule_text(self) -> str:
        """ "Không có hoạt động trong 24 tháng (theo …; cần đối chiếu)."."""
        found = parameters([ParameterKey.AGREEMENT_DORMANT], timezone.localdate())
        row = found.get(ParameterKey.AGREEMENT_DORMANT)
        if row is None:
            return _("The rule that says when somebody sleeps is switched off.")
        return _("Nothing happened for %(months)s months, %(basis)s.") % {
            "months": row.value,
            "basis": legal_basis_text(row),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"rule": self.rule_text(), "here": self.here}


LAST = ListColumn(
    name="gan_nhat",
    label=gettext_lazy("Last activity"),
    value=lambda row: text_of(row.last_dealing, row.last_precision or ""),
    sort=["last_dealing"],
    whole=True,
)


def number_of(agreement: InternationalAgreement) -> str:
    return shown(agreement.case.number)


def parties_of(agreement: InternationalAgreement) -> str:
    return "; ".join(str(party.partner) for party in agreement.parties.all())


class DormantAgreements(DormantList):
    model = InternationalAgreement
    here = "agreements"
    title = gettext_lazy("Agreements without activity for long")
    search_label = gettext_lazy("Number, title, partner")
    empty_text = gettext_lazy("Every agreement in force has had activity lately.")
    default_sort = "gan_nhat"
    columns = (
        ListColumn(name="so", label=gettext_lazy("Number"), value=number_of, sort=["case__number"], key=True),
        ListColumn(name="ten", label=gettext_lazy("Title"), value="case.title", sort=["case__fold"], wide=True, width=60),
        ListColumn(name="doi_tac", label=gettext_lazy("Partners"), value=parties_of, width=48),
        ListColumn(
            name="don_vi", label=gettext_lazy("Unit"), value="case.unit", sort=["case__unit__sort_key"], named=True, width=32
        ),
        ListColumn(name="ky", label=gettext_lazy("Signed on"), value=signed_briefly, sort=["signed_on"]),
        LAST,
    )  # fmt: skip

    def rows(self) -> QuerySet[Any]:
        return queries.dormant_agreements(person_of(self.request), timezone.localdate())

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(case__number__startswith=wanted)
        condition = Q()
        for word in fold(text).split():
            parties = Partner.objects.filter(search_text__contains=word).values("parties__agreement")
            condition &= Q(case__fold__contains=word) | Q(pk__in=parties)
        return queryset.filter(condition)


class DormantPartners(DormantList):
    model = Partner
    here = "partners"
    title = gettext_lazy("Partners without activity for long")
    search_label = gettext_lazy("Name, short name")
    empty_text = gettext_lazy("With every partner something happened lately.")
    default_sort = "gan_nhat"
    columns = (
        ListColumn(name="ten", label=gettext_lazy("Partner"), value="name", sort=["sort_key"], key=True, wide=True, width=60),
        ListColumn(name="loai", label=gettext_lazy("Kind"), value="get_kind_display", width=32),
        ListColumn(name="nuoc", label=gettext_lazy("Country"), value="country.name", sort=["country__sort_key"], width=24),
        LAST,
    )  # fmt: skip

    def rows(self) -> QuerySet[Any]:
        return queries.dormant_partners(person_of(self.request), timezone.localdate())

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.search(text)  # type: ignore[attr-defined]
