"""Asking units for their part of a report, writing it, reminding them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.queries.planning_people import answering, units_asked
from intlcoop.notifications.services import notify
from intlcoop.people.choices import UnitFunction
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean
from intlcoop.workflow.services import mark_submitted, open_case
from reports.choices import NOTHING_KEYS, PartHeading, PartState, Window
from reports.models import Confirmation, PartText, ReportCall, UnitPart
from reports.services.year_end import period_or_refuse

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from intlcoop.people.models import User

PART = "unit_part"


def units_to_ask(on: dt.date | None = None) -> QuerySet[OrgUnit]:
    """Every unit in which somebody works, but the department that puts the report together."""
    return units_asked(on).exclude(function=UnitFunction.ICD)


@transaction.atomic
def call_units(
    year: int,
    window: str,
    due_on: dt.date,
    *,
    units: Iterable[OrgUnit],
    actor: User,
    message: str = "",
    is_sample: bool = False,
) -> ReportCall:
    """Ask these units for their part of the report of a period; each gets a file of its own, and its people are told.

    Raises NotAllowed, Refused (asked already, a day that has passed, nobody asked).
    """
    if not rules.has_perm("reports.call_units", actor):
        raise NotAllowed(_("The department of cooperation asks the units for their parts."))
    period, asked = period_or_refuse(year, window), list(units)
    if not asked:
        raise Refused(_("Choose at least one unit."))
    if due_on < timezone.localdate() and not is_sample:
        raise Refused(_("The day until which the units send has passed. Choose a later one."))
    call = ReportCall(
        year=year, window=Window(window), due_on=due_on, message=nfc(message.strip()), is_sample=is_sample
    )
    call.sent_at, call.sent_by = timezone.now(), actor
    clean(call)
    call.save()
    # The title of a Vietnamese paper, whatever the language of the page.
    title = f"Phần báo cáo công tác hợp tác quốc tế {period.name}"
    for unit in asked:
        case = open_case(PART, title=title, unit=unit, actor=actor, is_sample=is_sample)
        mark_submitted(case)
        UnitPart.objects.create(case=case, call=call, unit=unit)
    _tell(call, asked, key="sent", actor=actor)
    return call


@transaction.atomic
def remind_units(call: ReportCall, *, actor: User) -> int:
    """Tell the units that have not sent their part; how many people were told. Once a day, however often it is pressed."""
    if not rules.has_perm("reports.call_units", actor):
        raise NotAllowed(_("The department of cooperation asks the units for their parts."))
    silent = [part.unit for part in call.parts.filter(case__state__in=PartState.OPEN).select_related("unit")]
    if not silent:
        raise Refused(_("Every unit has sent its part."))
    return _tell(call, silent, key=f"{timezone.localdate():%Y%m%d}", actor=actor)


def _tell(call: ReportCall, units: Sequence[OrgUnit], *, key: str, actor: User) -> int:
    people = answering(OrgUnit.objects.filter(pk__in=[unit.pk for unit in units]))
    told = notify(
        [person for person in people if person != actor],
        event_key=f"report-call-{call.pk}-{key}",
        subject=_("Send the part of your unit for the report %(period)s · due %(day)s")
        % {"period": call, "day": table_date(call.due_on)},
        body=call.message,
        url=call.get_absolute_url(),
    )
    return len(told)


@transaction.atomic
def move_due_day(call: ReportCall, due_on: dt.date, *, actor: User) -> ReportCall:
    """Give the units more time, or less. Raises NotAllowed, Refused."""
    if not rules.has_perm("reports.call_units", actor):
        raise NotAllowed(_("The department of cooperation asks the units for their parts."))
    if due_on < timezone.localdate():
        raise Refused(_("The day until which the units send has passed. Choose a later one."))
    call.due_on = due_on
    call.save(update_fields=["due_on"])
    return call


@transaction.atomic
def write_part(
    part: UnitPart,
    texts: Mapping[str, str],
    nothing: Iterable[str],
    *,
    actor: User,
    expected_version: int | None = None,
) -> UnitPart:
    """The texts by heading and what the unit confirms as nothing, instead of what stood there.

    Raises NotAllowed, Conflict, Refused.
    """
    part.case = engine.lock(part.case, expected_version=expected_version)
    if not rules.has_perm("reports.write_part", actor, part.case):
        raise NotAllowed(_("The unit writes its part until it is sent."))
    said = {PartHeading(heading): nfc(text.strip()) for heading, text in texts.items() if text.strip()}
    keys = set(nothing) & {key for key, _label in NOTHING_KEYS}
    part.texts.exclude(heading__in=said).delete()
    for heading, text in said.items():
        row = part.texts.filter(heading=heading).first() or PartText(part=part, heading=heading)
        row.text = text
        clean(row)
        row.save()
    part.confirmations.exclude(key__in=keys).delete()
    known = set(part.confirmations.values_list("key", flat=True))
    for key in sorted(keys - known):
        Confirmation.objects.create(part=part, key=key)
    engine.bump(part.case)
    return part
