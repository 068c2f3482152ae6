"""A whole rollout by Microsoft's own Python clients, with their own polling, against the local Azure ML.

Environment: SLUICE_CONNECTION, the connection file of a running local Azure ML; SLUICE_MODELS, the folder that holds the model folders
v1 and v2; REQUESTS_CA_BUNDLE, the server's certificate.
"""

import datetime
import json
import os
import pathlib
import re
import socket
import time

import requests
from azure.core.credentials import AccessToken
from azure.mgmt.machinelearningservices import MachineLearningServicesMgmtClient
from azure.mgmt.machinelearningservices import models as ml
from azure.mgmt.monitor import MonitorManagementClient
from azure.storage.blob import BlobClient, BlobServiceClient

from checks import between, end, equal, fails, refused

# Names below localhost mean this machine (RFC 6761), which not every system's resolver and no proxy knows.
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **named: resolve(
    "localhost" if isinstance(host, str) and host.endswith(".localhost") else host, *rest, **named
)
os.environ["NO_PROXY"] = "localhost,127.0.0.1"

connection = json.loads(pathlib.Path(os.environ["SLUICE_CONNECTION"]).read_text())
folders = pathlib.Path(os.environ["SLUICE_MODELS"])
subscription = connection["subscriptionId"]
group = connection["resourceGroup"]
workspace = connection["workspace"]
location = connection["location"]
arm = connection["armEndpoint"].rstrip("/")
base = (
    f"/subscriptions/{subscription}/resourceGroups/{group}"
    f"/providers/Microsoft.MachineLearningServices/workspaces/{workspace}"
)
NAME = "heart-python"


class Credential:
    """Hands out the token that the local Azure ML wants."""

    def get_token(self, *scopes, **_):
        return AccessToken(connection["bearerToken"], int(time.time()) + 3600)


client = MachineLearningServicesMgmtClient(
    Credential(), subscription, base_url=arm, credential_scopes=[f"{arm}/.default"], polling_interval=0.05
)


monitor = MonitorManagementClient(Credential(), subscription, base_url=arm, credential_scopes=[f"{arm}/.default"])

# What the deployments answered, counted here, for the metrics to be compared with.
answered = {}


def names(found):
    return [item.name for item in found]


def score(uri, key, row, deployment=None):
    headers = {"Authorization": f"Bearer {key}"}
    if deployment:
        headers["azureml-model-deployment"] = deployment
    answer = requests.post(uri, json=row, headers=headers, timeout=60)
    served_by = answer.headers.get("azureml-model-deployment")
    if served_by:
        answered[served_by] = answered.get(served_by, 0) + 1
    return {
        "status": answer.status_code,
        "deployment": served_by,
        "rows": len(answer.json()) if answer.status_code == 200 else None,
    }


def set_traffic(traffic):
    endpoint = client.online_endpoints.get(group, workspace, NAME)
    endpoint.properties.traffic = traffic
    return client.online_endpoints.begin_create_or_update(group, workspace, NAME, endpoint).result()


def deploy(deployment, version, instance_type="Standard_DS2_v2"):
    body = ml.OnlineDeployment(
        location=location,
        tags={"role": "candidate"},
        sku=ml.Sku(name="Default", capacity=1),
        properties=ml.ManagedOnlineDeployment(
            model=f"{base}/models/heart-python/versions/{version}",
            instance_type=instance_type,
            scale_settings=ml.DefaultScaleSettings(),
            request_settings=ml.OnlineRequestSettings(request_timeout="PT10S", max_concurrent_requests_per_instance=2),
        ),
    )
    return client.online_deployments.begin_create_or_update(group, workspace, NAME, deployment, body).result()


# The workspace, its datastore, and the model by the storage client.

found = client.workspaces.get(group, workspace)
equal("the workspace has its name and region", [found.name, found.location], [workspace, location])
equal("the workspace is found in its group", names(client.workspaces.list_by_resource_group(group)), [workspace])

store = client.datastores.get(group, workspace, "workspaceblobstore").properties
secrets = client.datastores.list_secrets(group, workspace, "workspaceblobstore")
equal(
    "the datastore is of blobs and has an account key",
    [store.datastore_type, store.is_default, secrets.secrets_type],
    ["AzureBlob", True, "AccountKey"],
)

