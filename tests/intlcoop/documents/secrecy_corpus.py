"""Texts with a stamp of secrecy, and texts that only use the word. Made up, in the manner of real papers."""

from __future__ import annotations

import unicodedata
from itertools import product

HEAD = "BỘ DÂN TỘC VÀ TÔN GIÁO\nVỤ HỢP TÁC QUỐC TẾ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
BODY = "Kính gửi: Bộ trưởng\nThực hiện Kế hoạch công tác đối ngoại năm 2026, Vụ Hợp tác quốc tế kính trình như sau:\n"
LEVELS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")

# Each stands in the text of a paper.
STAMPED = [
    *[f"{HEAD}{level}\n{BODY}" for level in LEVELS],
    *[f"{level}\n{HEAD}{BODY}" for level in LEVELS],
    *[f"{HEAD}[{level}]\n{BODY}" for level in LEVELS],
    *[f"{HEAD}Số: 05/TTr-HTQT {level}\nHà Nội, ngày 05 tháng 4 năm 2026\n{BODY}" for level in LEVELS],
    *[f"{HEAD}Số: 05/TTr-HTQT\n{level} Hà Nội, ngày 05 tháng 4 năm 2026\n{BODY}" for level in LEVELS],
    *[f"BỘ DÂN TỘC VÀ TÔN GIÁO {level} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{BODY}" for level in LEVELS],
    *[f"{HEAD}Độ mật: {level}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}Độ mật: {level.capitalize()}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}ĐỘ MẬT\t{level}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}{level}\t\tHỎA TỐC\n{BODY}" for level in LEVELS],
    *[f"{HEAD}{level} - THƯỢNG KHẨN\n{BODY}" for level in LEVELS],
    *[f"{BODY}{level} - Trang 2/5\n" for level in LEVELS],
    *[f"{BODY}\n\n{level}   3\n" for level in LEVELS],
    *[f"{HEAD}{unicodedata.normalize('NFD', level)}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}{'   '.join(' '.join(word) for word in level.split())}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}{' '.join(level.replace(' ', ''))}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}{'.'.join(level.replace(' ', ''))}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}\n" + "\n".join(level.replace(" ", "")) + f"\n\n{BODY}" for level in LEVELS],
    *[f"{HEAD}TÀI LIỆU {level}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}{level} {level} {level}\n{BODY}" for level in LEVELS],
    *[f"{HEAD}★ {level} ★\n{BODY}" for level in LEVELS],
    *[f"{HEAD}“{level}”\n{BODY}" for level in LEVELS],
    *[f"{HEAD}\n{level.capitalize()}\n\n{BODY}" for level in LEVELS],
    *[f"{HEAD}\n{level.lower()}\n\n{BODY}" for level in LEVELS],
    *[f"{HEAD}\u200b{level.replace(' ', chr(160))}\u200b\n{BODY}" for level in LEVELS],
    f"{HEAD}Số: 05/TTr-HTQT\nM ậ t\n{BODY}",
    f"{HEAD}Hà Nội, ngày 05 tháng 4 năm 2026 Mật\n{BODY}",
    f"{HEAD}Số: 05/TTr-HTQT (Tối mật)\n{BODY}",
    f"{HEAD}Số: 05/TTr-HTQT   Mật\n{BODY}",
    "TUYET MAT\nBO DAN TOC VA TON GIAO\nBAO CAO",
    "BAO CAO\nTOI MAT\nve ket qua doan ra",
    f"{HEAD}TUYỆT\nMẬT\n{BODY}",
    f"{HEAD}TỐIMẬT\n{BODY}",
    f"{HEAD}M ẬT\n{BODY}",
    f"{HEAD}ＭẬＴ\n{BODY}",
    f"{HEAD}Tèi MËt\n{BODY}",
    f"{HEAD}TOÁI MAÄT\n{BODY}",
    f"{HEAD}TUYEÄT MAÄT\n{BODY}",
    f"{HEAD}MÂT\n{BODY}",
    f"{HEAD}Mức độ mật: Tối mật\n{BODY}",
    f"{HEAD}Độ mật (nếu có): Mật\n{BODY}",
    f"{HEAD}Độ mật: ☐ Tuyệt mật ☒ Tối mật ☐ Mật ☐ Thường\n{BODY}",
    f"{HEAD}Độ mật: Tuyệt mật [ ] Tối mật [ ] Mật [x]\n{BODY}",
    f"{HEAD}Phân loại: MẬT\n{BODY}",
    f"{HEAD}BÁO CÁO MẬT\nVề kết quả chuyến công tác\n",
    f"{HEAD}HỒ SƠ MẬT\n{BODY}",
    f"{HEAD}MẬT VỤ HỢP TÁC QUỐC TẾ\n{BODY}",
    f"{HEAD}MẬT\nĐỘ KHẨN: HỎA TỐC\n{BODY}",
    f"{HEAD}MẬT\nDANH SÁCH ĐOÀN CÔNG TÁC\n{BODY}",
    f"{HEAD}TỐI MẬT Bản số: 02\n{BODY}",
    f"{HEAD}Bản số 01 MẬT\n{BODY}",
    f"{HEAD}TUYỆT MẬT CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ\n{BODY}",
    f"{BODY}Nơi nhận: như trên; lưu VT.\nTL. BỘ TRƯỞNG\nVỤ TRƯỞNG\n- MẬT -\n",
    f"{HEAD}TỜ TRÌNH\nVề việc cử đoàn đi công tác nước ngoài (TỐI MẬT)\n{BODY}",
]
STAMPED_MARGINS = [
    "MẬT", "Mật", "tối mật", "Tài liệu mật - Trang 1", "TUYỆT MẬT | Bộ Dân tộc và Tôn giáo", "Báo cáo mật về đoàn ra",
    "Kế hoạch đàm phán (mật)", "mật; đoàn ra; 2026", "Độ mật: Tối mật", "Vụ Hợp tác quốc tế - Tối mật",
]  # fmt: skip
STAMPED_NAMES = [
    "toi_mat.pdf", "TOI MAT.docx", "tuyet-mat.pdf", "Tối mật - Báo cáo đoàn ra.docx", "MẬT_15-BC-HTQT.pdf",
    "Báo cáo (mật).docx", "Báo cáo mật.docx", "[MAT] bao cao doan ra.pdf", "15-BC-HTQT-MAT.pdf", "cong_van_mat_15.pdf",
    "mat.pdf", "Công văn mật số 15.pdf", "bao cao toi mat 2026.xlsx", "BaoCao_TUYETMAT.pdf", "M Ậ T.pdf",
    unicodedata.normalize("NFD", "Tuyệt mật.pdf"), "Kế hoạch đàm phán biên giới tối mật.docx", "TAI LIEU MAT.pdf",
    "Tài liệu Mật.PDF", "to trinh mat.docx",
]  # fmt: skip

