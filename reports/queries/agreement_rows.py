"""Agreements, partners, projects and commitments as rows of a report: what was signed, what stands at the end of the window.

What is not to be published counts with its country, without its title and its partner.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q

from agreements.aid import MoneySource, ProjectState
from agreements.choices import AgreementState, CommitmentState, DatePrecision, PartnerKind, PartnerTier, Standing
from agreements.implementing import standing_of
from agreements.models import (
    AgreementParty,
    Commitment,
    Dealing,
    Disbursement,
    ForeignFundedProject,
    InternationalAgreement,
    Partner,
)
from agreements.queries.figures import in_force_on
from agreements.queries.project_standing import project_figures
from intlcoop.regulations.queries import calendar
from reports.choices import RowKind
from reports.queries.channels import channel_of
from reports.queries.rows import money, of_case, of_unit
from reports.queries.windows import months_later

NOT_PUBLISHED = "Thỏa thuận không công bố"
#: What ends within so many months after the window has to be settled next year.
ENDS_WITHIN = 12


def place_of(country: Any) -> dict[str, Any]:
    return {"iso2": country.iso2, "name": country.name_vi, "territory": country.is_territory}


def agreements(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Every agreement that was signed by the end of the window, with what is true of it: signed in the window, in force, asleep
    or ended at its end. Seven queries."""
    rows = InternationalAgreement.objects.concluded().exclude(signed_on__gt=last)
    in_force = set(in_force_on(last).values_list("pk", flat=True))
    asleep = set(InternationalAgreement.objects.dormant(last).values_list("pk", flat=True)) & in_force
    for row in _with_parties(rows).order_by(F("signed_on").asc(nulls_first=True), "case__number"):
        dated = row.signed_on is not None and row.signed_precision != DatePrecision.UNKNOWN
        ends = row.expires_on if row.pk in in_force else None
        yield _agreement(row) | {
            "concluded": True,
            "signed": dated and first <= row.signed_on <= last,
            "in_force": row.pk in in_force,
            "dormant": row.pk in asleep,
            "ended": row.ended_on is not None and first <= row.ended_on <= last,
            "expiring": ends is not None and last < ends <= months_later(last, ENDS_WITHIN),
        }


