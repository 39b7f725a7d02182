"""How route rules read on a page: who holds which step, since when, by what law, in which other versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.regulations.registry import NewsItem
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, Fact, Tone
from intlcoop.workflow import registry, wording
from intlcoop.workflow.choices import Facet, RuleRole, StepKind
from intlcoop.workflow.facts import conditions_words
from intlcoop.workflow.models import RouteRule, RouteRuleStep
from intlcoop.workflow.route_checks import state_of_routes
from intlcoop.workflow.route_rules import files_under

NAMES_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule in a list: its conditions as sentences and its offices from first to last."""

    rule: RouteRule
    words: list[str]
    way: str
    badges: list[Badge]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The rules of one kind of file."""

    code: str
    label: str
    problems: list[str] = field(default_factory=list)
    routes: list[RuleLine] = field(default_factory=list)
    additions: list[RuleLine] = field(default_factory=list)
    announced: list[RuleLine] = field(default_factory=list)
    drafts: list[RuleLine] = field(default_factory=list)
    past: list[RuleLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """A step of a rule: what, who (names where they do not depend on the file), in how many days, by what law."""

    order: int
    title: str
    who: str
    due: int | None
    binds: str
    citation: str
    note: str = ""


def book_of(rows: Any, today: dt.date) -> list[Book]:
    """All rules that somebody may read, by kind and by whether they hold today. Two queries."""
    found = rows.select_related("instrument").prefetch_related("steps").order_by("priority", "code", "-version")
    by_kind: dict[str, list[RouteRule]] = {}
    for each in found:
        by_kind.setdefault(each.kind, []).append(each)
    kinds = [kind for kind in registry.all_kinds() if kind.facts is not None]
    return [_book(kind, by_kind.get(kind.code, []), today) for kind in kinds]


def _book(kind: registry.FileKind, found: list[RouteRule], today: dt.date) -> Book:
    holding = [each for each in found if not each.is_draft and each.holds_on(today)]
    book = Book(code=kind.code, label=str(kind.label), problems=state_of_routes(kind.code, holding))
    for each in found:
        if each.is_draft:
            book.drafts.append(line_of(each))
        elif each.valid_from > today:
            book.announced.append(line_of(each))
        elif not each.holds_on(today):
            book.past.append(line_of(each))
        elif each.role == RuleRole.ADDITION:
            book.additions.append(line_of(each))
        else:
            book.routes.append(line_of(each))
    return book


def line_of(rule: RouteRule) -> RuleLine:
    return RuleLine(
        rule=rule,
        words=conditions_words(rule.kind, rule.conditions),
        way=way_of(rule.steps.all()),
        badges=badges_of(rule),
    )


def badges_of(rule: RouteRule) -> list[Badge]:
    found = []
    if rule.is_draft:
        found.append(Badge(_("draft"), Tone.QUIET))
    if not rule.is_enabled:
        found.append(Badge(_("switched off"), Tone.QUIET))
    if rule.needs_check:
        found.append(Badge(_("to be checked"), Tone.WAITING))
    return found


def way_of(steps: Iterable[RouteRuleStep]) -> str:
    """ "Lãnh đạo đơn vị → Chuyên viên Vụ HTQT, Kế hoạch - Tài chính → …"."""
    by_order: dict[int, list[str]] = {}
    for step in sorted(steps, key=lambda each: (each.order, each.pk)):
        by_order.setdefault(step.order, []).append(office_of(step))
    return " → ".join(", ".join(names) for names in by_order.values())


def office_of(step: RouteRuleStep) -> str:
    if step.office == offices.EXTERNAL and step.body:
        return step.body
    return offices.office_label(step.office) if step.office in offices.ALL else step.office


def lines_of(rule: RouteRule, on: dt.date) -> list[StepShown]:
    return [
        StepShown(
            order=step.order,
            title=wording.step_label(step) if step.office in offices.ALL else step.get_kind_display(),
            who=who_of(step, on),
            due=step.due_working_days,
            binds=", ".join(str(Facet(facet).label) for facet in step.binds),
            citation=rule.based_on(step.citation or rule.citation),
            note=wording.conditional_words(only_if_disagreed=step.only_if_disagreed),
        )
        for step in sorted(rule.steps.all(), key=lambda each: (each.order, each.pk))
    ]


def who_of(step: RouteRuleStep, on: dt.date) -> str:
    """The office, with names where everybody sees the same ones."""
    label = office_of(step)
    if step.office in offices.OUTSIDE or step.office not in offices.ALL:
        return label
    if step.office in offices.OF_UNIT:
        return _("%(office)s (of the unit that files)") % {"office": label}
    held = offices.signers_for_minister(on) if step.kind == StepKind.SIGN and step.office == offices.MINISTER else None
    names = [holder.user.full_name for holder in (held or offices.holders_of(step.office, None, on))]
    if not names:
        return _("%(office)s: nobody holds this office now") % {"office": label}
    return label if len(names) > NAMES_SHOWN else f"{label}: {', '.join(names)}"


def facts_of_rule(rule: RouteRule) -> list[Fact]:
    used = files_under(rule) if not rule.is_draft else 0
    return [
        Fact(_("Kind of file"), registry.get(rule.kind).label),
        Fact(_("What the rule gives"), f"{rule.get_role_display()} · {_('priority')} {rule.priority}"),
        Fact(_("Legal basis"), rule.basis, instrument_url(rule)),
        Fact(_("Validity"), _("not yet: draft") if rule.is_draft else span_of(rule)),
        Fact(_("Version"), str(rule.version)),
        *([Fact(_("Reason"), rule.reason)] if rule.reason else []),
        Fact(_("Changed by"), str(rule.changed_by) if rule.changed_by else _("shipped with the portal")),
        Fact(_("Files that follow this version"), str(used)),
    ]


def instrument_url(rule: RouteRule) -> str:
    """The page of the instrument, where there is one."""
    try:
        return rule.instrument.get_absolute_url() if rule.instrument else ""
    except NoReverseMatch:
        return ""


def span_of(rule: RouteRule) -> str:
    if rule.valid_until is None:
        return _("from %(day)s on") % {"day": table_date(rule.valid_from)}
    return f"{table_date(rule.valid_from)} – {table_date(rule.valid_until)}"


def versions_of(rule: RouteRule, rows: Any) -> list[RouteRule]:
    """The other versions of the same rule, newest first."""
    return list(rows.filter(kind=rule.kind, code=rule.code).exclude(pk=rule.pk).order_by("-version"))


def news_of_routes(reader: Any, since: dt.date) -> list[NewsItem]:
    """Routes that were put in force since a day, for "Quy định mới"; what was shipped is no news."""
    rows = RouteRule.objects.visible_to(reader).published().filter(published_on__gte=since).select_related("instrument")
    return [
        NewsItem(
            on=rule.published_on,
            kind=_("Routes"),
            title=rule.title,
            text=rule.reason if rule.is_enabled else _("Switched off. %(reason)s") % {"reason": rule.reason},
            effective_from=rule.valid_from,
            citation=rule.basis,
            needs_check=rule.needs_check,
            url=rule.get_absolute_url(),
        )
        for rule in rows
    ]
