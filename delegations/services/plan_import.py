"""Lines of a plan that were read from a spreadsheet: all of them or none, and a second time nothing new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from delegations.choices import LineState
from delegations.models import AnnualPlan, PlanLine
from delegations.services.plan_versions import next_position
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.registers import RowResult
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.services import record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Rows of catalogues: the reader found them, so they are not looked up again.
LINKS = ("plan", "unit", "leader", "partner", "field", "currency", "proposed_by", "carried_from", "merged_into")
Row = Mapping[str, Any]


@transaction.atomic
def import_plan_lines(plan: AnnualPlan, rows: Sequence[Row], *, actor: User, dry_run: bool) -> list[RowResult]:
    """Add lines to a plan that is being made, or to one of the past that has no file; says of every row what became of it.

    A row is {"line": its number in the sheet, and the fields of a PlanLine}; "countries" is a list. A row that says what a line
    of the plan says already is left out. Nothing is saved when a row has an error or on a dry run. A number of queries that
    does not depend on the number of rows. Raises NotAllowed, TableUnreadable (the plan is submitted or approved).
    """
    if plan.case_id is not None and plan.case is not None:
        plan.case = engine.lock(plan.case)
    if not rules.has_perm("delegations.import_plan", actor):
        raise NotAllowed(_("Only the ICD and administrators take lines of a plan over."))
    if plan.case is not None and not rules.has_perm("delegations.plan_is_open", actor, plan):
        raise TableUnreadable(_("The plan is submitted or approved. Ask for an adjustment instead."))
    known = {identity(line, line.countries.all()) for line in plan.lines.prefetch_related("countries")}
    results: list[RowResult] = []
    made: list[tuple[PlanLine, list[Any]]] = []
    position = next_position(plan)
    for row in rows:
        line, countries = line_of(plan, row, actor), list(row.get("countries") or ())
        who = {"title": line.title}
        if problems := problems_of(line):
            results.append(RowResult(row["line"], "error", " ".join(problems)))
        elif identity(line, countries) in known:
            results.append(RowResult(row["line"], "skip", _("%(title)s: in the plan already.") % who))
        else:
            known.add(identity(line, countries))
            line.position = position + len(made)
            made.append((line, countries))
            results.append(RowResult(row["line"], "create", _("%(title)s: new line.") % who))
    if not dry_run and not any(result.action == "error" for result in results):
        write_all(plan, made, actor)
    return results


def line_of(plan: AnnualPlan, row: Row, actor: User) -> PlanLine:
    fields = {name: value for name, value in row.items() if name not in ("line", "countries")}
    return PlanLine(plan=plan, state=LineState.ACCEPTED, proposed_by=actor, is_sample=plan.is_sample, **fields)


def problems_of(line: PlanLine) -> list[str]:
    """What keeps a row from being a line, in sentences."""
    try:
        line.clean_fields(exclude=[*LINKS, "position"])
    except ValidationError as error:
        return list(dict.fromkeys(error.messages))
    found = []
    if line.month and line.quarter:
        found.append(_("Give the month or the quarter, not both."))
    if line.amount is not None and line.currency_id is None:
        found.append(_("Choose the currency of the amount."))
    return found


def identity(line: PlanLine, countries: Any) -> tuple[Any, ...]:
    """The same for the same line, however its money or remarks were written."""
    when = (line.month, line.quarter)
    return (line.kind, fold(line.title), line.unit_id, when, frozenset(country.pk for country in countries))


def write_all(plan: AnnualPlan, made: Sequence[tuple[PlanLine, list[Any]]], actor: User) -> None:
    PlanLine.objects.bulk_create([line for line, _countries in made])
    through = PlanLine.countries.through
    through.objects.bulk_create(
        through(planline_id=line.pk, country_id=pk)
        for line, countries in made
        for pk in dict.fromkeys(country.pk for country in countries)
    )
    if plan.case is not None and made:
        record_content(plan.case, actor=actor)
