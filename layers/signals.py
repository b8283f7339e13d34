"""What packages above `layers` may listen to."""

from django.dispatch import Signal

# Sent with `changeset`, after commit: a changeset was committed.
changeset_published = Signal()

# Sent with `layer`, in the transaction of a changeset, after its rows were written: who keeps what
# is made from features writes it now. What is raised undoes the changeset.
features_written = Signal()

# Sent with `layer` and `deleting` before a layer is archived or deleted, in that transaction:
# who goes by the layer raises `Conflict`; who keeps records about its changesets lets them go
# when it is deleted.
layer_leaving = Signal()
