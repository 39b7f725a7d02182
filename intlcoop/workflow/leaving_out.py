"""A decision that agrees to a file without some of its parts: four of five members may travel, the fifth may not, and why (C9).

The parts leave the file before the decision is written, so that the decision binds what is left; from there on every total,
paper and statistic shows it. What was left out stays on record with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from intlcoop.people.models import User
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import notices, registry, services
from intlcoop.workflow.choices import DECIDES_PARTS, Facet, Outcome
from intlcoop.workflow.models import Case, Decision, LeftOut, Step
from intlcoop.workflow.refusals import Refused
from intlcoop.workflow.wording import totals_words

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """One part that has left the file."""

    part: registry.Part
    reason: str
    snapshot: dict[str, Any]


def parts_of(step: Step) -> Sequence[registry.Part]:
    """What whoever decides this step may leave out: nothing on steps that do not bind who travels."""
    if step.kind not in DECIDES_PARTS or Facet.PEOPLE not in step.binds:
        return ()
    return registry.kind_of(step.case).parts(step.case)


def take_out(step: Step, outcome: str, reasons: Mapping[str, str], *, actor: User) -> list[TakenOut]:
    """Take the parts out of the file. Raises Refused (without a reason, not a part of this file, without agreeing)."""
    if not reasons:
        return []
    if outcome != Outcome.AGREE:
        raise Refused(
            _("Members are left out when you agree to the rest. To say no to all, reject or return the file.")
        )
    parts = {part.key: part for part in parts_of(step)}
    if unknown := set(reasons) - set(parts):
        raise Refused(
            _("Of this file these parts cannot be left out by themselves: %(keys)s.")
            % {"keys": ", ".join(sorted(unknown))}
        )
    if without := [parts[key].label for key, reason in reasons.items() if not reason.strip()]:
        raise Refused([_("Say why %(name)s is left out.") % {"name": name} for name in without])
    take = registry.kind_of(step.case).leave_out
    assert take is not None
    snapshots = take(step.case, list(reasons))
    services.record_left_out(step.case, actor=actor)
    return [
        TakenOut(part=parts[key], reason=nfc(reason.strip())[:LONGEST_REASON], snapshot=snapshots[key])
        for key, reason in reasons.items()
    ]


def remember(decision: Decision, parts: Sequence[TakenOut]) -> None:
    for each in parts:
        LeftOut.objects.create(
            decision=decision, key=each.part.key, label=each.part.label, reason=each.reason, snapshot=each.snapshot
        )


def tell(decision: Decision, *, actor: User) -> None:
    """The filer, and those of our people who are not to travel, are told by whom and why."""
    case = decision.step.case
    for row in decision.left_out.all():
        people = {case.created_by, *User.objects.filter(pk=row.snapshot.get("person"))} - {actor}
        text = _("%(decider)s agreed to the file without %(name)s. Reason: %(reason)s") % {
            "decider": decision.decided_by_name,
            "name": row.label,
            "reason": row.reason,
        }
        notices.tell(case, people, event_key=f"left-out-{row.pk}", ending=_("a member was left out"), text=text)


def left_out_of(case: Case) -> list[LeftOut]:
    """Everything that decisions left out of this file, oldest first, each with its decision."""
    rows = list(LeftOut.objects.filter(decision__step__case=case).select_related("decision").order_by("pk"))
    for row in rows:
        row.totals = totals_words(row)  # type: ignore[attr-defined]
    return rows
