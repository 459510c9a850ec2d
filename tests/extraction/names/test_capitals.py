"""Names in lines of capitals, where a capital tells nothing."""

from __future__ import annotations

import pytest

from tests.extraction.names.marks import check


@pytest.mark.parametrize(
    "markup",
    [
        "NGHỊ QUYẾT SỐ 18-NQ/TW CỦA {ORG BỘ CHÍNH TRỊ} VỀ PHÁT TRIỂN KINH TẾ TƯ NHÂN",
        "{ORG BỘ TÀI CHÍNH} VÀ {ORG BỘ CÔNG THƯƠNG} HỌP VỀ GIÁ ĐIỆN TẠI {LOC HÀ NỘI}",
        "{ROLE THỦ TƯỚNG {ORG CHÍNH PHỦ}} LÀM VIỆC VỚI {ORG BỘ Y TẾ}",
        "{PER LÊ VĂN AN} VÀ {PER VŨ THỊ LAN} ĐẾN {LOC ĐÀ NẴNG}",
        "{ORG BỘ CÔNG AN} CẢNH BÁO LỪA ĐẢO, {ORG UBND {LOC TỈNH GIA LAI}} CÔNG BỐ QUY HOẠCH ĐÔ THỊ MỚI",
        "{ROLE CHỦ TỊCH {ORG QUỐC HỘI}} {PER LÊ VĂN AN} TIẾP {ROLE ĐẠI SỨ {LOC CUBA}}",
        "{ORG BAN CHỈ ĐẠO TRUNG ƯƠNG} VỀ LŨ LỤT, {ORG CHÍNH PHỦ {LOC VIỆT NAM}} CHO VAY",
        "{PER PHẠM MINH ĐẮC} TIẾP DÂN, {PER GIÀNG A PÁO} NHẬN CỜ",
        "VÀNG GIẢM GIÁ MẠNH, ĐOÀN NGƯỜI ĐI CHỢ TẾT ĐÔNG",
    ],
)
def test_lines_in_capitals(markup: str) -> None:
    check(markup)
