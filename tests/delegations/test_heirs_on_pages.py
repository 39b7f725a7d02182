"""The page of a file of a merged unit says who carries it on, and by what decision."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agreements.services import create_commitment
from intlcoop.people.reorganising import Decision, merge_units
from tests.agreements.factories import PartnerFactory
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


def test_trips_and_commitments_name_the_heir(go, ministry):
    trip = f.trip(ministry)
    promise = create_commitment(
        "Cử hai chuyên gia", ministry.unit("CSDP"), actor=ministry.chuyenvien, fields={
            "side": "ours", "partner": PartnerFactory(actor=ministry.htqt), "owner": ministry.chuyenvien,
            "source_text": "Kết luận của Bộ trưởng",
        },
    )  # fmt: skip
    client = go("chuyenvien")
    for made in (trip, promise):
        assert "Kế thừa" not in client.get(made.get_absolute_url()).content.decode()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    heir = ministry.unit("PC")
    merge_units(
        [ministry.unit("CSDP")], heir, actor=None,
        decision=Decision(on=yesterday, number="77/QĐ-MH", decided_on=yesterday),
    )  # fmt: skip
    for made in (trip, promise):
        text = client.get(made.get_absolute_url()).content.decode()
        assert "Kế thừa" in text
        assert heir.name_vi in text
        assert "77/QĐ-MH" in text
