from __future__ import annotations

import io
import os
import time
import zipfile

import pytest
from django.utils import translation

from intlcoop.documents.guard import CONTENT_TYPES, inspect
from intlcoop.documents.refusals import SENTENCES
from intlcoop.documents.secrecy import Level, Place
from tests.intlcoop.documents import samples as s

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SCRIPT = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def found(content: bytes, name: str, **options):
    return inspect(s.upload(content, name), **options)


HONEST = [
    ("Thư mời.pdf", s.pdf(), True),
    ("Thư mời nén.pdf", s.pdf(compress=True), True),
    ("ban-quet.pdf", s.scan(), False),
    ("Tờ trình.docx", s.word(), True),
    ("Danh sách đoàn.xlsx", s.excel(), True),
    ("anh.png", s.png(), False),
    ("anh.jpg", s.jpg(), False),
    ("ANH.JPEG", s.jpg(), False),
    ("ảnh chụp bằng điện thoại.jpg", s.jpg(behind=b"MPF\0second picture" + s.jpg()), False),
]


@pytest.mark.parametrize(("name", "content", "text_layer"), HONEST, ids=[row[0] for row in HONEST])
def test_an_honest_file_is_taken(name, content, text_layer):
    inspection = found(content, name)
    assert (inspection.ok, inspection.reason, inspection.text_layer) == (True, "", text_layer)
    assert inspection.content_type == CONTENT_TYPES[inspection.kind]
    assert inspection.size == len(content)
    assert len(inspection.sha256) == 64


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, body in members:
            made.writestr(name, body)
    return buffer.getvalue()


def bomb() -> bytes:
    return s.rewritten(s.word(), {"word/media/big.png": b"\0" * 40_000_000})


