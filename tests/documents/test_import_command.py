"""``manage.py import_workbook``: exit codes, the line of JSON, and sentences for people."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.choices import Role
from documents.models import ImportRun
from enterprises.models import Enterprise
from tests.enterprises.factories import tax_code
from tests.factories import user
from tests.workbooks import workbook

GOOD, SECOND = tax_code(), tax_code()
HEADS = ["Mã số thuế", "Tên doanh nghiệp"]


def file(folder: Path, *rows: list[Any], **sheets: list[list[Any]]) -> str:
    """A workbook on disk."""
    path = folder / "so-lieu.xlsx"
    path.write_bytes(workbook({"DoanhNghiep": [HEADS, *rows], **sheets}))
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of the command."""
    code = 0
    try:
        call_command("import_workbook", *arguments)
    except SystemExit as error:
        code = int(error.code or 0)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.django_db
def test_a_good_file_is_imported_and_told_as_one_line_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, [GOOD, "A"], **{"Ghi chú": [["x"]]})
    code, out, err = run(capsys, path, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "sheets": {"DoanhNghiep": {"new": 1, "changed": 0, "unchanged": 0, "wrong": 0}},
        "errors": [],
        "skipped": ["Ghi chú"],
    }
    assert out.count("\n") == 1
    assert ImportRun.objects.get().asked_by is None
    code, out, _err = run(capsys, path, "--json")
    assert code == 0
    assert json.loads(out)["sheets"]["DoanhNghiep"]["unchanged"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "code", "stored"),
    [
        ((), 1, 0),
        (("--dry-run",), 1, 0),
        (("--dry-run", "--good-rows"), 1, 0),
        (("--good-rows",), 0, 1),
    ],
)
def test_wrong_rows_decide_the_exit_code(
    options: tuple[str, ...],
    code: int,
    stored: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = file(tmp_path, [GOOD, "A"], [100233480, "B"])
    found, out, _err = run(capsys, path, "--json", *options)
    assert found == code
    assert Enterprise.objects.count() == stored
    [error] = json.loads(out)["errors"]
    assert set(error) == {"sheet", "row", "column", "value", "message"}
    assert (error["sheet"], error["row"], error["column"], error["value"]) == (
        "DoanhNghiep",
        3,
        "Mã số thuế",
        100233480,
    )
    assert json.loads(out)["sheets"]["DoanhNghiep"] == {
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "wrong": 1,
    }


@pytest.mark.django_db
def test_a_dry_run_of_a_good_file_exits_with_0_and_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = run(capsys, file(tmp_path, [GOOD, "A"]), "--dry-run")
    assert code == 0
    assert "DoanhNghiep: 1 mới, 0 thay đổi" in out
    assert "không có gì thay đổi" in out
    assert not Enterprise.objects.exists()


@pytest.mark.django_db
def test_people_read_each_wrong_cell_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, out, err = run(capsys, file(tmp_path, ["1", "B"], SanPham=[["Cột lạ"]]))
    assert "DoanhNghiep, dòng 2, cột “Mã số thuế” “1”: Mã số thuế có 10 chữ số" in out
    assert "Chưa nhập gì" in out
    assert "Cột lạ" in err


@pytest.mark.django_db
def test_the_person_is_named_and_must_be_one_who_imports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    officer = user(role=Role.PROGRAMME_OFFICER)
    path = file(tmp_path, [GOOD, "A"])
    for email, told in (
        ("khong.co@vidu.invalid", "Không có tài khoản"),
        (user(role=Role.LEADERSHIP).email, "Chỉ chuyên viên"),
    ):
        with pytest.raises(CommandError, match=told):
            call_command("import_workbook", path, "--by", email)
    assert not ImportRun.objects.exists()
    assert run(capsys, path, "--by", officer.email.upper())[0] == 0
    assert ImportRun.objects.get().confirmed_by == officer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("khong-co.xlsx", None, "Không đọc được tệp"),
        ("rong.xlsx", b"", "0 byte"),
        ("van-ban.xlsx", b"xin chao", "chỉ nhận các loại sau"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    name: str, content: bytes | None, told: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=told) as refused:
        call_command("import_workbook", str(path), "--json")
    assert "\n" not in str(refused.value)
