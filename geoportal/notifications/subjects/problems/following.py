"""Letters about one problem: whether its author or follower wants them."""

from django.utils.translation import gettext as _

from geoportal.problems.models import Follower


class ProblemFollowing:
    def name(self, number: int) -> str:
        return _("the problem No. %(number)s") % {"number": number}

    def find_path(self, number: int) -> str:
        return f"/problems/{number}/"

    def is_wanted(self, user_id: int, number: int) -> bool:
        return Follower.objects.filter(user=user_id, problem=number, wants_mail=True).exists()

    def set_wish(self, user_id: int, number: int, *, wants_mail: bool) -> None:
        Follower.objects.filter(user=user_id, problem=number).update(wants_mail=wants_mail)
