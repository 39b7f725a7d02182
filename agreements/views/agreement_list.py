"""The list of agreements, and the register that it exports."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import rules
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from agreements.choices import AgreementState
from agreements.filters import AgreementFilter
from agreements.models import InternationalAgreement
from agreements.queries.agreements import (
    answering,
    languages_text,
    parties_text,
    signed_briefly,
    signed_text,
    term_text,
)
from agreements.queries.standing import expiring_within, marks_of, state_badge_of
from intlcoop.audit.exports import LoggedListPage
from intlcoop.web.display import Badge
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Step
from intlcoop.workflow.wording import step_label


@dataclass(frozen=True, slots=True)
class Standing:
    badge: Badge
    marks: list[Badge]
    waits_for: str

    def __str__(self) -> str:
        return str(self.badge.label)


def standing(row: Any) -> Standing:
    steps = ", ".join(dict.fromkeys(step_label(step) for step in row.case.open_now))
    return Standing(state_badge_of(row), marks_of(row, row.today, row.within), steps)


def number(row: Any) -> str:
    return shown(row.case.number)


def state_words(row: Any) -> str:
    return str(AgreementState(row.case.state).label)


def countries(row: Any) -> str:
    names = [str(party.partner.country) for party in row.parties.all() if party.partner.country]
    return ", ".join(dict.fromkeys(names))


def theirs(row: Any) -> str:
    return "; ".join(
        ", ".join(filter(None, (party.signatory, party.signatory_title)))
        for party in row.parties.all()
        if party.signatory
    )


def ours(row: Any) -> str:
    return ", ".join(filter(None, (row.signer_name, row.signer_title)))


def ends(row: Any) -> Any:
    return row.expires_on if row.case.state in AgreementState.CONCLUDED else None


def remark(row: Any) -> str:
    if row.unnamed_in_source:
        return str(_("not named in the source"))
    return (row.case.is_sample and str(_("sample data"))) or ""


REGISTER = (
    ListColumn(name="so", label=_("Number"), value=number, screen=False),
    ListColumn(name="ten_vi", label=_("Vietnamese title of the text"), value="case.title", screen=False, width=56),
    ListColumn(name="ten_en", label=_("English title of the text"), value="title_en", screen=False, width=48),
    ListColumn(name="ten_ban_dia", label=_("Title in the partner's language"), value="title_native", screen=False, width=32),
    ListColumn(name="loai", label=_("Kind"), value="get_kind_display", screen=False, width=22),
    ListColumn(name="che_do", label=_("Legal regime"), value="get_regime_display", screen=False, width=28),
    ListColumn(name="danh_nghia", label=_("In the name of"), value="get_in_name_of_display", screen=False, width=20),
    ListColumn(name="doi_tac_ky", label=_("Partner"), value=parties_text, screen=False, width=44),
    ListColumn(name="nuoc", label=_("Country"), value=countries, screen=False, width=18),
    ListColumn(name="linh_vuc", label=_("Fields of cooperation"),
               value=lambda row: ", ".join(str(each) for each in row.fields.all()), screen=False, width=32),
    ListColumn(name="ngay_ky", label=_("Signed on"), value=signed_text, screen=False),
    ListColumn(name="noi_ky", label=_("Place of signing"), value="signed_place", screen=False, width=20),
    ListColumn(name="nguoi_ky", label=_("Signed for us by"), value=ours, screen=False, width=28),
    ListColumn(name="phia_ban_ky", label=_("Signed for the other side by"), value=theirs, screen=False, width=28),
    ListColumn(name="ngon_ngu", label=_("Languages of the text"), value=languages_text, screen=False, width=20),
    ListColumn(name="hieu_luc", label=_("In force from"), value="effective_on", kind="date", screen=False),
    ListColumn(name="thoi_han", label=_("Term"), value=term_text, screen=False, width=28),
    ListColumn(name="ngay_het_han", label=_("Expires on"), value=ends, kind="date", screen=False),
    ListColumn(name="don_vi_chu_tri", label=_("Unit"), value="case.unit", screen=False, width=28),
    ListColumn(name="tinh_trang", label=_("Status"), value=state_words, screen=False, width=28),
    ListColumn(name="ban_goc", label=_("Original kept at"), value="original_kept", screen=False, width=24),
    ListColumn(name="cong_bo", label=_("Published on"), value="published_on", kind="date", screen=False),
    ListColumn(name="ghi_chu", label=_("Remark"), value=remark, screen=False, width=20),
)  # fmt: skip


class AgreementList(LoggedListPage):
    model = InternationalAgreement
    template_name = "agreements/agreement_list.html"
    title = _("Agreements")
    filterset_class = AgreementFilter
    search_label = _("Number, title in any language, partner")
    default_sort = "-number"
    fixed_order = ("-pk",)
    empty_text = _("No agreement yet.")
    columns = (
        ListColumn(name="number", label=_("Number"), value=number, sort=["case__number"], key=True, export=False),
        ListColumn(
            name="title", label=_("Title"), value="case.title", sort=["case__fold"], wide=True, export=False,
            template="agreements/_agreement_title.html",
        ),
        ListColumn(name="ky", label=_("Signed on"), value=signed_briefly, sort=["signed_on"], export=False),
        ListColumn(name="het_han", label=_("Expires on"), value=ends, kind="date", sort=["expires_on"], export=False),
        ListColumn(name="don_vi", label=_("Unit"), value="case.unit", sort=["case__unit__sort_key"], named=True, export=False),
        ListColumn(
            name="trang_thai", label=_("Status"), value=standing, sort=["case__state"],
            template="agreements/_agreement_state.html", export=False,
        ),
        *REGISTER,
    )  # fmt: skip

    @cached_property
    def today(self) -> dt.date:
        return timezone.localdate()

    @cached_property
    def within(self) -> int:
        return expiring_within(self.today)

    def rows(self) -> QuerySet[InternationalAgreement]:
        open_now = Prefetch("case__steps", queryset=Step.objects.open().order_by("position"), to_attr="open_now")
        rows = InternationalAgreement.objects.visible_to(person_of(self.request)).select_related("case__unit")
        return rows.prefetch_related("parties__partner__country", "fields", open_now)

    def cells_of(self, row: Any) -> Any:
        row.today, row.within = self.today, self.within
        return super().cells_of(row)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By number written either way, or by words of the titles and partners without regard to accents."""
        if wanted := normalise_number(text):
            return queryset.filter(case__number__startswith=wanted)
        return answering(queryset, text)

    @cached_property
    def may_add(self) -> bool:
        return bool(rules.has_perm("agreements.add_agreement", self.request.user))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Propose an agreement"), reverse("agreements:agreement_new")) if self.may_add else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = [self.today.year - back for back in range(3)]
        more = {
            "may_add": self.may_add,
            "may_report": rules.has_perm("agreements.see_yearly_report", self.request.user),
            "years": years,
            "year": self.request.GET.get("nam", ""),
        }
        return super().get_context_data(**kwargs) | more
