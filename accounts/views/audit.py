"""The audit trail."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import SelectChoice

from accounts import queries
from accounts.forms import TrailForm
from accounts.permissions import Permission, requires
from accounts.queries import Trail
from accounts.views.blueprint import bp
from foundation import audit
from foundation.clock import end_of
from foundation.text import sort_key
from foundation.web import asked_number


@bp.get("/audit")
@requires(Permission.SEE_AUDIT)
def list_audit():
    """Who did what to what: newest first, narrowed by person, action, subject and days."""
    form = TrailForm(request.args)
    verbs, kinds = queries.list_audit_words()
    people = [SelectChoice(str(user_id), name) for user_id, name in queries.list_everybody()]
    form.person.choices = [SelectChoice("", _("Everybody")), *people]
    form.verb.choices = [SelectChoice("", _("Everything")), *named(verbs)]
    form.kind.choices = [SelectChoice("", _("Everything")), *named(kinds)]
    usable = form.validate()
    trail = read_trail(form) if usable else Trail()
    entries, more = queries.list_audit(trail)

    def address(**changes) -> str:
        kept = {key: value for key, value in request.args.items() if key != "before"}
        return url_for("accounts.list_audit", **{**kept, **changes})

    return render_template("accounts/list_audit.html", form=form, entries=entries, more=more, address=address,
                           trail=trail, word=audit.word, list_changes=audit.list_changes), 200 if usable else 422


def named(words) -> list[SelectChoice]:
    """Choices of verbs or kinds, by the texts people read."""
    return sorted((SelectChoice(word, audit.word(word)) for word in words), key=lambda choice: sort_key(choice.label))


def read_trail(form: TrailForm) -> Trail:
    """What the form asks for; days are Vietnamese calendar days, both inclusive."""
    since, until = form.since.data, form.until.data
    person, before = form.person.data or "", asked_number("before")
    return Trail(
        actor_id=int(person) if person else None, verb=form.verb.data or "", kind=form.kind.data or "",
        subject_id=request.args.get("subject", ""), before=before,
        since=end_of(since - timedelta(days=1)) if since else None, until=end_of(until) if until else None)


@bp.post("/audit/check")
@requires(Permission.SEE_AUDIT)
def check_audit():
    """Recompute every hash of the chain."""
    broken = audit.find_break()
    if broken is None:
        flash(_("The chain holds: no entry was altered or taken out."))
    else:
        flash(_("The chain breaks at entry %(id)s: it or one before it was altered or taken out. "
                "Compare with a backup.", id=broken), "error")
    return redirect(url_for("accounts.list_audit"))
