"""How much is asked of a server for one dataset; as large as an upload it may be."""

SECONDS_MAX = 1800.0
PAGES_MAX = 10_000
PAGE_BYTES_MAX = 64 << 20
# What a server may say nothing for, and what it has to be connected within.
SILENCE_S = 60.0
CONNECT_S = 15.0
DOCUMENT_BYTES_MAX = 16 << 20
REDIRECTS_MAX = 5
# Between attempts; the last failure is told.
PAUSES_S = (1.0, 4.0, 15.0)
RETRY_AFTER_S_MAX = 60
