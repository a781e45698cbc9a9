"""Starting, filling and emptying an installation: first administrator, demo data, checks before production."""
