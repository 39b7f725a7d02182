"""Units are merged, renamed or split by a decision. Nothing is rewritten: the old unit ends and its successor carries on.

Whoever reads a list, an office or a right of the successor follows `OrgUnit.lineage` and `OrgUnit.current`; whoever reads
the year before still meets the old unit under its old name. Every function is one transaction and raises ValidationError.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices, services
from intlcoop.people.choices import UnitChangeKind
from intlcoop.people.models import Appointment, OrgUnit, Supervision, UnitChange, UnitSuccession, User
from intlcoop.people.principals import forget
from intlcoop.vietnamese.normalise import nfc

#: What a unit under a new name keeps of the old one.
KEPT = ("place", "unit_class", "unit_type", "function", "parent", "quota", "position")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The paper that says so, and from which day it holds."""

    on: dt.date
    number: str
    decided_on: dt.date
    issuer: str = ""
    note: str = ""


@transaction.atomic
def merge_units(
    units: Sequence[OrgUnit],
    into: OrgUnit | Mapping[str, Any],
    *,
    decision: Decision,
    roles: Mapping[int, str] | None = None,
    actor: User | None,
) -> UnitChange:
    """From the day of the decision one unit carries on the business of these. `into` may be the fields of a new unit.

    `roles` as in services.merge_unit.
    """
    if not units:
        raise ValidationError(_("Choose the units that are merged."))
    made = isinstance(into, Mapping)
    heir = into if isinstance(into, OrgUnit) else _new_unit(units[0], into, decision.on, actor)
    return _succeed(
        UnitChangeKind.MERGE, [(unit, heir) for unit in units], decision, roles, actor, made=[heir] if made else []
    )


@transaction.atomic
def rename_unit(unit: OrgUnit, *, names: Mapping[str, Any], decision: Decision, actor: User | None) -> UnitChange:
    """From the day of the decision the unit is called otherwise. Its people, head and leader in charge stay.

    Whatever is dated before that day keeps the old name: the old row stays as it was and the new one carries on.
    """
    if unit.parent_id is None:
        raise ValidationError(_("The ministry itself is renamed on its own page."))
    if nfc(str(names.get("name_vi", ""))).strip() == unit.name_vi:
        raise ValidationError({"name_vi": _("This is the name that the unit has now.")})
    heir = _new_unit(unit, names, decision.on, actor)
    people = list(Appointment.objects.filter(unit=unit).overlapping(decision.on, None))
    in_charge = list(Supervision.objects.filter(unit=unit).overlapping(decision.on, None))
    roles = {row.pk: row.role for row in people}
    change = _succeed(UnitChangeKind.RENAME, [(unit, heir)], decision, roles, actor, made=[heir])
    for row in people:
        if row.acting:
            again = Appointment.objects.get(unit=heir, person=row.person_id, role=row.role)
            services.update_appointment(again, acting=True, actor=actor)
    for row in in_charge:
        kept = services.set_supervision(
            heir, row.deputy_minister, valid_from=decision.on, valid_until=row.valid_until, actor=actor
        )
        change.memory["made"]["supervision"].append(kept.pk)
    change.save(update_fields=["memory"])
    return change


@transaction.atomic
def split_unit(
    unit: OrgUnit,
    heirs: Sequence[OrgUnit],
    *,
    decision: Decision,
    roles: Mapping[int, tuple[int, str]] | None = None,
    actor: User | None,
) -> UnitChange:
    """The unit ends; the first of `heirs` carries on what was not given to one of the others.

    `roles` = {id of an appointment: (id of one of the heirs, role there or "")}. It is recorded on its day or later, since
    record by record is given away on that day.
    """
    if decision.on > timezone.localdate():
        raise ValidationError(
            {"on": _("A division is recorded on its day or later, when every record can be handed over.")}
        )
    if len({heir.pk for heir in heirs}) < 2:
        raise ValidationError({"heirs": _("A unit is divided among at least two others.")})
    if any(not heir.holds_on(decision.on) or heir.merged_into_id for heir in heirs):
        raise ValidationError({"heirs": _("Every successor must exist on the day of the division.")})
    if unit in heirs:
        raise ValidationError({"heirs": _("A unit cannot be divided among units of which it is one itself.")})
    first, chosen = heirs[0].pk, roles or {}
    there = {pk: role if heir == first else "" for pk, (heir, role) in chosen.items()}
    held = Appointment.objects.in_bulk([pk for pk, (heir, role) in chosen.items() if role and heir != first])
    change = _succeed(UnitChangeKind.SPLIT, [(unit, heirs[0])], decision, there, actor, made=[])
    for pk, row in held.items():
        heir = next(each for each in heirs if each.pk == chosen[pk][0])
        made = services.appoint(
            row.person, heir, chosen[pk][1], valid_from=decision.on, valid_until=row.valid_until, actor=actor
        )
        change.memory["made"]["appointment"].append(made.pk)
    for heir in heirs[1:]:
        UnitSuccession.objects.create(change=change, unit=unit, successor=heir, is_default=False)
    change.summary = f"{unit.name_vi} → {', '.join(heir.name_vi for heir in heirs)}"[:1000]
    change.save(update_fields=["summary", "memory"])
    return change


def _new_unit(like: OrgUnit, fields: Mapping[str, Any], on: dt.date, actor: User | None) -> OrgUnit:
    return services.create_unit(
        **({name: getattr(like, name) for name in KEPT} | dict(fields)), valid_from=on, actor=actor
    )


