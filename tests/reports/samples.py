"""A document with every part that a report can have; its figures are invented."""

from reports.documents.model import Annex, Cell, Column, Document, Paragraph, Row, Section, Table

DIACRITICS = (
    "aàáảãạ ăằắẳẵặ âầấẩẫậ đ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự yỳýỷỹỵ "
    "AÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ Đ EÈÉẺẼẸ ÊỀẾỂỄỆ IÌÍỈĨỊ OÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ UÙÚỦŨỤ ƯỪỨỬỮỰ YỲÝỶỸỴ"
)
MISSING = "chưa có dữ liệu"
ATTACHED_TO = (
    "(Kèm theo Báo cáo số        /BC-SKHCN ngày      tháng      năm 2026 "
    "của Sở Khoa học và Công nghệ)"
)
LEAD = "Sở Khoa học và Công nghệ"
COORDINATING = "Các sở, ngành UBND các huyện, thị xã, thành phố"
TASKS = (
    (
        "Thống kê các sản phẩm, hàng hóa chủ lực của tỉnh và doanh nghiệp sản xuất sản phẩm, "
        "hàng hóa chủ lực của tỉnh."
    ),
    (
        "Tổ chức 05 khóa đào tạo, tập huấn về các hệ thống quản lý chất lượng như: ISO 9000, "
        "ISO 14000, ISO 22000, GMP, SA 8000, HACCP, TQM ...;"
    ),
    "Tuyên truyền về Năng suất chất lượng sản phẩm, hàng hóa trên địa bàn tỉnh Lào Cai.",
    "Hỗ trợ 100 doanh nghiệp chứng nhận hợp chuẩn (chứng nhận phù hợp tiêu chuẩn Quốc Gia);",
)
PHASES = ("Giai đoạn từ 2021- 2025", "Giai đoạn từ 2026- 2030")
GROUPS = (
    (
        "Hình thành và thúc đẩy hoạt động năng suất và chất lượng tại các doanh nghiệp vừa và nhỏ "
        "của tỉnh."
    ),
    (
        "Hỗ trợ các doanh nghiệp vừa và nhỏ sản xuất sản phẩm, hàng hóa chủ lực của tỉnh nâng cao "
        "năng suất và chất lượng."
    ),
)


def sample_document(annex_rows: int = 6) -> Document:
    """Return a report whose three appendices have ``annex_rows`` rows each, headings apart."""
    return Document(
        superior=("ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI"),
        agency=("SỞ KHOA HỌC VÀ CÔNG NGHỆ",),
        symbol="BC-SKHCN",
        place="Lào Cai",
        year=2026,
        document_type="BÁO CÁO",
        subject="Kết quả thực hiện Kế hoạch số 191/KH-UBND năm 2026",
        addressee="Ủy ban nhân dân tỉnh Lào Cai",
        opening=(
            Paragraph(
                "Thực hiện Kế hoạch số 191/KH-UBND ngày 22/4/2021 của Ủy ban nhân dân tỉnh Lào "
                "Cai, Sở Khoa học và Công nghệ báo cáo kết quả thực hiện năm 2026 (số liệu tính "
                "từ ngày 15/12/2025 đến ngày 14/12/2026) như sau:"
            ),
        ),
        sections=_sections(),
        signer=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        recipients=("Như trên;", "Giám đốc, các Phó Giám đốc Sở;", "Lưu: VT, TĐC."),
        annexes=(
            Annex(
                number="I",
                title="KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM 2026",
                attached_to=ATTACHED_TO,
                sheet="PL1 Chỉ tiêu",
                table=_indicators(annex_rows),
            ),
            Annex(
                number="II",
                title="KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ NĂM 2026",
                attached_to=ATTACHED_TO,
                sheet="PL2 Nhiệm vụ",
                table=_tasks(annex_rows),
            ),
            Annex(
                number="III",
                title="KINH PHÍ THỰC HIỆN HỖ TRỢ DOANH NGHIỆP NÂNG CAO NĂNG SUẤT VÀ CHẤT LƯỢNG "
                "SẢN PHẨM, HÀNG HÓA TRÊN ĐỊA BÀN TỈNH LÀO CAI",
                attached_to=ATTACHED_TO,
                sheet="PL3 Kinh phí",
                table=_money(annex_rows),
                unit="Đơn vị: triệu đồng",
                closing="(Bằng chữ: Ba mươi lăm tỷ một trăm triệu đồng)",
            ),
        ),
    )


