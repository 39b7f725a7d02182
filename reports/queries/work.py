"""What do the engine and the pages ask of an item of other work?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from agreements.choices import TextLanguage
from intlcoop.people.choices import UnitFunction
from intlcoop.people.principals import principal_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.vietnamese.dates import table_date, table_range
from intlcoop.web.display import Badge, Tone
from intlcoop.workflow.choices import Facet
from intlcoop.workflow.facts import fact
from intlcoop.workflow.registry import Related, Summary, Wait
from intlcoop.workflow.wording import state_badge
from reports.choices import Direction, InTheNameOf, WorkKind, WorkState
from reports.models import WorkAttendance, WorkConclusion, WorkItem, WorkOpinion
from reports.queries.work_kinds import spec_of

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

#: What a leader approves of a report or a comment: whom it tells what, in whose name.
BOUND = ("body", "content", "in_name_of", "period")


# --- what the engine asks -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """What the route of a report or a comment depends on."""

    work: str = fact(
        gettext_lazy("Kind of work"),
        gettext_lazy("it is a %(values)s"),
        [(WorkKind.REPORT.value, WorkKind.REPORT.label), (WorkKind.COMMENT.value, WorkKind.COMMENT.label)],
        usual=WorkKind.REPORT.value,
    )
    in_name_of: str = fact(
        gettext_lazy("In whose name"),
        gettext_lazy("it is sent in the name of %(values)s"),
        InTheNameOf.choices,
        usual=InTheNameOf.MINISTRY.value,
    )
    unit: str = fact(
        gettext_lazy("Unit that drafts it"),
        gettext_lazy("it is drafted by %(values)s"),
        [("icd", gettext_lazy("the department of cooperation")), ("other", gettext_lazy("another unit"))],
        usual="icd",
    )


def work_of(case: Case) -> WorkItem:
    return WorkItem.objects.select_related("owner", "partner__country", "case__unit").get(case=case)


def facts_of(case: Case) -> WorkFacts:
    item = work_of(case)
    drafted_by = "icd" if case.unit.function == UnitFunction.ICD else "other"
    return WorkFacts(work=item.kind, in_name_of=item.in_name_of or InTheNameOf.MINISTRY, unit=drafted_by)


def content(case: Case) -> dict[str, Any]:
    """Bound: what is sent. Wording: all the rest that the kind asks, and its rows."""
    item = work_of(case)
    said = {name: plain(getattr(item, name)) for name in spec_of(item.kind).fields}
    bound = {"title": case.title, **{name: said.pop(name) for name in BOUND if name in said}}
    return {Facet.PROGRAMME: bound, "wording": {"unit": case.unit_id, **said}}


def plain(value: Any) -> Any:
    match value:
        case None:
            return ""
        case dt.date():
            return value.isoformat()
        case models.Model():
            return value.pk
        case list() | int() | str():
            return value
    return str(value)


def readable(content: Any) -> list[tuple[str, list[str]]]:
    """What was approved, for people who compare two versions."""
    bound = content.get(Facet.PROGRAMME, {})
    names = dict(InTheNameOf.choices)
    lines = [
        (_("Title"), bound.get("title", "")),
        (_("Other body"), bound.get("body", "")),
        (_("In whose name"), str(names.get(bound.get("in_name_of", ""), ""))),
        (_("Period covered"), bound.get("period", "")),
        (_("Main content"), bound.get("content", "")),
    ]
    return [(str(label), str(value).splitlines()) for label, value in lines if value]


def summary(case: Case) -> Summary:
    item = work_of(case)
    kind = str(item.get_kind_display())
    return Summary(
        title=case.title,
        where=other_side(item),
        when=days_words(item),
        who=str(item.owner or case.created_by),
        url=item.get_absolute_url(),
        on=item.due_on or item.starts_on or item.request_on,
        lines=(
            (_("Kind of work"), kind),
            (label_of(item.kind, "body"), other_side(item)),
            (label_of(item.kind, "due_on"), table_date(item.due_on) if item.due_on else ""),
            (_("Unit"), str(case.unit)),
            (_("Who sees to it"), str(item.owner or "")),
        ),
    )


def decision_facts(case: Case) -> list[tuple[str, Any]]:
    item = work_of(case)
    return [(_("Kind of work"), item.get_kind_display()), (_("Unit"), case.unit), *fact_lines(item)]


def opened_to(user: User) -> QuerySet[Any]:
    """What this person sees to, and the meetings that left something to be done by their unit once they were held."""
    tasks = WorkConclusion.objects.filter(unit__in=principal_of(user).own_unit_ids).order_by().values("item")
    told = Q(pk__in=tasks, case__state=WorkState.COMPLETED)
    return WorkItem.objects.filter(Q(owner=user.pk) | told).order_by().values("case_id")


def history(case: Case) -> Related:
    follow = [(WorkOpinion, "item"), (WorkConclusion, "item"), (WorkAttendance, "item")]
    return Related(rows=[case.work], follow=follow)


def edit_url(case: Case) -> str:
    return reverse("reports:work_edit", args=[case.number])


def waits(case: Case) -> Wait | None:
    """A reply that others owe us, and a report that was approved and not sent yet."""
    item = work_of(case)
    change = case.status_changes.filter(to_state=case.state).last()
    since = timezone.localdate(change.at if change else case.created_at)
    who = str(item.owner or case.created_by)
    if case.state == WorkState.APPROVED:
        return Wait(
            where=_("Approved, to be sent"), who=who, since=since, due=item.due_on, next_=_("record that it was sent")
        )
    if case.state == WorkState.OPEN and item.kind in WorkKind.REPLIED and item.due_on:
        theirs = is_owed_to_us(item)
        where = _("Waiting for their reply") if theirs else _("Waiting for our reply")
        return Wait(where=where, who=item.body if theirs else who, since=since, due=item.due_on)
    return None


# --- words ------------------------------------------------------------------------------------------------------------


def label_of(kind: str, name: str) -> str:
    """How this kind calls a field."""
    own, field = spec_of(kind).labels.get(name), cast("models.Field[Any, Any]", WorkItem._meta.get_field(name))
    return str(own if own is not None else capfirst(field.verbose_name))


def other_side(item: WorkItem) -> str:
    """The partner of the list, or the body as it was typed."""
    return item.body or str(item.partner or "")


def is_owed_to_us(item: WorkItem) -> bool:
    """Whether others answer: then we chase, else we reply."""
    return item.kind == WorkKind.LOCALITY or item.direction == Direction.OUTGOING


def days_words(item: WorkItem) -> str:
    if item.starts_on:
        return table_range(item.starts_on, item.ends_on) if item.ends_on else table_date(item.starts_on)
    return table_date(item.due_on) if item.due_on else ""


def value_words(item: WorkItem, name: str) -> Any:
    """The value of a field as people read it."""
    if name == "languages":
        known = dict(TextLanguage.choices)
        return ", ".join(str(known.get(each, each)) for each in item.languages)
    if hasattr(item, f"get_{name}_display"):
        return getattr(item, f"get_{name}_display")() if getattr(item, name) else ""
    return getattr(item, name)


#: Long texts stand in sections of their own, not among the facts.
LONG = ("content", "attendees", "needs", "result")


def fact_lines(item: WorkItem, *, long: bool = True) -> list[tuple[str, Any]]:
    """(label, value) of all that this kind knows, empty ones left out."""
    names = [name for name in spec_of(item.kind).fields if long or name not in LONG]
    found = [(label_of(item.kind, name), value_words(item, name)) for name in names]
    return [(label, value) for label, value in found if value not in (None, "")]


def long_texts(item: WorkItem) -> Iterator[tuple[str, str, str]]:
    """(anchor, label, text) of the sections of the page."""
    anchors = {"content": "noi-dung", "attendees": "thanh-phan", "needs": "nhu-cau", "result": "ket-qua"}
    for name in spec_of(item.kind).fields:
        if name in LONG and (text := getattr(item, name)):
            yield anchors[name], label_of(item.kind, name), text


class WorkClock:
    """Today and the days off, read once for a page and only if something is due; `read` is the page's own way to them."""

    def __init__(self, today: dt.date | None = None, read: Callable[[], Calendar] = calendar) -> None:
        self.today = today or timezone.localdate()
        self.read = read

    @cached_property
    def days_off(self) -> Calendar:
        return self.read()

    def days_left(self, item: WorkItem) -> int | None:
        """Working days until a reply is due; None when nobody owes one any more."""
        owed = item.kind in WorkKind.REPLIED and item.case.state in WorkState.UNFINISHED
        if not owed or item.due_on is None:
            return None
        return working_days_between(self.today, item.due_on, self.days_off)

    def badge(self, item: WorkItem, open_steps: Sequence[Any] = ()) -> Badge:
        """The word of the state; of an open item what it waits for."""
        state = WorkState(item.case.state)
        opened = self.opened(item) if state == WorkState.OPEN else None
        return opened or state_badge(item.case, str(state.label), open_steps)

    def opened(self, item: WorkItem) -> Badge | None:
        """What an open item of this kind waits for, if there is a word for it."""
        if item.kind in WorkKind.APPROVED_FIRST:
            return Badge(pgettext("work", "Being drafted"), Tone.QUIET)
        if item.kind in WorkKind.REPLIED:
            said = _("Waiting for their reply") if is_owed_to_us(item) else _("Waiting for our reply")
            return Badge(said, Tone.WAITING)
        if item.kind == WorkKind.RECURRING:
            return Badge(pgettext("work", "Being followed"), Tone.INFO)
        if item.starts_on is not None and item.starts_on > self.today:
            return Badge(pgettext("attendance", "To come"), Tone.INFO)
        return None
