"""Revisions of an approved plan: opened by the ICD, filled by the units, applied as a whole when they are approved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import ChangeAction, LineState, PlanState, RequestState, SettlementReason
from delegations.guards.plans import trips_on
from delegations.models import AnnualPlan, PlanLine, PlanRevision, PlanVersion, RevisionChange
from delegations.queries.plan_values import FIELDS, LINKS, Values, differences, line_values
from delegations.queries.planning_people import everybody_planning
from delegations.services.plan_lines import write
from delegations.services.plan_versions import keep_version, next_position
from intlcoop.catalogues.models import Country
from intlcoop.notifications.services import notify
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import own_unit
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean
from intlcoop.workflow.services import open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def open_revision(
    plan: AnnualPlan, *, reason: str, due_on: dt.date | None = None, actor: User, is_sample: bool = False
) -> PlanRevision:
    """Begin an adjustment round and call the units to it. One at a time for each plan.

    The state of the plan itself follows in `workflows.begin_revision`, which calls this. Raises NotAllowed, Refused.
    """
    if not rules.has_perm("delegations.revise_plan", actor, plan):
        raise NotAllowed(_("Only the ICD adjusts a plan, once it is approved."))
    if plan.case is None:
        raise Refused(_("This plan was approved before the portal. Its lines cannot be changed here."))
    if plan.case.state != PlanState.APPROVED:
        raise Refused(_("This plan is under revision already, or closed."))
    if due_on is not None and due_on < timezone.localdate():
        raise Refused(_("The last day for requests has passed. Choose a later one."))
    unit = own_unit(actor)
    assert unit is not None
    title = f"Điều chỉnh, bổ sung {plan.title}"[:300]
    case = open_case("plan_revision", title=title, unit=unit, actor=actor, year=plan.year, is_sample=is_sample)
    revision = PlanRevision(case=case, plan=plan, reason=reason.strip(), requests_due_on=due_on)
    clean(revision)
    revision.save()
    record_content(case, actor=actor)
    _call(revision, actor)
    return revision


def _call(revision: PlanRevision, actor: User) -> None:
    due = revision.requests_due_on
    until = _("until %(day)s") % {"day": table_date(due)} if due else _("now")
    notify(
        everybody_planning(except_for=actor),
        event_key=f"plan-revision-{revision.pk}-open",
        subject=_("Ask for changes of the plan %(year)s · %(until)s") % {"year": revision.plan.year, "until": until},
        body=revision.reason,
        url=revision.get_absolute_url(),
    )


@transaction.atomic
def request_change(
    revision: PlanRevision,
    action: str,
    *,
    actor: User,
    unit: OrgUnit,
    line: PlanLine | None = None,
    fields: Mapping[str, Any] | None = None,
    reason_code: str,
    reason: str,
) -> RevisionChange:
    """A unit asks for a change of its own lines, the ICD of any; the ICD's own are taken in at once.

    Raises NotAllowed, Refused (no longer collecting, line settled or with a trip, nothing changed, no reason).
    """
    case = engine.lock(revision.case)
    revision.case = case
    if not rules.has_perm("delegations.ask_change", actor, revision):
        raise NotAllowed(_("This revision takes no more changes."))
    by_icd = rules.has_perm("delegations.consolidate_revision", actor, revision)
    whose = line.unit if line is not None else unit
    if not by_icd and not rules.has_perm("delegations.propose_line", actor, whose):
        raise NotAllowed(_("You ask for changes of your own unit's lines only."))
    if reason_code not in SettlementReason.values or not reason.strip():
        raise Refused(_("Give the kind of reason, and the reasons and basis in words."))
    before, after = _before_and_after(revision, action, line, unit, fields or {})
    change = RevisionChange(
        revision=revision,
        action=action,
        line=line,
        unit=whose,
        before=before,
        after=after,
        reason_code=reason_code,
        reason=reason.strip(),
        requested_by=actor,
        state=RequestState.ACCEPTED if by_icd else RequestState.REQUESTED,
    )
    clean(change)
    change.save()
    if by_icd:
        record_content(case, actor=actor)
    return change


def _before_and_after(
    revision: PlanRevision, action: str, line: PlanLine | None, unit: OrgUnit, fields: Mapping[str, Any]
) -> tuple[Values, Values]:
    if action == ChangeAction.ADD:
        return {}, values_from({**fields, "unit": unit})
    if line is None or line.plan_id != revision.plan_id or line.state != LineState.ACCEPTED:
        raise Refused(_("Choose a line that stands in this plan and is not settled."))
    before = line_values(line)
    if action == ChangeAction.DROP:
        if trips := trips_on(line):
            raise Refused(
                _("%(trips)s is filed against this line. Cancel or finish the trip first.")
                % {"trips": ", ".join(trips)}
            )
        return before, {}
    after = before | values_from(fields, line)
    if not differences(before, after):
        raise Refused(_("Nothing is changed yet."))
    return before, after


def values_from(fields: Mapping[str, Any], line: PlanLine | None = None) -> Values:
    """What a form says, in the shape of `line_values`; checked as a line would be, so that it can be applied later.

    `line` is the one that it changes. Raises Refused.
    """
    told = {name: getattr(line, name) for name in FIELDS if name != "countries"} if line is not None else {}
    told |= {name: value for name, value in fields.items() if name in FIELDS and name != "countries"}
    if problems := trial_problems(PlanLine(**told)):
        raise Refused(problems)
    values: Values = {}
    for name, value in fields.items():
        if name == "countries":
            values[name] = sorted([country.iso2, country.name_vi] for country in value)
        elif name in LINKS:
            values[name] = [value.pk, str(value)] if value is not None else None
        elif name in FIELDS:
            values[name] = str(value) if isinstance(value, Decimal) else value
    return values


def trial_problems(trial: PlanLine) -> list[str]:
    found = []
    if not trial.title.strip():
        found.append(_("Give the line a title."))
    if trial.month and trial.quarter:
        found.append(_("Give the month or the quarter, not both."))
    if trial.amount is not None and trial.amount < 0:
        found.append(_("An amount cannot be negative."))
    return found


@transaction.atomic
def answer_changes(
    revision: PlanRevision, changes: Iterable[int], *, accept: bool, reply: str = "", actor: User
) -> int:
    """The ICD takes requests in, or declines them with the reason that the unit reads. Raises NotAllowed, Refused."""
    case = engine.lock(revision.case)
    revision.case = case
    if not rules.has_perm("delegations.consolidate_revision", actor, revision):
        raise NotAllowed(_("Only the ICD puts the revision together, and only until it is submitted."))
    if not accept and not reply.strip():
        raise Refused(_("Say why, so that the unit knows what to do."))
    answered = 0
    for row in revision.changes.filter(pk__in=list(changes)).select_related("requested_by", "line"):
        row.state = RequestState.ACCEPTED if accept else RequestState.DECLINED
        row.reply = reply.strip()
        clean(row)
        row.save(update_fields=["state", "reply"])
        answered += 1
        if not accept and row.requested_by_id != actor.pk:
            notify(
                [row.requested_by],
                event_key=f"plan-change-{row.pk}-{case.version}",
                subject=_("Change of the plan not taken in: %(what)s") % {"what": row},
                body=row.reply,
                url=revision.get_absolute_url(),
            )
    record_content(case, actor=actor)
    return answered


@transaction.atomic
def withdraw_change(change: RevisionChange, *, actor: User) -> None:
    """Whoever asked, or a colleague, takes an unanswered request back; the row stays in the history. Raises NotAllowed."""
    engine.lock(change.revision.case)
    change = RevisionChange.objects.select_related("revision__case", "unit").get(pk=change.pk)
    mine = change.requested_by_id == actor.pk or rules.has_perm("delegations.propose_line", actor, change.unit)
    open_now = rules.has_perm("delegations.ask_change", actor, change.revision)
    if change.state != RequestState.REQUESTED or not mine or not open_now:
        raise NotAllowed(_("Only a request of your unit that is not answered yet can be taken back."))
    change.delete()


@transaction.atomic
def apply_revision(revision: PlanRevision, *, number: str, on: dt.date) -> PlanVersion:
    """Write every accepted change into the plan at once and keep the new version. An effect of the approval."""
    plan = AnnualPlan.objects.select_for_update(of=("self",)).get(pk=revision.plan_id)
    for change in revision.changes.filter(state=RequestState.ACCEPTED).order_by("pk"):
        apply_change(plan, change)
    plan.version += 1
    plan.save(update_fields=["version"])
    revision.approval_number, revision.approved_on = number, on
    revision.save(update_fields=["approval_number", "approved_on"])
    return keep_version(plan, revision=revision, number=number, on=on)


def apply_change(plan: AnnualPlan, change: RevisionChange) -> None:
    if change.action == ChangeAction.ADD:
        line = PlanLine(plan=plan, state=LineState.ACCEPTED, proposed_by=change.requested_by)
        line.position = next_position(plan)
        line.is_sample = plan.is_sample
        write(line, fields_from(change.after))
        change.line = line
        change.save(update_fields=["line"])
        return
    assert change.line_id is not None  # a constraint: only an addition has no line yet
    line = PlanLine.objects.select_for_update(of=("self",)).get(pk=change.line_id)
    if change.action == ChangeAction.DROP:
        line.state = LineState.DROPPED
        line.settled_reason, line.settled_text = change.reason_code, change.reason[:600]
        line.save(update_fields=["state", "settled_reason", "settled_text"])
        return
    touched = {name for name in FIELDS if change.before.get(name) != change.after.get(name)}
    write(line, {name: value for name, value in fields_from(change.after).items() if field_of(name) in touched})


def field_of(name: str) -> str:
    return name.removesuffix("_id")


def fields_from(values: Values) -> dict[str, Any]:
    """The way back from `values_from`: what `write` takes."""
    fields: dict[str, Any] = {}
    for name, value in values.items():
        if name == "countries":
            fields[name] = list(Country.objects.filter(iso2__in=[each[0] for each in value]))
        elif name in LINKS:
            fields[f"{name}_id"] = value[0] if value else None
        elif name == "amount":
            fields[name] = Decimal(value) if value is not None else None
        else:
            fields[name] = value
    return fields
