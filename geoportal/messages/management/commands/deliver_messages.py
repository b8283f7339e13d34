"""`manage.py deliver_messages`: send what is due now, and say how the outbox stands."""

from django.core.management.base import BaseCommand, CommandParser

from geoportal.messages.delivery import deliver_due
from geoportal.messages.models import Message
from geoportal.messages.selectors import count_states


class Command(BaseCommand):
    help = (
        "Send the messages that are due, as the job worker and the watch over deadlines do, and "
        "print how many are in each state."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--count", action="store_true", help="send nothing, count only")

    def handle(self, *args: object, count: bool, **options: object) -> None:
        while not count and deliver_due().is_over:
            pass
        states = count_states()
        told = (f"{states.get(state, 0)} {state}" for state in Message.State.values)
        self.stdout.write(", ".join(told))
