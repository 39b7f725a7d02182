"""Two versions side by side: what went, what came, word by word."""

from __future__ import annotations

from intlcoop.workflow.comparing import Comparison, compare


def plain(lines):
    return ["".join(piece.text for piece in line) for line in lines]


def marked(lines):
    return [piece.text for line in lines for piece in line if piece.changed]


def only(before, after) -> Comparison:
    (found,) = compare(before, after)
    return found


def test_what_is_the_same_is_not_shown():
    assert compare([("Đoàn", ["An", "Bình"]), ("Ngày", [])], [("Đoàn", ["An", "Bình"])]) == []


def test_a_member_who_went_and_one_who_came_are_marked_and_the_others_are_not():
    found = only([("Đoàn", ["Nguyễn Minh An", "Trần Bảo"])], [("Đoàn", ["Nguyễn Minh An", "Lê Thu Cúc"])])
    assert plain(found.before) == ["Nguyễn Minh An", "Trần Bảo"]
    assert marked(found.before) == ["Trần Bảo"]
    assert marked(found.after) == ["Lê Thu Cúc"]


def test_another_order_of_lines_marks_nothing():
    found = only([("Đoàn", ["An", "Bình"])], [("Đoàn", ["Bình", "An"])])
    assert marked(found.before) == marked(found.after) == []


def test_a_sentence_is_compared_word_by_word_and_its_text_stays_whole():
    before, after = "Trao đổi kinh nghiệm về chính quyền địa phương.", "Trao đổi kinh nghiệm về chính quyền đô thị."
    found = only([("Nội dung", [before])], [("Nội dung", [after])])
    assert plain(found.before) == [before]
    assert plain(found.after) == [after]
    assert marked(found.before) == ["địa phương."]
    assert marked(found.after) == ["đô thị."]


def test_a_subject_that_only_one_version_has_is_shown_against_nothing():
    found = compare([("Cũ", ["a"])], [("Mới", ["b"])])
    assert [(each.label, plain(each.before), plain(each.after)) for each in found] == [
        ("Mới", [], ["b"]),
        ("Cũ", ["a"], []),
    ]


def test_the_same_line_twice_and_empty_lines_do_no_harm():
    found = only([("Đoàn", ["An", "An", ""])], [("Đoàn", ["An"])])
    assert marked(found.before) == []
