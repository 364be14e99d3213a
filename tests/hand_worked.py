"""A small register with every edge, and the figures that follow from it, worked out by hand.

Six enterprises A to F. What lies on an edge is said beside it; the days are five: in the first
year of phase 1, in its third, on its last day, on the first day of phase 2, and half a year on.
"""

from typing import Any

A, B, C, D, E, F = (
    "5300100011",
    "5300100029",
    "5300100036",
    "5300100043",
    "5300100050",
    "5300100068",
)
EARLY, THIRD, LAST, FIRST, LATER = (
    "2021-06-14",
    "2023-12-14",
    "2025-12-14",
    "2025-12-15",
    "2026-06-30",
)
DAYS = (EARLY, THIRD, LAST, FIRST, LATER)


def sheets() -> dict[str, list[list[Any]]]:
    """The workbook."""
    return {
        "DoanhNghiep": [
            ["Mã số thuế", "Tên doanh nghiệp", "Loại hình", "Nhóm ngành"],
            *(
                [code, f"Công ty {name}", "doanh nghiệp", "công nghiệp xây dựng"]
                for name, code in zip("ABCDEF", (A, B, C, D, E, F), strict=True)
            ),
        ],
        "SanPham": [
            ["Mã số thuế", "Tên sản phẩm", "Bắt buộc hợp quy"],
            [A, "Chè", "x"],
            [B, "Quế", "có"],
            [C, "Gạo", "X"],
            [D, "Mật ong", None],
        ],
        "DanhMucTrongDiem": [
            ["Loại", "Mã số thuế", "Tên sản phẩm", "Từ ngày", "Đến ngày"],
            ["sản phẩm", A, "Chè", "1/1/2021", None],
            ["sản phẩm", B, "Quế", "15/6/2021", None],  # the day after EARLY
            ["sản phẩm", C, "Gạo", "1/1/2021", "14/12/2023"],  # until THIRD, included
            ["sản phẩm", D, "Mật ong", "15/12/2023", "14/12/2025"],  # until LAST, included
            ["doanh nghiệp", A, None, "1/1/2021", None],
            ["doanh nghiệp", B, None, "1/1/2022", None],
            ["doanh nghiệp", C, None, "1/1/2021", "14/12/2025"],
            ["doanh nghiệp", D, None, "15/12/2025", None],  # from FIRST on
        ],
        "CongBo": [
            ["Mã số thuế", "Tên sản phẩm", "Số hiệu tiêu chuẩn", "Loại", "Ngày công bố",
             "Ngày hết hiệu lực"],
            [A, "Chè", "TCVN 1", "TCVN", "14/6/2021", None],  # on EARLY
            [B, "Quế", "TCCS 01", "TCCS", "1/1/2022", None],  # of no account for K02
            [C, "Gạo", "QCVN 2", "QCVN", "1/1/2022", "14/12/2023"],  # until THIRD, included
            [D, "Mật ong", "CODEX 12", "nước ngoài", "1/1/2024", None],  # of no account for K02
            [B, "Quế", "ASEAN 3", "khu vực", "15/12/2025", None],  # on FIRST
        ],
        "ChungNhan": [
            ["Mã số thuế", "Tên sản phẩm", "Loại", "Số giấy", "Ngày cấp", "Ngày hết hạn",
             "Ngày thu hồi"],
            [A, "Chè", "hợp quy", "G1", "1/1/2021", "14/12/2023", None],  # valid on THIRD
            [B, "Quế", "hợp chuẩn", "G2", "1/1/2022", None, "14/12/2025"],  # not on LAST
            [C, "Gạo", "hợp quy", "G3", "15/6/2021", None, None],  # the day after EARLY
            [A, "Chè", "hợp chuẩn", "G4", "15/12/2025", None, None],
            [A, None, "OHSAS 18001", "S1", "1/1/2023", "1/1/2024", None],  # an old name
            [C, None, "ISO/IEC 17025", "S2", "1/1/2022", None, None],  # not of management
            [C, None, "ISO/TS 16949", "S3", "1/6/2024", None, None],  # an old name
            [D, None, "ISO 9001", "S4", "15/12/2025", None, None],  # suspended over LATER
            [E, None, "ISO 9001", "S5", "15/12/2020", "1/1/2021", None],  # phase 1 begins
            [E, None, "ISO 9001", "S6", "14/12/2025", None, None],  # phase 1 ends
            [E, None, "ISO 14001", "S7", "30/6/2026", None, None],  # on LATER
        ],
        "CongCu": [
            ["Mã số thuế", "Công cụ", "Từ ngày", "Đến ngày"],
            [A, "5S", "1/1/2021", "14/6/2021"],  # until EARLY, included
            [B, "Kaizen", "1/1/2023", None],
        ],
        "DuAnNSCL": [
            ["Mã số thuế", "Loại", "Từ ngày", "Đến ngày"],
            [A, "dự án", "14/6/2021", "31/12/2021"],  # on EARLY; finished, counts on
            [B, "kế hoạch", "1/3/2022", None],  # a plan is no project
            [C, "dự án", "15/12/2023", None],  # the day after THIRD
            [D, "kế hoạch", "15/12/2025", None],
        ],
        "DienHinh": [
            ["Mã số thuế", "Loại", "Ngày công nhận"],
            [A, "điển hình toàn diện", "14/6/2021"],
            [E, "điển hình toàn diện", "1/1/2022"],  # without figures
            [F, "điển hình toàn diện", "1/1/2022"],
            [B, "điển hình toàn diện", "15/12/2025"],  # in phase 2
            [C, "mô hình điểm", "15/12/2025"],
            [D, "mô hình điểm", "14/12/2025"],  # in phase 1
        ],
        "NangSuat": [
            ["Mã số thuế", "Năm", "Lợi nhuận trước thuế", "Chi phí lao động", "Khấu hao",
             "Lãi vay", "Thuế sản xuất", "Tài sản cố định", "Lao động bình quân", "Năm gốc"],
            [A, 2021, 60_000, 20_000, 10_000, 5_000, 5_000, 100_000, 10, "x"],
            [A, 2022, 110_000, 20_000, 10_000, 5_000, 5_000, 100_000, 10, None],  # +50 % each
            [A, 2024, 90_000, 20_000, 10_000, 5_000, 5_000, 100_000, 10, None],  # +30 % each
            [F, 2021, 60_000, 20_000, 10_000, 5_000, 5_000, 100_000, 10, "x"],
            # Labour +50 %, capital 0 %, TFP 50 − 0,3 × 50 = 35 %: two factors of three.
            [F, 2022, 110_000, 20_000, 10_000, 5_000, 5_000, 150_000, 10, None],
        ],
        "GiaiThuong": [
            ["Mã số thuế", "Năm", "Kết quả"],
            [A, 2021, "Giải bạc"],
            *([code, 2023, "Tham gia"] for code in (A, B, C)),
            [D, 2026, "Tham gia"],
        ],
        "ThanhVienMangLuoi": [
            ["Mã số thuế", "Từ ngày", "Đến ngày"],
            [A, "1/1/2021", "14/6/2021"],  # until EARLY, included
            [B, "1/1/2022", None],
        ],
        "HoTro": [
            ["Mã số thuế", "Mã nhiệm vụ", "Ngày bắt đầu", "Trạng thái", "Ngày nghiệm thu"],
            [A, "B1.3.5", "1/3/2021", "đã đóng", "14/6/2021"],  # on EARLY
            [A, "B1.3.5", "1/1/2022", "đã nghiệm thu", "1/6/2022"],  # is the same enterprise
            [B, "B1.3.5", "1/1/2021", "đã nghiệm thu", "14/12/2025"],  # on LAST
            [C, "B1.3.5", "1/1/2025", "đã nghiệm thu", "15/12/2025"],  # phase 1 is over
            [D, "B1.3.5", "1/1/2021", "đang thực hiện", "1/6/2021"],  # not accepted
            [E, "B1.3.5", "1/1/2021", "đã đóng", None],  # nobody knows when
            [C, "B2.2.5", "1/1/2025", "đã đóng", "15/12/2025"],  # on FIRST
            [D, "B2.2.5", "1/1/2025", "đã đóng", "14/12/2025"],  # phase 2 has not begun
            [E, "B2.2.5", "1/1/2026", "đã nghiệm thu", "1/7/2026"],  # the day after LATER
        ],
        "SanPhamDauRa": [
            ["Mã chỉ tiêu", "Tên", "Ngày ban hành"],
            ["K01", "Báo cáo khảo sát", "14/6/2021"],
            ["K01", "Danh mục", "1/2/2022"],
            ["K13", "Cổng thông tin", "15/6/2021"],  # the day after EARLY
        ],
    }  # fmt: skip


