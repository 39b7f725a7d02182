"""What one has to know of a partner before meeting it: one read for the screen, the Word file and the PDF (feature 19).

What stands first is what the meeting is about: who they are, when we go there next, what is still owed. Notes and
commitments are those that this reader may read. Rooms above add the trips that are coming.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementState, DatePrecision, DealingKind
from agreements.models import Commitment, ContactPost, Dealing, InternationalAgreement, Partner, PartnerNote
from agreements.queries.commitments import Clock, CommitmentLine, lines_of
from agreements.series import text_of
from intlcoop.people.heirs import heirs_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: The brief has two pages: so many of each, the rest is counted.
MOST_CONTACTS, MOST_VISITS, MOST_AGREEMENTS, MOST_PROMISES, MOST_NOTES = 3, 3, 4, 6, 2
LONGEST_TEXT = 400
#: Notes on the screen, where there is room.
MOST_ON_SCREEN = 50

Coming = Callable[[Partner, Any], Sequence[str]]
_coming: list[Coming] = []


def register_coming(words: Coming) -> None:
    """Called from AppConfig.ready(): a line for each trip or visit that is being prepared with the partner."""
    if words not in _coming:
        _coming.append(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that happened with the partner; `when` is as exact as it is known."""

    when: str
    what: str
    kind: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """An agreement with the partner, with its dates."""

    number: str
    title: str
    url: str
    dates: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything that the brief says. `more_…` counts what did not fit."""

    partner: Partner
    as_of: dt.date
    facts: list[tuple[str, str]]
    contacts: list[str]
    coming: list[str]
    promises: list[CommitmentLine]
    more_promises: int
    there: list[Happened]
    here: list[Happened]
    other: list[Happened]
    agreements: list[Signed]
    more_agreements: int
    needs: str
    capacity: str
    notes: list[PartnerNote]


def brief_of(partner: Partner, user: User, clock: Clock | None = None) -> Brief:
    """As this reader may know it today. A number of queries that does not depend on the rows."""
    clock = clock or Clock(timezone.localdate())
    promises = list(
        Commitment.objects.visible_to(user).unfinished().filter(partner=partner).for_list().order_by("due_on", "pk")
    )
    agreements = agreements_with(partner, user)
    happened = (
        Dealing.objects.visible_to(user)
        .told_once()
        .happened(clock.today)
        .filter(partner=partner)
        .select_related("unit")
    )
    return Brief(
        partner=partner,
        as_of=clock.today,
        facts=facts_of(partner),
        contacts=contacts_of(partner, user, clock.today),
        coming=[line for words in _coming for line in words(partner, user)],
        promises=lines_of(promises[:MOST_PROMISES], clock),
        more_promises=max(len(promises) - MOST_PROMISES, 0),
        there=last(happened.filter(kind=DealingKind.TRIP)),
        here=last(happened.filter(kind=DealingKind.VISIT)),
        other=last(happened.exclude(kind__in=(DealingKind.TRIP, DealingKind.VISIT))),
        agreements=[signed(each) for each in agreements[:MOST_AGREEMENTS]],
        more_agreements=max(len(agreements) - MOST_AGREEMENTS, 0),
        needs=short(partner.needs),
        capacity=short(partner.capacity),
        notes=list(
            PartnerNote.objects.visible_to(user).filter(partner=partner).select_related("author")[:MOST_ON_SCREEN]
        ),
    )


def facts_of(partner: Partner) -> list[tuple[str, str]]:
    names = [partner.name_vi, partner.name_en, partner.name_native]
    found = [
        (_("Names"), " · ".join(dict.fromkeys(name for name in names if name))),
        (_("Kind"), "; ".join(filter(None, (str(partner.get_kind_display()), str(partner.whence))))),
        (_("Belongs to"), str(partner.parent or "")),
        (_("How close"), str(partner.get_tier_display()) if partner.tier else ""),
        (_("Fields of cooperation"), ", ".join(str(field) for field in partner.fields.all())),
        (_("Units that work with it"), ", ".join(units_of(partner))),
        (_("Address"), partner.address),
        (_("Website"), partner.website),
    ]
    return [(label, value) for label, value in found if value]


def units_of(partner: Partner) -> list[str]:
    """Our units; for one that has ended the unit that carries on today."""
    units = [row.unit for row in partner.units.select_related("unit")]
    heirs = heirs_of(units)
    words = _("%(heir)s (carries on for %(unit)s)")
    return [words % {"heir": heirs[unit.pk].unit, "unit": unit} if unit.pk in heirs else str(unit) for unit in units]


def contacts_of(partner: Partner, user: User, today: dt.date) -> list[str]:
    """Who holds a post there now: "Bà …, Cục trưởng; tiếng Anh; thư điện tử"."""
    now = Q(until__isnull=True) | Q(until__gte=today)
    posts = ContactPost.objects.visible_to(user).filter(now, partner=partner).select_related("contact")
    found = []
    for post in posts.order_by("pk")[:MOST_CONTACTS]:
        who = post.contact
        name = f"{who.honorific} {who.full_name}".strip()
        found.append(
            "; ".join(part for part in (f"{name}, {post.title_vi}", who.phone, who.email, who.languages) if part)
        )
    return found


def agreements_with(partner: Partner, user: User) -> list[InternationalAgreement]:
    """Those in force first, then what ended, then what is being prepared."""
    rows = InternationalAgreement.objects.visible_to(user).filter(parties__partner=partner).select_related("case")
    return living_first(rows.exclude(case__state__in=AgreementState.GIVEN_UP).distinct())


def living_first(rows: Any) -> list[InternationalAgreement]:
    def rank(each: InternationalAgreement) -> tuple[int, int]:
        living = each.case.state in AgreementState.LIVING
        ended = each.case.state in AgreementState.CONCLUDED
        return (0 if living else 1 if not ended else 2, -(each.signed_on or dt.date.min).toordinal())

    return sorted(rows, key=rank)


def signed(agreement: InternationalAgreement) -> Signed:
    dates = []
    if agreement.signed_on is not None:
        text = _("signed on %(day)s") if agreement.signed_precision == DatePrecision.DAY else _("signed in %(time)s")
        day = known(agreement.signed_on, agreement.signed_precision)
        dates.append(text % {"day": day, "time": day})
    elif agreement.case.state in AgreementState.CONCLUDED:
        dates.append(_("day of signing not stated in the source"))
    if agreement.expires_on is not None:
        dates.append(_("until %(day)s") % {"day": table_date(agreement.expires_on)})
    return Signed(
        number=shown(agreement.case.number),
        title=agreement.case.title,
        url=agreement.get_absolute_url(),
        dates=", ".join(dates),
        state=str(AgreementState(agreement.case.state).label),
    )


def last(dealings: Any, most: int = MOST_VISITS) -> list[Happened]:
    return [
        Happened(
            when=known(row.on, row.precision), what=row.title, kind=str(row.get_kind_display()), unit=str(row.unit)
        )
        for row in dealings.order_by("-on", "-pk")[:most]
    ]


def known(day: dt.date, precision: str) -> str:
    """As exact as the source is: "05/12/2026", "tháng 12/2026", "năm 2026"."""
    return text_of(day, precision) or _("day not known")


def short(text: str, longest: int = LONGEST_TEXT) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
