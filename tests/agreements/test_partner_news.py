"""News of partners reach the units that want them, and only those (W004-05)."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.guidance import NewsKind
from agreements.models import NewsSubscription, PartnerNews
from agreements.services.partner_news import save_news, subscribe, unsubscribe, withdraw_news
from intlcoop.catalogues.models import CooperationField
from intlcoop.notifications.models import Notice
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.agreements.factories import PartnerFactory

pytestmark = pytest.mark.django_db


def publish(ministry, title="Đợt nhận đề xuất dự án nhỏ", by="htqt", **more) -> PartnerNews:
    fields = {"title": title, "kind": NewsKind.CALL, "text": "Mỗi đề xuất không quá 12 tháng."} | more
    return save_news(None, actor=ministry.person(by), fields=fields)


def told(news: PartnerNews) -> set[str]:
    return set(Notice.objects.filter(url=news.get_absolute_url()).values_list("recipient__username", flat=True))


def tokens(person) -> dict[str, str]:
    return {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4())}


def test_each_subscription_hears_what_it_asked_for(ministry):
    partner, other = PartnerFactory(), PartnerFactory()
    field = CooperationField.objects.order_by("pk").first()
    csdp, dhpt = ministry.unit("CSDP"), ministry.unit("DHPT")
    subscribe(csdp, actor=ministry.chuyenvien, partner=partner, kind=NewsKind.CALL)
    subscribe(dhpt, actor=ministry.truonghoc, field=field)
    mine = {"chuyenvien", "lanhdaodonvi"}
    assert told(publish(ministry, partner=partner)) == mine
    assert told(publish(ministry, partner=other)) == set()
    assert told(publish(ministry)) == set()
    assert told(publish(ministry, partner=partner, kind=NewsKind.POLICY)) == set()
    assert "truonghoc" in told(publish(ministry, fields=[field]))
    assert told(publish(ministry, partner=partner, fields=[field])) >= mine | {"truonghoc"}


def test_a_unit_that_was_merged_hears_on(ministry):
    subscribe(ministry.unit("CSDP"), actor=ministry.chuyenvien)
    day = timezone.localdate() - dt.timedelta(days=1)
    OrgUnit.objects.filter(code="CSDP").update(valid_until=day, merged_into=ministry.unit("DHPT"))
    assert "truonghoc" in told(publish(ministry))


def test_a_correction_tells_nobody_again_and_what_is_taken_back_is_gone(ministry, client):
    subscribe(ministry.unit("CSDP"), actor=ministry.chuyenvien)
    made = publish(ministry)
    count = Notice.objects.count()
    save_news(made, actor=ministry.vutruong, fields={"text": "Sửa lại."})
    assert Notice.objects.count() == count
    client.force_login(ministry.truonghoc)
    assert client.get(made.get_absolute_url()).status_code == 200
    with pytest.raises(NotAllowed):
        withdraw_news(made, actor=ministry.truonghoc)
    withdraw_news(made, actor=ministry.htqt)
    assert client.get(made.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        save_news(made, actor=ministry.htqt, fields={"text": "Lại."})


def test_the_department_publishes_and_units_subscribe_for_themselves_once(ministry):
    with pytest.raises(NotAllowed):
        publish(ministry, by="chuyenvien")
    with pytest.raises(NotAllowed):
        subscribe(ministry.unit("DHPT"), actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        subscribe(ministry.unit("CSDP"), actor=ministry.kiemtoan)
    row = subscribe(ministry.unit("CSDP"), actor=ministry.chuyenvien)
    with pytest.raises(Refused, match="đã đăng ký"):
        subscribe(ministry.unit("CSDP"), actor=ministry.lanhdaodonvi)
    with pytest.raises(NotAllowed):
        unsubscribe(row, actor=ministry.truonghoc)
    unsubscribe(row, actor=ministry.lanhdaodonvi)
    assert not NewsSubscription.objects.exists()


def test_by_clicking(client, ministry):
    person = ministry.htqt
    client.force_login(person)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    typed = {
        "title": "Học bổng ngắn hạn",
        "kind": "training",
        "text": "Cho công chức.",
        "apply_by": f"{yesterday:%d/%m/%Y}",
    }
    page = client.post("/tin-doi-tac/them/", typed | {"source_url": "không phải", "fields": "x"} | tokens(person))
    assert set(page.context["form"].errors) == {"apply_by", "source_url", "fields"}
    assert "Học bổng ngắn hạn" in page.content.decode()
    assert not PartnerNews.objects.exists()
    assert client.post("/tin-doi-tac/them/", typed | {"apply_by": ""} | tokens(person)).status_code == 302
    made = PartnerNews.objects.get()
    other = ministry.chuyenvien
    client.force_login(other)
    assert client.get("/tin-doi-tac/them/").status_code == 403
    assert made.title in client.get("/tin-doi-tac/", {"q": "hoc bong"}).content.decode()
    page = client.post("/tin-doi-tac/dang-ky/", {"unit": "x", "kind": "y", "field": "z"} | tokens(other))
    assert set(page.context["form"].errors) == {"unit", "kind", "field"}
    sent = {"unit": str(ministry.unit("CSDP").pk), "kind": "call"}
    assert client.post("/tin-doi-tac/dang-ky/", sent | tokens(other)).status_code == 302
    row = NewsSubscription.objects.get()
    client.force_login(ministry.truonghoc)
    assert client.post(f"/tin-doi-tac/dang-ky/{row.pk}/bo/", tokens(ministry.truonghoc)).status_code == 404
    client.force_login(other)
    assert client.post(f"/tin-doi-tac/dang-ky/{row.pk}/bo/", tokens(other)).status_code == 302
    assert not NewsSubscription.objects.exists()


def test_the_lists_cost_the_same_for_one_and_for_three(client, ministry):
    client.force_login(ministry.htqt)
    kinds = list(NewsKind.values)
    costs = []
    for count in (1, 3):
        while PartnerNews.objects.count() < count:
            publish(ministry, partner=PartnerFactory())
        while NewsSubscription.objects.count() < count:
            subscribe(ministry.unit("CSDP"), actor=ministry.chuyenvien, kind=kinds[NewsSubscription.objects.count()])
        for address in ("/tin-doi-tac/", "/tin-doi-tac/dang-ky/"):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            costs.append(len(captured))
    assert costs == [8, 9, 8, 9]


def test_a_page_from_before_somebody_elses_change_puts_nothing_in_its_place_unseen(ministry, client):
    made, person = publish(ministry), ministry.htqt
    client.force_login(person)
    url = f"{made.get_absolute_url()}sua/"
    seen = client.get(url).context["form"].stamp
    save_news(made, actor=ministry.vutruong, fields={"text": "Bản của Vụ trưởng."})
    typed = {"title": made.title, "kind": made.kind, "text": "Bản cũ.", "dau_vet": seen}
    assert client.post(url, typed | tokens(person)).status_code == 200
    assert PartnerNews.objects.get().text == "Bản của Vụ trưởng."
