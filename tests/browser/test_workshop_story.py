"""A workshop on ethnic affairs, by clicking: who permits it and by which article, hosting in principle, the Prime Minister's
permission with its scan, the report in time, the register in Excel."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from tests.browser.story import PHONE, Story

pytestmark = pytest.mark.browser

TITLE = "Hội thảo quốc tế về giáo dục vùng dân tộc thiểu số"
PM, ARTICLE = "Thủ tướng Chính phủ", "Quyết định 06/2020/QĐ-TTg, Điều 3 khoản 1 điểm b"
CONTENT = "Phiên toàn thể và hai phiên chuyên đề."


class WorkshopStory(Story):
    """An event of a unit in three months, hosted in the ministry's name."""

    @property
    def starts(self) -> dt.date:
        return self.today + dt.timedelta(days=100)

    def file(self, page) -> None:
        page.goto(f"{self.url}/hoi-nghi/{self.number}/")

    def letter(self, name: str) -> str:
        document, path = Document(), self.folder / f"{name}.docx"
        document.add_paragraph(f"{TITLE}: {name}.")
        document.save(str(path))
        return str(path)

    # --- asking who permits it, filing ---

    def ask_the_law(self) -> None:
        with self.person("chuyenvien", PHONE) as page:
            page.goto(f"{self.url}/hoi-nghi/")
            page.click("a:has-text('Thẩm quyền cho phép')")
            page.check("[name=topics][value=ethnic_affairs]")
            page.fill("[name=starts_on]", f"{self.starts:%d/%m/%Y}")
            page.click("main form button.btn-primary")
            answer = page.locator("#tra-loi").inner_text()
            assert f"{PM} cho phép" in answer
            assert ARTICLE in answer
            assert f"{self.starts - dt.timedelta(days=40):%d/%m/%Y}" in answer, "forty days before the Prime Minister"

    def open_file(self) -> None:
        with self.person("chuyenvien") as page:
            page.goto(f"{self.url}/hoi-nghi/lap/")
            page.fill("[name=title]", TITLE)
            page.select_option("[name=kind]", "workshop")
            page.check("[name=format][value=in_person]")
            page.check("[name=role][value=host]")
            page.fill("[name=starts_on]", f"{self.starts:%d/%m/%Y}")
            page.fill("[name=ends_on]", f"{self.starts + dt.timedelta(days=1):%d/%m/%Y}")
            page.click("button:has-text('Mở hồ sơ')")
            page.wait_for_selector("#ho-so")
            self.number = re.search(r"/hoi-nghi/(HN-\d{4}-\d{4})/", page.url)[1]
            page.check("[name=topics][value=ethnic_affairs]")
            page.locator("#ai-cho-phep", has_text=f"{PM} cho phép").wait_for()
            page.check("[name=guest_rank][value=other]")
            page.check("[name=host_level][value=ministry]")
            page.fill("[name=place]", "Hà Nội")
            page.check("[name=needs_principle]")
            page.fill("[name=hosting_reason]", "Đến lượt Việt Nam đăng cai.")
            page.fill("#ho-so [name=theme]", "Giáo dục song ngữ")
            page.fill("[name=reason]", "Trao đổi kinh nghiệm dạy tiếng dân tộc thiểu số.")
            page.fill("[name=content]", CONTENT)
            page.fill("[name=vietnamese_count]", "60")
            page.fill("[name=foreign_count]", "20")
            page.fill("[name=participants_text]", "Đại diện các bộ, ngành, địa phương và chuyên gia nước ngoài.")
            page.fill("[name=budget_vnd]", "350.000.000")
            page.fill("[name=out_of_plan_reason]", "Nước đăng cai rút lui sau khi kế hoạch được phê duyệt.")
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")

    def send(self, label: str) -> None:
        """The same file goes its way twice: for the hosting in principle, then for the permission."""
        with self.person("chuyenvien") as page:
            self.file(page)
            self.press(page, label)
            self.file(page)
            assert "Lãnh đạo đơn vị đề xuất" in page.inner_text(".page-status"), page.inner_text("main")

    # --- opinions and permissions from outside ---

    def record_reply(self, number: str, issuer: str, scan: str = "") -> None:
        """The ICD writes down what a body outside the ministry answered: number, day, scan."""
        with self.person("htqt") as page:
            self.file(page)
            page.click(f".page-actions a:has-text('Ghi nhận trả lời của {issuer}')")
            page.wait_for_selector("#quyet-dinh")
            page.fill("[name=submission_number]", f"{number}/BDP-HTQT")
            page.fill("[name=submission_date]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=reply_number]", f"{number}/VPCP-QHQT")
            page.fill("[name=reply_date]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=reply_issuer]", issuer)
            page.set_input_files("[name=scan]", self.letter(scan or f"cong-van-{number}"))
            page.click("button[form=quyet-dinh][value=agree]")
            page.wait_for_selector("#quy-trinh")
            assert f"{number}/VPCP-QHQT" in page.inner_text("main"), page.inner_text("main")

    def agreed_in_principle(self) -> None:
        with self.person("chuyenvien") as page:
            self.file(page)
            assert "Đã có chủ trương" in page.inner_text(".page-status")

    def permitted(self, number: str) -> None:
        """Number, day and scan of the permission stand on the file, for whoever asks."""
        with self.person("chuyenvien", PHONE) as page:
            self.file(page)
            assert "Đã cho phép" in page.inner_text(".page-status")
            facts = page.locator("dl.facts").first.inner_text()
            assert f"7001/VPCP-QHQT ngày {self.today:%d/%m/%Y}, {PM}" in facts, "the hosting in principle"
            assert f"{number}/VPCP-QHQT ngày {self.today:%d/%m/%Y}, {PM}" in facts
            assert f"số {number}/VPCP-QHQT ngày {self.today:%d/%m/%Y}" in page.inner_text("#quy-trinh")
            scan = page.locator("#tep li.task", has_text="van-ban-cho-phep.docx")
            with page.expect_download() as download:
                scan.locator("a:has-text('Tải về')").click()
            assert download.value.suggested_filename.endswith(".docx")

    def print_papers(self) -> None:
        with self.person("chuyenvien") as page:
            self.file(page)
            paper = page.locator("#van-ban li.task", has_text="Đề án tổ chức (Mẫu 01)")
            with page.expect_download() as download:
                paper.locator("a:has-text('Tệp Word')").click()
            path = self.folder / "mau-01.docx"
            download.value.save_as(path)
            text = "\n".join(each.text for each in Document(str(path)).paragraphs)
            assert TITLE in text
            assert CONTENT in text

    def report_in_time(self) -> None:
        """Fifteen days, on the first page and on the file; one press sends the report and closes the file."""
        with self.person("chuyenvien") as page:
            self.file(page)
            said = re.search(r"Báo cáo kết quả đến hạn ngày (\d+)/(\d+)/(\d+)", page.inner_text("main"))
            due = dt.date(*(int(each) for each in reversed(said.groups())))
            assert due >= self.today + dt.timedelta(days=14), (
                "closed yesterday; a day off moves the term on, never back"
            )
            assert due < self.today + dt.timedelta(days=30)
            page.goto(f"{self.url}/")
            assert page.locator("li.task", has_text=TITLE).filter(has_text=f"hạn {due:%d/%m/%Y}").count()
            self.file(page)
            page.click(".page-actions a:has-text('Viết báo cáo')")
            page.fill("[name=content]", "Giáo dục song ngữ ở vùng dân tộc thiểu số.")
            page.fill("[name=results]", "Kiến nghị chung của hội thảo.")
            page.click("button:has-text('Đã gửi báo cáo, khép hồ sơ')")
            page.wait_for_selector(".error-summary")
            page.fill("[name=number]", "45/BC-CSĐP")
            page.fill("[name=sent_on]", f"{self.today:%d/%m/%Y}")
            page.click("button:has-text('Đã gửi báo cáo, khép hồ sơ')")
            page.wait_for_selector("#bao-cao")
            assert "Hoàn thành" in page.inner_text(".page-status")
            assert "45/BC-CSĐP" in page.inner_text("#bao-cao")

    def register(self) -> None:
        """The list of events as Excel: this one with its days, place and status."""
        with self.person("htqt") as page:
            answer = page.request.get(f"{self.url}/hoi-nghi/?q={self.number}&xuat=xlsx")
            rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.body())).get_sheet_by_index(0).to_python()
            line = next(row for row in rows if TITLE in row)
            assert self.number in line
            assert "Hoàn thành" in line
            assert "Hà Nội" in line


