"""Which words tell a secrecy stamp from ordinary Vietnamese?

"mật" is also honey, bile, dense and close: "mật ong", "túi mật", "mật độ", "thân mật", "bảo mật", "mật khẩu". All words
are in lower case; where one is looked up without accents, `folded` is the same list folded.
"""

from __future__ import annotations

from collections.abc import Iterable

from intlcoop.vietnamese.folding import fold


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def folded(items: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(item) for item in items)


# The stamp as it is written, as fonts of before Unicode leave it in a text layer (TCVN3, VNI), and without its accents.
MAT = words("mật mât mët maät")
MAT_BARE = words("mat")
MAT_AFTER_FIRST_WORD = MAT | MAT_BARE | words("mạt")
TOI = words("tối tôi toi tói tổi tèi toái")
TUYET = words("tuyệt tuyêt tuyet tuyẹt tuyöt tuyeät")

# "bảo mật": with one of these in front it is another word.
WORD_BEFORE = words(
    "bảo bí thân cơ cẩn nghiêm giải trù chu kín ẩn thâm nội rỉ túi sỏi ống đường gan trăng dịch muối men nước chén hũ"
    " viêm ong lấy ăn vắt quay bánh kẹo nuôi khóa khoá"
)
# "mật khẩu": with one of these behind it too, unless a third word shows that the stamp ran into the next line of the
# page ("MẬT" + "DANH SÁCH ĐOÀN", "MẬT" + "ĐỘ KHẨN", "MẬT" + "VỤ HỢP TÁC QUỐC TẾ").
WORD_BEHIND: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        words("khẩu ong thiết thám tông mía gấu lệnh ngữ chú ngọt hoa phục thất nghị ước đàm điển hạnh tịch tín chỉ"),
        frozenset(),
    ),
    "độ": words("khẩn mật"),
    "mã": words("số hồ"),
    "danh": words("sách mục"),
    "vụ": words("hợp tổ pháp kế tài thanh văn tôn công dân"),
    "giáo": words("dục sư"),
    "báo": words("cáo"),
    "thư": words("ký mời"),
}
# Unaccented "mat" is also mặt, mắt and mất: "co mat", "mat tran", "mat ho chieu".
BARE_BEFORE = folded(WORD_BEFORE) | words(
    "co ra gap hop tien be vang guong truoc ngoai luc bo mot hai ba doi khai thay dau dat tren duoi tu tham danh"
    " sat kham benh chan trai bi da lam"
)
BARE_BEHIND = folded(WORD_BEHIND) | words(
    "tran bang hang tien nuoc dat tich truoc sau phang cat trang troi truc kinh ho tai cua phai may dung gi tri mang"
    " can bao thang ngu hoi"
)
# "đóng dấu Mật", "độ Tối mật": the stamp is talked about.
TALK = words("độ dấu chữ mức loại cấp hạng từ")
TALK_FOLDED = folded(TALK) - words("tu")

SURNAMES = words("nguyễn trần lê phạm huỳnh hoàng đặng bùi phan vũ võ ngô đỗ nguyen tran pham huynh bui phan vu vo ngo")
NAME_WORDS = words("văn thị van thi")

# A file name or a title that starts like this is about secret papers, and is none.
ABOUT = tuple(
    fold(item)
    for item in (
        "quy định", "quy chế", "quy trình", "nội quy", "luật", "nghị định", "thông tư", "hướng dẫn", "tập huấn",
        "quản lý", "danh mục bí mật", "bí mật nhà nước", "phân loại", "sổ đăng ký", "sổ theo dõi", "thống kê", "bảo vệ",
        "kiểm tra", "sổ chuyển giao", "tìm hiểu", "tài liệu tập huấn", "công tác",
    )
)  # fmt: skip

# "TÀI LIỆU MẬT" alone on a line.
DOCUMENT_KINDS = frozenset(
    fold(item)
    for item in (
        "tài liệu", "văn bản", "hồ sơ", "công văn", "báo cáo", "tờ trình", "kế hoạch", "quyết định", "điện", "điện báo",
        "công điện", "thông báo", "đề án", "phương án", "biên bản", "giấy mời", "chỉ thị", "nghị quyết", "dự thảo",
        "bản ghi nhớ", "phiếu trình", "công hàm", "danh sách", "tài liệu họp", "bản sao",
    )
)  # fmt: skip
SYMBOLS = words("cv bc ttr qd kh bb tb")
KINDS_BARE = DOCUMENT_KINDS | SYMBOLS

# What else stands in the head of a paper; pages of two columns run it into the stamp's line when their text is read.
LETTERHEAD = tuple(fold(item) for item in ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập tự do hạnh phúc"))
OTHER_STAMPS = frozenset(
    fold(item)
    for item in (
        "hỏa tốc", "hoả tốc", "thượng khẩn", "khẩn", "hỏa tốc hẹn giờ", "lưu hành nội bộ", "xem xong trả lại",
        "không phổ biến", "chỉ người có tên mới được bóc bì", "tài liệu thu hồi", "dự thảo",
    )
)  # fmt: skip
ORGANISATIONS = tuple(
    fold(item)
    for item in (
        "bộ", "ủy ban", "uỷ ban", "ubnd", "vụ", "cục", "tổng cục", "ban", "văn phòng", "thanh tra", "học viện",
        "trường", "viện", "sở", "chính phủ", "đảng ủy", "đảng cộng sản", "trung tâm", "đại sứ quán", "công an", "quân khu",
    )
)  # fmt: skip