def _succeed(
    kind: UnitChangeKind,
    pairs: Sequence[tuple[OrgUnit, OrgUnit]],
    decision: Decision,
    roles: Mapping[int, str] | None,
    actor: User | None,
    *,
    made: Iterable[OrgUnit],
) -> UnitChange:
    # Copies of our own: what is refused or only tried leaves nothing behind in the caller's units.
    fresh = OrgUnit.objects.in_bulk([unit.pk for pair in pairs for unit in pair])
    pairs = [(fresh[unit.pk], fresh[into.pk]) for unit, into in pairs]
    heir = pairs[0][1]
    memory = _memory([unit for unit, _heir in pairs], heir, decision.on)
    for unit, into in pairs:
        services.merge_unit(unit, into, on=decision.on, actor=actor, roles=roles)
    there = set(memory.pop("there"))
    now = Appointment.objects.filter(unit=heir).exclude(pk__in=there).values_list("pk", flat=True)
    memory["made"] = {"appointment": sorted(now), "supervision": [], "orgunit": [unit.pk for unit in made]}
    change = UnitChange(
        kind=kind,
        effective_on=decision.on,
        decision_number=nfc(decision.number).strip(),
        decision_on=decision.decided_on,
        decision_issuer=nfc(decision.issuer).strip(),
        note=nfc(decision.note).strip(),
        summary=f"{', '.join(unit.name_vi for unit, _heir in pairs)} → {heir.name_vi}"[:1000],
        recorded_by=actor,
        memory=memory,
    )
    if change.decision_on > timezone.localdate():
        raise ValidationError({"decided_on": _("The decision cannot bear a date in the future.")})
    change.full_clean()
    change.save()
    for unit, into in pairs:
        UnitSuccession.objects.create(change=change, unit=unit, successor=into)
    return change


def _memory(units: Sequence[OrgUnit], heir: OrgUnit, on: dt.date) -> dict[str, Any]:
    """The days that a reorganisation sets, as they are before it."""
    ids = [unit.pk for unit in units]
    return {
        "orgunit": _days(OrgUnit.objects.filter(pk__in=ids)),
        "appointment": _days(Appointment.objects.filter(unit__in=ids).overlapping(on, None)),
        "supervision": _days(Supervision.objects.filter(unit__in=ids).overlapping(on, None)),
        "there": list(Appointment.objects.filter(unit=heir).values_list("pk", flat=True)),
    }


def _days(rows: Any) -> dict[str, str | None]:
    found = rows.values_list("pk", "valid_until")
    return {str(pk): until.isoformat() if until else None for pk, until in found}


@transaction.atomic
def undo_change(change: UnitChange, *, actor: User | None, until: dt.date | None = None) -> UnitChange:
    """Take a reorganisation back before its day, or until a day that is allowed: everything is as it was. Afterwards it takes
    another decision."""
    change = UnitChange.objects.select_for_update().get(pk=change.pk)
    if change.undone_at is not None:
        raise ValidationError(_("This reorganisation was taken back already."))
    today = timezone.localdate()
    if change.effective_on <= today and (until is None or today > until):
        raise ValidationError(
            _("It has taken effect. What is to change again needs a new decision, recorded as a new reorganisation.")
        )
    memory, made = change.memory, change.memory["made"]
    new_units = made["orgunit"]
    later = UnitChange.objects.in_force().exclude(pk=change.pk)
    moved_on = later.filter(memory__appointment__has_any_keys=[str(pk) for pk in made["appointment"]])
    if (
        OrgUnit.objects.filter(merged_into__in=new_units).exclude(pk__in=memory["orgunit"]).exists()
        or moved_on.exists()
        or is_built_on(change)
    ):
        raise ValidationError(_("Another reorganisation builds on this one. Take that one back first."))
    people = {row.person for row in Appointment.objects.filter(pk__in=made["appointment"]).select_related("person")}
    _drop_offices(made["appointment"])
    Supervision.objects.filter(pk__in=made["supervision"]).delete()
    OrgUnit.objects.filter(pk__in=memory["orgunit"]).update(merged_into=None)
    for model, name in ((OrgUnit, "orgunit"), (Appointment, "appointment"), (Supervision, "supervision")):
        for pk, until in memory[name].items():
            model._default_manager.filter(pk=pk).update(valid_until=until)
    change.successions.all().delete()
    _drop_new_units(new_units)
    change.undone_at, change.undone_by = timezone.now(), actor
    change.save(update_fields=["undone_at", "undone_by"])
    for person in people:
        forget(person)
    offices.forget()
    return change


def is_built_on(change: UnitChange) -> bool:
    """Whether a later reorganisation in force ends a unit that carries on here, or gives something to one that ended."""
    links = list(change.successions.values_list("unit", "successor"))
    later = UnitSuccession.objects.filter(change__undone_at__isnull=True, change__pk__gt=change.pk)
    ended, heirs = {unit for unit, _heir in links}, {heir for _unit, heir in links}
    return later.filter(models.Q(unit__in=heirs) | models.Q(successor__in=ended)).exists()


def _drop_offices(ids: Sequence[int]) -> None:
    try:
        with transaction.atomic():
            Appointment.objects.filter(pk__in=ids).delete()
    except models.ProtectedError as error:
        text = _(
            "Somebody has already acted in an office that this reorganisation gave. Record a new reorganisation instead."
        )
        raise ValidationError(text) from error


def _drop_new_units(ids: Sequence[int]) -> None:
    """What was made for the reorganisation goes with it, unless somebody has used it meanwhile."""
    for unit in OrgUnit.objects.filter(pk__in=ids):
        try:
            with transaction.atomic():
                unit.delete()
        except models.ProtectedError as error:
            text = _("“%(unit)s” is in use already. Take away what hangs on it, then take the reorganisation back.")
            raise ValidationError(text % {"unit": unit}) from error
