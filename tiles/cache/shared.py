"""Tiles in a Redis that several machines share; its `maxmemory` is the bound."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from tiles.cache.waiting import TookTooLong

log = logging.getLogger(__name__)
PREFIX = "tile:"
LOCK_PREFIX = "building:"
# What nobody has asked for as long goes, where nothing else bounds the server.
KEPT_S = 7 * 24 * 3600
# A Redis that does not answer costs a request no more than this for each question.
ANSWER_S = 0.25
PAUSE_S = 0.01
# A dead holder's lock goes after this; a building one has `wait_s`, which is shorter.
SPARE_S = 5


class RedisStore:
    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(
            url,
            socket_timeout=ANSWER_S,
            socket_connect_timeout=ANSWER_S,
            retry=Retry(NoBackoff(), 1),
        )

    def get(self, key: str) -> bytes | None:
        try:
            found = self._redis.getex(PREFIX + key, ex=KEPT_S)
        except RedisError as error:
            log.warning("the tile cache cannot be read: %s", error)
            return None
        return found if isinstance(found, bytes) else None

    def put(self, key: str, data: bytes) -> None:
        try:
            self._redis.set(PREFIX + key, data, ex=KEPT_S)
        except RedisError as error:
            log.warning("the tile cache cannot be written: %s", error)

    @contextmanager
    def alone(self, key: str, wait_s: float) -> Iterator[None]:
        """Without Redis nobody is kept from anything."""
        lock = self._redis.lock(
            LOCK_PREFIX + key, timeout=wait_s + SPARE_S, sleep=PAUSE_S, blocking_timeout=wait_s
        )
        try:
            held = lock.acquire()
        except RedisError as error:
            log.warning("the tile cache cannot be locked: %s", error)
            yield
            return
        if not held:
            raise TookTooLong
        try:
            yield
        finally:
            try:
                lock.release()
            except RedisError as error:
                log.warning("a lock of the tile cache was lost: %s", error)
