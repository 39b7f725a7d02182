"""Gifts both ways from the page of a visit, and what the page of a short visit leaves out until it is there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from delegations.models import Gift
from tests.delegations import visiting as v
from tests.delegations.visiting import gift

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(ministry):
    """Three days, five guests of class B."""
    return v.full(ministry, guest_class="B", persons=5)


def add_gift(visit) -> str:
    return reverse("delegations:gift_of_file", args=[visit.case.number])


def test_a_gift_of_the_guests_is_given_by_them(go, ministry):
    """What the portal filled in for a gift of ours is turned round, by the link or at the latest before it is saved."""
    visit = v.full(ministry, guest_class="B", persons=5)
    client = go("htqt")
    add = add_gift(visit)
    ours, theirs = client.get(add).context["form"].initial, client.get(add + "?huong=received").context["form"].initial
    assert ours["giver"]
    assert ours["receiver"]
    assert (theirs["giver"], theirs["receiver"]) == (ours["receiver"], ours["giver"])
    assert (theirs["direction"], theirs["guest_class"]) == ("received", "")
    untouched = gift(visit.arrives_on, direction="received", giver=ours["giver"], receiver=ours["receiver"])
    refused = client.post(add, untouched)
    assert "Hãy đổi lại" in refused.content.decode()
    turned = untouched | {"giver": ours["receiver"], "receiver": ours["giver"]}
    assert client.post(add + "?huong=received", turned).status_code == 302
    kept = Gift.objects.get()
    wrong_way = turned | {"direction": "given"}
    assert client.post(reverse("delegations:gift_edit", args=[kept.pk]), wrong_way).status_code == 302
    assert client.post(reverse("delegations:gift_edit", args=[kept.pk]), turned).status_code == 302, "as it was typed"


def test_a_short_visit_shows_no_empty_sections(go, ministry):
    short = v.accepted(v.short(ministry), ministry)
    full = v.accepted(v.full(ministry), ministry)
    client = go("htqt")
    page, whole = (client.get(each.get_absolute_url()).content.decode() for each in (short, full))
    for section in ("chuong-trinh", "bien-ban", "qua-tang"):
        assert f'id="{section}"' not in page
        assert f'id="{section}"' in whole
    assert 'id="ghi-them"' in page
    assert 'id="ghi-them"' not in whole
    assert client.post(add_gift(short), gift(short.meeting_on)).status_code == 302
    assert 'id="qua-tang"' in client.get(short.get_absolute_url()).content.decode()


def test_a_gift_beyond_the_norm_needs_a_reason_and_a_received_one_does_not(go, visit):
    client = go("htqt")
    add = add_gift(visit)
    assert client.post(add, gift(visit.arrives_on)).status_code == 302
    refused = client.post(add, gift(visit.arrives_on, value="1.800.001"))
    assert "vượt định mức" in refused.content.decode()
    assert Gift.objects.count() == 1
    assert client.post(add, gift(visit.arrives_on, value="1.800.001", reason="Khách tặng lại")).status_code == 302
    assert client.post(add, gift(visit.arrives_on, direction="received", value="90.000.000")).status_code == 302
    for wrong in (
        gift(visit.arrives_on, quantity=0),
        gift(visit.arrives_on, quantity="9" * 20),
        gift(visit.arrives_on, value="-1"),
        gift(visit.arrives_on, given_on="x"),
    ):
        assert client.post(add, wrong).status_code == 200
    assert Gift.objects.count() == 3
    assert "Tranh lụa" in client.get(reverse("delegations:gifts") + "?huong=given&q=tranh lua").content.decode()
    exported = client.get(reverse("delegations:gifts") + "?xuat=xlsx")
    assert exported.status_code == 200
    found = Gift.objects.first()
    client.post(reverse("delegations:gift_remove", args=[found.pk]))
    assert client.get(found.get_absolute_url()).status_code == 404


def test_a_gift_of_no_file_is_known_to_its_unit_and_to_the_department(go, ministry):
    client = go("chuyenvien")
    data = {
        "direction": "received",
        "given_on": "02/02/2026",
        "quantity": 1,
        "description": "Lịch Tết",
        "giver": "Đại sứ quán",
    }
    assert client.post(reverse("delegations:gift_new"), data | {"receiver": "Vụ"}).status_code == 302
    found = Gift.objects.get()
    for name, status in (("lanhdaodonvi", 200), ("htqt", 200), ("kiemtoan", 200), ("truonghoc", 404)):
        assert go(name).get(found.get_absolute_url()).status_code == status
        assert Gift.objects.visible_to(ministry.person(name)).exists() == (status == 200)
    assert go("kiemtoan").get(reverse("delegations:gift_edit", args=[found.pk])).status_code == 403
    assert go("quantri").get(reverse("delegations:gift_new")).status_code == 403
