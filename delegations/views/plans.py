"""The list of plans, the page of one, its versions, its papers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from delegations import services
from delegations.choices import LineState, PlanState
from delegations.exports import plan as paper_of
from delegations.exports import plan_table
from delegations.filters import PlanFilter
from delegations.forms.plans import DueForm
from delegations.models import AnnualPlan, PlanPaper, PlanYear
from delegations.queries import plan_values
from delegations.queries.plan_board import open_years
from delegations.queries.plans import accepted, counts_by_kind, live_revision, money_words, persons_planned
from delegations.views.file_prints import last_file_print, print_address
from delegations.views.plan_finding import METHODS, attempt, crumbs, plan_crumb, visible_plan, year_crumb
from delegations.views.plan_papers import papers_context
from delegations.workflows import consult_units
from intlcoop.documents.handing_out import hand_out
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, Fact, Tone
from intlcoop.web.file_numbers import shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of, version_in
from intlcoop.workflow.pages import case_context

TONES = {
    PlanState.DRAFT: Tone.QUIET,
    PlanState.CONSULTING: Tone.WAITING,
    PlanState.SUBMITTED: Tone.WAITING,
    PlanState.AWAITING_ISSUE: Tone.WAITING,
    PlanState.APPROVED: Tone.DONE,
    PlanState.REVISING: Tone.INFO,
    PlanState.CLOSED: Tone.QUIET,
    PlanState.REJECTED: Tone.LATE,
}


def state_badge(plan: AnnualPlan) -> Badge:
    """A plan of the past without a file is known by its approval alone."""
    state = PlanState(plan.case.state) if plan.case else PlanState.APPROVED
    return Badge(state.label, TONES[state])


def approval_words(plan: AnnualPlan) -> str:
    return f"{plan.approval_number} ({table_date(plan.approved_on)})" if plan.approved_on else ""


class PlanList(ListPage):
    model = AnnualPlan
    template_name = "delegations/plans/plan_list.html"
    title = gettext_lazy("Plans")
    filterset_class = PlanFilter
    default_sort = "-nam"
    fixed_order = ("-level", "pk")
    empty_text = gettext_lazy("No plan yet.")
    columns = (
        ListColumn(
            name="ten", label=gettext_lazy("Plan"), value="title", key=True, wide=True, sort=["title"], width=60
        ),
        ListColumn(name="nam", label=gettext_lazy("Year"), value=lambda plan: str(plan.year), sort=["year"]),
        ListColumn(
            name="so",
            label=gettext_lazy("Number"),
            value=lambda plan: shown(plan.case.number) if plan.case else "",
            sort=["case__number"],
            whole=True,
        ),
        ListColumn(name="dong", label=gettext_lazy("Lines"), value="in_plan", kind="int"),
        ListColumn(
            name="trang_thai",
            label=gettext_lazy("Status"),
            value=lambda plan: state_badge(plan).label,
            template="delegations/plans/_plan_state.html",
            sort=["case__state"],
        ),
        ListColumn(name="phe_duyet", label=gettext_lazy("Approval"), value=approval_words, sort=["approved_on"]),
        ListColumn(
            name="phien_ban",
            label=gettext_lazy("Version"),
            value=lambda plan: str(plan.version) if plan.approved_on else "",
        ),
    )

    def rows(self) -> QuerySet[AnnualPlan]:
        plans = AnnualPlan.objects.visible_to(person_of(self.request)).select_related("case")
        return plans.annotate(in_plan=Count("lines", filter=Q(lines__state__in=LineState.IN_PLAN)))

    @cached_property
    def may_open(self) -> bool:
        return bool(rules.has_perm("delegations.plan_years", self.request.user))

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Open the planning of a year"), reverse("delegations:plan_year_new")) if self.may_open else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = person_of(self.request)
        unit = services.own_unit(user)
        return super().get_context_data(**kwargs) | {
            "may_open": self.may_open,
            "open_years": open_years(user, unit, timezone.localdate()),
            "may_propose": bool(unit and rules.has_perm("delegations.propose_line", user, unit)),
        }


@require_safe
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """The plan as a file: what it holds, its lines, its route, its papers."""
    found = visible_plan(request, number)
    user = person_of(request)
    case = found.case
    assert case is not None
    context = case_context(case, user)
    actions = [action for action in context["actions"] if action.key != "consult"]
    revision = live_revision(found)
    links, menu = links_of(found, user, revision)
    lines = list(plan_values.with_links(found.lines.in_plan()).order_by("position", "pk"))
    context |= {
        "plan": found,
        "crumbs": crumbs(year_crumb(found.year)),
        "actions": actions,
        "facts": facts_of_plan(found),
        "lines": lines,
        "links": links,
        "menu_links": menu,
        "has_menu": bool(menu) or any(not action.primary for action in actions),
        "revision": revision,
        "made_papers": made_papers(found),
        "print": last_file_print(request, found.case) if found.case else None,
        "waiting_lines": found.lines.filter(state=LineState.PROPOSED).count(),
        **scans_context(found, user),
    }
    return render(request, "delegations/plans/plan.html", context)


def scans_context(found: AnnualPlan, user: Any) -> dict[str, Any]:
    """The scans of this plan; one is added on the page of its year, where the year was opened here."""
    context = papers_context(PlanPaper.objects.filter(plan=found), user)
    opened = PlanYear.objects.filter(year=found.year).exists()
    add = reverse("delegations:plan_paper_add", args=[found.year], query={"loai": "approval", "ke_hoach": found.pk})
    return context | {"add_paper_url": add, "may_keep_papers": context["may_keep_papers"] and opened}


def facts_of_plan(found: AnnualPlan) -> list[Fact]:
    counts = ", ".join(f"{label}: {n}" for label, n in counts_by_kind(found))
    facts = [
        Fact(_("Year"), str(found.year), reverse("delegations:plan_year", args=[found.year])),
        Fact(_("Level"), found.get_level_display()),
        Fact(_("Lines"), counts),
        Fact(_("People on outbound trips"), str(persons_planned(found) or "")),
        Fact(_("Money"), money_words(accepted(found))),
        Fact(_("Put together by"), found.case.unit if found.case else ""),
    ]
    if found.approved_on:
        facts.insert(0, Fact(_("Approval"), approval_words(found)))
        facts.insert(1, Fact(_("Version"), str(found.version), f"{found.get_absolute_url()}phien-ban/"))
    if found.consultation_due_on and found.case and found.case.state == PlanState.CONSULTING:
        facts.append(Fact(_("Units comment until"), table_date(found.consultation_due_on)))
    return facts


def links_of(found: AnnualPlan, user: Any, revision: Any) -> tuple[list[Any], list[Any]]:
    """(buttons, entries of the menu) that lead to other pages about this plan."""
    from_year = [("trung-lap", _("Clashes")), ("phan-bo", _("Load by month")), ("thuc-hien", _("Plan against actual"))]
    year = reverse("delegations:plan_year", args=[found.year])
    links = []
    if rules.has_perm("delegations.consolidate_plan", user, found):
        links.append({"label": _("Proposals of the units"), "url": f"{found.get_absolute_url()}tiep-nhan/"})
        if found.case and found.case.state == PlanState.DRAFT:
            links.append({"label": _("Ask the units' opinion"), "url": f"{found.get_absolute_url()}lay-y-kien/"})
    if found.case and found.case.state == PlanState.APPROVED and rules.has_perm("delegations.revise_plan", user, found):
        links.append({"label": _("Begin a revision"), "url": f"{found.get_absolute_url()}dieu-chinh/"})
    if revision is not None:
        links.append({"label": _("Revision under way"), "url": revision.get_absolute_url()})
    links += [{"label": label, "url": f"{year}{path}/"} for path, label in from_year]
    return links[:1], [
        {"key": each["url"], "label": each["label"], "url": each["url"], "how": "link"} for each in links[1:]
    ]


def made_papers(found: AnnualPlan) -> list[dict[str, Any]]:
    number = found.case.number if found.case else ""
    return [
        {
            "label": label,
            "url": reverse("delegations:plan_paper", args=[number, name]),
            "pdf": print_address(found.case, name) if found.case else "",
        }
        for name, label in (
            ("ke-hoach", _("Plan (Word)")),
            (
                "to-trinh",
                _("Submission to the leader") if found.level != "pm" else _("Submission to the Prime Minister"),
            ),
            ("bang", _("Table of the plan (Excel)")),
        )
    ]


PAPERS: dict[str, tuple[Callable[[AnnualPlan], bytes], str]] = {
    "ke-hoach": (paper_of.plan_docx, "docx"),
    "to-trinh": (paper_of.submission_docx, "docx"),
    "bang": (plan_table.plan_xlsx, "xlsx"),
}


@require_safe
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """A paper of the plan, from the data as they stand now. Whoever sees the plan may print it."""
    found = visible_plan(request, number)
    if name not in PAPERS:
        raise Http404
    build, extension = PAPERS[name]
    return hand_out(request, build(found), f"{number}-{name}.{extension}", of=shown(number))


@require_safe
def versions(request: HttpRequest, number: str) -> HttpResponse:
    """Every version with its approval, and what each revision changed, before and after."""
    found = visible_plan(request, number)
    rows = found.versions.select_related("revision__case").prefetch_related(
        "revision__changes__line", "revision__changes__unit"
    )
    context = {
        "plan": found,
        "crumbs": crumbs(year_crumb(found.year), plan_crumb(found)),
        "versions": [version_shown(row) for row in rows.order_by("-number")],
    }
    return render(request, "delegations/plans/versions.html", context)


def version_shown(row: Any) -> dict[str, Any]:
    changes = row.revision.changes.all() if row.revision else []
    return {
        "version": row,
        "lines": len(row.lines),
        "changes": [
            {"change": each, "differences": plan_values.differences(each.before, each.after)}
            for each in changes
            if each.state == "accepted"
        ],
    }


@require_http_methods(METHODS)
def consult(request: HttpRequest, number: str) -> HttpResponse:
    """Open the whole plan to the units until a day."""
    found = visible_plan(request, number)
    form = DueForm(typed(request), initial={"due_on": None})
    if request.method == "POST" and form.is_valid():
        act = partial(
            consult_units,
            found,
            form.cleaned_data["due_on"],
            actor=person_of(request),
            expected_version=version_in(request),
        )
        return attempt(request, act, done=_("The units have been asked."), back=found, case=found.case)
    context = {
        "form": form,
        "version": found.case.version,  # type: ignore[union-attr]  # it was found by the number of its file
        "heading": _("Ask the units' opinion"),
        "text": _("The whole plan is opened to all units; they read it and write what they think beneath it."),
        "verb": _("Ask the units"),
        "back": found.get_absolute_url(),
        "crumbs": crumbs(year_crumb(found.year), plan_crumb(found)),
    }
    return render(request, "delegations/plans/form.html", context)
