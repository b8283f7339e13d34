"""The ways a message leaves by; another way is a module beside and a line here."""

from collections.abc import Mapping

from geoportal.messages.channels.channel import Channel
from geoportal.messages.channels.mail import MailChannel

CHANNELS: Mapping[str, Channel] = {each.slug: each for each in (MailChannel(),)}
