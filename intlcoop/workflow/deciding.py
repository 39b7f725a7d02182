"""Decisions on steps: by the office's holder on screen, by a leader on paper, or by a body outside the ministry.

One decision per step row (UNIQUE in the database); of two people at once the second gets a Conflict with the fresh state.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.people.offices import Holder
from intlcoop.people.registry import absences
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import is_working_day, move_to_working_day
from intlcoop.workflow import engine, leaving_out, notices, papers, registry, route_steps, services, wording
from intlcoop.workflow.choices import Outcome, StepKind, StepState, outcomes_of
from intlcoop.workflow.models import Case, CaseAttachment, Decision, Permission, Step
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused, TooEarly
from intlcoop.workflow.separation import above_ceiling, conflicted_ids, free_holders

if TYPE_CHECKING:
    from intlcoop.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """A decision that a leader took on paper, as the recorder reports it."""

    decided_by: User
    decided_on: dt.date
    note: str
    scan: CaseAttachment


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideReply:
    """The answer of a body outside: particulars of our submission and of the reply; a secret reply stays outside."""

    submission_number: str
    submission_date: dt.date
    reply_number: str
    reply_date: dt.date
    reply_issuer: str
    scan: CaseAttachment | None = None
    outside: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialNumber:
    """What the clerk types from the ministry's register after the signature."""

    number: int
    symbol: str
    issued_on: dt.date


