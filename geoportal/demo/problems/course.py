"""The course of a published problem: what happens by its fate, in which order."""

from geoportal.demo.problems.acts import Fate, Verb
from geoportal.demo.problems.lives import CONTROLLER, REVIEWER, Life, Pace
from geoportal.demo.problems.moments import awake, days
from geoportal.demo.problems.stories import phrases


def live(life: Life, fate: Fate, pace: Pace, number: int, *, has_author: bool) -> None:
    """Acts of a published problem."""
    chance = life.chance
    if fate == Fate.ARCHIVED and number % 40 == 2:  # the moderator was wrong, and took it back
        refused = phrases.REFUSED[-2]
        life.act(Verb.REJECT, life.after(0.2), reason=refused.reason, words=refused.words)
        life.act(Verb.RESTORE, life.after(0.4))
    elif fate == Fate.ARCHIVED and number % 40 == 5 and has_author:
        question, answer = chance.choice(phrases.ASKED_BEFORE)
        life.act(Verb.ASK_REPORTER, life.after(0.1), words=question)
        life.act(Verb.ANSWER, awake(life.after(0.2), chance), words=answer)
    life.publish(pace.published)
    if fate not in (Fate.OPEN, Fate.OPEN_LATE) or number % 3:
        life.dispatch()
    if fate in (Fate.OPEN, Fate.OPEN_LATE):
        if number % 9 == 1 and has_author:
            life.ask(answered=False)
        return
    life.accept(pace.accepted)
    _work(life, fate, pace, number, has_author=has_author)
    if fate in (Fate.ACCEPTED, Fate.ACCEPTED_LATE):
        return
    solved = chance.random() > 0.16
    started = life.acts[-1].at
    spent = (started - life.active[0]) / days(1) if life.active else 0.0
    if not life.close(max(0.2, pace.solved - spent), solved=solved) or not has_author:
        return
    if number % 16 == 7 and life.reopen():
        if fate == Fate.CLOSED and number > 16:
            return
        life.accept(chance.uniform(0.2, 1.5))
        life.close(chance.uniform(1, 9), solved=True)
    waits_for_account = number == 1 and fate == Fate.CLOSED
    if chance.random() < 0.6 and not waits_for_account:
        life.rate(solved=solved)


def _work(life: Life, fate: Fate, pace: Pace, number: int, *, has_author: bool) -> None:
    """What happens between acceptance and the end."""
    chance = life.chance
    if number % 5 == 1:
        life.accept(chance.uniform(0.2, 2), CONTROLLER)
    if number % 4 == 2:
        life.accept(chance.uniform(0.1, 1), REVIEWER)
    if number % 14 == 3:
        life.forward()
    if number % 6 == 4 and has_author:
        life.ask(answered=True)
    elif number == 1 and fate == Fate.ACCEPTED and has_author:
        life.ask(answered=False)
    if chance.random() < 0.2:
        life.note()
    if fate != Fate.ACCEPTED_LATE and (pace.solved > 28 or number % 7 == 5):
        life.announce(max(20.0, pace.solved))