blobs = BlobServiceClient(f"https://{store.account_name}.blob.{store.endpoint}", credential=secrets.key)
by_path = BlobServiceClient(f"https://127.0.0.1:{connection['port']}/{store.account_name}", credential=secrets.key)
named = BlobClient.from_blob_url(f"{blobs.url}{store.container_name}/folder/a.txt", credential=secrets.key)
equal(
    "the storage client finds account, container and blob in an address",
    [blobs.account_name, named.account_name, named.container_name, named.blob_name],
    [store.account_name, store.account_name, store.container_name, "folder/a.txt"],
)
equal("the account has the same containers by path", names(by_path.list_containers()), names(blobs.list_containers()))
container = blobs.get_container_client(store.container_name)
equal(
    "the account says its kind, and each of its containers too",
    [asked.get_account_information()["account_kind"] for asked in (blobs, container)],
    ["StorageV2", "StorageV2"],
)
service = blobs.get_service_properties()
equal(
    "the service has nothing switched on",
    [service["analytics_logging"].read, service["hour_metrics"].enabled, service["cors"], service["delete_retention_policy"].enabled],
    [False, False, [], False],
)
for version in ["1", "2"]:
    files = sorted(file.name for file in (folders / f"v{version}").iterdir())
    for file in files:
        with open(folders / f"v{version}" / file, "rb") as content:
            container.upload_blob(f"LocalUpload/python-{version}/model/{file}", content)
    uploaded = sorted(b.name.rsplit("/", 1)[1] for b in container.list_blobs(f"LocalUpload/python-{version}/"))
    equal(f"all files of model version {version} are in the datastore", uploaded, files)

    uri = (
        f"azureml://subscriptions/{subscription}/resourcegroups/{group}/workspaces/{workspace}"
        f"/datastores/workspaceblobstore/paths/LocalUpload/python-{version}/model"
    )
    model = client.model_versions.create_or_update(
        group,
        workspace,
        "heart-python",
        version,
        ml.ModelVersion(properties=ml.ModelVersionProperties(model_type="mlflow_model", model_uri=uri, tags={"by": "python"})),
    )
    equal(
        f"model version {version} comes back as registered",
        [model.id, model.name, model.properties.model_type, model.properties.model_uri, model.properties.tags],
        [
            f"{base}/models/heart-python/versions/{version}",
            version,
            "mlflow_model",
            uri.replace("resourcegroups", "resourceGroups"),
            {"by": "python"},
        ],
    )

registered = client.model_containers.get(group, workspace, "heart-python").properties
equal("the model knows its latest and its next version", [registered.latest_version, registered.next_version], ["2", "3"])
equal("the newest version is listed first", next(iter(client.model_versions.list(
    group, workspace, "heart-python", order_by="createdtime desc", top=1))).name, "2")
equal("the versions are listed in pages", sorted(names(client.model_versions.list(group, workspace, "heart-python", top=1))), ["1", "2"])
refused("a model that is not there is 404",
        lambda: client.model_containers.get(group, workspace, "nobody"), 404, "UserError", "nobody")

# Environments and data.


def register_environment(image):
    return client.environment_versions.create_or_update(
        group, workspace, NAME, "1", ml.EnvironmentVersion(properties=ml.EnvironmentVersionProperties(image=image)))


def archive_environment(is_archived):
    found = client.environment_containers.get(group, workspace, NAME)
    found.properties.is_archived = is_archived
    client.environment_containers.create_or_update(group, workspace, NAME, found)


def active_environments():
    return [names(client.environment_containers.list(group, workspace)), names(client.environment_versions.list(group, workspace, NAME))]


register_environment("one")
refused("another image of a registered environment is 409", lambda: register_environment("two"), 409, "UserError",
        f"Environment {NAME} with version 1 is already registered and cannot be changed.")
archive_environment(True)
equal("an archived environment and its versions are in no list of active ones", active_environments(), [[], []])
archive_environment(False)
equal("a restored environment and its versions are listed again", active_environments(), [[NAME], ["1"]])

place = "azureml://datastores/workspaceblobstore/paths/modelDataCollector"
data = client.data_versions.create_or_update(
    group, workspace, NAME, "1", ml.DataVersionBase(properties=ml.UriFolderDataVersion(data_uri=place)))
equal("data comes back as registered", [data.properties.data_type, data.properties.data_uri], ["uri_folder", place])

# The endpoint.

refused("an endpoint that is not there is 404",
        lambda: client.online_endpoints.get(group, workspace, NAME), 404, "ResourceNotFound", f"onlineEndpoints/{NAME}'")
refused("an endpoint cannot be created with traffic",
        lambda: client.online_endpoints.begin_create_or_update(group, workspace, NAME, ml.OnlineEndpoint(
            location=location, properties=ml.OnlineEndpointProperties(auth_mode="Key", traffic={"blue": 100}))),
        400, "BadRequest", "[blue]")

