"""What every story by clicking is made of: people with sessions of their own, what waits for them, how they decide."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from pathlib import Path

from intlcoop.operations.demo.ministry import PASSWORD

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


class Story:
    """One file and the people who handle it; every person has a browser session of their own.

    `sessions`: what the browser keeps for people who have logged in already, shared by the files of one story.
    """

    def __init__(self, chromium, url: str, folder: Path, title: str, sessions: dict | None = None) -> None:
        self.chromium = chromium
        self.title = title
        self.url = url
        self.folder = folder
        self.sessions = {} if sessions is None else sessions
        self.today = dt.date.today()
        self.number = ""

    @contextmanager
    def person(self, username: str, viewport: dict[str, int] = DESK):
        """A page on which this person is logged in; ends with no error in the console."""
        context = self.chromium.new_context(
            viewport=viewport, locale="en-US", accept_downloads=True, storage_state=self.sessions.get(username)
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        problems: list[str] = []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        if username not in self.sessions:
            self.log_in(page, username)
        try:
            yield page
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], username
        finally:
            context.close()
        assert not problems, (username, problems)

    def log_in(self, page, username: str) -> None:
        page.goto(f"{self.url}/dang-nhap/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit], button.btn-primary")
        page.wait_for_selector("h1:not(:has-text('Đăng nhập'))")
        self.sessions[username] = page.context.storage_state()

    def file(self, page) -> None:
        page.goto(f"{self.url}/doan-ra/{self.number}/")

    def take_from_home(self, page) -> None:
        """Open what waits for this person, as a newcomer would: on the home page, by its title."""
        page.goto(f"{self.url}/")
        task = page.locator("li.task", has_text=self.title).first
        task.locator("a.btn").click()
        page.wait_for_selector("#quyet-dinh")

    def decide(self, username: str, *, viewport: dict[str, int] = DESK, fill: dict[str, str] | None = None) -> None:
        with self.person(username, viewport) as page:
            self.take_from_home(page)
            for name, value in (fill or {}).items():
                page.fill(f"#quyet-dinh [name={name}]", value)
            page.click("button[form=quyet-dinh][value=agree]")
            page.wait_for_selector("h1")
            assert not page.locator(".form-errors, .alert-danger").count(), page.inner_text("main")

    def add_member(self, page, row: int, name: str, part: str) -> None:
        if not page.locator(f"[name=members-{row}-full_name]").is_visible():
            page.click("button:has-text('Thêm thành viên')")
        written = page.locator("#nhan-su option").evaluate_all(
            "(options, name) => options.map(o => o.value).find(v => v.startsWith(name))", name
        )
        page.fill(f"[name=members-{row}-full_name]", written or name)
        page.select_option(f"[name=members-{row}-part]", part)
        if not page.input_value(f"[name=members-{row}-rank]"):
            page.select_option(f"[name=members-{row}-rank]", "official")

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

    def issue(self, number: str) -> None:
        fields = {"number": number, "symbol": "QĐ-BDP", "issued_on": f"{self.today:%d/%m/%Y}"}
        self.decide("vanthu", fill=fields)
        with self.person("chuyenvien") as page:
            self.file(page)
            assert f"{number}/QĐ-BDP" in page.inner_text("main")
