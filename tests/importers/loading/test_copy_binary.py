"""What is written in COPY's binary format stands in the database as what is written as text."""

import numpy as np
import pyarrow as pa
import pytest
from django.db import connection

from importers.geometry.wkb.ewkb import write_points
from importers.loading.rows import write_lines, write_tuples
from layers.staging import EncodedRows, copy_rows

KEYS = ["1", "з\tтабом", "з \\ рискою", "два\nрядки", "нуль\0посередині"]
DOCUMENTS = ['{"a": 1}', "{}", '{"b": "\\n і \\\\"}', '{"в": "Їжак"}', '{"a": null, "b": [1.50]}']


@pytest.mark.django_db
@pytest.mark.parametrize("start", [0, 2])
def test_both_formats_of_copy_load_the_same_rows(start):
    lonlat = np.array([[30.1, 50.1], [np.nan, np.nan], [31, 51], [-180, -85], [0, 0]])
    keys, documents = (pa.array(texts, pa.string())[start:] for texts in (KEYS, DOCUMENTS))
    places = write_points(lonlat, np.isfinite(lonlat[:, 0]))[start:]
    stood = []
    with connection.cursor() as cursor:
        for write, is_binary in ((write_lines, False), (write_tuples, True)):
            cursor.execute(
                "CREATE TEMPORARY TABLE loaded"
                " (key text, geom geometry(Geometry, 4326), properties jsonb, internal jsonb)"
            )
            pieces = [b"", write(keys, places, [documents, documents])]
            rows = EncodedRows(pieces, "key, geom, properties, internal", is_binary=is_binary)
            copy_rows(cursor, "loaded", rows)
            assert cursor.rowcount == len(keys)
            cursor.execute("SELECT key, geom::text, properties::text, internal::text FROM loaded")
            stood.append(cursor.fetchall())
            cursor.execute("DROP TABLE loaded")
    assert stood[0] == stood[1]
    assert stood[0][-1][0] == "нульпосередині"
