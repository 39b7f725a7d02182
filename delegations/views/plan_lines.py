"""Lines of plans: the list with its register, the page of one, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from delegations.choices import LineState, OutboundState, SettlementReason
from delegations.filters import PlanLineFilter
from delegations.forms.plans import PlanLineForm, SettleForm
from delegations.guards import is_open
from delegations.models import OutboundDelegation, PlanLine
from delegations.queries import plan_values
from delegations.queries.plans import year_words
from delegations.services import plan_lines as services
from delegations.services.plan_settling import settle_line
from delegations.views.event_lines import event_links, events_on
from delegations.views.filing import file_links, use_lines
from delegations.views.plan_finding import METHODS, attempt, crumbs, plan_crumb, visible_line, year_crumb
from delegations.views.visit_lines import visit_links, visits_on
from intlcoop.audit.exports import LoggedListPage
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.display import Badge, Fact, Tone
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed
from intlcoop.workflow.actions import Action
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused

TONES = {
    LineState.DRAFT: Tone.QUIET,
    LineState.PROPOSED: Tone.WAITING,
    LineState.ACCEPTED: Tone.DONE,
    LineState.MERGED: Tone.QUIET,
    LineState.DECLINED: Tone.LATE,
    LineState.DONE: Tone.DONE,
    LineState.MOVED: Tone.QUIET,
    LineState.DROPPED: Tone.LATE,
}


def badge(line: PlanLine) -> Badge:
    return Badge(LineState(line.state).label, TONES[LineState(line.state)])


def countries(line: PlanLine) -> str:
    return ", ".join(str(country) for country in line.countries.all())


def partner(line: PlanLine) -> str:
    return str(line.partner) if line.partner else line.partner_text


def leading(line: PlanLine) -> str:
    return " · ".join(part for part in (line.get_head_rank_display(), str(line.leader or "")) if part)


class LineList(LoggedListPage):
    model = PlanLine
    template_name = "delegations/plans/line_list.html"
    title = gettext_lazy("Lines of the plans")
    search_label = gettext_lazy("Title, content, country, partner")
    filterset_class = PlanLineFilter
    default_sort = "stt"
    fixed_order = ("-plan__year", "-plan__level", "position", "pk")
    empty_text = gettext_lazy("No line yet.")
    columns = (
        ListColumn(name="ten", label=gettext_lazy("Title"), value="title", key=True, wide=True, sort=["title"], width=48),
        ListColumn(name="nam", label=gettext_lazy("Year"), value=lambda line: str(line.plan.year), sort=["plan__year"]),
        ListColumn(
            name="stt", label=gettext_lazy("No."), value="position", kind="int", sort=["-plan__year", "plan__level", "position"],
        ),
        ListColumn(name="loai", label=gettext_lazy("Kind"), value="get_kind_display", sort=["kind"]),
        ListColumn(name="don_vi", label=gettext_lazy("Unit"), value="unit", sort=["unit__position"], width=28),
        ListColumn(name="truong_doan", label=gettext_lazy("Led by"), value=leading, sort=["head_rank"], width=28),
        ListColumn(name="nuoc", label=gettext_lazy("Country"), value=countries, width=24),
        ListColumn(name="doi_tac", label=gettext_lazy("Partner"), value=partner, screen=False, width=32),
        ListColumn(name="noi_dung", label=gettext_lazy("Content"), value="purpose_text", screen=False, width=48),
        ListColumn(
            name="thoi_gian", label=gettext_lazy("Expected time"), value="when_words", sort=["month", "quarter"], whole=True,
        ),
        ListColumn(name="so_nguoi", label=gettext_lazy("Number of people"), value="persons", kind="int"),
        ListColumn(name="so_ngay", label=gettext_lazy("Number of days"), value="days", kind="int", screen=False),
        ListColumn(name="kinh_phi", label=gettext_lazy("Money"), value="amount", kind="money", screen=False),
        ListColumn(name="tien_te", label=gettext_lazy("Currency"), value="currency.code", screen=False),
        ListColumn(name="nguon", label=gettext_lazy("Source of funds"), value="get_funding_source_display", screen=False),
        ListColumn(name="can_cu", label=gettext_lazy("Basis"), value="basis", screen=False, width=40),
        ListColumn(name="cap", label=gettext_lazy("Plan"), value="plan.get_level_display", screen=False, width=32),
        ListColumn(
            name="trang_thai",
            label=gettext_lazy("Status"),
            value=lambda line: LineState(line.state).label,
            template="delegations/plans/_line_state.html",
            sort=["state"],
        ),
        ListColumn(name="ghi_chu", label=gettext_lazy("Note"), value="note", screen=False, width=32),
    )  # fmt: skip

    def rows(self) -> QuerySet[PlanLine]:
        return plan_values.with_links(PlanLine.objects.visible_to(person_of(self.request)))

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Every word in the title, the content, the partner or a country, accents or not."""
        return queryset.answering(fold(text))  # type: ignore[attr-defined]