SENTENCES = """
Hai bên đã trao đổi thân mật về các lĩnh vực cùng quan tâm.
Buổi tiếp diễn ra trong không khí thân mật, cởi mở và tin cậy lẫn nhau.
Bộ trưởng có buổi gặp gỡ thân mật với cộng đồng người Việt Nam tại Lào.
Chiêu đãi thân mật do Đại sứ quán tổ chức lúc 18 giờ 30.
Hai nước có quan hệ mật thiết từ lâu đời.
Mối quan hệ mật thiết giữa các dân tộc hai bên biên giới cần được giữ gìn.
Các đơn vị phối hợp mật thiết với Vụ Hợp tác quốc tế.
Mật độ dân số vùng đồng bào dân tộc thiểu số còn thấp.
Mật độ đường giao thông tại khu vực Tây Nguyên tăng đều qua các năm.
Bảng 3. Mật độ dân số theo vùng (người/km2)
MẬT ĐỘ DÂN SỐ THEO VÙNG NĂM 2026
Người dùng phải đổi mật khẩu sau 90 ngày.
Mật khẩu: tối thiểu 12 ký tự, gồm chữ hoa, chữ thường và số.
Mật khẩu
MẬT KHẨU
Quên mật khẩu? Liên hệ quản trị viên.
Tên đăng nhập và mật khẩu được gửi riêng qua tin nhắn.
Đoàn thăm cơ sở sản xuất mật ong tại tỉnh Hà Giang.
Mật ong bạc hà Mèo Vạc là sản phẩm OCOP bốn sao.
Quà tặng: 10 hộp mật ong rừng, 05 khăn thổ cẩm.
Bà con nuôi ong lấy mật theo mô hình của dự án.
Sản lượng mật ong xuất khẩu sang Hàn Quốc tăng 12%.
Giá mật mía giảm so với cùng kỳ.
Hỗ trợ điều trị sỏi mật cho người có uy tín trong cộng đồng.
Thành viên đoàn vừa phẫu thuật cắt túi mật nên xin hoãn chuyến đi.
Chi phí khám: siêu âm gan mật, xét nghiệm máu.
Phật giáo Mật tông có ảnh hưởng lớn tại Bhutan.
Hội thảo về Mật tông và Phật giáo Kim Cương thừa tại Ấn Độ.
Đoàn thăm học viện Mật giáo tại Nhật Bản.
Học viện Kỹ thuật Mật mã cử 02 cán bộ tham gia.
HỌC VIỆN KỸ THUẬT MẬT MÃ
Ban Cơ yếu Chính phủ quản lý nhà nước về mật mã dân sự.
Luật An toàn thông tin mạng quy định về kinh doanh sản phẩm mật mã dân sự.
Lực lượng mật vụ Hoa Kỳ bảo vệ địa điểm hội nghị.
LỰC LƯỢNG MẬT VỤ HOA KỲ
Thông tin cá nhân của thành viên được bảo mật theo quy định.
Hai bên cam kết bảo mật thông tin trong suốt quá trình đàm phán.
THỎA THUẬN BẢO MẬT THÔNG TIN
CAM KẾT BẢO MẬT
Bảo mật
BẢO MẬT
Điều 12. Bảo mật thông tin
Chính sách bảo mật của đối tác được gửi kèm.
Công tác bảo mật, phòng gian được thực hiện nghiêm túc.
Luật Bảo vệ bí mật nhà nước số 117/2025/QH15 có hiệu lực từ ngày 01 tháng 3 năm 2026.
LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC
Căn cứ Luật Bảo vệ bí mật nhà nước ngày 10 tháng 12 năm 2025;
Tập huấn công tác bảo vệ bí mật nhà nước cho cán bộ đối ngoại.
DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT
Quyết định về danh mục bí mật nhà nước độ Tối mật, độ Mật của ngành dân tộc.
Bí mật nhà nước được phân loại thành 03 độ mật, bao gồm: Tuyệt mật, Tối mật và Mật.
Bí mật nhà nước độ Tuyệt mật là bí mật nhà nước liên quan đến chính trị, quốc phòng, an ninh.
Bí mật nhà nước độ Mật, nếu bị lộ có thể gây nguy hại đến lợi ích quốc gia.
Người soạn thảo đề xuất độ mật của văn bản, người ký quyết định độ mật.
Việc xác định độ mật: Tuyệt mật, Tối mật, Mật do người ký văn bản quyết định.
Văn bản đóng dấu “MẬT” phải gửi qua đường văn thư.
Tài liệu đóng dấu MẬT được lưu tại tủ riêng.
Dấu chỉ các mức độ mật gồm "TUYỆT MẬT", "TỐI MẬT", "MẬT".
Văn bản có độ Tối mật không được chuyển qua mạng.
Không đưa tài liệu mật lên hệ thống này.
Văn bản mật, lưu ngoài hệ thống
Sổ đăng ký văn bản mật đi
SỔ ĐĂNG KÝ VĂN BẢN MẬT ĐẾN
QUẢN LÝ VĂN BẢN MẬT
Độ mật: Không
Độ mật: Thường
Độ mật:
Độ mật: ☐ Tuyệt mật ☐ Tối mật ☐ Mật ☒ Thường
Độ mật: [ ] Tuyệt mật [ ] Tối mật [ ] Mật
Độ bảo mật: Mật khẩu phải có ít nhất 12 ký tự
Các mức: Tuyệt mật, Tối mật, Mật.
Tuyệt mật; Tối mật; Mật
a) Tuyệt mật;
b) Tối mật;
c) Mật.
1. Mật
- Tuyệt mật;
- Tối mật;
Thời hạn bảo vệ bí mật nhà nước độ Mật là 10 năm.
Hồ sơ đã được giải mật năm 1995.
Tài liệu giải mật của Lưu trữ quốc gia Hoa Kỳ.
Bỏ phiếu kín và giữ bí mật phiếu bầu.
Giữ bí mật kinh doanh của đối tác.
BÍ MẬT
Bí mật quân sự không thuộc phạm vi trao đổi.
Chuyến thăm không có nội dung cơ mật.
Công tác cơ mật được giữ nghiêm.
Khu vực được canh phòng cẩn mật.
An ninh tại sân bay được bố trí nghiêm mật.
Dân cư trù mật hai bên bờ sông.
Cặp đôi hưởng tuần trăng mật tại Phú Quốc.
Bà Nguyễn Thị Mật, Phó Trưởng thôn, đón đoàn.
Ông Trần Văn Mật
TRẦN VĂN MẬT
NGUYỄN THỊ MẬT
Đồng chí Lê Đình Mật, nguyên Chủ tịch Ủy ban nhân dân huyện.
Thôn Mật Sơn, phường Hạc Thành, tỉnh Thanh Hóa.
Chùa Mật Sơn nằm trên núi Mật.
Núi Mật được công nhận di tích năm 1992.
Theo báo chí, thông tin tuyệt mật của nước ngoài đã bị rò rỉ.
Bộ phim "Nhiệm vụ tuyệt mật" được chiếu trong tuần phim.
Ông từng làm mật thám dưới thời Pháp thuộc.
Mật thư được gửi từ triều đình nhà Nguyễn.
Bức mật thư hiện lưu tại Bảo tàng Lịch sử quốc gia.
Chiến dịch mang mật danh "Bình minh".
Nhà Trắng công bố mật lệnh năm 1968.
Hai bên mật đàm tại Paris từ năm 1969.
Cuộc mật nghị bầu Giáo hoàng diễn ra tại Vatican.
Mật nghị Hồng y là nội dung đoàn tôn giáo quan tâm.
Chất kết dính gồm mật mía, vôi và cát.
Bánh mật là đặc sản của đồng bào Tày.
Men mật tăng cao.
Chim hút mật di cư qua Vườn quốc gia.
Rừng có mật độ che phủ 65%.
Mật độ
Xác thực hai lớp tăng tính bảo mật cho hệ thống họp trực tuyến.
Vui lòng không chia sẻ mật mã phòng họp.
Mã phòng: 123 456; mật khẩu: hoinghi2026
Password/Mật khẩu Wi-Fi: khachsan2026
Ban Tổ chức bảo đảm bí mật danh tính người tố cáo.
Quy chế bảo vệ bí mật nhà nước của Bộ ban hành kèm theo Quyết định số 15/QĐ-BDTTG.
Phát ngôn phải giữ bí mật những nội dung chưa công bố.
B Ả O  M Ậ T
B Í  M Ậ T
F O R M A T
Y O G A  M A T
TÔI MẤT HỘ CHIẾU
TOI MAT HO CHIEU
Tối mặt tối mũi chuẩn bị hội nghị.
ỦY BAN TRUNG ƯƠNG MẶT TRẬN TỔ QUỐC VIỆT NAM
MẶT TRẬN TỔ QUỐC VIỆT NAM
CÓ MẶT
VẮNG MẶT
RA MẮT
LỄ RA MẮT TRUNG TÂM HỢP TÁC QUỐC TẾ
MẶT
MẤT
Thành phần có mặt: 15 người; vắng mặt: 01 người.
DANH SÁCH ĐẠI BIỂU CÓ MẶT
Tiền mặt: 5.000 USD
FORMAT
MATH
Matxcơva
Mát-xcơ-va, ngày 09 tháng 5 năm 2026
MAT-XCO-VA
""".strip().splitlines()

