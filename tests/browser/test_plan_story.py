"""Plan-first filing by clicking: a unit's line becomes a plan, the plan a trip; the Prime Minister, a leave, a late member."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from intlcoop.operations.demo.ministry import PASSWORD
from tests.browser.story import PHONE, Story

pytestmark = pytest.mark.browser

LINE = "Học tập kinh nghiệm quản lý chợ vùng biên tại Lào"
ABROAD = "Hội đàm về hợp tác phát triển vùng biên tại Campuchia"
STAFF, LATECOMER = ("Đoàn Thế Hiển", "La Thúy Quỳnh"), "Tô Minh Khang"
#: How W002-01 is cited (delegations.reference.routes).
CITED = "xin phép Thủ tướng Chính phủ trước khi ra quyết định (Hội nghị triển khai công tác hợp tác quốc tế năm 2022"
LEADER, SUBSTITUTE, COMPANION = "Ngô Đức Nam", "Ông Thế Vinh", "Giang Nhật Vy"


class PlanStory(Story):
    """Next year's plan of the Minister, from a unit's proposal to the approved line."""

    @property
    def year(self) -> int:
        return self.today.year + 1

    def file(self, page) -> None:
        page.goto(f"{self.url}/ke-hoach/{self.number}/")

    def propose(self) -> None:
        """Staff write the line; only the unit's head can send it."""
        with self.person("chuyenvien") as page:
            page.goto(f"{self.url}/ke-hoach/")
            page.click("a:has-text('Đề xuất của đơn vị')")
            page.click("a:has-text('Thêm đề xuất')")
            page.fill("[name=title]", LINE)
            page.select_option("[name=head_rank]", "official")
            page.select_option("[name=country_1]", label="Lào")
            page.select_option("[name=when]", "m5")
            page.select_option("[name=purpose]", "study")
            page.fill("[name=purpose_text]", "Nghiên cứu mô hình quản lý chợ biên giới và cửa khẩu phụ.")
            page.fill("[name=basis]", "Chương trình công tác năm của đơn vị.")
            page.fill("[name=persons]", "3")
            page.fill("[name=days]", "5")
            page.fill("[name=amount]", "240.000.000")
            page.select_option("[name=funding_source]", "state_budget")
            page.click("button:has-text('Lưu dòng kế hoạch')")
            page.wait_for_selector("#chua-gui")
            assert LINE in page.inner_text("#chua-gui")
            assert "Còn 1 dòng chưa gửi" in page.inner_text(".page-status")
            assert not page.locator("button:has-text('gửi đề xuất')").count(), "staff do not send for the head"
            assert "Trần Quốc Bảo" in page.inner_text("#chua-gui")

    def endorse(self) -> None:
        with self.person("lanhdaodonvi", PHONE) as page:
            page.goto(f"{self.url}/ke-hoach/nam/{self.year}/de-xuat/")
            page.click("button:has-text('Đồng ý, gửi đề xuất của đơn vị')")
            page.wait_for_selector(".alert, [role=status]")
            assert LINE not in page.inner_text("#chua-gui")
            assert LINE in page.inner_text("#da-gui")

    def take_in(self) -> None:
        """The ICD decides every proposal; what is undecided keeps the plan from being submitted."""
        with self.person("htqt") as page:
            page.goto(f"{self.url}/ke-hoach/nam/{self.year}/")
            page.click("a:has-text('do Bộ trưởng phê duyệt')")
            page.wait_for_selector("#dong")
            self.number = re.search(r"/ke-hoach/(KH-\d{4}-\d{4})/", page.url)[1]
            self.title = page.inner_text("h1")
            self.press(page, "Trình phê duyệt kế hoạch")
            assert "Dự thảo" in page.inner_text("main"), "undecided proposals do not go to the leaders"
            page.goto(f"{self.url}/ke-hoach/{self.number}/tiep-nhan/")
            proposals = page.locator("section:has(h2:has-text('Đơn vị đề xuất')) li.task")
            names = proposals.locator(".task-title").all_inner_texts()
            assert any(LINE in name for name in names)
            for box in proposals.locator("input[type=checkbox]").all():
                box.check()
            page.click("button:has-text('Tiếp nhận các dòng đã chọn')")
            page.wait_for_selector("section:has(h2:has-text('Trong kế hoạch'))")
            assert not proposals.count()
            self.file(page)
            self.press(page, "Trình phê duyệt kế hoạch")
            assert "Đã trình" in page.inner_text("main"), page.inner_text("main")

    def draft_decision(self, username: str = "vutruong") -> None:
        super().draft_decision(username)

    def frozen(self, number: str) -> None:
        """Approved with number; the line can no longer be changed by those who made the plan, and a trip can be filed from it."""
        with self.person("htqt") as page:
            self.file(page)
            assert "Đã phê duyệt" in page.inner_text("main")
            assert f"{number}/QĐ-BDP" in page.inner_text("main")
            assert page.request.get(f"{self.url}/ke-hoach/{self.number}/tiep-nhan/").status == 403
            page.click(f"a:has-text('{LINE}')")
            page.wait_for_selector("#doan")
            assert page.request.get(f"{page.url}sua/").status == 403
            assert not page.locator("a:text-is('Sửa')").count()


