"""Every write to problems: each verb locks the problem, checks the actor, records a step."""

from geoportal.problems.services.authors import (
    answer_question,
    edit_report,
    rate_result,
    resubmit_report,
)
from geoportal.problems.services.border_checks import confirm_border
from geoportal.problems.services.clock import archive_due, forget_contacts, remind_overdue
from geoportal.problems.services.corrections import (
    edit_problem,
    move_problem,
    recategorise_problem,
    set_media_hidden,
)
from geoportal.problems.services.merging import merge_problem
from geoportal.problems.services.moderation import (
    ask_reporter,
    assign_organisation,
    publish_problem,
    reject_problem,
    restore_problem,
    retract_problem,
)
from geoportal.problems.services.reassignment import reassign_problems
from geoportal.problems.services.reassignment_runs import apply_run, decline_run
from geoportal.problems.services.reopening import reopen_problem
from geoportal.problems.services.reporting import confirm_reports, forget_person, report_problem
from geoportal.problems.services.visibility import refresh_visibility
from geoportal.problems.services.voices import follow_problem, join_problem, unfollow_problem
from geoportal.problems.services.withdrawing import (
    bring_back_problem,
    set_words_hidden,
    withdraw_problem,
)
from geoportal.problems.services.work import (
    accept_problem,
    add_note,
    announce_date,
    ask_author,
    close_problem,
    forward_problem,
)

__all__ = [
    "accept_problem",
    "add_note",
    "announce_date",
    "answer_question",
    "apply_run",
    "archive_due",
    "ask_author",
    "ask_reporter",
    "assign_organisation",
    "bring_back_problem",
    "close_problem",
    "confirm_border",
    "confirm_reports",
    "decline_run",
    "edit_problem",
    "edit_report",
    "follow_problem",
    "forget_contacts",
    "forget_person",
    "forward_problem",
    "join_problem",
    "merge_problem",
    "move_problem",
    "publish_problem",
    "rate_result",
    "reassign_problems",
    "recategorise_problem",
    "refresh_visibility",
    "reject_problem",
    "remind_overdue",
    "reopen_problem",
    "report_problem",
    "restore_problem",
    "resubmit_report",
    "retract_problem",
    "set_media_hidden",
    "set_words_hidden",
    "unfollow_problem",
    "withdraw_problem",
]
