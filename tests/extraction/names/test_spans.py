"""Names by rules: what each label holds, how names nest, and what looks like a name and is none."""

from __future__ import annotations

import pytest

from tests.extraction.names.marks import check
from vigold.document import Document
from vigold.extraction import names


@pytest.mark.parametrize(
    "markup",
    [
        "Đồng chí {PER Trần Văn Minh} và ông {PER Bình} đến sớm.",
        "GS.TS {PER Lê Thị Hoa}, PGS.TS. {PER Phan An} và Đại tướng {PER Vũ Xuân Hải}.",
        "Mọi người nhớ lời {PER Bác Hồ}.",
        "{ROLE Chủ tịch} {PER Hồ Chí Minh} đọc bản này.",
        "Học tập tư tưởng {PER Hồ Chí Minh}.",
        "Toàn cảnh buổi lễ. (Ảnh: {PER MINH KHÔI})",
        "Toàn cảnh buổi lễ. (Ảnh: {ORG TTXVN})",
        "{ROLE Thủ tướng} {PER Jane Doe} phát biểu. Bà {PER Doe} cảm ơn.",
        "Bà {PER Đoàn Thị Lan} và ông {PER Hồ Đức Bình} cùng dự.",
        "Mưa lớn kéo dài.\n\n{PER Thu Trang}\n",
        "Anh {PER Lự Văn Pó} gặp chị {PER Sùng Thị Mẩy}.",
        "Người mẫu {PER H’Hen Êban} múa.",
        "{PER Lê Đức Mạnh} bị bắt. Tại tòa, {PER Mạnh} khai; tòa phạt {PER Mạnh} hai năm.",
        "{ROLE Chủ tịch {LOC Trung Quốc}} gặp {ROLE Tổng thống {LOC Hàn Quốc}} {PER Kang Min Ho}.",
        "Đi chơi ở Đường sách Nguyễn Du.",
        "Nắng to ở miền xuôi.\n\n{PER Thế Vinh}",
        "Nắng to ở miền xuôi.\n{PER Thu Hà} - {PER Quốc Bình}",
        "Hôm ấy {PER Robert Novak} gặp {PER Elena de Souza}; {PER Novak} im lặng. Theo tin ấy, sách hay.",
        "Tiền đạo {ORG Arsenal} {PER Pedro Novak} và {PER Kim Min-ho} ghi bàn.",
        "Già làng {PER Bríu Pơ} gặp {PER Ksor H'Lan} và {PER Lý A Tủa}.",
        "Có {PER Lê Hoàng Đức}, {PER Quang Bình} và {PER Minh Hải} dự; nạn nhân là chị {PER V.T.H}.",
        "BS.CKII {PER Lê Thị Hoa} trực. {PER Lê Đức Mạnh} bị bắt. {PER Mạnh} khai hết. Mạnh mẽ lên!",
        "{ROLE Đại biểu} {PER Trần Văn Minh} ({ORG Đoàn {LOC Vĩnh Long}}) nêu ý kiến với ông {PER Đoàn Vĩnh Long}.",
    ],
)
def test_persons(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "Đoàn đến {LOC tỉnh Lào Cai} và {LOC thành phố Huế}.",
        "Cháy lớn ở {LOC phường An Khê}, {LOC quận Thanh Khê}, {LOC TP. Đà Nẵng}.",
        "Nhà ở {LOC số 8 {LOC phố Hàng Bún}}, {LOC TP.HCM}.",
        "{LOC Xã Tân Lập} có nhiều suối. Dân {LOC xã Tân Lập} trồng chè.",
        "Cử tri các {LOC phường Tân An} và {LOC Hòa Khánh} đi bầu.",
        "Nhân dân {LOC nước Cộng hòa xã hội chủ nghĩa Việt Nam}.",
        "Tàu vào {LOC cảng Cái Lân} trên {LOC sông Hồng}.",
        "Xe chạy cao tốc {LOC Hà Nội} - {LOC Hải Phòng}.",
        "Quan hệ {LOC Việt} - {LOC Lào} phát triển tốt.",
        "Lũ lớn ở {LOC huyện Mường Bú}. Dân {LOC Mường Bú} đi sơ tán.",
        "Họp tại {LOC Hội trường {ORG Bộ Quốc phòng}}.",
        "Chị {PER Nga} sang {LOC Nga}.",
        "Đi qua {LOC đường Nguyễn Huệ}.",
        "Mưa ở {LOC xã Trịnh Hòa}. Lũ về {LOC Trịnh Hòa}, dân {LOC Trịnh Hòa} chạy.",
        "Đo mưa tại {LOC Trịnh Hòa} thấy lớn.",
        "Xem tranh ở {LOC Bảo tàng Mỹ thuật Việt Nam} rồi về theo {LOC đường Vành đai 3}.",
        "Nhà ở {LOC số 5 Trần Thánh Lan}, gần {LOC thủy điện Sông Hậu 2}.",
        "{LOC Hội An} cổ kính; phía Đông {LOC Hà Nội} mưa; áo số 10 {PER Lê Văn An}.",
        "Gặp nhau ở {LOC huyện Bát Xát} {PER Lù Thị Mẩy}.",
        "Ra {LOC Mường Nhé}, về {LOC Gò Vấp}, tới {LOC Thanh Hà}; ca sĩ {PER Thanh Hà} hát.",
        "Sạt lở ở {LOC Khu kinh tế Sông Hậu} và {LOC Khu công nghệ cao TP HCM}. U23 {LOC Indonesia} thua.",
        "Theo Công ước về Luật Biển, nông thôn {LOC Việt Nam} đổi khác.",
        "Nhà ở {LOC xã Ea Kpam}, {LOC huyện Cư M'gar}; mưa ở {LOC huyện Ea H’leo}.",
        "Đường vào {LOC bản Nà Sự 2}, {LOC thôn Bình Yên 1}. Ở {LOC bản Nà Sự} 2 ngày liền.",
        "Xưởng ở {LOC khu công nghiệp VSIP II}; {LOC tòa nhà FLC} cao. Đi {LOC chợ phiên Mường Khương}.",
        "{ROLE Quốc vương {LOC Vương quốc Na Uy}} đến thăm.",
        "Bay đến {LOC thủ đô Băng-cốc}, về {LOC tỉnh Xa-van-na-khẹt}; dự án ở {LOC KCN Amata}, {LOC KCN Nhơn Trạch 3}.",
        "Mít tinh ở {LOC sân vận động tỉnh Lào Cai}; thăm {LOC đồi A1}, {LOC bản Mển}, {LOC xã Nà Sự}.",
        "Tung vào sân {PER Lê Thị Hoa}; nhà ở {LOC tổ 4}, {LOC phường Tân Lập}. Hàng sang {LOC Singapore}, {LOC Nhật}.",
        "Họp tại {LOC Lyon} ({LOC Pháp}) rồi sang {LOC Genova}, {LOC Italia}; chợ Tết đông.",
        "Khởi công {LOC cầu Mã Đà} gần {LOC khu bảo tồn thiên nhiên Sông Thanh}; thăm lại công xã {LOC Paris}.",
    ],
)
def test_places(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "{ORG Bộ Tài chính}, {ORG bộ Công an} và {ORG Bộ VH-TT-DL} phối hợp.",
        "{ORG Văn phòng {ORG Quốc hội}} trình {ORG Quốc hội khóa XV}.",
        "{ORG UBND {LOC tỉnh Lào Cai}} báo cáo; {ORG Ủy ban nhân dân {LOC TP. Huế}} cũng vậy.",
        "{ORG Ban Tổ chức Trung ương} và {ORG Ngân hàng Nhà nước} họp.",
        "{ORG Ban Chỉ đạo Phát triển du lịch} tổ chức họp. Tại đó, {ORG Ban Chỉ đạo} cho biết.",
        "{ORG Ban Chỉ đạo Trung ương về phòng, chống tham nhũng} họp.",
        "{ORG Bộ Nông nghiệp và Phát triển nông thôn} đề nghị.",
        "{ORG Sở Văn hóa, Thể thao và Du lịch {LOC Nghệ An}} mở lớp.",
        "{ORG Ủy ban Kinh tế tài chính {ORG Quốc hội}} thẩm tra.",
        "{ORG Ban Tuyên giáo {ORG Tỉnh ủy {LOC Nghệ An}}} họp.",
        "{ORG Tổ công tác của {ROLE Thủ tướng}} đi kiểm tra.",
        "Các bộ: {ORG Xây dựng}, {ORG Y tế} và {ORG Tài chính}.",
        "{ORG Trường THPT Nguyễn Du} và {ORG Tập đoàn Điện lực {LOC Việt Nam}}.",
        "Theo {ORG báo Lao Động} và {ORG Thông tấn xã {LOC Việt Nam}}.",
        "Nghị quyết của {ORG Đảng}, chính sách của {ORG Nhà nước}.",
        "Chỉ đạo của {ORG Trung ương} đến cấp Trung ương.",
        "Việc ở {ORG HĐND TP.} và {ORG Công an tỉnh} khác nhau.",
        "{ORG Ban Thường vụ {ORG Tỉnh ủy {LOC Nghệ An}}} và {ORG Thành ủy {LOC Sông Hậu}}.",
        "{ORG Ban Chấp hành {ORG Đảng bộ thành phố} khóa XII} họp.",
        "{ORG Công ty Trường Hải Phát} thua kiện. Nợ của {ORG Trường Hải Phát} lớn.",
        "{ORG Hợp tác xã Vận tải {LOC Sông Cầu}} và {ORG Hiệp hội Chế biến và Xuất khẩu Thủy sản {LOC Việt Nam}}.",
        "{ORG Đại sứ quán {LOC Việt Nam} tại {LOC Nhật Bản}} và {ORG TAND cấp cao tại {LOC Hà Nội}}.",
        "{ORG Thuế {LOC tỉnh Phú Thọ}} thu thuế thu nhập cá nhân. Cơ sở Luật, cán bộ Hà mới, thị trường {LOC Mỹ}.",
        "{ORG Sở Y tế} họp; {ROLE Phó Giám đốc {ORG Sở}} nói với {ORG tờ Le Monde}.",
        "{ORG Lữ đoàn Tàu pháo 127} và {ORG Bộ đội Biên phòng {LOC tỉnh An Giang}} diễn tập.",
        "{ORG TAND khu vực 3} và {ORG Chi cục Hải quan khu vực II}; {ORG Trung tâm Thúy Nga} ({LOC Đông Anh}).",
        "Cán bộ {ORG trạm y tế {LOC xã Tân Lập}} và {ORG hội nông dân {LOC huyện Bát Xát}}; hội nông dân nào cũng đến.",
        "{ORG Ban Quản lý dự án Điện {LOC miền Trung}} báo cáo {ORG Tổng công ty Phát điện 3} ({ORG EVNGENCO3}).",
        "{ORG Công ty TNHH Sữa Đồng Cỏ Xanh} thua. {ORG Đồng Cỏ Xanh} phá sản.",
        "{ORG Hội Chữ thập đỏ tỉnh}, {ORG Hiệp hội Du lịch thành phố} và {ORG Bộ Y tế} tỉnh táo.",
        "{ORG Cơ quan Hợp tác Biển {LOC Na Uy}} ({ORG KHTB}) cho vay. Vốn của {ORG KHTB} lớn.",
        "Đề nghị {ORG Viện KSND {LOC TP Biên Hòa}} và {ORG UBKT Trung ương} vào cuộc; tổ chức {EVENT Lễ hội Hoa Ban}.",
        "Một đại học {LOC Việt Nam} thua. {ORG Thường trực {ORG HĐND tỉnh}} họp.",
        "{ORG Hội Hữu nghị {LOC Việt} - {LOC Lào}} mời khách.",
        "Theo {ORG tạp chí Tia sáng}, {ORG Công ty Vissan} cam kết; {ORG Ban Chấp hành khóa II} họp.",
        "{ORG Viettel High Tech} thắng {ORG Công ty CP Vi mạch Trường Phát}; {ROLE Phó Chủ tịch {ORG HĐQT}} vắng.",
        "Vay ở {ORG {ORG Agribank} chi nhánh {LOC Sông Mây}}; gặp {ORG B. {LOC Bình Dương}}.",
        "Nằm ở {ORG Bệnh viện K}. {LOC Đà Nẵng} mưa, vitamin K. {LOC Hà Nội} nắng; thua {ORG V.{LOC Hải Phòng}}.",
        "({ORG VTC News}) - Mưa to.\n(Ảnh minh họa) - Mưa nhỏ.",
        "{ORG Unilever}, {ORG Kerfolk} và các công ty {LOC Trung Quốc}; các sở: {ORG Xây dựng}, {ORG Tài chính} họp.",
        "{ORG Bộ đội Biên phòng tỉnh} và {ORG Ban Quản lý di tích tỉnh} ký với {ORG Công ty Cà phê 2-9}.",
        "{ORG Hội Nông dân xã} và {ORG Công ty Gạch {LOC An Khê}} ({ORG Akbrick}) hợp tác.",
        "Theo {ORG Minh Phát Group}, giá tăng. Mở trường AI, phòng VIP; {ORG phòng CSGT} có mặt.",
        "{ORG Novo Group} và {ORG {LOC Thủ Thiêm} Group} lãi; {ORG VinFast {LOC Hải Phòng}} lỗ.",
        "{PER Lê Văn An}, {ROLE Giám đốc {ORG Đại Phát Hưng}}, khai. {ORG Đại Phát Hưng} nợ lớn.",
        "{ORG Công ty CP Dược phẩm An Bình Phú} do {PER Lê Văn An} lập. Nợ của {ORG An Bình Phú} lớn.",
        "{ORG Ban Quản lý {LOC Khu kinh tế Sông Hậu}} và {ORG Bayer Leverkusen}.",
        "{ROLE Chủ tịch {ORG Hạ viện {LOC Campuchia}}} {PER Hun Bora} thăm {ORG Trung ương {ORG Hội Nông dân}}.",
        "Có {ORG Hội Cựu chiến binh phường} và {ORG Hội Nông dân xã}.",
        "Theo {ORG Ban Chỉ huy Bộ đội Biên phòng tỉnh} và {ORG Cục Phòng bệnh}, nên giữ vệ sinh.",
        "Em học {ORG Trường PTDTBT THCS {LOC Nậm Cắn} số 2} rồi {ORG Trường Đại học Sư phạm}.",
        "{ORG Lữ đoàn Tàu pháo 127} thắng lớn; hôm qua {ORG Lữ đoàn} nhận cờ. Theo {ORG Viện Kiểm sát}, án treo.",
        "{ORG Công đoàn cơ sở {ORG Công ty TNHH May Sao Mai}} và {ORG Văn phòng Đăng ký đất đai {LOC tỉnh Đắk Lắk}}.",
        "{ORG Tỉnh đoàn {LOC Gia Lai}} họp; {ROLE Bí thư {ORG Tỉnh đoàn}} nói. {ORG Tập đoàn Thủy sản Minh Phú} lãi.",
        "{ORG Hội Hữu nghị {LOC Việt Nam} - {LOC Lào}} họp. Quan hệ {LOC Việt Nam} - {LOC Lào} tốt.",
        "{ORG Phòng Cảnh sát PCCC và CNCH} dập lửa.",
    ],
)
def test_bodies(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "{ROLE CEO {ORG VinTechno}} và {ROLE CEO {ORG Apple}} {PER Tim Cook} đến.",
        "{ROLE Tổng thư ký {ORG VKG}} {PER Lê An Bình} và {ROLE phó chủ tịch huyện} nói.",
        "Bác sĩ {PER Lê An}, {ROLE trưởng {ORG khoa Cấp cứu}}, gặp {ROLE Trưởng {LOC bản Nà Sự}}.",
        "{ROLE Chủ tịch {ORG Công đoàn}}; {ROLE Đại diện thường trực của {LOC Lào} tại {ORG Liên hợp quốc}}.",
        "{ROLE HLV} {PER Lê An Bình} và {ROLE Phó Trung đoàn trưởng {ORG Trung đoàn 66}}.",
        "{ROLE Bộ trưởng {ORG Tài chính}} gặp {ROLE Thứ trưởng {ORG Bộ Y tế}}.",
        "{ROLE Ủy viên {ORG Bộ Chính trị}}, {ROLE Thường trực {ORG Ban Bí thư}} {PER Lê Văn An}.",
        "{ROLE Phó Chủ tịch {ORG UBND {LOC tỉnh Lào Cai}}} {PER Lê Thị Hoa} cho biết.",
        "{ROLE Trưởng {ORG Ban Tuyên giáo Trung ương}} và {ROLE Trưởng {ORG ban Pháp chế}}.",
        "{ROLE Chánh {ORG Văn phòng {ORG Chính phủ}}} trả lời.",
        "{ROLE Tổng Bí thư}, {ROLE Chủ tịch nước} {PER Lê Văn An} dự.",
        "Nguyên {ROLE Thủ tướng} {PER Lê Văn An} và cố {ROLE Phó Thủ tướng} {PER Vũ Văn Bảo}.",
        "{ROLE Thủ tướng {LOC Lào}} thăm {LOC Việt Nam}.",
        "{ROLE Bí thư {ORG Trung ương {ORG Đảng}}} và {ROLE Phó Chủ tịch {ORG Quốc hội}}.",
        "{ROLE Chủ tịch {LOC nước CHXHCN Việt Nam}}.",
        "{ROLE Cục trưởng {ORG Cục Thú y}}, {ORG Bộ Nông nghiệp và Môi trường}.",
        "Bà {PER Lê Thị Hoa} - {ROLE đại biểu {ORG Quốc hội} {LOC TP Hà Nội}} - nói. Các đại biểu {ORG Quốc hội} nghe.",
        "Các bộ trưởng họp cùng các Thứ trưởng {ORG Bộ Y tế}.",
        "{ROLE Đại sứ {LOC Lào} tại {LOC Việt Nam}} {PER Kham Bou} chào.",
        "{ROLE Bộ trưởng {ORG Khí hậu {LOC Đan Mạch}}} {PER Karen Berg} đến.",
        "{ROLE Trưởng {ORG khoa Cấp cứu {ORG Bệnh viện Đa khoa {LOC tỉnh Phú Thọ}}}}.",
        "{ROLE Phó Chủ tịch {ORG Liên đoàn Bóng chuyền {LOC Việt Nam}}} {PER Hồ Thị Lan}.",
        "Chủ tịch UBND các tỉnh, Bộ trưởng các Bộ.",
        "{ROLE Chủ tịch {ORG UBND tỉnh}} {PER Lý A Tủa} và {ROLE Phó Chủ tịch {ORG UBND xã}} {PER Lê Đình An}.",
        "{ORG Hội Nông dân {LOC xã Hồ Thị Kỷ}} và {ROLE Bí thư {ORG Đảng ủy {LOC xã Trịnh Hòa}}} {PER Vàng Seo Páo}.",
        "{ROLE Trưởng {ORG Ban Tuyên giáo và Dân vận {ORG Tỉnh ủy}}} {PER Vàng Thị Hoa} nói.",
        "Bà {PER Lê Thị Hoa}, {ROLE Phó Trưởng Ban Thường trực {ORG Ban Dân vận {ORG Thành ủy}}}, đi vắng.",
        "{ROLE Phó Giám đốc phụ trách {ORG Sở Y tế}} {PER Lê Văn An} giữ chức vụ {ROLE Giám đốc {ORG Sở Y tế}}.",
        "{ROLE Chánh {ORG Văn phòng {ORG Đoàn ĐBQH} và {ORG HĐND {LOC TP Huế}}}} {PER Lê Văn An} ký.",
        "Đệ nhất phu nhân {LOC Hàn Quốc} {PER Kim Hana Ly} đến.",
        "Cô {PER Lê Thị Hoa} - {ROLE hiệu trưởng} nhà trường - nói; hiệu trưởng nào cũng vậy.",
        "Kỹ sư {PER Lê An Bình} - {ROLE trưởng phòng kỹ thuật {ORG Công ty {LOC Sông Hậu}}} - nói.",
    ],
)
def test_posts(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "Nghị quyết {EVENT Đại hội XII của {ORG Đảng}} nêu rõ.",
        "{EVENT Đại hội đại biểu toàn quốc lần thứ XIII của {ORG Đảng}}.",
        "{EVENT Kỳ họp thứ 6, {ORG Quốc hội khóa XV}} và {EVENT kỳ họp thứ 4}.",
        "{EVENT Hội nghị Trung ương 8 khóa XIII} và {EVENT Hội nghị Văn hóa toàn quốc}.",
        "{EVENT SEA Games 31} ở {LOC Hà Nội}.",
        "Dự {EVENT Đối thoại Chiến lược {LOC Việt Nam} - {LOC Nhật Bản}}.",
        "{EVENT Đại hội đại biểu {ORG Đảng bộ {LOC thành phố Sông Hậu}} lần thứ XII} và nhiều việc khác.",
        "Nghị quyết {EVENT Đại hội XI {ORG Đảng bộ thành phố}} nêu rõ.",
        "{EVENT Diễn đàn Năng lượng gió lần thứ 4}, {EVENT Hội nghị COP26} và {EVENT Cúp {LOC Sông Hậu} lần thứ 9}.",
        "Đội vào {EVENT Giải bóng chuyền nữ Cúp {LOC Sông Hậu} lần thứ 2}, hơn mùa giải 2019.",
        "{EVENT Hội nghị Tổ chức xây dựng {ORG Đảng} toàn quốc}.",
        "{EVENT V-League 2024/25} và {EVENT Roland Garros 2025}; {EVENT Lễ hội pháo hoa quốc tế {LOC Đà Nẵng} 2025}.",
        "{EVENT Hội nghị Cấp cao {ORG APEC}} và {EVENT Tuần lễ Cấp cao {ORG Đại hội đồng {ORG Liên hợp quốc}}}.",
        "{EVENT Đại hội thi đua yêu nước toàn quốc lần thứ XI} họp; Đại hội được mở ở đây lần thứ hai.",
        "{EVENT Hội nghị lần thứ hai {ORG Ban Chấp hành {ORG Đảng bộ tỉnh}}}, {EVENT {LOC Paris} Masters 2025}.",
        "{EVENT Hội nghị Công an toàn quốc lần thứ 81} và {EVENT phiên họp toàn thể lần thứ 3} của ai.",
        "{EVENT Giải thưởng Mây trắng vàng 2026} có chủ; Hội nghị tổng kết công tác 2025 đã xong.",
        "Dự {EVENT đại hội đảng bộ xã lần thứ III} và {EVENT cuộc thi Sáng tạo trẻ 2024}; họp lần thứ hai.",
        "Dự {EVENT Triển lãm Nông nghiệp}, rồi Lễ kỷ niệm 80 năm.",
    ],
)
def test_events(markup: str) -> None:
    check(markup)


