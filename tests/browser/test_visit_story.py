"""A foreign ministry's delegation, by clicking: the red alarm of a missing letter, the programme in two languages, the record
of the talks with two commitments, a gift, one cost beyond the norm, the report."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from docx import Document

from intlcoop.exporting.pdf import text_of
from tests.browser.story import PHONE, Story

pytestmark = pytest.mark.browser

TITLE = "Đoàn Bộ Phát triển nông thôn Căm-pu-chia thăm và làm việc"
BODY, HEAD = "Bộ Phát triển nông thôn Căm-pu-chia", "Sok Visal"
SHEET = (
    "Họ và tên\tChức vụ\tCơ quan\tQuốc gia\n"
    f"Chan Dara\tVụ trưởng Vụ Hợp tác quốc tế\t{BODY}\tCampuchia\n"
    f"សុខ សុភា\tChuyên viên\t{BODY}\tCampuchia\n"
)
TALKS, TALKS_EN = "Hội đàm hai Bộ", "Talks between the two ministries"
OURS, THEIRS = "Gửi đề cương khóa đào tạo cán bộ vùng biên", "Cử chuyên gia sang trao đổi về phát triển chợ biên giới"
GIFT = "Tranh sơn mài Hồ Gươm"
REASON = "Thêm một buổi làm việc theo đề nghị của phía bạn."


class VisitStory(Story):
    """A visit filed by a unit, received by the Deputy Minister the day after tomorrow."""

    @property
    def arrives(self) -> dt.date:
        return self.today + dt.timedelta(days=2)

    @property
    def leaves(self) -> dt.date:
        return self.arrives + dt.timedelta(days=2)

    def file(self, page) -> None:
        page.goto(f"{self.url}/doan-vao/{self.number}/")

    def save(self, page, anchor: str = "#quy-trinh") -> None:
        page.click("main form.form-page button.btn-primary")
        page.wait_for_selector(anchor)

    # --- asking ---

    def file_visit(self) -> None:
        with self.person("chuyenvien") as page:
            page.click("nav a:has-text('Đoàn vào')")
            page.click("a:has-text('Đoàn từ nước ngoài')")
            page.fill("[name=title]", TITLE)
            page.click("button:has-text('Mở hồ sơ')")
            page.wait_for_selector("#ho-so")
            self.number = re.search(r"/doan-vao/(DV-\d{4}-\d{4})/", page.url)[1]
            self.fill_form(page)
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")

    def fill_form(self, page) -> None:
        page.fill("[name=body]", BODY)
        page.select_option("[name=country]", label="Campuchia")
        page.fill("[name=guest_honorific]", "Ngài")
        page.fill("[name=guest_name]", HEAD)
        page.fill("[name=guest_post]", "Quốc vụ khanh")
        page.select_option("[name=guest_rank]", "deputy_minister")
        page.fill("[name=guest_equivalent]", "Thứ trưởng")
        page.select_option("[name=guest_class]", "B")
        page.fill("[name=arrives_on]", f"{self.arrives:%d/%m/%Y}")
        page.fill("[name=leaves_on]", f"{self.leaves:%d/%m/%Y}")
        page.fill("[name=purpose_text]", "Trao đổi kinh nghiệm phát triển vùng biên giới.")
        page.fill("[name=topics]", "Chợ biên giới; đào tạo cán bộ; kế hoạch năm tới.")
        page.fill("[name=host_text]", self.offered(page, "#nhan-su", "Ngô Đức Nam"))
        page.select_option("[name=meeting]", "working")
        page.fill("[name=meeting_place]", "Phòng khánh tiết, trụ sở Bộ")
        page.fill("[name=languages]", "Tiếng Khmer (Campuchia)")
        page.select_option("[name=visa]", "not_needed")
        page.fill("[name=out_of_plan_reason]", "Phía bạn đề nghị sau khi kế hoạch được phê duyệt.")
        page.fill("[name=warning_reason]", "Phía bạn gửi công hàm muộn; hai bên đã thống nhất qua điện thoại.")

    def offered(self, page, datalist: str, name: str) -> str:
        return page.locator(f"{datalist} option").evaluate_all(
            "(options, name) => options.map(o => o.value).find(v => v.startsWith(name)) || ''", name
        )

    def name_guests(self) -> None:
        """The list comes from a sheet; one of them leaves a day early."""
        with self.person("chuyenvien") as page:
            self.file(page)
            page.click("#khach a:has-text('Mở danh sách')")
            page.click("a:has-text('Dán từ bảng tính')")
            page.fill("[name=text]", SHEET)
            page.click("button:has-text('Đọc thử')")
            page.wait_for_selector("#doc-duoc")
            page.click("button[name=save]")
            page.wait_for_selector("h1:has-text('Danh sách khách')")
            assert "សុខ សុភា" in page.inner_text("main")
            page.click("tr:has-text('Chan Dara') a")
            page.fill("[name=leaves_on]", f"{self.leaves + dt.timedelta(days=1):%d/%m/%Y}")
            page.click("main form.form-page button.btn-primary")
            page.wait_for_selector("text=nằm ngoài thời gian của đoàn")
            page.fill("[name=leaves_on]", f"{self.arrives + dt.timedelta(days=1):%d/%m/%Y}")
            page.click("main form.form-page button.btn-primary")
            page.wait_for_selector("h1:has-text('Danh sách khách')")
            self.file(page)
            self.submit(page)

    # --- the alarm ---

    def lacks(self, page) -> str:
        """What the red note names; empty when there is none."""
        self.file(page)
        note = page.locator("#bao-dong")
        return note.inner_text() if note.count() else ""

    def alarm_until_all_is_there(self) -> None:
        """Red on the home page, on the file and in the list until the letter, the notices and the programme are there."""
        with self.person("htqt") as page:
            page.goto(f"{self.url}/")
            assert "Văn bản đồng ý cho đoàn vào" in page.locator(".note.is-late li", has_text=TITLE).inner_text()
            missing = self.lacks(page)
            assert "Khách đến sau 2 ngày nữa" in missing
            assert "Thống nhất chương trình" in missing
            page.goto(f"{self.url}/doan-vao/?q={self.number}")
            assert "còn thiếu" in page.inner_text("tbody")
            self.file(page)
            self.attach_consent(page)
            assert "Văn bản đồng ý" not in self.lacks(page), "the letter lies in the file: nothing is left to tick off"
            for task in ("Thông báo cho cơ quan công an", "Khai báo tạm trú"):
                page.click(f"#bao-dong a:has-text('{task}')")
                self.write_down(page, task)
                self.file(page)
            assert "Thống nhất chương trình" in self.lacks(page)

    def attach_consent(self, page) -> None:
        letter, path = Document(), self.folder / "van-ban-dong-y.docx"
        letter.add_paragraph(f"Bộ đồng ý đón {TITLE}.")
        letter.save(str(path))
        page.click("#tep a:has-text('Thêm')")
        page.select_option("[name=upload_kind]", "consent")
        page.set_input_files("[name=upload]", str(path))
        page.click("#ho-so button:text-is('Lưu')")
        page.wait_for_selector("#quy-trinh")
        assert "van-ban-dong-y.docx" in page.inner_text("#tep")

    def write_down(self, page, task: str) -> None:
        """With one press where nothing more is asked, else with the number of the letter."""
        line = page.locator("li.task", has_text=task)
        if line.locator("button:has-text('Xác nhận xong')").count():
            line.locator("button:has-text('Xác nhận xong')").click()
        else:
            line.locator(".task-links a").click()
            page.fill("[name=document_number]", "88/BDP-HTQT")
            page.fill("[name=document_date]", f"{self.today:%d/%m/%Y}")
            page.click("main form.form-page button.btn-primary")
        line.filter(has_text="Đã xong").wait_for()

    # --- the programme ---

    def write_programme(self) -> None:
        with self.person("htqt") as page:
            self.file(page)
            page.click("#chuong-trinh a")
            self.add_item(page, self.arrives, "8h30", what="Đón đoàn tại sân bay", what_en="Arrival and welcome")
            self.add_item(
                page, self.arrives, "14h", what=TALKS, what_en=TALKS_EN, place="Trụ sở Bộ", place_en="Ministry headquarters",
                leader="Ngô Đức Nam",
            )  # fmt: skip
            self.clash_is_mended(page)
            self.add_item(page, self.leaves, "9h", what="Tiễn đoàn", what_en="Departure")
            assert not self.lacks(page), "letter, notices, host and programme are there"
            page.goto(f"{self.url}/")
            assert not page.locator(".note.is-late li", has_text=TITLE).count()

    def clash_is_mended(self, page) -> None:
        """The host receives other guests that afternoon (the demo's delegation from Laos); the next day is free."""
        talks = page.locator("li.task", has_text=TALKS)
        assert "Ngô Đức Nam" in talks.locator(".field-error").inner_text()
        assert "Buổi chiều" in page.inner_text("main"), "14h lies in the afternoon without being told"
        talks.locator("a:has-text('Sửa')").click()
        page.fill("[name=day]", f"{self.arrives + dt.timedelta(days=1):%d/%m/%Y}")
        page.click("main form.form-page button.btn-primary")
        page.wait_for_selector("h1:text-is('Chương trình')")
        assert not page.locator(".field-error").count(), page.inner_text("main")

    def add_item(self, page, day: dt.date, hour: str, **texts: str) -> None:
        page.click(".page-actions a:has-text('Thêm hoạt động')")
        page.fill("[name=day]", f"{day:%d/%m/%Y}")
        page.fill("[name=starts]", hour)
        if leader := texts.pop("leader", ""):
            texts["leader"] = self.offered(page, "#nguoi-cua-bo", leader)
        for name, value in texts.items():
            page.fill(f"[name={name}]", value)
        page.click("main form.form-page button.btn-primary")
        page.wait_for_selector(f".task-title:has-text('{texts['what']}')")

    def papers(self, page, word: str) -> dict[str, str]:
        """The paper of this page as Word and as PDF; their texts."""
        with page.expect_download() as download:
            page.click(f"a:has-text('{word}')")
        docx = self.folder / "van-ban.docx"
        download.value.save_as(docx)
        page.click("button:has-text('Lập bản PDF')")
        link = page.locator("#ban-pdf a[href*='/ban-in/']")
        link.wait_for(timeout=60_000)
        pdf = page.request.get(f"{self.url}{link.get_attribute('href')}").body()
        return {"docx": words_of(docx.read_bytes()), "pdf": text_of(pdf)}

    def print_programme(self) -> None:
        with self.person("htqt") as page:
            page.goto(f"{self.url}/ho-so/{self.number}/chuong-trinh/")
            for form, text in self.papers(page, "Tệp Word").items():
                flat = re.sub(r"\s+", " ", text)
                for words in (TALKS, TALKS_EN, "Đón đoàn tại sân bay", "Arrival and welcome", "Ministry headquarters"):
                    assert words in flat, (form, words, flat)

    # --- the guests are here ---

    def record_talks(self) -> None:
        with self.person("htqt") as page:
            self.file(page)
            page.click("#bien-ban a:has-text('Ghi buổi làm việc')")
            page.fill("[name=title]", TALKS)
            page.fill("[name=starts]", "14h")
            page.fill("[name=ends]", "16h30")
            page.fill("[name=topics]", "Kinh nghiệm quản lý chợ biên giới.")
            page.fill("[name=results]", "Hai bên đánh giá cao kết quả hợp tác.")
            page.check("[name=minutes_due]")
            page.fill("[name=points-0-text]", OURS)
            page.click("button:has-text('Thêm nội dung')")
            page.fill("[name=points-1-text]", THEIRS)
            self.save(page, "#thong-nhat")
            for point, side in ((OURS, "ours"), (THEIRS, "partners")):
                self.promise(page, point, side)
            for form, text in self.papers(page, "Biên bản (Word)").items():
                flat = re.sub(r"\s+", " ", text)
                assert "BIÊN BẢN" in flat, form
                assert OURS in flat, form
                assert THEIRS in flat, form
        with self.person("htqt") as page:
            page.goto(f"{self.url}/cam-ket/")
            listed = page.inner_text("tbody")
            assert OURS in listed
            assert THEIRS in listed

    def promise(self, page, point: str, side: str) -> None:
        """With one press what was agreed becomes a commitment, and the page of the record names it."""
        record = page.url
        page.locator(".points li", has_text=point).locator("a:has-text('Ghi thành cam kết')").click()
        page.wait_for_selector("[name=title]")
        assert page.input_value("[name=title]") == point
        page.check(f"[name=side][value={side}]")
        page.fill("[name=due_on]", f"{self.today + dt.timedelta(days=60):%d/%m/%Y}")
        page.click("main form button.btn-primary")
        page.wait_for_selector(f"h1:has-text('{point}')")
        page.goto(record)
        assert page.locator("#cam-ket li.task", has_text=point).count() == 1

    def give(self) -> None:
        with self.person("htqt") as page:
            self.file(page)
            page.click("#qua-tang a:has-text('Ghi tặng phẩm')")
            page.check("[name=direction][value=given]")
            page.fill("[name=description]", GIFT)
            page.fill("[name=value]", "2.500.000")
            self.save(page, ".error-summary")
            assert "1.800.000" in page.inner_text(".error-summary"), page.inner_text("main")
            page.fill("[name=reason]", "Theo thông lệ đối đẳng với phía bạn.")
            self.save(page, "#qua-tang")
            page.click(f"#qua-tang a:has-text('{GIFT}')")
            assert "Theo thông lệ đối đẳng" in page.inner_text("main")

    def settle_costs(self) -> None:
        with self.person("htqt") as page:
            self.file(page)
            page.click("#chi-phi a")
            page.click("a:has-text('Ghi chi phí')")
            page.check("[name=mode][value=partly]")
            page.select_option("[name=costs-0-item]", "banquet")
            page.fill("[name=costs-0-amount]", "5.000.000")
            page.click("button:has-text('Thêm khoản chi')")
            page.select_option("[name=costs-1-item]", "drinks")
            page.fill("[name=costs-1-amount]", "3.200.000")
            self.save(page, ".error-summary")
            assert "vượt định mức 320.000 đồng" in page.inner_text(".error-summary")
            page.fill("[name=costs-1-reason]", REASON)
            self.save(page, "#da-chi")
            line = page.locator("#da-chi tr", has_text="Nước uống").inner_text()
            assert "320.000" in line
            assert REASON in line

    def report(self) -> None:
        with self.person("chuyenvien", PHONE) as page:
            self.file(page)
            page.click(".page-actions a:has-text('Ghi kết quả')")
            page.fill("[name=result]", "Hai bên thống nhất kế hoạch hợp tác năm tới.")
            page.fill("[name=recommendations]", "Giao Vụ Chính sách địa phương chuẩn bị đề cương khóa đào tạo.")
            page.click("button:has-text('Lưu và hoàn thành')")
            page.wait_for_selector("#quy-trinh")
            assert "Hoàn thành" in page.inner_text(".page-status")


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def have_arrived(number: str, today: dt.date) -> str:
    """What time does: the days of the visit, its programme and guests move into the past, then the calendar does the rest."""
    return (
        "import datetime as dt\n"
        "from django.db.models import F\n"
        "from delegations.models import InboundDelegation, InboundMember, ProgrammeItem\n"
        "from delegations.workflows import move_visits_with_the_calendar\n"
        f"today, back = dt.date.fromisoformat('{today}'), dt.timedelta(days=6)\n"
        f"visit = InboundDelegation.objects.get(case__number='{number}')\n"
        "ProgrammeItem.objects.filter(case=visit.case_id).update(day=F('day') - back)\n"
        "InboundMember.objects.filter(visit=visit).update(leaves_on=F('leaves_on') - back)\n"
        "days = {name: F(name) - back for name in ('arrives_on', 'leaves_on')}\n"
        "InboundDelegation.objects.filter(pk=visit.pk).update(**days)\n"
        "move_visits_with_the_calendar(today)\n"
    )


def test_a_delegation_is_received_from_request_to_report(portal, chromium, tmp_path):
    story = VisitStory(chromium, portal.url, tmp_path, TITLE)
    story.file_visit()
    story.name_guests()
    story.decide("lanhdaodonvi", viewport=PHONE)
    story.decide("htqt")
    story.decide("vutruong")
    story.decide("thutruong", viewport=PHONE)
    story.alarm_until_all_is_there()
    story.write_programme()
    story.print_programme()
    portal.manage("shell", "-c", have_arrived(story.number, story.today))
    story.record_talks()
    story.give()
    story.settle_costs()
    story.report()
    assert "OK" in portal.manage("audit_invariants")
