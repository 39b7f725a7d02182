"""The shipped catalogues: complete, under the names that the ministry prints, and never written over."""

from __future__ import annotations

import pytest

from intlcoop.catalogues import reference
from intlcoop.catalogues.choices import Region
from intlcoop.catalogues.models import CooperationField, Country, Currency
from intlcoop.vietnamese.normalise import nfc

UN_MEMBERS = """
    AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM CG
    CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID
    IR IQ IE IL IT JM JP JO KZ KE KI KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MD MC MN ME
    MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA RO RU RW KN LC VC WS SM ST SA SN RS SC SL SG
    SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TZ TH TL TG TO TT TN TR TM TV UG UA AE GB US UY UZ VU VE VN YE ZM ZW
"""
OBSERVERS = {"VA", "PS"}
# Latin spellings that the ministry's articles and the Government's press print; every other name is Vietnamese.
PRINTED_IN_LATIN = {
    "Australia",
    "Brunei",
    "Cuba",
    "Indonesia",
    "Malaysia",
    "Myanmar",
    "New Zealand",
    "Philippines",
    "Singapore",
    "Timor-Leste",
}
FOREIGN_LETTERS = set("fjwzFJWZ")


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    return {country.iso2: country.name_vi for country in reference.read_countries()}


def test_every_member_and_observer_of_the_united_nations_is_there():
    members = set(UN_MEMBERS.split())
    assert len(members) == 193
    countries = {country.iso2 for country in reference.read_countries() if not country.is_territory}
    assert countries == members | OBSERVERS


def test_no_two_countries_share_a_name_or_a_code():
    countries = list(reference.read_countries())
    for column in ("iso2", "iso3", "name_vi", "name_en"):
        assert len({getattr(country, column) for country in countries}) == len(countries), column


@pytest.mark.parametrize(
    ("iso2", "name"),
    [
        # What the translations of common packages get wrong.
        ("NE", "Ni-giê"),
        ("NG", "Ni-giê-ri-a"),
        ("IS", "Ai-xơ-len"),
        ("IE", "Ai-len"),
        ("AT", "Áo"),
        ("JE", "Giơ-xi (Anh)"),
        ("RE", "Rê-uy-ni-ông (Pháp)"),
        ("SZ", "E-xoa-ti-ni"),
        ("KP", "Triều Tiên"),
        ("KR", "Hàn Quốc"),
        ("LY", "Li-bi"),
        ("CG", "Cộng hòa Công-gô"),
        ("CD", "Cộng hòa Dân chủ Công-gô"),
        ("DM", "Đô-mi-ni-ca"),
        ("DO", "Cộng hòa Đô-mi-ni-ca-na"),
        ("MR", "Mô-ri-ta-ni"),
        ("MU", "Mô-ri-xơ"),
        ("SK", "Xlô-va-ki-a"),
        ("SI", "Xlô-ven-ni-a"),
        ("VA", "Va-ti-căng"),
        ("PS", "Pa-le-xtin"),
        ("HK", "Hồng Công (Trung Quốc)"),
        ("MO", "Ma Cao (Trung Quốc)"),
        ("TW", "Đài Loan (Trung Quốc)"),
        # As the ministry's own articles print them.
        ("AU", "Australia"),
        ("NZ", "New Zealand"),
        ("CH", "Thụy Sĩ"),
        ("KH", "Campuchia"),
        ("CU", "Cuba"),
        ("RU", "Nga"),
        ("US", "Hoa Kỳ"),
    ],
)
def test_names_are_those_that_the_ministry_prints(names, iso2, name):
    assert names[iso2] == name


def test_names_are_in_one_spelling():
    for country in reference.read_countries():
        texts = [country.name_vi, country.name_en, country.official_name_vi, country.official_name_en, *country.aliases]
        assert all(text == nfc(text).strip() and text for text in texts), country.iso2
        assert "hoà" not in country.official_name_vi.lower(), country.iso2
        if country.name_vi not in PRINTED_IN_LATIN:
            assert not FOREIGN_LETTERS & set(country.name_vi), country.name_vi
        assert country.region in Region.values


def test_a_territory_says_to_whom_it_belongs(names):
    owners = {"Trung Quốc", "Đan Mạch", "Anh", "Hoa Kỳ", "Pháp", "Hà Lan"}
    for country in reference.read_countries():
        if country.is_territory and country.iso2 not in {"CK", "NU"}:
            assert any(owner in country.name_vi for owner in owners), country.name_vi


@pytest.mark.django_db
def test_countries_stand_in_vietnamese_alphabetical_order():
    in_order = list(Country.objects.values_list("iso2", flat=True))
    assert in_order[0] == "AZ"  # A-déc-bai-dan, before Á-, Ă- and Â-
    for before, after in [
        ("IE", "IS"),  # Ai-len, Ai-xơ-len
        ("IE", "AT"),  # Ai-len, Áo
        ("AT", "AO"),  # Áo, Ăng-gô-la: ă comes after the whole of a
        ("AO", "IN"),  # Ăng-gô-la, Ấn Độ: â comes after ă
        ("IN", "PL"),  # Ấn Độ, Ba Lan
        ("CZ", "SG"),  # Séc, Singapore
        ("CU", "DK"),  # Cuba, Đan Mạch
        ("ZW", "DK"),  # Dim-ba-bu-ê, Đan Mạch: đ comes after the whole of d
        ("NE", "NG"),  # Ni-giê, Ni-giê-ri-a
        ("VE", "VN"),  # Vê-nê-xu-ê-la, Việt Nam
    ]:
        assert in_order.index(before) < in_order.index(after), (before, after)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_asks_three_questions(django_assert_num_queries):
    before = [list(model.objects.values()) for model in (Country, Currency, CooperationField)]
    with django_assert_num_queries(5):  # with the two of the transaction
        reference.load()
    assert [list(model.objects.values()) for model in (Country, Currency, CooperationField)] == before


@pytest.mark.django_db
def test_loading_restores_what_is_missing_and_leaves_what_was_changed():
    Country.objects.filter(iso2="FR").delete()
    Country.objects.filter(iso2="CH").update(name_vi="Thụy Sỹ")
    reference.load()
    assert Country.objects.get(iso2="FR").name_vi == "Pháp"
    assert Country.objects.get(iso2="CH").name_vi == "Thụy Sỹ"


@pytest.mark.parametrize(("code", "decimals"), [("VND", 0), ("JPY", 0), ("KRW", 0), ("USD", 2), ("EUR", 2), ("KWD", 3)])
def test_amounts_have_the_decimals_of_their_currency(code, decimals):
    assert {currency.code: currency.decimals for currency in reference.read_currencies()}[code] == decimals


@pytest.mark.django_db
def test_currencies_begin_with_our_own():
    assert list(Currency.objects.values_list("code", flat=True))[:3] == ["VND", "USD", "EUR"]


def test_fields_of_cooperation_are_the_eighteen_of_the_articles():
    assert [field.name_vi for field in reference.read_fields()] == [
        "Văn thư, lưu trữ",
        "Tôn giáo",
        "Thi đua, khen thưởng",
        "Đào tạo, bồi dưỡng",
        "Nghiên cứu khoa học",
        "Cải cách hành chính",
        "Công vụ, công chức",
        "Tổ chức bộ máy",
        "Chính quyền địa phương",
        "Hội, tổ chức phi chính phủ",
        "Công tác thanh niên",
        "Công tác dân tộc",
        "Nhân quyền",
        "Chuyển đổi số",
        "Xóa đói, giảm nghèo",
        "An sinh xã hội",
        "Xuất khẩu lao động",
        "Quản lý thảm họa",
    ]
