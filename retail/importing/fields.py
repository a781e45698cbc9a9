"""What a column can hold, and the headings it is known by. All data: a new heading is a new line here.

Headings are folded (`columns.key_of`): lower case, no marks, no punctuation, notes in brackets dropped.
"""

from enum import StrEnum


class Field(StrEnum):
    NUMBER = "number"  # our own: CS-000123
    NAME = "name"
    KIND = "kind"
    CLASS = "recorded_class"
    ENTERPRISE = "enterprise"
    TAX_CODE = "tax_code"
    BRANCH_CODE = "branch_code"
    ADDRESS = "address"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    AREA = "area_m2"
    ITEMS = "items"
    OPENED = "opened_on"
    STATUS = "status"
    CLOSED = "closed_on"
    COORDINATES = "coordinates"
    LAT = "lat"
    LON = "lon"
    POST = "contact_post"
    PHONE = "contact_phone"
    EMAIL = "contact_email"
    NOTE = "note"


REQUIRED = (Field.NAME, Field.KIND, Field.ENTERPRISE, Field.COMMUNE)  # what a new establishment cannot be without

# A phrase of one word, and those in WEAK, must be the whole heading; others may stand inside a longer one.
HEADINGS: dict[Field, str] = {
    Field.NUMBER: """ma so, so co so, ma co so, ma so co so, ma cs, so cs, so hieu co so, ma so trong so, so trong danh
        ba, establishment number, register number, store number, number, number of the establishment""",
    Field.NAME: """name of the establishment, ten, ten co so, ten co so kinh doanh, ten co so ban le, ten co so phan
        phoi, ten sieu thi, ten tttm, ten trung tam thuong mai, ten cua hang, ten cho, ten diem ban, ten diem ban hang,
        ten diem kinh doanh, ten dia diem, ten dia diem kinh doanh, ten don vi, ten goi, ten thuong mai, ten bien hieu,
        bien hieu, ten chi nhanh, ten he thong, co so, co so kinh doanh, co so ban le, co so phan phoi, sieu thi, cua
        hang, diem ban, diem kinh doanh, sieu thi trung tam thuong mai, sieu thi tttm, cho, don vi, name, store, store
        name, name of store, shop, shop name, establishment, establishment name, name of establishment, outlet name""",
    Field.KIND: """loai hinh, loai hinh kinh doanh, loai hinh co so, loai hinh ban le, loai hinh thuong mai, loai, loai
        co so, loai hinh phan phoi, loai diem ban, phan loai, kieu, kieu co so, nhom, nhom co so, hinh thuc, hinh thuc
        kinh doanh, mo hinh, mo hinh kinh doanh, type, kind, store type, type of store, format, category""",
    Field.CLASS: """hang, xep hang, phan hang, hang sieu thi, hang cho, hang tttm, hang co so, hang i ii iii, cap hang,
        loai hang, hang duoc cong nhan, dat hang, hang theo qd 1371, phan loai hang, class, grade, rank""",
    Field.ENTERPRISE: """doanh nghiep, ten doanh nghiep, ten cong ty, cong ty, ten dn, dn, ten thuong nhan, thuong
        nhan, ten to chuc, to chuc, phap nhan, doanh nghiep quan ly, doanh nghiep chu quan, don vi quan ly, don vi chu
        quan, don vi kinh doanh, don vi van hanh, don vi khai thac, don vi quan ly khai thac, don vi so huu, co quan
        chu quan, chu so huu, chu dau tu, chu the, chu the kinh doanh, nha dau tu, chu quan, ho kinh doanh, ten ho kinh
        doanh, doanh nghiep ho kinh doanh, doanh nghiep htx ho kinh doanh, doanh nghiep hop tac xa, hop tac xa, ten
        doanh nghiep ho kinh doanh, thuoc doanh nghiep, thuoc cong ty, cong ty chu quan, cong ty quan ly, ban quan ly,
        enterprise, enterprise name, company, company name, owner, operator, business name, legal entity""",
    Field.TAX_CODE: """ma so thue, mst, mst dn, ma so thue doanh nghiep, ma so doanh nghiep, ma so dn, msdn, ma dn, ma
        so thue ma so doanh nghiep, ma doanh nghiep, ma so dang ky kinh doanh, so dkkd, so gcn dkkd, ma so ho kinh
        doanh, so giay chung nhan dkkd, ma thue, tax code, tax id, tax no, tax number, enterprise code, business
        code""",
    Field.BRANCH_CODE: """ma so thue chi nhanh, tax code of the branch, ma chi nhanh, ma so chi nhanh, mst chi nhanh,
        ma so thue chi nhanh, ma dia diem kinh doanh, ma so dia diem kinh doanh, ma so dia diem, ma dia diem, ma don vi
        phu thuoc, branch code, branch id, location code""",
    Field.ADDRESS: """dia chi, dia chi co so, dia chi kinh doanh, dia chi chi tiet, dia chi sieu thi, dia chi cua hang,
        dia diem, dia diem kinh doanh, dia diem hoat dong, noi kinh doanh, vi tri, so nha, so nha duong, so nha duong
        pho, so nha ten duong, so nha thon xom, duong pho, duong, ten duong, thon, thon xom, to dan pho, khu, khu pho,
        address, street, street address, location""",
    Field.COMMUNE: """commune or ward, xa, phuong, xa phuong, phuong xa, xa phuong thi tran, phuong xa thi tran, xa
        phuong tt, phuong xa tt, xa p tt, xa thi tran, xa tt, px, dia ban, dia ban xa phuong, dia ban cap xa, cap xa,
        ten xa phuong, don vi hanh chinh, don vi hanh chinh cap xa, dvhc, dvhc cap xa, xa phuong moi, phuong xa moi, xa
        phuong hien nay, xa phuong sau sap nhap, thuoc xa phuong, xa phuong dac khu, commune, ward, ward commune,
        commune ward""",
    Field.DISTRICT: """huyen, quan huyen, huyen thi, huyen thi thanh, huyen thanh thi, huyen thi xa, huyen thanh pho,
        huyen tp, huyen tx tp, huyen tp tx, tp huyen, tp tx huyen, tp huyen thi, thanh pho huyen, thanh pho thi xa
        huyen, huyen thi xa thanh pho, huyen thanh pho thi xa, quan huyen thi xa, thanh pho, thi xa, dia ban huyen, cap
        huyen, huyen cu, dia ban cap huyen, dvhc cap huyen, don vi hanh chinh cap huyen, district, old district, former
        district""",
    Field.PROVINCE: """tinh, tinh thanh, tinh tp, tinh thanh pho, tinh cu, tp tinh, thuoc tinh, province, province
        city, old province""",
    Field.AREA: """dien tich, dien tich kinh doanh, dien tich kd, dt kinh doanh, dt kd, dtkd, dien tich san, dien tich
        san kinh doanh, dien tich san kd, dien tich ban hang, dien tich su dung, tong dien tich, tong dien tich kinh
        doanh, tong dien tich san, dien tich mat bang, dien tich m2, quy mo, quy mo dien tich, s kinh doanh, area, area
        m2, floor area, sales area, business area, trading area, size""",
    Field.ITEMS: """names of goods on sale, so mat hang, so luong mat hang, so ten hang, so luong ten hang, ten hang,
        so ma hang, so luong ma hang, so mat hang kinh doanh, so chung loai, so chung loai hang hoa, so luong chung
        loai, so luong hang hoa, so loai hang hoa, so sku, sku, skus, so luong sku, danh muc hang hoa, items, number of
        items, no of items, number of goods, number of products, products""",
    Field.OPENED: """ngay khai truong, ngay hoat dong, ngay bat dau, ngay bat dau hoat dong, bat dau hoat dong, ngay mo
        cua, ngay di vao hoat dong, ngay dua vao hoat dong, thoi gian hoat dong, thoi gian khai truong, thoi gian di
        vao hoat dong, thoi diem hoat dong, thoi diem khai truong, thoi diem bat dau hoat dong, di vao hoat dong, khai
        truong, hoat dong tu, hoat dong tu ngay, nam hoat dong, nam bat dau, nam bat dau hoat dong, nam khai truong,
        nam di vao hoat dong, nam dua vao hoat dong, nam dua vao su dung, ngay thanh lap, nam thanh lap, nam mo cua,
        ngay thang khai truong, ngay thang nam khai truong, opened, opened on, opening date, open date, date opened,
        opening day, opening year, start date""",
    Field.STATUS: """tinh trang, trang thai, tinh trang hoat dong, trang thai hoat dong, tinh trang kinh doanh, hien
        trang, tinh hinh hoat dong, hien trang hoat dong, status, operating status""",
    Field.CLOSED: """ngay dong cua, ngay ngung hoat dong, ngay dung hoat dong, ngay cham dut, ngay cham dut hoat dong,
        ngay tam ngung, ngay tam dung, ngay tam ngung hoat dong, thoi gian dong cua, thoi diem dong cua, thoi diem
        ngung hoat dong, ngay giai the, dong cua tu, closed, closed on, closing date, closing day, date closed, paused
        on, end date""",
    Field.COORDINATES: """toa do, toa do gps, toa do dia ly, toa do vi tri, vi tri gps, gps, lat long, lat lon, lat
        lng, vi do kinh do, kinh vi do, coordinates, position""",
    Field.LAT: "vi do, toa do vi do, vi do n, latitude, lat, toa do lat",
    Field.LON: "kinh do, toa do kinh do, kinh do e, longitude, lon, long, lng, toa do long",
    Field.POST: """post of the contact, chuc vu, chuc vu nguoi lien he, chuc vu nguoi dai dien, bo phan lien he, dau
        moi lien he, contact post, contact position, job title, post""",
    Field.PHONE: """work phone, dien thoai, so dien thoai, dien thoai lien he, so dien thoai lien he, dt lien he, so
        dt, sdt, dt, dtdd, dien thoai ban, dien thoai co dinh, so lien he, lien he, sdt lien he, dien thoai co so,
        phone, phone number, telephone, tel, hotline, contact phone""",
    Field.EMAIL: """work e mail, email, e mail, mail, dia chi email, dia chi e mail, thu dien tu, dia chi thu dien tu,
        hop thu, contact email""",
    Field.NOTE: "ghi chu, ghi chu khac, chu thich, note, notes, remark, remarks, comment, comments",
}
PASSED_OVER: dict[str, str] = {  # why a known column is not read → its headings
    "row_number": "dong, dong goc, so dong, original line, stt, tt, so tt, so thu tu, thu tu, no, row, muc",
    "reason": "ly do, reason, reasons, ly do tu choi",
    "person": """nguoi dai dien, nguoi dai dien phap luat, dai dien phap luat, dai dien, nguoi lien he, ho ten, ho va
        ten, ho ten nguoi lien he, ten nguoi dai dien, ten nguoi lien he, ho ten chu co so, chu co so, chu ho, chu cua
        hang, ten chu co so, giam doc, nguoi phu trach, nguoi quan ly, cua hang truong, cccd, so cccd, cmnd, cmnd cccd,
        can cuoc cong dan, so dinh danh ca nhan, ngay sinh, nam sinh, gioi tinh, contact person, contact name,
        representative, manager, store manager, owner name""",
    "not_kept": """hang de xuat, suggested class, minh hoa, illustration only, recorded commune or ward, so lao dong,
        lao dong, so nhan vien, nhan vien, doanh thu, doanh thu nam, von, von dau tu, von dieu le, tong von dau tu, nop
        ngan sach, ngay cap, noi cap, co quan cap, ngay cap gcn dkkd, so giay phep, giay phep kinh doanh, gio mo cua,
        thoi gian mo cua, gio hoat dong, thoi gian phuc vu, nganh hang, nganh nghe, nganh nghe kinh doanh, nganh hang
        kinh doanh, mat hang kinh doanh, mat hang, mat hang kinh doanh chinh, mat hang chinh, loai hinh doanh nghiep,
        loai hinh dn, loai hinh to chuc, loai hinh phap ly, thanh phan kinh te, website, trang web, web, fax, so fax,
        dia chi tru so, dia chi tru so chinh, tru so, tru so chinh, dia chi doanh nghiep, dia chi cong ty, so tang, so
        quay, so diem ban, so ho kinh doanh, cho de xe, dien tich dat, dien tich kho, dien tich bai do xe, dien tich
        khuon vien, dien tich dat m2, tong dien tich dat, nam xay dung, nguon von""",
}


def phrases(text: str) -> list[str]:
    """The headings of one entry."""
    return [" ".join(phrase.split()) for phrase in text.split(",")]


WEAK = frozenset(phrases("""
    ma so, ten don vi, co so, cua hang, don vi, sieu thi, dia diem, ten hang, hop tac xa, ban quan ly, thi xa, thanh
    pho, to chuc, lien he, khu pho, vi tri, thon xom, to dan pho, hoat dong tu, quy mo, lao dong, nhan vien, thu tu,
    mat hang, ghi chu khac, diem ban, doanh thu, loai hang, dai dien, noi cap"""))
