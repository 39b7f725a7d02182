"""The pages of money: who may press what, what is typed is kept, bad input gets sentences, costs stay constant."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from django.utils import timezone

from delegations import services
from delegations.choices import OutboundState
from delegations.models import (
    EstimateItem,
    OutboundDelegation,
    TripEstimate,
    TripSettlement,
)
from intlcoop.catalogues.models import Country
from intlcoop.workflow.models import Case
from tests.delegations import factories as f
from tests.delegations import money as m
from tests.delegations.typing import rows

pytestmark = pytest.mark.django_db


def at(trip, tail: str = "du-toan/") -> str:
    return f"/doan-ra/{trip.case.number}/{tail}"


def sheet(trip, *lines, **changes):
    """The form as a browser sends it."""
    head = {
        "version": Case.objects.get(pk=trip.case_id).version,
        "rates_on": f"{timezone.localdate():%d/%m/%Y}",
        "note": "",
    }
    return head | rows("items", *lines) | changes


def item(trip, name: str = "ticket", amount: str = "120.000.000", **more):
    return {
        "item": name,
        "people": [member.pk for member in trip.members.all()],
        "quantity": "1",
        "unit_amount": amount,
        "currency": m.currency("VND").pk,
        "source": "state_budget",
    } | more


def test_the_form_starts_from_the_lines_that_the_trip_needs(go, ministry):
    m.norm(ministry, m.group(ministry), "meals", 55)
    trip = f.trip(ministry)
    text = go("chuyenvien").get(at(trip, "du-toan/sua/")).content.decode()
    assert 'value="55"' in text
    assert "140/2025/TT-BTC" in text
    assert not EstimateItem.objects.exists()


def test_a_saved_estimate_is_shown_with_its_sums_on_its_page_and_on_the_trip(go, ministry):
    trip = f.trip(ministry)
    client = go("chuyenvien")
    answer = client.post(at(trip, "du-toan/sua/"), sheet(trip, item(trip), item(trip, "gift", "500.000")))
    assert answer.status_code == 302, answer.content.decode()
    text = client.get(at(trip)).content.decode()
    for words in ("120.500.000 VND", "Vé máy bay", "Tặng phẩm", "Triệu Hoài Linh", "chung cả đoàn"):
        assert words in text, words
    assert "120.500.000 VND" in client.get(at(trip, "")).content.decode()
    assert "Làm tròn" in text or "làm tròn" in text


WRONG = (
    ({"quantity": "0"}, "lớn hơn 0"),
    ({"quantity": "-1"}, "lớn hơn 0"),
    ({"quantity": ""}, "số đêm"),
    ({"unit_amount": "-5"}, "0"),
    ({"unit_amount": "abc"}, "abc"),
    ({"unit_amount": "1" * 30}, "field-error"),
    ({"item": "nonsense"}, "field-error"),
    ({"people": ["999999999999999999999"]}, "field-error"),
    ({"currency": "x"}, "field-error"),
    ({"country": "999"}, "field-error"),
)


def test_wrong_lines_get_a_sentence_and_what_was_typed_stays(go, ministry):
    trip = f.trip(ministry)
    client = go("chuyenvien")
    for changes, words in WRONG:
        line = item(trip, note="Ghi chú của tôi") | changes
        answer = client.post(at(trip, "du-toan/sua/"), sheet(trip, line))
        text = answer.content.decode()
        assert answer.status_code == 200, changes
        assert "Ghi chú của tôi" in text, changes
        assert words in text, changes
    assert not EstimateItem.objects.exists()


def test_a_second_writer_gets_409_with_their_own_text(go, ministry):
    trip = f.trip(ministry)
    data = sheet(trip, item(trip, note="Của người thứ hai"))
    m.estimate(trip, ministry)
    answer = go("chuyenvien").post(at(trip, "du-toan/sua/"), data)
    assert answer.status_code == 409
    assert "Của người thứ hai" in answer.content.decode()


def test_a_mismatch_stands_on_the_draft_with_the_way_to_mend_it(go, ministry):
    trip = f.trip(ministry)
    m.estimate(trip, ministry, m.line(trip, "ticket", 60_000_000))
    text = go("chuyenvien").get(at(trip, "")).content.decode()
    assert "hồ sơ đề nghị 120.000.000 VND nhưng dự toán là 60.000.000 VND" in text
    assert at(trip, "du-toan/#nguon") in text
    go("chuyenvien").post(at(trip, "du-toan/nguon/"))
    assert trip.funding.get().amount == 60_000_000
    assert "hồ sơ đề nghị" not in go("chuyenvien").get(at(trip)).content.decode()


def test_one_press_follows_the_file(go, ministry):
    trip = f.trip(ministry)
    m.estimate(
        trip, ministry, m.line(trip, "meals", 1_000_000, country=Country.objects.get(iso2="TH"), person_class="B")
    )
    assert go("chuyenvien").post(at(trip, "du-toan/cap-nhat/")).status_code == 302
    assert EstimateItem.objects.get(item="meals").quantity == 4


RIGHTS = {
    "chuyenvien": 200,
    "lanhdaodonvi": 200,
    "htqt": 403,
    "taichinh": 403,
    "botruong": 403,
    "kiemtoan": 403,
    "truonghoc": 404,
}


@pytest.mark.parametrize(("account", "status"), RIGHTS.items())
def test_who_reads_and_who_writes(go, ministry, account, status):
    trip = f.trip(ministry)
    m.estimate(trip, ministry)
    case = f.submit(OutboundDelegation.objects.get(pk=trip.pk), ministry)
    f.walk_to_appraisal(case, ministry)
    client = go(account)
    assert client.get(at(trip)).status_code == (404 if status == 404 else 200)
    assert client.get(at(trip, "du-toan/sua/")).status_code == status
    for tail in ("du-toan/cap-nhat/", "du-toan/nguon/", "du-toan/sua/"):
        expected = {200: (200, 302), 403: (403,), 404: (404,)}[status]
        assert client.post(at(trip, tail)).status_code in expected, tail


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_few_and_many(go, ministry, count, django_assert_num_queries):
    m.rate(ministry)
    trip = f.trip(ministry)
    for turn in range(count):
        other = f.trip(ministry, days_ahead=f.FAR - 10 * (turn + 1))
        m.estimate(other, ministry)
        Case.objects.filter(pk=other.case_id).update(state=OutboundState.DECIDED)
    m.estimate(trip, ministry, *[m.line(trip, "ticket", 100, currency=m.currency("USD")) for _ in range(count)])
    client = go("chuyenvien")
    client.get(at(trip))
    with django_assert_num_queries(PAGE_QUERIES):
        assert f"{count} đoàn" in client.get(at(trip)).content.decode()


PAGE_QUERIES = 27


def test_paper_and_workbook_say_the_same_sum(go, ministry):
    m.rate(ministry)
    trip = f.trip(ministry)
    m.estimate(
        trip, ministry, m.line(trip, "ticket", 1_000, currency=m.currency("USD")), m.line(trip, "visa", 1_300_000)
    )
    client = go("chuyenvien")
    paper = client.get(at(trip, "van-ban/du-toan/"))
    text = zipfile.ZipFile(io.BytesIO(paper.content)).read("word/document.xml").decode()
    for words in ("27.300.000", "Vé máy bay", "1 USD = 26.000 đồng", "140/2025/TT-BTC", "TỔNG CỘNG"):
        assert words in text, words
    book = client.get(at(trip), {"xuat": "xlsx"})
    assert book.content[:2] == b"PK"
    assert client.get(at(f.trip(ministry, days_ahead=90)), {"xuat": "xlsx"}).content[:2] == b"PK"


def test_a_copied_trip_starts_without_the_estimate(go, ministry):
    trip = f.trip(ministry)
    m.estimate(trip, ministry)
    copied = services.copy_trip(OutboundDelegation.objects.get(pk=trip.pk), actor=ministry.chuyenvien)
    assert not copied.estimate_items.exists()
    assert not TripEstimate.objects.filter(delegation=copied).exists()


# --- settlement -------------------------------------------------------------------------------------------------------


def over(ministry):
    trip = f.trip(ministry)
    case = f.submit(trip, ministry)
    f.walk_to(case, ministry, kind="approve")
    Case.objects.filter(pk=trip.case_id).update(state=OutboundState.REPORT_DUE)
    return OutboundDelegation.objects.get(pk=trip.pk)


def spent(amount: str = "110.000.000", reason: str = "Giá vé thấp hơn"):
    line = {"source": "state_budget", "currency": m.currency("VND").pk, "spent": amount, "reason": reason}
    return {"note": "Chứng từ 15"} | rows("spent", line)


def test_the_unit_enters_and_finance_closes_and_reopens(go, ministry):
    trip = over(ministry)
    assert (
        "120.000.000 VND" in go("chuyenvien").get(at(trip, "quyet-toan/")).content.decode()
    )  # planned, beside the form
    assert go("chuyenvien").post(at(trip, "quyet-toan/"), spent()).status_code == 302
    text = go("chuyenvien").get(at(trip, "quyet-toan/")).content.decode()
    for words in ("120.000.000 VND", "110.000.000 VND", "-10.000.000 VND", "Giá vé thấp hơn"):
        assert words in text, words
    assert go("chuyenvien").post(at(trip, "quyet-toan/dong/")).status_code == 403
    assert go("taichinh").post(at(trip, "quyet-toan/dong/")).status_code == 302
    settlement = TripSettlement.objects.get()
    assert settlement.closed_by == ministry.taichinh
    assert go("chuyenvien").post(at(trip, "quyet-toan/"), spent("1")).status_code == 403
    assert go("taichinh").post(at(trip, "quyet-toan/dong/")).status_code == 409
    go("taichinh").post(at(trip, "quyet-toan/mo-lai/"), {"comment": ""})
    assert TripSettlement.objects.get().closed_at is not None
    assert go("chuyenvien").post(at(trip, "quyet-toan/mo-lai/"), {"comment": "x"}).status_code == 403
    go("taichinh").post(at(trip, "quyet-toan/mo-lai/"), {"comment": "Bổ sung chứng từ"})
    assert TripSettlement.objects.get().closed_at is None


@pytest.mark.parametrize(("amount", "reason"), [("", ""), ("110.000.000", ""), ("130.000.000", " ")])
def test_a_difference_without_a_reason_is_not_closed(go, ministry, amount, reason):
    trip = over(ministry)
    go("chuyenvien").post(at(trip, "quyet-toan/"), spent(amount, reason))
    text = go("taichinh").post(at(trip, "quyet-toan/dong/"), follow=True).content.decode()
    assert "Ngân sách nhà nước" in text
    assert TripSettlement.objects.get().closed_at is None


def test_whoever_travelled_or_filed_does_not_close(ministry):
    trip = over(ministry)
    services.save_settlement(
        trip, actor=ministry.chuyenvien, rows=[{"source": "state_budget", "currency": m.currency("VND"),
                                               "spent": Decimal(120_000_000), "reason": ""}],
    )  # fmt: skip
    trip.members.update(person=ministry.taichinh)
    trip = OutboundDelegation.objects.get(pk=trip.pk)
    with pytest.raises(services.settlements.NotAllowed):
        services.close_settlement(trip, actor=ministry.taichinh)


def test_there_is_nothing_to_settle_before_the_trip_is_over(go, ministry):
    trip = f.trip(ministry)
    assert go("chuyenvien").get(at(trip, "quyet-toan/")).status_code == 404
    assert go("chuyenvien").post(at(trip, "quyet-toan/"), spent()).status_code == 403
    assert not TripSettlement.objects.exists()