def _sections() -> tuple[Section, ...]:
    summary = Table(
        columns=(
            Column("number", "STT", 8, "code"),
            Column("content", "Nội dung", 52),
            Column("state", "Vốn ngân sách NN", 20, "million", group="Kinh phí"),
            Column("enterprise", "Vốn đối ứng DN", 20, "million", group="Kinh phí"),
        ),
        rows=(
            Row((_code("1"), Cell(PHASES[0]), Cell.money(8_050_000_000), Cell.money(22_500_000))),
            Row((_code("2"), Cell(PHASES[1]), Cell.money(7_050_000_000), Cell.money(0))),
            Row(
                (Cell("Tổng cộng:", span=2), Cell.money(15_100_000_000), Cell.money(22_500_000)),
                level="total",
                adds=(0, 1),
            ),
        ),
        caption="Bảng 1. Kinh phí theo giai đoạn (triệu đồng)",
    )
    return (
        Section(
            "I",
            "TÌNH HÌNH CHỈ ĐẠO, TRIỂN KHAI",
            blocks=(
                Paragraph("Sở đã hướng dẫn các đơn vị đề xuất doanh nghiệp tham gia kế hoạch."),
                Paragraph(f"Bảng chữ: {DIACRITICS}."),
            ),
        ),
        Section("II", "KẾT QUẢ THỰC HIỆN"),
        Section("1", "Thông tin, tuyên truyền", 2, (Paragraph("Đã phát sóng 12 chương trình."),)),
        Section("2", "Kinh phí", 2, (Paragraph("Kinh phí như bảng sau:"), summary)),
        Section(
            "III",
            "ĐÁNH GIÁ CHUNG",
            blocks=(Paragraph("Đơn vị soạn thảo bổ sung tồn tại, nguyên nhân", placeholder=True),),
        ),
        Section(
            "IV",
            "KIẾN NGHỊ, ĐỀ XUẤT",
            blocks=(Paragraph("Đề nghị Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."),),
        ),
    )


def _code(text: str) -> Cell:
    return Cell(text, kind="code")


def _indicators(count: int) -> Table:
    columns = (
        Column("number", "STT", 6, "code"),
        Column("name", "Chỉ tiêu", 38),
        Column("unit", "Đơn vị tính", 14),
        Column("target", "Chỉ tiêu giao", 12),
        Column("numerator", "Tử số", 9, "number", group="Số liệu đến ngày 14/12/2026"),
        Column("denominator", "Mẫu số", 9, "number", group="Số liệu đến ngày 14/12/2026"),
        Column("value", "Kết quả", 12, "number"),
    )
    rows = []
    for n in range(count):
        known = n % 3 != 2
        rows.append(
            Row(
                (
                    _code(f"K{n + 1:02d}"),
                    Cell(f"Tỷ lệ sản phẩm trọng điểm công bố áp dụng TCVN, nhóm {n + 1}"),
                    Cell("%"),
                    Cell("≥ 60"),
                    Cell.count(n * 250 if known else None),
                    Cell.count(1_000 if known else None),
                    Cell.count(n * 25 if known else None, MISSING),
                )
            )
        )
    return Table(columns, tuple(rows))


