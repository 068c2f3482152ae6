// The rollout that Sluice does, as a script would do it with Microsoft's Node clients and their default polling: both versions registered,
// the endpoint, the first deployment with all traffic, the second one beside it, and the same weights, bakes and probes.
//
// Environment: SLUICE_CONNECTION, the connection file of a running local Azure ML; SLUICE_MODELS, the folder that holds the model folders v1
// and v2; SLUICE_WEIGHTS, the second deployment's weights; SLUICE_BAKE, the seconds that each of them is held; SLUICE_PROBES, the requests at
// the beginning and the end of each bake; NODE_EXTRA_CA_CERTS, the server's certificate. Prints the seconds that it took.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";

const connection = JSON.parse(await readFile(process.env.SLUICE_CONNECTION, "utf8"));
const models = process.env.SLUICE_MODELS;
const weights = process.env.SLUICE_WEIGHTS.split(",").map(Number);
const bake = Number(process.env.SLUICE_BAKE) * 1000;
const probes = Number(process.env.SLUICE_PROBES);
const { subscriptionId, resourceGroup: group, workspace, location } = connection;
const endpointUrl = connection.armEndpoint.replace(/\/$/, "");
const credential = {
  getToken: async () => ({ token: connection.bearerToken, expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const [model, endpoint, stable, candidate] = ["heart-classifier", "heart-classifier", "default", "green-2"];
const client = new AzureMachineLearningWorkspaces(credential, subscriptionId, { endpoint: endpointUrl, $host: endpointUrl });
const example = JSON.parse(await readFile(path.join(models, "v1", "serving_input_example.json"), "utf8"));
const row = JSON.stringify({ input_data: { ...example.dataframe_split, index: [0] } });

const begin = performance.now();
await register();
await createEndpoint();
const { scoringUri } = (await client.onlineEndpoints.get(group, workspace, endpoint)).properties;
const { primaryKey } = await client.onlineEndpoints.listKeys(group, workspace, endpoint);
await deploy(stable, "1");
await score(stable);
await setTraffic({ [stable]: 100 });
await deploy(candidate, "2");
await score(candidate);
for (const weight of weights) {
  await setTraffic({ [stable]: 100 - weight, [candidate]: weight });
  await bakeNow();
}
await setTraffic({ [candidate]: 100 });
await bakeNow();
console.log(JSON.stringify({ seconds: (performance.now() - begin) / 1000 }));

async function register() {
  const datastore = (await client.datastores.get(group, workspace, "workspaceblobstore")).properties;
  const { key } = await client.datastores.listSecrets(group, workspace, "workspaceblobstore");
  const container = new BlobServiceClient(
    `https://127.0.0.1:${connection.port}/${datastore.accountName}`,
    new StorageSharedKeyCredential(datastore.accountName, key)).getContainerClient(datastore.containerName);
  for (const version of ["1", "2"]) {
    const folder = path.join(models, `v${version}`);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file).split(path.sep).join("/");
      return container.getBlockBlobClient(`LocalUpload/reference-${version}/model/${name}`).uploadFile(file);
    }));
    await client.modelVersions.createOrUpdate(group, workspace, model, version, {
      properties: {
        modelType: "mlflow_model",
        modelUri: `azureml://subscriptions/${subscriptionId}/resourcegroups/${group}/workspaces/${workspace}`
          + `/datastores/workspaceblobstore/paths/LocalUpload/reference-${version}/model`,
      },
    });
  }
}

function createEndpoint() {
  return client.onlineEndpoints.beginCreateOrUpdateAndWait(
    group, workspace, endpoint, { location, identity: { type: "SystemAssigned" }, properties: { authMode: "Key" } });
}

function deploy(deployment, version) {
  return client.onlineDeployments.beginCreateOrUpdateAndWait(group, workspace, endpoint, deployment, {
    location,
    properties: {
      endpointComputeType: "Managed",
      model: `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.MachineLearningServices`
        + `/workspaces/${workspace}/models/${model}/versions/${version}`,
      instanceType: "Standard_DS2_v2",
      scaleSettings: { scaleType: "Default" },
    },
    sku: { name: "Default", capacity: 1 },
  });
}

async function setTraffic(traffic) {
  const { tags, identity, properties } = await client.onlineEndpoints.get(group, workspace, endpoint);
  await client.onlineEndpoints.beginCreateOrUpdateAndWait(
    group, workspace, endpoint, { location, tags, identity: { type: identity.type }, properties: { ...properties, traffic } });
}

async function bakeNow() {
  const end = performance.now() + bake;
  await probe();
  await sleep(Math.max(0, end - performance.now()));
  await probe();
}

async function probe() {
  for (let sent = 0; sent < probes; sent += 1) {
    await score(candidate);
  }
}

async function score(deployment) {
  const answer = await fetch(scoringUri, {
    method: "POST",
    headers: { authorization: `Bearer ${primaryKey}`, "content-type": "application/json", "azureml-model-deployment": deployment },
    body: row,
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${deployment} answered ${answer.status}: ${text}`);
  }
}
