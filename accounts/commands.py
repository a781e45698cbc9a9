"""Commands of accounts."""

from flask.cli import AppGroup

group = AppGroup("accounts")
commands = [group]
