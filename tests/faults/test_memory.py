import ctypes
import subprocess
import sys

import pytest

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


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallopt"), reason="another system than glibc")
@pytest.mark.parametrize(("first", "is_one"), [("", False), ("keep_together()", True)])
def test_threads_share_one_pool_of_memory(first, is_one):
    program = _MANY_THREADS.format(first=first)
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert (ran.stderr.count("Arena ") == 1) is is_one
