from foundation.text import clean, fold, sort_key


def test_search_folds_marks():
    assert fold("  Việt   Trì ") == "viet tri"
    assert fold("Hoà Bình") == fold("Hòa Bình")
    assert fold("Đoan Hùng") == "doan hung"


def test_text_is_composed_and_trimmed():
    assert clean("Vie\u0323\u0302t\tTri\u0300\u200b ") == "Việt Trì"


def test_d_with_stroke_sorts_after_d():
    names = ["Đan", "Dũng", "Da", "Dã", "Ăn", "An", "Âm"]
    assert sorted(names, key=sort_key) == ["An", "Ăn", "Âm", "Da", "Dã", "Dũng", "Đan"]
