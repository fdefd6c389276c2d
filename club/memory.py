"""How a process that answers pages holds its memory, where the system's library is glibc."""

import ctypes
import gc
import os

#: Names of ``mallopt``'s parameters, see mallopt(3).
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
#: No page is as long; whole calendars and files are. In bytes.
LARGE = 512 * 1024


def keep_together() -> None:
    """Let all threads to come share one pool of memory, and what is large stay out of it.

    A process makes one page at a time, so nobody waits for the pool; with one for each thread
    it would hold on to more than its pages need. A large block goes back to the system when it is
    done with: left to itself glibc puts the next one into the pool, full of holes ever after.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt:
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, LARGE)
        # Set with the other, or the pool's end would be given back and asked for with each page.
        mallopt(_M_TRIM_THRESHOLD, 8 * LARGE)


def set_aside() -> None:
    """Call what is loaded no garbage for good: what lives as long as the process never is, and
    looking through it again and again made every twentieth page three times as slow as the others.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
