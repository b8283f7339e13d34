"""What packages above may listen to; sent after commit."""

from django.dispatch import Signal

# Sent with `change`: a row of the history (`StatusChange`) was committed.
problem_changed = Signal()
# Sent with `moved`: problems that new borders or rules gave to other organisations, as a list of
# (problem id, old organisation id or None, new organisation id or None).
problems_rerouted = Signal()
