"""Sample languages of the staff: interpreters, learners, a language of an ethnic group."""

from __future__ import annotations

from collections.abc import Mapping

from intlcoop.people.languages import save_language
from intlcoop.people.models import StaffLanguage, User

#: (person, language, level, certificate, interprets, would like training)
ROWS = (
    ("htqt", "Tiếng Anh", "5", "IELTS 7.5 (minh họa)", True, False),
    ("htqt", "Tiếng Lào", "3", "", True, True),
    ("htqt2", "Tiếng Anh", "4", "", False, True),
    ("htqt2", "Tiếng Trung Quốc", "5", "HSK 5 (minh họa)", True, False),
    ("phovutruong", "Tiếng Pháp", "5", "DALF C1 (minh họa)", True, False),
    ("chuyenvien", "Tiếng Anh", "3", "", False, True),
    ("chuyenvien2", "Tiếng Tày", "native", "", True, False),
    ("luutru", "Tiếng Pháp", "4", "DELF B2 (minh họa)", False, False),
    ("truonghoc", "Tiếng Anh", "4", "", False, False),
)


def build(people: Mapping[str, User]) -> int:
    """Returns how many languages of people there are."""
    for username, name, level, certificate, interprets, wants in ROWS:
        save_language(
            None,
            person=people[username],
            actor=None,
            name=name,
            level=level,
            certificate=certificate,
            interprets=interprets,
            wants_training=wants,
            is_sample=True,
        )
    return StaffLanguage.objects.count()
