"""Why a file cannot be imported at all: one sentence for the user, and nothing has changed."""

from geoportal.core.errors import InvalidInput


class UnusableFile(InvalidInput):
    """The file cannot be read, or nothing in it can be used."""

    slug = "unusable-file"


class UnusableOption(InvalidInput):
    """What was asked for does not fit the file or the layer."""

    slug = "unusable-option"
