import multiprocessing
import threading
from types import SimpleNamespace

from club import processes


def test_nothing_is_asked_before_every_process_is_made(monkeypatch):
    """A lock held while a process is forked stays locked in that process for ever."""
    asked = []

    class Connection(SimpleNamespace):
        def __init__(self, *address, timeout):
            asked.append(address)

        def request(self, *_what):
            pass

        def getresponse(self):
            return SimpleNamespace(status=200)

        def close(self):
            pass

    monkeypatch.setattr(processes, "HTTPConnection", Connection)
    loaded, ready = multiprocessing.Semaphore(0), threading.Event()
    telling = threading.Thread(
        target=processes._tell, args=("127.0.0.1", 8000, loaded, ready.set), daemon=True
    )
    telling.start()
    loaded.release()
    assert not ready.wait(0.2)
    assert asked == []

    loaded.release()
    assert ready.wait(5)
    assert asked == [("127.0.0.1", 8000)]
