"""What people may be told of; another subject is a module beside and a line here."""

from geoportal.notifications.notices import Subject
from geoportal.notifications.subjects.problems.subject import ProblemSubject
from geoportal.notifications.subjects.schedules.subject import ScheduleSubject

SUBJECTS: tuple[Subject, ...] = (ProblemSubject(), ScheduleSubject())
