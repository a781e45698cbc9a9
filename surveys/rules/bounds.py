"""How large and how many the files of a survey may be; a tablet keeps the same bounds before it sends. Pure."""

MOST_BYTES = 30 * 1024 * 1024  # of one file
MOST_FILES = 300  # of one survey
