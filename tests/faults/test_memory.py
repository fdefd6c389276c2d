import ctypes
import re
import subprocess
import sys

import pytest

from club.memory import LARGE

#: Eight threads at once that each take what Python does not keep in pools of its own.
_MANY_THREADS = """
import ctypes, threading
from club.memory import keep_together
{first}
together = threading.Barrier(8)
def take():
    held = [bytes(4000) for _ in range(200)]
    together.wait()
    held.append(bytes(4000))
threads = [threading.Thread(target=take) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
ctypes.CDLL(None).malloc_stats()
"""


#: A large block that is done with teaches glibc to keep the next one of its size.
_LARGE_BLOCKS = """
import ctypes
from club.memory import LARGE, keep_together
{first}
del (once := [bytes(4 * LARGE)])[:]
block = bytes(4 * LARGE)
ctypes.CDLL(None).malloc_stats()
"""

glibc_alone = pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "mallopt"), reason="another system than glibc"
)


def told(program, first):
    """What glibc says of its memory at the end of a process."""
    ran = subprocess.run(
        [sys.executable, "-c", program.format(first=first)],
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stderr


@glibc_alone
@pytest.mark.parametrize(("first", "is_one"), [("", False), ("keep_together()", True)])
def test_threads_share_one_pool_of_memory(first, is_one):
    assert (told(_MANY_THREADS, first).count("Arena ") == 1) is is_one


@glibc_alone
@pytest.mark.parametrize(("first", "is_outside"), [("", False), ("keep_together()", True)])
def test_large_blocks_stay_out_of_the_pool(first, is_outside):
    pool = told(_LARGE_BLOCKS, first).partition("Total")[0]
    in_use = int(re.search(r"in use bytes +=\s+(\d+)", pool)[1])
    assert (in_use < 4 * LARGE) is is_outside
