from __future__ import annotations

import gc
import io
import re
import subprocess
import sys
import unicodedata
import zlib

import pytest
from PIL import Image

from intlcoop.exporting.pdf import (
    PdfAssetRefused,
    PdfUnreadable,
    metadata_of,
    page_count,
    page_images,
    render_pdf,
    text_of,
)

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
FONT = '<style>body { font: 14pt "Times New Roman", "Liberation Serif" }</style>'


def page(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="vi"><head><title>T</title>{FONT}{head}</head><body>{body}</body></html>'


def unpacked(pdf: bytes) -> bytes:
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompress(stream) if stream[:1] == b"x" else stream for stream in streams)


def png() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, format="PNG")
    return picture.getvalue()


def test_importing_the_module_does_not_load_weasyprint():
    code = "import intlcoop.exporting.pdf, intlcoop.exporting.decree30, sys; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("style", ["{}", "<b>{}</b>", "<i>{}</i>", "<b><i>{}</i></b>"])
def test_every_vietnamese_letter_with_every_tone_can_be_extracted(form, style):
    words = " ".join(LETTERS + LETTERS.upper())
    text = text_of(render_pdf(page(style.format(unicodedata.normalize(form, words)))))
    assert text.split() == words.split()


def test_the_same_input_gives_the_same_bytes_and_another_input_others():
    first = render_pdf(page("<p>Đoàn ra</p>"), title="Báo cáo")
    assert first == render_pdf(page("<p>Đoàn ra</p>"), title="Báo cáo")
    assert first != render_pdf(page("<p>Đoàn vào</p>"), title="Báo cáo")


def test_archive_form_is_reproducible_too():
    first = render_pdf(page("<p>Đoàn ra</p>"), variant="pdf/a-2u")
    assert b"OutputIntent" in unpacked(first)
    assert first == render_pdf(page("<p>Đoàn ra</p>"), variant="pdf/a-2u")


def test_title_stylesheet_and_identifier_are_taken_over():
    pdf = render_pdf(
        page("<p>a</p><p>b</p>"), stylesheets=["p { break-after: page }"], title="Báo cáo", identifier=b"run-1"
    )
    assert metadata_of(pdf)["Title"] == "Báo cáo"
    assert page_count(pdf) == 2
    assert b"run-1".hex().encode() in pdf or b"run-1" in pdf


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<img src="file:///etc/passwd">', ""),
        ('<img src="http://localhost:1/x.png">', ""),
        ('<img src="https://example.org/x.png">', ""),
        ('<img src="ftp://example.org/x.png">', ""),
        ('<img src="data:image/png;base64,AAAA">', ""),
        ('<img src="asset:unknown.png">', ""),
        ('<img src="asset:/../../etc/passwd">', ""),
        ("", '<link rel="stylesheet" href="file:///etc/passwd">'),
        ("", '<link rel="attachment" href="file:///etc/passwd">'),
        ("", '<style>@import url("http://localhost:1/x.css");</style>'),
        ("", '<style>body { background: url("file:///etc/passwd") }</style>'),
        ("", '<style>@font-face { font-family: x; src: url("file:///etc/passwd") } body { font-family: x }</style>'),
        ('<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>', ""),
    ],
)
def test_nothing_but_the_given_assets_is_fetched(body, head):
    with pytest.raises(PdfAssetRefused):
        render_pdf(page(body, head), assets={"known.png": png()})


def test_stylesheets_may_not_fetch_either():
    with pytest.raises(PdfAssetRefused) as refusal:
        render_pdf(page("<p>x</p>"), stylesheets=['@import "file:///etc/hosts";'])
    assert refusal.value.url == "file:///etc/hosts"


def test_a_relative_address_prints_nothing_from_disk():
    assert "root:" not in text_of(render_pdf(page('<object data="/etc/passwd"></object><img src="/etc/passwd">')))


def test_a_given_asset_is_printed():
    without = render_pdf(page("<p>x</p>"))
    pdf = render_pdf(page('<p>x</p><img src="asset:mark.png">'), assets={"mark.png": png()})
    assert b"/Image" in pdf
    assert b"/Image" not in without


def test_the_collector_works_again_after_success_and_after_refusal():
    render_pdf(page("x"))
    with pytest.raises(PdfAssetRefused):
        render_pdf(page('<img src="file:///x">'))
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_pages_are_counted_read_and_pictured():
    pdf = render_pdf(page('<p>một</p><p style="break-before: page">hai</p>'))
    assert page_count(pdf) == 2
    assert text_of(pdf).split("\f") == ["một", "hai"]
    assert text_of(pdf, max_pages=1) == "một"
    pictures = [Image.open(io.BytesIO(picture)) for picture in page_images(pdf, scale=1)]
    assert [(picture.format, picture.size) for picture in pictures] == [("PNG", (596, 842))] * 2


@pytest.mark.parametrize("data", [b"", b"not a pdf", b"%PDF-1.7\n%%EOF"])
@pytest.mark.parametrize("read", [page_count, text_of, page_images, metadata_of])
def test_what_is_no_pdf_is_said_to_be_none(data, read):
    with pytest.raises(PdfUnreadable):
        read(data)
