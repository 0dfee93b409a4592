"""Debian's aws, imported once and forked for each command: its import takes most of a call's time.

Reads one JSON object a line: id, arguments, environment, directory, output and error (paths of files for the two streams). Writes
"id exit-code" a line when a command has ended. Ends with its standard input.
"""
import json
import os
import signal
import sys

from awscli.clidriver import create_clidriver

driver = create_clidriver()
for service in ("batch", "lambda", "logs", "s3", "sts"):  # what a client loads at first use is then there in every fork
    driver.session.create_client(service, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def run(command):
    os.environ.update(command["environment"])
    os.chdir(command["directory"])
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for descriptor, name in ((0, os.devnull), (1, command["output"]), (2, command["error"])):
        opened = os.open(name, os.O_RDONLY if descriptor == 0 else flags, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    try:
        code = create_clidriver().main(command["arguments"])
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else 0 if code is None else 1


for line in sys.stdin:
    command = json.loads(line)
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        child = os.fork()
        if child == 0:
            code = 255
            try:
                code = run(command)
            finally:
                os._exit(code)
        status = os.waitpid(child, 0)[1]
        os.write(1, f"{command['id']} {os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
