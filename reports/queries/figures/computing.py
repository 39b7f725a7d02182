"""One figures object: everything that the report counts, computed from the frozen rows and from nothing else.

Pure functions over the rows of a snapshot, so that screen, PDF, JSON and chart cannot disagree. A figure without records is
absent, never zero, unless somebody confirmed that there was nothing. Each figure brings its items: exactly as many as its
value says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from reports.choices import Key, RowKind
from reports.queries.figures.activities import (
    event_figures,
    inbound_figures,
    meeting_figures,
    session_figures,
    work_figures,
)
from reports.queries.figures.counting import Figure, FigureJson, Found, Item, Row, is_expected, of_kind
from reports.queries.figures.money import money_of
from reports.queries.figures.outbound import by_mode, outbound_figures
from reports.queries.figures.refs import NOWHERE
from reports.queries.figures.standing import (
    agreement_figures,
    commitment_figures,
    mechanism_figures,
    partner_figures,
    plan_figures,
    programme_figures,
    project_figures,
    staff_figures,
    treaty_figures,
    unit_figures,
)

Figures = dict[str, FigureJson]
COUNTERS: dict[RowKind, Callable[[Sequence[Row]], Found]] = {
    RowKind.OUTBOUND: outbound_figures,
    RowKind.INBOUND: inbound_figures,
    RowKind.EVENT: event_figures,
    RowKind.AGREEMENT: agreement_figures,
    RowKind.PARTNER: partner_figures,
    RowKind.PROJECT: project_figures,
    RowKind.COMMITMENT: commitment_figures,
    RowKind.TREATY_REPORT: treaty_figures,
    RowKind.MECHANISM: mechanism_figures,
    RowKind.PROGRAMME: programme_figures,
    RowKind.SESSION: session_figures,
    RowKind.MEETING: meeting_figures,
    RowKind.WORK: work_figures,
    RowKind.POST: staff_figures,
    RowKind.PLAN_LINE: plan_figures,
    RowKind.UNIT_PART: unit_figures,
}
#: What happens on a day, and so may still be to come in the period.
OF_DAYS = (
    RowKind.OUTBOUND,
    RowKind.INBOUND,
    RowKind.EVENT,
    RowKind.AGREEMENT,
    RowKind.SESSION,
    RowKind.MEETING,
    RowKind.WORK,
)
#: Kinds whose rows stand in a table by country, by mechanism.
WITH_COUNTRIES = (RowKind.OUTBOUND, RowKind.INBOUND, RowKind.AGREEMENT)
WITH_MECHANISM = (RowKind.EVENT, RowKind.SESSION)
#: Of what stands on no single day, only what happened in the window counts by month and country.
SIGNED_ONLY = (Key.SIGNED, Key.SIGNED_COUNTRIES)


def compute(
    rows: Sequence[Row], recorded: Sequence[Row] = (), *, confirmed: Collection[str] = frozenset()
) -> dict[str, Any]:
    """{"figures": {KEY: figure}, "by_unit": {unit code: {KEY: figure}}, "by_country": {ISO2: …}, "by_mechanism": {key: …},
    "by_channel": {Channel: …}, "by_form": {form of events: …}, "by_month": {"2026-03": …}, "estimate": {KEY: figure},
    "money": {KEY: sum}}.

    A trip to two countries counts in both of them, and once in every other place. `recorded`: totals that a source states
    for the whole window (queries.recorded). `confirmed`: keys of which somebody confirmed that there was nothing. The
    estimate says what is decided on and still to come until the end of the period, and with it the `whole` of the period.
    """
    done = [row for row in rows if not is_expected(row)]
    figures = confirmed_zero(stated(figures_of(done), ministry_totals(recorded)), confirmed)
    return {
        "figures": figures,
        "by_unit": units_stated(_grouped(done, units_of, figures_of), recorded),
        "by_country": _grouped(done, countries_of, figures_by_country),
        "by_mechanism": _grouped(done, mechanisms_of, figures_of),
        "by_channel": _grouped(done, lambda row: [row["channel"]] if row.get("channel") else [], figures_of),
        "by_form": _grouped(done, lambda row: [row["format"]] if is_event(row) else [], figures_of),
        "by_month": _grouped(done, months_of, figures_by_month),
        "estimate": estimate_of(rows, figures),
        "money": money_of(done),
    }


def figures_of(rows: Sequence[Row]) -> Figures:
    """Every figure of these rows that has records."""
    found: Found = {}
    for kind, counted in COUNTERS.items():
        if members := of_kind(rows, kind):
            found |= counted(members)
    return {str(key): figure.as_json() for key, figure in found.items()}


# --- totals of a source, and what was confirmed -------------------------------------------------------------------------


def ministry_totals(recorded: Iterable[Row]) -> list[Row]:
    return [total for total in recorded if not total.get("unit")]


def stated(figures: Figures, recorded: Sequence[Row]) -> Figures:
    """The figures, with the totals that sources state in the place of what is counted here. A source that states less than
    there are rows is no total of them: the rows are counted, and the gaps say so (queries.narrative.gaps)."""
    found = dict(figures)
    for total in recorded:
        items = tuple(
            Item(item["text"], tuple(item["rows"])) for item in found.get(total["key"], {"items": []})["items"]
        )
        if total["value"] >= len(items):
            figure = Figure(items, total["qualifier"] or None, total["source"], total["value"], total.get("until"))
            found[total["key"]] = figure.as_json()
    return found


def units_stated(by_unit: dict[str, Figures], recorded: Iterable[Row]) -> dict[str, Figures]:
    """What a source states of one unit takes its place among the figures of that unit (F002-32)."""
    found = dict(by_unit)
    for total in recorded:
        if unit := total.get("unit"):
            found[unit] = stated(found.get(unit, {}), [total])
    return found


def confirmed_zero(figures: Figures, confirmed: Collection[str]) -> Figures:
    """Nothing is zero by itself; what somebody confirmed not to have happened is, and says so."""
    nothing = Figure(()).as_json() | {"confirmed": True}
    return figures | {str(key): dict(nothing) for key in sorted(confirmed) if key not in figures}


# --- what is still to come ------------------------------------------------------------------------------------------------


def estimate_of(rows: Sequence[Row], figures: Figures) -> Figures:
    """What is decided on and takes place between the day of the figures and the end of the period, as figures; `whole` and
    `whole_qualifier`: of the whole period, "ước cả năm". Distinct countries are counted over both, never added."""
    coming = [{**row, "expected": False} for row in rows if is_expected(row)]
    if not coming:
        return {}
    kinds = {RowKind(row.get("kind", RowKind.OUTBOUND)) for row in coming} & set(OF_DAYS)
    together = [row for row in rows if not is_expected(row) and RowKind(row.get("kind", RowKind.OUTBOUND)) in kinds]
    whole = figures_of([*together, *coming])
    return {
        key: figure | _whole(figure, figures.get(key), whole[key])
        for key, figure in figures_of(
            [row for row in coming if RowKind(row.get("kind", RowKind.OUTBOUND)) in kinds]
        ).items()
        if key in whole
    }


def _whole(coming: FigureJson, now: FigureJson | None, counted: FigureJson) -> dict[str, Any]:
    """A total that a source states is that source's, so what is to come is added to it."""
    if now is not None and now["source"] is not None:
        return {"whole": now["value"] + coming["value"], "whole_qualifier": now["qualifier"]}
    return {"whole": counted["value"], "whole_qualifier": counted["qualifier"]}


