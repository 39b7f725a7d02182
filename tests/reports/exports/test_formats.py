"""One text in every format: page, PDF, Word file and single HTML page say the same, and the workbook counts the same."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from intlcoop.exporting.pdf import outline_of, text_of
from intlcoop.vietnamese.normalise import nfc
from reports.exports import files, formats
from reports.exports.annexes import render_xlsx
from reports.exports.word import render_docx
from reports.queries.sections import sections_of
from reports.services import freeze
from tests.reports.factories import accompanying_trip, ordered, past_trip

pytestmark = pytest.mark.django_db
NASTY = "=cmd|' /C calc'!A0 <script>alert(1)</script> ﬁ ế ế"


@pytest.fixture
def report(ministry):
    past_trip(ministry, "Đoàn đi Lào", countries=("LA",), planned=True, departs=dt.date(2026, 4, 1))
    past_trip(ministry, NASTY, countries=("LA", "KH"), departs=dt.date(2026, 5, 1), members=3, is_highlight=True)
    accompanying_trip(ministry, departs=dt.date(2026, 6, 1))
    return ordered(ministry)


def pieces(report, snapshot) -> list[str]:
    """Every text of the report in the order of reading, as its sections hold it."""
    found: list[str] = []
    for section in sections_of(report, snapshot):
        found += [section["number"], section["title"]] if section["level"] != "closing" else []
        for block in section["blocks"]:
            found += list(texts_of(block))
    return [squeezed(text) for text in found if squeezed(text)]


def texts_of(block: dict[str, Any]) -> list[str]:
    match block["type"]:
        case "paragraph":
            return [block["text"]]
        case "list":
            return block["items"]
        case "chart":
            return [f"Biểu đồ: {block['title']}"]
    rows = [row["group"] if "group" in row else "".join(cell["text"] for cell in row["cells"]) for row in block["rows"]]
    caption = [f"Bảng: {block['caption']}"] if block["caption"] else []
    return [*caption, "".join(block["head"]), *rows, "".join(cell["text"] for cell in block["total"])]


def squeezed(text: str) -> str:
    """Letters and digits alone: a line break, a hyphen at its end and capitals are layout."""
    return re.sub(r"[\W_]", "", nfc(text)).casefold()


def assert_says(text: str, wanted: list[str]) -> None:
    """All pieces, each after the one before."""
    whole, place = squeezed(text), 0
    for piece in wanted:
        found = whole.find(piece, place)
        assert found >= 0, f"not there, or not in its place: {piece[:120]}"
        place = found + len(piece)


class Words(HTMLParser):
    """The text of a page without drawings."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.hidden += tag in ("svg", "style", "script", "head")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("svg", "style", "script", "head")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words.append(data)


def words_of_html(text: str) -> str:
    parser = Words()
    parser.feed(text)
    return " ".join(parser.words)


def words_of_docx(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return " ".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t"), qn("w:br"))) for paragraph in body.iter(qn("w:p"))
    )


def test_page_pdf_word_and_single_page_say_the_same(client, ministry, report):
    snapshot = freeze(report)
    wanted = pieces(report, snapshot)
    from reports.exports.printing import render

    pdf = render(report, snapshot)
    client.force_login(ministry.quantri)
    page = client.get(report.get_absolute_url()).text

    assert len(wanted) > 30
    assert_says(words_of_html(page[page.index('<article class="paper"') :]), wanted)
    assert_says(text_of(pdf).replace("\ufffe", "-"), wanted)
    assert_says(words_of_docx(render_docx(report, snapshot)), wanted)
    assert_says(words_of_html(formats.render_html(report, snapshot).decode()), wanted)
    titles = [title for title, _page in outline_of(pdf)]
    assert [squeezed(title) for title in titles] == [
        squeezed(f"{section['number']}{section['title']}")
        for section in sections_of(report, snapshot)
        if section["level"] != "closing"
    ]


def test_the_same_snapshot_gives_the_same_bytes(report):
    snapshot = freeze(report)

    for make in (render_docx, render_xlsx, formats.render_html):
        assert make(report, snapshot) == make(report, snapshot)


def test_the_word_file_has_real_styles_headings_contents_and_page_numbers(report):
    content = render_docx(report, freeze(report), [])
    document = Document(io.BytesIO(content))
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()

    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Body Text", "Phụ lục", "toc 1", "toc 2"} <= styles
    assert 'TOC \\o "1-3"' in xml
    names = set(re.findall(r'w:anchor="(_Toc\d+)"', xml))
    assert names
    assert names == set(re.findall(r'<w:bookmarkStart [^>]*w:name="(_Toc\d+)"', xml))
    assert xml.count("<w:tblHeader/>") == len(document.tables) - 2  # the head and the signature are no lists
    assert "NUMPAGES" in document.sections[0].footer._element.xml
    pictures = re.findall(r'<wp:docPr [^>]*descr="([^"]+)"', xml)
    assert pictures == ["Số đoàn ra theo nước đến"]


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_reads_back_the_same_numbers_and_dates(report):
    snapshot = freeze(report)
    content = render_xlsx(report, snapshot)
    found = sheets(content)

    figures = {line[1]: line[2] for line in found["Số liệu"][1:]}
    assert {key: figures[key] for key in snapshot.figures["figures"]} == {
        key: figure["value"] for key, figure in snapshot.figures["figures"].items()
    }
    head, *lines, total = found["Đoàn ra"]
    assert [line[head.index("Tên đoàn")] for line in lines] == [
        "Đoàn đi Lào",
        nfc(NASTY),
        "Tháp tùng Thủ tướng Chính phủ",
    ]
    assert lines[0][head.index("Ngày đi")] == dt.date(2026, 4, 1)
    assert total[1] == "TỔNG SỐ: 3"
    assert total[head.index("Số người")] == 7 == figures["outbound.persons"]
    assert "Kinh phí dự kiến (EUR)" not in head


def test_no_cell_of_the_workbook_is_a_formula_or_a_link_and_each_header_is_frozen(report):
    with zipfile.ZipFile(io.BytesIO(render_xlsx(report, freeze(report)))) as book:
        pages = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet")]

    assert pages
    assert not any("<f>" in page or "<hyperlink" in page for page in pages)
    assert all('state="frozen"' in page for page in pages)


def test_the_single_page_fetches_nothing_and_runs_nothing(report):
    text = formats.render_html(report, freeze(report)).decode()

    assert not re.search(r"<(script|link|img|iframe|object)\b|url\(|@import", text)
    assert "<style>" in text


def test_the_job_keeps_all_formats_and_the_page_offers_them(client, ministry, report):
    from intlcoop.jobs.runner import run_job
    from tests.reports.factories import fresh

    assert run_job(report.job_id)
    made = {output.format: output for output in fresh(report).outputs.all()}
    client.force_login(ministry.kiemtoan)
    page = client.get(report.get_absolute_url()).text

    assert set(made) == {"pdf", "docx", "xlsx", "html"}
    assert len({(output.version, output.printed_sha256) for output in made.values()}) == 1
    for output in made.values():
        assert files.path_of(output).stat().st_size == output.size
        assert str(output.public_id) in page
    assert made["docx"].original_name == f"{report.case.number}.docx"
    client.force_login(ministry.chuyenvien)
    assert client.get(f"/tep/bao-cao/{made['xlsx'].public_id}/").status_code == 404
