"""The Celery application. A message is only a hint: the truth is the job row (intlcoop.jobs)."""

from __future__ import annotations

import os

from celery import Celery

from intlcoop.embedded.broker import start_when_needed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intlcoop.settings")

app = Celery("intlcoop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
start_when_needed(app)