@transaction.atomic
def decide(
    step: Step,
    outcome: str,
    *,
    actor: User,
    comment: str = "",
    returned_to: Step | None = None,
    on_paper: OnPaper | None = None,
    reply: OutsideReply | None = None,
    official_number: OfficialNumber | None = None,
    left_out: Mapping[str, str] | None = None,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> Decision:
    """Decide a step and move the file on. `left_out` = {key of a part: why}: agreed without these parts (C9).

    Raises Conflict (somebody was faster, or the page was old; TooEarly when it is not the step's turn), NotAllowed (not this
    person's: separation of duties, other office), Refused (reason, paper, number or scan missing). A repeated `request_id`
    returns the first answer.
    """
    case = engine.lock(step.case)
    if request_id and (done := Decision.objects.filter(request_id=request_id, step=step).first()):
        return done
    step = Step.objects.select_related("unit", "assigned_to").get(pk=step.pk)
    step.case = case
    _check_open(step)
    engine.check_version(case, expected_version)
    if outcome not in outcomes_of(step.kind):
        raise Refused(_("This step cannot end that way."))
    if outcome in (Outcome.RETURN, Outcome.REJECT, Outcome.DISAGREE) and not comment.strip():
        raise Refused(_("Say why, so that the people concerned know what to do."))
    capacity = _capacity(step, actor, on_paper=on_paper, reply=reply)
    parts = leaving_out.take_out(step, outcome, left_out or {}, actor=actor)
    version = case.content_versions.order_by("-number").first()
    decision = Decision.objects.create(
        step=step,
        outcome=outcome,
        comment=comment.strip() or (on_paper.note if on_paper else ""),
        content_version=version.number if version else 0,
        content_hash=version.content_hash if version else "",
        returned_to=returned_to,
        request_id=request_id,
        **capacity.as_fields(),
    )
    leaving_out.remember(decision, parts)
    if reply is not None:
        Permission.objects.create(decision=decision, **_reply_fields(reply))
    if outcome == Outcome.AGREE:
        _check_paper(step, capacity, official_number)
    _close(step)
    engine.bump(case)
    if parts and version is not None:
        leaving_out.tell(decision, actor=actor)
        services.reconcile(case, version, actor=actor)
    if outcome == Outcome.DISAGREE:
        notices.tell_disagreement(case, decision)
    _move_on(case, step, decision, actor=actor)
    return decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """In what capacity a decision is taken."""

    holder: Holder | None
    recorder: User | None
    decided_on: dt.date
    name: str
    on_paper: bool = False
    while_abroad: str = ""

    def as_fields(self) -> dict[str, Any]:
        holder = self.holder
        return {
            "decided_by": holder.user if holder else None,
            "decided_by_name": self.name,
            "decided_by_title": holder.title if holder else "",
            "on_behalf_of": holder.on_behalf_of if holder else None,
            "signature_form": holder.form if holder else "",
            "substitution": holder.substitution if holder else None,
            "while_abroad": self.while_abroad,
            "recorded_by": self.recorder,
            "on_paper": self.on_paper,
            "decided_on": self.decided_on,
        }


def _capacity(step: Step, actor: User, *, on_paper: OnPaper | None, reply: OutsideReply | None) -> Capacity:
    today = timezone.localdate()
    conflicted = conflicted_ids(step.case)
    office, holders = free_holders(step, conflicted, today)
    if office in offices.OUTSIDE:
        return _recorded_reply(step, actor, conflicted, reply)
    if reply is not None:
        raise Refused(_("This step is decided in the ministry, not by a body outside."))
    if on_paper is not None:
        return _recorded_on_paper(step, actor, conflicted, holders, on_paper)
    holder = next((holder for holder in holders if holder.user.pk == actor.pk), None)
    if holder is None:
        raise NotAllowed(_refusal_for(actor, conflicted, step))
    name, abroad = holder.user.full_name, trip_of(actor.pk, today)
    return Capacity(holder=holder, recorder=None, decided_on=today, name=name, while_abroad=abroad)


def trip_of(person_id: int, on: dt.date) -> str:
    """The number of the trip on which this person is abroad on this day, empty at home."""
    found = absences(on, on, [person_id])
    return found[0].number if found else ""


def _refusal_for(actor: User, conflicted: set[int], step: Step) -> str:
    if actor.pk in conflicted:
        return _("You filed, edited or travel in this file, so somebody else decides on it.")
    if any(holder.user.pk == actor.pk for holder in above_ceiling(step, conflicted, timezone.localdate())):
        return _(
            "This file is above the sum up to which you stand in, or its sum is not known: the person away decides it."
        )
    return _("This step waits for another office.")


def may_record(user: User, case: Case, conflicted: set[int]) -> bool:
    """The clerk and the ICD record decisions taken elsewhere, unless the file is their own or they travel in it."""
    involved = user.pk in conflicted
    return not involved and bool(rules.has_perm("workflow.record_decision", user, case))


def _recorded_reply(step: Step, actor: User, conflicted: set[int], reply: OutsideReply | None) -> Capacity:
    if not may_record(actor, step.case, conflicted):
        raise NotAllowed(
            _("The answer of a body outside is recorded by the clerk or the ICD, not by a person concerned.")
        )
    if reply is None:
        raise Refused(_("Enter number and date of our submission and of the reply."))
    if reply.scan is None and not reply.outside.get("kept_outside"):
        raise Refused(_("Attach the scan of the reply, or say that it is secret and kept outside this system."))
    if not reply.submission_date <= reply.reply_date <= timezone.localdate():
        raise Refused(_("The reply cannot be dated before our submission or in the future."))
    return Capacity(holder=None, recorder=actor, decided_on=reply.reply_date, name=reply.reply_issuer, on_paper=True)


def _recorded_on_paper(
    step: Step, actor: User, conflicted: set[int], holders: list[Holder], on_paper: OnPaper
) -> Capacity:
    if not may_record(actor, step.case, conflicted):
        raise NotAllowed(_("A decision on paper is recorded by the clerk or the ICD, not by a person concerned."))
    holder = next((holder for holder in holders if holder.user.pk == on_paper.decided_by.pk), None)
    if holder is None:
        raise Refused(_("That person could not decide this step on that day."))
    if on_paper.decided_on > timezone.localdate():
        raise Refused(_("A decision cannot be dated in the future."))
    submitted = step.case.submitted_at
    if submitted and on_paper.decided_on < timezone.localdate(submitted):
        raise Refused(_("The decision cannot be dated before the file was submitted."))
    if not on_paper.note.strip():
        raise Refused(_("Copy the leader's note from the paper."))
    return Capacity(
        holder=holder,
        recorder=actor,
        decided_on=on_paper.decided_on,
        name=holder.user.full_name,
        on_paper=True,
        while_abroad=trip_of(holder.user.pk, on_paper.decided_on),
    )


def _check_open(step: Step) -> None:
    if step.state == StepState.OPEN and step.superseded_at is None:
        return
    decision = Decision.objects.filter(step=step).first()
    if decision is not None:
        raise Conflict(
            _("%(name)s has decided this step already: %(outcome)s.")
            % {"name": decision.decided_by_name, "outcome": decision.get_outcome_display()}
        )
    if early := wording.not_yet(step):
        raise TooEarly(early)
    raise Conflict(_("This step is no longer waiting. Look at the file as it is now."))


def _check_paper(step: Step, capacity: Capacity, official_number: OfficialNumber | None) -> None:
    if step.kind == StepKind.DRAFT_DECISION:
        papers.require_draft(step.case)
    elif step.kind == StepKind.SIGN:
        if capacity.holder is None:
            raise Refused(_("The decision is signed by the Minister or a Deputy Minister."))
        papers.sign(step.case, capacity.holder, on=capacity.decided_on)
    elif step.kind == StepKind.ISSUE:
        if official_number is None:
            raise Refused(_("Enter number, symbol and date from the register."))
        papers.number(
            step.case,
            number=official_number.number,
            symbol=official_number.symbol,
            issued_on=official_number.issued_on,
        )


def _close(step: Step) -> None:
    step.state = StepState.DONE
    step.save(update_fields=["state"])


def _move_on(case: Case, step: Step, decision: Decision, *, actor: User | None) -> None:
    lifecycle = registry.kind_of(case).lifecycle
    if decision.outcome == Outcome.RETURN:
        if decision.returned_to is None:
            route_steps.stop_all(case)
            papers.take_back(case, to_kind="")
            engine.apply(case, lifecycle[lifecycle.returned], actor=actor, comment=decision.comment)
        else:
            route_steps.go_back(case, decision.returned_to, actor=actor, comment=decision.comment)
    elif decision.outcome == Outcome.REJECT:
        route_steps.stop_all(case)
        engine.apply(case, lifecycle[lifecycle.rejected], actor=actor, comment=decision.comment)
    else:
        route_steps.open_next(case, actor=actor)


@transaction.atomic
def close_overdue_opinion(step: Step) -> Decision | None:
    """Write "quá hạn, chưa trả lời" into an opinion whose day has passed, so that silence neither blocks nor consents.

    Returns None when the opinion came in meanwhile.
    """
    case = engine.lock(step.case)
    step = Step.objects.select_related("unit").get(pk=step.pk)
    step.case = case
    today = timezone.localdate()
    late = step.due_on is not None and move_to_working_day(step.due_on, calendar()) < today
    if step.kind != StepKind.OPINION or step.state != StepState.OPEN or step.superseded_at or not late:
        return None
    version = case.content_versions.order_by("-number").first()
    decision = Decision.objects.create(
        step=step,
        outcome=Outcome.NO_ANSWER,
        decided_by_name=str(offices.office_label(step.office)),
        decided_on=today,
        content_version=version.number if version else 0,
        content_hash=version.content_hash if version else "",
    )
    _close(step)
    engine.bump(case)
    _move_on(case, step, decision, actor=None)
    return decision


def close_overdue_opinions(today: dt.date) -> int:
    """Close every opinion whose last day has passed; returns how many. Safe to run twice.

    Nothing is closed on a day off, nor before a last day that fell on one has moved to the next working day.
    """
    if not is_working_day(today, calendar()):
        return 0
    late = Step.objects.open().filter(kind=StepKind.OPINION, due_on__lt=today).select_related("case")
    return sum(close_overdue_opinion(step) is not None for step in late)


def _reply_fields(reply: OutsideReply) -> dict[str, Any]:
    return {
        "submission_number": reply.submission_number,
        "submission_date": reply.submission_date,
        "reply_number": reply.reply_number,
        "reply_date": reply.reply_date,
        "reply_issuer": reply.reply_issuer,
        "scan": reply.scan,
        **reply.outside,
    }
