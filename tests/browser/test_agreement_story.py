"""An agreement by clicking, from its proposal to the brief of its partner: a body disagrees, it is signed on a trip, promises
are made and one is forgotten, it is carried on by a new text, and the unit that made it becomes part of another."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from docx import Document

from intlcoop.exporting.pdf import text_of
from intlcoop.operations.demo.ministry import PASSWORD
from tests.browser.story import PHONE, Story

pytestmark = pytest.mark.browser

#: The archives of the demo: their people travel in its trips, and have no password yet.
STAFF, HEAD, UNIT = "luutru", "cuctruong", "Cục Văn thư và Lưu trữ"
HEIR = "Cục Lưu trữ và Chuyển đổi số"
PARTNER, PARTNER_EN = "Viện Bảo tồn tài liệu Mê Kông", "Mekong Institute for the Preservation of Records"
TITLE = f"Bản ghi nhớ về bảo tồn tài liệu lưu trữ giữa Bộ và {PARTNER}"
TRIP = "Trao đổi nghiệp vụ lưu trữ điện tử tại Hoa Kỳ"
FORGOTTEN, COMING = "Gửi danh mục tài liệu quý hiếm cho bên bạn", "Cử hai chuyên gia sang hướng dẫn phục chế"
PM = "Thủ tướng Chính phủ"


class AgreementStory(Story):
    """A memorandum in the ministry's name, prepared by the archives."""

    partner_url = ""

    def file(self, page) -> None:
        page.goto(f"{self.url}/thoa-thuan/{self.number}/")

    def letter(self, name: str) -> str:
        """A document to hand in."""
        document, path = Document(), self.folder / f"{name}.docx"
        document.add_paragraph(f"{TITLE}: {name}.")
        document.save(str(path))
        return str(path)

    def more(self, page, text: str) -> None:
        """What stands behind the three dots."""
        page.click(".page-actions details.menu summary")
        page.click(f".page-actions .menu-list :is(a, button):has-text('{text}')")

    def steps_now(self, page) -> str:
        return " | ".join(page.locator("#quy-trinh li[aria-current=step]").all_inner_texts())

    # --- people ---

    def let_in(self, *usernames: str) -> None:
        """The administrator gives those a password who have none."""
        with self.person("quantri") as page:
            for username in usernames:
                page.goto(f"{self.url}/quan-tri/nguoi-dung/?q={username}")
                page.click("tbody th a")
                page.click("a:has-text('Đặt lại mật khẩu')")
                page.fill("[name=password]", PASSWORD)
                page.click("main form button.btn-primary")
                page.wait_for_selector("text=đã đặt mật khẩu")

    # --- proposing ---

    def propose(self) -> None:
        """The form is left in the middle to propose the partner, and comes back as it was."""
        with self.person(STAFF) as page:
            page.click("nav a:has-text('Thỏa thuận')")
            page.click("a:has-text('Đề xuất ký thỏa thuận')")
            page.fill("[name=title]", TITLE)
            page.select_option("[name=in_name_of]", label="Bộ")
            page.click("button:has-text('Mở hồ sơ')")
            page.wait_for_selector("#ho-so")
            self.number = re.search(r"/thoa-thuan/(TTQT-\d{4}-\d{4})/", page.url)[1]
            page.fill("[name=title_en]", "Memorandum of Understanding on the preservation of records")
            page.check("[name=languages][value=vi]")
            page.check("[name=languages][value=en]")
            page.fill("[name=purpose]", "Tiếp cận kỹ thuật phục chế tài liệu giấy.")
            page.click("button:has-text('Đề xuất đối tác mới')")
            self.propose_partner(page)
            assert page.input_value("[name=purpose]") == "Tiếp cận kỹ thuật phục chế tài liệu giấy."
            assert page.input_value("[name=parties-0-partner]") == f"{PARTNER} (Hoa Kỳ)"
            page.fill("[name=content]", "Trao đổi chuyên gia, đào tạo kỹ thuật phục chế.")
            page.fill("[name=assessment]", "Phù hợp pháp luật Việt Nam; có nguồn lực thực hiện.")
            page.select_option("[name=term_kind]", "fixed")
            page.fill("[name=expires_on]", f"{self.in_years(3):%d/%m/%Y}")
            for kind in ("draft_vi", "draft_foreign"):
                page.select_option("[name=upload_kind]", kind)
                page.set_input_files("[name=upload]", self.letter(kind))
                page.click("button:has-text('Lưu và tiếp tục')")
                page.wait_for_selector(f"text={kind}.docx")
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")
            assert "Trước khi trình" not in page.inner_text("main"), page.inner_text("main")
            asked = page.locator("#quy-trinh .step-title").all_inner_texts()
            assert any("Bộ Ngoại giao" in title for title in asked), asked
            self.submit(page)
            asks = page.locator("#quy-trinh li.step", has_text=f"Xin phép {PM}").inner_text()
            assert "Chỉ thực hiện khi" in asks, asks

    def in_years(self, years: int) -> dt.date:
        return self.today + dt.timedelta(days=365 * years)

    def propose_partner(self, page) -> None:
        page.wait_for_selector("h1:has-text('Đề xuất đối tác mới')")
        page.fill("[name=name_vi]", PARTNER)
        page.fill("[name=name_en]", PARTNER_EN)
        page.select_option("[name=kind]", "archive")
        page.select_option("[name=country]", label="Hoa Kỳ")
        page.click("button:has-text('Gửi đề xuất')")
        page.wait_for_selector("#ho-so")

    def take_partner_in(self) -> None:
        """The department looks at the proposal and takes it into the list."""
        with self.person("htqt", PHONE) as page:
            page.goto(f"{self.url}/doi-tac/?q={PARTNER}")
            page.click(f"tbody a:has-text('{PARTNER}')")
            page.click("button:has-text('Xác nhận, đưa vào danh bạ')")
            page.wait_for_selector("text=vào danh bạ")
            self.partner_url = page.url
            assert UNIT in page.inner_text("#don-vi")

    # --- opinions ---

    def record_reply(self, outcome: str, number: str, issuer: str, comment: str = "") -> None:
        """The ICD writes down what a body outside the ministry answered."""
        with self.person("htqt") as page:
            self.take_from_home(page)
            page.fill("[name=submission_number]", f"{number}/BDP-HTQT")
            page.fill("[name=submission_date]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=reply_number]", f"{number}/CV")
            page.fill("[name=reply_date]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=reply_issuer]", issuer)
            page.set_input_files("[name=scan]", self.letter(f"cong-van-{number}"))
            page.fill("#quyet-dinh [name=comment]", comment)
            page.click(f"button[form=quyet-dinh][value={outcome}]")
            page.wait_for_selector("#quy-trinh")
            assert f"{number}/CV" in page.inner_text("#quy-trinh"), page.inner_text("main")

    def disagreement_asks_the_prime_minister(self) -> None:
        """The step is there from now on, and nobody signs before it."""
        with self.person(STAFF) as page:
            self.file(page)
            assert PM in self.steps_now(page), page.inner_text("#quy-trinh")
            assert page.locator("#quy-trinh li.is-late", has_text="Bộ Ngoại giao").count() == 1
            assert not page.locator("a:has-text('Ghi nhận việc ký')").count()
            page.goto(f"{self.url}/thoa-thuan/{self.number}/ky/")
            assert page.url.endswith(f"/thoa-thuan/{self.number}/"), "the page of signing is not there yet"
            answer = self.post(page, f"/thoa-thuan/{self.number}/ky/", signed_on=f"{self.today:%d/%m/%Y}")
            assert answer.status in (302, 403)
            self.file(page)
            assert PM in page.inner_text(".page-status")

    def explain(self) -> None:
        """Article 28: the file says how the opinions were taken in; the staff were told, and see what is missing."""
        with self.person(STAFF) as page:
            page.goto(f"{self.url}/thong-bao/")
            told = page.locator("li.notice", has_text="Không đồng ý")
            assert "Bộ Ngoại giao không nhất trí: Đề nghị bổ sung điều khoản bảo mật." in told.inner_text()
            told.locator("button").click()
            page.wait_for_selector("#thanh-phan")
            page.locator("#thanh-phan li.task", has_text="Giải trình việc tiếp thu").locator("a").click()
            page.fill("[name=opinions_taken_in]", "Đã bổ sung điều khoản bảo mật theo ý kiến Bộ Ngoại giao.")
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")
            assert PM in self.steps_now(page), "an explanation reopens nothing"

    # --- signing on a trip ---

    def set_off(self, portal) -> None:
        """The trip that was waiting for its signature is decided; then time passes until its first day."""
        trip = Story(self.chromium, self.url, self.folder, TRIP, self.desks)
        trip.decide("thutruong")
        trip.decide("vanthu", fill=trip.official("3456"))
        portal.manage("shell", "-c", first_day(TRIP, self.today))

    def sign(self) -> None:
        with self.person(STAFF) as page:
            self.file(page)
            assert "Được phép ký" in page.inner_text(".page-status")
            page.goto(f"{self.url}/")
            page.locator("li.task", has_text=TITLE).locator("a:has-text('Ghi nhận việc ký')").click()
            page.fill("[name=signed_on]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=signed_place]", "Washington")
            page.select_option("[name=signed_country]", label="Hoa Kỳ")
            during = page.locator("[name=signed_during] option", has_text=TRIP).get_attribute("value")
            page.select_option("[name=signed_during]", during)
            page.select_option("[name=signer]", label="Dương Kiến Quốc")
            page.fill("[name=signer_title]", "Bộ trưởng")
            page.locator("[name^=nguoi_ky_]").fill("John Doe")
            page.set_input_files("[name=signed_text]", self.letter("ban-ky"))
            page.fill("[name=original_kept]", "Lưu trữ cơ quan, Văn phòng Bộ")
            page.click("main form button.btn-primary")
            page.wait_for_selector("#viec-sau-ky")
            assert "Có hiệu lực" in page.inner_text(".page-status")
            page.click("p:has-text('Ký trong dịp') a")
            page.wait_for_selector(f"h1:has-text('{TRIP}')")
            assert TITLE in page.inner_text("main"), "the trip names what was signed on it"

    def report_in_time(self) -> None:
        """Fifteen days to tell the Prime Minister and the Ministry of Foreign Affairs."""
        due = f"hạn {self.today + dt.timedelta(days=15):%d/%m/%Y}"
        with self.person(STAFF) as page:
            for number, duty in enumerate(("Báo cáo Thủ tướng Chính phủ", "Gửi bản sao thỏa thuận quốc tế"), start=91):
                page.goto(f"{self.url}/")
                waits = page.locator("li.task", has_text=TITLE).filter(has_text=duty)
                assert due in waits.inner_text()
                waits.locator("a:has-text('Ghi nhận đã làm')").click()
                page.fill("[name=document]", f"{number}/BC-BDP ngày {self.today:%d/%m/%Y}")
                page.click("main form button.btn-primary")
                page.wait_for_selector("#viec-sau-ky")
                done = page.locator("#viec-sau-ky li.task", has_text=duty).inner_text()
                assert f"{number}/BC-BDP" in done
                assert "đã xong" in done
            page.goto(f"{self.url}/")
            assert not page.locator("li.task", has_text=TITLE).locator("a:has-text('Ghi nhận đã làm')").count()

    # --- promises ---

    def promise(self, what: str, due: dt.date, side: str) -> None:
        with self.person(STAFF) as page:
            self.file(page)
            page.click("#cam-ket a:has-text('Ghi cam kết')")
            page.fill("[name=title]", what)
            page.check(f"[name=side][value={side}]")
            assert page.input_value("[name=partner]").startswith(PARTNER)
            assert self.number in page.input_value("[name=agreement]")
            page.fill("[name=due_on]", f"{due:%d/%m/%Y}")
            page.select_option("[name=owner]", label=f"Hồ Diệu Mai · {UNIT}")
            page.click("main form button.btn-primary")
            page.wait_for_selector(f"h1:has-text('{what}')")

    def overdue_is_shown(self) -> None:
        """On the list, with the partner, and on the first page of whoever sees to it."""
        with self.person(STAFF, PHONE) as page:
            page.goto(f"{self.url}/")
            mine = page.locator("#cam-ket li.task", has_text=FORGOTTEN)
            assert "quá hạn" in mine.inner_text()
            page.click("#cam-ket a:has-text('Cam kết quá hạn của đơn vị')")
            page.wait_for_selector("tbody")
            assert FORGOTTEN in page.inner_text("tbody")
            assert COMING not in page.inner_text("tbody")
        with self.person("htqt") as page:
            page.goto(self.partner_url)
            assert "quá hạn" in page.locator("#cam-ket li.task", has_text=FORGOTTEN).inner_text()
            assert "quá hạn" not in page.locator("#cam-ket li.task", has_text=COMING).inner_text()

    # --- carrying on ---

    def renew(self) -> str:
        """A new text carries the old one on; its number. It waits with the head of the unit."""
        old = self.number
        with self.person(STAFF) as page:
            self.file(page)
            self.more(page, "Lập văn bản mới tiếp nối")
            page.wait_for_selector("#ho-so")
            new = re.search(r"/thoa-thuan/(TTQT-\d{4}-\d{4})/", page.url)[1]
            assert new != old
            assert page.input_value("[name=parties-0-partner]").startswith(PARTNER)
            page.fill("[name=purpose]", "Tiếp nối Bản ghi nhớ đã ký.")
            page.fill("[name=assessment]", "Phù hợp pháp luật Việt Nam.")
            page.fill("[name=expires_on]", f"{self.in_years(6):%d/%m/%Y}")
            for kind in ("draft_vi", "draft_foreign"):
                page.select_option("[name=upload_kind]", kind)
                page.set_input_files("[name=upload]", self.letter(kind))
                page.click("button:has-text('Lưu và tiếp tục')")
                page.wait_for_selector(f"text={kind}.docx")
            page.click("#ho-so button:text-is('Lưu')")
            page.wait_for_selector("#quy-trinh")
            self.number = new
            self.submit(page)
            self.number = old
            page.click("p:has-text('Tiếp nối:') a")
            page.wait_for_selector("p:has-text('Được tiếp nối bởi:')")
            assert f"/{old}/" in page.url
        return new

    # --- the unit becomes part of another ---

    def merge_unit(self) -> None:
        with self.person("quantri") as page:
            page.goto(f"{self.url}/quan-tri/don-vi/?q={UNIT}")
            page.click(f"tbody a:has-text('{UNIT}')")
            page.click("summary:has-text('Sắp xếp')")
            page.click("a:has-text('Sáp nhập vào đơn vị khác')")
            page.fill("[name=name_vi]", HEIR)
            page.fill("[name=code]", "LTCDS")
            page.fill("[name=symbol]", "LTCĐS")
            page.fill("[name=number]", "512/QĐ-BDP")
            page.fill("[name=decided_on]", f"{self.today:%d/%m/%Y}")
            page.fill("[name=on]", f"{self.today:%d/%m/%Y}")
            page.click("button:has-text('Xem trước')")
            page.wait_for_selector("#chuyen")
            for name, role in (("Phan Sỹ Hùng", "head"), ("Hồ Diệu Mai", "officer")):
                page.locator("#nguoi .field, #nguoi .mb-3", has_text=name).locator("select").last.select_option(role)
            page.click("button:has-text('Ghi nhận việc sắp xếp')")
            page.wait_for_selector("text=512/QĐ-BDP")

    def everything_followed(self, renewed: str) -> None:
        """Agreement, partner and promises say who carries on; what was under way is decided by the new head."""
        note = f"{HEIR} kế thừa từ ngày {self.today:%d/%m/%Y}, theo Quyết định số 512/QĐ-BDP"
        with self.person(STAFF) as page:
            self.file(page)
            assert note in page.inner_text("main"), page.inner_text("main")
            page.goto(self.partner_url)
            assert note in page.inner_text("#don-vi")
            page.click("#don-vi a:has-text('Xem việc sắp xếp')")
            page.wait_for_selector("#viec")
            owed = page.locator("#viec li.task", has_text=TITLE).all_inner_texts()
            assert any("Thông báo cho bên ký kết nước ngoài" in duty for duty in owed), owed
        with self.person("quantri", PHONE) as page:
            for label, kept in (("Đối tác", PARTNER), ("Thỏa thuận", TITLE), ("Cam kết", FORGOTTEN)):
                page.goto(f"{self.url}/quan-tri/don-vi/?q={HEIR}")
                page.click(f"tbody a:has-text('{HEIR}')")
                page.click(f"a.figure:has-text('{label}')")
                page.wait_for_selector("tbody")
                assert kept in page.inner_text("tbody"), label
        self.number = renewed
        self.decide(HEAD, viewport=PHONE)
        with self.person(STAFF) as page:
            self.file(page)
            assert "HTQT thẩm định" in self.steps_now(page)

    # --- the brief ---

    def brief(self) -> dict[str, str]:
        """The text of the page, the Word file and the PDF."""
        with self.person("htqt") as page:
            page.goto(self.partner_url)
            page.click(".page-actions a:has-text('Tóm tắt')")
            page.wait_for_selector("#cam-ket")
            found = {"page": page.inner_text("main")}
            with page.expect_download() as download:
                page.click(".page-actions a:has-text('Tệp Word')")
            download.value.save_as(self.folder / "tom-tat.docx")
            found["docx"] = docx_text((self.folder / "tom-tat.docx").read_bytes())
            page.click("button:has-text('Lập bản PDF')")
            link = page.locator("#ban-pdf a[href*='/doi-tac/tom-tat/']")
            link.wait_for(timeout=60_000)
            found["pdf"] = text_of(page.request.get(f"{self.url}{link.get_attribute('href')}").body())
        return {name: re.sub(r"\s+", " ", text) for name, text in found.items()}


