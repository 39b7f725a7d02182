"""Writes on lines of a plan that is still being made: units propose, the ICD takes in, edits, merges, declines, moves.

A line of an approved plan is frozen: services.plan_revisions changes it, services.plan_settling says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils.translation import gettext as _

from delegations.choices import LineState
from delegations.models import AnnualPlan, PlanLine
from delegations.services import unit_proposals
from delegations.services.plan_versions import next_position
from intlcoop.notifications.services import notify
from intlcoop.people.models import OrgUnit
from intlcoop.workflow import engine, rows
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.services import record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

Fields = Mapping[str, Any]


def locked_plan(plan: AnnualPlan) -> AnnualPlan:
    """The plan with its file locked, so that nothing slips into it while it is submitted. Raises Refused when it is frozen."""
    if plan.case is None:
        raise Refused(_("This plan was approved before the portal. Its lines cannot be changed here."))
    case = engine.lock(plan.case)
    fresh = AnnualPlan.objects.get(pk=plan.pk)
    fresh.case = case
    return fresh


@transaction.atomic
def propose_line(plan: AnnualPlan, unit: OrgUnit, fields: Fields, *, actor: User, is_sample: bool = False) -> PlanLine:
    """A new line of a unit. It stays the unit's draft until the head sends the list; the ICD's own go straight into the plan.

    Raises NotAllowed, Refused.
    """
    plan = locked_plan(plan)
    if not rules.has_perm("delegations.propose_line", actor, unit):
        raise NotAllowed(_("You propose for your own unit only."))
    if not rules.has_perm("delegations.plan_is_open", actor, plan):
        raise Refused(_("The plan is submitted or approved. Ask for an adjustment instead."))
    line = PlanLine(plan=plan, unit=unit, state=LineState.DRAFT, proposed_by=actor, position=next_position(plan))
    line.is_sample = is_sample
    write(line, fields)
    unit_proposals.tell_heads(line, actor=actor)
    return line


def write(line: PlanLine, fields: Fields) -> None:
    """Fields and countries of a line, checked."""
    rows.write(line, {name: value for name, value in fields.items() if name != "countries"})
    if "countries" in fields:
        line.countries.set(fields["countries"])


@transaction.atomic
def edit_line(line: PlanLine, fields: Fields, *, actor: User) -> PlanLine:
    """Change a line that is not frozen: the unit its own drafts, the ICD what was sent. Raises NotAllowed, Refused."""
    plan = locked_plan(line.plan)
    line = PlanLine.objects.select_related("unit").get(pk=line.pk)
    line.plan = plan
    if not rules.has_perm("delegations.edit_line", actor, line):
        raise NotAllowed(_("This line can no longer be changed here."))
    write(line, fields)
    _keep(line, actor)
    return line


@transaction.atomic
def remove_line(line: PlanLine, *, actor: User) -> None:
    """Take an unsent draft away for good. What was sent stays and is declined. Raises NotAllowed."""
    locked_plan(line.plan)
    line = PlanLine.objects.select_related("unit", "plan__case").get(pk=line.pk)
    if line.state != LineState.DRAFT or not rules.has_perm("delegations.edit_line", actor, line):
        raise NotAllowed(_("Only a line that your unit has not sent yet can be removed."))
    line.countries.clear()
    line.delete()


# --- the ICD's desk ----------------------------------------------------------------------------------------------


@transaction.atomic
def take_in(plan: AnnualPlan, lines: Iterable[int], *, actor: User) -> int:
    """Take proposed lines into the plan; returns how many. Raises NotAllowed, Refused (plan frozen)."""
    plan = _desk(plan, actor)
    taken = 0
    for line in plan.lines.filter(pk__in=list(lines), state__in=(LineState.PROPOSED, LineState.DECLINED)):
        line.state, line.reply = LineState.ACCEPTED, ""
        line.save(update_fields=["state", "reply"])
        taken += 1
    _record(plan, actor)
    return taken


@transaction.atomic
def add_line(plan: AnnualPlan, unit: OrgUnit, fields: Fields, *, actor: User, is_sample: bool = False) -> PlanLine:
    """A line that the ICD enters itself, in the plan at once."""
    plan = _desk(plan, actor)
    line = PlanLine(plan=plan, unit=unit, state=LineState.ACCEPTED, proposed_by=actor, position=next_position(plan))
    line.is_sample = is_sample
    write(line, fields)
    _record(plan, actor)
    return line


@transaction.atomic
def decline_line(line: PlanLine, reason: str, *, actor: User) -> PlanLine:
    """Not taken in, with the reason that the unit reads. Raises NotAllowed, Refused (no reason, or in no state for it)."""
    return _answer(line, LineState.DECLINED, reason, actor, _("not taken in"))


@transaction.atomic
def send_back_line(line: PlanLine, reason: str, *, actor: User) -> PlanLine:
    """Back to the unit for completion, with what is asked for."""
    return _answer(line, LineState.DRAFT, reason, actor, _("to be completed"))


def _answer(line: PlanLine, state: str, reason: str, actor: User, ending: str) -> PlanLine:
    plan = _desk(line.plan, actor)
    line = plan.lines.select_related("unit", "proposed_by").get(pk=line.pk)
    if line.state not in (LineState.PROPOSED, LineState.ACCEPTED):
        raise Refused(_("This line is “%(state)s” now.") % {"state": line.get_state_display()})
    if not reason.strip():
        raise Refused(_("Say why, so that the unit knows what to do."))
    if line.merged.exists():
        raise Refused(_("Other lines are merged into this one. Take them out of it first."))
    line.state, line.reply = state, reason.strip()
    line.save(update_fields=["state", "reply"])
    _record(plan, actor)
    if line.proposed_by is not None and line.proposed_by_id != actor.pk:
        notify(
            [line.proposed_by],
            event_key=f"plan-line-{line.pk}-{state}-{plan.case.version if plan.case else 0}",
            subject=f"{line.title} · {ending}",
            body=line.reply,
            url=line.get_absolute_url(),
        )
    return line


@transaction.atomic
def move_level(line: PlanLine, *, actor: User) -> PlanLine:
    """From the plan of the Minister to that of the Prime Minister or back; both must still be open."""
    plan = _desk(line.plan, actor)
    other = AnnualPlan.objects.filter(year=plan.year).exclude(pk=plan.pk).select_related("case").first()
    if other is None:
        raise Refused(_("There is no other plan of %(year)s.") % {"year": plan.year})
    other = _desk(other, actor)
    line = plan.lines.get(pk=line.pk)
    together = [line, *line.merged.all()]
    for row in together:
        row.plan, row.position = other, next_position(other)
        row.save(update_fields=["plan", "position"])
    _record(plan, actor)
    _record(other, actor)
    line.plan = other
    return line


@transaction.atomic
def merge_lines(into: PlanLine, others: Sequence[PlanLine], *, actor: User) -> PlanLine:
    """Duplicates become one: `into` stands for them, the others stay readable and can be taken out again.

    `into` takes over the countries of the others. Raises NotAllowed, Refused (other plan, merged or declined already).
    """
    plan = _desk(into.plan, actor)
    rows = list(
        plan.lines.filter(
            pk__in=[into.pk, *(row.pk for row in others)], state__in=(LineState.PROPOSED, LineState.ACCEPTED)
        )
    )
    kept = next((row for row in rows if row.pk == into.pk), None)
    if kept is None or len(rows) < 2 or len(rows) != len({into.pk, *(row.pk for row in others)}):
        raise Refused(_("Choose at least two lines of the same plan that are proposed or taken in."))
    for row in rows:
        if row.pk == kept.pk:
            continue
        row.merged.update(merged_into=kept)
        row.state, row.merged_into = LineState.MERGED, kept
        row.save(update_fields=["state", "merged_into"])
        kept.countries.add(*row.countries.all())
    kept.state = LineState.ACCEPTED
    kept.save(update_fields=["state"])
    _record(plan, actor)
    return kept


@transaction.atomic
def unmerge_line(line: PlanLine, *, actor: User) -> PlanLine:
    """Take a merged line out again: it is a proposal of its own as before."""
    plan = _desk(line.plan, actor)
    line = plan.lines.get(pk=line.pk)
    if line.state != LineState.MERGED:
        raise Refused(_("This line is “%(state)s” now.") % {"state": line.get_state_display()})
    line.state, line.merged_into = LineState.PROPOSED, None
    line.save(update_fields=["state", "merged_into"])
    _record(plan, actor)
    return line


#: What a carried line takes along; month and money are planned anew, but kept as a beginning.
CARRIED = (
    "kind", "title", "head_rank", "leader", "partner", "partner_text", "purpose", "purpose_text", "field", "month",
    "quarter", "persons", "days", "amount", "currency", "funding_source", "basis", "note",
)  # fmt: skip


@transaction.atomic
def carry_over(plan: AnnualPlan, lines: Iterable[PlanLine], *, actor: User) -> list[PlanLine]:
    """Lines of an earlier year into this plan, each once. Raises NotAllowed, Refused (plan frozen)."""
    plan = _desk(plan, actor)
    made = []
    for old in lines:
        if old.plan.year >= plan.year or PlanLine.objects.filter(carried_from=old, plan__year=plan.year).exists():
            continue
        line = PlanLine(plan=plan, unit=old.unit, state=LineState.ACCEPTED, carried_from=old, proposed_by=actor)
        line.position = next_position(plan)
        write(line, {name: getattr(old, name) for name in CARRIED} | {"countries": list(old.countries.all())})
        made.append(line)
    _record(plan, actor)
    return made


def _desk(plan: AnnualPlan, actor: User) -> AnnualPlan:
    """The plan, locked, for those who put it together while it is open."""
    plan = locked_plan(plan)
    if not rules.has_perm("delegations.consolidate_plan", actor, plan):
        raise NotAllowed(_("Only the ICD puts the plan together, and only until it is submitted."))
    return plan


def _keep(line: PlanLine, actor: User) -> None:
    if line.state == LineState.ACCEPTED:
        _record(line.plan, actor)


def _record(plan: AnnualPlan, actor: User) -> None:
    if plan.case is not None:
        record_content(plan.case, actor=actor)
