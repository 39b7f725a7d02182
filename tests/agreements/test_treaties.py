"""Conventions, national reports and the schemes to defend them."""

from __future__ import annotations

import datetime as dt

import pytest
import rules
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agreements.choices import TreatyReportState as T
from agreements.models import Convention, TreatyReport, TreatyScheme
from agreements.queries import treaties as queries
from agreements.services.treaties import (
    create_convention,
    create_treaty_report,
    save_consultations,
    save_papers,
    save_scheme,
    update_treaty_report,
)
from agreements.workflows.treaty_report import TREATY_REPORT
from intlcoop.operations.demo import treaties as demo
from intlcoop.operations.demo.treaties import paper
from intlcoop.workflow import engine
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Conflict, NotAllowed, Refused
from tests.agreements.typing import blank_rows

pytestmark = pytest.mark.django_db
ROOT = "/doi-tac/cong-uoc/"
PAST = dt.date(2026, 1, 5)


def cerd(ministry, name="Công ước CERD", **fields):
    return create_convention(actor=ministry.htqt, fields={"name_vi": name, "short_name": "CERD"} | fields)


def opened(ministry, convention=None, number=5, *, unit="HTQT", **fields):
    return create_treaty_report(
        convention or cerd(ministry),
        actor=ministry.htqt,
        title=f"Báo cáo quốc gia lần thứ {number}",
        unit=ministry.unit(unit),
        fields={"number": number, "from_year": 2013, "until_year": 2019} | fields,
    )


def fire(report, name, actor, comment=""):
    return engine.fire(report.case, name, actor=actor, comment=comment)


def refusal(report, name, actor):
    with pytest.raises(Refused) as refused:
        fire(report, name, actor)
    return " ".join(refused.value.reasons)


def test_the_way_of_a_report_asks_at_each_step_for_what_must_be_written_down(ministry):
    report, icd = opened(ministry), ministry.htqt
    today = timezone.localdate()
    assert "các cơ quan được lấy ý kiến" in refusal(report, "consult", icd)
    save_consultations(report, [{"body": "Bộ A"}, {"body": "Bộ B"}], actor=icd)
    assert "Bộ A, Bộ B" in refusal(report, "consult", icd)
    rows = [{"body": "Bộ A", "sent_on": PAST, "answered_on": today}, {"body": "Bộ B", "sent_on": PAST, "due_on": today}]
    save_consultations(report, rows, actor=icd)
    fire(report, "consult", icd)
    said = refusal(report, "submit", icd)
    assert "Bộ B" in said
    assert "Bộ A" not in said
    assert "Tờ trình" in said
    rows[1]["due_on"] = today - dt.timedelta(days=1)
    save_consultations(report, rows, actor=icd)
    save_papers(report, [paper("submission", "12/1/2026")], actor=icd)
    assert refusal(report, "submit", icd) == "Ghi số, ký hiệu của “Tờ trình”."
    chain = [paper("submission", "12/1/2026", number="15/TTr-BDP")]
    save_papers(report, chain, actor=icd)
    assert queries.waits(report.case).who == "Bộ B"
    fire(report, "submit", icd)
    assert queries.waits(report.case).who == "Thủ tướng Chính phủ"
    assert "Quyết định" in refusal(report, "approve", icd)
    save_papers(report, [*chain, paper("decision", "11/1/2026", number="3/QĐ-TTg")], actor=icd)
    assert "trước ngày tờ trình" in refusal(report, "approve", icd)
    save_papers(report, [*chain, paper("decision", "20/1/2026", number="3/QĐ-TTg")], actor=icd)
    fire(report, "approve", icd)
    assert "ngày gửi" in refusal(report, "send", icd)
    TreatyReport.objects.filter(pk=report.pk).update(sent_on=today + dt.timedelta(days=400), sent_precision="year")
    assert "chưa tới" in refusal(report, "send", icd)
    TreatyReport.objects.filter(pk=report.pk).update(sent_on=today, sent_precision="day")
    fire(report, "send", icd)
    TreatyReport.objects.filter(pk=report.pk).update(defended_on=PAST, defended_precision="day")
    assert "trước khi gửi" in refusal(report, "defend", icd)
    TreatyReport.objects.filter(pk=report.pk).update(defended_on=today + dt.timedelta(days=1), defended_precision="day")
    assert "chưa diễn ra" in refusal(report, "defend", icd)
    TreatyReport.objects.filter(pk=report.pk).update(defended_on=today)
    fire(report, "defend", icd)
    report.refresh_from_db()
    assert report.case.state == T.DEFENDED
    assert [step.state for step in queries.steps_of(report)] == ["done"] * 6
    with pytest.raises(NotAllowed):
        save_papers(report, [], actor=icd)


