"""What a script says about the local Azure ML: one JSON line per check, judged by the test that started the script."""

import json

from azure.core.exceptions import HttpResponseError

_count = 0


def _print(**line):
    global _count
    _count += 1
    print(json.dumps(line), flush=True)


def equal(check, found, expected):
    """A value that has to equal another one."""
    _print(check=check, found=found, expected=expected)


def between(check, found, at_least, at_most):
    """A number that has to lie between two others."""
    _print(check=check, found=found, atLeast=at_least, atMost=at_most)


def refused(check, call, status, code, says):
    """A call that has to be refused: status, error code, and a piece of the message."""
    expected = {"status": status, "code": code, "says": says}
    try:
        call()
        found = "not refused"
    except HttpResponseError as error:
        text = f"{error.message} {error.response.text()}"
        found = {
            "status": error.status_code,
            "code": error.error.code if error.error else None,
            "says": says if says in text else text,
        }
    _print(check=check, found=found, expected=expected)


def fails(check, call, *says):
    """An operation that has to be taken on and to fail later: each piece has to be in the error that the client's poller raises."""
    try:
        call()
        found = "did not fail"
    except HttpResponseError as error:
        found = list(says) if all(piece in str(error) for piece in says) else str(error)
    _print(check=check, found=found, expected=list(says))


def end():
    """The last line: without it the script did not get to its end."""
    print(json.dumps({"end": _count}), flush=True)
