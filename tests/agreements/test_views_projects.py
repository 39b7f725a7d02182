"""The pages of projects: opening, writing, acts with their papers, reports, duties, lists; rights and bad input."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.aid import ProjectState
from agreements.models import ForeignFundedProject
from agreements.queries.naming import written
from intlcoop.catalogues.models import Currency
from intlcoop.documents.registry import file_url
from tests.agreements.aided import approved, begun, fresh, money, project, taken_in
from tests.agreements.factories import PartnerFactory
from tests.intlcoop.documents import samples

pytestmark = pytest.mark.django_db
ROOT = "/doi-tac/du-an/"
S = ProjectState


def page(made, name="project", *more):
    return reverse(f"agreements:{name}", args=[made.case.number, *more])


def test_a_name_opens_the_file(go, ministry):
    client = go("chuyenvien")
    assert client.get(f"{ROOT}moi/").status_code == 200
    answer = client.post(f"{ROOT}moi/", {"title": "Dự án thử", "kind": "project", "nature": "ngo"})
    made = ForeignFundedProject.objects.get()
    assert answer.url == page(made, "project_edit")
    assert made.case.number.startswith("DA-")
    assert client.post(f"{ROOT}moi/", {"title": "", "kind": "x"}).status_code == 200
    assert "Dự án thử" in client.get(ROOT, {"q": f"da {made.case.number[3:7]}"}).content.decode()
    assert go("kiemtoan").get(f"{ROOT}moi/").status_code == 403


def form_data(made, partner, **more):
    usd = Currency.objects.get(code="USD").pk
    return {
        "title": made.case.title, "kind": made.kind, "nature": made.nature, "topic": made.topic, "goals": "Mục tiêu.",
        "starts_on": "01/01/2027", "ends_on": "31/12/2028", "localities": "Lào Cai; lào cai ; Gia Lai",
        "version": made.case.version,
        "donors-TOTAL_FORMS": "1", "donors-INITIAL_FORMS": "0", "donors-0-partner": written(partner),
        "amounts-TOTAL_FORMS": "2", "amounts-INITIAL_FORMS": "0",
        "amounts-0-source": "grant", "amounts-0-amount": "1.250.000,5", "amounts-0-currency": usd,
        "amounts-1-source": "counterpart", "amounts-1-amount": "20", "amounts-1-currency": usd,
        **more,
    }  # fmt: skip


def test_a_donor_is_proposed_in_the_middle_of_the_form_and_stands_there_afterwards(go, ministry):
    client, donor = go("chuyenvien"), PartnerFactory(actor=ministry.htqt)
    made = project(ministry, files=(), amounts=[], localities=())
    url = page(made, "project_edit")
    token = re.search(r'name="_nguoi_dung" value="([^"]+)"', client.get(url).content.decode())[1]
    typed = form_data(made, donor, goals="Câu dở dang.", propose="1", _nguoi_dung=token)
    typed["donors-0-partner"] = ""
    assert client.post(url, typed).url == f"/doi-tac/them/?ve={url}"
    shown = client.get(f"{url}?doi_tac={donor.pk}")
    assert shown.context["form"]["goals"].value() == "Câu dở dang."
    assert [row["partner"].value() for row in shown.context["rows"].donors.forms] == [written(donor)]


def test_the_form_keeps_donors_money_and_places_and_refuses_what_makes_no_sense(go, ministry):
    client, partner = go("chuyenvien"), PartnerFactory(actor=ministry.htqt)
    made = project(ministry, files=(), amounts=[], localities=())
    url = page(made, "project_edit")
    answer = client.post(url, form_data(made, partner))
    assert answer.status_code == 302, answer.context["form"].errors
    made = fresh(made)
    assert made.donors.get().partner == partner
    assert [str(each.amount) for each in made.amounts.all()] == ["1250000.50", "20.00"]
    assert {place.name for place in made.localities.all()} == {"Lào Cai", "Gia Lai"}
    for wrong, said in (
        ({"ends_on": "01/01/2026"}, "không thể kết thúc trước khi bắt đầu"),
        ({"donors-0-partner": "Không có thật"}, "Chưa có “Không có thật” trong danh bạ đối tác"),
        ({"amounts-1-source": "grant"}, "hai lần"),
        ({"amounts-0-amount": "-5"}, "amounts-0-amount"),
        ({"amounts-0-currency": "999999"}, "amounts-0-currency"),
        ({"localities": "x" * 130}, "quá dài"),
        ({"topic": "nonsense"}, "id_topic"),
    ):
        answer = client.post(url, form_data(made, partner, **wrong))
        assert (answer.status_code, said in answer.content.decode()) == (200, True), wrong
    assert fresh(made).ends_on.year == 2028
    assert client.post(url, form_data(made, partner, version=1)).status_code == 409


def test_the_beginning_a_report_and_the_end_are_recorded_by_clicking(go, ministry):
    made, today = approved(ministry), f"{timezone.localdate():%d/%m/%Y}"
    client = go("chuyenvien")
    first = client.get(page(made)).context["actions"][0]
    assert (first.url, first.primary) == (page(made, "project_act", "bat-dau"), True)
    url, data = page(made, "project_act", "bat-dau"), {"version": made.case.version, "started_on": today}
    assert "Nhập số, ngày của quyết định phê duyệt" in client.post(url, data).content.decode()
    assert fresh(made).started_on is None  # nothing is half saved
    assert client.post(url, data | {"decision_number": "9/QĐ-BNV", "decided_on": today}).status_code == 302
    made = fresh(made)
    assert made.case.state == S.IMPLEMENTING
    report = made.reports.first()
    url = page(made, "project_report", report.pk)
    rows = {"chi-TOTAL_FORMS": "1", "chi-INITIAL_FORMS": "0", "chi-0-source": "grant", "chi-0-actual": "1.000",
            "chi-0-currency": money()["currency"].pk}  # fmt: skip
    said = client.post(url, rows | {"filed_on": today, "document": ""})
    assert said.status_code == 200
    assert client.post(url, rows | {"filed_on": today, "document": "3/BC"}).status_code == 302
    report.refresh_from_db()
    assert (report.document, str(report.disbursements.get().actual)) == ("3/BC", "1000.00")
    assert "3/BC" in client.get(page(made)).content.decode()
    client.post(page(made, "project_report_reopen", report.pk))
    report.refresh_from_db()
    assert report.filed_on is None
    url = page(made, "project_act", "ket-thuc")
    assert "Ghi kết quả của dự án" in client.post(url, {"closed_on": today}).content.decode()
    client.post(url, {"closed_on": today, "result": "Tốt."})
    assert fresh(made).case.state == S.CLOSED
    assert client.get(url).status_code == 302


def test_a_duty_is_ticked_off_with_its_document(go, ministry):
    made, client = approved(ministry), go("htqt")
    duty = made.case.duties.get(code="notify-donor")
    url, today = page(made, "project_duty", duty.pk), f"{timezone.localdate():%d/%m/%Y}"
    assert url in client.get(page(made)).content.decode()
    assert "Ghi số và ngày của văn bản" in client.post(url, {"done_on": today}).content.decode()
    client.post(url, {"done_on": today, "document": "45/BNV-HTQT"})
    duty.refresh_from_db()
    assert duty.document == "45/BNV-HTQT"
    client.post(page(made, "project_duty_reopen", duty.pk))
    duty.refresh_from_db()
    assert duty.is_open
    other = project(ministry, "Dự án khác")
    assert client.get(page(other, "project_duty", duty.pk)).status_code == 404


def test_strangers_see_nothing_before_the_approval_and_change_nothing_after(go, ministry):
    made = project(ministry)
    client = go("truonghoc")
    for name, more in (("project", ()), ("project_edit", ()), ("project_act", ("bat-dau",))):
        assert client.get(page(made, name, *more)).status_code == 404
    made = begun(ministry, "Dự án khác")
    assert client.get(page(made)).status_code == 200
    report, duty = made.reports.first(), made.case.duties.first()
    for name, more in (
        ("project_edit", ()), ("project_act", ("ket-thuc",)), ("project_act", ("thu-hoi",)),
        ("project_report", (report.pk,)), ("project_duty", (duty.pk,)),
        ("project_report_reopen", (report.pk,)), ("project_duty_reopen", (duty.pk,)),
    ):  # fmt: skip
        assert client.post(page(made, name, *more)).status_code == 403, name
    assert client.get(page(made, "project_act", "nonsense")).status_code == 404


def test_donors_and_programmes_show_what_they_fund_and_lists_are_narrowed(go, ministry):
    partner = PartnerFactory(actor=ministry.htqt, name_vi="Cơ quan phát triển A", country=None)
    made = taken_in(ministry, "Dự án A", partner=partner, localities=("Gia Lai",))
    hidden = project(ministry, "Dự án đang vận động", partner=partner)
    taken_in(ministry, "Dự án B", amounts=[money(5, "EUR")])
    client = go("truonghoc")
    said = client.get(partner.get_absolute_url()).content.decode()
    assert made.case.title in said
    assert hidden.case.title not in said
    for wanted, count in (
        ({"tai_tro": partner.pk}, 1), ({"dia_ban": made.localities.get().pk}, 1), ({"q": "gia lai"}, 1), ({"luu_y": "dang"}, 0),
        ({"giai_doan": "approved"}, 2), ({"tien": money(1, "EUR")["currency"].pk}, 1), ({"tai_tro": "nonsense"}, 2),
    ):  # fmt: skip
        assert client.get(ROOT, wanted).context["paginator"].count == count, wanted
    listed = client.get(ROOT).context
    assert listed["aid"] == "5,00 EUR; 100.000,00 USD"
    assert client.get(ROOT, {"xuat": "xlsx"}).status_code == 200
    said = client.get(f"{ROOT}tien-trinh/").content.decode()
    assert made.case.title in said
    assert hidden.case.title not in said


def test_pages_cost_the_same_for_one_and_three(go, ministry):
    client = go("htqt")
    made = taken_in(ministry, "Dự án số 0", started_on=timezone.localdate())
    urls = (ROOT, f"{ROOT}tien-trinh/", made.donors.get().partner.get_absolute_url())
    client.get(ROOT)

    def costs():
        found = []
        for url in urls:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(url).status_code == 200
            found.append(len(seen))
        return found

    before = costs()
    partner = made.donors.get().partner
    for number in (1, 2):
        taken_in(ministry, f"Dự án số {number}", partner=partner, started_on=timezone.localdate(),
                 amounts=[money(), money(3, "EUR")], localities=("Huế", "Cà Mau"))  # fmt: skip
    assert costs() == before
    assert before[0] <= 16
    assert before[1] <= 14
    with CaptureQueriesContext(connection) as seen:
        client.get(page(made))
    assert len(seen) <= 45


def test_the_department_sees_what_is_being_mobilised_others_do_not(go, ministry):
    """U001-04: whoever brings donors and units together knows of a project before it is submitted."""
    made = project(ministry)
    assert made.case.first_submitted_at is None
    for username, may in (
        ("htqt", True),
        ("vutruong", True),
        ("truonghoc", False),
        ("thutruong", False),
        ("kiemtoan", False),
    ):
        client = go(username)
        assert client.get(page(made)).status_code == (200 if may else 404), username
        for address in (ROOT, f"{ROOT}tien-trinh/"):
            assert (made.case.title in client.get(address).content.decode()) == may, (username, address)
    assert go("htqt").get(page(made, "project_edit")).status_code == 403, "reading is not writing"


def pdf(name="ke-hoach.pdf"):
    return SimpleUploadedFile(name, samples.pdf(), content_type="application/pdf")


def test_documents_are_kept_while_the_project_runs_and_read_by_right(go, ministry):
    made = approved(ministry)
    url = page(made, "project_documents")
    client = go("chuyenvien")
    assert client.get(url).status_code == 200
    sent = {"kind": "other", "upload": pdf(), "no_secret_declared": "on"}
    assert client.post(url, sent).status_code == 302
    row = made.case.attachments.get(original_name="ke-hoach.pdf")
    text = client.get(page(made)).content.decode()
    assert "ke-hoach.pdf" in text
    assert url in text
    download = file_url("dinh-kem", row)
    assert go("htqt").get(download).status_code == 200
    draft = project(ministry, title="Dự án còn vận động")
    kept = draft.case.attachments.first()
    assert go("truonghoc").get(file_url("dinh-kem", kept)).status_code == 404, "what is mobilised is not read elsewhere"
    assert go("truonghoc").get(url).status_code == 403
    assert go("truonghoc").post(url, sent | {"upload": pdf()}).status_code == 403
    client = go("chuyenvien")
    assert client.post(url, {"kind": "other"}).status_code == 200, "no file"
    assert client.post(url, {"kind": "x", "upload": pdf()}).status_code == 200
    assert made.case.attachments.current().filter(kind="other").count() == 1


def test_what_was_added_by_mistake_is_taken_out_what_was_approved_stays(go, ministry):
    made = approved(ministry)
    url, client = page(made, "project_documents"), go("chuyenvien")
    client.post(url, {"kind": "other", "upload": pdf(), "no_secret_declared": "on"})
    new, old = made.case.attachments.get(original_name="ke-hoach.pdf"), made.case.attachments.get(kind="document")
    for row, stays in ((new, False), (old, True)):
        assert client.post(page(made, "project_document_remove", row.pk)).status_code == 302
        row.refresh_from_db()
        assert (row.withdrawn_at is None) == stays
    assert client.post(page(made, "project_document_remove", 10**12)).status_code == 404
    assert client.get(page(made, "project_document_remove", old.pk)).status_code == 405
