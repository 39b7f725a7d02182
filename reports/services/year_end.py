"""Ordering a report, freezing what the records say, and giving it out. The state of a report is the engine's to change."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.jobs.errors import JobRefused
from intlcoop.jobs.models import Job
from intlcoop.jobs.services import cancel_job, enqueue, retry_job
from intlcoop.people.models import OrgUnit
from intlcoop.regulations.queries import ParameterMissing
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.services import mark_submitted, open_case
from reports.choices import RowKind, Variant, Window
from reports.models import Snapshot, YearEndReport
from reports.queries import background
from reports.queries.figures import compute, ministry_totals
from reports.queries.gathering import gather_all
from reports.queries.narrative import Material, compose_all, outline_of
from reports.queries.recorded import stated_in
from reports.queries.rows import one_moment
from reports.queries.sections import sections_of
from reports.queries.story import story_of
from reports.queries.unit_parts import confirmed_in
from reports.queries.windows import Period, Scope, usual_as_of
from reports.queries.years import years_before

if TYPE_CHECKING:
    from intlcoop.people.models import User

KIND = "year_end"
JOB_KIND = "year_end_report"
FIRST_YEAR, LAST_YEAR = 2000, 2099


@transaction.atomic
def order_report(
    year: int,
    window: str = Window.CALENDAR,
    as_of: dt.date | None = None,
    *,
    actor: User,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    own_windows: Mapping[str, str] | None = None,
    variant: str = Variant.ACTIVITY,
) -> YearEndReport:
    """Order the report of a year; its job is ordered in the same transaction.

    `as_of` = the day of the figures, by default the end of the period or today while it runs; the two days are those of
    Window.CUSTOM; `own_windows`: the kinds of rows that count in another window than the rest, {"event": "statutory"};
    `variant`: in which order it tells (queries.narrative.variants).
    The same order, while it waits or runs, gives the report that is being made.
    Raises NotAllowed; Refused with every sentence that stands in the way.
    """
    if not rules.has_perm("reports.order", actor):
        raise NotAllowed(_("You may not order reports."))
    period = period_or_refuse(year, window, first_day, last_day)
    day = as_of or usual_as_of(period, timezone.localdate())
    if reasons := not_now(period, day):
        raise Refused(reasons)
    own = {kind: other for kind, other in (own_windows or {}).items() if other != window}
    for kind, other in own.items():
        RowKind(kind)
        period_or_refuse(year, other)
    job = enqueue(JOB_KIND, _params(period, day, own, Variant(variant)), actor=actor)
    standing = YearEndReport.objects.select_related("case", "job").filter(job=job).first()
    return standing or _write_order(period, day, own, Variant(variant), job, actor=actor)


def period_or_refuse(
    year: int, window: str, first_day: dt.date | None = None, last_day: dt.date | None = None
) -> Period:
    """The days of this window. Raises Refused with the sentence for the user, ValueError for a window there is not."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(_("Choose a year from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR})
    if window == Window.CUSTOM and (first_day is None or last_day is None):
        raise Refused(_("Enter the first and the last day of the period."))
    known = Window(window)
    try:
        return background.period_of(year, known, first_day, last_day)
    except ParameterMissing as error:
        raise Refused(_("No rule about the statutory reporting year holds in %(year)s.") % {"year": year}) from error
    except ValueError as error:
        raise Refused(_("The last day cannot be before the first.")) from error


def not_now(period: Period, as_of: dt.date) -> list[str]:
    today, found = timezone.localdate(), []
    if period.first > today:
        found.append(_("The period begins on %(day)s, which is still to come.") % {"day": table_date(period.first)})
    elif as_of > today:
        found.append(_("The figures cannot be of a day that is still to come."))
    elif as_of < period.first:
        found.append(_("The figures cannot be of a day before the period begins."))
    return found


def _params(period: Period, as_of: dt.date, own_windows: Mapping[str, str], variant: str) -> dict[str, Any]:
    """What makes two orders the same."""
    other = {"variant": str(variant)} if variant != Variant.ACTIVITY else {}
    own = {"own_windows": dict(sorted(own_windows.items()))} if own_windows else {}
    return {
        "year": period.year,
        "window": str(period.window),
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "as_of": as_of.isoformat(),
        **own,
        **other,
    }


def order_params(period: Period, as_of: dt.date, report: YearEndReport) -> dict[str, Any]:
    """The order of the same report with figures of another day."""
    return _params(period, as_of, report.own_windows, report.variant)


def _write_order(
    period: Period, as_of: dt.date, own_windows: Mapping[str, str], variant: str, job: Job, *, actor: User
) -> YearEndReport:
    # The title of a Vietnamese paper, whatever the language of the page it was ordered on.
    case = open_case(KIND, title=background.subject_of(period), unit=_unit(), actor=actor)
    mark_submitted(case)
    return YearEndReport.objects.create(
        case=case,
        job=job,
        year=period.year,
        window=period.window,
        first_day=period.first,
        last_day=period.last,
        as_of=as_of,
        own_windows=dict(own_windows),
        variant=variant,
        outline=outline_of(variant, period.year),
    )


def _unit() -> OrgUnit:
    """The report is the ICD's paper, whoever presses the button. Raises Refused in a ministry without units."""
    today = timezone.localdate()
    unit = background.icd_on(today) or background.ministry_on(today)
    if unit is None:
        raise Refused(_("There is no unit for international cooperation yet. Enter the units first."))
    return unit


