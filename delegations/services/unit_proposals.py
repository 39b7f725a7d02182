"""A unit's answer to the call of a year: its head sends the list, or says "không phát sinh" in one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import LineState
from delegations.models import AnnualPlan, PlanLine, PlanYear, UnitProposal
from delegations.rules import PLAN_OPEN
from intlcoop.notifications.services import notify
from intlcoop.people.models import OrgUnit
from intlcoop.people.offices import ICD_OFFICER, UNIT_HEAD, holders_of
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def send_proposal(opened: PlanYear, unit: OrgUnit, *, actor: User, note: str = "") -> UnitProposal:
    """The head endorses the unit's drafts and sends them to the ICD.

    May be done again for lines that came later. Raises NotAllowed (not the head), Refused (nothing to send).
    """
    _check_head(unit, actor)
    drafts = PlanLine.objects.select_for_update().filter(
        plan__year=opened.year, plan__case__state__in=PLAN_OPEN, unit=unit, state=LineState.DRAFT
    )
    rows = list(drafts)
    if not rows:
        raise Refused(_("There is nothing to send. Enter a line first, or answer “nothing planned”."))
    for row in rows:
        row.state = LineState.PROPOSED
        row.save(update_fields=["state"])
    proposal = _answer(opened, unit, actor, nothing=False, note=note)
    _tell_icd(proposal, len(rows))
    return proposal


@transaction.atomic
def plan_nothing(opened: PlanYear, unit: OrgUnit, *, actor: User, note: str = "") -> UnitProposal:
    """ "Không phát sinh". Raises NotAllowed, Refused (the unit has lines)."""
    _check_head(unit, actor)
    lines = PlanLine.objects.filter(plan__year=opened.year, unit=unit, state__in=(LineState.DRAFT, LineState.PROPOSED))
    if lines.exists():
        raise Refused(_("Your unit has lines for this year. Remove the drafts first, then answer “nothing planned”."))
    if not opened_for_proposals(opened):
        raise Refused(_("The plan is submitted or approved. Ask for an adjustment instead."))
    proposal = _answer(opened, unit, actor, nothing=True, note=note)
    _tell_icd(proposal, 0)
    return proposal


def opened_for_proposals(opened: PlanYear) -> bool:
    """Whether a plan of the year still takes lines. One that was approved before the portal has no file and takes none."""
    return AnnualPlan.objects.filter(year=opened.year, case__state__in=PLAN_OPEN).exists()


def heads_of(unit: OrgUnit) -> list[str]:
    """Who sends the list of a unit today, by name."""
    return [holder.user.full_name for holder in holders_of(UNIT_HEAD, unit, timezone.localdate())]


def _check_head(unit: OrgUnit, actor: User) -> None:
    if not rules.has_perm("delegations.send_proposal", actor, unit):
        raise NotAllowed(_("The head of the unit sends its proposals."))


def _answer(opened: PlanYear, unit: OrgUnit, actor: User, *, nothing: bool, note: str) -> UnitProposal:
    proposal, _created = UnitProposal.objects.update_or_create(
        year=opened,
        unit=unit,
        defaults={
            "nothing_planned": nothing,
            "note": note.strip(),
            "sent_at": timezone.now(),
            "sent_by": actor,
        },
    )
    return proposal


def tell_heads(line: PlanLine, *, actor: User) -> None:
    """That a line of their unit waits for their endorsement; once a day however many are written."""
    today = timezone.localdate()
    heads = [holder.user for holder in holders_of(UNIT_HEAD, line.unit, today) if holder.user.pk != actor.pk]
    year = line.plan.year
    notify(
        heads,
        event_key=f"plan-drafts-{year}-{line.unit_id}-{today:%Y%m%d}",
        subject=_("Plan %(year)s: proposals of your unit wait for you to look at them and send them") % {"year": year},
        body=line.title,
        url=reverse("delegations:plan_proposals", args=[year]),
    )


def _tell_icd(proposal: UnitProposal, lines: int) -> None:
    people = [holder.user for holder in holders_of(ICD_OFFICER, proposal.unit, timezone.localdate())]
    said = _("%(n)s lines") % {"n": lines} if lines else _("nothing planned")
    notify(
        people,
        event_key=f"plan-proposal-{proposal.pk}-{proposal.sent_at:%Y%m%d%H%M%S}",
        subject=_("Plan %(year)s: %(unit)s has answered (%(said)s)")
        % {"year": proposal.year.year, "unit": proposal.unit, "said": said},
        body=proposal.note,
        url=proposal.year.get_absolute_url(),
    )
