"""Commands of plan."""

from flask.cli import AppGroup

group = AppGroup("plan")
commands = [group]