def cancel_report(report: YearEndReport, *, actor: User) -> None:
    """Stop the making of a report. Raises NotAllowed; Refused when it has ended."""
    if not rules.has_perm("jobs.cancel_job", actor, report.job):
        raise NotAllowed(_("Only whoever ordered the report and administrators can cancel it."))
    try:
        cancel_job(report.job, actor=actor)
    except JobRefused as refusal:
        raise Refused(str(refusal)) from refusal


def retry_report(report: YearEndReport, *, actor: User) -> None:
    """Make a failed or cancelled report once more. Raises NotAllowed; Refused when it neither failed nor was cancelled."""
    if not rules.has_perm("jobs.retry_job", actor, report.job):
        raise NotAllowed(_("Only whoever ordered the report and administrators can have it made again."))
    try:
        retry_job(report.job, actor=actor)
    except JobRefused as refusal:
        raise Refused(str(refusal)) from refusal


# --- the snapshot -----------------------------------------------------------------------------------------------


def freeze(report: YearEndReport, version: int = 1) -> Snapshot:
    """This version of the report's snapshot: the one there is, else what the records say at this moment.

    Safe to repeat: a second attempt after a kill draws from the first one's snapshot.
    """
    existing = Snapshot.objects.filter(report=report, version=version).first()
    if existing is not None:
        return existing
    try:
        with one_moment():
            return _take(report, version)
    except IntegrityError:
        # Another attempt was faster; what it froze is as good as ours.
        return Snapshot.objects.get(report=report, version=version)


def scope_of(report: YearEndReport) -> Scope:
    """The windows and the day of the figures of this report."""
    period = Period(report.year, report.window, report.first_day, report.last_day)
    own = {kind: background.period_of(report.year, window) for kind, window in sorted(report.own_windows.items())}
    return Scope(period, report.as_of, own)


def _take(report: YearEndReport, version: int) -> Snapshot:
    scope, now = scope_of(report), timezone.now()
    rows, recorded = gather_all(scope), stated_in(scope)
    figures = compute(rows, recorded, confirmed=confirmed_in(scope)) | {
        "years": years_before(scope),
        "windows": windows_json(scope),
    }
    story = story_of(scope, rows) | {"recorded": ministry_totals(recorded)}
    content: dict[str, Any] = {
        "filters": _params(scope.period, report.as_of, report.own_windows, report.variant),
        "parameters": background.parameters_used(scope),
        "rows": rows,
        "figures": figures,
        "paper": background.paper_of(scope.period, timezone.localdate(now)),
        "background": story,
    }
    content["sections"], content["gaps"] = compose_all(
        Material(
            period=scope.period,
            as_of=report.as_of,
            rows=rows,
            figures=content["figures"],
            paper=content["paper"],
            plans=story["plans"],
            parameters=content["parameters"],
            recorded=ministry_totals(recorded),
            scope=scope,
            story=story,
        )
    )
    return Snapshot.objects.create(report=report, version=version, at=now, sha256=content_hash(content), **content)


def windows_json(scope: Scope) -> dict[str, dict[str, str]]:
    """The kinds of rows that count in a window of their own, with its days."""
    return {
        kind: {"window": str(period.window), "from": period.first.isoformat(), "to": period.last.isoformat()}
        for kind, period in scope.own.items()
    }


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(snapshot: Snapshot) -> bool:
    """Whether the snapshot still says what its hash was taken over."""
    return content_hash(snapshot.content) == snapshot.sha256


# --- the report as JSON -----------------------------------------------------------------------------------------

PUBLIC = ("value", "qualifier", "rows", "source")


def report_json(report: YearEndReport, snapshot: Snapshot | None = None) -> dict[str, Any]:
    """The report as contracts.md gives it, its latest version unless told otherwise. Raises Snapshot.DoesNotExist before the
    figures are frozen."""
    snapshot = snapshot or Snapshot.objects.filter(report=report).latest("version")
    return {
        "kind": Variant.LEADER_SESSION.value if report.variant == Variant.LEADER_SESSION else KIND,
        "year": report.year,
        "window": {"from": report.first_day.isoformat(), "to": report.last_day.isoformat()},
        "as_of": snapshot.as_of.isoformat(),
        "snapshot": {
            "at": timezone.localtime(snapshot.at).isoformat(),
            "sha256": snapshot.sha256,
            "version": snapshot.version,
        },
        "figures": _public(snapshot.figures["figures"]),
        **{name: {member: _public(each) for member, each in found.items()} for name, found in _breakdowns(snapshot)},
        "estimate": _public(snapshot.figures.get("estimate", {}), (*PUBLIC, "whole", "whole_qualifier")),
        "years": snapshot.figures.get("years", {}),
        "money": _public(snapshot.figures.get("money", {}), ("amount", "currency", "qualifier", "rows")),
        "gaps": snapshot.gaps,
        "sections": sections_of(report, snapshot),
    }


def _breakdowns(snapshot: Snapshot) -> Iterator[tuple[str, Any]]:
    return ((name, found) for name, found in sorted(snapshot.figures.items()) if name.startswith("by_"))


def _public(figures: Mapping[str, Any], names: Sequence[str] = PUBLIC) -> dict[str, Any]:
    return {key: {name: figure[name] for name in names} for key, figure in figures.items()}