# --- breakdowns -------------------------------------------------------------------------------------------------------------


def _grouped(
    rows: Iterable[Row], members: Callable[[Row], Iterable[str]], counted: Callable[[list[Row]], Figures]
) -> dict[str, Figures]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        for member in dict.fromkeys(members(row)):
            groups.setdefault(member, []).append(row)
    found = {member: counted(group) for member, group in groups.items()}
    return {member: figures for member, figures in found.items() if figures}


def kind_of(row: Row) -> str:
    return str(row.get("kind", RowKind.OUTBOUND))


def is_event(row: Row) -> bool:
    return kind_of(row) == RowKind.EVENT


def units_of(row: Row) -> list[str]:
    """The units that a row counts for: its own, or all that work with a partner."""
    units = row["units"] if "units" in row else [row["unit"]]
    return [unit["code"] for unit in units if unit["code"]]


def countries_of(row: Row) -> list[str]:
    if kind_of(row) not in WITH_COUNTRIES:
        return []
    places = [place["iso2"] for place in row.get("countries") or ()]
    return places or ([NOWHERE] if kind_of(row) == RowKind.OUTBOUND else [])


def mechanisms_of(row: Row) -> list[str]:
    """The mechanism of a row and those above it: a meeting of ACCSM is one of ASEAN too."""
    return [each["key"] for each in row.get("mechanisms") or ()] if kind_of(row) in WITH_MECHANISM else []


def months_of(row: Row) -> list[str]:
    """ "2026-03", the month of the day that decides in which window the row counts."""
    match kind_of(row):
        case RowKind.OUTBOUND:
            day = row["departs_on"]
        case RowKind.INBOUND:
            day = row["first_on"]
        case RowKind.EVENT:
            day = row["last_on"] or row["first_on"]
        case RowKind.AGREEMENT if row["signed"]:
            day = row["signed_on"]
        case _:
            return []
    return [day[:7] if day and row["precision"] in ("day", "month") else NOWHERE]


def figures_by_country(rows: Sequence[Row]) -> Figures:
    """Only how many of which kind; what a table by country needs."""
    found = by_mode(of_kind(rows, RowKind.OUTBOUND))
    visits = inbound_figures(of_kind(rows, RowKind.INBOUND))
    found |= {key: visits[key] for key in (Key.VISITS,) if key in visits}
    agreements = agreement_figures(of_kind(rows, RowKind.AGREEMENT))
    found |= {key: agreements[key] for key in (Key.SIGNED, Key.IN_FORCE, Key.AGREEMENTS) if key in agreements}
    return {str(key): figure.as_json() for key, figure in found.items()}


def figures_by_month(rows: Sequence[Row]) -> Figures:
    """What happened in a month: without stocks, which are of the end of the window."""
    found = by_mode(of_kind(rows, RowKind.OUTBOUND)) | inbound_figures(of_kind(rows, RowKind.INBOUND))
    found |= event_figures(of_kind(rows, RowKind.EVENT))
    signed = agreement_figures(of_kind(rows, RowKind.AGREEMENT))
    found |= {key: signed[key] for key in SIGNED_ONLY if key in signed}
    return {str(key): figure.as_json() for key, figure in found.items()}
