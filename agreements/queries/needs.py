"""What the engine and the pages ask of the needs of units, and which partners answer to them (W004-01, U002-05, U002-06)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.guidance import MatchState, NeedState
from agreements.matching import Fit, fit_of
from agreements.models import CooperationNeed, NeedMatch, Partner
from intlcoop.catalogues.searching import search_text
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.folding import fold
from intlcoop.web.display import Badge, Tone
from intlcoop.workflow.registry import Related, Summary

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

TONES = {
    NeedState.OPEN: Tone.WAITING,
    NeedState.UNDER_WAY: Tone.INFO,
    NeedState.MET: Tone.DONE,
    NeedState.DROPPED: Tone.QUIET,
}
MATCH_TONES = {
    MatchState.PROPOSED: Tone.QUIET,
    MatchState.ASKED: Tone.WAITING,
    MatchState.WILLING: Tone.DONE,
    MatchState.UNWILLING: Tone.QUIET,
}
MOST_SUGGESTED = 8
MOST_ON_PARTNER = 10
#: Partners that say something of themselves are looked at; the others have nothing to match.
LOOKED_AT = 2000


# --- what the engine asks -------------------------------------------------------------------------------------------


def summary(case: Case) -> Summary:
    need = CooperationNeed.objects.get(case=case)
    by = table_date(need.wanted_by) if need.wanted_by else ""
    return Summary(
        title=case.title,
        where=str(case.unit),
        when=by,
        who=str(case.created_by),
        url=need.get_absolute_url(),
        on=need.wanted_by,
        lines=((_("Unit"), str(case.unit)), (_("What is looked for"), need.get_kind_display()), (_("Needed by"), by)),
    )


def content(case: Case) -> dict[str, Any]:
    need = CooperationNeed.objects.get(case=case)
    said = {name: str(getattr(need, name) or "") for name in ("kind", "detail", "wanted_by", "result")}
    many = {name: sorted(getattr(need, name).values_list("pk", flat=True)) for name in ("fields", "countries")}
    return {"wording": {"title": case.title, "unit": case.unit_id, **said, **many}}


def opened_to(user: User) -> QuerySet[Any]:
    """Everybody reads what units look for: the partner of one may help another."""
    needs = (
        CooperationNeed.objects.all()
        if rules.has_perm("agreements.view_partner", user)
        else CooperationNeed.objects.none()
    )
    return needs.order_by().values("case_id")


def history(case: Case) -> Related:
    return Related(rows=[case.need], follow=[(NeedMatch, "need")])


def edit_url(case: Case) -> str:
    return reverse("agreements:need_edit", args=[case.number])


def matching(text: str) -> QuerySet[Any]:
    return answering(CooperationNeed.objects.all(), text).order_by().values("case_id")


def answering(needs: Any, text: str) -> Any:
    words = fold(text).split()
    if not words:
        return needs.none()
    for word in words:
        needs = needs.filter(search_text__contains=f" {word}")
    return needs


def words_of(need: CooperationNeed) -> str:
    return search_text(need.case.title, need.detail)


# --- how one stands -------------------------------------------------------------------------------------------------


def badge(need: CooperationNeed) -> Badge:
    state = NeedState(need.case.state)
    return Badge(str(state.label), TONES[state])


def match_badge(match: NeedMatch) -> Badge:
    state = MatchState(match.state)
    return Badge(str(state.label), MATCH_TONES[state])


# --- partners that answer to a need ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A partner that may answer to a need, and why it is thought of."""

    partner: Partner
    fit: Fit
    fields: tuple[str, ...]


def speaking_partners() -> list[Partner]:
    """Those that may be chosen and of which something is known: fields of cooperation, what they offer."""
    rows = Partner.objects.offered().filter(Q(fields__isnull=False) | ~Q(capacity="")).distinct()
    return list(rows.select_related("country").prefetch_related("fields").order_by("sort_key", "pk")[:LOOKED_AT])


def fit_between(need: CooperationNeed, partner: Partner) -> Fit | None:
    return fit_of(
        f"{need.case.title} {need.detail}",
        {each.pk for each in need.fields.all()},
        {each.pk for each in need.countries.all()},
        offers=partner.capacity,
        fields={each.pk for each in partner.fields.all()},
        country=partner.country_id,
    )


def suggestions(need: CooperationNeed) -> list[Suggestion]:
    """The partners that answer best, without those named already."""
    named = set(need.matches.values_list("partner_id", flat=True))
    prefetch_related_objects([need], "fields", "countries")
    found = []
    for partner in speaking_partners():
        fit = None if partner.pk in named else fit_between(need, partner)
        if fit is not None:
            names = tuple(str(each) for each in partner.fields.all() if each.pk in fit.fields)
            found.append(Suggestion(partner=partner, fit=fit, fields=names))
    return sorted(found, key=lambda each: -each.fit.points)[:MOST_SUGGESTED]


def matches_of(need: CooperationNeed) -> list[tuple[NeedMatch, Badge]]:
    rows = need.matches.select_related("partner__country", "unit", "by").order_by("pk")
    return [(row, match_badge(row)) for row in rows]


def partner_section(partner: Partner, user: User) -> dict[str, Any] | None:
    """The section "Nhu cầu của đơn vị" on the page of a partner: those that it was named for, and those it could answer."""
    rows = CooperationNeed.objects.visible_to(user).unmet().select_related("case__unit")
    needs = list(rows.prefetch_related("fields", "countries").order_by("-pk"))
    if not needs:
        return None
    named = {row.need_id: row for row in NeedMatch.objects.filter(partner=partner)}
    lines = []
    for need in needs:
        fit = fit_between(need, partner)
        if need.pk in named or fit is not None:
            match = named.get(need.pk)
            lines.append((need, badge(need), match_badge(match) if match else None, fit.points if fit else 0))
    if not lines:
        return None
    lines.sort(key=lambda line: (line[2] is None, -line[3]))
    return {"lines": lines[:MOST_ON_PARTNER], "count": len(lines), "head_url": reverse("agreements:need_list"),
            "head_label": _("All cooperation needs")}  # fmt: skip
