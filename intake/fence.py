"""What a child that reads foreign files may take: memory, time, nothing written; on Linux and on Windows."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

MOST_MEMORY = 600_000_000  # bytes
MOST_SECONDS = 20  # a file; the parent ends the child then
_ALONE = 10  # seconds more, after which a child whose parent is gone ends itself

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
    _ONE_PROCESS, _PROCESS_MEMORY, _QUIET, _WITH_PARENT = 0x8, 0x100, 0x400, 0x2000

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64),
            ("job_time", ctypes.c_int64),
            ("flags", wintypes.DWORD),
            ("least_set", ctypes.c_size_t),
            ("most_set", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class _Limits(ctypes.Structure):
        _fields_ = (
            ("basic", _Basic),
            ("counters", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t),
            ("peak_process", ctypes.c_size_t),
            ("peak_job", ctypes.c_size_t),
        )

    def fence(handle: int) -> object:
        """Put a child behind its limits, as far as Windows allows; it ends with what is returned."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _Limits()
        limits.basic.flags = _ONE_PROCESS | _PROCESS_MEMORY | _QUIET | _WITH_PARENT
        limits.basic.processes = 1
        limits.process_memory = MOST_MEMORY
        kernel.SetInformationJobObject(
            wintypes.HANDLE(job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        kernel.AssignProcessToJobObject(wintypes.HANDLE(job), wintypes.HANDLE(handle))
        return _Job(kernel, job)

    class _Job:
        """A job object that is closed when nobody wants it any more, and takes its process along."""

        def __init__(self, kernel: ctypes.WinDLL, handle: int) -> None:
            self._kernel, self._handle = kernel, handle

        def __del__(self) -> None:
            self._kernel.CloseHandle(wintypes.HANDLE(self._handle))

    def confine() -> None:
        """Nothing: the parent has put the child behind its limits."""

    @contextmanager
    def on_time() -> Iterator[None]:
        """Nothing: a child ends with its parent."""
        yield

else:
    import resource
    import signal

    def fence(handle: int) -> object:
        """Nothing: the child confines itself."""
        return None

    def confine() -> None:
        """Put this process behind its limits: so much memory, no file written, no trace of a crash."""
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    @contextmanager
    def on_time() -> Iterator[None]:
        """End this process if what is done here takes too long and no parent has ended it."""
        signal.alarm(MOST_SECONDS + _ALONE)
        yield
        signal.alarm(0)
