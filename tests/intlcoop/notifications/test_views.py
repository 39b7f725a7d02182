"""The list of notices; reading is noted by a POST, and only one's own notices exist."""

from __future__ import annotations

import pytest
from django.urls import reverse

from intlcoop.notifications import mailbox
from intlcoop.notifications.context_processors import unread
from intlcoop.notifications.models import Notice
from tests.intlcoop.jobs.factories import PersonFactory
from tests.intlcoop.notifications.factories import NoticeFactory

pytestmark = pytest.mark.django_db

LIST = reverse("notifications:list")


def test_the_unread_come_first_and_those_of_others_not_at_all(client, person):
    NoticeFactory(recipient=person, subject="Cũ chưa đọc", created_at="2026-11-01T00:00:00Z")
    NoticeFactory(recipient=person, subject="Mới chưa đọc", created_at="2026-11-20T00:00:00Z")
    NoticeFactory(recipient=person, subject="Đã đọc", read_at="2026-11-21T00:00:00Z")
    NoticeFactory(subject="Của người khác")
    client.force_login(person)
    response = client.get(LIST)
    shown = [notice.subject for notice in response.context["page_obj"]]
    assert shown == ["Mới chưa đọc", "Cũ chưa đọc", "Đã đọc"]


def test_opening_a_notice_notes_it_and_goes_to_the_file(client, person):
    notice = NoticeFactory(recipient=person)
    client.force_login(person)
    response = client.post(reverse("notifications:open", args=[notice.pk]))
    assert (response.status_code, response.url) == (302, notice.url)
    assert Notice.objects.get().read_at is not None


@pytest.mark.parametrize("name", ["open", "read_all"])
def test_reading_a_page_notes_nothing(client, person, name):
    notice = NoticeFactory(recipient=person)
    client.force_login(person)
    assert client.get(LIST).status_code == 200
    arguments = [notice.pk] if name == "open" else []
    assert client.get(reverse(f"notifications:{name}", args=arguments)).status_code == 405
    assert Notice.objects.get().read_at is None


def test_a_foreign_notice_does_not_exist(client, person):
    client.force_login(person)
    assert client.post(reverse("notifications:open", args=[NoticeFactory().pk])).status_code == 404


def test_all_are_read_at_once(client, person):
    NoticeFactory.create_batch(3, recipient=person)
    client.force_login(person)
    assert client.post(reverse("notifications:read_all")).status_code == 302
    assert not Notice.objects.unread().exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_empty_list_and_a_long_one_are_pages(client, language):
    person = PersonFactory(language=language)
    client.force_login(person)
    assert client.get(LIST).status_code == 200
    NoticeFactory.create_batch(120, recipient=person)
    response = client.get(LIST, {"trang": "2"})
    assert response.status_code == 200
    assert len(response.context["page_obj"]) == 50


def test_the_list_costs_the_same_for_one_and_many(client, person, django_assert_max_num_queries):
    client.force_login(person)
    client.get(LIST)  # the frame remembers the ministry's name
    costs = []
    for _visit in (1, 3):
        NoticeFactory.create_batch(2, recipient=person)
        with django_assert_max_num_queries(8) as queries:
            client.get(LIST)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_the_number_of_unread_notices_costs_one_query_however_often_it_is_printed(
    rf, person, django_assert_num_queries
):
    NoticeFactory.create_batch(2, recipient=person)
    request = rf.get("/")
    request.user = person
    count = unread(request)["unread_notices"]
    with django_assert_num_queries(1):
        assert (count(), count()) == (2, 2)


def test_a_page_that_does_not_print_it_pays_nothing(rf, person, django_assert_num_queries):
    request = rf.get("/")
    request.user = person
    with django_assert_num_queries(0):
        unread(request)


class TestDemoMails:
    @pytest.fixture(autouse=True)
    def _place(self, settings, tmp_path):
        settings.VAR_DIR = tmp_path
        settings.DEMO = True

    @pytest.fixture
    def newcomer(self):
        return PersonFactory(is_demo=True)

    def test_the_mails_are_shown_to_the_people_of_the_demo(self, client, newcomer):
        mailbox.keep("Subject: Chào\r\nTo: a@b.vn\r\n\r\nXem http://127.0.0.1:8000/doan-ra/ <b>".encode())
        client.force_login(newcomer)
        assert "Chào" in client.get(reverse("notifications:demo_mails")).text
        text = client.get(reverse("notifications:demo_mail", args=[mailbox.names()[0]])).text
        assert 'href="http://127.0.0.1:8000/doan-ra/"' in text
        assert "&lt;b&gt;" in text

    def test_an_empty_box_is_a_page(self, client, newcomer):
        client.force_login(newcomer)
        assert client.get(reverse("notifications:demo_mails")).status_code == 200

    def test_real_people_and_real_portals_have_no_such_page(self, client, newcomer, person, settings):
        name = mailbox.keep(b"Subject: x\r\n\r\nx")
        pages = [reverse("notifications:demo_mails"), reverse("notifications:demo_mail", args=[name])]
        client.force_login(person)
        assert {client.get(page).status_code for page in pages} == {404}
        settings.DEMO = False
        client.force_login(newcomer)
        assert {client.get(page).status_code for page in pages} == {404}

    @pytest.mark.parametrize("name", ["none", "..-..-secret-key"])
    def test_no_other_file_can_be_read(self, client, newcomer, name):
        client.force_login(newcomer)
        assert client.get(f"/quan-tri/thu-demo/{name}/").status_code == 404
        assert client.get("/quan-tri/thu-demo/..%2Fsecret_key/").status_code == 404
