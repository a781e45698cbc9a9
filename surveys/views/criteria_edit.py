"""The draft of a criteria set edited, one part at a time. Parts are named as the sheets of its workbook."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from wtforms import SelectChoice

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import NotFound
from foundation.forms import Form
from foundation.i18n import pick
from surveys.actions import edit_criteria_set
from surveys.actions.criteria import must_be_draft
from surveys.criteria_words import add_title, piece_title
from surveys.forms.criteria import make_form, piece_from, set_from
from surveys.models import CriteriaSet
from surveys.queries import content_of, find_criteria_set, get_criteria_set
from surveys.rules.columns import SHEETS
from surveys.rules.content import SetContent
from surveys.rules.editing import drop_piece, find_piece, group_of, key_of, put_piece
from surveys.views.blueprint import bp

PART = "<any(groups, criteria, packaging, levels):part>"


def get_draft(set_id: int) -> CriteriaSet:
    """The draft. Raises NotFound, or RuleBroken once it is published."""
    found = get_criteria_set(set_id)
    must_be_draft(found)
    return found


@bp.route("/criteria/<int:set_id>/edit", methods=["GET", "POST"], endpoint="edit_criteria_set")
@requires(Permission.EDIT_CRITERIA)
def edit_set(set_id: int):
    """The set's own facts: name, standing, legal basis, accepted classes, validity."""
    draft = get_draft(set_id)
    content = content_of(draft)
    form = make_form("set", content)
    if form.validate_on_submit():
        wanted = set_from(form, content)
        known = find_criteria_set(wanted.code, wanted.version)
        if known is None or known is draft:
            return save(draft, wanted, "top")
        words = _("%(code)s has a version %(version)s already. Choose another version.",
                  code=wanted.code, version=wanted.version)
        form["version"].errors = [words]
    return show_form(draft, form, _("Facts of the set"), "set")


@bp.route(f"/criteria/<int:set_id>/{PART}/<code>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_CRITERIA)
def edit_part(set_id: int, part: str, code: str):
    """One group, criterion, packaging category or level."""
    draft = get_draft(set_id)
    content = content_of(draft)
    piece = find_piece(content, part, code)
    if piece is None:
        raise NotFound(_("This part is not in the set any more. Go back to the set and look again."))
    form = part_form(part, content, piece, code)
    if form.validate_on_submit():
        changed, group = piece_from(part, form, piece)
        return save(draft, put_piece(content, part, changed, group), anchor(part, code))
    return show_form(draft, form, f"{code}. {piece_title(part, piece)}", part, code)


@bp.route(f"/criteria/<int:set_id>/{PART}/add", methods=["GET", "POST"])
@requires(Permission.EDIT_CRITERIA)
def add_part(set_id: int, part: str):
    """One more group, criterion, packaging category or level."""
    draft = get_draft(set_id)
    content = content_of(draft)
    form = part_form(part, content)
    if form.validate_on_submit():
        made, group = piece_from(part, form, None)
        if find_piece(content, part, key_of(made)) is None:
            return save(draft, put_piece(content, part, made, group), anchor(part, key_of(made)))
        key = SHEETS[part][0].name
        form[key].errors = [_("The set has %(code)s already: choose another.", code=key_of(made))]
    return show_form(draft, form, add_title(part), part)


@bp.post(f"/criteria/<int:set_id>/{PART}/<code>/remove")
@requires(Permission.EDIT_CRITERIA)
def remove_part(set_id: int, part: str, code: str):
    """Take one out of the draft; a group goes with its criteria."""
    draft = get_draft(set_id)
    flash(_("%(code)s is taken out of the draft.", code=code))
    return save(draft, drop_piece(content_of(draft), part, code), part)


def part_form(part: str, content: SetContent, piece: object = None, code: str = "") -> Form:
    """The form of a part; codes are given once, and groups chosen among those there are."""
    omit = frozenset({SHEETS[part][0].name}) if piece else frozenset()
    extra = {"group": group_of(content, code)} if part == "criteria" else {}
    form = make_form(part, piece, omit, **extra)
    if part == "criteria":
        form["group"].choices = [SelectChoice(group.code, f"{group.code}. {pick(group, 'title')}")
                                 for group in content.groups]
    return form


def anchor(part: str, code: str) -> str:
    """Where a part stands on the page of its set."""
    return f"level-{code}" if part == "levels" else code


def save(draft: CriteriaSet, content: SetContent, where: str):
    """Write, commit once, go back to where it stands."""
    edit_criteria_set(draft, content, by=current_user, at=clock.now())
    db.session.commit()
    return redirect(url_for("surveys.show_criteria_set", set_id=draft.id, _anchor=where))


def show_form(draft: CriteriaSet, form: Form, title: str, part: str, code: str = ""):
    """The form as it is; 422 when it was sent with mistakes."""
    return render_template("surveys/edit_criteria_set.html", one=draft, form=form, title=title, part=part, code=code,
                           here="surveys.list_criteria_sets"), 422 if form.errors else 200