def first_day(title: str, today: dt.date) -> str:
    """What time does: the first day of the trip comes."""
    return (
        "import datetime as dt\n"
        "from delegations.models import OutboundDelegation\n"
        "from delegations.workflows import move_with_the_calendar\n"
        f"today = dt.date.fromisoformat('{today}')\n"
        f"OutboundDelegation.objects.filter(case__title={title!r}).update(\n"
        "    departs_on=today, returns_on=today + dt.timedelta(days=6))\n"
        "move_with_the_calendar(today)\n"
    )


def docx_text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_an_agreement_is_proposed_disputed_signed_on_a_trip_reported_and_carried_out(portal, chromium, tmp_path):
    story = AgreementStory(chromium, portal.url, tmp_path, TITLE)
    story.let_in(STAFF, HEAD)
    story.propose()
    story.take_partner_in()
    story.decide(HEAD, viewport=PHONE)
    story.decide("htqt")
    story.record_reply("disagree", "2211", "Bộ Ngoại giao", "Đề nghị bổ sung điều khoản bảo mật.")
    story.decide("taichinh", fill={"comment": "Nhất trí."})
    story.decide("phapche", fill={"comment": "Nhất trí."})
    story.decide("vutruong")
    story.decide("botruong", viewport=PHONE)
    story.disagreement_asks_the_prime_minister()
    story.explain()
    story.record_reply("agree", "9120", "Văn phòng Chính phủ")
    story.set_off(portal)
    story.sign()
    story.report_in_time()
    story.promise(FORGOTTEN, story.today - dt.timedelta(days=20), "ours")
    story.promise(COMING, story.today + dt.timedelta(days=90), "partners")
    story.overdue_is_shown()
    renewed = story.renew()
    story.merge_unit()
    story.everything_followed(renewed)
    for form, text in story.brief().items():
        assert f"{HEIR} (kế thừa {UNIT})" in text, form
        assert TITLE in text, form
        assert FORGOTTEN in text, form
        assert COMING in text, form
    assert "OK" in portal.manage("audit_invariants")