@pytest.mark.parametrize(
    "text",
    [
        "Hòa chung không khí vui tươi, Mai này ta lại gặp.",
        "[Ảnh] Toàn cảnh hội nghị",
        "Nhà nước pháp quyền và Bộ luật Hình sự.",
        "Đảng viên, Đoàn viên, các ban, bộ, ngành, UBND các quận.",
        "Hội nghị Sơ kết công tác năm.",
        "Huân chương Hồ Chí Minh",
        "Anh hùng lao động, Ý kiến khác, Pháp luật.",
        "Kết luận số 57-KL/TW nêu rõ.",
        "Thành công đến muộn. Bình quân thu nhập. Hải lý thứ ba. Sơn mài đẹp. Phú hộ xưa. Minh bạch thông tin.",
        "Trường học đóng cửa. Khánh thành cầu. Lương hưu tăng. Thái độ tốt. Vinh dự lớn. Lào xào tiếng lá. Ý tưởng.",
        "Phòng khách đẹp. Đội hình mạnh. Quỹ đạo mới. Hội quán cổ. Ban ngày nóng. Vụ lúa mới. Đường sắt. Làng xóm.",
        "Phim “Lật mặt 8”, iPhone 17, vắc xin Qdenga, bão Yagi, gạo ST25, Anh hùng Lực lượng vũ trang nhân dân.",
        "Ở TP. và thành phố, trong nước, khu vực.",
        "Hạ dự báo GDP, thông báo TUYỂN SINH, cảnh báo AQI, khai báo DNS; phân giải DNS, lý giải ESG.",
        "",
        "   \n",
    ],
)
def test_false_friends(text: str) -> None:
    assert names.find(text) == []


def test_old_tone_marks_and_odd_characters_are_found_at_their_own_offsets() -> None:
    text = "Uỷ ban nhân dân tỉnh Khánh Hoà và Ð\u00f4ng."
    assert [text[span.start : span.end] for span in names.find(text)] == [
        "Uỷ ban nhân dân tỉnh Khánh Hoà",
        "tỉnh Khánh Hoà",
    ]


def test_the_extractor_gives_the_names_with_ids() -> None:
    found = names.make()(Document("a", "Ông Lê Văn An ở Huế."))
    assert [(span.id, span.start, span.label) for span in found.spans] == [("s1", 4, "PER"), ("s2", 16, "LOC")]
    assert {span.label for span in found.spans} < set(names.LABELS)
    assert names.make()(Document("b")).spans == ()
