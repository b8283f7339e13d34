"""Tables of the report workflow."""

from geoportal.problems.models.calendar import CalendarException, MartialLawPeriod
from geoportal.problems.models.categories import Category, Question
from geoportal.problems.models.history import StateEdge, StatusChange
from geoportal.problems.models.keys import ApiKey
from geoportal.problems.models.media import Attachment
from geoportal.problems.models.problems import Follower, Problem
from geoportal.problems.models.public import PublicFields, PublicProblem
from geoportal.problems.models.reassignment import ReassignmentRun
from geoportal.problems.models.replies import ResponseTemplate
from geoportal.problems.models.routing import (
    Assignment,
    Oversight,
    ProblemTerritory,
    Responsibility,
    RoutingDecision,
)

__all__ = [
    "ApiKey",
    "Assignment",
    "Attachment",
    "CalendarException",
    "Category",
    "Follower",
    "MartialLawPeriod",
    "Oversight",
    "Problem",
    "ProblemTerritory",
    "PublicFields",
    "PublicProblem",
    "Question",
    "ReassignmentRun",
    "ResponseTemplate",
    "Responsibility",
    "RoutingDecision",
    "StateEdge",
    "StatusChange",
]
