"""The printed certificate: same data, same bytes; the code is read back; long texts still fit; markup is text."""

import io
import shutil
import subprocess

import pytest
import typst
import zxingcpp
from PIL import Image

from certification.printing import certificate
from foundation import qr

FACTS = {
    "superior_body": "UBND tỉnh Phú Thọ", "issuing_body": "Sở Công Thương", "number": "0007/2026/GCN-SCT",
    "place": "Phú Thọ", "legal_basis": ["Căn cứ Quyết định số 889/QĐ-TTg;"], "certifier": "Sở Công Thương tỉnh Phú Thọ",
    "certifier_en": "The Department of Industry and Trade of Phú Thọ Province", "name": "Siêu thị Minh Hoạ 03",
    "legal_entity": "Công ty TNHH Minh Hoạ", "tax_code": "0000000000-003", "type_class": "Siêu thị tổng hợp, hạng II",
    "type_class_en": "General supermarket, class II", "address": "Số 00 đường Minh Hoạ, phường Việt Trì, tỉnh Phú Thọ",
    "address_old": "trước 01/7/2025: phường Gia Cẩm, thành phố Việt Trì", "scope": "Bán lẻ tại cơ sở",
    "criteria": "PT-PPBV, phiên bản 1.0", "level": "Tốt", "level_en": "Good", "level_rank": 2,
    "decision_number": "0012/2026/QĐ-SCT", "decision_on": "2026-12-02", "issued_on": "2026-12-05",
    "expires_on": "2029-12-04", "signing_authority": ["Giám đốc"], "host": "xanh.minhhoa.gov.vn",
    "short_url": "xanh.minhhoa.gov.vn/v/7K3M9QXWTR", "url": "HTTPS://XANH.MINHHOA.GOV.VN/V/7K3M9QXWTR",
}


def decoded(image: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(image)))]


def test_same_facts_same_bytes_and_the_code_is_read_back():
    pdf, png = certificate.render(FACTS)
    assert pdf.startswith(b"%PDF-") and (pdf, png) == certificate.render(dict(FACTS))
    assert decoded(png) == [FACTS["url"]]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_everything_is_on_the_paper_and_on_one_page(tmp_path):
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate.render({**FACTS, "name": "Siêu thị #let x = 1 *đậm* 07"})[0])
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
    for fact in (FACTS["number"], "#let x = 1 *đậm* 07", FACTS["legal_entity"], FACTS["tax_code"], "TỐT",
                 FACTS["address"], FACTS["address_old"], "05/12/2026", "04/12/2029", FACTS["short_url"],
                 "Chứng nhận cho cơ sở phân phối, không phải chứng nhận sản phẩm"):
        assert fact in text
    assert text.count("\f") == 1


def test_the_longest_allowed_texts_fit():
    long = {**FACTS, "name": "Siêu thị Tổng hợp và Bách hoá " * 5, "address": "Số 000 đường Nguyễn Văn Minh Hoạ, " * 5}
    assert certificate.render(long)[0].startswith(b"%PDF-")


def test_a_missing_field_is_named():
    with pytest.raises(typst.TypstError, match="missing field: number"):
        certificate.render({key: value for key, value in FACTS.items() if key != "number"})


def test_a_lower_case_address_is_refused():
    with pytest.raises(ValueError, match="upper-case"):
        certificate.render({**FACTS, "url": "https://example.vn/v/x"})


def test_the_svg_path_draws_the_same_modules():
    side, path = qr.path(FACTS["url"])
    drawn = set()
    for part in path.split("M")[1:]:
        x, rest = part.split(" ", 1)
        y, run = rest.split("h", 1)
        drawn |= {(int(x) + i, int(y)) for i in range(int(run.split("v")[0]))}
    assert drawn == {(x, y) for y in range(side) for x in range(side) if qr.rows(FACTS["url"])[y][x] == "1"}