def was_held(number: str, today: dt.date) -> str:
    """What time does: the days of the workshop lie behind, then the calendar does the rest."""
    return (
        "import datetime as dt\n"
        "from delegations.models import InternationalEvent\n"
        "from delegations.workflows import move_events_with_the_calendar\n"
        f"today, day = dt.date.fromisoformat('{today}'), dt.timedelta(days=1)\n"
        f"InternationalEvent.objects.filter(case__number='{number}').update(starts_on=today - 2 * day, ends_on=today - day)\n"
        "move_events_with_the_calendar(today)\n"
    )


def test_a_workshop_on_ethnic_affairs_is_permitted_held_and_reported(portal, chromium, tmp_path):
    story = WorkshopStory(chromium, portal.url, tmp_path, TITLE)
    story.ask_the_law()
    story.open_file()
    story.send("Xin chủ trương đăng cai")
    story.decide("lanhdaodonvi", viewport=PHONE)
    story.decide("htqt")
    story.decide("vutruong")
    story.decide("botruong", viewport=PHONE)
    story.record_reply("7001", PM)
    story.agreed_in_principle()
    story.send("Trình xin phép")
    story.decide("lanhdaodonvi", viewport=PHONE)
    story.decide("htqt")
    story.decide("taichinh", fill={"comment": "Bố trí được trong dự toán."})
    story.record_reply("7002", "Bộ Ngoại giao")
    story.record_reply("7003", "Bộ Công an")
    story.decide("vutruong")
    story.decide("botruong", viewport=PHONE)
    story.record_reply("7004", PM, scan="van-ban-cho-phep")
    story.permitted("7004")
    story.print_papers()
    portal.manage("shell", "-c", was_held(story.number, story.today))
    story.report_in_time()
    story.register()
    assert "OK" in portal.manage("audit_invariants")
