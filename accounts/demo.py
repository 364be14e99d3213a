"""Demo accounts: one for each role, plainly invented, on loopback only."""

import datetime as dt
from dataclasses import dataclass

from accounts.choices import OrganisationKind, Role

SINCE = dt.date(2021, 1, 1)
# The day on which communes took over from the districts.
COMMUNES_SINCE = dt.date(2025, 7, 1)
DEMO_PASSWORD = "dung-thu-ke-hoach-191"  # noqa: S105 - known to everyone, refused outside DEMO


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An organisation in which a demo account works; a real one is taken as it is here."""

    code: str
    name: str
    short_name: str
    kind: OrganisationKind
    parent: str = ""
    valid_from: dt.date = SINCE


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A person who does not exist."""

    email: str
    full_name: str
    role: Role
    organisation: str

    @property
    def role_label(self) -> str:
        """The role in the reader's language."""
        return str(self.role.label)


DEMO_ORGANISATIONS = (
    DemoOrganisation("SKHCN", "Sở Khoa học và Công nghệ", "Sở KH&CN", OrganisationKind.DOST),
    DemoOrganisation(
        "CCTDC",
        "Chi cục Tiêu chuẩn Đo lường Chất lượng",
        "Chi cục TĐC",
        OrganisationKind.BRANCH,
        parent="SKHCN",
    ),
    DemoOrganisation("SCT", "Sở Công Thương", "", OrganisationKind.DEPARTMENT),
    DemoOrganisation("STC", "Sở Tài chính", "", OrganisationKind.DEPARTMENT),
    DemoOrganisation(
        "UBND-02683",
        "Ủy ban nhân dân xã Bát Xát",
        "UBND xã Bát Xát",
        OrganisationKind.AREA_COMMITTEE,
        valid_from=COMMUNES_SINCE,
    ),
    DemoOrganisation(
        "UBND-TINH",
        "Ủy ban nhân dân tỉnh Lào Cai",
        "UBND tỉnh",
        OrganisationKind.PROVINCE_COMMITTEE,
    ),
    DemoOrganisation("HTX-MAU", "Hợp tác xã Mẫu Dùng Thử", "HTX Mẫu", OrganisationKind.OTHER),
)

DEMO_ACCOUNTS = (
    DemoAccount("chuyenvien@demo.invalid", "Chuyên Viên Mẫu", Role.PROGRAMME_OFFICER, "CCTDC"),
    DemoAccount("lanhdao.so@demo.invalid", "Lãnh Đạo Sở Mẫu", Role.PROGRAMME_LEAD, "SKHCN"),
    DemoAccount("congthuong@demo.invalid", "Cán Bộ Sở Mẫu", Role.UNIT_OFFICER, "SCT"),
    DemoAccount("xa@demo.invalid", "Cán Bộ Xã Mẫu", Role.UNIT_OFFICER, "UBND-02683"),
    DemoAccount("taichinh@demo.invalid", "Cán Bộ Tài Chính Mẫu", Role.FINANCE_OFFICER, "STC"),
    DemoAccount("lanhdao.tinh@demo.invalid", "Lãnh Đạo Tỉnh Mẫu", Role.LEADERSHIP, "UBND-TINH"),
    DemoAccount(
        "htx@demo.invalid", "Đại Diện Hợp Tác Xã Mẫu", Role.ENTERPRISE_REPRESENTATIVE, "HTX-MAU"
    ),
    DemoAccount("quantri@demo.invalid", "Quản Trị Mẫu", Role.ADMINISTRATOR, "SKHCN"),
)