@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    """What one line plans, what was answered, which trips are filed against it."""
    found = visible_line(request, pk)
    user = person_of(request)
    trips = OutboundDelegation.objects.visible_to(user).filter(plan_line=found).select_related("case")
    actions = actions_on(found, user)
    merged = list(plan_values.with_links(found.merged.all()).order_by("position"))
    context = {
        "line": found,
        "badge": badge(found),
        "facts": facts_of_line(found),
        "trips": [(trip, OutboundState(trip.case.state).label) for trip in trips.order_by("case__number")],
        "visits": visits_on(found, user),
        "events": events_on(found, user),
        "use": use_lines(found) if is_open(found) else None,
        "merged": merged,
        "actions": actions,
        "has_menu": any(not action.primary for action in actions),
        "links": links_of(found, user),
        "changes": found.changes.filter(revision__in=found.plan.revisions.all()).select_related("revision__case"),
        "settle_form": SettleForm(line=found, prefix="")
        if rules.has_perm("delegations.settle_line", user, found)
        else None,
        "crumbs": crumbs(year_crumb(found.plan.year), plan_crumb(found.plan)),
        "carried_to": found.carried_to.select_related("plan").first(),
    }
    return render(request, "delegations/plans/line.html", context)


def facts_of_line(found: PlanLine) -> list[Fact]:
    said = [
        (_("Plan"), found.plan.title, found.plan.get_absolute_url()),
        (_("Unit"), found.unit, ""),
        (_("Led by"), leading(found), ""),
        (_("Country"), countries(found), ""),
        (_("Partner"), partner(found), ""),
        (_("Expected time"), f"{found.when_words} · {found.plan.year}" if found.when_words else "", ""),
        (_("Purpose"), found.get_purpose_display() if found.purpose else "", ""),
        (_("Content"), found.purpose_text, ""),
        (_("Number of people"), found.persons, ""),
        (_("Number of days"), found.days, ""),
        (_("Money"), amount_words(found), ""),
        (_("Source of funds"), found.get_funding_source_display() if found.funding_source else "", ""),
        (_("Basis"), found.basis, ""),
    ]
    facts = [Fact(label, value if value is not None else "", url) for label, value, url in said]
    return facts + more_facts_of(found)


def amount_words(found: PlanLine) -> str:
    """ "540.000.000 VND", as everywhere else."""
    return format_money(found.amount, found.currency.code) if found.amount is not None and found.currency else ""


def more_facts_of(found: PlanLine) -> list[Fact]:
    """What most lines do not have, and then is not named either."""
    extra = [
        (_("Field of cooperation"), found.field, ""),
        (_("Note"), found.note, ""),
        (_("Carried over from"), carried_words(found.carried_from), url_of(found.carried_from)),
        (_("Merged into"), found.merged_into, url_of(found.merged_into)),
        (_("Why"), settled_words(found), ""),
    ]
    return [Fact(label, value, url) for label, value, url in extra if value]


def url_of(other: PlanLine | None) -> str:
    return other.get_absolute_url() if other else ""


def carried_words(old: PlanLine | None) -> str:
    return f"{old.position}. {old.title} ({year_words(old.plan.year)})" if old else ""


def settled_words(found: PlanLine) -> str:
    reason = SettlementReason(found.settled_reason).label if found.settled_reason else ""
    return ": ".join(str(part) for part in (reason, found.settled_text) if part)


def links_of(found: PlanLine, user: Any) -> list[dict[str, Any]]:
    links = [*file_links(found, user), *visit_links(found, user), *event_links(found, user)]
    if rules.has_perm("delegations.edit_line", user, found):
        links.append({"label": _("Edit"), "url": reverse("delegations:plan_line_edit", args=[found.pk])})
    return links


