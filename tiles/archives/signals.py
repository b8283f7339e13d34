"""What packages above `tiles` may listen to."""

from django.dispatch import Signal

# Sent after archives were built: what is kept beside them is old.
archives_changed = Signal()
