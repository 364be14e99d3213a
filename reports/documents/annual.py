"""The annual report to the province committee, from the data of its snapshot alone.

The order of its parts is that of Mẫu 1.4 of Nghị định 30/2020/NĐ-CP. What a figure cannot say is
left to the office as a placeholder; a figure without records says "chưa có dữ liệu", never zero.
"""

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.money import format_million
from core.numbers import format_number, format_quantity, format_target
from core.words import amount_in_words
from reports.documents.model import Annex, Cell, Column, Document, Paragraph, Row, Section, Table

Data = dict[str, Any]

NO_DATA = "chưa có dữ liệu"
TO_BE_WRITTEN = "Nội dung do đơn vị soạn thảo bổ sung"
# How a figure stands against its target, as the report says it.
STATUSES = {
    "met": "đạt",
    "on_track": "đúng tiến độ",
    "behind": "chậm tiến độ",
    "not_met": "không đạt",
    "no_data": NO_DATA,
}
KINDS = (
    ("communication", "Thông tin, tuyên truyền"),
    ("training", "Đào tạo, tập huấn"),
    ("support", "Hỗ trợ doanh nghiệp"),
    ("experts", "Đào tạo chuyên gia"),
    ("survey", "Khảo sát, đánh giá thực trạng"),
)


def annual_report(data: Data) -> Document:
    """Return the annual report of a snapshot."""
    form, plan, year = data["form"], data["plan"], data["year"]
    return Document(
        superior=tuple(form["superior"]),
        agency=tuple(form["agency"]),
        symbol=form["symbol"],
        place=form["place"],
        year=year,
        document_type="BÁO CÁO",
        subject=(
            f"Kết quả thực hiện năm {year} {_plan_name(data)} "
            f"ngày {_long(plan['issued_on'])} của {plan['issuer']}"
        ),
        addressee=form["addressee"],
        opening=(Paragraph(_opening(data)),),
        sections=tuple(_sections(data)),
        signer=tuple(form["signer"]),
        recipients=tuple(form["recipients"]),
        annexes=(_indicators(data), _tasks(data), _money(data), _enterprises(data)),
    )


def _opening(data: Data) -> str:
    plan, first, last = data["plan"], _day(data["from"]), _day(data["cut_off"])
    return (
        f"Thực hiện {_plan_name(data)} ngày {_long(plan['issued_on'])} của "
        f"{plan['issuer']}, {_agency(data)} báo cáo kết quả thực hiện năm {data['year']} "
        f"(số liệu từ ngày {first} đến hết ngày {last}) như sau:"
    )


def _plan_name(data: Data) -> str:
    """The plan inside a sentence, ``Kế hoạch số 191/KH-UBND``."""
    return f"{data['plan']['document_type'].capitalize()} số {data['plan']['number']}"


def _agency(data: Data) -> str:
    name: str = data["form"]["agency_name"]
    return name


def _sections(data: Data) -> Iterable[Section]:
    year = data["year"]
    yield Section("I", "Tình hình chỉ đạo, triển khai thực hiện", blocks=(_to_write(),))
    yield Section("II", "Kết quả thực hiện")
    for number, (kind, heading) in enumerate(KINDS, start=1):
        yield Section(str(number), heading, 2, tuple(_of_kind(data, kind)))
    yield Section(str(len(KINDS) + 1), "Kết quả theo các chỉ tiêu", 2, tuple(_results(data)))
    yield Section(str(len(KINDS) + 2), "Kinh phí thực hiện", 2, tuple(_funding(data)))
    yield Section("III", "Đánh giá chung; tồn tại, hạn chế và nguyên nhân", blocks=(_to_write(),))
    yield Section("IV", f"Phương hướng, nhiệm vụ năm {year + 1}", blocks=(_to_write(),))
    yield Section(
        "V",
        "Kiến nghị, đề xuất",
        blocks=(
            _to_write(),
            Paragraph(
                f"Trên đây là báo cáo kết quả thực hiện năm {year} {_plan_name(data)}, "
                f"{_agency(data)} trân trọng báo cáo./."
            ),
        ),
    )


def _to_write() -> Paragraph:
    return Paragraph(TO_BE_WRITTEN, placeholder=True)


def _running(data: Data) -> Data | None:
    return next((phase for phase in data["phases"] if phase["running"]), None)


