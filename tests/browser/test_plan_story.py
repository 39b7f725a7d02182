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
STAFF, LATECOMER = "Đoàn Thế Hiển", "Giang Nhật Vy"
LEADER, SUBSTITUTE = "Ngô Đức Nam", "Ông Thế Vinh"


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
