"""What gunicorn serves."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intlcoop.settings")

application = get_wsgi_application()

# All addresses and what serves them, once and before gunicorn forks. What is loaded by then stays, so the collector need
# not look through it again and again: that took a fifth of the time of a page.
_addresses = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
