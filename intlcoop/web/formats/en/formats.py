"""The Vietnamese formats: a reader who switches the language still sees 25/11/2026 and 1.234,5."""

from __future__ import annotations

from intlcoop.web.formats.vi.formats import *  # noqa: F403 - a formats module is read by attribute name
