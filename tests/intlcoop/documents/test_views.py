from __future__ import annotations

import uuid
from urllib.parse import unquote

import pytest
from django.urls import reverse

from intlcoop.audit.models import SecurityEvent
from intlcoop.documents.registry import file_url
from intlcoop.documents.services import store_upload
from intlcoop.workflow.models import CaseAttachment
from tests.intlcoop.documents import samples as s

NAME = "Thư mời của Bộ Nội vụ Lào (bản dịch).pdf"


@pytest.fixture
def stored(attachment, owner) -> CaseAttachment:
    return store_upload(s.upload(s.pdf(), NAME), attachment, actor=owner)


@pytest.fixture
def url(stored, files_of_cases) -> str:
    return file_url(files_of_cases, stored)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_who_may_see_the_parent_gets_the_file(client, owner, url):
    client.force_login(owner)
    response = client.get(url)
    assert response.status_code == 200
    assert body(response) == s.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert int(response["Content-Length"]) == len(s.pdf())


def test_the_vietnamese_name_comes_back(client, owner, url):
    client.force_login(owner)
    header = client.get(url)["Content-Disposition"]
    assert header.startswith("attachment;")
    assert unquote(header.split("filename*=UTF-8''")[1]) == NAME


def test_a_file_can_never_act_as_one_of_our_pages(client, owner, url):
    client.force_login(owner)
    for address in (url, url + "?xem=1"):
        response = client.get(address)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
        assert "allow-scripts" not in response["Content-Security-Policy"]


def test_a_stranger_and_a_wrong_number_look_the_same(client, stranger, url, files_of_cases):
    client.force_login(stranger)
    somebodys, nobodys = client.get(url), client.get(reverse("documents:file", args=[files_of_cases, uuid.uuid4()]))
    assert (somebodys.status_code, nobodys.status_code) == (404, 404)
    assert not SecurityEvent.objects.filter(kind="download").exists()


def test_an_unknown_source_is_not_there(client, owner, stored, url):
    client.force_login(owner)
    assert client.get(reverse("documents:file", args=["khac", stored.public_id])).status_code == 404


def test_without_login_the_way_leads_to_the_login_page(client, url):
    response = client.get(url)
    assert (response.status_code, "next=" in response["Location"]) == (302, True)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_file_is_only_read(client, owner, url, method):
    client.force_login(owner)
    assert getattr(client, method)(url).status_code == 405


def test_every_download_is_written_down_and_a_look_at_the_head_is_not(client, owner, stored, url):
    client.force_login(owner)
    head = client.head(url)
    assert (head.status_code, head["Content-Length"]) == (200, str(len(s.pdf())))
    assert not SecurityEvent.objects.filter(kind="download").exists()
    client.get(url)
    event = SecurityEvent.objects.get(kind="download")
    assert (event.actor, event.target, event.url) == (owner, NAME, url)
    assert event.detail["public_id"] == str(stored.public_id)


def test_a_pdf_and_a_picture_can_be_looked_at_and_a_word_file_cannot(client, owner, case, files_of_cases):
    client.force_login(owner)
    ways = {}
    for name, content in (("a.pdf", s.pdf()), ("a.png", s.png()), ("a.docx", s.word())):
        row = store_upload(
            s.upload(content, name), CaseAttachment(case=case, kind="other"), actor=owner, no_secret_declared=True
        )
        assert file_url(files_of_cases, row, view=True).endswith("?xem=1") == row.can_be_viewed
        response = client.get(file_url(files_of_cases, row) + "?xem=1")
        ways[name] = response["Content-Disposition"].split(";")[0]
        assert response["Content-Type"] == row.content_type
    assert ways == {"a.pdf": "inline", "a.png": "inline", "a.docx": "attachment"}


def test_behind_nginx_only_the_name_goes_out(client, owner, stored, url, settings):
    settings.PRIVATE_DELIVERY = "/rieng/"
    client.force_login(owner)
    response = client.get(url)
    assert response["X-Accel-Redirect"] == f"/rieng/{stored.file.name}"
    assert response.content == b""
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert SecurityEvent.objects.filter(kind="download").count() == 1


def test_a_file_that_is_gone_from_storage_is_no_crash(client, owner, stored, url, media):
    (media / stored.file.name).unlink()
    client.force_login(owner)
    assert client.get(url).status_code == 404


def test_a_row_without_a_file_has_no_download(client, owner, case, files_of_cases):
    row = CaseAttachment.objects.create(case=case, kind="other")
    client.force_login(owner)
    assert client.get(file_url(files_of_cases, row)).status_code == 404
