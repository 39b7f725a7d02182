"""The pages of commitments, by clicking."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.models import Commitment
from agreements.queries.naming import written
from tests.agreements.factories import PartnerFactory
from tests.agreements.promises import claimed, fresh, kept, promise
from tests.intlcoop.documents import samples

pytestmark = pytest.mark.django_db

CREATE = "/cam-ket/them/"


def tokens(person) -> dict[str, str]:
    return {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4())}


def typed(ministry, **more) -> dict[str, str]:
    return {
        "title": "Gửi tài liệu lưu trữ số hóa",
        "side": "ours",
        "unit": str(ministry.unit("CSDP").pk),
        "owner": str(ministry.chuyenvien.pk),
        "due_on": "10/05/2090",
        "source_text": "Kết luận của Bộ trưởng",
        **more,
    }


def test_written_down_by_clicking_and_what_was_typed_stays(client, ministry):
    person = ministry.chuyenvien
    client.force_login(person)
    partner = PartnerFactory(name_vi="Cục Lưu trữ Lào (thử)")
    page = client.get(CREATE, {"doi_tac": partner.pk})
    assert page.context["form"]["partner"].value() == written(partner)
    sent = typed(ministry, partner=str(partner.pk), source_text="")
    page = client.post(CREATE, sent | tokens(person))
    text = page.content.decode()
    assert page.status_code == 200
    assert "Nêu cam kết phát sinh từ đâu" in text
    assert "Gửi tài liệu lưu trữ số hóa" in text
    page = client.post(CREATE, typed(ministry, partner=str(partner.pk)) | tokens(person), follow=True)
    made = Commitment.objects.get()
    assert (made.partner, made.owner, made.due_on) == (partner, person, dt.date(2090, 5, 10))
    assert made.get_absolute_url() in page.redirect_chain[-1][0]
    assert "Cục Lưu trữ Lào (thử)" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("born_number", "BCDR-1999-0001", "Không có hồ sơ số"),
        ("due_on", "31/02/2090", "không phải là ngày"),
        ("verifier", "owner", "phải là người khác"),
        ("owner", "999999999", ""),
        ("unit", "x", ""),
        ("title", "a" * 301, ""),
        ("title", "TỐI MẬT", ""),
    ],
)
def test_bad_input_is_answered_beside_its_field(client, ministry, field, value, sentence):
    person = ministry.htqt
    client.force_login(person)
    value = str(ministry.chuyenvien.pk) if value == "owner" else value
    page = client.post(CREATE, typed(ministry, **{field: value}) | tokens(person))
    assert page.status_code == 200
    assert page.context["form"].errors[field]
    assert sentence in page.content.decode()
    assert not Commitment.objects.exists()


def test_a_number_of_a_file_that_one_may_not_read_does_not_exist(client, ministry):
    hidden = promise(ministry, "Việc chưa công bố", unit="HTQT", owner=ministry.htqt)
    person = ministry.chuyenvien
    client.force_login(person)
    page = client.post(CREATE, typed(ministry, born_number=hidden.case.number) | tokens(person))
    assert "Không có hồ sơ số" in page.content.decode()
    page = client.get(CREATE, {"tu": hidden.case.number})
    assert hidden.case.title not in page.content.decode()
    assert client.get(hidden.get_absolute_url()).status_code == 404


def test_reported_with_evidence_verified_by_a_second_person(client, ministry):
    made, owner, verifier = promise(ministry), ministry.chuyenvien, ministry.htqt
    client.force_login(owner)
    url = reverse("agreements:commitment_claim", args=[made.case.number])
    assert f'<a class="btn btn-primary" href="{url}"' in client.get(made.get_absolute_url()).content.decode()
    sent = {"result": "Đã gửi.", "done_on": "05/01/2026", "version": str(fresh(made).case.version)}
    assert "Đính kèm minh chứng" in client.post(url, sent | tokens(owner)).content.decode()
    file = samples.upload(samples.pdf(), "bien-ban.pdf")
    page = client.post(url, sent | tokens(owner) | {"evidence": file}, follow=True)
    text = page.content.decode()
    assert "chờ xác nhận" in text
    assert "bien-ban.pdf" in text
    assert "Xác nhận đã hoàn thành" not in text
    client.force_login(verifier)
    assert "Xác nhận đã hoàn thành" in client.get(made.get_absolute_url()).content.decode()
    fire = reverse("workflow:fire", args=[made.case.number, "verify"])
    page = client.post(fire, {"version": str(fresh(made).case.version)} | tokens(verifier), follow=True)
    assert "Đoàn Thị Hoa" in page.content.decode() or str(verifier) in page.content.decode()
    assert fresh(made).case.state == "kept"
    history = client.get(reverse("workflow:history", args=[made.case.number])).content.decode()
    assert "Báo cáo hoàn thành" in history


def test_an_old_page_reports_nothing(client, ministry):
    made, owner = promise(ministry), ministry.chuyenvien
    client.force_login(owner)
    url = reverse("agreements:commitment_claim", args=[made.case.number])
    sent = {"result": "Đã gửi.", "done_on": "05/01/2026", "domestic_document": "Số 1", "version": "1"}
    assert client.post(url, sent | tokens(owner)).status_code == 409
    assert fresh(made).case.state == "open"


def test_a_later_day_asks_for_a_reason_beside_the_field(client, ministry):
    made, person = promise(ministry), ministry.chuyenvien
    client.force_login(person)
    url = reverse("agreements:commitment_edit", args=[made.case.number])
    sent = typed(ministry, due_on="10/05/2095", version=str(fresh(made).case.version))
    assert client.post(url, sent | tokens(person)).context["form"].errors["due_reason"]
    page = client.post(url, sent | tokens(person) | {"due_reason": "Đối tác lùi lịch"}, follow=True)
    assert "Đối tác lùi lịch" in page.content.decode()
    assert fresh(made).due_on == dt.date(2095, 5, 10)
    claimed(ministry, made)
    assert client.get(url).status_code == 403


def test_who_only_reads_writes_nothing(client, ministry):
    made = promise(ministry)
    client.force_login(ministry.kiemtoan)
    assert client.get(made.get_absolute_url()).status_code == 200
    for url in (CREATE, f"{made.get_absolute_url()}sua/", f"{made.get_absolute_url()}hoan-thanh/"):
        assert client.get(url).status_code == 403, url


def rows_in(client, **asked) -> set[str]:
    page = client.get("/cam-ket/", asked)
    assert page.status_code == 200
    return {row.case.title for row in page.context["object_list"]}


def test_filters_search_and_export(client, ministry):
    partner = PartnerFactory(name_vi="Viện Lưu trữ Pháp (thử)")
    promise(ministry, "Xa", partner=partner)
    promise(ministry, "Muộn", due_on=dt.date(2025, 1, 7), verifier=ministry.htqt)
    kept(ministry, promise(ministry, "Xong chậm", due_on=dt.date(2025, 1, 7)), on=dt.date(2025, 2, 3))
    claimed(ministry, promise(ministry, "Chờ", due_on=dt.date(2025, 1, 7), side="partners", unit="HTQT"))
    client.force_login(ministry.htqt)
    assert rows_in(client) == {"Xa", "Muộn", "Xong chậm", "Chờ"}
    assert rows_in(client, ket_qua="overdue") == {"Muộn"}
    assert rows_in(client, ket_qua="late") == {"Xong chậm"}
    assert rows_in(client, ket_qua="unverified") == {"Chờ"}
    assert rows_in(client, ket_qua="con_mo") == {"Xa", "Muộn", "Chờ"}
    assert rows_in(client, ben="partners") == {"Chờ"}
    assert rows_in(client, cua_toi="xac_nhan") == {"Muộn"}
    assert rows_in(client, doi_tac=partner.pk) == rows_in(client, q="luu tru phap") == {"Xa"}
    assert rows_in(client, don_vi=ministry.unit("HTQT").pk) == {"Chờ"}
    assert rows_in(client, nam="2025") == {"Muộn", "Xong chậm", "Chờ"}
    assert rows_in(client, q="van ban khong co") == set()
    assert rows_in(client, thoa_thuan="nonsense") == set()
    assert len(rows_in(client, ket_qua="nonsense", don_vi="x", nam="x", doi_tac="99999999999999999999")) == 4
    export = client.get("/cam-ket/", {"xuat": "csv", "ket_qua": "late"}).content.decode()
    assert "Xong chậm" in export
    assert "Hoàn thành chậm" in export
    assert "Muộn" not in export
    assert client.get("/cam-ket/", {"xuat": "xlsx"}).content.startswith(b"PK")


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_what_is_to_be_done_stands_first_the_most_urgent_on_top(client, ministry):
    day = dt.date(2090, 1, 1)
    kept(ministry, promise(ministry, "Xong", due_on=dt.date(2026, 2, 1)))
    promise(ministry, "Chưa định hạn", due_on=None)
    promise(ministry, "Còn lâu", due_on=day)
    promise(ministry, "Gấp", due_on=dt.date(2026, 1, 1))
    client.force_login(ministry.htqt)
    rows = client.get("/cam-ket/").context["object_list"]
    assert [row.case.title for row in rows] == ["Gấp", "Còn lâu", "Chưa định hạn", "Xong"]
    rows = client.get("/cam-ket/", {"sap_xep": "-han"}).context["object_list"]
    assert [row.case.title for row in rows] == ["Còn lâu", "Xong", "Gấp", "Chưa định hạn"]


def test_a_list_costs_the_same_for_one_row_and_for_three(client, ministry):
    promise(ministry, partner=PartnerFactory())
    client.force_login(ministry.htqt)
    queries_of(client, "/cam-ket/")
    one = queries_of(client, "/cam-ket/")
    for _again in range(2):
        promise(ministry, partner=PartnerFactory(), owner=ministry.vutruong)
    assert queries_of(client, "/cam-ket/") == one == LIST_COST


LIST_COST = 9


def test_the_page_of_a_partner_shows_what_was_promised_and_where_to_write_it_down(client, ministry):
    partner = PartnerFactory()
    promise(ministry, "Cam kết với đối tác này", partner=partner)
    promise(ministry, "Cam kết kín", partner=partner, unit="HTQT", owner=ministry.htqt)
    client.force_login(ministry.chuyenvien)
    text = client.get(partner.get_absolute_url()).content.decode()
    assert "Cam kết với đối tác này" in text
    assert "Cam kết kín" not in text
    assert f"/cam-ket/them/?doi_tac={partner.pk}" in text
    client.force_login(ministry.kiemtoan)
    assert "/cam-ket/them/" not in client.get(partner.get_absolute_url()).content.decode()
