"""A guest who lives here, by clicking: an ambassador is received by the short form, from the first key to the three lines of
result, with the keys and clicks counted that this costs."""

from __future__ import annotations

import re
import unicodedata

import pytest

from tests.browser.story import PHONE, Story

pytestmark = pytest.mark.browser

GUEST, POST, BODY = "Amara Sample", "Đại sứ Cộng hòa Ấn Độ", "Đại sứ quán Ấn Độ tại Việt Nam (minh họa)"
TITLE = f"Tiếp {POST} {GUEST}"
RESULT = "Hai bên thống nhất trao đổi chuyên gia.\nPhía bạn mời Bộ sang thăm.\nVụ Hợp tác quốc tế làm đầu mối."


class GuestStory(Story):
    """One ambassador, one hour, one room."""

    strokes = 0

    def file(self, page) -> None:
        page.goto(f"{self.url}/doan-vao/{self.number}/")

    def press_on(self, page, selector: str) -> None:
        page.click(selector)
        self.strokes += 1

    def type_in(self, page, name: str, text: str) -> None:
        """Reach the field with the tabulator or the mouse, then write: an accented letter takes two or three keys."""
        page.fill(f"[name={name}]", text)
        self.strokes += 1 + sum(len(unicodedata.normalize("NFD", letter)) for letter in text)

    def ask(self) -> None:
        """The host is chosen after a few letters, as the browser offers; the place stands there already."""
        with self.person("htqt") as page:
            self.press_on(page, "nav a:has-text('Đoàn vào')")
            self.press_on(page, "a:has-text('Khách đang ở Việt Nam')")
            self.type_in(page, "guest_name", GUEST)
            self.type_in(page, "guest_post", POST)
            self.type_in(page, "body", BODY)
            self.type_in(page, "meeting_time", "15h")
            assert page.input_value("[name=arrives_on]") == f"{self.today:%d/%m/%Y}"
            assert page.input_value("[name=meeting_place]"), "where the last guest of the unit was received"
            host = page.locator("#nhan-su option").evaluate_all(
                "(options) => options.map(o => o.value).find(v => v.startsWith('Dương Kiến Quốc'))"
            )
            page.fill("[name=host_text]", host)
            self.strokes += 1 + len("Dương K") + 1
            self.type_in(page, "topics", "Hợp tác đào tạo công chức.")
            self.press_on(page, "button:has-text('Lưu và trình')")
            page.wait_for_selector("#quy-trinh")
            self.number = re.search(r"/doan-vao/(DV-\d{4}-\d{4})/", page.url)[1]
            assert page.inner_text("h1") == TITLE
            assert not page.locator("#khach").count(), "eight answers, no lists"

    def write_result(self) -> None:
        with self.person("htqt", PHONE) as page:
            self.file(page)
            page.click(".page-actions a:has-text('Ghi kết quả')")
            page.fill("[name=result]", RESULT)
            page.click("button:has-text('Lưu và hoàn thành')")
            page.wait_for_selector("#quy-trinh")
            assert "Hoàn thành" in page.inner_text(".page-status")
            assert "Phía bạn mời Bộ sang thăm" in page.inner_text("#ket-qua")


def test_an_ambassador_is_received_within_two_minutes_of_typing(portal, chromium, tmp_path):
    story = GuestStory(chromium, portal.url, tmp_path, TITLE)
    story.ask()
    assert story.strokes <= 240, "two minutes at two keys a second, Vietnamese tone keys and all"
    story.decide("vutruong", viewport=PHONE)
    story.decide("botruong", viewport=PHONE)
    story.write_result()
