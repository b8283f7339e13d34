"""Stories out of the files of the pack: `stories/*.toml`, one file for a group of categories."""

import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any

from geoportal.demo.stories.telling import Act, Anchor, Caller, Fate, Story, Verb


def read_stories(folder: Path) -> list[Story]:
    """All stories of a folder by their codes. Raises `ValueError` for what cannot be told."""
    stories = [
        _read_story(entry)
        for path in sorted(folder.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["story"]
    ]
    return sorted(stories, key=lambda story: story.code)


def _read_story(entry: Mapping[str, Any]) -> Story:
    reported = entry["reported"]
    report = Act(
        verb=Verb.REPORT, after=0, at=_read_time(reported["at"]), photo=entry.get("photo", "")
    )
    acts = [_read_act(act) for act in entry.get("acts", ())]
    voices = [_read_voice(voice) for voice in entry.get("voices", ())]
    following = sorted((*acts, *voices), key=lambda act: (act.after, act.at))
    caller = entry.get("caller")
    return Story(
        code=entry["code"],
        ends=Fate(entry["ends"]),
        category=entry["category"],
        title=entry["title"],
        text=entry["text"],
        lon=entry["place"][0],
        lat=entry["place"][1],
        address=entry["address"],
        person=entry.get("by", ""),
        is_anonymous=entry.get("anonymous", True),
        source=entry.get("source", "web"),
        caller=Caller(**caller) if caller else None,
        months=tuple(entry.get("months", ())),
        answers=entry.get("answers", {}),
        anchor=_read_anchor(reported),
        acts=(report, *following),
    )


def _read_anchor(reported: Mapping[str, Any]) -> Anchor:
    on = reported.get("on")
    month, _, day = (on or "").partition("-")
    return Anchor(
        days_ago=reported.get("days_ago"),
        on=(int(month), int(day)) if on else None,
        years=reported.get("years", 0),
        beside=reported.get("beside", ""),
        after=reported.get("after", 0),
    )


def _read_act(entry: Mapping[str, Any]) -> Act:
    given = {name: value for name, value in entry.items() if name not in ("do", "at")}
    return Act(verb=Verb(entry["do"]), at=_read_time(entry["at"]), **given)


def _read_voice(words: str) -> Act:
    """«resident-12, day 3, 19:05»: so many days after the report."""
    person, day, at = words.split(", ")
    after = int(day.removeprefix("day "))
    return Act(verb=Verb.JOIN, after=after, at=_read_time(at), person=person)


def _read_time(words: str) -> time:
    return time.fromisoformat(words)
