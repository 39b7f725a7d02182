"""The form between two presses of "Save": drafts that save themselves, the counter of days, and who may not write at all."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from delegations.models import OutboundDelegation
from delegations.services import create_trip, update_trip
from tests.delegations import factories as f
from tests.delegations.typing import typed
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def trip(ministry):
    """A draft with its title only."""
    return create_trip("Dự Hội nghị", ministry.unit("CSDP"), actor=ministry.chuyenvien)


def edit(trip: OutboundDelegation, tail: str = "sua/") -> str:
    return f"/doan-ra/{trip.case.number}/{tail}"


def fresh(trip: OutboundDelegation) -> OutboundDelegation:
    return OutboundDelegation.objects.select_related("case", "plan_line").get(pk=trip.pk)


# --- saving by itself ---------------------------------------------------------------------------------------------


def test_a_draft_saves_itself_and_its_rows_do_not_multiply(go, trip):
    client = go("chuyenvien")
    first = client.post(edit(trip, "tu-luu/"), typed(trip)).json()
    assert first["saved_at"]
    ids = {name: value for name, value in first["fields"].items() if name.endswith("-id")}
    assert set(ids) == {"members-0-id", "legs-0-id", "funding-0-id"}
    again = client.post(edit(trip, "tu-luu/"), typed(trip) | first["fields"] | {"purpose_text": "Mới"}).json()
    assert fresh(trip).purpose_text == "Mới"
    assert fresh(trip).members.get().pk == ids["members-0-id"]
    assert again["fields"]["members-0-id"] == ids["members-0-id"]


def test_a_row_that_was_saved_meanwhile_is_not_taken_for_a_blank_one(go, trip):
    """The page still says that it began without rows; the row's own id says that it is one."""
    client = go("chuyenvien")
    first = client.post(edit(trip, "tu-luu/"), typed(trip)).json()
    client.post(edit(trip), typed(trip) | first["fields"])
    assert fresh(trip).members.count() == 1
    assert fresh(trip).legs.count() == 1


def test_what_is_not_yet_valid_is_left_as_it_was_and_said(go, trip):
    answer = (
        go("chuyenvien")
        .post(edit(trip, "tu-luu/"), typed(trip, departs_on="31/0", title="", purpose_text="Giữ"))
        .json()
    )
    assert "2 ô" in answer["message"]
    saved = fresh(trip)
    assert (saved.case.title, saved.departs_on, saved.purpose_text) == ("Dự Hội nghị", None, "Giữ")


def test_a_file_under_way_does_not_save_itself(go, ministry):
    made = f.trip(ministry)
    f.submit(made, ministry)
    response = go("chuyenvien").post(edit(made, "tu-luu/"), typed(fresh(made), purpose_text="Lén"))
    assert response.status_code == 403
    assert fresh(made).purpose_text != "Lén"


def test_saving_by_itself_never_writes_over_somebody_else(go, trip, ministry):
    old = trip.case.version
    update_trip(trip, actor=ministry.lanhdaodonvi, fields={"purpose_text": "Của người khác"})
    response = go("chuyenvien").post(edit(trip, "tu-luu/"), typed(trip, version=old))
    assert response.status_code == 409
    assert fresh(trip).purpose_text == "Của người khác"


# --- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", [name for name in ACCOUNTS if name not in ("chuyenvien", "lanhdaodonvi")])
def test_nobody_else_changes_a_file(go, ministry, account):
    made = f.trip(ministry)
    f.submit(made, ministry)
    client = go(account)
    sees = client.get(f"/doan-ra/{made.case.number}/").status_code == 200
    for tail in ("sua/", "tu-luu/"):
        assert client.post(edit(made, tail), typed(fresh(made), title="Lén")).status_code == (403 if sees else 404)
    assert client.get(edit(made)).status_code == (403 if sees else 404)
    assert fresh(made).case.title != "Lén"


def test_a_decided_file_can_no_longer_be_changed_here(go, ministry):
    made = f.trip(ministry)
    f.walk_to_the_end(f.submit(made, ministry), ministry)
    assert go("chuyenvien").get(edit(made)).status_code == 403
    assert go("chuyenvien").post(edit(made), typed(fresh(made))).status_code == 403


# --- the counter --------------------------------------------------------------------------------------------------


def test_the_counter_follows_the_day_that_is_typed(go, trip):
    client = go("chuyenvien")
    far = timezone.localdate() + dt.timedelta(days=90)
    assert (
        "ngày làm việc đến hạn nộp hồ sơ"
        in client.get(edit(trip, "con-lai/"), {"departs_on": f"{far:%d/%m/%Y}"}).content.decode()
    )
    soon = timezone.localdate() + dt.timedelta(days=5)
    assert "quá hạn nộp" in client.get(edit(trip, "con-lai/"), {"departs_on": f"{soon:%d/%m/%Y}"}).content.decode()
    for nonsense in ({}, {"departs_on": "31/02/2027"}, {"departs_on": "x" * 5000}, {"departs_on": "01/01/0001"}):
        assert client.get(edit(trip, "con-lai/"), nonsense).status_code == 200
