"""Recording a reorganisation with all that follows: the scan, the duties of the agreements, word to the heads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.choices import DutyCause
from agreements.models import AgreementDuty, DutyRule, InternationalAgreement
from agreements.queries.agreements import legal_values
from agreements.services import raise_duties
from intlcoop.documents.services import store_upload
from intlcoop.notifications.services import notify
from intlcoop.operations.models import UnitDecision
from intlcoop.operations.reorganising.dividing import HANDED, hand_back
from intlcoop.people import ministry, offices, reorganising
from intlcoop.people.choices import UnitChangeKind
from intlcoop.people.heirs import Estate, holdings_of
from intlcoop.people.models import OrgUnit, UnitChange, User
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.models import Instrument
from intlcoop.regulations.queries import parameters
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.models import Case

Act = Callable[[], UnitChange]
ONE_DAY = dt.timedelta(days=1)
TEXTS = {
    "merge": gettext_lazy("Units are merged: %(summary)s"),
    "rename": gettext_lazy("A unit is renamed: %(summary)s"),
    "split": gettext_lazy("A unit is divided: %(summary)s"),
}


@transaction.atomic
def record_change(act: Act, *, scan: Any = None, no_secret_declared: bool = False, actor: User) -> UnitChange:
    """Do it, keep the decision, write down the duties, tell the heads: all or nothing. Raises ValidationError."""
    change = act()
    if scan is not None:
        store_upload(scan, UnitDecision(change=change), actor=actor, no_secret_declared=no_secret_declared)
    owe_duties(change)
    tell_heads(change, TEXTS[change.kind] % {"summary": change.summary}, "done")
    return change


@transaction.atomic
def take_back(change: UnitChange, *, actor: User) -> UnitChange:
    """Before its day, or within the days of a division: as if it had not been decided. Raises ValidationError."""
    told = people_told(change)
    duties_of(change).filter(done_on__isnull=True).delete()
    change = reorganising.undo_change(change, actor=actor, until=undo_until(change))
    hand_back(change)
    subject = _("A reorganisation was taken back: %(summary)s") % {"summary": change.summary}
    notify(told, event_key=f"unit-change-{change.pk}-undone", subject=subject, url=change.get_absolute_url())
    return change


def undo_until(change: UnitChange) -> dt.date | None:
    """A division is recorded when it is already in effect, so days are given to take it back (parameter); others have none."""
    if change.kind != UnitChangeKind.SPLIT:
        return None
    day = timezone.localdate(change.recorded_at)
    allowed = parameters([ParameterKey.SPLIT_UNDO], day).get(ParameterKey.SPLIT_UNDO)
    return day + dt.timedelta(days=int(allowed.value)) if allowed else None


def may_still_undo(change: UnitChange, today: dt.date) -> bool:
    until = undo_until(change)
    return change.undone_at is None and (change.effective_on > today or (until is not None and today <= until))


def ended_units(change: UnitChange) -> list[OrgUnit]:
    return list(OrgUnit.objects.filter(successions__change=change).distinct())


def agreements_of(change: UnitChange) -> Any:
    """The agreements that pass on with the units of this change, also those that a division gave to another successor."""
    ids = OrgUnit.objects.lineage_ids([unit.pk for unit in ended_units(change)], change.effective_on)
    own = Q(case__unit__in=ids) | Q(case__in=change.memory.get(HANDED, []))
    return InternationalAgreement.objects.filter(own).select_related("case")


def owe_duties(change: UnitChange) -> int:
    """What the rules of the day ask for every inherited agreement that lives; how many duties there are now."""
    made, codes = 0, duty_codes()
    for agreement in agreements_of(change).living():
        put_aside(agreement.case, codes, change.effective_on)
        values = legal_values(agreement) | {"change": change.kind}
        made += len(raise_duties(agreement.case, DutyCause.REORGANISED, on=change.effective_on, values=values))
    return made


def duty_codes() -> list[str]:
    return list(
        DutyRule.objects.filter(cause=DutyCause.REORGANISED).order_by().values_list("code", flat=True).distinct()
    )


def put_aside(case: Case, codes: list[str], on: dt.date) -> None:
    """What an earlier reorganisation brought about stays as it was, under a code of its own, so that this one owes anew."""
    earlier = case.duties.filter(code__in=codes, source__isnull=True).exclude(counted_from=on)
    for duty in earlier:
        duty.code = code_aside(duty.code, duty.counted_from)
        duty.save(update_fields=["code"])


def code_aside(code: str, on: dt.date) -> str:
    return f"{code[:30]}--{on:%Y%m%d}"


def duties_of(change: UnitChange) -> Any:
    """The duties that this change brought about."""
    codes = duty_codes()
    codes += [code_aside(code, change.effective_on) for code in codes]
    cases = agreements_of(change).order_by().values("case")
    return AgreementDuty.objects.filter(
        case__in=cases, code__in=codes, counted_from=change.effective_on, source__isnull=True
    )


def people_told(change: UnitChange) -> list[User]:
    """The heads of the units that end and of those that carry on, and of international cooperation."""
    day, found = change.effective_on, []
    for link in change.successions.select_related("unit", "successor"):
        found += offices.holders_of(offices.UNIT_HEAD, link.unit, day - ONE_DAY)
        found += offices.holders_of(offices.UNIT_HEAD, link.successor, day)
    found += offices.holders_of(offices.ICD_HEAD, None, day - ONE_DAY)
    return list({holder.user.pk: holder.user for holder in found}.values())


def tell_heads(change: UnitChange, subject: str, event: str) -> None:
    body = _(
        "From %(day)s, by Decision %(number)s of %(date)s. Files, agreements and partners pass on as they are."
    ) % {
        "day": table_date(change.effective_on),
        "number": change.decision_number,
        "date": table_date(change.decision_on),
    }
    url = change.get_absolute_url()
    notify(people_told(change), event_key=f"unit-change-{change.pk}-{event}", subject=subject, body=body, url=url)


@dataclass(frozen=True, slots=True)
class Foresight:
    """What a reorganisation would do, found by doing it and taking it back."""

    passing: list[tuple[OrgUnit, list[tuple[Estate, int]]]]
    before: list[tuple[Estate, int]]
    after: list[tuple[Estate, int]]
    heir: str
    duties: int
    told: list[str]
    basis: list[Instrument]


class _Enough(Exception):  # noqa: N818  ends the trial
    pass


def foresee(act: Act, units: list[OrgUnit], heir: OrgUnit | None, on: dt.date, *, actor: User) -> Foresight:
    """Try it in a transaction that is not kept. Raises ValidationError with what stands against it."""
    found: list[Foresight] = []
    passing = [(unit, holdings_of(unit, actor, on)) for unit in units]
    before = holdings_of(heir, actor, on - ONE_DAY) if heir is not None else []
    try:
        with transaction.atomic():
            change = act()
            succession = change.successions.select_related("successor").first()
            assert succession is not None
            successor = succession.successor
            found.append(
                Foresight(
                    passing=passing,
                    before=before,
                    after=holdings_of(successor, actor, on),
                    heir=successor.name,
                    duties=owe_duties(change),
                    told=[str(person) for person in people_told(change)],
                    basis=basis_on(on),
                )
            )
            raise _Enough
    except _Enough:
        return found[0]
    finally:
        offices.forget()
        ministry.forget()


def basis_on(on: dt.date) -> list[Instrument]:
    """The instruments that rule what becomes of agreements on that day; none before they were in force."""
    rules = DutyRule.objects.on(on).filter(cause=DutyCause.REORGANISED, instrument__isnull=False)
    return list(Instrument.objects.filter(pk__in=rules.values("instrument")))
