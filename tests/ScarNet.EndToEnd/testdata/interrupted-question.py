"""Runs a program at a terminal of its own, presses Ctrl-C at its question, and says how it ended."""
import os
import pty
import select
import signal
import sys
import time

child, terminal = pty.fork()
if child == 0:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a test run in the background of a script inherits it ignored
    os.execvp(sys.argv[1], sys.argv[1:])

said, asked = b"", False
deadline = time.monotonic() + 60
while time.monotonic() < deadline:
    if select.select([terminal], [], [], 1)[0]:
        try:
            some = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            some = b""
        if not some:
            break
        said += some
    if not asked and b"[y/N] " in said:
        asked = True
        os.write(terminal, b"\x03")
        deadline = time.monotonic() + 20  # less than an interrupted command has before it is ended by force
else:
    os.kill(child, signal.SIGKILL)

sys.stdout.write(said.decode(errors="replace"))
print("\nended with", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
