"""Write ``plans/areas-laocai.yaml`` from the package ``vietnam-provinces``.

The package (2026.9.0 or newer, which knows the units before and after 1/7/2025) is needed by this
script alone: ``python scripts/areas_file.py > plans/areas-laocai.yaml`` in an environment that
has it. Organisations that are no committee of an area stand in ``areas-laocai.head.yaml`` here.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import vietnam_provinces as source  # type: ignore[import-not-found]
from vietnam_provinces._ward_conversion_2025 import (  # type: ignore[import-not-found]
    NEW_TO_OLD,
)
from vietnam_provinces.legacy._lookup import (  # type: ignore[import-not-found]
    DISTRICT_MAPPING,
    PROVINCE_MAPPING,
)

NEW_PROVINCE = 15
OLD_PROVINCES = (10, 15)
# The new province took the code of the old Yên Bái.
OLD_CODES = {10: "10", 15: "15-YEN-BAI"}
SINCE = "2021-01-01"
LAST_DAY = "2025-06-30"
FIRST_DAY = "2025-07-01"
# The committees that plan 191 names, by the code of their district.
COMMITTEES = {
    80: ("UBND-LAO-CAI", "UBND TP Lào Cai"),
    82: ("UBND-BAT-XAT", "UBND H. Bát Xát"),
    83: ("UBND-MUONG-KHUONG", "UBND H. Mường Khương"),
    84: ("UBND-SI-MA-CAI", "UBND H. Si Ma Cai"),
    85: ("UBND-BAC-HA", "UBND H. Bắc Hà"),
    86: ("UBND-BAO-THANG", "UBND H. Bảo Thắng"),
    87: ("UBND-BAO-YEN", "UBND H. Bảo Yên"),
    88: ("UBND-SA-PA", "UBND TX Sa Pa"),
    89: ("UBND-VAN-BAN", "UBND H. Văn Bàn"),
}
HEAD = Path(__file__).with_name("areas-laocai.head.yaml")


def running(name: str) -> str:
    """Return the name of an area as it stands within a sentence: ``xã Bát Xát``."""
    return name[0].lower() + name[1:]


def lines() -> Iterator[str]:
    """Return the file line by line."""
    wards = sorted(
        source.Ward.iter_by_province(source.ProvinceCode(NEW_PROVINCE)), key=lambda w: int(w.code)
    )
    districts = [d for d in DISTRICT_MAPPING.values() if int(d.province_code) in OLD_PROVINCES]
    came_from = {
        int(ward.code): sorted({old.district_code for old in NEW_TO_OLD[int(ward.code)].old_wards})
        for ward in wards
    }
    went_to = {
        int(district.code): [w for w in wards if int(district.code) in came_from[int(w.code)]]
        for district in districts
    }
    yield from HEAD.read_text(encoding="utf-8").splitlines()
    yield ""
    yield "source:"
    yield "  name: vietnam-provinces"
    yield f"  version: {source.__version__}"
    yield f"  data_of: {source.__data_version__}"
    yield ""
    yield "areas:"
    for code in OLD_PROVINCES:
        name = running(PROVINCE_MAPPING[code].name)
        dates = f"from: {SINCE}, to: {LAST_DAY}"
        yield f"  - {{code: '{OLD_CODES[code]}', name: {name}, level: province, {dates}}}"
    name = running(source.Province.from_code(source.ProvinceCode(NEW_PROVINCE)).name)
    yield f"  - {{code: '{NEW_PROVINCE}', name: {name}, level: province, from: {FIRST_DAY}}}"
    for district in districts:
        yield (
            f"  - {{code: '{int(district.code):03}', name: {running(district.name)}, "
            f"level: district, parent: '{OLD_CODES[int(district.province_code)]}', "
            f"from: {SINCE}, to: {LAST_DAY}}}"
        )
    for ward in wards:
        yield (
            f"  - {{code: '{int(ward.code):05}', name: {running(ward.name)}, level: commune, "
            f"parent: '{NEW_PROVINCE}', from: {FIRST_DAY}}}"
        )
    yield ""
    yield "area_successions:"
    for code in OLD_PROVINCES:
        yield f"  - {{old: '{OLD_CODES[code]}', day: {FIRST_DAY}, new: ['{NEW_PROVINCE}']}}"
    for district in districts:
        new = ", ".join(f"'{int(ward.code):05}'" for ward in went_to[int(district.code)])
        yield f"  - {{old: '{int(district.code):03}', day: {FIRST_DAY}, new: [{new}]}}"
    yield ""
    yield "committees:"
    named = [district for district in districts if int(district.code) in COMMITTEES]
    for district in named:
        committee, short = COMMITTEES[int(district.code)]
        yield (
            f"  - {{code: {committee}, area: '{int(district.code):03}', short_name: {short}, "
            f"aliases: [UBND {running(district.name)}], from: {SINCE}, to: {LAST_DAY}}}"
        )
    for ward in wards:
        committee, short = f"UBND-{int(ward.code):05}", f"UBND {running(ward.name)}"
        area = f"area: '{int(ward.code):05}'"
        yield f"  - {{code: {committee}, {area}, short_name: {short}, from: {FIRST_DAY}}}"
    yield ""
    yield "committee_successions:"
    for district in named:
        old = COMMITTEES[int(district.code)][0]
        new = ", ".join(f"UBND-{int(ward.code):05}" for ward in went_to[int(district.code)])
        yield f"  - {{old: {old}, day: {FIRST_DAY}, new: [{new}]}}"


sys.stdout.write("\n".join(lines()) + "\n")
