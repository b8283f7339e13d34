"""What others may hear of schedules; sent in the transaction of what happened."""

from django.dispatch import Signal

# run: its import waits for a person, or it has failed for the first time in a row.
run_needs_a_person = Signal()
# schedule: it was paused by the portal; `pause_reason` says why.
schedule_paused = Signal()