def _of_kind(data: Data, kind: str) -> Iterable[Paragraph]:
    running = _running(data)
    tasks = [
        task
        for task in data["tasks"]
        if task["kind"] == kind and running and task["phase"] == running["code"]
    ]
    if not tasks:
        yield Paragraph("Kế hoạch không bố trí nhiệm vụ thuộc nội dung này trong giai đoạn.")
    for task in tasks:
        text = task["text"].rstrip(" .;")
        yield Paragraph(f"- {text}. Kết quả đến ngày chốt số liệu: {_done(task)}.")


def _done(task: Data) -> str:
    done = _rounded(task.get("value"))
    return NO_DATA if done is None else format_quantity(done, task["unit"]).strip()


def _results(data: Data) -> Iterable[Paragraph]:
    running = _running(data)
    indicators = [one for one in data["indicators"] if running and one["phase"] == running["code"]]
    known = [one for one in indicators if one["value"] is not None]
    yield Paragraph(
        f"Giai đoạn này có {len(indicators)} chỉ tiêu; {len(known)} chỉ tiêu đã có số liệu"
        f"{_judged(known)}, {len(indicators) - len(known)} chỉ tiêu {NO_DATA}. "
        "Chi tiết tại Phụ lục I và Phụ lục II."
    )
    for one in known:
        yield Paragraph(f"- {one['name']} ({one['code']}): {_result(one)}.")


def _judged(known: list[Data]) -> str:
    """How many of the figures are met, on track and so on, in brackets."""
    told = [
        f"{count} {words}"
        for status, words in STATUSES.items()
        if (count := sum(1 for one in known if one.get("status") == status))
    ]
    return f" ({', '.join(told)})" if told else ""


def _result(one: Data) -> str:
    """The result of an indicator in words: value, what it is made of, target, judgement."""
    value = format_quantity(_rounded(one["value"]) or Decimal(0), one["unit"]).strip()
    if one["denominator"] is not None:
        value += f" ({format_number(one['numerator'])}/{format_number(one['denominator'])})"
    aim = f"mục tiêu {_aim(one)}" if one["target"] else ""
    parts = (value, aim, STATUSES.get(one.get("status") or "", ""))
    return ", ".join(part for part in parts if part)


def _aim(one: Data) -> str:
    """The target with its sign and unit."""
    low, high = _target_of(one)
    shown = format_target(one["comparator"], low, high)
    return f"{shown}%" if one["unit"] == "%" else f"{shown} {one['unit']}".strip()


def _target_of(one: Data) -> tuple[Decimal | None, Decimal | None]:
    target = one.get("target")
    if not target:
        return None, None
    return Decimal(target["low"]), Decimal(target["high"]) if target["high"] else None


def _rounded(value: str | None) -> Decimal | None:
    """A figure as documents show it, with two decimals at the most."""
    if value is None:
        return None
    return Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP).normalize() + 0


def _funding(data: Data) -> Iterable[Paragraph]:
    money, appendix = data["money"], data["plan"]["appendix"]
    yield Paragraph(
        f"Tổng kinh phí theo Kế hoạch: {format_million(money['total'])} triệu đồng "
        f"(Bằng chữ: {amount_in_words(money['total'])}), trong đó ngân sách nhà nước "
        f"{format_million(money['state'])} triệu đồng, vốn doanh nghiệp "
        f"{format_million(money['enterprise'])} triệu đồng."
    )
    for issue in _issues_at(data, "in_words"):
        wording = appendix["in_words"].strip("()")
        yield Paragraph(
            f"Ghi chú: Kế hoạch ghi “{wording}”; "
            f"điểm chưa rõ {issue['code']}: {issue['statement']}."
        )
    for phase in money["phases"]:
        yield Paragraph(
            f"- {phase['heading']}: {format_million(phase['total'])} triệu đồng, trong đó "
            f"ngân sách nhà nước {format_million(phase['state'])} triệu đồng, vốn doanh nghiệp "
            f"{format_million(phase['enterprise'])} triệu đồng."
        )
    yield Paragraph(f"Kinh phí đã thực hiện: {NO_DATA}. Chi tiết dự toán tại Phụ lục III.")


def _issues_at(data: Data, code: str) -> list[Data]:
    return [issue for issue in data["issues"] if code in issue["places"]]


def _attached_to(data: Data) -> str:
    agency = _agency(data)
    symbol = data["form"]["symbol"]
    return f"(Kèm theo Báo cáo số        /{symbol} ngày      tháng      năm        của {agency})"


def _annex(data: Data, number: str, sheet: str, title: str, table: Table, **more: str) -> Annex:
    return Annex(number, title, _attached_to(data), sheet, table, **more)


