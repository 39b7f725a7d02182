"""Norms of reception are entered, changed from a day on, put right and ended; every change says who did it and why."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from delegations.models import ReceptionNorm
from delegations.queries.reception import norms_on
from delegations.receiving import NormBook
from delegations.services import reception as costs
from delegations.services.reception_norms import (
    correct_reception_norm,
    end_reception_norm,
    set_reception_norm,
    withdraw_reception_norm,
)
from intlcoop.regulations.models import Instrument, RuleChange
from tests.delegations import visiting as v

pytestmark = pytest.mark.django_db

NORM = ("A", "hotel", "head")
BASE = "/quan-tri/dinh-muc-tiep-khach/"
PAGE = f"{BASE}A/hotel/head/"


@pytest.fixture
def ministry(built, db):
    return built


def day(ahead: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=ahead)


def circular(symbol: str = "35/2026/TT-BTC") -> Instrument:
    return Instrument.objects.get(symbol=symbol)


def fields(**more):
    found = {"unit": "person_night", "amount": Decimal(9_900_000), "valid_from": day(1), "reason": "Thông tư mới"}
    return found | {"instrument": circular(), "citation": "Điều 5 Thông tư số 35/2026/TT-BTC"} | more


def amount_on(on: dt.date, norm=NORM) -> Decimal | None:
    found = NormBook(norms_on(on), on).norm_of(*norm)
    return found.amount if found else None


def in_words(error) -> str:
    return " ".join(error.value.messages)


def test_a_new_amount_ends_the_one_before_and_programmes_of_before_keep_theirs(ministry):
    set_reception_norm(*NORM, **fields(), actor=ministry.taichinh)
    assert amount_on(day(0)) == 9_400_000
    assert amount_on(day(1)) == 9_900_000
    change = RuleChange.objects.first()
    assert "9.400.000" in change.before
    assert "9.900.000" in change.after
    assert (change.actor, change.reason) == (ministry.taichinh, "Thông tư mới")
    assert change.get_absolute_url() == PAGE


def test_days_that_passed_are_entered_only_when_said_so_and_fill_what_was_not_known(ministry):
    """The hotel norms of the old circular stand in no source of ours: the ministry enters them afterwards."""
    last = dt.date(2026, 5, 17)
    old = fields(valid_from=dt.date(2019, 1, 1), valid_until=last, instrument=circular("71/2018/TT-BTC"))
    assert amount_on(last) is None
    with pytest.raises(ValidationError) as refused:
        set_reception_norm(*NORM, **old, actor=ministry.taichinh)
    assert "past_confirmed" in refused.value.message_dict
    set_reception_norm(*NORM, **old, past_confirmed=True, actor=ministry.quantri)
    assert amount_on(last) == 9_900_000
    assert amount_on(last + dt.timedelta(days=1)) == 9_400_000


@pytest.mark.parametrize(
    ("norm", "more", "field"),
    [
        (NORM, {"valid_from": dt.date(2026, 5, 18), "past_confirmed": True}, "valid_from"),
        (NORM, {"valid_from": dt.date(2026, 1, 1), "past_confirmed": True}, "valid_from"),
        (NORM, {"valid_until": day(30)}, "valid_until"),
        (NORM, {"valid_until": day(0)}, "valid_until"),
        (("special", "hotel", "head"), {}, "guest_class"),
        (("A", "cars", "any"), {}, "item"),
        (("A", "meals", "head"), {"unit": "person_day"}, "part"),
        (NORM, {"unit": "hour"}, "unit"),
        (NORM, {"amount": Decimal(-1)}, "amount"),
        (NORM, {"reason": "  "}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_saved(ministry, norm, more, field):
    with pytest.raises(ValidationError) as refused:
        set_reception_norm(*norm, **fields(**more), actor=ministry.taichinh)
    assert field in refused.value.message_dict
    assert amount_on(day(1)) == 9_400_000
    assert not RuleChange.objects.exists()


def test_a_wrong_copy_is_put_right_for_its_own_days_and_what_stood_there_is_kept(ministry):
    row = ReceptionNorm.objects.get(guest_class="A", item="hotel", part="head")
    basis = {"instrument": row.instrument, "citation": row.citation, "reason": "Bản chép sai", "needs_check": False}
    correct_reception_norm(row, amount=Decimal(9_500_000), **basis, actor=ministry.taichinh)
    assert amount_on(dt.date(2026, 5, 18)) == 9_500_000
    change = RuleChange.objects.get()
    assert "9.400.000" in change.before
    assert "cần đối chiếu" in change.before
    assert "cần đối chiếu" not in change.after


def test_an_end_and_a_withdrawal(ministry):
    row = ReceptionNorm.objects.get(guest_class="A", item="hotel", part="head")
    for wrong in (day(-2), dt.date(2026, 5, 17)):
        with pytest.raises(ValidationError):
            end_reception_norm(row, last_day=wrong, reason="x", actor=ministry.taichinh)
    end_reception_norm(row, last_day=day(10), reason="Bãi bỏ", actor=ministry.taichinh)
    assert amount_on(day(10)) == 9_400_000
    assert amount_on(day(11)) is None
    made = set_reception_norm(*NORM, **fields(valid_from=day(5)), actor=ministry.taichinh)
    assert amount_on(day(11)) == 9_900_000
    withdraw_reception_norm(made, reason="Nhầm", actor=ministry.taichinh)
    assert amount_on(day(5)) == 9_400_000
    with pytest.raises(ValidationError) as refused:
        withdraw_reception_norm(made, reason="Nhầm", actor=ministry.taichinh)
    assert "không còn" in in_words(refused)


def test_an_amount_that_costs_were_held_against_is_not_taken_back(ministry):
    visit = v.full(ministry, guest_class="B", persons=5)
    lines = [{"item": "banquet", "amount": Decimal(10_000_000), "reason": ""}]
    costs.save_costs(visit, actor=ministry.htqt, fields={"mode": "full"}, rows=lines)
    row = ReceptionNorm.objects.get(guest_class="B", item="banquet", valid_until=None)
    other = ReceptionNorm.objects.get(guest_class="A", item="banquet", valid_until=None)
    with pytest.raises(ValidationError) as refused:
        withdraw_reception_norm(row, reason="Nhầm", actor=ministry.taichinh)
    assert "Đã có chi phí" in in_words(refused)
    withdraw_reception_norm(other, reason="Nhầm", actor=ministry.taichinh)
    assert not ReceptionNorm.objects.filter(pk=other.pk).exists()


def typed(**more):
    data = {"unit": "person_night", "amount": "9.900.000", "valid_from": f"{day(1):%d/%m/%Y}", "reason": "Thông tư mới"}
    return data | {"instrument": circular().pk, "citation": "Điều 5", "is_published": "on"} | more


def test_the_finance_department_changes_a_norm_by_clicking(go, ministry):
    client = go("taichinh")
    assert PAGE in client.get(BASE).content.decode()
    page = client.get(PAGE).content.decode()
    assert "9.400.000 đồng/người/đêm" in page
    assert f"{PAGE}muc-moi/" in page
    refused = client.post(f"{PAGE}muc-moi/", typed(amount="nhiều"))
    assert refused.status_code == 422
    assert "Điều 5" in refused.content.decode()
    assert client.post(f"{PAGE}muc-moi/", typed()).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "9.900.000 đồng/người/đêm" in page
    assert "Thông tư mới" in page
    assert "9.900.000" in go("chuyenvien").get(reverse("regulations:news")).content.decode()
    client = go("taichinh")
    made = ReceptionNorm.objects.get(amount=9_900_000)
    assert client.post(f"{BASE}muc/{made.pk}/rut/", {"reason": "Nhầm ngày"}).status_code == 302
    assert not ReceptionNorm.objects.filter(pk=made.pk).exists()
    row = ReceptionNorm.objects.get(guest_class="A", item="hotel", part="head")
    right = {"amount": "9.500.000", "instrument": circular().pk, "citation": "Điều 5", "reason": "Đã đối chiếu"}
    assert client.post(f"{BASE}muc/{row.pk}/dinh-chinh/", right).status_code == 302
    end = {"last_day": f"{day(3):%d/%m/%Y}", "reason": "Bãi bỏ"}
    assert client.post(f"{BASE}muc/{row.pk}/thoi/", end).status_code == 302
    row.refresh_from_db()
    assert (row.amount, row.needs_check, row.valid_until) == (9_500_000, False, day(3))


def test_a_norm_of_which_nothing_stood_here_is_entered(go):
    client = go("quantri")
    new = {"item": "gifts", "guest_class": "C", "part": "head", "unit": "person", "amount": "1.000.000"}
    assert client.post(f"{BASE}them/", typed(**(new | {"unit": "page"}))).status_code == 422
    assert client.post(f"{BASE}them/", typed(**new)).status_code == 302
    assert client.get(f"{BASE}C/gifts/head/").status_code == 200


def test_others_read_and_change_nothing(go, ministry):
    row = ReceptionNorm.objects.get(guest_class="A", item="hotel", part="head")
    forms = [
        f"{PAGE}muc-moi/",
        f"{BASE}them/",
        *(f"{BASE}muc/{row.pk}/{act}/" for act in ("dinh-chinh", "thoi", "rut")),
    ]
    for name in ("htqt", "chuyenvien", "kiemtoan"):
        client = go(name)
        page = client.get(PAGE)
        assert page.status_code == 200
        assert "muc-moi" not in page.content.decode()
        assert {client.get(form).status_code for form in forms} == {403}
        assert {client.post(form, typed()).status_code for form in forms} == {403}
    with pytest.raises(PermissionDenied):
        set_reception_norm(*NORM, **fields(), actor=ministry.htqt)


def test_the_page_costs_the_same_with_one_amount_and_with_three(go, ministry):
    client = go("taichinh")

    def count() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PAGE).status_code == 200
        return len(seen)

    count()
    once = count()
    for ahead in (5, 10):
        set_reception_norm(*NORM, **fields(valid_from=day(ahead)), actor=ministry.taichinh)
    assert count() == once == 7
