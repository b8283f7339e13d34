"""What happens to people, told to packages above; both are sent inside the transaction."""

from django.dispatch import Signal

# user: the person has just proved that the e-mail is theirs.
email_confirmed = Signal()
# user: what ties the person to rows elsewhere goes now; the account loses its data right after.
account_deleted = Signal()
