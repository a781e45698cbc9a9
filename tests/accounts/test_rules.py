from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import passwords
from accounts.rules import LOCK_AFTER, LOCK_WINDOW, PasswordFault, find_password_fault, is_locked

NOON = datetime(2026, 11, 24, 5, tzinfo=UTC)


@pytest.mark.parametrize(("password", "fault"), [
    ("ngắn quá", PasswordFault.SHORT), ("a" * 201, PasswordFault.LONG), ("ten.toi@example.vn", PasswordFault.EMAIL),
    ("Ten.Toi@Example.vn", PasswordFault.EMAIL), ("1234567890", PasswordFault.COMMON),
    ("MatKhau123", PasswordFault.COMMON), ("aaaaaaaaaaaa", PasswordFault.COMMON), ("bốn từ rời rạc", None),
    ("ten.toi và hai từ", None),
])
def test_which_passwords_will_do(password, fault):
    assert find_password_fault(password, "ten.toi@example.vn") is fault


@given(st.lists(st.integers(-3600, 3600), max_size=12))
@settings(max_examples=60)
def test_an_account_is_locked_by_recent_failures_only(seconds):
    failures = [NOON - timedelta(seconds=s) for s in seconds]
    recent = [f for f in failures if NOON - LOCK_WINDOW < f <= NOON]
    assert is_locked(failures, NOON) == (len(recent) >= LOCK_AFTER)
    assert not is_locked(failures, NOON + timedelta(hours=3))


def test_a_password_matches_however_its_letters_are_composed():
    stored = passwords.hash_password("Hoà Bình 2030 xanh")
    assert passwords.matches(stored, "Ho\u00e0 Bi\u0300nh 2030 xanh")
    assert stored.startswith("$argon2id$")
    assert not passwords.matches(stored, "khác hẳn")


def test_an_unknown_account_and_a_broken_hash_match_nothing():
    assert not passwords.matches(None, "gì cũng được")
    assert not passwords.matches("-", "gì cũng được")


def test_one_time_passwords_differ_and_will_do():
    made = {passwords.invent() for _n in range(50)}
    assert len(made) == 50
    assert all(find_password_fault(password, "a@b.vn") is None for password in made)
