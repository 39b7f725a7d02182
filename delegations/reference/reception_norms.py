"""The norms of reception as shipped (domain.md B.6, features.md R7): Circular 35/2026 and what is known of 71/2018 before it.

The figures come from a transcription of the circular, so every row says "cần đối chiếu". Of the old circular our sources have
daily meals and flowers only: the others are entered by the ministry, never guessed. What is law for heads of state is their
scheme, so the special class has no row.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from delegations.models import ReceptionNorm
from delegations.reception_choices import NormClass as C
from delegations.reception_choices import NormPart as P
from delegations.reception_choices import NormUnit as U
from delegations.reception_choices import ReceptionItem as I
from intlcoop.regulations.models import Instrument

NEW, OLD = "35/2026/TT-BTC", "71/2018/TT-BTC"
#: The day on which the new circular takes over (Điều 35).
CHANGE = dt.date(2026, 5, 18)
#: Our sources do not say from which day the old one held; older programmes are settled long since.
OLD_SINCE = dt.date(2019, 1, 1)
SERVICE, TABLE, SPEECH = "Điều 5-7", "Điều 5-18", "Điều 5-18, Điều 32"
ONCE = "Một lần cho mỗi đoàn, không quá mức ăn một ngày."
IN_HOUSE = "Người của cơ quan: không quá 50%."
OTHER_LANGUAGES = "Ngôn ngữ của Liên hợp quốc; ngôn ngữ khác tăng không quá 30%."

Row = tuple[str, str, str, str, int, str, str]
ROWS_NEW: tuple[Row, ...] = (
    (C.A, I.HOTEL, P.HEAD, U.PERSON_NIGHT, 9_400_000, SERVICE, ""),
    (C.A, I.HOTEL, P.DEPUTY_HEAD, U.PERSON_NIGHT, 7_700_000, SERVICE, ""),
    (C.A, I.HOTEL, P.MEMBER, U.PERSON_NIGHT, 6_000_000, SERVICE, ""),
    (C.B, I.HOTEL, P.HEAD, U.PERSON_NIGHT, 7_700_000, SERVICE, ""),
    (C.B, I.HOTEL, P.DEPUTY_HEAD, U.PERSON_NIGHT, 7_700_000, SERVICE, ""),
    (C.B, I.HOTEL, P.MEMBER, U.PERSON_NIGHT, 4_800_000, SERVICE, ""),
    (C.C, I.HOTEL, P.HEAD, U.PERSON_NIGHT, 4_300_000, SERVICE, ""),
    (C.C, I.HOTEL, P.MEMBER, U.PERSON_NIGHT, 3_000_000, SERVICE, ""),
    (C.OTHER, I.HOTEL, P.ANY, U.PERSON_NIGHT, 1_600_000, SERVICE, "Gồm bữa sáng."),
    (C.A, I.MEALS, P.ANY, U.PERSON_DAY, 3_000_000, TABLE, ""),
    (C.B, I.MEALS, P.ANY, U.PERSON_DAY, 2_000_000, TABLE, ""),
    (C.C, I.MEALS, P.ANY, U.PERSON_DAY, 1_600_000, TABLE, ""),
    (C.OTHER, I.MEALS, P.ANY, U.PERSON_DAY, 1_200_000, TABLE, ""),
    (C.A, I.BANQUET, P.ANY, U.PERSON, 3_000_000, TABLE, ONCE),
    (C.B, I.BANQUET, P.ANY, U.PERSON, 2_000_000, TABLE, ONCE),
    (C.C, I.BANQUET, P.ANY, U.PERSON, 1_600_000, TABLE, ONCE),
    (C.OTHER, I.BANQUET, P.ANY, U.PERSON, 1_200_000, TABLE, ONCE),
    (C.A, I.DRINKS, P.ANY, U.PERSON_HALF_DAY, 300_000, TABLE, ""),
    (C.B, I.DRINKS, P.ANY, U.PERSON_HALF_DAY, 160_000, TABLE, ""),
    (C.C, I.DRINKS, P.ANY, U.PERSON_HALF_DAY, 120_000, TABLE, ""),
    (C.OTHER, I.DRINKS, P.ANY, U.PERSON_HALF_DAY, 120_000, TABLE, ""),
    (C.A, I.FLOWERS, P.HEAD, U.PERSON, 1_000_000, SERVICE, ""),
    (C.B, I.FLOWERS, P.HEAD, U.PERSON, 1_000_000, SERVICE, ""),
    (C.A, I.GIFTS, P.HEAD, U.PERSON, 2_600_000, TABLE, "Hàng sản xuất tại Việt Nam."),
    (C.A, I.GIFTS, P.MEMBER, U.PERSON, 1_000_000, TABLE, "Hàng sản xuất tại Việt Nam."),
    (C.B, I.GIFTS, P.HEAD, U.PERSON, 1_800_000, TABLE, "Hàng sản xuất tại Việt Nam."),
    (C.B, I.GIFTS, P.MEMBER, U.PERSON, 1_000_000, TABLE, "Hàng sản xuất tại Việt Nam."),
    (C.C, I.FAREWELL_MEAL, P.HEAD, U.PERSON, 2_000_000, TABLE, "Đại sứ kết thúc nhiệm kỳ."),
    (C.C, I.FAREWELL_GIFT, P.HEAD, U.PERSON, 1_800_000, TABLE, "Đại sứ kết thúc nhiệm kỳ."),
    (C.ANY, I.TRANSLATION_IN, P.ANY, U.PAGE, 300_000, SPEECH, OTHER_LANGUAGES),
    (C.ANY, I.TRANSLATION_OUT, P.ANY, U.PAGE, 360_000, SPEECH, OTHER_LANGUAGES),
    (C.ANY, I.INTERPRETING, P.ANY, U.HOUR, 750_000, SPEECH, IN_HOUSE),
    (C.ANY, I.SIMULTANEOUS, P.ANY, U.HOUR, 1_500_000, SPEECH, IN_HOUSE),
    (C.DOMESTIC, I.DRINKS, P.ANY, U.PERSON_HALF_DAY, 60_000, TABLE, ""),
    (C.DOMESTIC, I.MEALS, P.ANY, U.PERSON_DAY, 600_000, TABLE, ""),
)
UNKNOWN_ARTICLE = "chưa rõ điều, khoản"
ROWS_OLD: tuple[Row, ...] = (
    (C.A, I.MEALS, P.ANY, U.PERSON_DAY, 1_500_000, UNKNOWN_ARTICLE, ""),
    (C.B, I.MEALS, P.ANY, U.PERSON_DAY, 1_000_000, UNKNOWN_ARTICLE, ""),
    (C.C, I.MEALS, P.ANY, U.PERSON_DAY, 800_000, UNKNOWN_ARTICLE, ""),
    (C.OTHER, I.MEALS, P.ANY, U.PERSON_DAY, 600_000, UNKNOWN_ARTICLE, ""),
    (C.A, I.FLOWERS, P.HEAD, U.PERSON, 500_000, UNKNOWN_ARTICLE, ""),
    (C.B, I.FLOWERS, P.HEAD, U.PERSON, 500_000, UNKNOWN_ARTICLE, ""),
)
SETS: tuple[tuple[str, dt.date, dt.date | None, tuple[Row, ...]], ...] = (
    (OLD, OLD_SINCE, CHANGE - dt.timedelta(days=1), ROWS_OLD),
    (NEW, CHANGE, None, ROWS_NEW),
)


def load() -> None:
    """Insert the rows of a circular of which nothing is there yet; what the ministry entered stays as it is."""
    known = set(ReceptionNorm.objects.order_by().values_list("instrument__symbol", flat=True))
    missing = [each for each in SETS if each[0] not in known]
    if not missing:
        return
    instruments = {row.symbol: row for row in Instrument.objects.filter(symbol__in=[each[0] for each in missing])}
    for symbol, first, last, rows in missing:
        if symbol in instruments:
            ReceptionNorm.objects.bulk_create(rows_of(instruments[symbol], first, last, rows))


def rows_of(instrument: Instrument, first: dt.date, last: dt.date | None, rows: tuple[Row, ...]) -> list[ReceptionNorm]:
    return [
        ReceptionNorm(
            instrument=instrument,
            guest_class=kind,
            item=item,
            part=part,
            unit=unit,
            amount=Decimal(amount),
            citation=f"{article} Thông tư số {instrument.symbol}",
            note=note,
            valid_from=first,
            valid_until=last,
        )
        for kind, item, part, unit, amount, article, note in rows
    ]
