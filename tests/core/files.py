"""Files that people may bring, good and bad, made anew for the tests."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import docx
import openpyxl
import pikepdf
from PIL import Image

MEGABYTE = 1024 * 1024
# The harmless text that every scanner of viruses takes for one (EICAR).
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


# --- What is accepted ------------------------------------------------------------------------


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **saving: object) -> bytes:
    """A PDF of one page."""
    target = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(595, 842))
        if change:
            change(made)
        made.save(target, **saving)
    return target.getvalue()


@cache
def word() -> bytes:
    """A Word file with a link that harms nobody."""
    target = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("Biên bản nghiệm thu")
    made.part.relate_to("https://laocai.gov.vn/", f"{RELATIONS}/hyperlink", is_external=True)
    made.save(target)
    return target.getvalue()


@cache
def excel() -> bytes:
    """An Excel file."""
    target = io.BytesIO()
    made = openpyxl.Workbook()
    made.active.append(["Mã số thuế", "Tên"])
    made.save(target)
    return target.getvalue()


def picture(format_name: str, **options: object) -> bytes:
    """A picture of 64 × 48 pixels."""
    target = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(target, format_name, **options)
    return target.getvalue()


def png() -> bytes:
    """A PNG picture."""
    return picture("PNG")


def jpeg() -> bytes:
    """A JPEG picture."""
    return picture("JPEG")


# --- Changed packages ------------------------------------------------------------------------


def repacked(
    package: bytes,
    *,
    add: dict[str, bytes] | None = None,
    change: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """The package with further parts, and with words exchanged in some of its own."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if change and name in change:
                before, after = change[name]
                assert before in content.decode()
                content = content.decode().replace(before, after).encode()
            new.writestr(name, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def with_relation(package: bytes, kind: str, target: str, where: str, mode: str = "") -> bytes:
    """The package with one more relation of a part."""
    relation = f'<Relationship Id="rIdX" Type="{RELATIONS}/{kind}" Target="{target}" {mode}/>'
    change = {where: ("</Relationships>", f"{relation}</Relationships>")}
    return repacked(package, change=change)


def typed(package: bytes, before: str, after: str) -> bytes:
    """The package with a content type exchanged."""
    return repacked(package, change={"[Content_Types].xml": (before, after)})


# --- Archives that lie -----------------------------------------------------------------------


@dataclass
class Entry:
    """An entry of an archive as it is written, true or not."""

    name: str
    packed: bytes
    size: int
    checksum: int
    method: int = zipfile.ZIP_DEFLATED
    claimed_size: int | None = None
    flags: int = 0


def archive(entries: Iterable[Entry], *, shared: int = 1) -> bytes:
    """An archive; with ``shared``, so many names in its directory stand for each entry."""
    body, directory, count = b"", b"", 0
    for entry in entries:
        name = entry.name.encode()
        size = entry.size if entry.claimed_size is None else entry.claimed_size
        common = struct.pack(
            "<HHHHHIIIHH",
            20,
            entry.flags,
            entry.method,
            0,
            0x21,
            entry.checksum,
            len(entry.packed),
            size,
            len(name),
            0,
        )
        offset = len(body)
        body += b"PK\x03\x04" + common + name + entry.packed
        for number in range(shared):
            central = name[: len(name) - 1] + str(number).encode() if shared > 1 else name
            rest = struct.pack("<HHHII", 0, 0, 0, 0, offset)
            directory += b"PK\x01\x02" + struct.pack("<H", 20) + common + rest + central
            count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


@cache
def zeros(megabytes: int) -> Entry:
    """An entry that unpacks to so many megabytes."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = bytes(MEGABYTE)
    first = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)
    again = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * (megabytes - 1) + deflate.flush()
    checksum = 0
    for _block in range(megabytes):
        checksum = zlib.crc32(block, checksum)
    return Entry("xl/worksheets/sheet1.xml", packed, megabytes * MEGABYTE, checksum)


def entries_of(package: bytes) -> list[Entry]:
    """The entries of an honest package."""
    found = []
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        for info in opened.infolist():
            content = opened.read(info)
            deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
            packed = deflate.compress(content) + deflate.flush()
            found.append(Entry(info.filename, packed, len(content), zlib.crc32(content)))
    return found


def bomb(**changes: object) -> bytes:
    """An Excel file with a sheet of 500 MB."""
    sheet = Entry(**{**zeros(500).__dict__, **changes})
    own = [entry for entry in entries_of(excel()) if entry.name != sheet.name]
    return archive([*own, sheet])


def overlapping_bomb() -> bytes:
    """An Excel file of some 147 KB that unpacks to 500 MB: four sheets share their bytes."""
    own = [entry for entry in entries_of(excel()) if entry.name != zeros(125).name]
    return archive([*own, zeros(125)], shared=4)


# --- Bad PDFs --------------------------------------------------------------------------------


def script_when_opened(made: pikepdf.Pdf) -> None:
    """JavaScript that runs when the file is opened."""
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def hidden_script(made: pikepdf.Pdf) -> None:
    """JavaScript in an object that nothing leads to."""
    made.Root.Vidu = made.make_indirect(
        pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(JS="app.alert(1)"))])
    )


def script_by_name(made: pikepdf.Pdf) -> None:
    """JavaScript in the tree of names."""
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array()))


def launch(made: pikepdf.Pdf) -> None:
    """A link that starts a program."""
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        A=action,
    )
    made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])


def address_when_opened(made: pikepdf.Pdf) -> None:
    """An address that is called when the first page is shown."""
    call = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://vidu.invalid/")
    made.pages[0].AA = pikepdf.Dictionary(O=call)


def dynamic_form(made: pikepdf.Pdf) -> None:
    """A form that is a program of its own (XFA)."""
    made.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Array(), Fields=pikepdf.Array())


def attached_file(made: pikepdf.Pdf) -> None:
    """A file within the file."""
    made.attachments["hoa-don.xml"] = pikepdf.AttachedFileSpec(made, b"<a/>")


def signed_and_linked(made: pikepdf.Pdf) -> None:
    """What ordinary files have: links, a signature field, a first view."""
    page = made.pages[0]
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=pikepdf.Array([0, 0, 9, 9]),
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://laocai.gov.vn/"),
    )
    page.Annots = pikepdf.Array([made.make_indirect(link)])
    made.Root.OpenAction = pikepdf.Array([page.obj, pikepdf.Name.Fit])
    field = pikepdf.Dictionary(
        FT=pikepdf.Name.Sig, T="Ký số", V=pikepdf.Dictionary(Type=pikepdf.Name.Sig)
    )
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made.make_indirect(field)]))


def encrypted_pdf(user: str = "bi-mat") -> bytes:
    """A PDF behind a password, or one that only forbids printing."""
    return pdf(encryption=pikepdf.Encryption(owner="chu", user=user))


def pdf_bomb(megabytes: int = 1500) -> bytes:
    """A whole PDF but for one object, which lies in a stream that unpacks without end."""
    deflate = zlib.compressobj(9)
    block = b" " * MEGABYTE
    first = deflate.compress(b"3 0 <</O<</S/JavaScript/JS(app.alert(1))>>>>")
    first += deflate.flush(zlib.Z_FULL_FLUSH)
    again = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)
    again = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)
    packed = first + again * megabytes + deflate.flush()
    body, places = b"%PDF-1.7\n", {}
    for number, content in {
        1: b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>> stream\n%s\nendstream"
        % (len(packed), packed),
        4: b"<</Type/Pages/Kids[6 0 R]/Count 1>>",
        5: b"<</Type/Catalog/Pages 4 0 R>>",
        6: b"<</Type/Page/Parent 4 0 R/Resources<<>>/MediaBox[0 0 9 9]/AA 3 0 R>>",
    }.items():
        places[number] = len(body)
        body += b"%d 0 obj %s endobj\n" % (number, content)
    rows = [(0, 0, 255), (1, places[1], 0), (1, len(body), 0), (2, 1, 0)]
    rows += [(1, places[number], 0) for number in (4, 5, 6)]
    table = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
    head = b"<</Type/XRef/Size 7/W[1 4 1]/Root 5 0 R/Filter/FlateDecode/Length %d>>" % len(table)
    end = b"startxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"2 0 obj %s stream\n%s\nendstream endobj\n" % (head, table) + end


# --- Bad pictures ----------------------------------------------------------------------------


def huge_png() -> bytes:
    """A small PNG that claims 60.000 × 60.000 pixels."""
    made = png()
    header = b"IHDR" + struct.pack(">II", 60_000, 60_000) + made[24:29]
    return made[:12] + header + struct.pack(">I", zlib.crc32(header)) + made[33:]


# --- Infected files that are whole otherwise --------------------------------------------------


def infected_pdf() -> bytes:
    """A PDF with EICAR as what its page shows."""

    def infect(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.Contents = made.make_stream(EICAR)

    return pdf(infect)


def infected_jpeg() -> bytes:
    """A picture with EICAR behind it."""
    return jpeg() + EICAR
