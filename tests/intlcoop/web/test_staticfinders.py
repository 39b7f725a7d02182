from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template.loader import render_to_string

from intlcoop.web.staticfinders import FILES, PortalStaticStorage

NEEDED = [
    "vendor/bootstrap/bootstrap.min.css",
    "css/tokens.css",
    "js/frame.js",
    "mark/mark.svg",
    "django_htmx/htmx-2.min.js",
]


@pytest.mark.parametrize("name", NEEDED)
def test_everything_a_page_names_is_found(name):
    assert finders.find(name)


def test_unknown_vendor_file_is_not_found():
    assert not finders.find("vendor/bootstrap/../../settings.py")
    assert not finders.find("vendor/other.js")


def test_names_stay_plain_where_nothing_was_collected():
    storage = PortalStaticStorage(location="/nonexistent", base_url="/static/")
    assert storage.url("css/tokens.css") == "/static/css/tokens.css"


def test_collected_files_have_hashed_names_and_point_to_no_source_map(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    for name in NEEDED:
        assert re.search(r"\.[0-9a-f]{12}\.", names[name])
    for name in FILES:
        assert b"sourceMappingURL" not in (tmp_path / names[name]).read_bytes()
        assert (tmp_path / f"{names[name]}.gz").exists()


def test_skeleton_names_only_files_that_exist():
    html = render_to_string("errors/500.html", {"now": None})
    for name in re.findall(r'(?:href|src)="/static/([^"]+)"', html):
        assert finders.find(name), name
