"""A workbook with every sheet of the register, for tests of imports."""

import datetime as dt
from typing import Any

from tests.enterprises.factories import tax_code

DAY = dt.date(2025, 1, 2)


def every_sheet(first: str = "", second: str = "") -> dict[str, list[list[Any]]]:
    """Good rows in every sheet, in an order in which none rests on an earlier one."""
    a, b = first or tax_code(), second or tax_code()
    return {
        "HoTro": [
            [
                "Mã số thuế",
                "Mã nhiệm vụ",
                "Ngày bắt đầu",
                "Trạng thái",
                "Ngày nghiệm thu",
                "Ngân sách (triệu đồng)",
                "Doanh nghiệp (đồng)",
            ],
            [a, "b1.3.5", DAY, "Đã nghiệm thu", "20/11/2025", 40, 60_000_000],
            [b, "B1.3.5", DAY, "đang thực hiện", None, None, None],
        ],
        "GiaiThuong": [["Mã số thuế", "Năm", "Kết quả"], [a, 2025, "Giải bạc"]],
        "DienHinh": [["Mã số thuế", "Loại", "Ngày công nhận"], [a, "mô hình điểm", DAY]],
        "NangSuat": [
            [
                "Mã số thuế",
                "Năm",
                "Lợi nhuận trước thuế",
                "Chi phí lao động (triệu đồng)",
                "Khấu hao",
                "Lãi vay",
                "Thuế sản xuất",
                "Tài sản cố định",
                "Lao động bình quân",
                "Năm gốc",
            ],
            [a, 2023, -5_000_000, 120, 1, 1, 1, 10_000_000, 3.5, "x"],
            [a, 2024, 5_000_000, 150, 1, 1, 1, 10_000_000, "3,5", None],
        ],
        "DuAnNSCL": [["Mã số thuế", "Loại", "Từ ngày", "Đến ngày"], [a, "dự án", DAY, None]],
        "CongCu": [["Mã số thuế", "Công cụ", "Từ ngày"], [a, "5S", DAY], [b, "5s", DAY]],
        "ChungNhan": [
            ["Mã số thuế", "Tên sản phẩm", "Loại", "Số giấy", "Ngày cấp", "Ngày hết hạn"],
            [a, None, "OHSAS 18001", "G1", DAY, "1/1/2028"],
            [a, "Chè Shan", "hợp quy", "G2", "2/1/2025", None],
        ],
        "CongBo": [
            ["Mã số thuế", "Tên sản phẩm", "Số hiệu tiêu chuẩn", "Loại", "Ngày công bố"],
            [a, "chè shan", "TCVN 9740:2013", None, DAY],
            [b, "Mật ong", "CODEX 12", "nước ngoài", DAY],
        ],
        "DanhMucTrongDiem": [
            ["Loại", "Mã số thuế", "Tên sản phẩm", "Từ ngày", "Đến ngày", "Số quyết định"],
            ["sản phẩm", a, "Chè Shan", "1/1/2024", "31/12/2024", "01/QĐ-UBND"],
            ["sản phẩm", a, "Chè Shan", "1/1/2025", None, "02/QĐ-UBND"],
            ["doanh nghiệp", a, None, DAY, None, None],
        ],
        "SanPham": [
            ["Mã số thuế", "Tên sản phẩm", "Nhóm", "Bắt buộc hợp quy"],
            [a, "Chè Shan", "chè", "x"],
            [b, "Mật ong", None, None],
        ],
        "SoLieuNam": [
            ["Mã số thuế", "Năm", "Lao động", "Doanh thu (triệu đồng)", "Nguồn vốn (đồng)"],
            [a, 2025, 12, "1.234,5", 1_000_000_000],
        ],
        "ThanhVienMangLuoi": [["Mã số thuế", "Từ ngày", "Đến ngày"], [a, DAY, None]],
        "SanPhamDauRa": [["Mã chỉ tiêu", "Tên", "Ngày ban hành"], ["K01", "Báo cáo", DAY]],
        "DoanhNghiep": [
            ["Mã số thuế", "Tên doanh nghiệp", "Loại hình", "Nhóm ngành", "Điện thoại"],
            [a, "Công ty A", "doanh nghiệp", "nông lâm thủy sản", "0214 3 000 000"],
            [b, "Hợp tác xã B", "HTX", "Công nghiệp, xây dựng", None],
        ],
    }