def test_every_state_but_the_last_two_leads_on(ministry):
    for state in T:
        leads = {row.name for row in TREATY_REPORT.from_state(state)}
        assert bool(leads) is (state not in (T.DEFENDED, T.CANCELLED))


def test_the_department_runs_a_report_and_its_lead_unit_writes_in_it(ministry):
    report = opened(ministry, unit="VTLT")
    can = {
        "edit": {"htqt", "vutruong", "luutru", "cuctruong"},
        "run": {"htqt", "vutruong"},
        "read": {"htqt", "vutruong", "luutru", "cuctruong", "botruong", "thutruong", "kiemtoan", "quantri"},
    }
    for name in (*can["read"], "chuyenvien", "truonghoc", "taichinh"):
        person = ministry.person(name)
        assert rules.has_perm("agreements.edit_treaty_report", person, report.case) is (name in can["edit"]), name
        assert rules.has_perm("agreements.run_treaty_report", person, report.case) is (name in can["run"]), name
        assert TreatyReport.objects.visible_to(person).exists() is (name in can["read"]), name
        assert rules.has_perm("workflow.view_case", person, report.case) is (name in can["read"]), name
    for name in ("luutru", "quantri", "botruong"):
        with pytest.raises(NotAllowed):
            create_treaty_report(
                report.convention,
                actor=ministry.person(name),
                title="x",
                unit=ministry.unit("VTLT"),
                fields={"number": 6},
            )


def test_a_number_is_given_once_and_a_refused_report_costs_no_file_number(ministry):
    convention = cerd(ministry)
    opened(ministry, convention)
    with pytest.raises(Refused):
        opened(ministry, convention)
    with pytest.raises(Refused):
        opened(ministry, convention, 6, from_year=2020, until_year=2019)
    assert Case.objects.filter(kind="treaty_report").count() == 1
    assert opened(ministry, convention, 6).case.number.endswith("-0002")


def test_history_may_lack_dates_and_numbers_but_never_lies_in_the_future(ministry):
    report, icd = opened(ministry, source_text="Bài viết ngày 10/05/2021"), ministry.htqt
    save_consultations(report, [{"body": "Các bộ, ngành liên quan"}], actor=icd)
    fire(report, "consult", icd)
    save_papers(report, [paper("submission", source_text="Bài viết")], actor=icd)
    fire(report, "submit", icd)
    with pytest.raises(Refused):
        save_papers(report, [paper("decision", "2099", source_text="Bài viết")], actor=icd)
    assert queries.waits(report.case) is None
    assert {(step.person, step.on) for step in queries.steps_of(report)} == {("", None)}
    badge = queries.consultation_badge(report.consultations.get(), timezone.localdate(), is_history=True)
    assert "nguồn" in badge.label