class PlannedTrip(Story):
    """The trip that is filed from the approved line."""

    def file_from_the_line(self) -> None:
        """What the plan says stands in the form already; what is left of it is shown before and after."""
        departs = dt.date(self.today.year + 1, 5, 10)
        with self.person("chuyenvien") as page:
            page.goto(f"{self.url}/ke-hoach/dong/?q={LINE}")
            page.click(f"tbody a:has-text('{LINE}')")
            page.click("a:has-text('Lập đoàn ra từ dòng này')")
            assert "còn 3 (kế hoạch 3, đã dùng 0)" in page.inner_text(".plan-use")
            assert page.input_value("[name=title]") == LINE
            page.click("button:has-text('Mở hồ sơ')")
            page.wait_for_selector("#ho-so")
            self.number = re.search(r"/doan-ra/(DR-\d{4}-\d{4})/", page.url)[1]
            assert page.locator("[name=legs-0-country] option:checked").inner_text() == "Lào"
            assert page.input_value("[name=purpose]") == "study"
            assert "chợ biên giới" in page.input_value("[name=purpose_text]")
            assert LINE in page.locator("[name=plan_line] option:checked").inner_text()
            assert "còn 240.000.000 VND" in page.inner_text("#kiem-tra")
            page.select_option("[name=funding-0-source]", "state_budget")
            page.fill("[name=funding-0-amount]", "210.000.000")
            page.fill("[name=departs_on]", f"{departs:%d/%m/%Y}")
            page.fill("[name=returns_on]", f"{departs + dt.timedelta(days=4):%d/%m/%Y}")
            page.fill("[name=legs-0-city]", "Xa-van-na-khẹt")
            self.add_member(page, STAFF[0], "head")
            self.add_member(page, STAFF[1], "member")
            page.fill("[name=inviting_body]", "Sở Công Thương tỉnh Xa-van-na-khẹt")
            page.fill("[name=expected_result]", "Báo cáo kinh nghiệm và đề xuất áp dụng.")
            self.attach_invitation(page)
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")
            self.submit(page)
            page.goto(f"{self.url}/ke-hoach/dong/?q={LINE}")
            page.click(f"tbody a:has-text('{LINE}')")
            assert page.locator("#doan li.task", has_text=self.number.replace("DR", "ĐR")).count() == 1
            assert "còn 1 (kế hoạch 3, đã dùng 2)" in page.inner_text("#con-lai")

    def leader_on_leave(self) -> None:
        """The clerk records who stands in; the administrator lets that leader in."""
        with self.person("quantri") as page:
            page.goto(f"{self.url}/quan-tri/nguoi-dung/?q=thutruong2")
            page.click(f"tbody a:has-text('{SUBSTITUTE}')")
            page.click("a:has-text('Đặt lại mật khẩu')")
            page.fill("[name=password]", PASSWORD)
            page.click("main form button.btn-primary")
            page.wait_for_selector("text=đã đặt mật khẩu")
        until = self.today + dt.timedelta(days=4)
        with self.person("vanthu") as page:
            page.goto(f"{self.url}/quan-tri/thay-the/")
            page.click("a:has-text('Ghi nhận người thay thế')")
            page.select_option("[name=person]", label=LEADER)
            page.select_option("[name=substitute]", label=SUBSTITUTE)
            page.select_option("[name=form]", "KT")
            page.fill("[name=valid_from]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=valid_until]", f"{until:%d/%m/%Y}")
            page.fill("[name=document]", "77/TB-BDP")
            page.fill("[name=reason]", "Nghỉ phép")
            page.click("main form button.btn-primary")
            row = page.locator("tbody tr", has_text=SUBSTITUTE)
            row.wait_for()
            assert LEADER in row.inner_text()

    def substitute_decides(self) -> None:
        """The waiting file has moved; the record names both, and in which form the substitute acts."""
        with self.person("thutruong2", PHONE) as page:
            self.take_from_home(page)
            assert f"thay {LEADER} (KT., văn bản 77/TB-BDP)" in page.inner_text("#quyet-dinh-cua-toi")
        self.decide("thutruong2", viewport=PHONE, fill={"comment": "Đồng ý."})
        with self.person("chuyenvien") as page:
            self.file(page)
            step = page.locator("#quy-trinh li.step", has_text="Thứ trưởng phụ trách").first.inner_text()
            assert SUBSTITUTE in step, step
            assert LEADER in step, step
            assert "KT." in step, step

    def add_latecomer(self) -> None:
        """One more person after the approval: the first office whose decision bound the people decides again."""
        with self.person("chuyenvien") as page:
            self.file(page)
            page.click(".page-actions a:text-is('Sửa')")
            page.wait_for_selector("#ho-so")
            self.add_member(page, LATECOMER, "member")
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")
            assert "trở lại bước: Lãnh đạo đơn vị đề xuất" in page.inner_text("main")
            now = page.locator("#quy-trinh li[aria-current=step]")
            assert now.count() == 1
            assert "Lãnh đạo đơn vị đề xuất" in now.inner_text(), page.inner_text("#quy-trinh")

    def difference_is_shown(self) -> None:
        with self.person("lanhdaodonvi", PHONE) as page:
            self.take_from_home(page)
            change = page.locator("#thay-doi")
            assert LATECOMER in change.locator("ins").all_inner_texts()[0], change.inner_text()
            assert not change.locator("del").count()
            page.click("button[form=quyet-dinh][value=agree]")
            page.wait_for_selector("#quy-trinh")
            assert "HTQT thẩm định" in page.inner_text("#quy-trinh li[aria-current=step] >> nth=0")


