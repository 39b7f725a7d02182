"""Dossiers and duties as rules: what is asked of which files since when, on what basis; and how that changes."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agreements import services
from agreements.forms.legal_rules import FORMS
from agreements.models.duty import LegalRow
from agreements.queries.legal_rules import KIND_NAMES, MODELS, SLUGS, rule_groups, rule_key, rule_lines
from intlcoop.regulations.choices import RuleSort
from intlcoop.regulations.forms import BasisForm, EndForm, ReasonForm
from intlcoop.regulations.models import RuleChange
from intlcoop.regulations.views.shared import answer, crumbs, manager, may_manage, reader
from intlcoop.web.display import Crumb
from intlcoop.web.retained import typed

CARRIED = (
    "name_vi",
    "name_en",
    "conditions",
    "instrument_id",
    "citation",
    "needs_check",
    "cause",
    "recipient_vi",
    "parameter",
)


def sort_of(slug: str, kind: str) -> str:
    if slug not in SLUGS or kind not in KIND_NAMES:
        raise Http404
    return SLUGS[slug]


def trail() -> Crumb:
    return Crumb(_("Dossiers and duties"), reverse("agreements:legal_rules"))


def page_of(row: LegalRow, slug: str) -> str:
    return reverse("agreements:legal_rule", args=[slug, row.kind, row.code])


@require_safe
def legal_rules(request: HttpRequest) -> HttpResponse:
    """What holds today and what comes, by kind of file."""
    reader(request)
    changes = RuleChange.objects.visible_to(request.user).filter(sort__in=MODELS).select_related("actor")
    context = {
        "groups": rule_groups(request.user, timezone.localdate()),
        "changes": changes[:20],
        "may_manage": may_manage(request),
        "crumbs": crumbs(),
    }
    return render(request, "agreements/legal_rules/list.html", context)


@require_safe
def legal_rule(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """One rule: everything it said, says and will say, and who changed it why."""
    reader(request)
    sort, today = sort_of(slug, kind), timezone.localdate()
    rows = MODELS[sort]._default_manager.visible_to(request.user).filter(kind=kind, code=code)  # type: ignore[attr-defined]
    lines = rule_lines(list(rows.select_related("instrument").order_by("-valid_from")), today)
    changes = (
        RuleChange.objects.visible_to(request.user).filter(sort=sort, key=rule_key(kind, code)).select_related("actor")
    )
    if not lines and not changes:
        raise Http404
    now = next((line for line in lines if line.holds), None)
    context = {
        "name": (now or lines[0]).row.name if lines else changes[0].subject,
        "kind": kind, "kind_name": KIND_NAMES[kind], "slug": slug, "code": code, "is_duty": sort == RuleSort.DUTY,
        "lines": lines, "now": now, "changes": changes[:50], "crumbs": crumbs(trail()), "may_manage": may_manage(request),
    }  # fmt: skip
    return render(request, "agreements/legal_rules/rule.html", context)


def legal_rule_new(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    actor, sort = manager(request), sort_of(slug, kind)
    form = FORMS[sort](typed(request), kind=kind, initial={"valid_from": timezone.localdate() + dt.timedelta(days=1)})
    return answer(
        request,
        form,
        partial(services.set_rule, MODELS[sort], kind, "", actor=actor),
        heading=_("New duty: %(kind)s") % {"kind": KIND_NAMES[kind]}
        if sort == RuleSort.DUTY
        else _("New item of the dossier: %(kind)s") % {"kind": KIND_NAMES[kind]},
        said=gettext("The rule is recorded. Files of before keep the rule of their day."),
        back=reverse("agreements:legal_rules"),
        trail=[trail()],
        verb=gettext("Record the rule"),
    )


def legal_rule_change(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    actor, sort = manager(request), sort_of(slug, kind)
    last = MODELS[sort]._default_manager.filter(kind=kind, code=code).order_by("-valid_from").first()
    if last is None:
        raise Http404
    initial = {"valid_from": timezone.localdate() + dt.timedelta(days=1)} | initial_of(last)
    return answer(
        request,
        FORMS[sort](typed(request), kind=kind, initial=initial),
        partial(services.set_rule, MODELS[sort], kind, code, actor=actor),
        heading=_("Change: %(what)s") % {"what": last.name},
        said=gettext("The rule is recorded. Files of before keep the rule of their day."),
        back=page_of(last, slug),
        trail=[trail(), Crumb(last.name, page_of(last, slug))],
        verb=gettext("Record the change"),
        note=_("What holds until then ends the day before."),
    )


def initial_of(row: Any) -> dict[str, Any]:
    found = {name.removesuffix("_id"): getattr(row, name) for name in CARRIED if hasattr(row, name)}
    if hasattr(row, "source"):
        found |= {"comes_from": f"{row.source}:{row.key}", "is_mandatory": row.is_mandatory}
    return found


def one_row(slug: str, pk: int) -> LegalRow:
    if slug not in SLUGS:
        raise Http404
    return get_object_or_404(MODELS[SLUGS[slug]]._default_manager, pk=pk)


def legal_rule_correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, row = manager(request), one_row(slug, pk)
    initial = {"instrument": row.instrument_id, "citation": row.citation, "needs_check": row.needs_check}
    form = BasisForm(typed(request), initial=initial)
    return answer(
        request,
        form,
        partial(services.correct_rule, row, actor=actor),
        heading=_("Legal basis: %(name)s") % {"name": row.name},
        said=gettext("The legal basis is corrected."),
        back=page_of(row, slug),
        trail=[trail(), Crumb(row.name, page_of(row, slug))],
        note=_("What is asked for, of which files and from when stay. Another rule is a new row from a day on."),
    )


def legal_rule_end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, row = manager(request), one_row(slug, pk)
    return answer(
        request,
        EndForm(typed(request), initial={"last_day": timezone.localdate()}),
        partial(services.end_rule, row, actor=actor),
        heading=_("No longer apply: %(name)s") % {"name": row.name},
        said=gettext("The end is recorded. After the last day it is asked of no file."),
        back=page_of(row, slug),
        trail=[trail(), Crumb(row.name, page_of(row, slug))],
        verb=gettext("Record the end"),
    )


def legal_rule_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    actor, row = manager(request), one_row(slug, pk)
    return answer(
        request,
        ReasonForm(typed(request)),
        partial(services.withdraw_rule, row, actor=actor),
        heading=_("Take back: %(name)s") % {"name": row.name},
        said=gettext("The rule is taken back. What held before holds on."),
        back=page_of(row, slug),
        trail=[trail(), Crumb(row.name, page_of(row, slug))],
        verb=gettext("Take the rule back"),
    )
