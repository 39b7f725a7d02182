from __future__ import annotations

import copy
from pathlib import Path

import pytest
from django.test import Client

from intlcoop.web import navigation, search
from tests.intlcoop.people.factories import UserFactory

OTHER_ROOMS = {"intlcoop.notifications.context_processors.unread", "intlcoop.jobs.context_processors.worker"}


@pytest.fixture
def pages(settings, monkeypatch):
    """The sample pages of `pages.py` instead of the portal's own, without what other rooms put into the frame."""
    settings.ROOT_URLCONF = "tests.intlcoop.web.pages"
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [*templates[0]["DIRS"], Path(__file__).parent / "templates"]
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [name for name in options["context_processors"] if name not in OTHER_ROOMS]
    options["context_processors"].append("tests.intlcoop.web.processors.other_rooms")
    settings.TEMPLATES = templates
    monkeypatch.setattr(navigation, "_entries", {})
    monkeypatch.setattr(navigation, "_ministry", [])
    monkeypatch.setattr(search, "_sources", {})


@pytest.fixture
def person(db):
    return UserFactory(full_name="Phạm Thị Ngọc Ánh")


@pytest.fixture
def page(pages, person) -> Client:
    """Somebody logged in, on the sample pages."""
    client = Client()
    client.force_login(person)
    return client
