"""From the difference that an import would make back to the questions about its file."""

from django.db import transaction

from importers.models import Import
from importers.stages.checking import name_schema
from importers.stages.journal import forget_stages, get_result, move
from importers.stages.services import answer_import, lock, refresh
from importers.states import Stage, State


@transaction.atomic
def ask_anew(*, import_: Import) -> Import:
    """From the difference back to the questions, as they were asked and answered.

    The file is read anew only where its questions stand no more, or are about another schema than
    the layer has now. Raises `Conflict` where nobody waits.
    """
    standing = lock(import_)
    asked = get_result(standing, Stage.QUESTIONS)
    same = asked and name_schema(standing.layer) == standing.base_schema
    if standing.state == State.READY and same:
        forget_stages(standing, Stage.CHECK, Stage.PREVIEW)
        move(standing, State.ASKING, error="", attempts=0)
        return refresh(import_)
    return answer_import(import_=import_, answers={"encoding": standing.answers.get("encoding")})
