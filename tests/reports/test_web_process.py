"""The web process never loads WeasyPrint: it costs 60 MB and seconds, and belongs to the worker."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import connection

from reports.services import freeze
from tests.reports.factories import ordered, past_trip

SERVE = """
import os, sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.ALLOWED_HOSTS.append("testserver")
import django
django.setup()
from django.test import Client
from intlcoop.people.models import User
from intlcoop.wsgi import application
client = Client()
client.force_login(User.objects.get(username="quantri"))
report = "/bao-cao/BC-2026-0001/"
for page in ("/", "/bao-cao/", "/bao-cao/lap/", report, report + "so-lieu/outbound.led/", report + "du-lieu.json"):
    assert client.get(page).status_code == 200, page
answer = client.post("/bao-cao/lap/", {"year": "2025", "window": "calendar"})
assert answer.status_code == 302, answer.content[-2000:]
sys.exit("weasyprint" in sys.modules)
"""


@pytest.mark.django_db(transaction=True)
def test_serving_and_ordering_reports_loads_no_weasyprint(ministry):
    past_trip(ministry)
    freeze(ordered(ministry))
    name = connection.settings_dict["NAME"]

    served = subprocess.run(
        [sys.executable, "-c", SERVE, name],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "intlcoop.settings"},
        timeout=120,
    )

    assert served.returncode == 0, served.stderr[-3000:]