def _tasks(count: int) -> Table:
    columns = (
        Column("number", "STT", 7, "code"),
        Column("content", "Nội dung, nhiệm vụ", 45),
        Column("lead", "Đơn vị chủ trì", 18),
        Column("planned", "Kế hoạch", 15, "number"),
        Column("done", "Thực hiện", 15, "number"),
    )
    rows = [Row((_code("I"), Cell(PHASES[1], span=4)), level="phase")]
    for n in range(count):
        cells = (
            _code("-"),
            Cell(TASKS[n % len(TASKS)]),
            Cell(LEAD),
            Cell.count(n * 500),
            Cell.count(n * 250 if n % 3 != 2 else None, MISSING),
        )
        rows.append(Row(cells))
    return Table(columns, tuple(rows))


def _money(count: int) -> Table:
    columns = (
        Column("number", "STT", 4, "code"),
        Column("content", "Nội dung, nhiệm vụ", 27),
        Column("lead", "Đơn vị chủ trì", 11),
        Column("coordinating", "Đơn vị phối hợp", 12),
        Column("total", "Tổng kinh phí", 8, "million", sum_of=("state", "enterprise")),
        Column("state", "Vốn ngân sách NN", 7, "million", group="Kinh phí thực hiện"),
        Column("enterprise", "Vốn đối ứng DN", 7, "million", group="Kinh phí thực hiện"),
        Column("timing", "Thời gian thực hiện", 8),
        Column("spent_state", "Vốn ngân sách NN", 8, "million", group="Đã thực hiện"),
        Column("spent_enterprise", "Vốn đối ứng DN", 8, "million", group="Đã thực hiện"),
    )
    rows: list[Row] = []
    phases: list[int] = []
    for phase, heading in enumerate(PHASES):
        first = count * phase // 2
        last = count * (phase + 1) // 2
        groups: list[int] = []
        phases.append(len(rows))
        rows.append(_money_sum("I" * (phase + 1), heading, "phase"))
        for group, title in enumerate(GROUPS):
            here = range(first, last)[group::2]
            groups.append(len(rows))
            rows.append(_money_sum(str(group + 1), title, "group"))
            tasks = tuple(range(len(rows), len(rows) + len(here)))
            rows.extend(map(_money_task, here))
            rows[groups[-1]] = _added(rows, rows[groups[-1]], tasks)
        rows[phases[-1]] = _added(rows, rows[phases[-1]], tuple(groups))
    total = Row((Cell("Tổng cộng:", span=4), *_blank_amounts()), level="total")
    return Table(columns, (*rows, _added(rows, total, tuple(phases))))


def _money_task(n: int) -> Row:
    state, enterprise = 250_000_000 + n * 22_500_000, 300_000_000 + n * 10_000_000
    return Row(
        (
            _code("+"),
            Cell(TASKS[n % len(TASKS)]),
            Cell(LEAD),
            Cell(COORDINATING),
            Cell.money(state + enterprise),
            Cell.money(state),
            Cell.money(enterprise),
            Cell("Hàng năm"),
            Cell.money(state // 4),
            Cell.money(0),
        )
    )


def _money_sum(number: str, heading: str, level: str) -> Row:
    cells = (_code(number), Cell(heading), Cell(), Cell(), *_blank_amounts())
    return Row(cells, level="phase" if level == "phase" else "group")


def _blank_amounts() -> tuple[Cell, ...]:
    zero = Cell.money(0)
    return (zero, zero, zero, Cell(), zero, zero)


def _added(rows: list[Row], row: Row, adds: tuple[int, ...]) -> Row:
    """The row with each amount replaced by the sum of the amounts of ``adds`` under it."""
    cells = list(row.cells)
    for from_right, cell in enumerate(reversed(row.cells), start=1):
        if cell.kind == "million":
            amounts = (rows[place].cells[-from_right].number or 0 for place in adds)
            cells[-from_right] = Cell.money(int(sum(amounts)))
    return Row(tuple(cells), row.level, adds)