def test_the_scheme_is_a_record_of_its_own_with_its_own_decision(ministry):
    """X-05: the decision on the scheme says nothing about the report."""
    report, icd = opened(ministry), ministry.htqt
    rows = [paper("submission", "2022"), paper("decision", "2022", issuer="Thủ tướng Chính phủ")]
    scheme = save_scheme(report, actor=icd, fields={"title": "Đề án bảo vệ Báo cáo CERD 5"}, rows=rows)
    assert str(queries.scheme_badge(scheme).label) == "Đề án đã được phê duyệt"
    assert report.case.state == T.DRAFTING
    assert not report.chain.exists()
    with pytest.raises(Refused):
        save_scheme(report, actor=icd, fields={"title": "Đề án"}, rows=[paper("decision", "2099")])
    save_scheme(report, actor=icd, fields={"title": "Đề án"}, rows=rows[:1])
    scheme = TreatyScheme.objects.get()
    assert str(queries.scheme_badge(scheme).label) == "Đề án đã trình"
    assert scheme.title == "Đề án"


def test_an_old_page_and_a_future_answer_are_refused(ministry):
    report, icd = opened(ministry), ministry.htqt
    version = report.case.version
    save_consultations(report, [{"body": "Bộ A"}], actor=icd, expected_version=version)
    with pytest.raises(Conflict):
        save_consultations(report, [], actor=icd, expected_version=version)
    ahead = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(Refused):
        save_consultations(report, [{"body": "Bộ A", "answered_on": ahead}], actor=icd)
    assert report.consultations.get().answered_on is None
    with pytest.raises(Conflict):
        update_treaty_report(
            report, actor=icd, title="x", unit=ministry.unit("HTQT"), fields={}, expected_version=version
        )


def test_the_morning_reminds_long_before_on_the_day_and_of_silent_bodies_once_each(ministry):
    day = dt.date(2026, 9, 1)
    report = opened(ministry, unit="VTLT", due_on=dt.date(2026, 12, 15))
    save_consultations(report, [{"body": "Bộ A", "sent_on": PAST, "due_on": dt.date(2026, 8, 20)}], actor=ministry.htqt)

    def told(on):
        return {(line.person.username, line.section, line.key.rpartition("-")[2]) for line in queries.reminders(on)}

    people = {line.person.username for line in queries.reminders(day)}
    assert {"cuctruong", "htqt"} <= people
    assert "luutru" not in people
    assert ("htqt", "soon", "ahead") in told(day)
    assert ("htqt", "overdue", "20") in told(day)
    assert not any(key == "ahead" for _who, _section, key in told(dt.date(2026, 6, 1)))
    assert ("htqt", "today", "today") in told(dt.date(2026, 12, 15))
    assert ("htqt", "overdue", "overdue") in told(dt.date(2026, 12, 17))
    texts = [line.text() for line in queries.reminders(day)]
    assert any("báo cáo quốc gia lần thứ 5 về CERD đến hạn gửi ngày 15/12/2026" in text for text in texts)
    assert any("Bộ A chưa trả lời" in text for text in texts)
    fire(report, "cancel", ministry.htqt, "Không phải xây dựng nữa")
    assert not list(queries.reminders(day))


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(client, ministry):
    client.force_login(ministry.htqt)
    return client