def lying_bomb() -> bytes:
    """The directory says that the member unpacks to ten bytes."""
    content = bytearray(bomb())
    size = (40_000_000).to_bytes(4, "little")
    for start in range(len(content) - 4):
        if content[start : start + 4] == size:
            content[start : start + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def many_members() -> bytes:
    return s.rewritten(s.word(), {f"word/media/p{n}.png": b"" for n in range(2100)})


def twice() -> bytes:
    buffer = io.BytesIO(s.word())
    with zipfile.ZipFile(buffer, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("word/document.xml", b"<a/>")
    return buffer.getvalue()


HOSTILE = {
    "empty": ("a.pdf", b"", "empty"),
    "program renamed pdf": ("a.pdf", b"MZ\x90\0" + b"\0" * 200, "mismatch"),
    "html renamed pdf": ("a.pdf", b"<html><script>alert(1)</script></html>", "mismatch"),
    "html in front of pdf": ("a.pdf", b"<html>" + s.pdf(), "mismatch"),
    "cut pdf": ("a.pdf", s.pdf()[: len(s.pdf()) // 2], "damaged"),
    "pdf cut at its last line": ("a.pdf", s.pdf()[:-8], "damaged"),
    "pdf of noise": ("a.pdf", b"%PDF-1.7\n" + b"\xab" * 500 + b"%%EOF", "damaged"),
    "locked pdf": ("a.pdf", s.encrypted_pdf(), "locked"),
    "pdf with script": ("a.pdf", s.pdf(catalog=SCRIPT), "active"),
    "pdf with escaped script": ("a.pdf", s.pdf(catalog=SCRIPT.replace(b"/JavaScript", b"/J#61vaScri#70t")), "active"),
    "pdf with packed script": ("a.pdf", s.pdf_with_hidden_script(), "active"),
    "pdf with escaped part": ("a.pdf", s.pdf_with_hidden_script().replace(b"/ObjStm", b"/Obj#53tm"), "active"),
    "pdf that starts a program": ("a.pdf", s.pdf(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "active"),
    "pdf that sends a form": ("a.pdf", s.pdf(catalog=b"/OpenAction << /S /SubmitForm /F (http://x) >>"), "active"),
    "pdf with a file inside": (
        "a.pdf",
        s.pdf(extra=b"30 0 obj << /Type /EmbeddedFile /Length 2 >> stream\nMZ\nendstream endobj\n"),
        "embedded",
    ),
    "svg": ("a.svg", b"<svg onload=alert(1)>", "kind"),
    "svg renamed png": ("a.png", b"<svg onload=alert(1)>", "mismatch"),
    "gif": ("a.gif", b"GIF89a", "kind"),
    "gif and html renamed jpg": ("a.jpg", b"GIF89a/*<script>alert(1)</script>*/", "mismatch"),
    "png with html behind": ("a.png", s.png(behind=b"<html><script>alert(1)</script>"), "picture_mixed"),
    "png with html inside": ("a.png", s.png(texts=(b"Comment\0<script>alert(1)</script>",)), "picture_mixed"),
    "png with zip behind": ("a.png", s.png(behind=archive(("a", b"b"))), "picture_mixed"),
    "jpg with html inside": ("a.jpg", s.jpg(comment=b"<script>alert(1)</script>"), "picture_mixed"),
    "jpg with zip behind": ("a.jpg", s.jpg(behind=archive(("a", b"b"))), "picture_mixed"),
    "cut png": ("a.png", s.png()[:-20], "damaged"),
    "png without picture": ("a.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    "cut jpg": ("a.jpg", s.jpg()[:-2], "damaged"),
    "jpg of nothing": ("a.jpg", b"\xff\xd8\xff\xe0", "damaged"),
    "huge png": ("a.png", s.png(width=50_000, height=50_000), "picture_size"),
    "huge jpg": ("a.jpg", s.jpg(width=60_000, height=60_000), "picture_size"),
    "png of no size": ("a.png", s.png(width=0), "damaged"),
    "archive renamed docx": ("a.docx", archive(("evil.exe", b"MZ")), "mismatch"),
    "excel renamed word": ("a.docx", s.excel(), "mismatch"),
    "word renamed excel": ("a.xlsx", s.word(), "mismatch"),
    "pdf renamed word": ("a.docx", s.pdf(), "mismatch"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "kind"),
    "locked word": ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old_office"),
    "macro word": ("a.docx", s.rewritten(s.word(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "macro"),
    "macro type": (
        "a.docx",
        s.rewritten(
            s.word(), {"[Content_Types].xml": lambda body: body.replace(b"document.main", b"x.macroEnabled.main")}
        ),
        "macro",
    ),
    "docm": ("a.docm", s.word(), "kind"),
    "template from elsewhere": (
        "a.docx",
        s.with_relation(f"{RELATIONS}/attachedTemplate", "http://x/a.dotm"),
        "external",
    ),
    "picture from elsewhere": ("a.docx", s.with_relation(f"{RELATIONS}/image", "file://x/a.png"), "external"),
    "frame from elsewhere": ("a.docx", s.with_relation(f"{RELATIONS}/frame", "http://x"), "external"),
    "mode written as entities": (
        "a.docx",
        s.with_relation(f"{RELATIONS}/attachedTemplate", "http://x/a.dotm", "E&#120;ternal"),
        "external",
    ),
    "program inside": ("a.docx", s.rewritten(s.word(), {"word/embeddings/a.exe": b"MZ"}), "embedded"),
    "program as picture": ("a.docx", s.rewritten(s.word(), {"word/media/a.png": b"MZ\x90"}), "embedded"),
    "workbook inside": ("a.docx", s.rewritten(s.word(), {"word/embeddings/a.xlsx": s.excel()}), "embedded"),
    "archive as picture": ("a.docx", s.rewritten(s.word(), {"word/media/a.png": s.word()}), "embedded"),
    "object inside": ("a.docx", s.with_relation(f"{RELATIONS}/oleObject", "embeddings/a.bin", "Internal"), "embedded"),
    "html inside": ("a.docx", s.with_relation(f"{RELATIONS}/aFChunk", "a.xml", "Internal"), "embedded"),
    "dde": (
        "a.docx",
        s.rewritten(
            s.word(),
            {
                "word/document.xml": lambda body: body.replace(
                    b"</w:p>",
                    b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
                    b"<w:r><w:instrText>AUTO cmd</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
                    1,
                )
            },
        ),
        "external",
    ),
    "entities": ("a.docx", s.rewritten(s.word(), {"word/document.xml": DOCTYPE + b"<a>&b;</a>"}), "declarations"),
    "entities in properties": (
        "a.docx",
        s.rewritten(s.word(), {"docProps/core.xml": DOCTYPE + b"<a/>"}),
        "declarations",
    ),
    "entities in relations": (
        "a.docx",
        s.rewritten(s.word(), {"word/_rels/x.rels": DOCTYPE + b"<a/>"}),
        "declarations",
    ),
    "entities in a sheet": (
        "a.xlsx",
        s.rewritten(s.excel(), {"xl/worksheets/sheet1.xml": DOCTYPE + b"<a/>"}),
        "declarations",
    ),
    "broken xml": ("a.docx", s.rewritten(s.word(), {"word/document.xml": b"<a>"}), "damaged"),
    "no types": ("a.docx", s.rewritten(s.word(), {"[Content_Types].xml": None}), "mismatch"),
    "bomb": ("a.docx", bomb(), "bomb"),
    "bomb that lies": ("a.docx", lying_bomb(), "damaged"),
    "too many members": ("a.docx", many_members(), "bomb"),
    "same member twice": ("a.docx", twice(), "damaged"),
    "climbing member": ("a.docx", s.rewritten(s.word(), {"../../evil.xml": b"<a/>"}), "damaged"),
    "absolute member": ("a.docx", s.rewritten(s.word(), {"/etc/evil.xml": b"<a/>"}), "damaged"),
    "other packing": ("a.docx", archive(("[Content_Types].xml", b"<a/>"), method=zipfile.ZIP_LZMA), "damaged"),
    "bytes behind": ("a.docx", s.word() + b"<html>", "damaged"),
    "bytes in front": ("a.docx", s.ZIP_START + s.word(), "damaged"),
    "cut docx": ("a.docx", s.word()[:2000], "damaged"),
    "right to left": ("anh\u202efdp.exe", s.pdf(), "kind"),
    "two endings": ("a.pdf.exe", s.pdf(), "kind"),
    "no ending": ("thumoi", s.pdf(), "kind"),
}


@pytest.mark.parametrize("label", HOSTILE)
def test_a_hostile_file_is_refused_quickly_with_a_sentence(label):
    name, content, code = HOSTILE[label]
    started = time.monotonic()
    inspection = found(content, name)
    assert (inspection.ok, inspection.code) == (False, code)
    assert len(inspection.reason) > 20
    assert time.monotonic() - started < 5


def test_every_reason_tells_what_to_do_in_every_language():
    for language in ("vi", "en"):
        with translation.override(language):
            assert all(str(sentence).strip().endswith(".") for sentence in SENTENCES.values())


# --- the mark of secrecy, wherever it may stand -----------------------------------------------------------------


def header(document):
    document.sections[0].header.paragraphs[0].text = "Tối mật"


def footer(document):
    document.sections[0].footer.paragraphs[0].text = "Trang 1 - MẬT"


def properties(document):
    document.core_properties.keywords = "tối mật"


def table(document):
    document.add_table(1, 2).cell(0, 1).text = "MẬT"


def split_runs(document):
    paragraph = document.add_paragraph()
    for part in ("T", "Ố", "I ", "M", "ẬT"):
        paragraph.add_run(part)


def in_document(xml: bytes) -> bytes:
    return s.rewritten(s.word(), {"word/document.xml": lambda body: body.replace(b"</w:body>", xml + b"</w:body>")})


VML = b"xmlns:v='urn:schemas-microsoft-com:vml'"
BOX = (
    f"<w:p><w:r><w:pict><v:textbox {VML.decode()}><w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>"
    "</v:textbox></w:pict></w:r></w:p>"
)
WATERMARK = f"<w:p><w:r><w:pict><v:textpath {VML.decode()} string='TUYỆT MẬT'/></w:pict></w:r></w:p>"
DELETED = "<w:p><w:del w:id='1' w:author='a'><w:r><w:delText>TỐI MẬT</w:delText></w:r></w:del></w:p>"

XMP = "<x:xmpmeta><dc:creator>Trần Thị Mật</dc:creator><dc:title>TỐI MẬT</dc:title></x:xmpmeta>\n"

MARKED = {
    "pdf body": ("a.pdf", s.pdf(f"BỘ DÂN TỘC VÀ TÔN GIÁO\nMẬT\n{s.LETTER}"), Place.BODY),
    "pdf second page": ("a.pdf", s.pdf(s.LETTER, s.LETTER, f"TỐI MẬT\n{s.LETTER}", compress=True), Place.BODY),
    "pdf title": ("a.pdf", s.pdf(info={"Title": "Báo cáo mật"}), Place.MARGIN),
    "pdf keywords": ("a.pdf", s.pdf(info={"Keywords": "Tuyệt mật"}), Place.MARGIN),
    "pdf xmp": ("a.pdf", s.pdf(extra=XMP.encode()), Place.MARGIN),
    "pdf stamp laid over": (
        "a.pdf",
        s.pdf(annotation="TỐI MẬT"),
        Place.BODY,
    ),
    "scan named so": ("toi_mat.pdf", s.scan(), Place.NAME),
    "docx body": ("a.docx", s.word(f"TỐI MẬT\n{s.LETTER}"), Place.BODY),
    "docx split runs": ("a.docx", s.word(change=split_runs), Place.BODY),
    "docx table": ("a.docx", s.word(change=table), Place.BODY),
    "docx header": ("a.docx", s.word(change=header), Place.MARGIN),
    "docx footer": ("a.docx", s.word(change=footer), Place.MARGIN),
    "docx keywords": ("a.docx", s.word(change=properties), Place.MARGIN),
    "docx text box": ("a.docx", in_document(BOX.encode()), Place.BODY),
    "docx watermark": ("a.docx", in_document(WATERMARK.encode()), Place.MARGIN),
    "docx deleted words": ("a.docx", in_document(DELETED.encode()), Place.BODY),
    "xlsx cell": ("a.xlsx", s.excel("Danh sách", "Độ mật: Mật"), Place.BODY),
    "xlsx sheet": ("a.xlsx", s.excel(change=lambda book, sheet: book.add_worksheet("Tối mật")), Place.MARGIN),
    "xlsx header": (
        "a.xlsx",
        s.excel(change=lambda book, sheet: sheet.set_header('&C&"Arial,Bold"&14MẬT')),
        Place.MARGIN,
    ),
    "xlsx text box": (
        "a.xlsx",
        s.excel(change=lambda book, sheet: sheet.insert_textbox(1, 1, "TUYỆT MẬT")),
        Place.BODY,
    ),
    "xlsx note": ("a.xlsx", s.excel(change=lambda book, sheet: sheet.write_comment(1, 1, "TỐI MẬT")), Place.BODY),
    "xlsx property": (
        "a.xlsx",
        s.excel(change=lambda book, sheet: book.set_properties({"subject": "mật"})),
        Place.MARGIN,
    ),
    "xlsx formula": (
        "a.xlsx",
        s.excel(change=lambda book, sheet: sheet.write_formula(3, 3, "=A1", None, "MẬT")),
        Place.BODY,
    ),
    "png title": ("a.png", s.png(texts=("Title\0TỐI MẬT".encode(),)), Place.MARGIN),
    "jpg comment": ("a.jpg", s.jpg(comment="MẬT".encode()), Place.MARGIN),
}


@pytest.mark.parametrize("label", MARKED)
def test_a_marked_file_is_refused_wherever_the_mark_stands(label):
    name, content, place = MARKED[label]
    inspection = found(content, name)
    assert (inspection.ok, inspection.code) == (False, "secrecy")
    assert inspection.secrecy_hit is not None
    assert inspection.secrecy_hit.place == place
    assert inspection.secrecy_hit.level.value in inspection.reason
    assert inspection.secrecy_hit.level in Level


def test_an_author_called_mat_is_no_mark():
    def author(document):
        document.core_properties.author = document.core_properties.last_modified_by = "Nguyễn Văn Mật"

    assert found(s.pdf(info={"Author": "Nguyễn Văn Mật"}), "a.pdf").ok
    assert found(s.pdf(extra=XMP.replace("TỐI MẬT", "Thư mời").encode()), "a.pdf").ok
    assert found(s.word(change=author), "a.docx").ok


# --- what the guard cannot read ---------------------------------------------------------------------------------


def test_one_scanned_page_among_readable_ones_counts_as_unread():
    assert found(s.pdf(s.LETTER, ""), "a.pdf").text_layer
    assert not found(s.scan("", ""), "a.pdf").text_layer


def test_a_word_file_that_is_only_a_picture_counts_as_unread():
    def picture(document):
        document.add_picture(io.BytesIO(s.png()))

    assert not found(s.word("Ảnh", change=picture), "a.docx").text_layer
    assert found(s.word(change=picture), "a.docx").text_layer


# --- how it answers ---------------------------------------------------------------------------------------------


def test_only_the_wanted_kind_is_taken_when_one_is_asked_for():
    assert found(s.pdf(), "a.pdf", declared_kind="pdf").ok
    refused = found(s.word(), "a.docx", declared_kind="pdf")
    assert (refused.code, "PDF" in refused.reason) == ("other_kind", True)


def test_the_file_is_rewound_and_asked_once():
    upload = s.upload(s.pdf(), "Thư mời.pdf")
    upload.read()
    first = inspect(upload)
    assert inspect(upload) is first
    assert upload.read() == s.pdf()


def test_an_earlier_answer_does_not_let_another_kind_in():
    upload = s.upload(s.word(), "a.docx")
    assert inspect(upload).ok
    assert not inspect(upload, declared_kind="pdf").ok


def test_exactly_the_limit_is_taken_and_one_byte_more_is_not(settings):
    content = s.pdf()
    settings.UPLOAD_MAX_BYTES = len(content)
    assert found(content, "a.pdf").ok
    settings.UPLOAD_MAX_BYTES = len(content) - 1
    assert found(content, "a.pdf").code == "too_large"


def test_reading_a_pdf_leaves_nothing_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = set(tmp_path.rglob("*"))
    found(s.pdf("TỐI MẬT"), "a.pdf")
    assert set(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("text", ["<x:xmpmeta", "<x:xmpmeta><dc:creator>", "/ObjStm ", "/Annots", "(((("])
def test_a_pdf_made_to_keep_the_guard_busy_is_dealt_with(text):
    started = time.monotonic()
    found(s.pdf(extra=text.encode() * (2_000_000 // len(text))), "a.pdf")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("text", ["<v:textbox ", "<oddHeader", "<is>", 't="str"><v>', "title=", "&amp;"])
def test_an_office_file_made_to_keep_the_guard_busy_is_dealt_with(text):
    body = f"<a><![CDATA[{text * (1_000_000 // len(text))}]]></a>".encode()
    content = s.rewritten(s.excel(), {"xl/worksheets/sheet1.xml": body, "xl/drawings/vmlDrawing1.vml": body})
    content = s.rewritten(content, {"xl/padding.png": b"x" + os.urandom(100_000)})
    started = time.monotonic()
    assert found(content, "a.xlsx").code in ("", "external")
    assert time.monotonic() - started < 10