# By day: numerator and denominator of the reading that counts; NONE where there is no figure.
NONE = (None, None)
Counted = tuple[int | None, int | None]
COUNTED: dict[str, tuple[Counted, Counted, Counted, Counted, Counted]] = {
    "K01": ((1, None), (2, None), (2, None), (2, None), (2, None)),
    "B1.1.1": ((1, None), (2, None), (2, None), (2, None), (2, None)),
    "B1.3.5": ((1, None), (1, None), (2, None), (2, None), (2, None)),
    "B2.2.5": (NONE, NONE, NONE, (1, None), (1, None)),
    "K02": ((1, 2), (2, 3), (1, 3), (1, 3), (1, 3)),
    "K03": ((1, 2), (3, 3), (0, 2), (0, 2), (0, 2)),
    "K04": ((1, None), (3, None), (0, None), (0, None), (0, None)),
    "K05": ((1, 2), (1, 3), (2, 3), (2, 3), (2, 3)),
    "K06": ((1, 2), (2, 3), (2, 3), (2, 3), (2, 3)),
    "K07": ((1, None), (3, None), (3, None), (3, None), (3, None)),
    "K08": ((0, 0), (1, 2), (0, 2), (0, 2), (0, 2)),
    "K11": ((1, 2), (1, 3), (1, 3), (1, 3), (1, 3)),
    "K13": ((0, None), (1, None), (1, None), (1, None), (1, None)),
    "K14": ((1, 2), (3, 3), (3, 3), (3, 3), (3, 3)),
    "K18": (NONE, NONE, NONE, (2, 2), (2, 2)),
    "K19": (NONE, NONE, NONE, (1, 2), (1, 2)),
    "K20": (NONE, NONE, NONE, (3, 3), (3, 3)),
    "K21": (NONE, NONE, NONE, (2, 3), (1, 3)),
    "K22": (NONE, NONE, NONE, (-1, 2), (-1, 2)),
    "K23": (NONE, NONE, NONE, (0, 0), (1, 0)),
    "K24": (NONE, NONE, NONE, (1, None), (1, None)),
}
# The same under the other reading of an unclear passage.
SECOND: dict[str, tuple[Counted, Counted, Counted, Counted, Counted]] = {
    "K03": ((1, 2), (2, 3), (0, 2), (0, 2), (0, 2)),
    "K06": ((1, 1), (1, 1), (1, 2), (1, 2), (1, 2)),
    "K19": (NONE, NONE, NONE, (0, 2), (0, 2)),
    "K21": (NONE, NONE, NONE, (2, 3), (1, 3)),
    "K22": (NONE, NONE, NONE, (-1, 2), (0, 2)),
    "K23": (NONE, NONE, NONE, (-1, 2), (0, 2)),
}
# How the figures are judged on each day.
JUDGED = {
    "K01": ("behind", "not_met", "not_met", "not_met", "not_met"),
    "K04": ("met", "met", "behind", "not_met", "not_met"),
    "K14": (None, None, None, None, None),
    "K18": ("no_data", "no_data", "no_data", "met", "met"),
    "K19": ("no_data", "no_data", "no_data", "on_track", "on_track"),
    "K23": ("no_data", "no_data", "no_data", "no_data", "no_data"),
}
