"""Gifts both ways from the page of a visit, and what the page of a short visit leaves out until it is there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from delegations.models import Gift
from tests.delegations import visiting as v

pytestmark = pytest.mark.django_db


def add_gift(visit) -> str:
    return reverse("delegations:gift_of_file", args=[visit.case.number])


def gift(given_on, **more: object) -> dict[str, object]:
    data = {"direction": "given", "quantity": 1, "description": "Tranh lụa", "value": "1.800.000"}
    data |= {"guest_class": "B", "guest_part": "head"}
    return data | {"given_on": f"{given_on:%d/%m/%Y}", "giver": "Thứ trưởng", "receiver": "Trưởng đoàn"} | more


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