def coming_agreements(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Cleared, and meant to be signed in these days."""
    cleared = InternationalAgreement.objects.filter(case__state=AgreementState.CLEARED)
    for row in _with_parties(cleared.filter(intended_on__range=(first, last))).order_by("intended_on", "case__number"):
        flags = dict.fromkeys(("in_force", "dormant", "ended", "expiring"), False)
        yield _agreement(row) | flags | {"concluded": True, "signed": True}


def _with_parties(rows: Any) -> Any:
    parties = AgreementParty.objects.select_related("partner__country")
    return rows.select_related("case__unit", "signed_country", "programme", "signed_during").prefetch_related(
        Prefetch("parties", parties), "fields"
    )


def _agreement(row: Any) -> dict[str, Any]:
    partners = [party.partner for party in row.parties.all()]
    places = {each.country.iso2: place_of(each.country) for each in partners if each.country}
    known = bool(partners) and all(each.country or each.kind in PartnerKind.INTERNATIONAL for each in partners)
    hidden = row.is_secret
    day = row.signed_on or row.intended_on
    return {
        "kind": str(RowKind.AGREEMENT),
        **of_case(row.case),
        **({"title": NOT_PUBLISHED} if hidden else {}),
        "hidden": hidden,
        "paper": row.kind,
        "regime": row.regime,
        "in_name_of": row.in_name_of,
        "signed_on": day.isoformat() if day else None,
        "first_on": day.isoformat() if day else None,
        "last_on": None,
        "precision": row.signed_precision,
        "place": ", ".join(filter(None, (row.signed_place, row.signed_country.name_vi if row.signed_country else ""))),
        "signer": "" if hidden else ", ".join(filter(None, (row.signer_name, row.signer_title))),
        "effective_on": row.effective_on.isoformat() if row.effective_on else None,
        "expires_on": row.expires_on.isoformat() if row.expires_on else None,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "partners": [] if hidden else [_named(each) for each in partners],
        "countries": list(places.values()),
        "countries_known": known,
        "channel": str(channel_of(partners[0] if partners else None)),
        "fields": [] if hidden else [each.name_vi for each in row.fields.all()],
        "signed_during": row.signed_during.number if row.signed_during else "",
        "programme": row.programme.name_vi if row.programme and not hidden else "",
        "unnamed": row.unnamed_in_source,
    }


def _named(partner: Partner) -> dict[str, Any]:
    return {
        "pk": partner.pk,
        "name": partner.name_vi,
        "kind": partner.kind,
        "country": partner.country.name_vi if partner.country else "",
    }


# --- partners ---------------------------------------------------------------------------------------------------------------


def partners(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """The partners that the department has checked, and which of them are new in the window: nothing with them is older, and
    something happened with them in it. Three queries."""
    signed = AgreementParty.objects.filter(partner=OuterRef("pk"), agreement__case__state__in=AgreementState.CONCLUDED)
    met = Dealing.objects.filter(partner=OuterRef("pk"))
    rows = Partner.objects.living().filter(is_proposed=False).select_related("country").prefetch_related("units__unit")
    rows = rows.annotate(
        known_before=Exists(signed.filter(agreement__signed_on__lt=first)) | Exists(met.filter(on__lt=first)),
        known_since=Exists(signed.filter(agreement__signed_on__range=(first, last)))
        | Exists(met.filter(on__range=(first, last))),
        first_with_unit=Min("units__since"),
    )
    for row in rows.order_by("sort_key", "pk"):
        units = [each.unit for each in row.units.all() if each.until is None or each.until >= last]
        units.sort(key=lambda unit: (unit.position, unit.sort_key, unit.pk))
        yield {
            "kind": str(RowKind.PARTNER),
            "number": f"partner-{row.pk}",
            "link": {"kind": str(RowKind.PARTNER), "pk": row.pk},
            "title": row.name_vi,
            "state": "",
            "unit": of_unit(units[0] if units else None),
            "units": [of_unit(unit) for unit in units],
            "sample": row.is_sample,
            "partner": row.kind,
            "tier": row.tier,
            "country": row.country.name_vi if row.country else "",
            "in_viet_nam": row.in_viet_nam,
            "channel": str(channel_of(row)),
            "new": _is_new(row, first, last),
            "active": row.known_since,
        }


def _is_new(row: Any, first: dt.date, last: dt.date) -> bool:
    """By what is dated; that somebody calls a partner new says not since when."""
    if row.known_before or row.tier in (PartnerTier.STRATEGIC, PartnerTier.TRADITIONAL):
        return False
    since = row.first_with_unit
    if since is not None and since < first:
        return False
    return row.known_since or (since is not None and since <= last)


# --- projects ---------------------------------------------------------------------------------------------------------------


def projects(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Projects that were carried out at the end of the window, approved or closed in it, and those on their way; with the money
    by currency and what reports of the window say was disbursed."""
    active = set(project_figures(last).active.values_list("pk", flat=True))
    way = (ProjectState.MOBILISING, ProjectState.APPRAISAL, ProjectState.RETURNED, ProjectState.APPROVED)
    decided = Q(approved_on__range=(first, last)) | Q(closed_on__range=(first, last))
    rows = ForeignFundedProject.objects.filter(Q(pk__in=active) | decided | Q(case__state__in=way))
    spent = Disbursement.objects.filter(report__period_from__gte=first, report__period_until__lte=last)
    paid: dict[int, list[Any]] = {}
    for each in spent.filter(report__filed_on__isnull=False).select_related("report", "currency"):
        paid.setdefault(each.report.project_id, []).append(each)
    rows = rows.select_related("case__unit", "agreement__case", "programme").prefetch_related(
        "donors__partner__country", "amounts__currency", "localities", "fields"
    )
    for row in rows.order_by(F("starts_on").asc(nulls_last=True), "case__number"):
        yield _project(row, paid.get(row.pk, [])) | {
            "active": row.pk in active,
            "approved": row.approved_on is not None and first <= row.approved_on <= last,
            "closed": row.closed_on is not None and first <= row.closed_on <= last,
        }


def _project(row: Any, paid: Iterable[Any]) -> dict[str, Any]:
    donors = [each.partner for each in row.donors.all()]
    amounts = list(row.amounts.all())
    return {
        "kind": str(RowKind.PROJECT),
        **of_case(row.case),
        "project": row.kind,
        "nature": row.nature,
        "first_on": row.starts_on.isoformat() if row.starts_on else None,
        "last_on": row.ends_on.isoformat() if row.ends_on else None,
        "precision": "day",
        "donors": [_named(each) for each in donors],
        "channel": str(channel_of(donors[0] if donors else None)),
        "owner": row.grant_owner,
        "agreement": row.agreement.case.number if row.agreement else "",
        "programme": row.programme.name_vi if row.programme else "",
        "localities": [each.name for each in row.localities.all()],
        "fields": [each.name_vi for each in row.fields.all()],
        "goals": row.goals,
        "aid": [money(each.amount, each.currency, each.source) for each in amounts if each.source == MoneySource.GRANT],
        "counterpart": [
            money(each.amount, each.currency, each.source) for each in amounts if each.source == MoneySource.COUNTERPART
        ],
        "disbursed": [money(each.actual, each.currency, each.source) for each in paid],
        "decision": row.decision_number,
    }


# --- commitments ------------------------------------------------------------------------------------------------------------


def commitments(first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    """Promises kept in the window, and those that were unfinished at its end: overdue, waiting for the verifier, or under way.
    A promise kept after the window was unfinished in it."""
    days_off = calendar()
    kept = Q(case__state=CommitmentState.KEPT, done_on__gte=first)
    begun = Q(due_on__lte=last) | Q(case__created_at__date__lte=last)
    rows = Commitment.objects.filter(kept | (begun & Q(case__state__in=CommitmentState.UNFINISHED)))
    for row in rows.select_related("case__unit", "partner", "agreement__case", "owner").order_by(
        "due_on", "case__number"
    ):
        later = row.done_on is not None and row.done_on > last
        state = CommitmentState.OPEN if later else row.case.state
        done = None if later else row.done_on
        standing = standing_of(state, row.due_on, done, last, days_off)
        yield {
            "kind": str(RowKind.COMMITMENT),
            **of_case(row.case),
            "side": row.side,
            "partner": row.partner.name_vi if row.partner else "",
            "agreement": row.agreement.case.number if row.agreement else "",
            "owner": row.owner.full_name if row.owner else "",
            "first_on": row.due_on.isoformat() if row.due_on else None,
            "last_on": None,
            "precision": "day",
            "due_on": row.due_on.isoformat() if row.due_on else None,
            "done_on": done.isoformat() if done else None,
            "standing": str(standing),
            "result": row.result,
            "kept": state == CommitmentState.KEPT,
            "late": standing == Standing.LATE,
            "overdue": standing == Standing.OVERDUE,
            "open": state in CommitmentState.UNFINISHED,
        }