class AskingTrip(Story):
    """Out of plan, led by a Deputy Minister: nothing is decided before the Prime Minister permits it."""

    def file_out_of_plan(self) -> None:
        departs = self.today + dt.timedelta(days=90)
        with self.person("chuyenvien") as page:
            page.goto(f"{self.url}/doan-ra/lap/")
            page.fill("[name=title]", ABROAD)
            page.click("button:has-text('Mở hồ sơ')")
            page.wait_for_selector("#ho-so")
            self.number = re.search(r"/doan-ra/(DR-\d{4}-\d{4})/", page.url)[1]
            page.fill("[name=departs_on]", f"{departs:%d/%m/%Y}")
            page.fill("[name=returns_on]", f"{departs + dt.timedelta(days=3):%d/%m/%Y}")
            page.select_option("[name=legs-0-country]", label="Campuchia")
            page.fill("[name=legs-0-city]", "Phnôm Pênh")
            self.add_member(page, LEADER, "head")
            self.add_member(page, COMPANION, "member")
            page.fill("[name=inviting_body]", "Bộ Phát triển nông thôn Campuchia")
            page.fill("[name=out_of_plan_reason]", "Lời mời đến sau khi kế hoạch được phê duyệt.")
            page.select_option("[name=purpose]", "relations")
            page.fill("[name=purpose_text]", "Hội đàm về hợp tác phát triển vùng biên.")
            page.fill("[name=expected_result]", "Biên bản hội đàm.")
            page.select_option("[name=funding-0-source]", "state_budget")
            page.fill("[name=funding-0-amount]", "150.000.000")
            self.attach_invitation(page)
            rule = page.locator("#kiem-tra li", has_text="Thủ tướng Chính phủ")
            rule.first.wait_for()
            assert "Thứ trưởng" in rule.first.inner_text()
            assert CITED in rule.first.inner_text(), "the rule names its source"
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")
            assert self.asks_before_the_draft(page)
            self.submit(page)
            assert self.asks_before_the_draft(page)

    def asks_before_the_draft(self, page) -> bool:
        titles = page.locator("#quy-trinh .step-title").all_inner_texts()
        asks = [n for n, title in enumerate(titles) if "Thủ tướng" in title]
        drafts = [n for n, title in enumerate(titles) if "Soạn thảo quyết định" in title]
        return bool(asks and drafts) and max(asks) < min(drafts)

    def nothing_goes_before(self) -> None:
        """No button, no page and no hand-made request drafts, signs or issues anything before the permission."""
        with self.person("vanthu") as page:
            self.file(page)
            record = page.locator(".page-actions a:has-text('Ghi nhận trả lời của Thủ tướng Chính phủ')")
            asked = int(re.search(r"/buoc/(\d+)/", record.get_attribute("href"))[1])
            self.draft_step, self.sign_step, self.issue_step = asked + 1, asked + 2, asked + 3
            assert not page.locator(".page-actions :text('ban hành')").count()
            self.refused(page, self.issue_step, **self.official("9"))
        with self.person("tccb") as page:
            assert not self.waits_for(page)
            self.file(page)
            assert not page.locator(".page-actions :text('dự thảo')").count()
            self.refused(page, self.draft_step)
            self.post(page, f"/buoc/{self.draft_step}/du-thao/", how="data")
            self.file(page)
            assert "Dự thảo (Word)" not in page.inner_text("#van-ban")
        with self.person("botruong") as page:
            assert not self.waits_for(page)
            self.file(page)
            self.refused(page, self.sign_step)

    def refused(self, page, step: int, **fields: str) -> None:
        answer = self.post(page, f"/buoc/{step}/", outcome="agree", **fields)
        assert answer.status == 403, (step, answer.status)
        assert "Bước này chưa đến lượt" in answer.text(), "it says why"
        assert "Hồ sơ đang chờ: Xin phép Thủ tướng Chính phủ" in answer.text(), "and for what the file waits"

    def permit(self) -> None:
        """The ICD records what the Prime Minister answered."""
        with self.person("htqt") as page:
            self.take_from_home(page)
            assert CITED in page.inner_text("#quyet-dinh-cua-toi")
            page.fill("[name=submission_number]", "812/TTr-BDP")
            page.fill("[name=submission_date]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=reply_number]", "9120/VPCP-QHQT")
            page.fill("[name=reply_date]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=reply_issuer]", "Văn phòng Chính phủ")
            page.click("summary:has-text('mật')")
            page.check("[name=kept_outside]")
            page.fill("[name=outside_register_no]", "31")
            page.click("button[form=quyet-dinh][value=agree]")
            page.wait_for_selector("#quy-trinh")
            assert "9120/VPCP-QHQT" in page.inner_text("#quy-trinh")

    def decide_abroad(self) -> None:
        """Now the same addresses that were refused take the decision through."""
        self.draft_decision()
        assert self.step == self.draft_step
        self.decide("botruong", viewport=PHONE)
        assert self.step == self.sign_step
        self.issue("2345")
        assert self.step == self.issue_step


