"""Which commune of today a list means."""

import pytest

from retail.importing.unit_names import said


def find(places, commune="", district="", province="", address="", old_style=None):
    tail = places.take_apart(address)
    given = [said(text) if text else None for text in (commune, district, province)]
    commune, district, province = (
        one or other for one, other in zip(given, (tail.commune, tail.district, tail.province), strict=True))
    found = places.find(commune, district, province, old_style=bool(district) if old_style is None else old_style)
    name = places.units[found.unit_id].name if found.unit_id else None
    return name, (found.problem.code if found.problem else "") or ",".join(note.code for note in found.notes)


CASES = [
    (("Phường Việt Trì",), ("Phường Việt Trì", "")), (("Việt Trì",), ("Phường Việt Trì", "")),
    (("Phường Gia Cẩm", "TP Việt Trì"), ("Phường Việt Trì", "renamed")),
    (("P.Gia Cẩm",), ("Phường Việt Trì", "renamed")),
    (("gia cam",), ("Phường Việt Trì", "renamed")), (("GIA CẨM",), ("Phường Việt Trì", "renamed")),
    (("Xã Gia Cẩm",), ("Phường Việt Trì", "spelled,renamed")), (("Gia Câm",), ("Phường Việt Trì", "spelled,renamed")),
    (("Gia Cầmm",), (None, "commune_unknown")), (("TT. Lâm Thao", "H. Lâm Thao"), ("Xã Lâm Thao", "renamed")),
    (("Phường Gia Cẩm (nay là Phường Việt Trì)",), ("Phường Việt Trì", "")),
    (("Phường Việt Trì (P. Gia Cẩm cũ)",), ("Phường Việt Trì", "")),
    (("Xã Hùng Long",), ("Xã Chân Mộng", "renamed")), (("Xa Hung Long",), (None, "ambiguous")),
    (("Hùng Vương",), (None, "ambiguous")), (("Hùng Vương", "Thị xã Phú Thọ"), ("Phường Phú Thọ", "renamed")),
    (("Phong Châu",), (None, "ambiguous")), (("Thị trấn Phong Châu",), ("Xã Phù Ninh", "renamed")),
    (("Phường Phong Châu",), ("Phường Phong Châu", "")), (("Xã Thanh Sơn",), ("Xã Thanh Sơn", "today_meant")),
    (("Xã Tân Sơn", "Tân Sơn"), (None, "ambiguous")), (("Xã Tân Sơn (cũ)", "Tân Sơn"), ("Xã Lai Đồng", "renamed")),
    (("Xã Cao Sơn", "Huyện Lương Sơn"), ("Xã Liên Sơn", "divided")),
    (("Xã Đồng Thịnh", "", "Vĩnh Phúc"), ("Xã Sông Lô", "renamed")),
    (("TP Việt Trì",), (None, "district_only")), (("", "Lâm Thao"), (None, "district_only")),
    ((), (None, "commune_missing")),
    (("Phường Gia Cẩm", "Lâm Thao"), (None, "not_in_district")), (("Gia Cẩm", "Huyện Xyz"), (None, "district_unknown")),
    (("Xã X", "", "Hà Nội"), (None, "outside_province")), (("Xã Đình Chu",), (None, "no_successor")),
]
ADDRESSES = [
    ("Số 5 Hùng Vương, phường Gia Cẩm, TP Việt Trì, Phú Thọ", "Phường Việt Trì", "Số 5 Hùng Vương"),
    ("Số 5 Hùng Vương - Gia Cẩm - Việt Trì", "Phường Việt Trì", "Số 5 Hùng Vương"),
    ("Số 5 đường Hùng Vương phường Gia Cẩm TP Việt Trì tỉnh Phú Thọ", "Phường Việt Trì", "Số 5 đường Hùng Vương"),
    ("Tổ 5, khu 7, Nông Trang, Việt Trì, Phú Thọ", "Phường Nông Trang", "Tổ 5, khu 7"),
    ("Km 5 tỉnh lộ 305 xã Hy Cương", "Xã Hy Cương", "Km 5 tỉnh lộ 305"),
    ("Phường Việt Trì, Phú Thọ, Việt Nam", "Phường Việt Trì", ""),
    ("Số 5 đường Hùng Vương", None, "Số 5 đường Hùng Vương"),
    ("Số 9, P. Dịch Vọng, Q. Cầu Giấy, Hà Nội", None, "Số 9"),
]


def test_communes_by_every_way_of_writing_them(places):
    assert [(case, find(places, *case)) for case, _expected in CASES] == CASES


def test_a_commune_at_the_end_of_an_address(places):
    for address, name, street in ADDRESSES:
        assert (find(places, address=address)[0], places.take_apart(address).street) == (name, street)


def test_a_list_with_districts_may_mean_old_communes(places):
    assert find(places, "Xã Thanh Sơn", old_style=True) == (None, "ambiguous")


def test_the_nearest_spellings_are_suggested(places):
    problem = places.find(said("Phường Gia Cầmm"), None, None, old_style=False).problem
    assert problem.params["options"] == ["Phường Gia Cẩm (Thành phố Việt Trì) = Phường Việt Trì"]


@pytest.mark.parametrize("text, bare, kind", [
    ("P. Gia Cẩm", "gia cam", "Phường"), ("TT Lâm Thao", "lam thao", "Thị trấn"), ("TX. Phú Thọ", "phu tho", "Thị xã"),
    ("T.P Việt Trì", "viet tri", "Thành phố"), ("Thịnh Lang", "thinh lang", ""), ("Phú Hộ", "phu ho", "")])
def test_names_with_their_kinds(text, bare, kind):
    assert (said(text).bare, said(text).kind) == (bare, kind)
