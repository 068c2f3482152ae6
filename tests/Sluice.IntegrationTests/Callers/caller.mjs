// Calls an endpoint over and over on Node's own https, over connections that stay open, as a program of somebody's does that knows nothing
// of rollouts: it reads the endpoint's address and keys over ARM, sends the primary key, and when that is refused it reads the keys again
// and repeats the request, once, with a key that was not refused.
//
// Environment: SLUICE_CONNECTION, the connection file of a running local Azure ML; SLUICE_ENDPOINT, the endpoint's name; SLUICE_ROWS, a
// JSON file with columns and data; SLUICE_PINNED, names of deployments that some requests ask for, with commas; SLUICE_SEED, what rows and
// names are drawn from; SLUICE_ANSWERS, the file to write, a line a request: sent, received, status, deployment that answered, deployment
// that was asked for, when the refused key was read, when it was refused, what went wrong, with tabs; NODE_EXTRA_CA_CERTS, the server's
// certificate. Times are nanoseconds of the machine's monotonic clock.
//
// Output: the clock at the beginning, then how many requests are over, again and again. It ends when standard input does.

import { createWriteStream } from "node:fs";
import { readFile } from "node:fs/promises";
import https from "node:https";

const CONNECTIONS = 6;
const SHARE_OF_PINNED = 0.1;
const REPORT_EVERY_MS = 200;

console.log(String(process.hrtime.bigint()));

const connection = JSON.parse(await readFile(process.env.SLUICE_CONNECTION, "utf8"));
const { columns, data } = JSON.parse(await readFile(process.env.SLUICE_ROWS, "utf8"));
const bodies = data.map((row) => Buffer.from(JSON.stringify({ input_data: { columns, index: [0], data: [row] } })));
const pinned = process.env.SLUICE_PINNED.split(",");
const answers = createWriteStream(process.env.SLUICE_ANSWERS);
const agent = new https.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
const endpoint =
  `${connection.armEndpoint}subscriptions/${connection.subscriptionId}/resourceGroups/${connection.resourceGroup}` +
  `/providers/Microsoft.MachineLearningServices/workspaces/${connection.workspace}/onlineEndpoints/${process.env.SLUICE_ENDPOINT}`;

// Mulberry32: small, and the same numbers everywhere.
let state = Number(process.env.SLUICE_SEED) >>> 0;
function random() {
  state = (state + 0x6d2b79f5) >>> 0;
  let z = state;
  z = Math.imul(z ^ (z >>> 15), z | 1);
  z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
  return ((z ^ (z >>> 14)) >>> 0) / 2 ** 32;
}

const draw = (items) => items[Math.floor(random() * items.length)];

function send(url, method, headers, body) {
  return new Promise((resolve, reject) => {
    const request = https.request(url, { method, agent, headers: { ...headers, "content-length": body.length } }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function arm(method, path) {
  const answer = await send(
    `${endpoint}${path}?api-version=2023-10-01`, method, { authorization: `Bearer ${connection.bearerToken}` }, Buffer.alloc(0));
  if (answer.status !== 200) {
    throw new Error(`${method} ${path} got ${answer.status}`);
  }
  return JSON.parse(answer.text);
}

async function readKey(refused) {
  const readAt = process.hrtime.bigint();
  const { primaryKey, secondaryKey } = await arm("POST", "/listKeys");
  return { value: primaryKey === refused ? secondaryKey : primaryKey, readAt };
}

const { scoringUri } = (await arm("GET", "")).properties;
let key = await readKey(null);
let reading = null;

// All whose key was refused at the same time read the new one together.
async function keyInsteadOf(refused) {
  if (key.value === refused) {
    reading ??= readKey(refused).finally(() => (reading = null));
    key = await reading;
  }
  return key;
}

function score(used, body, deployment) {
  const headers = { authorization: `Bearer ${used.value}`, "content-type": "application/json" };
  if (deployment) {
    headers["azureml-model-deployment"] = deployment;
  }
  return send(scoringUri, "POST", headers, body);
}

function troubleWith(answer) {
  if (answer.status !== 200) {
    return "";
  }
  const found = JSON.parse(answer.text);
  return Array.isArray(found) && found.length === 1 ? "" : "the body is no list of one prediction";
}

async function request() {
  const body = draw(bodies);
  const deployment = random() < SHARE_OF_PINNED ? draw(pinned) : "";
  let sent = process.hrtime.bigint();
  let refused = ["", ""];
  let answer = null;
  let trouble = "";
  try {
    const used = key;
    answer = await score(used, body, deployment);
    if (answer.status === 401) {
      refused = [used.readAt, process.hrtime.bigint()];
      const other = await keyInsteadOf(used.value);
      sent = process.hrtime.bigint();
      answer = await score(other, body, deployment);
    }
    trouble = troubleWith(answer);
  } catch (error) {
    trouble = String(error).replace(/\s+/g, " ");
  }
  const received = process.hrtime.bigint();
  const by = answer?.headers["azureml-model-deployment"] ?? "";
  answers.write(`${[sent, received, answer?.status ?? 0, by, deployment, ...refused, trouble].join("\t")}\n`);
}

let over = 0;
let ended = false;
process.stdin.resume();
process.stdin.on("end", () => (ended = true));
const report = setInterval(() => console.log(String(over)), REPORT_EVERY_MS);

async function call() {
  while (!ended) {
    await request();
    over++;
  }
}

await Promise.all(Array.from({ length: CONNECTIONS }, call));
clearInterval(report);
agent.destroy();
await new Promise((resolve) => answers.end(resolve));
