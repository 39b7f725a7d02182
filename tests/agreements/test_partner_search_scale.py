"""A hundred thousand partners: searching them is one question, answered from the index."""

from __future__ import annotations

import time

import pytest
from django.db import connection, transaction

from agreements.likeness import traces
from agreements.models import Partner
from agreements.queries import find_partners
from agreements.queries.alike import partners_like
from intlcoop.catalogues.searching import search_text
from tests.intlcoop.people.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MANY = 100_000
ROWS = """
    INSERT INTO agreements_partner (name_vi, name_en, name_native, short_name, kind, tier, needs, capacity, address, website,
        in_viet_nam, is_proposed, is_sample, is_active, folded_name, sort_key, search_text, likeness)
    SELECT name, '', '', '', 'other', '', '', '', '', '', false, false, true, true, name, name, ' ' || name, name
    FROM (SELECT 'co quan ' || left(md5(n::text), 7) || ' ' || n AS name FROM generate_series(1, %s) AS n) AS made
"""


@pytest.fixture(scope="module")
def many(django_db_setup, django_db_blocker):
    """Written in one statement, past the history, which has its own tests; the indexes are built over all rows at once."""
    with django_db_blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE agreements_partner DISABLE TRIGGER USER")
        cursor.execute("DROP INDEX partner_search, partner_likeness")
        cursor.execute(ROWS, [MANY])
        for column, name in (("search_text", "partner_search"), ("likeness", "partner_likeness")):
            cursor.execute(f"CREATE INDEX {name} ON agreements_partner USING gin ({column} gin_trgm_ops)")
        cursor.execute("ALTER TABLE agreements_partner ENABLE TRIGGER USER")
        names = ("Chương trình Phát triển Liên hợp quốc", "UNDP")
        Partner.objects.create(
            name_vi=names[0], short_name=names[1], kind="un_agency", folded_name=names[0], sort_key="c",
            search_text=search_text(*names), likeness=traces(names),
        )  # fmt: skip
        cursor.execute("ANALYZE agreements_partner")
        yield
        transaction.set_rollback(True)


def test_a_search_over_a_hundred_thousand_partners_is_one_indexed_question(many, django_assert_num_queries):
    user = UserFactory()
    found = Partner.objects.visible_to(user).living().search("phát triển liên hợp quốc")[:11]
    plan = found.explain()
    print(plan)  # noqa: T201
    assert "Bitmap Index Scan on partner_search" in plan
    with django_assert_num_queries(1):
        started = time.monotonic()
        hits = find_partners(user, "liên hợp quốc", 10)
    assert [hit.title for hit in hits] == ["Chương trình Phát triển Liên hợp quốc"]
    assert time.monotonic() - started < 2


def test_partners_like_a_name_are_one_indexed_question_too(many, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = partners_like(["United Nations Development Program"])
    assert [each.partner.short_name for each in found] == ["UNDP"]
    alike = Partner.objects.filter(likeness__trigram_word_similar="development programme un")
    assert "Bitmap Index Scan on partner_likeness" in alike.explain()