poller = client.online_endpoints.begin_create_or_update(group, workspace, NAME, ml.OnlineEndpoint(
    location=location,
    tags={"owner": "python"},
    identity=ml.ManagedServiceIdentity(type="SystemAssigned"),
    properties=ml.OnlineEndpointProperties(auth_mode="Key", description="made by the Python client"),
))
endpoint = poller.result()
equal("the poller ends as succeeded", [poller.done(), poller.status()], [True, "Succeeded"])
equal("the endpoint has succeeded", endpoint.properties.provisioning_state, "Succeeded")
equal("the endpoint has its id, type, kind and region",
      [endpoint.id, endpoint.type, endpoint.kind, endpoint.location],
      [f"{base}/onlineEndpoints/{NAME}", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "Managed", location])
equal("the endpoint has neither keys nor traffic to show", [endpoint.properties.keys, endpoint.properties.traffic], [None, {}])
equal("the endpoint keeps what was sent", [endpoint.tags, endpoint.properties.description],
      [{"owner": "python"}, "made by the Python client"])
equal("the endpoint has an identity of its own",
      [endpoint.identity.type, bool(re.fullmatch("[0-9a-f-]{36}", endpoint.identity.principal_id))], ["SystemAssigned", True])
uri = endpoint.properties.scoring_uri
equal("the addresses end as Azure's",
      [uri.rsplit("/", 1)[1], endpoint.properties.swagger_uri.rsplit("/", 1)[1]], ["score", "swagger.json"])
equal("the endpoint is listed", names(client.online_endpoints.list(group, workspace)), [NAME])

example = json.loads((folders / "v1" / "serving_input_example.json").read_text())
row = {"input_data": {**example["dataframe_split"], "index": [0]}}
keys = client.online_endpoints.list_keys(group, workspace, NAME)
equal("there are two different keys", keys.primary_key != keys.secondary_key, True)

# Blue, then green at 0 %.

blue = deploy("blue", "1")
equal("blue has succeeded with its model",
      [blue.properties.provisioning_state, blue.properties.model], ["Succeeded", f"{base}/models/heart-python/versions/1"])
equal("blue's sku has the tier that the service adds", blue.sku.serialize(), {"name": "Default", "tier": "Standard", "capacity": 1})
equal("blue keeps its request settings", [str(blue.properties.request_settings.request_timeout),
      blue.properties.request_settings.max_concurrent_requests_per_instance], ["0:00:10", 2])
equal("blue's probes are the service's defaults",
      [blue.properties.liveness_probe.failure_threshold, str(blue.properties.liveness_probe.period)], [30, "0:00:10"])
equal("blue takes all traffic", set_traffic({"blue": 100}).properties.traffic, {"blue": 100})
equal("blue scores", score(uri, keys.primary_key, row), {"status": 200, "deployment": "blue", "rows": 1})
equal("a wrong key does not open", score(uri, "wrong", row)["status"], 401)

deploy("green", "2")
equal("the deployments are listed, newest first", names(client.online_deployments.list(group, workspace, NAME)), ["green", "blue"])
equal("the deployments are listed in pages", names(client.online_deployments.list(group, workspace, NAME, top=1)), ["green", "blue"])
equal("green scores by header", score(uri, keys.primary_key, row, "green"), {"status": 200, "deployment": "green", "rows": 1})
refused("traffic that sums to 110 is refused", lambda: set_traffic({"blue": 100, "green": 10}), 400, "BadRequest", "sums to 110")
refused("a deployment with traffic cannot be deleted",
        lambda: client.online_deployments.begin_delete(group, workspace, NAME, "blue"),
        400, "BadRequest", "Can't delete deployment [blue] with non-zero traffic weight")

# 90/10.

equal("traffic is 90/10", set_traffic({"blue": 90, "green": 10}).properties.traffic, {"blue": 90, "green": 10})
served = [score(uri, keys.primary_key, row) for _ in range(300)]
equal("no request of the split failed", [answer["status"] for answer in served if answer["status"] != 200], [])
between("about one request in ten went to green", sum(answer["deployment"] == "green" for answer in served), 6, 66)

# The metrics say the same as what was counted here.

