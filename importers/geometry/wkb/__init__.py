"""Well-known binary of OGC Simple Features (06-103r4, 8.2): read and written here only."""

POINT, LINE, POLYGON, MULTI_POINT, MULTI_LINE, MULTI_POLYGON, COLLECTION = range(1, 8)
CURVED = (8, 9, 10, 11, 12)
# Which shape a type is a kind of; a collection is of none.
DIMENSIONS = {
    1: "point", 4: "point",
    2: "line", 5: "line", 8: "line", 9: "line", 11: "line", 13: "line",
    3: "polygon", 6: "polygon", 10: "polygon", 12: "polygon", 14: "polygon", 15: "polygon",
    16: "polygon", 17: "polygon",
}  # fmt: skip