PARAGRAPHS = [
    "Thực hiện nghiêm công tác bảo\nmật\nvà an toàn thông tin",
    "CÔNG TÁC BẢO\nMẬT\nTHÔNG TIN",
    "Việc soạn thảo, lưu giữ tài liệu\nmật\nthực hiện theo quy định",
    "Văn bản thuộc danh mục bí mật nhà nước độ\nTối mật\nkhông được số hóa",
    "Mật\nđộ dân số",
    "MẬT\nĐỘ DÂN SỐ",
    "MẬT\nKHẨU",
    "Văn bản, tài liệu được đóng dấu\nMẬT theo quy định tại khoản 2",
    "STT\tHọ và tên đệm\tTên\n1\tNguyễn Văn\tMật\n2\tTrần Thị\tHoa",
    "Nguyễn Đức\n\nMật\n\nChuyên viên",
    "Độ mật\n\nTuyệt mật\n\nTối mật\n\nMật\n\nThường",
    "TUYỆT MẬT\n\nTỐI MẬT\n\nMẬT",
    "Các độ mật gồm:\nTuyệt mật\nTối mật\nMật",
    "Theo Điều 8, bí mật nhà nước có 03 độ:\na) Tuyệt mật;\nb) Tối mật;\nc) Mật.",
    "Danh mục bí mật nhà nước\nđộ Tuyệt mật, độ Tối mật và độ Mật",
    "DANH MỤC\nBÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT VÀ ĐỘ TỐI MẬT",
]
SUBJECTS = (
    "Đoàn công tác",
    "Vụ Hợp tác quốc tế",
    "Hai bên",
    "Ban Tổ chức",
    "Thành viên đoàn",
    "Đối tác phía Lào",
    "Cục Công tác phía Nam",
)
VERBS = (
    "trao đổi thân mật với lãnh đạo tỉnh", "cam kết bảo mật thông tin của dự án", "thực hiện quy định về bảo vệ bí mật nhà nước",
    "phối hợp mật thiết trong công tác chuẩn bị", "khảo sát mật độ dân cư vùng biên giới", "tham quan cơ sở sản xuất mật ong",
    "đề nghị cấp lại mật khẩu của phòng họp trực tuyến", "được tập huấn về mật mã dân sự", "tìm hiểu Phật giáo Mật tông",
    "giữ bí mật nội dung đàm phán cho đến khi công bố", "bảo đảm an ninh, canh phòng cẩn mật nơi ở của khách",
    "nộp bản cam kết không đưa tài liệu có độ mật vào hệ thống", "nghiên cứu hồ sơ lưu trữ đã giải mật",
    "xác định độ mật của từng tài liệu trước khi gửi", "không mang tài liệu đóng dấu Mật, Tối mật, Tuyệt mật ra nước ngoài",
)  # fmt: skip
MADE = [f"{subject} {verb}." for subject, verb in product(SUBJECTS, VERBS)]
HEADINGS = [verb.upper() for verb in VERBS[:13]]
PLAIN = [*SENTENCES, *PARAGRAPHS, *MADE, *HEADINGS]

