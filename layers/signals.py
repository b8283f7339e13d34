"""What packages above `layers` may listen to; sent after commit."""

from django.dispatch import Signal

# Sent with `changeset`: a changeset was committed.
changeset_published = Signal()
