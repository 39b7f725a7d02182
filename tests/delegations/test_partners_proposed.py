"""From the form of a trip to a partner that is not in the list yet, and back; and a host that is merged under a decided trip."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from agreements.models import Partner
from agreements.queries.naming import written
from agreements.services import create_partner, merge_partners, undo_merge
from delegations.models import OutboundDelegation
from delegations.queries.bound_partners import compare_lines, compare_programme
from delegations.queries.plans import line_text
from delegations.services import create_trip, update_trip
from intlcoop.workflow import registry
from intlcoop.workflow.choices import Change, Facet
from tests.agreements.typing import rows
from tests.delegations.factories import plan_line
from tests.delegations.typing import typed

pytestmark = pytest.mark.django_db
PROPOSE = "/doi-tac/them/"


@pytest.fixture
def trip(ministry):
    return create_trip("Dự Hội nghị", ministry.unit("CSDP"), actor=ministry.chuyenvien)


def edit(trip: OutboundDelegation) -> str:
    return f"/doan-ra/{trip.case.number}/sua/"


def signed(client, page: str) -> dict[str, str]:
    """The field of a page that says whose it is, as a browser sends it along."""
    text = client.get(page).content.decode()
    return {"_nguoi_dung": re.search(r'name="_nguoi_dung" value="([^"]+)"', text)[1]}


def test_a_partner_is_proposed_in_the_middle_of_a_trip_and_nothing_typed_is_lost(go, trip):
    client = go("chuyenvien")
    data = typed(trip) | signed(client, edit(trip)) | {"purpose_text": "Nội dung dở dang", "departs_on": "31/02/2027"}
    away = client.post(edit(trip), data | {"propose": "1"})
    assert away.url == f"{PROPOSE}?ve={edit(trip)}"
    # What is valid is in the draft already; what is not waits with the rest.
    saved = OutboundDelegation.objects.get(pk=trip.pk)
    assert saved.purpose_text == "Nội dung dở dang"
    assert saved.members.count() == 1
    back = client.post(away.url, rows() | {"name_vi": "Viện Quản trị công một nước", "kind": "other", "country": ""})
    partner = Partner.objects.get(name_vi="Viện Quản trị công một nước")
    assert back.url == f"{edit(trip)}?doi_tac={partner.pk}"
    page = client.get(back.url)
    form = page.context["form"]
    assert form["host_partner"].value() == written(partner)
    assert form["departs_on"].value() == "31/02/2027"
    assert form["purpose_text"].value() == "Nội dung dở dang"
    text = page.content.decode()
    assert "Toàn bộ nội dung đã nhập" in text
    again = data | {
        "departs_on": "01/03/2027",
        "returns_on": "04/03/2027",
        "host_partner": partner.pk,
        "version": page.context["version"],
    }
    again |= dict(re.findall(r'name="([a-z]+-\d+-id)" value="(\d+)"', text))
    before = saved.members.get().pk
    assert client.post(edit(trip), again).status_code == 302
    saved.refresh_from_db()
    assert saved.host_partner == partner
    assert saved.members.get().pk == before


def test_who_comes_back_with_nothing_kept_finds_the_partner_chosen_and_only_one_of_the_list(go, trip, ministry):
    client = go("chuyenvien")
    partner = create_partner(name_vi="Cơ quan A", kind="other", actor=ministry.vutruong)
    gone = create_partner(name_vi="Cơ quan B", kind="other", is_active=False, actor=ministry.vutruong)
    assert client.get(f"{edit(trip)}?doi_tac={partner.pk}").context["form"]["host_partner"].value() == "Cơ quan A"
    for nonsense in (gone.pk, "x", "9" * 40, "-1"):
        assert client.get(f"{edit(trip)}?doi_tac={nonsense}").context["form"]["host_partner"].value() is None


def test_a_merged_partner_is_no_longer_offered(go, trip, ministry):
    one, other = (
        create_partner(name_vi=name, kind="other", actor=ministry.vutruong) for name in ("Cơ quan A", "Tổ chức B")
    )
    merge_partners(one, other, actor=ministry.vutruong)
    field = go("chuyenvien").get(edit(trip)).context["form"].fields["host_partner"]
    assert field.clean(str(other.pk)) == other
    assert field.clean("Cơ quan A") == other, "the name of old is one of the other's now"
    with pytest.raises(ValidationError):
        field.clean(str(one.pk))


def test_a_host_merged_into_another_partner_asks_for_no_new_decision(trip, ministry):
    one, other, third = (
        create_partner(name_vi=name, kind="other", actor=ministry.vutruong)
        for name in ("Cơ quan A", "Tổ chức B", "Viện C")
    )
    update_trip(trip, actor=ministry.chuyenvien, fields={"host_partner": one})
    kind = registry.kind_of(trip.case)
    decided = kind.content_of(trip.case)[Facet.PROGRAMME]
    done = merge_partners(one, other, actor=ministry.vutruong)
    now = kind.content_of(trip.case)[Facet.PROGRAMME]
    assert now["host_partner"] == other.pk
    compare = kind.comparators[Facet.PROGRAMME]
    assert compare(decided, now, 0) == Change.SAME
    assert compare(decided, now | {"purpose": "training"}, 0) == Change.MORE
    assert compare(decided, now | {"host_partner": third.pk}, 0) == Change.MORE
    undo_merge(done, actor=ministry.vutruong)
    assert compare(decided, kind.content_of(trip.case)[Facet.PROGRAMME], 0) == Change.SAME
    assert compare_programme(decided | {"host_partner": None}, now) == Change.MORE


def test_a_line_of_a_plan_whose_partner_was_merged_says_the_same(ministry):
    one, other = (
        create_partner(name_vi=name, kind="other", actor=ministry.vutruong) for name in ("Cơ quan A", "Tổ chức B")
    )
    line = plan_line(ministry)
    line.partner = one
    line.save()
    before = [line_text(line)]
    merge_partners(one, other, actor=ministry.vutruong)
    line.refresh_from_db()
    after = [line_text(line)]
    assert before != after
    assert compare_lines(before, after) == Change.SAME
    line.title = "Việc khác"
    assert compare_lines(before, [line_text(line)]) == Change.MORE
    assert compare_lines([*before, "1|a"], after) == Change.LESS
