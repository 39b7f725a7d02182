"""The steps of a file as they stand today: what was decided by whom, who must act now, what is to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.people.choices import SignatureForm
from intlcoop.people.offices import Holder
from intlcoop.people.registry import Absence, absences
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge, StepLine
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import registry, separation, wording
from intlcoop.workflow.choices import Facet, Outcome, StepState
from intlcoop.workflow.models import Case, Decision, Step

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: So many names are read at a glance; offices with more people are named by the office.
NAMES_SHOWN = 4
SHORT_FORMS: dict[str, str] = {
    SignatureForm.KT: "KT.",
    SignatureForm.TL: "TL.",
    SignatureForm.TL_KT: "TL., KT.",
    SignatureForm.TUQ: "TUQ.",
}
STATE_OF_LINE = {StepState.OPEN: "now", StepState.PENDING: "coming", StepState.STOPPED: "skipped"}
STATE_OF_OUTCOME = {Outcome.NO_ANSWER: "silent", Outcome.DISAGREE: "against", Outcome.NOT_NEEDED: "skipped"}


@dataclass(slots=True)
class Process:
    """The steps of a file as they stand today, with who may act on each. Built once per page."""

    case: Case
    on: dt.date = field(default_factory=timezone.localdate)
    steps: list[Step] = field(default_factory=list)
    conflicted: set[int] = field(default_factory=set)
    calendar: Calendar | None = None
    _away: dict[int, Absence] | None = None

    def __post_init__(self) -> None:
        self.conflicted = separation.conflicted_ids(self.case)
        self.steps = list(
            self.case.steps.select_related(
                "decision__decided_by",
                "decision__recorded_by",
                "decision__on_behalf_of",
                "decision__substitution",
                "decision__permission__scan",
                "decision__returned_to",
                "unit",
                "assigned_to",
            )
            .prefetch_related("decision__left_out")
            .order_by("order", "position", "round")
        )
        for step in self.steps:
            step.case = self.case

    @property
    def current(self) -> list[Step]:
        return [step for step in self.steps if step.superseded_at is None]

    @property
    def open(self) -> list[Step]:
        return [step for step in self.current if step.state == StepState.OPEN]

    @property
    def disagreed(self) -> bool:
        """Whether an opinion of the route as it stands disagreed."""
        return any(hasattr(step, "decision") and step.decision.outcome == Outcome.DISAGREE for step in self.current)

    def holders(self, step: Step) -> tuple[str, list[Holder]]:
        return separation.free_holders(step, self.conflicted, self.on)

    def stands_in(self, step: Step, user: User) -> str:
        """For whom this person would decide the step, and by which paper; empty for who decides in their own right."""
        holder = next((holder for holder in self.holders(step)[1] if holder.user.pk == user.pk), None)
        return standing_in_words(holder) if holder and holder.on_behalf_of else ""

    def held_by(self, user: User) -> list[Step]:
        """The open steps on which this person may act today."""
        return [step for step in self.open if any(holder.user.pk == user.pk for holder in self.holders(step)[1])]

    def days_left(self, step: Step) -> int | None:
        """Working days until the step is due, negative when overdue; None while it is not open or has no term."""
        if step.due_on is None or step.state != StepState.OPEN:
            return None
        self.calendar = self.calendar or calendar()
        return working_days_between(self.on, step.due_on, self.calendar)

    @property
    def away(self) -> dict[int, Absence]:
        """Who is abroad today, by person. One query, the first time."""
        if self._away is None:
            self._away = {absence.person_id: absence for absence in absences(self.on, self.on)}
        return self._away

    def acting(self, step: Step) -> str:
        """Who has to act on this step, in words; of an open step also who of them is abroad today."""
        away = self.away if step.state == StepState.OPEN else {}
        return acting_words(step, *self.holders(step), away=away)

    def above_ceiling(self, step: Step) -> str:
        """Why an open step stays with the person away although somebody stands in; no sums, for some of this goes by mail."""
        if step.state != StepState.OPEN:
            return ""
        names = [holder.user.full_name for holder in separation.above_ceiling(step, self.conflicted, self.on)]
        if not names:
            return ""
        text = _(
            "%(names)s stands in only for files up to a certain sum; this file is above it or its sum is not known."
        )
        return text % {"names": ", ".join(names)}

    def conditional(self, step: Step) -> str:
        """That a step to come opens only if an opinion disagrees, as long as none has."""
        if step.state != StepState.PENDING or self.disagreed:
            return ""
        return wording.conditional_words(only_if_disagreed=step.only_if_disagreed)

    def soonest(self) -> int | None:
        """The fewest working days left of the open steps."""
        return min((left for step in self.open if (left := self.days_left(step)) is not None), default=None)

    def onwards(self, step: Step) -> list[Step]:
        """The steps that open when this one agrees; none while another one runs beside it."""
        if any(other.pk != step.pk for other in self.open):
            return []
        pending = [other for other in self.current if other.state == StepState.PENDING]
        first = min((other.order for other in pending), default=0)
        return [other for other in pending if other.order == first]

    def decided(self) -> list[Decision]:
        return sorted((step.decision for step in self.steps if hasattr(step, "decision")), key=lambda row: row.at)


def line_of(step: Step, process: Process) -> StepLine:
    """A step as a line of "Quy trình xử lý"."""
    title = wording.step_label(step)
    if hasattr(step, "decision"):
        return decided_line(step, title)
    return StepLine(
        state=STATE_OF_LINE.get(StepState(step.state), "coming"),
        title=title,
        person=wording.without_office(title, process.acting(step)) if step.state != StepState.STOPPED else "",
        citation=step.citation,
        note=process.above_ceiling(step) or process.conditional(step),
        due=step.due_on,
        days_left=process.days_left(step),
    )


def decided_line(step: Step, title: str) -> StepLine:
    decision = step.decision
    went_back = decision.outcome in (Outcome.RETURN, Outcome.REJECT)
    person = decider_words(decision)
    note = "\n".join(part for part in (permission_words(decision), decision.comment) if part)
    return StepLine(
        state="returned" if went_back else STATE_OF_OUTCOME.get(Outcome(decision.outcome), "done"),
        title=title,
        person=person,
        outcome=wording.decided_words(decision),
        on=decision.at if not decision.on_paper else None,
        note=note,
    )


def decider_words(decision: Decision) -> str:
    """ "Trần Văn A, Thứ trưởng · thay Nguyễn Văn B (KT., văn bản 12/QĐ-BDP) · đang đi công tác nước ngoài (ĐR-2026-0012)"."""
    person = decision.decided_by_name
    if decision.decided_by_title:
        person += f", {decision.decided_by_title}"
    if decision.on_behalf_of:
        person += " · " + standing_in_words(decision)
    if decision.while_abroad:
        person += " · " + _("on a trip abroad (%(number)s)") % {"number": shown(decision.while_abroad)}
    return person


def standing_in_words(capacity: Decision | Holder) -> str:
    """ "thay Nguyễn Văn B (KT., văn bản 12/QĐ-BDP)", of somebody who decides, or decided, in another person's place."""
    assert capacity.on_behalf_of is not None
    words = _("standing in for %(name)s") % {"name": capacity.on_behalf_of.full_name}
    form = capacity.form if isinstance(capacity, Holder) else capacity.signature_form
    document = capacity.substitution.document if capacity.substitution else ""
    how = [SHORT_FORMS.get(form, ""), _("document %(number)s") % {"number": document} if document else ""]
    how = [part for part in how if part]
    return f"{words} ({', '.join(how)})" if how else words


