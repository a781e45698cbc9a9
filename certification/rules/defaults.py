"""What holds until the Department says otherwise (DOMAIN 0.8, 7.1)."""

from datetime import date

EVALUATION_DAYS = 365  # a decision rests on a survey submitted at most so long before

DEFAULT_ISSUER = {
    "valid_from": date(2021, 1, 1),
    "superior_body": "UBND tỉnh Phú Thọ",
    "issuing_body": "Sở Công Thương",
    "place": "Phú Thọ",
    "certifier_vi": "Sở Công Thương tỉnh Phú Thọ",
    "certifier_en": "The Department of Industry and Trade of Phú Thọ Province",
    "legal_basis": [
        "Căn cứ Quyết định số 889/QĐ-TTg ngày 24 tháng 6 năm 2020 của Thủ tướng Chính phủ phê duyệt Chương trình hành "
        "động quốc gia về sản xuất và tiêu dùng bền vững giai đoạn 2021 - 2030;",
        "Căn cứ Kế hoạch của Ủy ban nhân dân tỉnh Phú Thọ thực hiện Chương trình hành động quốc gia về sản xuất và "
        "tiêu dùng bền vững;",
        "Xét kết quả khảo sát, đánh giá và ý kiến thẩm xét.",
    ],
    "signing_authority": ["Giám đốc"],
}
