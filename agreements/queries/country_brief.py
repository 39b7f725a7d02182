"""What one has to know of a country before going there or receiving it: its partners, what was signed, who came and went, what
is owed. One read for the screen, the Word file and the PDF, as this reader may know it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementState, CommitmentState, DealingKind
from agreements.models import AgreementParty, Commitment, Dealing, InternationalAgreement, Partner
from agreements.queries.brief import Happened, Signed, last, living_first, signed
from agreements.queries.commitments import Clock, CommitmentLine, lines_of
from intlcoop.catalogues.models import Country

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: So many of each; the rest is counted and stands in the lists.
MOST_PARTNERS, MOST_AGREEMENTS, MOST_PROMISES, MOST_VISITS = 30, 30, 30, 5

Coming = Callable[[Country, Any], Sequence[str]]
_coming: list[Coming] = []


def register_coming_to(words: Coming) -> None:
    """Called from AppConfig.ready(): a line for each trip to the country that is being prepared."""
    if words not in _coming:
        _coming.append(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerLine:
    name: str
    kind: str
    url: str
    tier: str
    agreements: int
    open_promises: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryBrief:
    """Everything that it says. `more_…` counts what did not fit."""

    country: Country
    as_of: dt.date
    facts: list[tuple[str, str]]
    partners: list[PartnerLine]
    more_partners: int
    coming: list[str]
    promises: list[CommitmentLine]
    more_promises: int
    there: list[Happened]
    here: list[Happened]
    other: list[Happened]
    agreements: list[Signed]
    more_agreements: int


def country_brief_of(country: Country, user: User, clock: Clock | None = None) -> CountryBrief:
    """As this reader may know it today. A number of queries that does not depend on the rows."""
    clock = clock or Clock(timezone.localdate())
    partners = partners_of(country, user)
    agreements = agreements_of(country, user)
    promises = list(
        Commitment.objects.visible_to(user).unfinished().filter(partner__country=country).for_list().order_by("due_on", "pk")
    )  # fmt: skip
    happened = Dealing.objects.visible_to(user).told_once("partner__country").happened(clock.today)
    happened = happened.filter(partner__country=country).select_related("unit")
    living = sum(each.case.state in AgreementState.LIVING for each in agreements)
    facts = [
        (_("Official name"), country.official_name_vi),
        (_("Region"), str(country.get_region_display())),
        (_("Partners"), str(len(partners))),
        (_("Agreements"), _("%(all)s, of which in force: %(living)s") % {"all": len(agreements), "living": living}),
        (_("Open commitments"), str(len(promises))),
    ]
    return CountryBrief(
        country=country,
        as_of=clock.today,
        facts=facts,
        partners=[line_of(each) for each in partners[:MOST_PARTNERS]],
        more_partners=max(len(partners) - MOST_PARTNERS, 0),
        coming=[line for words in _coming for line in words(country, user)],
        promises=lines_of(promises[:MOST_PROMISES], clock),
        more_promises=max(len(promises) - MOST_PROMISES, 0),
        there=last(happened.filter(kind=DealingKind.TRIP), MOST_VISITS),
        here=last(happened.filter(kind=DealingKind.VISIT), MOST_VISITS),
        other=last(happened.exclude(kind__in=(DealingKind.TRIP, DealingKind.VISIT)), MOST_VISITS),
        agreements=[signed(each) for each in agreements[:MOST_AGREEMENTS]],
        more_agreements=max(len(agreements) - MOST_AGREEMENTS, 0),
    )


def partners_of(country: Country, user: User) -> list[Partner]:
    """Those with most in force and most owed first; what this reader may not read is not counted."""
    living = InternationalAgreement.objects.visible_to(user).living().order_by().values("pk")
    owed = (
        Commitment.objects.visible_to(user).filter(case__state__in=CommitmentState.UNFINISHED).order_by().values("pk")
    )
    rows = Partner.objects.visible_to(user).living().filter(country=country)
    rows = rows.annotate(
        signed=Count("parties", filter=Q(parties__agreement__in=living), distinct=True),
        owed=Count("commitments", filter=Q(commitments__in=owed), distinct=True),
    )
    return list(rows.order_by("-signed", "-owed", "sort_key", "pk"))


def line_of(partner: Any) -> PartnerLine:
    return PartnerLine(
        name=str(partner),
        kind=str(partner.get_kind_display()),
        url=partner.get_absolute_url(),
        tier=str(partner.get_tier_display()) if partner.tier else "",
        agreements=partner.signed,
        open_promises=partner.owed,
    )


def agreements_of(country: Country, user: User) -> list[InternationalAgreement]:
    """An agreement with two partners of the country is one."""
    parties = AgreementParty.objects.filter(agreement=OuterRef("pk"), partner__country=country)
    rows: QuerySet[InternationalAgreement] = InternationalAgreement.objects.visible_to(user).filter(Exists(parties))
    return living_first(rows.exclude(case__state__in=AgreementState.GIVEN_UP).select_related("case"))
