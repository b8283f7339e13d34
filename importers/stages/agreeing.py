"""Which brakes an import has run into, and which of them somebody has said yes to.

A yes belongs to the brakes that were shown: one that is about other objects, in a preview that was
made anew, is asked about again. What is said before there is a preview (`yes`, `yes_remove` among
the answers) holds for the first one alone.
"""

from collections.abc import Mapping
from typing import Any

from importers.brakes.brake import Brake, read_kept
from importers.brakes.consent import Consent
from importers.models import Import
from importers.stages.answers import CONSENTS
from importers.stages.journal import get_result
from importers.states import Stage


def list_brakes(import_: Import) -> list[Brake]:
    """Of the file and of the difference that it makes."""
    checked: Any = get_result(import_, Stage.CHECK)
    previewed: Any = get_result(import_, Stage.PREVIEW)
    return read_kept([*checked.get("brakes", ()), *previewed.get("brakes", ())])


def build_consent(import_: Import) -> Consent:
    return Consent(agreed=import_.agreed)


def agree(import_: Import, said: Mapping[str, Any]) -> None:
    """Say yes to the brakes that stand; `said` replaces what was said before of the same ones."""
    kept = {
        code: digest for code, digest in import_.agreed.items() if name_answer(code) not in said
    }
    consent = Consent(removes=said.get("yes_remove") or 0, to=frozenset(said.get("yes") or ()))
    covered = {one.code: one.digest for one in list_brakes(import_) if consent.covers(one)}
    import_.agreed = kept | covered
    import_.save(update_fields=["agreed"])


def name_answer(code: str) -> str:
    """Which of the two answers is about a brake."""
    return "yes_remove" if code == "removes-many" else "yes"


def agree_beforehand(import_: Import) -> None:
    """What was said before there was a preview meets the first one, and is used up."""
    said = {name: value for name, value in import_.answers.items() if name in CONSENTS}
    if not said:
        return
    agree(import_, said)
    import_.answers = {
        name: value for name, value in import_.answers.items() if name not in CONSENTS
    }
    import_.save(update_fields=["answers"])
