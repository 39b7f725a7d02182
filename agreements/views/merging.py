"""Merging a partner into another: choose, see what would move, do it, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements import services
from agreements.guards.partners import cannot_undo
from agreements.models import Partner, PartnerMerge
from agreements.queries.alike import names_of, partners_like
from agreements.queries.partner_page import facts_of
from agreements.views.asking import allowed, crumbs, found, found_partner, is_key
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.search import clean
from intlcoop.workflow.refusals import NotAllowed, Refused

FOUND = 20
REFUSAL = gettext_lazy("Partners are merged by the department of international cooperation.")


@require_http_methods(["GET", "HEAD", "POST"])
def partner_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """First the other partner is chosen, then what would move is shown, then it is done."""
    merged = found_partner(request, pk)
    allowed("agreements.merge_partner", request.user, merged, refusal=str(REFUSAL))
    chosen = request.POST.get("vao") or request.GET.get("vao", "")
    kept = found_partner(request, int(chosen)) if is_key(chosen) else None
    if kept is None:
        return choose(request, merged)
    if request.method == "POST":
        return merged_now(request, merged, kept)
    return preview(request, merged, kept)


def choose(request: HttpRequest, merged: Partner) -> HttpResponse:
    """Partners that are probably the same, and a search for any other."""
    text = clean(request.GET.get("q", ""))
    rows = Partner.objects.visible_to(request.user).living().exclude(pk=merged.pk).select_related("country")
    if text:
        hits = list(rows.search(text)[:FOUND])
    else:
        hits = [each.partner for each in partners_like(names_of(merged), merged.country, without=merged)]
    context = {"merged": merged, "hits": hits, "text": text, "crumbs": crumbs(merged)}
    return render(request, "agreements/merge_choose.html", context)


def preview(request: HttpRequest, merged: Partner, kept: Partner, *, status: int = 200) -> HttpResponse:
    """What would move, by kind and number, and the names that are kept; or why it cannot be."""
    told: list[Any] = []
    names: list[str] = []
    problems: list[str] = []
    try:
        told, names = services.foretell(merged, kept, actor=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        problems = refusal.reasons
    context = {
        "merged": merged,
        "kept": kept,
        "sides": [(merged, facts_of(merged, whole=True)), (kept, facts_of(kept, whole=True))],
        "told": told,
        "names": names,
        "problems": problems,
        "elsewhere": merged.country_id != kept.country_id,
        "crumbs": crumbs(merged),
    }
    return render(request, "agreements/merge.html", context, status=status)


def merged_now(request: HttpRequest, merged: Partner, kept: Partner) -> HttpResponse:
    try:
        reason = request.POST.get("reason", "").replace("\0", "")
        done = services.merge_partners(merged, kept, actor=request.user, reason=reason)  # type: ignore[arg-type]
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused:
        return preview(request, merged, kept, status=409)
    text = _("“%(name)s” has been merged into “%(kept)s”.") % {"name": merged, "kept": kept}
    messages.success(request, text)
    return redirect(done)


def found_merge(request: HttpRequest, pk: int) -> PartnerMerge:
    rows = PartnerMerge.objects.visible_to(request.user).select_related(
        "merged__country", "merged__parent", "merged__proposed_by", "kept__merged_into", "merged_by", "undone_by"
    )
    return found(rows, pk)  # type: ignore[no-any-return]


@require_safe
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """The record of a merger: who, when, what moved; and the merged partner as it was."""
    done = found_merge(request, pk)
    allowed("agreements.merge_partner", request.user, refusal=str(REFUSAL))
    context = {
        "merge": done,
        "told": services.told_of(done),
        "names": services.names_kept(done),
        "facts": facts_of(done.merged, whole=True),
        "cannot_undo": cannot_undo(done, timezone.localdate()),
        "crumbs": crumbs(done.kept),
    }
    return render(request, "agreements/merge_record.html", context)


@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    done = found_merge(request, pk)
    try:
        stayed = services.undo_merge(done, actor=request.user)  # type: ignore[arg-type]
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect(done)
    messages.success(request, _("“%(name)s” stands in the list again, with everything it had.") % {"name": done.merged})
    if stayed:
        words = ngettext(
            "%(n)s row was changed by somebody since and stays where it is.",
            "%(n)s rows were changed by somebody since and stay where they are.",
            stayed,
        )
        messages.warning(request, words % {"n": stayed})
    return redirect(done.merged)


class MergeList(ListPage):
    """What was merged, and until when it can be taken back."""

    model = PartnerMerge
    template_name = "agreements/merge_list.html"
    title = gettext_lazy("Merged partners")
    empty_text = gettext_lazy("No partners have been merged yet.")
    default_sort = "-ngay"
    columns = [
        ListColumn(
            name="doi_tac", label=gettext_lazy("Merged partner"), value="merged.name", key=True, wide=True, width=48
        ),
        ListColumn(name="vao", label=gettext_lazy("Merged with"), value="kept.name", named=True, width=48),
        ListColumn(name="ngay", label=gettext_lazy("Day"), value="merged_at.date", kind="date", sort=["merged_at"]),
        ListColumn(name="nguoi", label=gettext_lazy("Merged by"), value="merged_by", named=True, width=24),
        ListColumn(name="hoan_tac", label=gettext_lazy("Can be taken back until"), value="undo_until", kind="date"),
        ListColumn(
            name="tinh_trang",
            label=gettext_lazy("Status"),
            value=lambda row: _("Merger taken back") if row.undone_at else _("Merger in force"),
        ),
    ]

    def rows(self) -> Any:
        allowed("agreements.merge_partner", self.request.user, refusal=str(REFUSAL))
        rows = PartnerMerge.objects.visible_to(self.request.user)
        return rows.select_related("merged", "kept", "merged_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"crumbs": crumbs()}
