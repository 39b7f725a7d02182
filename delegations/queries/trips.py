"""What the engine, the papers and the pages ask of a trip: its facts, its content by facets, its summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from delegations import estimating
from delegations.choices import DatePrecision
from delegations.choices import Part as MemberPart
from delegations.models import (
    DelegationMember,
    EstimateItem,
    FundingItem,
    ItineraryLeg,
    OutboundDelegation,
    PreparationItem,
)
from delegations.queries.estimates import Sheet, grown_money, wording_of
from intlcoop.vietnamese.dates import known_date, table_range
from intlcoop.vietnamese.numbers import format_money
from intlcoop.workflow.models import LeftOut
from intlcoop.workflow.registry import Part, Related, Summary

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

#: How the key of a part begins that is a member; the id of the row follows.
MEMBER_KEY = "member-"


def head_of(trip: OutboundDelegation) -> DelegationMember | None:
    return next((member for member in trip.members.all() if member.part == MemberPart.HEAD), None)


def outbound_content(case: Case) -> dict[str, Any]:
    """The trip by facets, as plain JSON. "wording" binds nothing."""
    rows = ("members", "legs__country", "funding__currency")
    trip = OutboundDelegation.everything.prefetch_related(*rows).get(case=case)
    return content_of(trip, case, Sheet(trip))


def content_of(trip: OutboundDelegation, case: Case, sheet: Sheet | None = None) -> dict[str, Any]:
    """What `outbound_content` says, of a trip that is at hand with its rows; `sheet` is its estimate, where it has one."""
    money: dict[str, Any] = {}
    funding = list(trip.funding.all())
    for item in funding:
        key = f"{item.source} {item.currency.code}"
        money[key] = money.get(key, 0) + item.amount
    for source, more in grown_money(sheet, funding).items() if sheet else ():
        money[f"{source} VND"] = money.get(f"{source} VND", 0) + more
    legs = list(trip.legs.all())
    return {
        "people": sorted(
            f"{member.part}|{member.member_class}|{member.person_id or member.full_name}"
            for member in trip.members.all()
        ),
        "time_place": {
            "from": str(trip.departs_on or "0001-01-01"),
            "to": str(trip.returns_on or "0001-01-01"),
            "countries": sorted({leg.country.iso2 for leg in legs}),
        },
        "money": {key: str(amount) for key, amount in sorted(money.items())},
        "programme": {
            "mode": trip.mode,
            "principal": trip.principal,
            "composition": f"{trip.composition_number} {trip.composition_date or ''}".strip(),
            "inviting_body": trip.inviting_body,
            "host_partner": trip.host_partner_id,
            "purpose": trip.purpose,
            "plan_line": trip.plan_line_id,
            "host_pays_all": trip.host_pays_all,
        },
        "wording": {
            "title": case.title,
            "purpose_text": trip.purpose_text,
            "expected_result": trip.expected_result,
            "out_of_plan_reason": trip.out_of_plan_reason,
            "warning_reason": trip.warning_reason,
            **({"serves": trip.programme.name_vi} if trip.programme else {}),
            "legs": [
                {
                    "country": leg.country.iso2,
                    "city": leg.city,
                    "from": str(leg.arrives_on or ""),
                    "to": str(leg.leaves_on or ""),
                    "note": leg.note,
                }
                for leg in legs
            ],
            "posts": sorted(f"{member.full_name}|{member.post}|{member.body}" for member in trip.members.all()),
            **({"estimate": wording_of(sheet)} if sheet else {}),
        },
    }


def travelling_ids(case: Case) -> set[int]:
    """Our people who travel, and those whom a decision left out: neither decides on the file."""
    members = DelegationMember.everything.filter(delegation__case=case).values_list("person_id", flat=True)
    left_out = LeftOut.objects.filter(decision__step__case=case).values_list("snapshot__person", flat=True)
    return {person for person in (*members, *left_out) if person is not None}


def cases_of_traveller(user: User) -> QuerySet[Any]:
    left_out = LeftOut.objects.filter(snapshot__person=user.pk).values("decision__step__case")
    return OutboundDelegation.objects.filter(Q(members__person=user) | Q(case__in=left_out)).values("case_id")


def member_parts(case: Case) -> list[Part]:
    """The members that a decision may leave out by themselves: everybody but the head, without whom there is no trip."""
    sheet = Sheet(OutboundDelegation.everything.get(case=case))
    return [
        Part(
            key=f"{MEMBER_KEY}{member.pk}",
            label=", ".join(filter(None, (member.full_name, member.post))),
            note=_saved_without(member, sheet),
        )
        for member in sheet.members
        if member.part != MemberPart.HEAD
    ]


def _saved_without(member: DelegationMember, sheet: Sheet) -> str:
    """By how much the estimate falls without this member; nothing where that is not known."""
    shares = [
        None if line.vnd is None else line.vnd / len(line.people) for line in sheet.lines if member.pk in line.people
    ]
    saved = estimating.plus(shares)
    if not saved:
        return ""
    return _("Without this member the estimate falls by %(amount)s.") % {
        "amount": format_money(estimating.rounded(saved), "VND", decimals=0)
    }


def countries_text(trip: OutboundDelegation) -> str:
    names = dict.fromkeys(leg.country.name for leg in trip.legs.all())
    return ", ".join(names)


def days_text(trip: OutboundDelegation) -> str:
    """ "05/12/2026 – 08/12/2026"; of a trip whose days no source names "tháng 4/2022" or "năm 2022"."""
    if trip.departs_on is not None and trip.date_precision != DatePrecision.DAY:
        return known_date(trip.departs_on, "month" if trip.date_precision == DatePrecision.MONTH else "year")
    if trip.departs_on is None or trip.returns_on is None:
        return ""
    return table_range(trip.departs_on, trip.returns_on)


def outbound_summary(case: Case) -> Summary:
    trip = OutboundDelegation.everything.prefetch_related("legs__country", "members").get(case=case)
    head = head_of(trip)
    count = len(trip.members.all())
    return Summary(
        title=case.title,
        where=countries_text(trip),
        when=days_text(trip),
        who=head.full_name if head else "",
        url=reverse("delegations:trip", args=[case.number]),
        on=trip.departs_on,
        lines=(
            (_("Place"), countries_text(trip)),
            (_("Days"), days_text(trip)),
            (_("Head of delegation"), f"{head.full_name}, {head.post}" if head else ""),
            (_("Number of people"), str(count)),
            (_("Purpose"), trip.get_purpose_display() if trip.purpose else ""),
            (_("Unit"), str(case.unit)),
        ),
    )


def outbound_history(case: Case) -> Related:
    return Related(
        rows=[case.outbound],
        follow=[
            (DelegationMember, "delegation"),
            (ItineraryLeg, "delegation"),
            (FundingItem, "delegation"),
            (EstimateItem, "delegation"),
            (PreparationItem, "delegation"),
        ],
    )


def outbound_edit_url(case: Case) -> str:
    return reverse("delegations:edit", args=[case.number])


def cases_answering(text: str) -> QuerySet[Any]:
    """The ids of the cases whose trip has this text among its people and places."""
    return OutboundDelegation.objects.answering(text).values("case_id")
