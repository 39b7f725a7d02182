"""The main job by clicking, from the first draft to the year-end PDF, each person in turn, in Vietnamese."""

from __future__ import annotations

import datetime as dt
import re
import urllib.request
from pathlib import Path

import pytest

from intlcoop.exporting.pdf import text_of
from tests.browser.story import PHONE, Story

pytestmark = pytest.mark.browser

TITLE = "Trao đổi kinh nghiệm quản lý lễ hội cộng đồng tại Thái Lan"
NUMBER = "1234"


class TripStory(Story):
    """The main job: one trip from request to report."""

    def file_request(self) -> None:
        departs = self.today + dt.timedelta(days=62)
        with self.person("chuyenvien") as page:
            page.goto(f"{self.url}/doan-ra/")
            page.click("a:has-text('Lập hồ sơ')")
            page.fill("[name=title]", TITLE)
            page.click("button:has-text('Mở hồ sơ')")
            page.wait_for_selector("#ho-so")
            self.number = re.search(r"/doan-ra/(DR-\d{4}-\d{4})/", page.url)[1]
            page.fill("[name=departs_on]", f"{departs:%d/%m/%Y}")
            page.fill("[name=returns_on]", f"{departs + dt.timedelta(days=3):%d/%m/%Y}")
            page.select_option("[name=legs-0-country]", label="Thái Lan")
            page.fill("[name=legs-0-city]", "Chiang Mai")
            self.add_member(page, "Đoàn Thế Hiển", "head")
            self.add_member(page, "La Thúy Quỳnh", "member")
            page.fill("[name=inviting_body]", "Sở Văn hóa Chiang Mai")
            page.fill("[name=out_of_plan_reason]", "Lời mời đến sau khi kế hoạch được phê duyệt.")
            page.select_option("[name=purpose]", "study")
            page.fill("[name=purpose_text]", "Trao đổi kinh nghiệm quản lý lễ hội cộng đồng.")
            page.fill("[name=expected_result]", "Báo cáo kinh nghiệm và đề xuất áp dụng.")
            page.select_option("[name=funding-0-source]", "state_budget")
            page.fill("[name=funding-0-amount]", "180.000.000")
            self.attach_invitation(page)
            page.click("#ho-so button:has-text('Lưu') >> nth=0")
            page.wait_for_selector("h1")
            assert TITLE in page.inner_text("h1"), page.inner_text("main")
            self.submit(page)

    def report(self) -> None:
        with self.person("chuyenvien") as page:
            page.goto(f"{self.url}/doan-ra/{self.number}/bao-cao/sua/")
            page.fill("[name=results]", "Đã nắm được mô hình quản lý lễ hội của phía bạn.")
            page.fill("[name=recommendations]", "Đề nghị mời chuyên gia sang trao đổi.")
            page.fill("[name=meetings-0-counterpart]", "Sở Văn hóa Chiang Mai")
            page.fill("[name=meetings-0-result]", "Thống nhất trao đổi tài liệu.")
            page.click("main form button.btn-primary >> nth=0")
            page.wait_for_selector("h1")
            page.goto(f"{self.url}/doan-ra/{self.number}/bao-cao/")
            page.locator("button:has-text('Nộp báo cáo')").first.click()
            page.wait_for_selector("h1")
        with self.person("htqt") as page:
            page.goto(f"{self.url}/doan-ra/{self.number}/bao-cao/")
            page.locator("button:has-text('Chấp nhận báo cáo')").first.click()
            page.wait_for_selector("h1")
            self.file(page)
            assert "Hoàn thành" in page.inner_text("main")

    def year_end_report(self, year: int) -> str:
        """Order the report, watch it finish, download the PDF; its text."""
        with self.person("quantri") as page:
            page.goto(f"{self.url}/bao-cao/lap/")
            page.fill("[name=year]", str(year))
            page.click("main form button.btn-primary")
            page.wait_for_url(re.compile(r"/bao-cao/BC-"))
            link = page.locator("a.btn-outline-secondary[href*='/tep/']")
            link.wait_for(timeout=60_000)
            with page.expect_download() as download:
                link.click()
            path = self.folder / "bao-cao.pdf"
            download.value.save_as(path)
            return text_of(path.read_bytes())


def test_the_story_from_request_to_year_end_report(portal, chromium, tmp_path):
    story = TripStory(chromium, portal.url, tmp_path, TITLE)
    story.file_request()
    story.decide("lanhdaodonvi")
    story.decide("htqt")
    story.decide("taichinh", fill={"comment": "Bố trí được trong dự toán."})
    story.decide("vutruong")
    story.decide("botruong", viewport=PHONE)
    story.draft_decision()
    story.decide("thutruong", viewport=PHONE)
    story.issue(NUMBER)
    portal.manage("shell", "-c", bring_home(story.number, story.today))
    story.report()
    text = story.year_end_report(story.today.year)
    flat = re.sub(r"\s+", " ", text)
    assert TITLE in flat
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in flat
    mails = portal.mails()
    for username in ("lanhdaodonvi", "htqt", "taichinh", "vutruong", "botruong", "tccb", "vanthu"):
        assert f"To: {username}@" in mails or f"{username}@bdp.example" in mails, username
    assert "OK" in portal.manage("audit_invariants")


def bring_home(number: str, today: dt.date) -> str:
    """What time does: the delegation's days move into the past, then the calendar does the rest."""
    return (
        "import datetime as dt\n"
        "from delegations.models import OutboundDelegation\n"
        "from delegations.workflows import move_with_the_calendar\n"
        f"today = dt.date.fromisoformat('{today}')\n"
        f"OutboundDelegation.objects.filter(case__number='{number}').update(\n"
        "    departs_on=today - dt.timedelta(days=5), returns_on=today - dt.timedelta(days=2))\n"
        "move_with_the_calendar(today)\n"
    )


def test_the_web_process_never_imports_weasyprint(portal):
    with urllib.request.urlopen(f"{portal.url}/healthz", timeout=5) as answer:
        assert answer.status == 200
    gunicorn = [
        path.parent
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if b"gunicorn" in path.read_bytes() and str(portal.var_dir).encode() in (path.parent / "environ").read_bytes()
    ]
    assert gunicorn
    assert not any("pango" in (process / "maps").read_text() for process in gunicorn)