def _indicators(data: Data) -> Annex:
    columns = (
        Column("code", "Mã", 5, "code"),
        Column("name", "Chỉ tiêu", 22),
        Column("unit", "Đơn vị tính", 10),
        Column("target", "Mục tiêu", 7, "number"),
        Column("due", "Thời hạn", 10),
        Column("value", "Kết quả", 8, "number"),
        Column("numerator", "Tử số", 6, "number"),
        Column("denominator", "Mẫu số", 6, "number"),
        Column("status", "Đánh giá", 9),
        Column("note", "Ghi chú", 28),
    )
    rows: list[Row] = []
    for phase in data["phases"]:
        rows.append(Row((Cell(phase["name"], span=len(columns)),), "phase"))
        rows += [
            _indicator(one, data) for one in data["indicators"] if one["phase"] == phase["code"]
        ]
    title = f"KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU NĂM {data['year']}"
    return _annex(data, "I", "PL1 Chỉ tiêu", title, Table(columns, tuple(rows)))


def _indicator(one: Data, data: Data) -> Row:
    target = one["target"]
    low, high = _target_of(one)
    shown = format_target(one["comparator"], low, high)
    due = _day(target["due"]) if target and target["due"] else "hằng năm"
    return Row(
        (
            Cell(one["code"], kind="code"),
            Cell(one["name"]),
            Cell(one["unit"]),
            Cell(shown, None if high else low, "number"),
            Cell(due if target else ""),
            Cell.count(_rounded(one["value"]), NO_DATA),
            Cell.count(one["numerator"]),
            Cell.count(one["denominator"]),
            Cell(STATUSES.get(one.get("status") or "", "")),
            Cell(_note(one, data)),
        )
    )


def _note(one: Data, data: Data) -> str:
    """The note of an indicator, and how each unclear passage that touches it is read."""
    issues = _issues_at(data, one["code"])
    note = "" if one["note"] in {issue["code"] for issue in issues} else one["note"]
    readings = [f"{issue['code']}: {issue['reading'] or issue['statement']}" for issue in issues]
    told = (note, *readings, _other_reading(one), one.get("reason", ""), _corrected(one))
    return "; ".join(part.rstrip(".") for part in told if part)


def _other_reading(one: Data) -> str:
    """The value under the reading that is not in force."""
    second = one.get("second")
    if not second:
        return ""
    value = _rounded(second["value"])
    shown = NO_DATA if value is None else format_quantity(value, one["unit"])
    return f"theo cách hiểu khác: {shown} ({second['numerator']}/{second['denominator']})"


def _corrected(one: Data) -> str:
    count = one.get("corrected_later", 0)
    return f"{count} bản ghi được sửa sau ngày chốt số liệu" if count else ""


def _tasks(data: Data) -> Annex:
    columns = (
        Column("code", "Mã", 7, "code"),
        Column("text", "Nhiệm vụ", 28),
        Column("lead", "Đơn vị chủ trì", 10),
        Column("timing", "Thời gian thực hiện", 9),
        Column("unit", "Đơn vị tính", 9),
        Column("quantity", "Kế hoạch", 7, "number"),
        Column("done", "Thực hiện", 8, "number"),
        Column("status", "Tình trạng", 8),
        Column("note", "Ghi chú", 18),
    )
    rows: list[Row] = []
    for phase in data["phases"]:
        rows.append(Row((Cell(phase["name"], span=len(columns)),), "phase"))
        rows += [_task(task) for task in data["tasks"] if task["phase"] == phase["code"]]
    title = f"KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ NĂM {data['year']}"
    return _annex(data, "II", "PL2 Nhiệm vụ", title, Table(columns, tuple(rows)))


def _task(task: Data) -> Row:
    return Row(
        (
            Cell(task["code"], kind="code"),
            Cell(task["text"]),
            Cell(task["lead"]),
            Cell(task["timing"]),
            Cell(task["unit"]),
            _planned(task),
            Cell.count(_rounded(task.get("value")), NO_DATA),
            Cell(STATUSES.get(task.get("status") or "", "")),
            Cell(_task_note(task)),
        )
    )


def _planned(task: Data) -> Cell:
    """What a task is to give: its target in force, else the quantity of the plan."""
    low, high = _target_of(task)
    if low is None:
        return Cell.count(task["quantity"])
    return Cell(format_target("equal", low, high), None if high else low, "number")


