"""What every story by clicking is made of: people with sessions of their own, what waits for them, how they decide."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from intlcoop.operations.demo.ministry import PASSWORD

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@dataclass
class Desk:
    """A person's own browser session, open as long as the story goes on, with the errors of its console."""

    page: Any
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(20_000)
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def heard(self, message: Any) -> None:
        if message.type == "error":
            self.problems.append(message.text)


class Story:
    """One file and the people who handle it. `desks`: their sessions, shared by the files of one story."""

    def __init__(self, chromium, url: str, folder: Path, title: str, desks: dict[str, Desk] | None = None) -> None:
        self.chromium = chromium
        self.title = title
        self.url = url
        self.folder = folder
        self.desks = {} if desks is None else desks
        self.today = dt.date.today()
        self.number = ""
        self.step = 0

    @contextmanager
    def person(self, username: str, viewport: dict[str, int] = DESK):
        """A page on which this person is logged in; ends with no error in the console, and nothing beyond the edge."""
        desk = self.desks.get(username) or self.log_in(username)
        desk.page.set_viewport_size(viewport)
        yield desk.page
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], username
        assert not desk.problems, (username, desk.problems)

    def log_in(self, username: str) -> Desk:
        context = self.chromium.new_context(viewport=DESK, locale="en-US", accept_downloads=True)
        desk = self.desks[username] = Desk(context.new_page())
        page = desk.page
        page.goto(f"{self.url}/dang-nhap/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit], button.btn-primary")
        page.wait_for_selector("h1:not(:has-text('Đăng nhập'))")
        return desk

    def waits_for(self, page) -> bool:
        """Whether this file stands in the list "Chờ tôi xử lý"."""
        page.goto(f"{self.url}/")
        return page.locator("li.task", has_text=self.title).locator("a.btn[href*='/buoc/']").count() > 0

    def post(self, page, path: str, **fields: str):
        """What a hand-made request gets, past all buttons, with this person's own session and token."""
        token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
        return page.request.post(
            f"{self.url}{path}",
            form={"csrfmiddlewaretoken": token, **fields},
            headers={"Referer": page.url},
            max_redirects=0,
        )

    def file(self, page) -> None:
        page.goto(f"{self.url}/doan-ra/{self.number}/")

    def take_from_home(self, page) -> None:
        """Open what waits for this person, as a newcomer would: on the home page, by its title."""
        page.goto(f"{self.url}/")
        task = page.locator("li.task", has_text=self.title).first
        task.locator("a.btn").click()
        page.wait_for_selector("#quyet-dinh")
        self.step = int(re.search(r"/buoc/(\d+)/", page.url)[1])

    def decide(self, username: str, *, viewport: dict[str, int] = DESK, fill: dict[str, str] | None = None) -> None:
        with self.person(username, viewport) as page:
            self.take_from_home(page)
            for name, value in (fill or {}).items():
                page.fill(f"#quyet-dinh [name={name}]", value)
            page.click("button[form=quyet-dinh][value=agree]")
            page.wait_for_selector("body:not(:has(#quyet-dinh)), .error-summary")
            assert not page.locator(".error-summary").count(), page.inner_text("main")

    def add_member(self, page, name: str, part: str) -> None:
        """Write a person of the ministry into the last row that is shown, or into a new one when that is taken."""
        rows = page.locator("[data-rows=members] [data-row]:visible")
        if rows.last.locator("[name$=-full_name]").input_value():
            page.click("button:has-text('Thêm thành viên')")
        row = rows.last
        written = page.locator("#nhan-su option").evaluate_all(
            "(options, name) => options.map(o => o.value).find(v => v.startsWith(name))", name
        )
        row.locator("[name$=-full_name]").fill(written or name)
        row.locator("[name$=-part]").select_option(part)
        if not row.locator("[name$=-rank]").input_value():
            row.locator("[name$=-rank]").select_option("official")

    def attach_invitation(self, page) -> None:
        from docx import Document

        letter = Document()
        letter.add_paragraph("Trân trọng mời đoàn công tác sang trao đổi kinh nghiệm.")
        path = self.folder / "thu-moi.docx"
        letter.save(str(path))
        page.select_option("[name=upload_kind]", "invitation")
        page.set_input_files("[name=upload]", str(path))

    def press(self, page, label: str) -> None:
        """Press a button of the file, and the one of the dialog that it opens."""
        page.locator(f".page-actions :is(button, a):has-text('{label}')").first.click()
        dialog = page.locator("dialog[open] button.btn-primary")
        if dialog.count():
            dialog.first.click()
        page.wait_for_load_state()

    def submit(self, page) -> None:
        self.press(page, "Trình")
        page.wait_for_selector("text=Quy trình xử lý")
        self.file(page)
        assert "Hạn xử lý" in page.inner_text("body"), page.inner_text("main")

    def draft_decision(self, username: str = "tccb") -> None:
        with self.person(username) as page:
            self.take_from_home(page)
            page.click("button[name=how][value=data]")
            page.wait_for_selector("button[form=quyet-dinh][value=agree]")
            page.click("button[form=quyet-dinh][value=agree]")
            page.wait_for_selector("h1")

    def official(self, number: str) -> dict[str, str]:
        """What the clerk types from the ministry's register."""
        return {"number": number, "symbol": "QĐ-BDP", "issued_on": f"{self.today:%d/%m/%Y}"}

    def issue(self, number: str) -> None:
        self.decide("vanthu", fill=self.official(number))
        with self.person("chuyenvien") as page:
            self.file(page)
            assert f"{number}/QĐ-BDP" in page.inner_text("main")
