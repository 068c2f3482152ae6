"""Runs a scoring script for the local Azure ML.

Requests come in on standard input and replies go out on standard output. The script gets neither: what it prints goes to
standard error, which is the container's log. There, a line that ends in EOT closes what came before the first reply: the
two pipes are read apart. The process ends when its input ends.

In:   4 bytes length, headers as JSON, 4 bytes length, body.
Out:  1 letter, 4 bytes length, payload.  Lengths are big endian.
      + ready   - not started   A answer as JSON   F run() has thrown   J the answer is no JSON

The rules about init(), run() and their arguments are those of azureml-inference-server-http.
"""

import importlib.util
import inspect
import json
import os
import queue
import struct
import sys
import threading
import traceback


def main():
    inbox = os.fdopen(os.dup(0), "rb")
    outbox = os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    sys.stdin = open(os.devnull, encoding="utf-8")
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)

    requests = queue.Queue()
    threading.Thread(target=receive, args=(inbox, requests), daemon=True).start()
    try:
        run = load(os.environ["AML_APP_ROOT"], os.environ["AZUREML_ENTRY_SCRIPT"])
    except BaseException as error:
        traceback.print_exc()
        reply(outbox, b"-", describe(error))
        return
    end_log_of_init()
    reply(outbox, b"+", "")
    while True:
        headers, body = requests.get()
        score(outbox, run, headers, body)


def end_log_of_init():
    try:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(2, b"\x04\n")
    except (OSError, ValueError):
        pass  # The script has closed the log.


def receive(inbox, requests):
    """Reads ahead, so that the end of the input is noticed even while the script is at work."""
    while True:
        headers = read_part(inbox)
        body = None if headers is None else read_part(inbox)
        if body is None:
            os._exit(0)
        requests.put((headers, body))


def read_part(inbox):
    head = inbox.read(4)
    if len(head) < 4:
        return None
    length = struct.unpack(">i", head)[0]
    part = inbox.read(length)
    return part if len(part) == length else None


def load(app_root, entry_script):
    sys.path.append(app_root)
    path = os.path.join(app_root, entry_script.replace("/", os.sep))
    spec = importlib.util.spec_from_file_location("entry_module", path)
    if spec is None:
        raise ImportError(f"{entry_script} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("init", "run"):
        if not hasattr(module, name):
            raise AttributeError(f"{entry_script} does not have a {name}() function defined")
    call = bind(module.run)
    module.init()
    return call


def bind(run):
    refuse_decorators(run)
    parameters = list(inspect.signature(run).parameters.values())
    if any(parameter.kind not in (parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD) for parameter in parameters):
        raise TypeError("run() cannot accept positional-only arguments, *args, or **kwargs")
    inputs = [parameter.name for parameter in parameters if parameter.name != "request_headers"]
    if not inputs:
        raise TypeError("run() needs to accept an argument for input data")
    wants_headers = len(inputs) < len(parameters)

    def call(text, headers):
        arguments = {inputs[0]: text}
        if wants_headers:
            arguments["request_headers"] = headers
        return run(**arguments)

    return call


def refuse_decorators(run):
    """A script can use them only where their packages are installed; then they are told apart, and not run wrongly."""
    try:
        from inference_schema.schema_util import is_schema_decorated
    except ImportError:
        return
    if is_schema_decorated(run):
        raise TypeError("run() is decorated with @input_schema; the local Azure ML runs plain run(data) only")


def score(outbox, run, headers, body):
    try:
        answer = run(body.decode("utf-8"), json.loads(headers))
    except Exception as error:
        traceback.print_exc()
        reply(outbox, b"F", describe(error))
        return
    try:
        text = json.dumps({} if answer is None else answer)
    except (TypeError, ValueError, RecursionError) as error:
        traceback.print_exc()
        reply(outbox, b"J", describe(error))
        return
    reply(outbox, b"A", text)


def describe(error):
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def reply(outbox, kind, text):
    payload = text.encode("utf-8", "replace")
    outbox.write(kind + struct.pack(">i", len(payload)) + payload)
    outbox.flush()


main()
