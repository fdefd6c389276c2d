"""How a process that answers pages holds its memory."""

import ctypes
import os

#: Of glibc's ``mallopt``.
_M_ARENA_MAX = -8


def keep_together() -> None:
    """Let all threads to come share one pool of memory, where the system has several (glibc).

    A process makes one page at a time, so nobody waits for the pool; with one for each thread
    it would hold on to more than its pages need.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt:
        mallopt(_M_ARENA_MAX, 1)
