"""What every test shares: fast passwords, a clean language, and the reference data that a flush must not take away."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
os.environ.setdefault("DEMO", "1")

import pytest  # noqa: E402
from django.utils import translation  # noqa: E402


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def vietnamese_page():
    """Every test starts in the portal's own language."""
    with translation.override("vi"):
        yield
