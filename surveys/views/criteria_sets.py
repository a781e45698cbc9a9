"""Criteria sets: listed, shown as a printed form, compared, taken away, copied, published, retired."""

import io

from flask import flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.permissions import Permission, requires
from foundation import clock
from foundation.db import db
from foundation.errors import Invalid
from foundation.i18n import is_english
from foundation.tables import XLSX
from surveys.actions import (
    copy_criteria_set,
    discard_criteria_set,
    problems_of,
    publish_criteria_set,
    retire_criteria_set,
)
from surveys.criteria_words import explain_problem, name_change, place_of, score_in_words, shown_value
from surveys.forms.criteria import VersionForm
from surveys.odk.exporting import write_xlsform
from surveys.odk.names import form_id
from surveys.queries import content_of, get_criteria_set, list_criteria_sets
from surveys.rules.editing import changes_between
from surveys.views.blueprint import bp
from surveys.workbook import write_book


@bp.get("/criteria", endpoint="list_criteria_sets")
@requires(Permission.SEE_CRITERIA)
def list_sets():
    """Every version, drafts first."""
    return render_template("surveys/list_criteria_sets.html", sets=list_criteria_sets())


@bp.get("/criteria/<int:set_id>")
@requires(Permission.SEE_CRITERIA)
def show_criteria_set(set_id: int):
    """The whole set as a printed form; on a draft also what keeps it from being published."""
    found = get_criteria_set(set_id)
    problems = problems_of(found) if found.published_at is None else []
    return render_template(
        "surveys/show_criteria_set.html", one=found, problems=problems, explain_problem=explain_problem,
        place_of=place_of, score_in_words=score_in_words, here="surveys.list_criteria_sets",
        editing=found.published_at is None and current_user.may(Permission.EDIT_CRITERIA))


@bp.get("/criteria/<int:set_id>/export.xlsx")
@requires(Permission.SEE_CRITERIA)
def export_criteria_set(set_id: int):
    """The set as a workbook that can be imported again."""
    found = get_criteria_set(set_id)
    file = io.BytesIO(write_book(content_of(found), "en" if is_english() else "vi"))
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name=f"{found.code}-{found.version}.xlsx")


@bp.get("/criteria/<int:set_id>/xlsform.xlsx")
@requires(Permission.SEE_CRITERIA)
def export_xlsform(set_id: int):
    """The set as a form for ODK or KoboToolbox."""
    found = get_criteria_set(set_id)
    return send_file(io.BytesIO(write_xlsform(found)), mimetype=XLSX, as_attachment=True,
                     download_name=f"{form_id(found.code)}-{found.version}.xlsx")


@bp.get("/criteria/<int:set_id>/changes/<int:other_id>")
@requires(Permission.SEE_CRITERIA)
def compare_criteria_sets(set_id: int, other_id: int):
    """What the set changed against another one."""
    found, other = get_criteria_set(set_id), get_criteria_set(other_id)
    changes = changes_between(content_of(other), content_of(found))
    return render_template("surveys/compare_criteria_sets.html", one=found, other=other, changes=changes,
                           name_change=name_change, shown_value=shown_value, here="surveys.list_criteria_sets")


@bp.route("/criteria/<int:set_id>/copy", methods=["GET", "POST"], endpoint="copy_criteria_set")
@requires(Permission.EDIT_CRITERIA)
def copy_set(set_id: int):
    """A new draft with everything of this set."""
    source, form = get_criteria_set(set_id), VersionForm()
    if form.validate_on_submit():
        try:
            copy = copy_criteria_set(source, version=form.version.data, by=current_user, at=clock.now())
            db.session.commit()
            flash(_("The copy is a draft: nobody can survey with it until it is published."))
            return redirect(url_for("surveys.show_criteria_set", set_id=copy.id))
        except Invalid as invalid:
            form.version.errors = [str(invalid)]
    status = 422 if form.errors else 200
    return render_template("surveys/copy_criteria_set.html", one=source, form=form,
                           here="surveys.list_criteria_sets"), status


@bp.post("/criteria/<int:set_id>/publish", endpoint="publish_criteria_set")
@requires(Permission.EDIT_CRITERIA)
def publish_set(set_id: int):
    """From now on it can be surveyed with and never changes."""
    found = publish_criteria_set(get_criteria_set(set_id), by=current_user, at=clock.now())
    db.session.commit()
    flash(_("%(code)s %(version)s is published: new visits use it.", code=found.code, version=found.version))
    return redirect(url_for("surveys.show_criteria_set", set_id=set_id))


@bp.post("/criteria/<int:set_id>/retire", endpoint="retire_criteria_set")
@requires(Permission.EDIT_CRITERIA)
def retire_set(set_id: int):
    """No new visits with it."""
    found = retire_criteria_set(get_criteria_set(set_id), by=current_user, at=clock.now())
    db.session.commit()
    flash(_("%(code)s %(version)s is retired: no new visit uses it.", code=found.code, version=found.version))
    return redirect(url_for("surveys.show_criteria_set", set_id=set_id))


@bp.post("/criteria/<int:set_id>/discard", endpoint="discard_criteria_set")
@requires(Permission.EDIT_CRITERIA)
def discard_set(set_id: int):
    """Delete a draft."""
    found = get_criteria_set(set_id)
    name = f"{found.code} {found.version}"
    discard_criteria_set(found, by=current_user, at=clock.now())
    db.session.commit()
    flash(_("The draft %(name)s is gone.", name=name))
    return redirect(url_for("surveys.list_criteria_sets"))
