"""People: users, roles, permissions, sign-in."""
