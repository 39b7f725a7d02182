from __future__ import annotations

import unicodedata
from email.message import Message
from urllib.parse import unquote

import pytest

from intlcoop.documents.filenames import MAX_BYTES, clean_name, content_disposition, extension_of

HOSTILE = [
    ("../../etc/passwd", "passwd"),
    ("..\\..\\windows\\system32\\cmd.exe", "cmd.exe"),
    ("/etc/shadow.pdf", "shadow.pdf"),
    ("C:\\Users\\lan\\Thư mời.pdf", "Thư mời.pdf"),
    ("thu\x00moi.pdf", "thumoi.pdf"),
    ("thư mời\r\nSet-Cookie: a=b.pdf", "thư mời Set-Cookie_ a=b.pdf"),
    ("anh\u202efdp.exe", "anhfdp.exe"),
    ("\u200bthư\u200b.pdf", "thư.pdf"),
    ("CON", "_CON"),
    ("con.pdf", "_con.pdf"),
    ("LPT1.docx", "_LPT1.docx"),
    ("console.pdf", "console.pdf"),
    ("..", "tep"),
    ("", "tep"),
    (".pdf", "pdf"),
    ("thư mời.pdf. . ", "thư mời.pdf"),
    ('a<b>:"c"|?*.pdf', "a_b_c_.pdf"),
    ("a\tb\nc.pdf", "a_b c.pdf"),
    (unicodedata.normalize("NFD", "Tờ trình.docx"), "Tờ trình.docx"),
]


@pytest.mark.parametrize(("name", "clean"), HOSTILE)
def test_a_hostile_name_becomes_a_plain_one(name, clean):
    assert clean_name(name) == clean
    assert clean_name(clean) == clean


@pytest.mark.parametrize(
    ("name", "ending"),
    [("ế" * 300 + ".pdf", "pdf"), ("a" * 300, ""), ("𝔸" * 200 + ".docx", "docx"), ("x." + "y" * 300, "")],
)
def test_a_long_name_is_cut_between_letters_and_keeps_its_ending(name, ending):
    clean = clean_name(name)
    assert len(clean.encode()) <= MAX_BYTES
    assert clean.encode().decode() == clean
    assert not ending or clean.endswith(f".{ending}")


@pytest.mark.parametrize(("name", "ending"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("a.pdf.exe", "exe")])
def test_the_ending_is_the_last_one(name, ending):
    assert extension_of(name) == ending


@pytest.mark.parametrize(
    "name",
    ["Thư mời của Bộ Nội vụ Lào (bản dịch).pdf", "Đề án – “mới”.docx", "a'b%20c;d=e.pdf", *[row[0] for row in HOSTILE]],
)
def test_a_name_comes_back_from_the_header_as_it_was(name):
    header = content_disposition(name)
    assert header.isascii()
    assert not set(header) & set("\r\n\x00")
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    assert unquote(header.split("filename*=UTF-8''")[1]) == clean_name(name)


def test_old_programs_get_a_name_without_accents():
    assert 'filename="de-an-moi.pdf"' in content_disposition("Đề án mới.pdf")
    assert content_disposition("a.pdf", inline=True).startswith("inline;")
