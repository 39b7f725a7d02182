"""The pages of annual plans: who may do what there, what a form says back, and what a page costs."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from delegations.choices import ChangeAction, LineState, PlanLevel, PlanState, RevisionState, SettlementReason
from delegations.models import AnnualPlan, PlanLine, PlanRevision, PlanYear, RevisionChange, UnitProposal
from intlcoop.catalogues.models import Country, Currency
from intlcoop.notifications.models import Notice
from intlcoop.workflow import engine
from intlcoop.workflow.models import CasePaper
from tests.delegations import factories as f
from tests.delegations.plans import approve, complete, fresh, next_year, plan_of, proposed, taken_in, walk

pytestmark = pytest.mark.django_db


def typed(**fields):
    """What the form of a line sends."""
    said = {
        "title": "Học tập kinh nghiệm phân cấp",
        "level": PlanLevel.MINISTRY,
        "kind": "outbound",
        "head_rank": "director",
        "country_1": Country.objects.get(iso2="JP").pk,
        "country_2": Country.objects.get(iso2="KR").pk,
        "when": "q2",
        "purpose": "study",
        "purpose_text": "Phân cấp, phân quyền.",
        "persons": "6",
        "days": "5",
        "amount": "1.250.000.000",
        "currency": Currency.objects.get(code="VND").pk,
        "funding_source": "state_budget",
        "basis": "Thỏa thuận hợp tác",
    } | fields
    return {name: value for name, value in said.items() if value is not None}


def test_the_icd_opens_a_year_by_form_and_nobody_else(go, ministry):
    address = reverse("delegations:plan_year_new")
    assert go("chuyenvien").get(address).status_code == 403
    client = go("htqt")
    assert client.get(address).status_code == 200
    sent = {"year": str(next_year()), "orientation_title": "Định hướng", "proposals_due_on": "20/12/2026"}
    assert client.post(address, sent).url == reverse("delegations:plan_year", args=[next_year()])
    assert PlanYear.objects.get().proposals_due_on == dt.date(2026, 12, 20)
    again = client.post(address, sent)
    assert again.status_code == 200
    assert "đã được mở" in again.content.decode()
    assert "chưa hiểu" not in client.post(address, sent | {"year": "hai nghìn"}).content.decode()


def test_a_unit_proposes_by_form_its_head_sends_in_one_click(go, ministry, opened):
    address = reverse("delegations:plan_propose", args=[opened.year])
    client = go("chuyenvien")
    assert client.post(address, typed()).url == reverse("delegations:plan_proposals", args=[opened.year])
    line = PlanLine.objects.get()
    assert (line.state, line.quarter, line.month, line.persons, int(line.amount)) == (
        "draft",
        2,
        None,
        6,
        1_250_000_000,
    )
    assert {each.iso2 for each in line.countries.all()} == {"JP", "KR"}
    page = client.get(reverse("delegations:plan_proposals", args=[opened.year])).content.decode()
    assert line.title in page
    assert "Trần Quốc Bảo" in page, "who sends the list is named"
    assert client.post(reverse("delegations:plan_send", args=[opened.year])).status_code == 403
    go("lanhdaodonvi").post(reverse("delegations:plan_send", args=[opened.year]))
    line.refresh_from_db()
    assert line.state == LineState.PROPOSED


def test_a_new_line_counts_in_dong_until_another_currency_is_chosen(go, ministry, opened):
    form = go("chuyenvien").get(reverse("delegations:plan_propose", args=[opened.year])).context["form"]
    assert form["currency"].value() == Currency.objects.get(code="VND").pk


def test_the_head_hears_once_a_day_that_lines_wait_and_the_page_says_how_many(go, ministry, opened):
    for _n in range(2):
        go("chuyenvien").post(reverse("delegations:plan_propose", args=[opened.year]), typed())
    told = Notice.objects.filter(recipient=ministry.lanhdaodonvi)
    assert [notice.url for notice in told] == [reverse("delegations:plan_proposals", args=[opened.year])]
    assert not Notice.objects.filter(recipient=ministry.chuyenvien).exists()
    head = go("lanhdaodonvi")
    page = head.get(reverse("delegations:plan_proposals", args=[opened.year])).content.decode()
    assert "Còn 2 dòng chưa gửi" in page
    sent = head.post(reverse("delegations:plan_send", args=[opened.year]), follow=True).content.decode()
    assert "dòng chưa gửi" not in sent


def test_the_page_of_an_approved_line_shows_what_its_trips_leave(go, ministry, plan):
    line = taken_in(plan, ministry, title="Học tập kinh nghiệm", countries=["TH"], persons=3, days=9)
    address = reverse("delegations:plan_line", args=[line.pk])
    client = go("chuyenvien")
    assert "Còn lại theo kế hoạch" not in client.get(address).content.decode(), "nothing can be filed from it yet"
    approve(plan, ministry)
    trip = f.trip(ministry, plan_line=PlanLine.objects.get(pk=line.pk), warning_reason="Theo lịch của phía bạn.")
    f.submit(trip, ministry)
    page = " ".join(strip_tags(client.get(address).content.decode()).split())
    assert "Số người: còn 2 (kế hoạch 3, đã dùng 1)" in page
    assert "VND" in page
    assert "Đồng Việt Nam" not in page
    assert "Đang xử lý" in page, "in which state its trip is"


def test_nothing_planned_by_one_button(go, ministry, opened):
    client = go("lanhdaodonvi")
    assert "Không phát sinh" in client.get(reverse("delegations:plan_proposals", args=[opened.year])).content.decode()
    client.post(reverse("delegations:plan_nothing", args=[opened.year]))
    assert UnitProposal.objects.get().nothing_planned


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", ""),
        ("amount", "-5", "âm"),
        ("amount", "nhiều", "không phải là số tiền"),
        ("currency", "", "loại tiền"),
        ("persons", "0", "từ 1 đến 999"),
        ("persons", "99999999999999999999", ""),
        ("days", "năm", ""),
        ("when", "m13", ""),
        ("country_1", "999999", ""),
    ],
)
def test_a_wrong_field_is_said_beside_it_and_nothing_is_kept(go, ministry, opened, field, value, said):
    address = reverse("delegations:plan_propose", args=[opened.year])
    answer = go("chuyenvien").post(address, typed(**{field: value}))
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()
    assert said in answer.content.decode()
    assert "Học tập kinh nghiệm phân cấp" in answer.content.decode() or field == "title"
    assert not PlanLine.objects.exists()


def test_a_stranger_to_the_unit_sees_no_draft_of_it(go, ministry, plan):
    from delegations.services import plan_lines

    line = plan_lines.propose_line(plan, ministry.unit("CSDP"), complete(), actor=ministry.chuyenvien)
    address = reverse("delegations:plan_line", args=[line.pk])
    assert go("chuyenvien").get(address).status_code == 200
    for name in ("truonghoc", "htqt", "kiemtoan", "botruong"):
        assert go(name).get(address).status_code == 404, name
    PlanLine.objects.update(state=LineState.PROPOSED)
    assert go("htqt").get(address).status_code == 200
    assert go("truonghoc").get(address).status_code == 404


def test_the_desk_takes_in_and_merges_what_is_ticked(go, ministry, plan):
    lines = [proposed(plan, ministry, title=f"Đoàn {n}") for n in range(3)]
    address = reverse("delegations:plan_desk", args=[plan.case.number])
    assert go("lanhdaodonvi").get(address).status_code == 404
    client = go("htqt")
    page = client.get(address).content.decode()
    assert page.count('name="dong"') == 3
    assert "Trùng với dòng khác" in page
    client.post(address, {"viec": "tiep-nhan", "dong": [lines[0].pk, "x", 10**30]})
    client.post(address, {"viec": "gop", "dong": [lines[1].pk, lines[2].pk]})
    states = list(PlanLine.objects.order_by("pk").values_list("state", flat=True))
    assert states == [LineState.ACCEPTED, LineState.ACCEPTED, LineState.MERGED]
    answer = client.post(address, {"viec": "gop", "dong": [lines[0].pk]}, follow=True)
    assert "ít nhất hai dòng" in answer.content.decode()


def test_every_button_of_a_line_does_what_it_says(go, ministry, plan):
    line = proposed(plan, ministry)
    client = go("htqt")

    def act(name, **sent):
        client.post(reverse("delegations:plan_line_act", args=[line.pk, name]), sent)
        line.refresh_from_db()
        return line.state

    assert act("tiep-nhan") == LineState.ACCEPTED
    assert act("khong-tiep-nhan") == LineState.ACCEPTED, "no reason, nothing done"
    assert act("khong-tiep-nhan", comment="Trùng") == LineState.DECLINED
    assert act("tiep-nhan") == LineState.ACCEPTED
    assert act("chuyen-cap") == LineState.ACCEPTED
    line = PlanLine.objects.get()
    assert line.plan.level == PlanLevel.PM
    assert act("tra-lai", comment="Bổ sung") == LineState.DRAFT
    assert client.post(reverse("delegations:plan_line_act", args=[line.pk, "tiep-nhan"])).status_code == 404
    other = go("chuyenvien")
    assert other.post(reverse("delegations:plan_line_act", args=[line.pk, "nonsense"])).status_code == 404
    other.post(reverse("delegations:plan_line_act", args=[line.pk, "xoa"]))
    assert not PlanLine.objects.exists()


def test_the_plan_page_shows_lines_papers_and_what_is_missing(go, ministry, plan):
    taken_in(plan, ministry)
    page = go("htqt").get(plan.get_absolute_url()).content.decode()
    assert "Trình phê duyệt kế hoạch" in page
    assert "Học tập kinh nghiệm chính quyền địa phương" in page
    assert "300.000.000" in page
    assert "Hồ sơ đang ở:" not in page
    assert go("chuyenvien").get(plan.get_absolute_url()).status_code == 404
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    page = go("htqt").get(plan.get_absolute_url()).content.decode()
    assert "Hồ sơ đang ở:" in page


@pytest.mark.parametrize("name", ["ke-hoach", "to-trinh", "bang"])
@pytest.mark.parametrize("level", list(PlanLevel))
def test_papers_print_the_table_with_its_total(go, ministry, opened, level, name):
    plan = plan_of(opened, level)
    taken_in(plan, ministry)
    taken_in(plan, ministry, title="Đi Hàn Quốc", countries=["KR"], amount=None, currency=None)
    answer = go("htqt").get(reverse("delegations:plan_paper", args=[plan.case.number, name]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = "xl/sharedStrings.xml" if name == "bang" else "word/document.xml"
        text = archive.read(part).decode()
    assert "Tổng cộng: " in text
    assert "Nhật Bản" in text
    assert "Vụ Chính sách địa phương" in text


def test_the_draft_of_the_decision_is_made_from_the_plan(ministry, plan):
    taken_in(plan, ministry)
    engine.fire(fresh(plan.case), "submit", actor=ministry.htqt)
    walk(plan.case, ministry, until="clerk")
    paper = CasePaper.objects.get(case=plan.case)
    assert paper.subject == f"Về việc phê duyệt Kế hoạch hợp tác quốc tế năm {plan.year}"
    with zipfile.ZipFile(paper.draft.open()) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Phê duyệt Kế hoạch hợp tác quốc tế" in text
    assert "Tổng cộng: 01" in text


def test_consulting_by_form_opens_the_plan_to_all_units(go, ministry, plan):
    taken_in(plan, ministry)
    address = reverse("delegations:plan_consult", args=[plan.case.number])
    client = go("htqt")
    version = {"version": fresh(plan.case).version}
    assert client.post(address, {"due_on": "31/02/2027"} | version).status_code == 200
    due = (timezone.localdate() + dt.timedelta(days=7)).strftime("%d/%m/%Y")
    client.post(address, {"due_on": due} | version)
    assert fresh(plan.case).state == PlanState.CONSULTING
    assert go("truonghoc").get(plan.get_absolute_url()).status_code == 200


def test_a_revision_by_form_from_request_to_answer(go, ministry, plan):
    line = taken_in(plan, ministry)
    approve(plan, ministry)
    client = go("htqt")
    assert (
        client.post(reverse("delegations:plan_revise", args=[plan.case.number]), {"reason": "Rà soát"}).status_code
        == 302
    )
    revision = PlanRevision.objects.get()
    unit = go("chuyenvien")
    assert line.title in unit.get(reverse("delegations:revision_lines", args=[revision.case.number])).content.decode()
    address = reverse("delegations:revision_change", args=[revision.case.number, line.pk])
    sent = typed(title=line.title, when="m10", reason_code=SettlementReason.HOST, reason="Bạn đổi lịch", level=None)
    assert unit.post(address, sent).status_code == 302
    change = RevisionChange.objects.get()
    assert change.action == ChangeAction.CHANGE
    page = unit.get(revision.get_absolute_url()).content.decode()
    assert "<del>5</del>" in page
    assert "<ins>10</ins>" in page
    address = reverse("delegations:revision_answer", args=[revision.case.number])
    assert unit.post(address, {"viec": "tiep-nhan", "dong": change.pk}).status_code == 403
    client = go("htqt")
    client.post(address, {"viec": "tiep-nhan", "dong": change.pk})
    engine.fire(fresh(revision.case), "submit", actor=ministry.htqt)
    walk(revision.case, ministry)
    assert fresh(revision.case).state == RevisionState.APPROVED
    page = go("truonghoc").get(reverse("delegations:plan_versions", args=[plan.case.number])).content.decode()
    assert "Phiên bản 2" in page
    assert "<ins>10</ins>" in page


def test_plan_against_actual_counts_trips_and_reasons(go, ministry, plan):
    from delegations.services.plan_settling import settle_line

    kept, dropped = taken_in(plan, ministry, title="Giữ"), taken_in(plan, ministry, title="Bỏ")
    approve(plan, ministry)
    settle_line(dropped, LineState.DROPPED, reason=SettlementReason.MONEY, actor=ministry.htqt)
    client = go("chuyenvien")
    page = client.get(reverse("delegations:plan_actual", args=[plan.year])).content.decode()
    assert "Chưa thực hiện" in page
    assert "Không có kinh phí" in page or "kinh phí" in page
    only = client.get(reverse("delegations:plan_actual", args=[plan.year]), {"ket_qua": "dropped"}).content.decode()
    assert dropped.title in only
    assert f"{kept.position}. {kept.title}" not in only
    assert client.get(reverse("delegations:plan_actual", args=[plan.year]), {"xuat": "xlsx"}).status_code == 200


def test_a_year_that_was_never_opened_is_not_found(go, ministry):
    client = go("htqt")
    for name in ("plan_year", "plan_load", "plan_clashes", "plan_actual", "plan_proposals"):
        assert client.get(reverse(f"delegations:{name}", args=[1999])).status_code == 404
        assert client.get(reverse(f"delegations:{name}", args=[10**20])).status_code == 404


def test_the_list_finds_by_words_without_accents_and_exports_the_register(go, ministry, plan):
    taken_in(plan, ministry)
    taken_in(plan, ministry, title="Dự diễn đàn", countries=["KR"], purpose_text="Chuyển đổi số")
    client = go("htqt")
    address = reverse("delegations:plan_lines")
    for text, found in (("nhat ban", 1), ("chuyen doi so", 1), ("dien dan han quoc", 1), ("khong co", 0)):
        assert len(client.get(address, {"q": text}).context["lines"]) == found, text
    assert len(client.get(address, {"thang": "5", "nam": plan.year}).context["lines"]) == 2
    for wild in ("x", "13", "99999999999999999999"):
        for name in ("thang", "nam", "don_vi", "lanh_dao", "trang"):
            assert client.get(address, {name: wild}).status_code == 200
    assert client.get(address, {"xuat": "xlsx"}).status_code == 200


def test_a_plan_of_the_past_leads_to_its_lines(go, ministry):
    from tests.delegations import factories

    line = factories.plan_line(ministry, year=2020)
    page = go("chuyenvien").get(reverse("delegations:plans")).content.decode()
    assert line.plan.title in page
    assert AnnualPlan.objects.get().get_absolute_url().replace("&", "&amp;") in page
