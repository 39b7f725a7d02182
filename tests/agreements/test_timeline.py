"""What happened with a partner is told once, however many agreements it served and partners it met."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from agreements.choices import DealingKind
from agreements.models import Dealing
from agreements.queries.brief import brief_of
from agreements.queries.country_brief import country_brief_of
from agreements.queries.partner_page import dealings_section
from agreements.services import record_dealing
from tests.agreements.agreed import agreement
from tests.agreements.factories import PartnerFactory
from tests.delegations.factories import trip
from tests.intlcoop.catalogues.factories import country

pytestmark = pytest.mark.django_db


def test_a_trip_for_two_agreements_and_two_partners_is_one_trip(go, ministry):
    one, two, far = (PartnerFactory(actor=ministry.htqt, country=country(iso2)) for iso2 in ("LA", "LA", "KH"))
    served = [agreement(ministry, one, title=title) for title in ("Bản ghi nhớ A", "Kế hoạch B")]
    case, unit = trip(ministry).case, ministry.unit("CSDP")
    said = {
        "on": dt.date(2026, 1, 5),
        "kind": DealingKind.TRIP,
        "title": "Thăm và làm việc",
        "unit": unit,
        "case": case,
    }
    record_dealing(far, **said)
    record_dealing(one, agreements=served, **said)
    record_dealing(two, **said)
    record_dealing(one, **said | {"case": None, "title": "Chuyến đi cũ"})
    record_dealing(one, **said | {"case": None, "title": "Chuyến đi cũ"})
    assert Dealing.objects.filter(case=case).count() == 4
    reader = ministry.htqt
    assert sorted(each.what for each in brief_of(one, reader).there) == [
        "Chuyến đi cũ",
        "Chuyến đi cũ",
        "Thăm và làm việc",
    ]
    assert dealings_section(one, reader)["count"] == 3
    page = go("htqt").get(reverse("agreements:dealing_list", args=[one.pk]))
    assert page.context["page_obj"].paginator.count == 3
    for partner in (two, far):
        assert [each.what for each in brief_of(partner, reader).there] == ["Thăm và làm việc"]
    for iso2 in ("LA", "KH"):
        told = [each.what for each in country_brief_of(country(iso2), reader).there]
        assert told.count("Thăm và làm việc") == 1
