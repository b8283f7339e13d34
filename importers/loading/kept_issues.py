"""All remarks of an import, however many, on their way into its table."""

import json
import tempfile
from collections.abc import Iterable, Iterator

from django.db.backends.utils import CursorWrapper

from importers.issues import Issue, IssueLog
from layers.staging import NULL, EncodedRows, copy_rows

TABLE = "importers_importissue"
COLUMNS = "of_id, row, severity, code, params, key, field, repair"
KEPT_MAX = 1_000_000
PIECE_BYTES = 1 << 20
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


class KeptIssues(IssueLog):
    """A log that keeps every remark; use as a context manager."""

    def __init__(self, import_id: int) -> None:
        super().__init__()
        self._import_id = import_id
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - in __exit__

    def __enter__(self) -> "KeptIssues":
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()

    def add(self, issues: Iterable[Issue]) -> None:
        listed = list(issues)
        room = KEPT_MAX - self.total
        self._file.writelines(self._encode(issue) for issue in listed[: max(0, room)])
        super().add(listed)

    def copy(self, cursor: CursorWrapper) -> None:
        """Into the table, once all have come."""
        self._file.seek(0)
        copy_rows(cursor, TABLE, EncodedRows(self._read(), COLUMNS))

    def _encode(self, issue: Issue) -> str:
        params = json.dumps(dict(issue.params), ensure_ascii=False, default=str)
        row = NULL if issue.row is None else str(issue.row)
        texts = (issue.severity, issue.code, params, issue.key, issue.field, issue.repair)
        cells = [str(self._import_id), row, *(text.translate(ESCAPES) for text in texts)]
        return "\t".join(cells) + "\n"

    def _read(self) -> Iterator[bytes]:
        while piece := self._file.read(PIECE_BYTES):
            yield piece.encode()
