"""One item of other work: its page, and the way in by its kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.actions import Action
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.pages import case_context
from reports.choices import WorkKind
from reports.models import WorkItem
from reports.queries import work as queries
from reports.queries.work_kinds import spec_of
from reports.queries.work_lines import lines_of_item
from reports.views.work_papers import paper_context

#: The last part of an address for each kind.
SLUGS: dict[str, str] = {
    "phoi-hop": WorkKind.COORDINATION,
    "bao-cao": WorkKind.REPORT,
    "gop-y": WorkKind.COMMENT,
    "hop": WorkKind.MEETING,
    "giao-ban": WorkKind.RECURRING,
    "dia-phuong": WorkKind.LOCALITY,
    "dao-tao": WorkKind.TRAINING,
    "tai-lieu": WorkKind.DOCUMENTS,
    "tuyen-truyen": WorkKind.OUTREACH,
    "doi-ngoai": WorkKind.PUBLICITY,
}


def crumbs(item: WorkItem | None = None) -> list[Crumb]:
    found = [Crumb(_("Other work"), reverse("reports:work_list"))]
    return [*found, Crumb(shown(item.case.number), item.get_absolute_url())] if item is not None else found


def visible_work(request: HttpRequest, number: str) -> WorkItem:
    rows = WorkItem.objects.visible_to(person_of(request)).for_list().select_related("partner__country")
    if (found := rows.filter(case__number=number).first()) is None:
        raise Http404
    return found


@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """Which kind? Each with a sentence; the form follows."""
    if not rules.has_perm("reports.add_work", person_of(request)):
        raise PermissionDenied(_("You may not enter work."))
    kinds = [
        {"label": WorkKind(kind).label, "help": spec_of(kind).help, "url": reverse("reports:work_create", args=[slug])}
        for slug, kind in SLUGS.items()
    ]
    return render(request, "reports/other_work/new.html", {"kinds": kinds, "crumbs": crumbs()})


@require_safe
def work(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_work(request, number)
    user, clock = person_of(request), queries.WorkClock()
    context = case_context(found.case, user)
    may_edit = rules.has_perm("reports.edit_work", user, found.case)
    context |= {
        "item": found,
        "crumbs": crumbs(),
        "facts": facts_of(found),
        "texts": list(queries.long_texts(found)),
        "badge": clock.badge(found, context["process"].open),
        "days_left": clock.days_left(found) if not context["process"].open else context["days_left"],
        # What is only entered takes no route, so none is to be expected.
        "expected": context["expected"] if found.kind in WorkKind.APPROVED_FIRST else None,
        "may_edit": may_edit,
        **buttons_of(found, context["actions"], may_edit=may_edit),
        **lines_of_item(found, user),
        **paper_context(request, found),
    }
    return render(request, "reports/other_work/item.html", context)


def buttons_of(found: WorkItem, actions: list[Action], *, may_edit: bool) -> dict[str, Any]:
    """The button that ends an item is called by its kind; of a series the next meeting is written down first."""
    series = found.kind == WorkKind.RECURRING
    named = [
        replace(each, label=spec_of(found.kind).close, primary=each.primary and not series)
        if each.key == "close"
        else each
        for each in actions
    ]
    links = [{"label": _("Edit"), "url": queries.edit_url(found.case)}] if may_edit else []
    if may_edit and series:
        links.insert(
            0, {"label": _("Record attendance"), "url": reverse("reports:work_attend", args=[found.case.number])}
        )
    return {"actions": named, "links": links, "has_menu": any(not each.primary for each in named)}


def facts_of(found: WorkItem) -> list[Fact]:
    """All that is known, and what is still missing of what this kind cannot do without; long texts have sections."""
    spec = spec_of(found.kind)
    asked = {*spec.required, "due_on", "owner"} & set(spec.asked_fields)
    facts: list[Fact] = [Fact(_("Unit"), found.case.unit)]
    for name in spec_of(found.kind).fields:
        value: Any = queries.value_words(found, name)
        if name in queries.LONG or (value in (None, "") and name not in asked):
            continue
        url = found.partner.get_absolute_url() if name == "partner" and found.partner else ""
        facts.append(Fact(queries.label_of(found.kind, name), value, url))
    return [*facts, Fact(_("Entered by"), found.case.created_by)]
