"""Storage of its own for each test, and a small file of the ministry to hang attachments on."""

from __future__ import annotations

from pathlib import Path

import pytest

from intlcoop.documents import registry
from intlcoop.workflow.models import Case, CaseAttachment
from tests.intlcoop.people.factories import OrgUnitFactory, UserFactory


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    """An empty MEDIA_ROOT; `list(media.rglob("*"))` is everything that was ever kept there."""
    root = tmp_path / "media"
    root.mkdir()
    default = settings.STORAGES["default"]
    settings.MEDIA_ROOT = root
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": default["OPTIONS"] | {"location": root}}}
    return root


@pytest.fixture
def owner(db):
    return UserFactory(full_name="Nguyễn Thị Lan")


@pytest.fixture
def stranger(db):
    return UserFactory(full_name="Trần Văn Khách")


@pytest.fixture
def case(owner) -> Case:
    return Case.objects.create(
        kind="outbound",
        number="ĐR-2026-9001",
        title="Đoàn đi Lào",
        unit=OrgUnitFactory(),
        created_by=owner,
        state="planned",
    )


@pytest.fixture
def attachment(case) -> CaseAttachment:
    """Not saved yet."""
    return CaseAttachment(case=case, kind="invitation")


@pytest.fixture
def files_of_cases(monkeypatch) -> str:
    """The slug under which the attachments of cases can be downloaded in these tests."""
    monkeypatch.setitem(registry._sources, "thu", lambda user: CaseAttachment.objects.visible_to(user))
    return "thu"
