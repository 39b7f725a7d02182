"""Sample news of partners, and units that subscribed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from unittest import mock

from django.utils import timezone

from agreements.guidance import NewsKind
from agreements.models import Partner, PartnerNews
from agreements.services.partner_news import save_news, subscribe
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User

#: (kind, title, text, days ago, days until proposals close)
ROWS = (
    (NewsKind.CALL, "Đợt nhận đề xuất dự án nhỏ về giáo dục vùng khó khăn (minh họa)",
     "Mỗi đề xuất không quá 12 tháng, viết bằng tiếng Anh. Đơn vị gửi Vụ Hợp tác quốc tế trước hạn để tổng hợp.", 5, 30),
    (NewsKind.PRIORITY, "Lĩnh vực ưu tiên hỗ trợ giai đoạn tới: phát triển vùng, chuyển đổi số (minh họa)",
     "Đối tác ưu tiên hoạt động có sự tham gia của cộng đồng và có kế hoạch duy trì sau khi kết thúc.", 30, None),
    (NewsKind.TRAINING, "Học bổng ngắn hạn về quản lý công (minh họa)", "Dành cho công chức dưới 40 tuổi.", 80, -20),
)  # fmt: skip


def build(people: Mapping[str, User]) -> int:
    """Returns how many pieces of news there are."""
    today = timezone.localdate()
    partners = list(Partner.objects.offered().filter(is_sample=True).order_by("pk")[: len(ROWS)])
    subscribe(OrgUnit.objects.get(code="CSDP"), actor=people["lanhdaodonvi"], kind=NewsKind.CALL, is_sample=True)
    subscribe(OrgUnit.objects.get(code="DHPT"), actor=people["truonghoc"], is_sample=True)
    with mock.patch("agreements.services.partner_news.notify"):
        for place, (kind, title, text, ago, until) in enumerate(ROWS):
            with at(today - dt.timedelta(days=ago)):
                partner = partners[place] if place < len(partners) else None
                fields: dict[str, Any] = {
                    "kind": kind,
                    "title": title,
                    "text": text,
                    "partner": partner,
                    "source": "Thư của đối tác (minh họa)",
                }
                if until is not None:
                    fields["apply_by"] = today + dt.timedelta(days=until)
                save_news(None, actor=people["htqt"], fields=fields, is_sample=True)
    return PartnerNews.objects.filter(is_sample=True).count()