def _task_note(task: Data) -> str:
    """By when it is to be done, why there is no figure, and what was corrected since."""
    target = task.get("target")
    due = f"hạn\N{NO-BREAK SPACE}{_day(target['due'])}" if target and target["due"] else ""
    told = (due, task.get("reason", ""), _corrected(task))
    return "; ".join(part.rstrip(".") for part in told if part)


def _enterprises(data: Data) -> Annex:
    columns = (
        Column("number", "TT", 4, "number"),
        Column("name", "Doanh nghiệp", 18),
        Column("tax_code", "Mã số thuế", 10, "code"),
        Column("place", "Địa bàn", 10),
        Column("products", "Sản phẩm trọng điểm", 14),
        Column("declarations", "Tiêu chuẩn công bố", 12),
        Column("certificates", "Giấy chứng nhận còn hiệu lực", 13),
        Column("tools", "Công cụ đang áp dụng", 9),
        Column("projects", "Dự án, kế hoạch", 10),
    )
    rows = tuple(
        Row(
            (
                Cell.count(number),
                Cell(one["name"]),
                Cell(one["tax_code"], kind="code"),
                Cell(one["place"]),
                *(
                    Cell("; ".join(one[key]))
                    for key in ("products", "declarations", "certificates", "tools", "projects")
                ),
            )
        )
        for number, one in enumerate(data.get("enterprises", ()), start=1)
    )
    if not rows:
        told = "Chưa có doanh nghiệp trong danh mục trọng điểm tại ngày chốt số liệu."
        rows = (Row((Cell(told, span=len(columns)),)),)
    title = f"DOANH NGHIỆP TRỌNG ĐIỂM TẠI NGÀY {_day(data['cut_off'])}"
    return _annex(data, "IV", "PL4 Doanh nghiệp", title, Table(columns, rows))


def _money(data: Data) -> Annex:
    appendix = data["plan"]["appendix"]
    headings = appendix["columns"]
    funding = headings["funding"]
    columns = (
        Column("number", headings["number"], 5, "code"),
        Column("content", headings["content"], 38),
        Column("lead", headings["lead"], 12),
        Column("coordinating", headings["coordinating"], 14),
        Column("total", headings["total"], 9, "million", sum_of=("state", "enterprise")),
        Column("state", headings["state"], 9, "million", group=funding),
        Column("enterprise", headings["enterprise"], 9, "million", group=funding),
        Column("timing", headings["timing"], 9),
    )
    rows: list[Row] = []
    phases = []
    for phase in data["money"]["phases"]:
        phases.append(len(rows))
        rows.append(Row(()))
        groups = []
        for group in phase["groups"]:
            groups.append(len(rows))
            rows.append(Row(()))
            lines = range(len(rows), len(rows) + len(group["lines"]))
            rows += [_line(line) for line in group["lines"]]
            rows[groups[-1]] = _summed(group, "group", lines)
        rows[phases[-1]] = _summed(phase, "phase", groups)
    total = {**data["money"], "number": "", "heading": appendix["total_label"]}
    rows.append(_summed(total, "total", phases))
    return _annex(
        data,
        "III",
        "PL3 Kinh phí",
        appendix["title"],
        Table(columns, tuple(rows)),
        unit=appendix["unit"],
        closing=f"(Bằng chữ: {amount_in_words(data['money']['total'])})",
    )


def _amounts(part: Data) -> tuple[Cell, ...]:
    return tuple(Cell.money(part[key]) for key in ("total", "state", "enterprise"))


def _line(line: Data) -> Row:
    content = "\n".join([line["text"], *line["also_covers"]])
    return Row(
        (
            Cell(line["mark"], kind="code"),
            Cell(content),
            Cell(line["lead"]),
            Cell(line["coordinating"]),
            *_amounts(line),
            Cell(line["timing"]),
        )
    )


def _summed(part: Data, level: Any, adds: Iterable[int]) -> Row:
    head = (Cell(part["number"], kind="code"), Cell(part["heading"], span=3))
    return Row((*head, *_amounts(part), Cell("")), level, tuple(adds))


def _day(iso: str) -> str:
    return dt.date.fromisoformat(iso).strftime("%d/%m/%Y")


def _long(iso: str) -> str:
    day = dt.date.fromisoformat(iso)
    month = f"{day.month:02d}" if day.month < 3 else day.month
    # The parts of a date stay on one line.
    return f"{day.day:02d} tháng {month} năm {day.year}".replace(" ", "\N{NO-BREAK SPACE}")
