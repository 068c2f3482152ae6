namespace Sluice.Tests.Spec;

/// <summary>What people get wrong in the files of deployments with code and environment, and of those on Kubernetes.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class DeploymentMistakeTests
{
    private const string Kinds = "azureml:name:version, azureml:name@latest, azureml:/subscriptions/…/environments/name/versions/version "
        + "or azureml://registries/…/environments/name/versions/version";

    private const string Forms = Kinds + ", a map with image or build, or the path of a file with such a map.";

    // The type.
    [TestCase("type: serverless", "green.yml(5,7): type is \"serverless\"; allowed: managed, kubernetes.")]
    [TestCase("type: kubernetes", "green.yml(5,7): type is kubernetes; allowed: managed, unless the endpoint's file names a compute.")]
    [TestCase("resources: {requests: {cpu: 1}}", "green.yml(5,1): resources is written; allowed: only with the type kubernetes.")]
    [TestCase("private_network_connection: true",
        "green.yml(5,29): private_network_connection is not taken: egress_public_network_access: disabled says it.")]

    // Code.
    [TestCase("code_configuration: {code: ./code}\nenvironment: azureml:e:1",
        "green.yml(5,21): code_configuration.scoring_script is missing; allowed: a text that is not empty.")]
    [TestCase("code_configuration: {code: ./code, scoring_script: score.py}",
        "green.yml(5,1): code_configuration is written without environment; allowed: both, or none for an MLflow model.")]
    [TestCase("code_configuration: {code: ./source, scoring_script: score.py}\nenvironment: azureml:e:1",
        "green.yml(5,28): source does not exist; allowed: the folder of the scoring code.")]
    [TestCase("code_configuration: {code: code/score.py, scoring_script: score.py}\nenvironment: azureml:e:1",
        "green.yml(5,28): code/score.py is a file; allowed: the folder of the scoring code.")]
    [TestCase("code_configuration: {code: empty, scoring_script: score.py}\nenvironment: azureml:e:1",
        "green.yml(5,28): empty: The folder has no files, or an ignore file leaves them all out.")]
    [TestCase("code_configuration: {code: code, scoring_script: main.py}\nenvironment: azureml:e:1",
        "green.yml(5,50): code_configuration.scoring_script names main.py, which code does not have, or an ignore file leaves out.")]
    [TestCase("code_configuration: {code: https://github.com/me/code, scoring_script: main.py}\nenvironment: azureml:e:1",
        "green.yml(5,28): code_configuration.code is \"https://github.com/me/code\"; allowed: a folder relative to this file, "
        + "azureml:name:version, azureml:name@latest, azureml:/subscriptions/…/codes/name/versions/version or "
        + "azureml://registries/…/codes/name/versions/version.")]
    [TestCase("code_configuration: {code: code, scoring_script: score.py, scoring_scripts: a.py}\nenvironment: azureml:e:1",
        "green.yml(5,60): The key code_configuration.scoring_scripts is not known; did you mean code_configuration.scoring_script?")]

    // Environments.
    [TestCase("environment: azureml:scoring",
        "green.yml(5,14): environment is \"azureml:scoring\"; allowed: " + Forms)]
    [TestCase("environment: azureml:scoring@stable",
        "green.yml(5,14): environment is \"azureml:scoring@stable\"; allowed: " + Forms)]
    [TestCase("environment: azureml://registries/azureml/models/heart/versions/1",
        "green.yml(5,14): environment is \"azureml://registries/azureml/models/heart/versions/1\"; allowed: " + Forms)]
    [TestCase("environment: ./env.yml",
        "green.yml(5,14): environment names the file env.yml, which does not exist; a registered environment is written as " + Kinds + ".")]
    [TestCase("environment: broken.yml",
        "broken.yml(1,1): image is missing; allowed: the name of a container image, or build with a folder that has a Dockerfile.",
        "broken.yml(2,1): The key imagge is not known; did you mean image?")]
    [TestCase("environment: {conda_file: conda.yml}",
        "green.yml(5,14): environment.image is missing; allowed: the name of a container image, or build with a folder that has a "
        + "Dockerfile.",
        "green.yml(5,27): environment.conda_file names the file conda.yml, which does not exist.")]
    [TestCase("environment: {image: i, build: {path: code}}",
        "green.yml(5,25): environment.build is written beside environment.image; allowed: one of them.",
        "green.yml(5,39): code has no Dockerfile, or an ignore file leaves it out; allowed: a dockerfile_path that it has.")]
    [TestCase("environment: {image: i, dependencies: [pip]}",
        "green.yml(5,25): environment.dependencies belongs into a conda file; allowed: environment.conda_file with its path or content.")]
    [TestCase("environment: {image: i, inference_config: {liveness_route: {path: score, port: 0}}}",
        "green.yml(5,43): environment.inference_config.readiness_route is missing; allowed: a map.",
        "green.yml(5,43): environment.inference_config.scoring_route is missing; allowed: a map.",
        "green.yml(5,67): environment.inference_config.liveness_route.path is \"score\"; allowed: a path from the root, for "
        + "example / or /score.",
        "green.yml(5,80): environment.inference_config.liveness_route.port is \"0\"; allowed: a whole number from 1 to 65535.")]
    [TestCase("environment: [a]",
        "green.yml(5,14): environment is a list; allowed: " + Forms)]

    // Settings.
    [TestCase("environment_variables: {A: x, B: null}", "green.yml(5,31): environment_variables.B is null; allowed: a text.")]
    [TestCase("tags: {c: ~}", "green.yml(5,8): tags.c is null; allowed: a text of at most 256 characters.")]
    [TestCase("tags: {a/b: c}",
        "green.yml(5,8): tags has the name \"a/b\"; allowed: a name of 1 to 512 characters, without < > % & \\ ? / and control characters.")]
    [TestCase("tags: {Sluice-Role: candidate}", "green.yml(5,1): tags has Sluice-Role, which a rollout writes itself; allowed: names of your own.")]
    [TestCase("model_mount_path: models", "green.yml(5,19): model_mount_path is \"models\"; allowed: an absolute path in the container.")]
    [TestCase("data_collector: {collections: {inputs: {enabled: maybe}}}",
        "green.yml(5,50): data_collector.collections.inputs.enabled is \"maybe\"; allowed: true or false.")]
    [TestCase("data_collector: {sampling_rate: 2}",
        "green.yml(5,33): data_collector.sampling_rate is \"2\"; allowed: a number from 0 to 1.")]
    [TestCase("data_collector: {destination: {path: azureml://datastores/x/paths/y}}",
        "green.yml(5,18): data_collector.destination is not taken: data_collector.collections.<name>.data names the data asset that "
        + "receives a collection.")]
    [TestCase("data_collector: {collections: {inputs: {enabled: true, data: {path: x}}}}",
        "green.yml(5,62): data_collector.collections.inputs.data.name is missing; allowed: name and version, or data_id.",
        "green.yml(5,63): data_collector.collections.inputs.data.path is written; allowed: a data asset that is registered already, by "
        + "name and version or data_id; az ml data create registers one.")]
    [TestCase("readines_probe: {period: 1}", "green.yml(5,1): The key readines_probe is not known; did you mean readiness_probe?")]
    public void A_mistake_of_a_deployments_file_is_told_with_its_place(string written, params string[] mistakes)
    {
        using var folder = new SpecFolder();
        folder.Write("code/score.py", "def init(): pass");
        folder.Write("broken.yml", "name: e\nimagge: i\n");
        Directory.CreateDirectory(folder.File("empty"));
        folder.Replace("green.yml", "instance_count: 1", written);

        Assert.That(folder.Mistakes(), Is.EqualTo(mistakes));
    }

    /// <summary>Fifty are Azure's limit; a rollout adds six to a deployment, and four to the endpoint.</summary>
    [TestCase("green.yml", "instance_count: 1", 44)]
    [TestCase("endpoint.yml", "auth_mode: key", 46)]
    public void Tags_leave_room_for_those_of_a_rollout(string file, string instead, int most)
    {
        using var folder = new SpecFolder();
        folder.Replace(file, instead, $"tags: {{{string.Join(", ", Enumerable.Range(0, most).Select(i => $"t{i}: x"))}}}");
        Assert.That(folder.Mistakes(), Is.Empty);
        folder.Replace(file, "t0: x", $"t0: {new string('x', 257)}, more: x");

        Assert.That(folder.Mistakes(), Has.Length.EqualTo(2));
        Assert.That(folder.Mistakes()[1], Does.Contain("tags.t0 is ").And.EndsWith("allowed: a text of at most 256 characters."));
        Assert.That(folder.Mistakes()[0], Does.Contain($"tags has {most + 1} tags; allowed: at most {most}, for Azure keeps 50"));
    }

    // On Kubernetes.
    [TestCase("egress_public_network_access: enabled",
        "green.yml(6,1): egress_public_network_access is written; allowed: only with the type managed.")]
    [TestCase("resources: {limits: {memory: 2 GB}}",
        "green.yml(6,30): resources.limits.memory is \"2 GB\"; allowed: an amount as Kubernetes writes it, for example 1, 0.5, 500m or "
        + "2Gi.")]
    [TestCase("request_settings: {request_timeout_ms: 300001}",
        "green.yml(6,40): request_settings.request_timeout_ms is \"300001\"; allowed: a whole number of milliseconds from 1 to 300000.")]
    public void A_mistake_of_a_Kubernetes_deployments_file_is_told_with_its_place(string written, string mistake)
    {
        using var folder = new SpecFolder();
        folder.Replace("endpoint.yml", "auth_mode: key", "compute: azureml:cluster");
        folder.Replace("blue.yml", "instance_count: 1", "type: kubernetes");
        folder.Replace("green.yml", "instance_count: 1", $"type: kubernetes\n{written}");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { mistake }));
    }

    [Test]
    public void A_deployment_runs_where_its_endpoint_does()
    {
        using var folder = new SpecFolder();
        folder.Replace("endpoint.yml", "auth_mode: key", "compute: azureml:cluster\npublic_network_access: enabled");
        folder.Replace("green.yml", "instance_count: 1", "type: kubernetes");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "endpoint.yml(4,1): public_network_access is written beside compute; allowed: with managed endpoints only.",
            "blue.yml(1,1): type is managed; allowed: kubernetes, because the endpoint has the compute azureml:cluster.",
        }));
    }

    [Test]
    public void A_scoring_script_of_ones_own_takes_any_body()
    {
        using var folder = WithOwnCode();
        folder.Write("sample.json", """{ "names": ["Ada"] }""");
        folder.Write("requests.json", """[{ "names": ["Ada"] }, { "names": [] }, 7]""");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(reading.Spec!.Probes.Sample, Is.EqualTo("""{"names":["Ada"]}"""));
        Assert.That(reading.Spec.Probes.Rows, Is.EqualTo(new[] { """{"names":["Ada"]}""", """{"names":[]}""", "7" }));
    }

    [Test]
    public void Probes_of_a_model_of_tensors_are_a_list_of_bodies_each_with_its_input()
    {
        using var folder = new SpecFolder();
        folder.Write("requests.json", """[{ "input_data": [[48, 1]] }, { "input_data": { "columns": ["age", "thal"], "data": [[48, "fixed"]] } }]""");

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(
            reading.Spec!.Probes.Rows,
            Is.EqualTo(new[] { """{"input_data":[[48,1]]}""", """{"input_data":{"columns":["age","thal"],"data":[[48,"fixed"]]}}""" }));
    }

    [Test]
    public void The_first_body_that_is_wrong_is_told()
    {
        using var folder = new SpecFolder();
        folder.Write("requests.json", """[{ "input_data": [[48, 1]] }, { "data": [[48, 1]] }, [48, 1]]""");

        Assert.That(
            folder.Mistakes(),
            Is.EqualTo(new[] { "requests.json(1,31): input_data is missing; allowed: the body of a request, {\"input_data\": …}." }));
    }

    [Test]
    public void A_body_for_MLflow_is_wanted_as_soon_as_one_deployment_is_served_by_it()
    {
        using var folder = WithOwnCode();
        folder.Replace("blue.yml", "environment: azureml:e:1", "");
        folder.Replace("blue.yml", "code_configuration: {code: code, scoring_script: score.py}", "");
        folder.Write("sample.json", """{ "names": ["Ada"] }""");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "sample.json(1,1): input_data is missing; allowed: the body of a request, {\"input_data\": …}.",
        }));
    }

    private static SpecFolder WithOwnCode()
    {
        var folder = new SpecFolder();
        folder.Write("code/score.py", "def init(): pass");
        foreach (var file in new[] { "blue.yml", "green.yml" })
        {
            folder.Replace(
                file, "instance_count: 1", "code_configuration: {code: code, scoring_script: score.py}\nenvironment: azureml:e:1");
        }

        return folder;
    }
}
