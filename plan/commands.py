"""Commands of plan."""

from flask.cli import AppGroup

commands = AppGroup("plan", help="plan")