def permission_words(decision: Decision) -> str:
    """ "101/TTg-QHQT ngày 20/11/2026 của Thủ tướng Chính phủ" for a reply from outside."""
    permission = getattr(decision, "permission", None)
    if permission is None:
        return ""
    return _("%(number)s of %(day)s, %(issuer)s; our submission %(ours)s of %(our_day)s") % {
        "number": permission.reply_number,
        "day": f"{permission.reply_date:%d/%m/%Y}",
        "issuer": permission.reply_issuer,
        "ours": permission.submission_number,
        "our_day": f"{permission.submission_date:%d/%m/%Y}",
    }


def acting_words(
    step: Step, office: str, holders: Sequence[Holder], *, away: Mapping[int, Absence] | None = None
) -> str:
    """The office, and the people who may act in it by name where they are few; `away` says who of them is abroad."""
    if office in offices.OUTSIDE:
        return step.body or offices.office_label(office)
    names = [holder_words(holder, (away or {}).get(holder.user.pk)) for holder in holders]
    # Who is asked by name need not be the one in charge of the unit.
    named = office == offices.DEPUTY_MINISTER and step.assigned_to_id is not None
    label = _("Deputy Minister") if named else offices.office_label(office)
    if not names:
        return _("%(office)s: nobody holds this office now") % {"office": label}
    if len(names) > NAMES_SHOWN:
        return label
    return f"{label}: {', '.join(names)}"


def holder_words(holder: Holder, absence: Absence | None = None) -> str:
    """The name, for whom they stand in, and until when they are abroad."""
    words = holder.user.full_name
    if holder.on_behalf_of:
        words = _("%(name)s (standing in for %(other)s)") % {"name": words, "other": holder.on_behalf_of.full_name}
    if absence:
        words = _("%(name)s (on a trip abroad until %(day)s)") % {"name": words, "day": table_date(absence.last)}
    return words


def earlier_rounds(process: Process) -> list[tuple[int, list[StepLine]]]:
    """(round, its decided steps) of the rounds that a return or a change has replaced, newest first."""
    old = [step for step in process.steps if step.superseded_at is not None and hasattr(step, "decision")]
    old.sort(key=lambda step: (-step.round, step.decision.at))
    return [
        (number, [line_of(step, process) for step in group])
        for number, group in groupby(old, key=lambda step: step.round)
    ]


def last_word(process: Process) -> Decision | None:
    """The decision that sent the file back, while it is the last one: its reason is the first thing to read."""
    decisions = process.decided()
    last = decisions[-1] if decisions else None
    return last if last is not None and last.outcome in (Outcome.RETURN, Outcome.REJECT) else None


def binds_words(step: Step) -> str:
    """Which parts of the file the decision binds; nothing to say where a file is decided as a whole."""
    if len(registry.kind_of(step.case).comparators) < 2:
        return ""
    return ", ".join(str(Facet(facet).label) for facet in step.binds)


def badge_of(case: Case, open_steps: Sequence[Step]) -> Badge:
    return wording.state_badge(case, registry.kind_of(case).lifecycle.state_label(case.state), open_steps)
