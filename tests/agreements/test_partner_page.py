"""The page of a partner: its facts, and the sections that others put on it."""

from __future__ import annotations

import pytest

from agreements.queries import partner_sections
from tests.agreements.factories import PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections(monkeypatch):
    kept = dict(partner_sections._sections)
    monkeypatch.setattr(partner_sections, "_sections", kept)
    return kept


def test_sections_of_others_stand_in_their_order_with_their_own_data(client, ministry, sections):
    body = "components/empty.html"
    partner_sections.register_section(62, "thu-hai", "Mục thứ hai", lambda partner, user: {"text": f"của {user}"}, body)
    partner_sections.register_section(
        61, "thu-nhat", "Mục thứ nhất", lambda partner, user: {"text": str(partner), "count": 3}, body
    )
    partner_sections.register_section(63, "rong", "Mục không có gì", lambda partner, user: None, body)
    partner = PartnerFactory(name_vi="Bộ Nội vụ Lào (thử)")
    client.force_login(ministry.chuyenvien)
    page = client.get(partner.get_absolute_url()).content.decode()
    assert page.index('id="thu-nhat"') < page.index("<p>Bộ Nội vụ Lào (thử)</p>") < page.index('id="thu-hai"')
    assert "<p>của Nguyễn Minh An</p>" in page
    assert 'class="count">3<' in page
    assert "Mục không có gì" not in page