def actions_on(found: PlanLine, user: Any) -> list[Action]:
    """What the ICD does with a line of an open plan; the unit removes a draft of its own."""
    if found.state == LineState.DRAFT and rules.has_perm("delegations.edit_line", user, found):
        return [act(found, "xoa", _("Remove this line"), text=_("The line is removed for good."), destructive=True)]
    if not rules.has_perm("delegations.consolidate_plan", user, found.plan):
        return []
    offered: list[Action] = []
    if found.state in (LineState.PROPOSED, LineState.DECLINED):
        offered.append(act(found, "tiep-nhan", _("Take into the plan"), how="post", primary=True))
    if found.state in (LineState.PROPOSED, LineState.ACCEPTED):
        offered.append(act(found, "tra-lai", _("Send back to the unit"), reason="required"))
        offered.append(act(found, "chuyen-cap", _("Move to the other plan"), how="post"))
        offered.append(act(found, "khong-tiep-nhan", _("Do not take in"), reason="required", destructive=True))
    if found.state == LineState.MERGED:
        offered.append(act(found, "tach", _("Take out of the merged line"), how="post"))
    return offered


def act(found: PlanLine, name: str, label: Any, *, how: str = "dialog", **more: Any) -> Action:
    return Action(
        key=name, label=label, url=reverse("delegations:plan_line_act", args=[found.pk, name]), how=how, **more
    )


#: (what to do, what to say when it is done); each is called with the line, the reason and who.
ACTS: dict[str, tuple[Callable[[PlanLine, str, Any], object], Any]] = {
    "tiep-nhan": (
        lambda found, reason, user: services.take_in(found.plan, [found.pk], actor=user),
        gettext_lazy("The line stands in the plan."),
    ),
    "khong-tiep-nhan": (
        lambda found, reason, user: services.decline_line(found, reason, actor=user),
        gettext_lazy("Not taken in; the unit reads your reason."),
    ),
    "tra-lai": (
        lambda found, reason, user: services.send_back_line(found, reason, actor=user),
        gettext_lazy("Sent back to the unit with your request."),
    ),
    "chuyen-cap": (
        lambda found, reason, user: services.move_level(found, actor=user),
        gettext_lazy("The line stands in the other plan now."),
    ),
    "tach": (
        lambda found, reason, user: services.unmerge_line(found, actor=user),
        gettext_lazy("The line is a proposal of its own again."),
    ),
    "xoa": (
        lambda found, reason, user: services.remove_line(found, actor=user),
        gettext_lazy("The line is removed."),
    ),
}


@require_http_methods(METHODS)
def line_act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    found = visible_line(request, pk)
    if name not in ACTS:
        raise Http404
    if request.method != "POST":
        return redirect(found)
    what, done = ACTS[name]
    back: Any = found
    if name in ("xoa", "tra-lai"):
        back = reverse("delegations:plan_year", args=[found.plan.year])
    return attempt(
        request,
        partial(what, found, request.POST.get("comment", ""), person_of(request)),
        done=done,
        back=back,
        case=found.plan.case,
    )


@require_http_methods(METHODS)
def line_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_line(request, pk)
    user = person_of(request)
    if not rules.has_perm("delegations.edit_line", user, found):
        raise PermissionDenied(_("This line can no longer be changed here."))
    form = PlanLineForm(typed(request), instance=found, with_level=False)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_line(found, form.values, actor=user)
        except (Conflict, NotAllowed) as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            return redirect(found)
    context = {
        "form": form,
        "heading": _("Edit the line"),
        "text": found.title,
        "verb": _("Save"),
        "back": found.get_absolute_url(),
        "crumbs": crumbs(year_crumb(found.plan.year), plan_crumb(found.plan)),
    }
    return render(request, "delegations/plans/form.html", context)


@require_http_methods(METHODS)
def line_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of a line of an approved plan."""
    found = visible_line(request, pk)
    form = SettleForm(typed(request), line=found)
    if request.method == "POST" and form.is_valid():
        values, actor = form.cleaned_data, person_of(request)
        said = {"reason": values["reason_code"], "text": values["text"]}
        act_now = partial(settle_line, found, values["state"], **said, actor=actor)
        return attempt(request, act_now, done=_("Noted."), back=found, case=found.plan.case)
    if not rules.has_perm("delegations.settle_line", person_of(request), found):
        raise PermissionDenied(_("Only the ICD says what became of a line, once the plan is approved."))
    context = {
        "form": form,
        "heading": _("What became of the line"),
        "text": found.title,
        "verb": _("Save"),
        "back": found.get_absolute_url(),
        "crumbs": crumbs(year_crumb(found.plan.year), plan_crumb(found.plan)),
    }
    return render(request, "delegations/plans/form.html", context)
