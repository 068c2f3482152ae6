// A whole rollout by Microsoft's own Node clients, with their own polling, against the local Azure ML.
//
// Environment: SLUICE_CONNECTION, the connection file of a running local Azure ML; SLUICE_MODELS, the folder that holds the model
// folders v1 and v2; NODE_EXTRA_CA_CERTS, the server's certificate.

import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import { MonitorClient } from "@azure/arm-monitor";
import { BlobServiceClient, StorageSharedKeyCredential } from "@azure/storage-blob";
import { between, end, equal, fails, refused } from "./checks.mjs";

const connection = JSON.parse(await readFile(process.env.SLUICE_CONNECTION, "utf8"));
const models = process.env.SLUICE_MODELS;
const { subscriptionId, resourceGroup: group, workspace, location } = connection;
const endpointUrl = connection.armEndpoint.replace(/\/$/, "");
const credential = {
  getToken: async () => ({ token: connection.bearerToken, expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const client = new AzureMachineLearningWorkspaces(credential, subscriptionId, { endpoint: endpointUrl, $host: endpointUrl });
const monitor = new MonitorClient(credential, subscriptionId, { endpoint: endpointUrl, $host: endpointUrl });
const quick = { updateIntervalInMs: 50 };
const base =
  `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.MachineLearningServices/workspaces/${workspace}`;
const name = "heart-node";
const blue = "blue";
const green = "green";

async function all(list) {
  const found = [];
  for await (const item of list) {
    found.push(item);
  }
  return found;
}

// What the deployments answered, counted here, for the metrics to be compared with.
const answered = {};

const names = async (list) => (await all(list)).map((item) => item.name);

async function score(uri, key, row, deployment) {
  const headers = { authorization: `Bearer ${key}`, "content-type": "application/json" };
  if (deployment) {
    headers["azureml-model-deployment"] = deployment;
  }
  const answer = await fetch(uri, { method: "POST", headers, body: JSON.stringify(row) });
  const text = await answer.text();
  const from = answer.headers.get("azureml-model-deployment");
  if (from) {
    answered[from] = (answered[from] ?? 0) + 1;
  }
  return {
    status: answer.status,
    deployment: from,
    server: answer.headers.get("server"),
    rows: answer.status === 200 ? JSON.parse(text).length : null,
  };
}

function endpointBody(endpoint, traffic) {
  const { tags, identity } = endpoint;
  return { location, tags, identity: { type: identity.type }, properties: { ...endpoint.properties, traffic } };
}

const setTraffic = async (traffic) =>
  client.onlineEndpoints.beginCreateOrUpdateAndWait(
    group, workspace, name, endpointBody(await client.onlineEndpoints.get(group, workspace, name), traffic), quick);

const deploymentBody = (version, instanceType = "Standard_DS2_v2") => ({
  location,
  tags: { role: "candidate" },
  properties: {
    endpointComputeType: "Managed",
    model: `${base}/models/heart-node/versions/${version}`,
    instanceType,
    scaleSettings: { scaleType: "Default" },
  },
  sku: { name: "Default", capacity: 1 },
});

const deploy = (deployment, version, instanceType) =>
  client.onlineDeployments.beginCreateOrUpdateAndWait(group, workspace, name, deployment, deploymentBody(version, instanceType), quick);

// The workspace, its datastore, and the model by the storage client.

const found = await client.workspaces.get(group, workspace);
equal("the workspace has its name and region", [found.name, found.location], [workspace, location]);
equal("the workspace is found in its group", await names(client.workspaces.listByResourceGroup(group)), [workspace]);
equal("the workspace is found in its subscription", await names(client.workspaces.listBySubscription()), [workspace]);

const store = await client.datastores.get(group, workspace, "workspaceblobstore");
const secrets = await client.datastores.listSecrets(group, workspace, "workspaceblobstore");
equal("the datastore is of blobs and has an account key",
  [store.properties.datastoreType, store.properties.isDefault, secrets.secretsType], ["AzureBlob", true, "AccountKey"]);
equal("the default datastore is listed",
  await names(client.datastores.list(group, workspace, { isDefault: true })), ["workspaceblobstore"]);

const blobs = new BlobServiceClient(
  `https://127.0.0.1:${connection.port}/${store.properties.accountName}`,
  new StorageSharedKeyCredential(store.properties.accountName, secrets.key));
const container = blobs.getContainerClient(store.properties.containerName);
for (const version of ["1", "2"]) {
  const folder = path.join(models, `v${version}`);
  const files = (await readdir(folder)).sort();
  for (const file of files) {
    await container.getBlockBlobClient(`LocalUpload/node-${version}/model/${file}`).uploadFile(path.join(folder, file));
  }

  const uploaded = [];
  for await (const blob of container.listBlobsFlat({ prefix: `LocalUpload/node-${version}/` })) {
    uploaded.push(path.posix.basename(blob.name));
  }
  equal(`all files of model version ${version} are in the datastore`, uploaded.sort(), files);

  const uri =
    `azureml://subscriptions/${subscriptionId}/resourcegroups/${group}/workspaces/${workspace}` +
    `/datastores/workspaceblobstore/paths/LocalUpload/node-${version}/model`;
  const model = await client.modelVersions.createOrUpdate(group, workspace, "heart-node", version, {
    properties: { modelType: "mlflow_model", modelUri: uri, description: "by the Node client", tags: { by: "node" } },
  });
  equal(`model version ${version} comes back as registered`,
    [model.name, model.properties.modelType, model.properties.modelUri, model.properties.tags, model.properties.isArchived],
    [version, "mlflow_model", uri.replace("resourcegroups", "resourceGroups"), { by: "node" }, false]);
  equal(`model version ${version} has its id`, model.id, `${base}/models/heart-node/versions/${version}`);
}

const registered = await client.modelContainers.get(group, workspace, "heart-node");
equal("the model knows its latest and its next version",
  [registered.properties.latestVersion, registered.properties.nextVersion], ["2", "3"]);
equal("the versions are listed", (await names(client.modelVersions.list(group, workspace, "heart-node"))).sort(), ["1", "2"]);
equal("one version is listed newest first", await names(client.modelVersions.list(group, workspace, "heart-node", { top: 1 })), ["2", "1"]);
equal("the models are listed", await names(client.modelContainers.list(group, workspace)), ["heart-node"]);
await refused("a model version that is not there is 404",
  () => client.modelVersions.get(group, workspace, "heart-node", "99"), { status: 404, code: "UserError", says: "not found" });

// The endpoint.

await refused("an endpoint that is not there is 404",
  () => client.onlineEndpoints.get(group, workspace, name),
  { status: 404, code: "ResourceNotFound", says: `onlineEndpoints/${name}' under resource group '${group}' was not found` });
await refused("an endpoint's name has a rule",
  () => client.onlineEndpoints.beginCreateOrUpdateAndWait(group, workspace, "1st", {
    location, identity: { type: "SystemAssigned" }, properties: { authMode: "Key" } }, quick),
  { status: 400, code: "BadRequest", says: "name [1st] is invalid" });

const created = await client.onlineEndpoints.beginCreateOrUpdate(group, workspace, name, {
  location, tags: { owner: "node" }, identity: { type: "SystemAssigned" },
  properties: { authMode: "Key", description: "made by the Node client" },
}, quick);
const endpoint = await created.pollUntilDone();
equal("the poller ends as succeeded", [created.isDone(), created.getOperationState().error ?? null], [true, null]);
equal("the endpoint has succeeded", endpoint.properties.provisioningState, "Succeeded");
equal("the endpoint has its id, type, kind and region",
  [endpoint.id, endpoint.type, endpoint.kind, endpoint.location],
  [`${base}/onlineEndpoints/${name}`, "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "Managed", location]);
equal("the endpoint's keys stay with the service", endpoint.properties.keys, undefined);
equal("the endpoint has no traffic yet", endpoint.properties.traffic, {});
equal("the endpoint keeps what was sent",
  [endpoint.tags, endpoint.properties.description, endpoint.properties.authMode, endpoint.properties.publicNetworkAccess],
  [{ owner: "node" }, "made by the Node client", "Key", "Enabled"]);
equal("the endpoint has an identity of its own",
  [endpoint.identity.type, /^[0-9a-f-]{36}$/.test(endpoint.identity.principalId)], ["SystemAssigned", true]);
equal("the endpoint's system data are dates", endpoint.systemData.createdAt instanceof Date, true);
equal("the service's own properties are there", endpoint.properties.properties["azureml.onlineendpointid"], endpoint.id.toLowerCase());
equal("the scoring address ends as Azure's", endpoint.properties.scoringUri.endsWith("/score"), true);

const uri = endpoint.properties.scoringUri;
const example = JSON.parse(await readFile(path.join(models, "v1", "serving_input_example.json"), "utf8"));
const row = { input_data: { ...example.dataframe_split, index: [0] } };
const keys = await client.onlineEndpoints.listKeys(group, workspace, name);
equal("there are two different keys", [keys.primaryKey.length > 0, keys.primaryKey === keys.secondaryKey], [true, false]);
equal("an endpoint without deployments answers 404", (await score(uri, keys.primaryKey, row)).status, 404);

// Blue.

const first = await deploy(blue, "1");
equal("blue has succeeded", first.properties.provisioningState, "Succeeded");
equal("blue is the model that was asked for", first.properties.model, `${base}/models/heart-node/versions/1`);
equal("blue's sku has the tier that the service adds", first.sku, { name: "Default", tier: "Standard", capacity: 1 });
equal("blue's request settings are the service's defaults", first.properties.requestSettings,
  { maxConcurrentRequestsPerInstance: 1, maxQueueWait: "PT0S", requestTimeout: "PT5S" });
equal("blue's probes are the service's defaults", first.properties.livenessProbe,
  { failureThreshold: 30, successThreshold: 1, timeout: "PT2S", period: "PT10S", initialDelay: "PT10S" });
equal("blue is managed", [first.kind, first.properties.endpointComputeType, first.properties.scaleSettings.scaleType],
  ["Managed", "Managed", "Default"]);
equal("blue takes all traffic", (await setTraffic({ [blue]: 100 })).properties.traffic, { [blue]: 100 });
equal("blue scores", await score(uri, keys.primaryKey, row), { status: 200, deployment: blue, server: "azureml-frontdoor", rows: 1 });
equal("the second key opens too", (await score(uri, keys.secondaryKey, row)).status, 200);
equal("a wrong key does not", (await score(uri, "wrong", row)).status, 401);

// Green at 0 %.

await deploy(green, "2");
equal("the deployments are listed, newest first", await names(client.onlineDeployments.list(group, workspace, name)), [green, blue]);
equal("a new deployment changes no traffic",
  (await client.onlineEndpoints.get(group, workspace, name)).properties.traffic, { [blue]: 100 });
equal("green scores by header", await score(uri, keys.primaryKey, row, green),
  { status: 200, deployment: green, server: "azureml-frontdoor", rows: 1 });
equal("without the header blue answers", (await score(uri, keys.primaryKey, row)).deployment, blue);
await refused("traffic that sums to 90 is refused", () => setTraffic({ [blue]: 50, [green]: 40 }),
  { status: 400, code: "BadRequest", says: "sums to 90" });
await refused("traffic for a deployment that is not there is refused", () => setTraffic({ [blue]: 50, nobody: 50 }),
  { status: 400, code: "BadRequest", says: "[nobody]" });
await refused("a deployment with traffic cannot be deleted",
  () => client.onlineDeployments.beginDeleteAndWait(group, workspace, name, blue, quick),
  { status: 400, code: "BadRequest", says: `Can't delete deployment [${blue}] with non-zero traffic weight` });
equal("refusals changed nothing", (await client.onlineEndpoints.get(group, workspace, name)).properties.traffic, { [blue]: 100 });

// 90/10.

equal("traffic is 90/10", (await setTraffic({ [blue]: 90, [green]: 10 })).properties.traffic, { [blue]: 90, [green]: 10 });
const requests = 300;
const served = { [blue]: 0, [green]: 0 };
let failed = 0;
for (let n = 0; n < requests; n += 1) {
  const answer = await score(uri, keys.primaryKey, row);
  failed += answer.status === 200 ? 0 : 1;
  served[answer.deployment] += 1;
}
equal("no request of the split failed", failed, 0);
equal("each request went to one of the two", served[blue] + served[green], requests);
between("about one request in ten went to green", served[green], 6, 66);

// The metrics say the same as what was counted here.

const resource = `${base}/onlineEndpoints/${name}`;
const minute = 60_000;
const timespan = `${new Date(Date.now() - 60 * minute).toISOString()}/${new Date(Date.now() + minute).toISOString()}`;
const total = (series) => series.data.reduce((sum, point) => sum + (point.total ?? 0), 0);
const byDeployment = await monitor.metrics.list(resource, {
  metricnames: "RequestsPerMinute", aggregation: "Total,Average", interval: "PT1M", timespan, filter: "deployment eq '*'" });
equal("requests are counted by deployment", Object.fromEntries(byDeployment.value[0].timeseries
  .map((series) => [series.metadatavalues[0].value, total(series)])), answered);
equal("the metric has its name and unit", [byDeployment.value[0].name.value, byDeployment.value[0].unit], ["RequestsPerMinute", "Count"]);
const failures = await monitor.metrics.list(resource, {
  metricnames: "RequestsPerMinute", aggregation: "Total", timespan, filter: "deployment eq 'green' and statusCodeClass ne '2xx'" });
equal("none of green's requests failed by the metrics", failures.value[0].timeseries, []);
const slow = await monitor.metrics.list(`${resource}/deployments/${blue}`, {
  metricnames: "RequestLatency_P95,RequestsPerMinute", aggregation: "Average,Total", interval: "PT1H", timespan });
equal("a deployment's own metrics are there",
  [slow.value.map((metric) => metric.name.value), total(slow.value[1].timeseries[0])],
  [["RequestLatency_P95", "RequestsPerMinute"], answered[blue]]);
equal("the metrics that can be asked for are listed",
  (await all(monitor.metricDefinitions.list(resource))).map((definition) => definition.name.value).slice(0, 2),
  ["RequestsPerMinute", "RequestLatency"]);

// Quota: two instances of two cores, each with the reserve for upgrades.

equal("the usage counts the cores with their reserve",
  (await all(client.usages.list(location))).map((usage) => [usage.currentValue, usage.limit]), [[8, 100]]);
equal("the quota is the usage's limit", (await all(client.quotas.list(location))).map((quota) => quota.limit), [100]);
equal("the machine sizes name their cores",
  (await client.virtualMachineSizes.list(location)).value.find((size) => size.name === "Standard_DS2_v2")?.vCPUs, 2);

await fails("a deployment beyond the quota is taken on and fails later", () => deploy("large", "2", "Standard_F64s_v2"),
  ["OutOfQuota", "Current usage/limit: 8/100. Additional needed: 128."]);
equal("the failed deployment is there to be looked at",
  (await client.onlineDeployments.get(group, workspace, name, "large")).properties.provisioningState, "Failed");
await refused("the failed deployment cannot be updated", () => deploy("large", "2"),
  { status: 400, code: "BadRequest", says: "[large] failed during initial provisioning and is in an unrecoverable state" });
await fails("a model that is not registered fails the deployment",
  () => deploy("nothing", "99"), ["ResourceNotFound", "version: 99 not found"]);
for (const lost of ["large", "nothing"]) {
  await client.onlineDeployments.beginDeleteAndWait(group, workspace, name, lost, quick);
}
equal("the failed deployments are deleted and the traffic is what it was",
  [await names(client.onlineDeployments.list(group, workspace, name)),
    (await client.onlineEndpoints.get(group, workspace, name)).properties.traffic],
  [[green, blue], { [blue]: 90, [green]: 10 }]);

// 0/100. The service leaves entries of 0 % out.

equal("traffic is all green's", (await setTraffic({ [blue]: 0, [green]: 100 })).properties.traffic, { [green]: 100 });
equal("green answers", (await score(uri, keys.primaryKey, row)).deployment, green);

// The rest of the routes, on the way.

const patched = await client.onlineEndpoints.beginUpdateAndWait(group, workspace, name, { tags: { owner: "node", stage: "done" } }, quick);
equal("a patch changes the tags and leaves the traffic",
  [patched.tags, patched.properties.traffic], [{ owner: "node", stage: "done" }, { [green]: 100 }]);
const scaled = await client.onlineDeployments.beginUpdateAndWait(
  group, workspace, name, green, { tags: { role: "stable" }, sku: { name: "Default", capacity: 2 } }, quick);
equal("a deployment is scaled and tagged", [scaled.sku.capacity, scaled.tags], [2, { role: "stable" }]);
equal("a scaled deployment still scores", (await score(uri, keys.primaryKey, row)).status, 200);
await refused("a deployment has at most 50 instances",
  () => client.onlineDeployments.beginUpdateAndWait(group, workspace, name, green, { sku: { name: "Default", capacity: 51 } }, quick),
  { status: 400, code: "BadRequest", says: "51" });
const skus = await all(client.onlineDeployments.listSkus(group, workspace, name, green));
equal("the skus say how far a deployment scales",
  skus.map((sku) => [sku.sku.name, sku.capacity.minimum, sku.capacity.maximum]), [["Default", 1, 50]]);
const logs = await client.onlineDeployments.getLogs(group, workspace, name, green, { containerType: "InferenceServer", tail: 100 });
equal("the log begins with the instance's status", logs.content.startsWith("Instance status:\nSystemSetup: Succeeded\n"), true);

await client.onlineEndpoints.beginRegenerateKeysAndWait(group, workspace, name, { keyType: "Secondary" }, quick);
const rotated = await client.onlineEndpoints.listKeys(group, workspace, name);
equal("only the secondary key is new",
  [rotated.primaryKey === keys.primaryKey, rotated.secondaryKey === keys.secondaryKey], [true, false]);
equal("the old secondary key is shut", (await score(uri, keys.secondaryKey, row)).status, 401);
equal("the new secondary key opens", (await score(uri, rotated.secondaryKey, row)).status, 200);
await refused("an endpoint with keys issues no tokens",
  () => client.onlineEndpoints.getToken(group, workspace, name), { status: 400, code: "BadRequest", says: "auth mode Key" });

// A second endpoint, with tokens: for lists in pages, and for the other way to score.

const other = "heart-node-token";
await client.onlineEndpoints.beginCreateOrUpdateAndWait(group, workspace, other, {
  location, identity: { type: "SystemAssigned" }, properties: { authMode: "AMLToken" } }, quick);
equal("two endpoints are listed", (await names(client.onlineEndpoints.list(group, workspace))).sort(), [name, other]);
equal("a list in pages of one comes to its end",
  (await names(client.onlineEndpoints.list(group, workspace, { count: 1 }))).sort(), [name, other]);
const token = await client.onlineEndpoints.getToken(group, workspace, other);
equal("a token is a bearer's, for a day, and is to be renewed before",
  [token.tokenType, token.expiryTimeUtc - token.refreshAfterTimeUtc], ["Bearer", 12 * 60 * 60]);
await refused("an endpoint with tokens shows no keys",
  () => client.onlineEndpoints.listKeys(group, workspace, other), { status: 400, code: "BadRequest", says: "auth mode AMLToken" });
await client.onlineEndpoints.beginDeleteAndWait(group, workspace, other, quick);

// The end.

await client.onlineDeployments.beginDeleteAndWait(group, workspace, name, blue, quick);
equal("only green is left", await names(client.onlineDeployments.list(group, workspace, name)), [green]);
await refused("blue is gone", () => client.onlineDeployments.get(group, workspace, name, blue),
  { status: 404, code: "ResourceNotFound", says: `deployments/${blue}'` });
await client.onlineEndpoints.beginDeleteAndWait(group, workspace, name, quick);
await refused("the endpoint is gone", () => client.onlineEndpoints.get(group, workspace, name),
  { status: 404, code: "ResourceNotFound", says: name });
equal("the gone endpoint scores no more", (await score(uri, rotated.primaryKey, row)).status, 404);
await client.onlineEndpoints.beginDeleteAndWait(group, workspace, name, quick);
equal("deleting it again is no error", await names(client.onlineEndpoints.list(group, workspace)), []);
end();
