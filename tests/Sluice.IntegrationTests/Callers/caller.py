"""Calls an endpoint over and over on Python's own http.client, over connections that stay open, as a program of somebody's does that
knows nothing of rollouts: it reads the endpoint's address and keys over ARM, sends the primary key, and when that is refused it reads the
keys again and repeats the request, once, with a key that was not refused.

Environment: SLUICE_CONNECTION, the connection file of a running local Azure ML, which names its certificate; SLUICE_ENDPOINT, the
endpoint's name; SLUICE_ROWS, a JSON file with columns and data; SLUICE_PINNED, names of deployments that some requests ask for, with
commas; SLUICE_SEED, what rows and names are drawn from; SLUICE_ANSWERS, the file to write, a line a request: sent, received, status,
deployment that answered, deployment that was asked for, when the refused key was read, when it was refused, what went wrong, with tabs.
Times are nanoseconds of the machine's monotonic clock.

Output: the clock at the beginning, then how many requests are over, again and again. It ends when standard input does.
"""

import http.client
import json
import os
import pathlib
import random
import ssl
import sys
import threading
import time
import urllib.parse

CONNECTIONS = 3
SHARE_OF_PINNED = 0.1
REPORT_EVERY_SECONDS = 0.2

clock = time.perf_counter_ns
print(clock(), flush=True)

connection = json.loads(pathlib.Path(os.environ["SLUICE_CONNECTION"]).read_text())
trust = ssl.create_default_context(cafile=connection["certificatePath"])
table = json.loads(pathlib.Path(os.environ["SLUICE_ROWS"]).read_text())
bodies = [
    json.dumps({"input_data": {"columns": table["columns"], "index": [0], "data": [row]}}).encode() for row in table["data"]
]
pinned = os.environ["SLUICE_PINNED"].split(",")
endpoint = (
    f"/subscriptions/{connection['subscriptionId']}/resourceGroups/{connection['resourceGroup']}"
    f"/providers/Microsoft.MachineLearningServices/workspaces/{connection['workspace']}"
    f"/onlineEndpoints/{os.environ['SLUICE_ENDPOINT']}"
)


def connect(url):
    return http.client.HTTPSConnection(urllib.parse.urlsplit(url).netloc, context=trust, timeout=60)


def arm(method, path):
    line = connect(connection["armEndpoint"])
    try:
        line.request(
            method, f"{endpoint}{path}?api-version=2023-10-01", headers={"Authorization": f"Bearer {connection['bearerToken']}"}
        )
        answer = line.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path} got {answer.status}")
        return json.load(answer)
    finally:
        line.close()


class Key:
    """The key that all threads send."""

    def __init__(self):
        self._reading = threading.Lock()
        self.current = self._read(None)

    def instead_of(self, refused):
        """Those whose key was refused at the same time read the new one once."""
        with self._reading:
            if self.current[0] == refused:
                self.current = self._read(refused)
            return self.current

    def _read(self, refused):
        read_at = clock()
        keys = arm("POST", "/listKeys")
        value = keys["secondaryKey"] if keys["primaryKey"] == refused else keys["primaryKey"]
        return value, read_at


class Caller(threading.Thread):
    """One connection, one request after the other."""

    def __init__(self, number):
        super().__init__()
        self._random = random.Random(f"{os.environ['SLUICE_SEED']} {number}")
        self._line = connect(scoring_uri)
        self.answers = []

    def run(self):
        while not ended.is_set():
            self._request()
        self._line.close()

    def _request(self):
        body = self._random.choice(bodies)
        deployment = self._random.choice(pinned) if self._random.random() < SHARE_OF_PINNED else ""
        sent = clock()
        refused = ("", "")
        status, by, trouble = 0, "", ""
        try:
            key, read_at = keys.current
            status, by, text = self._score(key, body, deployment)
            if status == 401:
                refused = (read_at, clock())
                other, _ = keys.instead_of(key)
                sent = clock()
                status, by, text = self._score(other, body, deployment)
            if status == 200:
                found = json.loads(text)
                if not isinstance(found, list) or len(found) != 1:
                    trouble = "the body is no list of one prediction"
        except Exception as error:  # Whatever it is, it is this request's end and not the caller's.
            trouble = " ".join(f"{type(error).__name__}: {error}".split())
            self._line.close()
        received = clock()
        self.answers.append((sent, received, status, by, deployment, *refused, trouble))

    def _score(self, key, body, deployment):
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        if deployment:
            headers["azureml-model-deployment"] = deployment
        self._line.request("POST", scoring_path, body, headers)
        answer = self._line.getresponse()
        return answer.status, answer.getheader("azureml-model-deployment", ""), answer.read()


scoring_uri = arm("GET", "")["properties"]["scoringUri"]
scoring_path = urllib.parse.urlsplit(scoring_uri).path
keys = Key()
ended = threading.Event()
callers = [Caller(number) for number in range(CONNECTIONS)]
for caller in callers:
    caller.start()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
while not ended.wait(REPORT_EVERY_SECONDS):
    print(sum(len(caller.answers) for caller in callers), flush=True)
with open(os.environ["SLUICE_ANSWERS"], "w", encoding="utf-8", newline="\n") as file:
    for caller in callers:
        caller.join()
        file.writelines("\t".join(map(str, answer)) + "\n" for answer in caller.answers)