def test_from_convention_to_report_by_clicking(page, ministry):
    typed = {"name_vi": "Công ước CERD", "short_name": "CERD", "adopted": "1965", "cycle_years": "4", "is_active": "on"}
    typed |= {"unit": ministry.unit("HTQT").pk, **blank_rows("van-ban")}
    where = page.post(f"{ROOT}them/", typed).url
    convention = Convention.objects.get()
    assert "năm 1965" in page.get(where).content.decode()
    form = page.get(f"{where}them-bao-cao/").context["form"]
    assert form.initial["title"] == "Báo cáo quốc gia lần thứ 1 về thực hiện Công ước CERD"
    typed = {"title": form.initial["title"], "number": "5", "from_year": "2013", "until_year": "2019"}
    typed |= {"unit": ministry.unit("HTQT").pk, "due_on": "15/12/2030"}
    report_url = page.post(f"{where}them-bao-cao/", typed).url
    assert queries.next_report(convention)["from_year"] == 2020
    assert queries.next_report(convention)["until_year"] == 2023
    rows = {"y-kien-0-body": "Bộ A", "y-kien-0-sent_on": "5/1/2026", "y-kien-0-due_on": "20/1/2026"}
    assert page.post(f"{report_url}y-kien/", rows | blank_rows("y-kien", 1)).status_code == 302
    chain = {"van-ban-0-kind": "submission", "van-ban-0-number": "15/TTr-BDP", "van-ban-0-issued": "12/1/2026"}
    text = SimpleUploadedFile("to-trinh.png", png(), content_type="image/png")
    sent = chain | blank_rows("van-ban", 1) | {"upload": text, "upload_kind": "submission", "no_secret_declared": "on"}
    assert page.post(f"{report_url}van-ban/", sent).status_code == 302
    for act in ("consult", "submit"):
        page.post(reverse("workflow:fire", args=[report_url.split("/")[-2], act]))
    report = TreatyReport.objects.get()
    assert report.case.state == T.SUBMITTED
    scheme = {"title": "Đề án bảo vệ", "van-ban-0-kind": "decision", "van-ban-0-issued": "2026"}
    assert page.post(f"{report_url}de-an/sua/", scheme | blank_rows("van-ban", 1)).status_code == 302
    shown = page.get(report_url).content.decode()
    for said in (
        "Quá hạn, chưa trả lời",
        "15/TTr-BDP",
        "to-trinh.png",
        "Đề án đã được phê duyệt",
        "Đã trình Thủ tướng",
    ):
        assert said in shown
    assert "Quyết định" in page.get(f"{report_url}de-an/").content.decode()
    assert page.get(reverse("workflow:history", args=[report.case.number])).status_code == 200


def png():
    import struct
    import zlib

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def test_bad_input_is_said_and_changes_nothing(page, ministry):
    report = opened(ministry)
    url, version = report.get_absolute_url(), report.case.version
    good = {
        "title": "Báo cáo",
        "number": "5",
        "from_year": "2013",
        "until_year": "2019",
        "unit": ministry.unit("HTQT").pk,
    }
    for wrong in (
        {"title": ""}, {"title": "TUYỆT MẬT"}, {"number": "0"}, {"number": "x"}, {"from_year": "13"}, {"until_year": "2001"},
        {"due_on": "32/1/2026"}, {"sent": "hôm qua"}, {"unit": "999999"},
    ):  # fmt: skip
        answer = page.post(f"{url}sua/", good | wrong)
        assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True), wrong
    for name, rows in (
        ("y-kien", {"y-kien-0-sent_on": "5/1/2026"}),
        ("y-kien", {"y-kien-0-body": "A", "y-kien-0-sent_on": "5/1/2026", "y-kien-0-due_on": "4/1/2026"}),
        ("y-kien", {"y-kien-0-body": "A", "y-kien-0-answer": "Nhất trí"}),
        ("van-ban", {"van-ban-0-number": "15"}),
        ("van-ban", {"van-ban-0-kind": "decision", "van-ban-0-issued": "2099"}),
        ("van-ban", {"van-ban-0-kind": "decision", "van-ban-0-title": "TUYỆT MẬT"}),
    ):
        answer = page.post(f"{url}{name}/", rows | blank_rows(name, 1))
        assert answer.status_code == 200, rows
        assert 'role="alert"' in answer.content.decode(), rows
    for name in ("sua", "y-kien", "van-ban", "de-an/sua"):
        assert page.post(f"{url}{name}/", {}).status_code == 200
    stale = page.post(f"{url}y-kien/", {"y-kien-0-body": "A", "version": "999", **blank_rows("y-kien", 1)})
    assert stale.status_code == 409
    report.case.refresh_from_db()
    assert (report.case.version, report.consultations.count(), report.chain.count()) == (version, 0, 0)
    assert not TreatyScheme.objects.exists()
    assert page.get(f"{url}de-an/").status_code == 404


