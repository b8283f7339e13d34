"""Uploads, similar problems and who answers, as documents for scripts."""

from typing import NotRequired, TypedDict

from django.urls import reverse

from geoportal.problems.lists.similar import Similar
from geoportal.problems.models import Attachment
from geoportal.problems.personal_data.notes import Note
from geoportal.problems.templatetags.problem_display import media_url, picture, problem_url


class UploadDocument(TypedDict):
    """`thumbnail` is empty while a video is being prepared; `taken` is lon, lat in degrees."""

    id: int
    kind: str
    name: str
    processing: str
    processing_title: str
    thumbnail: str
    taken: list[float] | None


class UploadsDocument(TypedDict):
    """What a draft holds, in the order in which it was sent."""

    uploads: list[UploadDocument]


class AddressDocument(TypedDict):
    """Metres to the house; an empty address and `null` where none is near."""

    address: str
    distance_m: int | None


def describe_upload(
    attachment: Attachment, taken: tuple[float, float] | None = None
) -> UploadDocument:
    ready = attachment.processing == Attachment.Processing.READY
    return {
        "id": attachment.pk,
        "kind": attachment.kind,
        "name": attachment.original_name,
        "processing": attachment.processing,
        "processing_title": attachment.get_processing_display(),
        "thumbnail": reverse("upload-thumbnail", args=[attachment.pk]) if ready else "",
        "taken": list(taken) if taken else None,
    }


class SimilarDocument(TypedDict):
    """An open problem nearby; what everyone may know, and what the caller did to it."""

    number: int
    title: str
    state: str
    state_title: str
    address: str
    distance_m: int
    votes: int
    thumbnail: str
    url: str
    is_own: bool
    is_joined: bool


def describe_similar(similar: Similar) -> SimilarDocument:
    problem = similar.problem
    shown = picture(problem)
    return {
        "number": problem.pk,
        "title": problem.title,
        "state": problem.state,
        "state_title": problem.get_state_display(),
        "address": problem.address,
        "distance_m": round(similar.distance_m),
        "votes": problem.votes,
        "thumbnail": media_url(shown, "thumbnail") if shown else "",
        "url": problem_url(problem),
        "is_own": similar.is_own,
        "is_joined": similar.is_joined,
    }


class SimilarListDocument(TypedDict):
    """Open problems of the category within the radius, the nearest first."""

    radius_m: int
    problems: list[SimilarDocument]


class TextsDocument(TypedDict):
    """What everyone will read: of a report, or `words` of a later step of the `problem`."""

    title: NotRequired[str]
    description: NotRequired[str]
    address: NotRequired[str]
    words: NotRequired[str]
    answers: NotRequired[dict[str, object]]
    problem: NotRequired[int]


class NotesDocument(TypedDict):
    """Personal data in the texts, and one sentence about it; empty when there is none."""

    found: list[Note]
    message: str


class ContactDocument(TypedDict):
    """Of the person who called; only moderators send it."""

    name: NotRequired[str]
    phone: NotRequired[str]
    email: NotRequired[str]


class ReportDocument(TypedDict):
    """`client_request_id`: a UUID made once for each report, and the `draft_id` of its uploads.

    `answers` by the code of the question; `attachments`: numbers of uploads in their order.
    """

    client_request_id: str
    category: str
    lon: float
    lat: float
    title: str
    description: str
    address: NotRequired[str]
    answers: NotRequired[dict[str, object]]
    attachments: NotRequired[list[int]]
    is_anonymous: NotRequired[bool]
    contact: NotRequired[ContactDocument]


class SentDocument(TypedDict):
    """The problem that a report became."""

    number: int
    state: str
    state_title: str
    waits_for_confirmation: bool
    url: str
    sent_url: str