now = datetime.datetime.utcnow()
timespan = f"{(now - datetime.timedelta(hours=1)).isoformat()}Z/{(now + datetime.timedelta(minutes=1)).isoformat()}Z"
metrics = monitor.metrics.list(f"{base}/onlineEndpoints/{NAME}".lstrip("/"), timespan=timespan, interval="PT1M",
                               metricnames="RequestsPerMinute", aggregation="Total", filter="deployment eq '*'").value[0]
equal("requests are counted by deployment",
      {series.metadatavalues[0].value: int(sum(point.total or 0 for point in series.data)) for series in metrics.timeseries}, answered)
equal("the metric has its name and unit", [metrics.name.value, metrics.unit], ["RequestsPerMinute", "Count"])
equal("the metrics that can be asked for are listed",
      [definition.name.value for definition in monitor.metric_definitions.list(f"{base}/onlineEndpoints/{NAME}".lstrip("/"))][:2],
      ["RequestsPerMinute", "RequestLatency"])

# Quota: two instances of two cores, each with the reserve for upgrades.

equal("the usage counts the cores with their reserve",
      [[usage.current_value, usage.limit] for usage in client.usages.list(location)], [[8, 100]])
equal("the quota is the usage's limit", [quota.limit for quota in client.quotas.list(location)], [100])
equal("the machine sizes name their cores",
      [size.v_cp_us for size in client.virtual_machine_sizes.list(location).value if size.name == "Standard_DS2_v2"], [2])

fails("a deployment beyond the quota is taken on and fails later", lambda: deploy("large", "2", "Standard_F64s_v2"),
      "OutOfQuota", "Current usage/limit: 8/100. Additional needed: 128.")
equal("the failed deployment is there to be looked at",
      client.online_deployments.get(group, workspace, NAME, "large").properties.provisioning_state, "Failed")
client.online_deployments.begin_delete(group, workspace, NAME, "large").result()
equal("the failed deployment is deleted", names(client.online_deployments.list(group, workspace, NAME)), ["green", "blue"])

# 0/100.

equal("traffic is all green's, without an entry of 0 %",
      set_traffic({"blue": 0, "green": 100}).properties.traffic, {"green": 100})
equal("green answers", score(uri, keys.primary_key, row)["deployment"], "green")

# The rest of the routes, on the way.

patched = client.online_endpoints.begin_update(
    group, workspace, NAME, ml.PartialMinimalTrackedResourceWithIdentity(tags={"owner": "python", "stage": "done"})).result()
equal("a patch changes the tags and leaves the traffic",
      [patched.tags, patched.properties.traffic], [{"owner": "python", "stage": "done"}, {"green": 100}])
scaled = client.online_deployments.begin_update(group, workspace, NAME, "green", ml.PartialMinimalTrackedResourceWithSku(
    sku=ml.PartialSku(name="Default", capacity=2))).result()
equal("a deployment is scaled and keeps its tags", [scaled.sku.capacity, scaled.tags], [2, {"role": "candidate"}])
skus = list(client.online_deployments.list_skus(group, workspace, NAME, "green"))
equal("the skus say how far a deployment scales",
      [[sku.sku.name, sku.capacity.minimum, sku.capacity.maximum] for sku in skus], [["Default", 1, 50]])
logs = client.online_deployments.get_logs(
    group, workspace, NAME, "green", ml.DeploymentLogsRequest(container_type="InferenceServer", tail=100))
equal("the log begins with the instance's status", logs.content.startswith("Instance status:\nSystemSetup: Succeeded\n"), True)
client.online_endpoints.begin_regenerate_keys(
    group, workspace, NAME, ml.RegenerateEndpointKeysRequest(key_type="Primary")).result()
rotated = client.online_endpoints.list_keys(group, workspace, NAME)
equal("only the primary key is new",
      [rotated.primary_key == keys.primary_key, rotated.secondary_key == keys.secondary_key], [False, True])
equal("the old primary key is shut", score(uri, keys.primary_key, row)["status"], 401)
equal("the new primary key opens", score(uri, rotated.primary_key, row)["status"], 200)

# The end.

client.online_deployments.begin_delete(group, workspace, NAME, "blue").result()
equal("only green is left", names(client.online_deployments.list(group, workspace, NAME)), ["green"])
client.online_endpoints.begin_delete(group, workspace, NAME).result()
refused("the endpoint is gone", lambda: client.online_endpoints.get(group, workspace, NAME), 404, "ResourceNotFound", NAME)
equal("the gone endpoint scores no more", score(uri, rotated.primary_key, row)["status"], 404)
client.online_endpoints.begin_delete(group, workspace, NAME).result()
equal("deleting it again is no error", names(client.online_endpoints.list(group, workspace)), [])
end()
