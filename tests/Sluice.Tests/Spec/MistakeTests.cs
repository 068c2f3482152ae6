using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>What people get wrong, and what they are told.</summary>
[TestFixture]
[Category("Unit")]
public sealed class MistakeTests
{
    [Test]
    public void The_folder_that_the_tests_break_has_no_mistake()
    {
        using var folder = new SpecFolder();

        Assert.That(folder.Mistakes(), Is.Empty);
    }

    [Test]
    public void Comments_single_quotes_and_keys_without_quotes_are_fine()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"cloud\": \"local\",", "/* on this machine */ cloud: 'LOCAL', // in any case");
        folder.Replace("local.json", "\"requestsPerSecond\": 20", "\"requestsPerSecond\": 20,");

        Assert.That(folder.Mistakes(), Is.Empty);
    }

    [TestCase("local.json", "\"endpoint.yml\"", "\"a\\u0000b\"",
        "local.json(10,15): endpoint is \"a\0b\"; allowed: a path, relative to this file.")]
    [TestCase("green.yml", "name: green", "name: green\nenvironment: \"a\\0b\"",
        "green.yml(3,14): environment is \"a\0b\"; allowed: ")]
    public void A_path_with_a_NUL_is_none(string file, string text, string replacement, string mistake)
    {
        using var folder = new SpecFolder();
        folder.Replace(file, text, replacement);

        Assert.That(folder.Mistakes(), Has.Exactly(1).StartsWith(mistake));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There, both mean the same.")]
    public void A_path_that_was_written_on_Windows_is_told_how_to_write_it_for_both()
    {
        using var folder = new SpecFolder();
        folder.WriteModel("models/heart");
        folder.Replace("local.json", "\"path\": \"model\"", @"""path"": ""models\\heart""");

        Assert.That(folder.Mistakes(), Has.One.EndsWith(@"does not exist, but with / instead of \ it does; allowed: the folder of an MLflow model."));
    }

    [Test]
    public void A_document_that_is_no_map_is_not_also_blamed_for_what_it_does_not_say()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        folder.Write("green.yml", "just a text");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "green.yml(1,1): The document is \"just a text\"; allowed: a map." }));
    }

    [Test]
    public void Too_many_steps_are_told_where_they_begin_even_when_the_first_is_none()
    {
        using var folder = new SpecFolder();
        var steps = string.Concat(Enumerable.Repeat("{ \"weight\": 5 }, ", 200));
        folder.Replace("local.json", "\"steps\": [", $"\"steps\": [ \"none\", {steps}");

        Assert.That(folder.Mistakes(), Has.One.StartsWith("local.json(14,16): There are 203 steps; allowed: 1 to "));
        Assert.That(folder.Read().Mistakes, Has.All.Property("File").Not.Empty);
    }

    [Test]
    public void Every_mistake_in_every_file_is_told_in_one_go()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"weight\": 50", "\"weight\": 5");
        folder.Replace("local.json", "\"finalBake\": \"4s\"", "\"finalbake\": 4");
        folder.Replace("endpoint.yml", "auth_mode: key", "auth_mode: password");
        folder.Replace("blue.yml", "instance_count: 1", "instance_count: 0\nresources: {}");
        folder.Replace("requests.json", "[50, \"fixed\"]", "[50]");
        File.Delete(folder.File("model/conda.yaml"));

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(16,19): The step of 5 % comes after the one of 10 %; allowed: weights that rise from step to step.",
            "local.json(18,5): The key rollout.finalbake is not known; did you mean rollout.finalBake?",
            "endpoint.yml(3,12): auth_mode is \"password\"; allowed: key, aml_token, aad_token.",
            "blue.yml(5,17): instance_count is \"0\"; allowed: a whole number from 1 to 1000.",
            "blue.yml(6,1): resources is written; allowed: only with the type kubernetes.",
            "model/MLmodel(8,14): flavors.python_function.env.conda names conda.yaml, which the folder does not have, or an ignore file "
                + "leaves out.",
            "requests.json(1,56): A row is 1 values; allowed: a list of 2 values, one for each column.",
        }));
    }

    // The config file: its values.
    [TestCase("local.json", "\"local\"", "\"moon\"",
        "local.json(3,14): workspace.cloud is \"moon\"; allowed: local, AzureCloud, AzureChinaCloud, AzureUSGovernment.")]
    [TestCase("local.json", "\"00000000-0000-0000-0000-000000000000\"", "\"mine\"",
        "local.json(4,23): workspace.subscriptionId is \"mine\"; allowed: a GUID such as 00000000-0000-0000-0000-000000000000.")]
    [TestCase("local.json", "\"name\": \"workspace\"", "\"name\": \"w\"",
        "local.json(6,13): workspace.name is \"w\"; allowed: 3 to 33 letters, digits, hyphens and underscores, a letter or digit first.")]
    [TestCase("local.json", "\"name\": \"workspace\"", "\"name\": \"workspace\\n\"",
        "local.json(6,13): workspace.name is \"workspace\n\"; allowed: 3 to 33 letters, digits, hyphens and underscores, a letter or digit "
        + "first.")]
    [TestCase("local.json", "\"resourceGroup\": \"group\"", "\"resourceGroup\": \"group.\"",
        "local.json(5,22): workspace.resourceGroup is \"group.\"; allowed: 1 to 90 letters, digits, hyphens, underscores, dots and "
        + "parentheses, no dot last.")]
    [TestCase("local.json", "{ \"folder\": \"state\" }", "{ \"latency\": \"slow\" }",
        "local.json(8,28): emulator.latency is \"slow\"; allowed: instant, demo, azure.")]
    [TestCase("local.json", "{ \"folder\": \"state\" }", "{ \"timeScale\": 0 }",
        "local.json(8,30): emulator.timeScale is 0; allowed: a number above 0, at most 100.")]
    [TestCase("local.json", "{ \"folder\": \"state\" }", "{ \"port\": 80.5 }",
        "local.json(8,25): emulator.port is 80.5; allowed: a whole number from 0 to 65535.")]
    [TestCase("local.json", "{ \"folder\": \"state\" }", "[]",
        "local.json(8,15): emulator is a list; allowed: a map.")]
    [TestCase("local.json", "\"endpoint\": \"endpoint.yml\"", "\"endpoint\": 3",
        "local.json(10,15): endpoint is 3; allowed: a path, relative to this file.")]
    [TestCase("local.json", "\"weight\": 10", "\"weight\": 0",
        "local.json(15,19): rollout.steps[0].weight is 0; allowed: a whole number from 1 to 99.")]
    [TestCase("local.json", "\"weight\": 50", "\"weight\": 100",
        "local.json(16,19): rollout.steps[1].weight is 100; allowed: a whole number from 1 to 99.")]
    [TestCase("local.json", "\"weight\": 50", "\"weight\": \"50\"",
        "local.json(16,19): rollout.steps[1].weight is \"50\"; allowed: a whole number from 1 to 99.")]
    [TestCase("local.json", "\"weight\": 50", "\"weight\": 10",
        "local.json(16,19): The step of 10 % comes after the one of 10 %; allowed: weights that rise from step to step.")]
    [TestCase("local.json", "\"weight\": 50, ", "",
        "local.json(16,7): rollout.steps[1].weight and rollout.steps[1].mirror are missing; allowed: one of the two.")]
    [TestCase("local.json", "\"finalBake\": \"4s\"", "\"finalBake\": 4",
        "local.json(18,18): rollout.finalBake is 4; allowed: a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M; at least "
        + "0s, at most 336h.")]
    [TestCase("local.json", "\"finalBake\": \"4s\"", "\"finalBake\": \"4\"",
        "local.json(18,18): rollout.finalBake is \"4\"; allowed: a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M; at "
        + "least 0s, at most 336h.")]
    [TestCase("local.json", "\"finalBake\": \"4s\"", "\"operationTimeout\": \"1ms\"",
        "local.json(18,25): rollout.operationTimeout is \"1ms\"; allowed: a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or "
        + "PT5M; at least 1s, at most 24h.")]
    [TestCase("local.json", "\"finalBake\": \"4s\"", "\"retain\": 19",
        "local.json(18,15): rollout.retain is 19; allowed: a whole number from 0 to 18.")]
    [TestCase("local.json", "\"lookInterval\": \"1s\"", "\"maximumErrorRate\": 1",
        "local.json(19,56): rollout.gate.maximumErrorRate is 1; allowed: a number from 0 to below 1.")]
    [TestCase("local.json", "\"probesPerLook\": 10", "\"probesPerLook\": 0",
        "local.json(19,32): rollout.gate.probesPerLook is 0; allowed: a whole number from 1 to 10000.")]
    [TestCase("local.json", "\"requestsPerSecond\": 20", "\"requestsPerSecond\": 501",
        "local.json(22,34): load.requestsPerSecond is 501; allowed: a number above 0, at most 500.")]

    // Null, which may be meant as "none" where there is a default.
    [TestCase("local.json", "\"finalBake\": \"4s\"", "\"gates\": null, \"finalBake\": null",
        "local.json(18,14): rollout.gates is null; allowed: a value, or to leave the key out.",
        "local.json(18,33): rollout.finalBake is null; allowed: a value, or to leave the key out.")]
    [TestCase("local.json", "{ \"name\": \"heart\", \"path\": \"model\" }", "null",
        "local.json(9,12): model is null; allowed: a value, or to leave the key out.")]
    [TestCase("local.json", "\"name\": \"heart\"", "\"name\": null", "local.json(9,14): model.name is null; allowed: 1 to 255 letters, digits, hyphens and underscores, a letter or digit "
        + "first; --model-name works too.")]

    // The config file: its keys and its form.
    [TestCase("local.json", "\"rollout\":", "\"rolout\":",
        "local.json(13,3): The key rolout is not known; did you mean rollout?")]
    [TestCase("local.json", "\"load\":", "\"zzz\":",
        "local.json(22,3): The key zzz is not known; known: $schema, workspace, emulator, model, endpoint, blue, green, policy, rollout, notifications, "
        + "probes, load.")]
    [TestCase("local.json", "\"endpoint\": \"endpoint.yml\",", "",
        "local.json(1,1): endpoint is missing; allowed: a path, relative to this file.")]
    [TestCase("local.json", "\"name\": \"workspace\"", "\"cloud\": \"local\", \"name\": \"workspace\"",
        "local.json(6,5): The key \"cloud\" is written twice, first in line 3; once is allowed.")]
    [TestCase("local.json", "\"finalBake\": \"4s\",", "\"finalBake\": \"4s\"",
        "local.json(19,5): This is not JSON: After parsing a value an unexpected character was encountered: \".")]
    [TestCase("local.json", "\"weight\": 50", "\"weight\": 0x32",
        "local.json(16,19): This is not JSON: 0x32 is no number.")]

    // The endpoint's file.
    [TestCase("endpoint.yml", "name: my-endpoint", "name: 1st-endpoint",
        "endpoint.yml(2,7): name is \"1st-endpoint\"; allowed: 3 to 32 letters, digits and hyphens, a letter first, no hyphen last.")]
    [TestCase("endpoint.yml", "auth_mode: key", "compute: k8s",
        "endpoint.yml(3,10): compute is \"k8s\"; allowed: azureml:name or azureml:/subscriptions/…/computes/name of an attached Kubernetes "
        + "cluster.")]
    [TestCase("endpoint.yml", "auth_mode: key", "authmode: key",
        "endpoint.yml(3,1): The key authmode is not known; did you mean auth_mode?")]
    [TestCase("endpoint.yml", "auth_mode: key", "traffic: {blue: 101}",
        "endpoint.yml(3,17): traffic.blue is \"101\"; allowed: a whole number from 0 to 100.")]
    [TestCase("endpoint.yml", "auth_mode: key", "public_network_access: maybe",
        "endpoint.yml(3,24): public_network_access is \"maybe\"; allowed: enabled, disabled.")]
    [TestCase("endpoint.yml", "auth_mode: key", "identity: {type: user_assigned}",
        "endpoint.yml(3,11): identity.user_assigned_identities is missing; allowed with the type user_assigned: a list of resource ids.")]
    [TestCase("endpoint.yml", "auth_mode: key", "identity:\n  type: user_assigned\n  user_assigned_identities: [me]",
        "endpoint.yml(5,30): identity.user_assigned_identities[0] is \"me\"; allowed: a user-assigned identity's resource id, "
        + "/subscriptions/…/userAssignedIdentities/….")]
    [TestCase("endpoint.yml", "auth_mode: key", "auth_mode: key\nauth_mode: key",
        "endpoint.yml(4,1): The key \"auth_mode\" is written twice, first in line 3; once is allowed.")]
    [TestCase("endpoint.yml", "auth_mode: key", "tags: [a, b]",
        "endpoint.yml(3,7): tags is a list; allowed: a map.")]
    [TestCase("endpoint.yml", "auth_mode: key", "---\nname: other",
        "endpoint.yml(3,1): The file has a second document; one is allowed.")]
    [TestCase("endpoint.yml", "auth_mode: key", "tags: *none",
        "endpoint.yml(3,7): The alias *none has no anchor before it.")]

    // The deployments' files.
    [TestCase("blue.yml", "name: blue", "name: bl",
        "blue.yml(2,7): name is \"bl\"; allowed: 3 to 32 letters, digits and hyphens, a letter first, no hyphen last.")]
    [TestCase("blue.yml", "name: blue", "name: GREEN-12",
        "blue.yml(2,7): name is \"GREEN-12\", as candidates are; allowed: any but green-<version>.")]
    [TestCase("green.yml", "name: green", "name: abcdefghijklmnopqrstuvwxyz",
        "green.yml(2,7): name is \"abcdefghijklmnopqrstuvwxyz\"; allowed: 3 to 25 letters, digits and hyphens, a letter first, no hyphen "
        + "last (with -version at most 32).")]
    [TestCase("green.yml", "endpoint_name: my-endpoint", "endpoint_name: other",
        "green.yml(3,16): endpoint_name is \"other\"; allowed: the name in the endpoint's file, \"my-endpoint\".")]
    [TestCase("green.yml", "instance_type: Standard_DS3_v2", "instance_typ: Standard_DS3_v2",
        "green.yml(1,1): instance_type is missing; allowed: a text that is not empty; --instance-type works too.",
        "green.yml(4,1): The key instance_typ is not known; did you mean instance_type?")]
    [TestCase("green.yml", "instance_count: 1", "instance_count: 1001",
        "green.yml(5,17): instance_count is \"1001\"; allowed: a whole number from 1 to 1000.")]
    [TestCase("green.yml", "instance_count: 1", "request_settings: {request_timeout_ms: 180001}",
        "green.yml(5,40): request_settings.request_timeout_ms is \"180001\"; allowed: a whole number of milliseconds from 1 to 180000.")]
    [TestCase("green.yml", "instance_count: 1", "liveness_probe: {initial_delay: PT10S}",
        "green.yml(5,33): liveness_probe.initial_delay is \"PT10S\"; allowed: a whole number of seconds from 1 to 3600.")]
    [TestCase("green.yml", "instance_count: 1", "scale_settings: {type: target_utilization, min_instances: 3, max_instances: 2}",
        "green.yml(5,24): scale_settings.type is \"target_utilization\"; allowed: default, unless the deployment's type is kubernetes.",
        "green.yml(5,62): scale_settings.max_instances is 2; allowed: at least min_instances, 3.")]
    [TestCase("green.yml", "instance_count: 1", "scale_settings: {type: default, max_instances: 2}",
        "green.yml(5,33): scale_settings.max_instances is written; allowed: only with the type target_utilization.")]
    [TestCase("green.yml", "instance_count: 1", "model: azureml:lung@latest",
        "green.yml(5,8): The model is \"lung\"; allowed: the config file's model.name, \"heart\".")]
    [TestCase("green.yml", "instance_count: 1", "model: {name: lung}",
        "green.yml(5,15): The model is \"lung\"; allowed: the config file's model.name, \"heart\".")]
    [TestCase("green.yml", "instance_count: 1", "model: azureml://registries/azureml/models/heart",
        "green.yml(5,8): model is \"azureml://registries/azureml/models/heart\"; allowed: azureml:name:version, azureml:name@latest, "
        + "azureml://registries/registry/models/name/versions/version, or a map with the path of an MLflow folder.")]
    [TestCase("green.yml", "instance_count: 1", "model: {path: m, type: triton_model}",
        "green.yml(5,24): The model's type is triton_model; allowed: the config file's model.type, mlflow_model.")]
    [TestCase("green.yml", "instance_count: 1", "model: {path: m, type: onnx}",
        "green.yml(5,24): model.type is \"onnx\"; allowed: mlflow_model, custom_model, triton_model.")]
    [TestCase("local.json", "\"path\": \"model\"", "\"path\": \"model\", \"type\": \"custom_model\"",
        "blue.yml(2,7): The deployment has no environment, and its model is a custom_model, which Azure does not serve by itself; "
        + "allowed: environment, and code_configuration for a scoring script.",
        "green.yml(2,7): The deployment has no environment, and its model is a custom_model, which Azure does not serve by itself; "
        + "allowed: environment, and code_configuration for a scoring script.")]

    // The requests.
    [TestCase("sample.json", "input_data", "inputs",
        "sample.json(1,1): input_data is missing; allowed: the body of a request, {\"input_data\": …}.")]
    [TestCase("sample.json", "[[48, \"normal\"]]", "[]",
        "sample.json(1,61): input_data.data is missing or has no rows; allowed: a list of 1 to 100000 rows.")]
    [TestCase("requests.json", "[48, \"normal\"], ", "48, ",
        "requests.json(1,40): A row is 48; allowed: a list of 2 values, one for each column.")]
    [TestCase("requests.json", "\"age\", \"thal\"", "\"thal\", \"thal\"",
        "requests.json(1,14): The columns lack \"age\"; allowed: every column that model/MLmodel requires.",
        "requests.json(1,23): columns has \"thal\" twice; allowed: each name once.")]
    [TestCase("requests.json", "\"age\", \"thal\"", "\"age\", \"thal\", \"sex\"",
        "requests.json(1,47): A row is 2 values; allowed: a list of 3 values, one for each column.",
        "requests.json(1,63): A row is 2 values; allowed: a list of 3 values, one for each column.",
        "model/MLmodel(15,11): signature.inputs has no column \"sex\", which requests.json sends; allowed: a signature with every column "
        + "that is sent.")]
    [TestCase("requests.json", "[48, ", "[\"seven\", ",
        "requests.json(1,41): Row 1 has \"seven\" in the column \"age\"; allowed: a whole number, for the column's type in the signature is long.")]
    [TestCase("requests.json", "[48, \"normal\"], [50, ", "[null, \"normal\"], [[50], ",
        "requests.json(1,41): Row 1 has null in the column \"age\", and another row has such a value; allowed: a whole number, for the column's type in "
        + "the signature is long.")]
    [TestCase("sample.json", "48", "\"seven\"",
        "sample.json(1,71): Row 1 has \"seven\" in the column \"age\"; allowed: a whole number, for the column's type in the signature is long.")]

    // The model.
    [TestCase("model/MLmodel", ", {\"type\": \"string\", \"name\": \"thal\"}", "",
        "model/MLmodel(15,11): signature.inputs has no column \"thal\", which sample.json sends; allowed: a signature with every column "
        + "that is sent.",
        "model/MLmodel(15,11): signature.inputs has no column \"thal\", which requests.json sends; allowed: a signature with every column "
        + "that is sent.")]
    [TestCase("model/MLmodel", "    data: model.onnx\n  python_function", "    data: other.onnx\n  python_function",
        "model/MLmodel(4,11): flavors.onnx.data names other.onnx, which the folder does not have, or an ignore file leaves out.")]
    [TestCase("model/MLmodel", "  python_function:", "  python_funktion:",
        "model/MLmodel(2,3): flavors has no python_function, which Azure loads a model by; log the model with MLflow again.")]
    [TestCase("model/MLmodel", "flavors:", "flavours:",
        "model/MLmodel(1,1): flavors is missing or empty; allowed: a map of at least one flavor.")]
    [TestCase("model/MLmodel", "'[{", "'[[{",
        "model/MLmodel(15,11): signature.inputs is not a JSON list: The document ends too early: a value or a closing bracket is missing.")]
    [TestCase("model/model.onnx", "not really", "",
        "model/MLmodel(4,11): flavors.onnx.data names model.onnx, which is empty.",
        "model/MLmodel(6,11): flavors.python_function.data names model.onnx, which is empty.")]
    public void A_mistake_is_told_with_file_line_and_what_is_allowed(string file, string text, string replacement, params string[] expected)
    {
        using var folder = new SpecFolder();
        folder.Replace(file, text, replacement);

        Assert.That(folder.Mistakes(), Is.EqualTo(expected));
        Assert.That(folder.Read().Spec, Is.Null);
    }

    [TestCase("double", "\"seven\"", "a number")]
    [TestCase("float", "\"\"", "a number")]
    [TestCase("integer", "{}", "a whole number")]
    [TestCase("datetime", "true", "a text with a date")]
    public void A_value_that_no_column_of_its_type_has(string type, string value, string allowed)
    {
        using var folder = new SpecFolder();
        folder.Replace("model/MLmodel", "long", type);
        folder.Replace("requests.json", "48", value);

        Assert.That(folder.Mistakes(), Has.Exactly(1).Items.And.All.EndsWith($"allowed: {allowed}, for the column's type in the signature is {type}."));
    }

    [TestCase("long", "true")]
    [TestCase("long", "1.5")]
    [TestCase("long", "\" 1_000 \"")]
    [TestCase("integer", "-3")]
    [TestCase("double", "3")]
    [TestCase("double", "null")]
    [TestCase("double", "\"1e3\"")]
    [TestCase("float", "\"-inf\"")]
    [TestCase("float", "\"NaN\"")]
    [TestCase("boolean", "3")]
    [TestCase("boolean", "null")]
    [TestCase("string", "3")]
    [TestCase("datetime", "\"2026-11-28\"")]
    [TestCase("datetime", "1764288000000000000")]
    [TestCase("array", "[1, 2]")]
    [TestCase("object", "{ \"a\": 1 }")]
    public void A_value_that_is_cast_to_its_columns_type_is_no_mistake(string type, string value)
    {
        using var folder = new SpecFolder();
        folder.Replace("model/MLmodel", "long", type);
        folder.Replace("requests.json", "48", value);

        Assert.That(folder.Mistakes(), Is.Empty);
    }

    [Test]
    public void A_column_that_need_not_be_sent_may_be_null()
    {
        using var folder = new SpecFolder();
        folder.Replace("model/MLmodel", "\"required\": true", "\"required\": false");
        folder.Replace("requests.json", "48", "null");

        Assert.That(folder.Mistakes(), Is.Empty);
    }

    [TestCase("endpoint.yml", "local.json(10,15)")]
    [TestCase("green.yml", "local.json(12,12)")]
    [TestCase("sample.json", "local.json(21,25)")]
    [TestCase("requests.json", "local.json(21,52)")]
    public void A_file_that_is_missing_or_a_folder_is_told_where_it_is_named(string file, string place)
    {
        using var folder = new SpecFolder();
        File.Delete(folder.File(file));
        var missing = folder.Mistakes();
        Directory.CreateDirectory(folder.File(file));

        Assert.That(missing, Is.EqualTo(new[] { $"{place}: {file} does not exist." }));
        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { $"{place}: {file} is a folder; allowed: a file." }));
    }

    [Test]
    public void A_configuration_that_is_missing_or_a_folder_is_named()
    {
        using var folder = new SpecFolder();
        File.Delete(folder.File("local.json"));
        var missing = folder.Mistakes();
        Directory.CreateDirectory(folder.File("local.json"));

        Assert.That(missing, Is.EqualTo(new[] { "local.json: The file does not exist." }));
        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "local.json: The file is a folder; allowed: a file." }));
    }

    [Test]
    public void A_model_folder_that_is_missing_is_told_where_it_is_named()
    {
        using var folder = new SpecFolder();
        Directory.Delete(folder.File("model"), recursive: true);

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(9,39): model does not exist; allowed: the folder of an MLflow model.",
        }));
    }

    [Test]
    public void A_model_folder_without_MLmodel_is_told_by_the_files_name()
    {
        using var folder = new SpecFolder();
        File.Delete(folder.File("model/MLmodel"));

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "model/MLmodel: The file is missing; every MLflow model has it at its root, and no ignore file may name it. For other models, "
                + "say model.type.",
        }));
    }

    [Test]
    public void A_folder_of_models_is_told_where_the_first_one_is()
    {
        using var folder = new SpecFolder();
        Directory.CreateDirectory(folder.File("model/v1"));
        File.Move(folder.File("model/MLmodel"), folder.File("model/v1/MLmodel"));

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "model/MLmodel: The file is missing; every MLflow model has it at its root, and no ignore file may name it. There is one at "
                + "model/v1/MLmodel.",
        }));
    }

    [Test]
    public void A_file_that_Git_LFS_has_not_fetched_is_told()
    {
        using var folder = new SpecFolder();
        folder.Write(
            "model/model.onnx",
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "model/model.onnx: The file is a pointer of Git LFS, not what it points to; git lfs pull fetches that, and a pipeline's checkout has an "
                + "option for it.",
        }));
    }

    [Test]
    public void The_baseline_is_judged_like_the_candidate()
    {
        using var folder = new SpecFolder();
        folder.WriteModel("old");
        folder.Replace("old/MLmodel", "\"age\"", "\"years\"");
        folder.Replace("local.json", "\"path\": \"model\"", "\"path\": \"model\", \"baseline\": \"old\"");

        Assert.That(folder.Mistakes(), Has.Exactly(2).StartsWith("old/MLmodel(15,11): signature.inputs has no column \"age\""));
    }

    [Test]
    public void What_belongs_to_the_local_Azure_ML_is_refused_on_a_real_one()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"cloud\": \"local\"", "\"cloud\": \"AzureCloud\"");
        folder.Replace("local.json", "\"finalBake\"", "\"operationTimeout\": \"5m\", \"finalBake\"");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(8,3): emulator belongs to the local Azure ML; allowed: only with workspace.cloud \"local\".",
            "local.json(18,5): rollout.operationTimeout is 5m; allowed: at least 10m, as a deployment alone takes about five minutes on "
                + "Azure.",
            "local.json(22,3): load belongs to the local Azure ML; allowed: only with workspace.cloud \"local\".",
        }));
    }

    [Test]
    public void An_arguments_mistake_names_the_argument()
    {
        using var folder = new SpecFolder();

        var mistakes = folder.Mistakes(new SpecOverrides
        {
            Subscription = "mine",
            EndpointName = "x",
            InstanceCount = 0,
            Steps = [0, 50, 20],
            Bake = TimeSpan.FromDays(15),
            Retain = -1,
            TimeScale = 0,
            Port = 70000,
            ModelPath = folder.File("none"),
        });

        Assert.That(mistakes, Is.EqualTo(new[]
        {
            "--subscription: The value is mine; allowed: a GUID such as 00000000-0000-0000-0000-000000000000.",
            "--time-scale: The value is 0; allowed: a number above 0, at most 100.",
            "--port: The value is 70000; allowed: a whole number from 0 to 65535.",
            "--bake: The value is 360h; allowed: a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M; at least 0s, at most "
                + "336h.",
            "--steps: The value has 0; allowed: a whole number from 1 to 99.",
            "--steps: The step of 20 % comes after the one of 50 %; allowed: weights that rise from step to step.",
            "--retain: The value is -1; allowed: a whole number from 0 to 18.",
            "--endpoint-name: The value is x; allowed: 3 to 32 letters, digits and hyphens, a letter first, no hyphen last.",
            "--instance-count: The value is 0; allowed: a whole number from 1 to 1000.",
            $"--model-path: none does not exist; allowed: the folder of an MLflow model.",
        }));
    }

    [Test]
    public void What_is_missing_says_which_argument_works_too()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"resourceGroup\": \"group\",", "");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(2,16): workspace.resourceGroup is missing; allowed: 1 to 90 letters, digits, hyphens, underscores, dots and "
                + "parentheses, no dot last; --resource-group works too.",
        }));
    }

    [Test]
    public void A_file_that_is_no_configuration_at_all_is_told_so()
    {
        using var folder = new SpecFolder();
        folder.Write("local.json", "[1, 2]");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "local.json(1,1): The document is a list; allowed: a map." }));
    }

    [Test]
    public void Of_the_keys_that_are_known_each_is_told_once()
    {
        using var folder = new SpecFolder();
        folder.Replace("green.yml", "name: green", "name: green\nzzzzzzzzzz: 1");

        var known = folder.Mistakes().Single(mistake => mistake.Contains("zzzzzzzzzz", StringComparison.Ordinal)).Split("known: ")[1].TrimEnd('.').Split(", ");

        Assert.That(known, Is.Unique);
    }

    [Test]
    public void A_file_that_is_far_too_large_is_not_read()
    {
        using var folder = new SpecFolder();
        using (var stream = File.Create(folder.File("requests.json")))
        {
            stream.SetLength(17 * 1024 * 1024);
        }

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "requests.json: The file has 17825792 bytes; at most 16777216 are allowed." }));
    }

    [TestCase("endpoint.yml")]
    [TestCase("local.json")]
    public void A_document_that_is_nested_too_deeply_is_a_mistake_and_no_crash(string file)
    {
        using var folder = new SpecFolder();
        folder.Write(file, new string('[', 100_000));

        Assert.That(folder.Mistakes(), Has.Length.EqualTo(1));
        Assert.That(folder.Mistakes()[0], Does.StartWith($"{file}(1,3").And.Contains("32"));
    }

    [Test]
    public void Aliases_that_multiply_are_not_expanded_and_refused_where_they_are_too_many()
    {
        using var folder = new SpecFolder();
        var lines = Enumerable.Range(1, 40).Select(i => $"  - &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]");
        folder.Write("endpoint.yml", $"name: my-endpoint\ntags:\n  - &a0 [x]\n{string.Join("\n", lines)}\n");

        Assert.That(
            folder.Mistakes(),
            Is.EqualTo(new[]
            {
                "endpoint.yml(9,25): Up to here are more than 1000000 values, each alias counted as all that it stands for.",
            }));
    }
}