PLAIN_MARGINS = [
    "Quy chế bảo mật", "Luật Bảo vệ bí mật nhà nước", "Quy định về độ mật", "Mật độ dân số", "Hướng dẫn đổi mật khẩu",
    "Sổ đăng ký văn bản mật đi", "Quy định quản lý văn bản mật", "Mật tông", "Mật khẩu", "Thống kê tài liệu tối mật",
]  # fmt: skip
PLAIN_PEOPLE = ["Nguyễn Văn Mật", "Trần Thị Mật", "Mật", "mat.nv", "matnv"]
PLAIN_NAMES = [
    "Quy định bảo mật.pdf", "bao_mat_thong_tin.docx", "Cam kết bảo mật.docx", "doi-mat-khau.pdf", "Mật độ dân số.xlsx",
    "danh sach co mat.xlsx", "Mat tran To quoc.docx", "bao cao mat ho chieu.pdf", "BAO CAO MAT HO CHIEU.pdf", "format.docx",
    "Luat bao ve bi mat nha nuoc.pdf", "Ly lich Nguyen Thi Mat.pdf", "Trần Đức Mật - CV.pdf", "gap mat dau xuan.docx",
    "Gặp mặt đầu xuân.docx", "tien mat.xlsx", "mat ong Ha Giang.docx", "Hop mat truyen thong.pdf", "Le ra mat trung tam.docx",
    "MAT BANG TRU SO.pdf", "MẶT TRẬN TỔ QUỐC.pdf", "Mat-xco-va 2026.docx", "Quy định quản lý văn bản mật.docx", "tomato.pdf",
    "Thư mời thân mật.pdf", "Tài liệu tập huấn độ mật.docx", "Hội thảo Mật tông.docx", "huong dan tai lieu mat.pdf",
    "DR-2026-0012.pdf", "mật mã dân sự.pdf",
]  # fmt: skip
