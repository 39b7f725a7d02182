"""The index by unit, partner and agreement, and what sleeps: each number with the list behind it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.choices import DealingKind
from agreements.models import InternationalAgreement, Partner
from agreements.queries.implementation import BY_AGREEMENT, BY_PARTNER, BY_UNIT, score_of, scores
from agreements.services import record_dealing
from intlcoop.people.models import OrgUnit
from tests.agreements.agreed import agreement
from tests.agreements.factories import PartnerFactory
from tests.agreements.promises import kept, promise

pytestmark = pytest.mark.django_db

PAST = dt.date(2025, 1, 7)


@pytest.fixture
def partner():
    return PartnerFactory(name_vi="Cục Lưu trữ Lào (thử)")


@pytest.fixture
def four(ministry, partner):
    """One in time, one late, one overdue, one to come; the last is of another unit and partner."""
    kept(ministry, promise(ministry, due_on=PAST, partner=partner), on=PAST)
    kept(ministry, promise(ministry, due_on=PAST, partner=partner), on=dt.date(2025, 2, 3))
    promise(ministry, due_on=PAST, partner=partner)
    promise(ministry, unit="HTQT", side="partners", owner=ministry.htqt, partner=PartnerFactory())


def test_by_partner_and_by_unit_with_the_list_behind_each_number(client, ministry, partner, four):
    lines = scores(ministry.htqt, BY_PARTNER)
    assert lines[0].name == "Cục Lưu trữ Lào (thử)"
    assert (lines[0].score.index, lines[0].score.kept, lines[0].score.due) == (66, 2, 3)
    assert lines[-1].score.index is None
    assert score_of(ministry.htqt, partner=partner) == lines[0].score
    client.force_login(ministry.htqt)
    for line in (*lines, *scores(ministry.htqt, BY_UNIT)):
        for label, count, url in line.cells:
            page = client.get(url)
            assert page.context["paginator"].count == count, (line.name, label)


def test_each_counts_what_they_may_read_and_the_side_that_they_ask_for(ministry, four):
    assert [line.name for line in scores(ministry.chuyenvien, BY_UNIT)] == [str(ministry.unit("CSDP"))]
    assert [line.score.total for line in scores(ministry.htqt, BY_UNIT, side="partners")] == [1]
    assert scores(ministry.htqt, BY_AGREEMENT) == []


def test_a_merged_unit_counts_under_its_successor(ministry, four):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    OrgUnit.objects.filter(code="CSDP").update(merged_into=ministry.unit("HTQT"), valid_until=yesterday)
    (line,) = scores(ministry.htqt, BY_UNIT)
    assert line.name == str(ministry.unit("HTQT"))
    assert line.score.total == 4


@pytest.mark.parametrize("by", ["don_vi", "doi_tac", "thoa_thuan", "nonsense"])
def test_the_page_says_how_it_counts(client, ministry, four, by):
    client.force_login(ministry.htqt)
    text = client.get("/cam-ket/chi-so/", {"theo": by, "ben": "nonsense"}).content.decode()
    assert "Cách tính" in text
    assert ("66%" in text) is (by != "thoa_thuan")


def test_the_index_costs_the_same_for_one_and_for_three(client, ministry, partner):
    def cost(url):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    promise(ministry, partner=partner)
    client.force_login(ministry.htqt)
    client.get("/cam-ket/chi-so/")
    assert cost("/cam-ket/chi-so/?theo=doi_tac") == 8
    for _more in range(2):
        promise(ministry, partner=PartnerFactory())
    assert cost("/cam-ket/chi-so/?theo=doi_tac") == 8


TODAY = dt.date(2026, 6, 1)  # 24 months before: 1 June 2024


def dealt(ministry, partner, on, **more):
    record_dealing(partner, on=on, kind=DealingKind.MEETING, title="Làm việc", unit=ministry.unit("CSDP"), **more)


def test_an_agreement_sleeps_when_nothing_happened_under_it_for_so_many_months(ministry, partner):
    old = dt.date(2020, 1, 6)
    asleep = agreement(ministry, partner, signed_on=old)
    awake = agreement(ministry, partner, signed_on=old)
    fresh = agreement(ministry, partner, signed_on=dt.date(2024, 6, 2))
    edge = agreement(ministry, partner, signed_on=dt.date(2024, 6, 1))
    unknown = agreement(ministry, partner, signed_precision="unknown")
    ended = agreement(ministry, partner, signed_on=old, state="expired")
    dealt(ministry, partner, dt.date(2024, 6, 2), agreements=[awake])
    dealt(ministry, partner, dt.date(2024, 6, 1), agreements=[asleep])
    dealt(ministry, partner, dt.date(2026, 6, 2), agreements=[unknown])  # tomorrow: nothing has happened yet
    found = set(InternationalAgreement.objects.dormant(TODAY))
    assert found == {asleep, edge, unknown}
    assert not found & {fresh, ended}


def test_a_partner_sleeps_who_was_awake_once(ministry, partner):
    silent, new, never = PartnerFactory(), PartnerFactory(), PartnerFactory()
    dealt(ministry, silent, dt.date(2020, 1, 6))
    dealt(ministry, partner, dt.date(2026, 1, 6))
    agreement(ministry, new, signed_on=dt.date(2026, 5, 4))
    found = set(Partner.objects.dormant(TODAY))
    assert found == {silent}
    assert never not in found


def test_the_lists_of_sleepers_show_the_last_day_and_cost_the_same(client, ministry, partner):
    def look(url, *expected):
        with CaptureQueriesContext(connection) as seen:
            text = client.get(url).content.decode()
        for each in expected:
            assert each in text, each
        return len(seen)

    dealt(ministry, partner, dt.date(2020, 1, 6))
    client.force_login(ministry.htqt)
    client.get("/cam-ket/")
    url = "/cam-ket/it-hoat-dong/doi-tac/"
    one = look(url, "Cục Lưu trữ Lào (thử)", "06/01/2020", "24 tháng", "cần đối chiếu")
    for _more in range(2):
        dealt(ministry, PartnerFactory(), dt.date(2021, 1, 6))
    assert look(f"{url}?sap_xep=-gan_nhat") == one == 9
    assert "Cục Lưu trữ Lào" in client.get(url, {"q": "luu tru lao"}).content.decode()
    assert look("/cam-ket/it-hoat-dong/", "đều có hoạt động gần đây") <= one
    assert client.get(url, {"xuat": "xlsx"}).content.startswith(b"PK")
