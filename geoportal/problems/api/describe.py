"""Uploads, similar problems and who answers, as documents for scripts."""

from typing import TypedDict

from django.urls import reverse

from geoportal.problems.lists.similar import Similar
from geoportal.problems.models import Attachment
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