def test_pages_offer_only_what_the_reader_may_do(client, ministry):
    report = opened(ministry, unit="VTLT")
    url, convention = report.get_absolute_url(), report.convention.get_absolute_url()
    doors = [f"{url}sua/", f"{url}y-kien/", f"{url}van-ban/", f"{url}de-an/sua/"]
    for person, read, write, keep in (
        (ministry.htqt, 200, 200, 200),
        (ministry.luutru, 200, 200, 403),
        (ministry.botruong, 200, 403, 403),
        (ministry.chuyenvien, 404, 404, 403),
    ):
        client.force_login(person)
        assert client.get(url).status_code == read
        assert {client.get(door).status_code for door in doors} == {write}
        assert {client.post(door, {}).status_code for door in doors} == {write}
        assert client.get(f"{convention}sua/").status_code == keep
        assert client.get(f"{convention}them-bao-cao/").status_code == (200 if keep == 200 else 403)
        assert (report.case.number in client.get(convention).content.decode()) is (read == 200)
    assert Case.objects.get(pk=report.case_id).state == T.DRAFTING


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_pages_cost_the_same_for_one_and_many(page, ministry, count):
    convention = cerd(ministry)
    for number in range(1, count + 1):
        report = opened(ministry, convention, number, due_on=dt.date(2030, 1, 1))
        cerd(ministry, f"Công ước {number}")
        rows = [{"body": f"Bộ {each}"} for each in range(number)]
        save_consultations(report, rows, actor=ministry.htqt)
        chain = [paper("submission", "2020")] * number
        save_papers(report, chain, actor=ministry.htqt)
        save_scheme(report, actor=ministry.htqt, fields={"title": "Đề án"}, rows=chain)
    page.get(ROOT)
    counted = []
    for url in (
        ROOT, f"{ROOT}bao-cao/", convention.get_absolute_url(), report.get_absolute_url(),
        f"{report.get_absolute_url()}de-an/", "/doi-tac/co-che/so-lieu/",
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            assert page.get(url).status_code == 200
        counted.append(len(asked))
    assert counted == [7, 8, 10, 20, 8, 7]


def test_reports_are_found_filtered_and_exported(page, ministry):
    report = opened(ministry)
    opened(ministry, cerd(ministry, "Công ước khác", short_name="KHAC"), 1)

    def found(**query):
        return [row.number for row in page.get(f"{ROOT}bao-cao/", query).context["page_obj"]]

    assert sorted(found()) == [1, 5]
    assert found(q=report.case.number.lower()) == [5]
    assert found(q="cerd") == [5]
    assert found(q="bao cao lan thu 5") == [5]
    assert found(cong_uoc=report.convention_id, trang_thai="drafting") == [5]
    assert sorted(found(cong_uoc="x", trang_thai="y")) == [1, 5]
    assert "CERD" in page.get(f"{ROOT}bao-cao/", {"xuat": "csv"}).content.decode("utf-8-sig")
    assert page.get(ROOT, {"xuat": "xlsx"}).status_code == 200
    for query in ({}, {"nam": "2021"}, {"nam": "x"}, {"nam": "9999"}, {"xuat": "csv"}, {"xuat": "xlsx"}):
        assert page.get("/doi-tac/co-che/so-lieu/", query).status_code == 200


def test_the_demo_says_of_the_articles_what_they_say(ministry):
    demo.build({"htqt": ministry.htqt})
    report = TreatyReport.objects.get(number=5)
    assert (report.case.state, report.from_year, report.until_year) == (T.SUBMITTED, 2013, 2019)
    assert report.case.number == "BCQG-2021-0001"
    assert {link.label: len(link.papers) for link in queries.chain_of(report.scheme.chain.all())}["Quyết định"] == 1
    assert [str(queries.consultation_badge(row, timezone.localdate()).label) for row in
            TreatyReport.objects.get(number=2).consultations.all()] == [
        "Đã trả lời", "Đang chờ trả lời", "Quá hạn, chưa trả lời",
    ]  # fmt: skip
