"""What is done to surveys, by family."""

from surveys.actions.arriving import Outcome, Record, find_again, receive_draft, receive_record
from surveys.actions.checking import Incomplete, check_whole, read_content
from surveys.actions.criteria import (
    copy_criteria_set,
    discard_criteria_set,
    draft_criteria_set,
    edit_criteria_set,
    load_default_criteria,
    problems_in,
    problems_of,
    publish_criteria_set,
    retire_criteria_set,
)
from surveys.actions.evidence import check_file, item_of, note_file, receive_file, store_file
from surveys.actions.listing import check_uuid, read_facts
from surveys.actions.moving import check_movable, move_survey
from surveys.actions.review import review_survey
from surveys.actions.survey import Stale, add_evidence, save_survey, start_survey, submit_survey
from surveys.actions.taking_back import take_back
from surveys.actions.visits import cancel_visit, plan_visit

__all__ = [
    "Incomplete", "Outcome", "Record", "Stale", "add_evidence", "cancel_visit", "check_file", "check_movable",
    "check_uuid", "check_whole", "copy_criteria_set", "discard_criteria_set", "draft_criteria_set",
    "edit_criteria_set", "find_again", "item_of", "load_default_criteria", "move_survey", "note_file", "plan_visit",
    "problems_in", "problems_of", "publish_criteria_set", "read_content", "read_facts", "receive_draft",
    "receive_file", "receive_record", "retire_criteria_set", "review_survey", "save_survey", "start_survey",
    "store_file", "submit_survey", "take_back",
]