@pytest.fixture(scope="module")
def desks() -> dict:
    """Everybody logs in once for both stories."""
    return {}


def test_a_line_becomes_a_plan_the_plan_a_trip_and_a_late_member_reopens_it(portal, chromium, tmp_path, desks):
    plan = PlanStory(chromium, portal.url, tmp_path, "", desks)
    plan.propose()
    plan.endorse()
    plan.take_in()
    plan.decide("vutruong")
    plan.decide("taichinh", fill={"comment": "Cân đối được trong dự toán."})
    plan.decide("thutruong", viewport=PHONE)
    plan.decide("botruong", viewport=PHONE)
    plan.draft_decision()
    plan.decide("botruong")
    plan.decide("vanthu", fill=plan.official("431"))
    plan.frozen("431")
    trip = PlannedTrip(chromium, portal.url, tmp_path, LINE, desks)
    trip.file_from_the_line()
    for username in ("lanhdaodonvi", "htqt", "taichinh", "vutruong"):
        trip.decide(username)
    trip.leader_on_leave()
    trip.substitute_decides()
    trip.add_latecomer()
    trip.difference_is_shown()


def test_a_deputy_minister_out_of_plan_asks_the_prime_minister_first(portal, chromium, tmp_path, desks):
    trip = AskingTrip(chromium, portal.url, tmp_path, ABROAD, desks)
    trip.file_out_of_plan()
    for username in ("lanhdaodonvi", "htqt", "taichinh", "vutruong", "botruong"):
        trip.decide(username)
    trip.nothing_goes_before()
    trip.permit()
    trip.decide_abroad()
    assert "OK" in portal.manage("audit_invariants")
