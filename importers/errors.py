"""Why a file cannot be imported at all: one sentence for the user, and nothing has changed."""

from geoportal.core.errors import Conflict, InvalidInput


class UnusableFile(InvalidInput):
    """The file cannot be read, or nothing in it can be used.

    `question` in `extra` is the code of a question whose answer would help, `candidates` what the
    answer may be.
    """

    slug = "unusable-file"


class UnusableOption(InvalidInput):
    """What was asked for does not fit the file or the layer."""

    slug = "unusable-option"


class OpenQuestions(Conflict):
    """Somebody must answer first; `questions` or `brakes` in `extra` say what."""

    slug = "open-questions"


class LayerChanged(Conflict):
    """Somebody else changed the layer after the preview was made; `changesets` say who and what."""

    slug = "layer-changed"
