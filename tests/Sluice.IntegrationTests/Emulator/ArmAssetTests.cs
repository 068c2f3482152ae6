using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>The routes of code, environments and data.</summary>
[Category("Integration")]
internal sealed class ArmAssetTests
{
    private const string Uri = "https://account.blob.core.windows.net/container/LocalUpload/1/code";

    [Test]
    public async Task A_version_of_code_is_registered_once_and_read_again()
    {
        await using var emulator = await RunningEmulator.StartAsync();

        var created = await emulator.Arm.PutAsync("codes/score/versions/1", Code("abc"));
        var repeated = await emulator.Arm.PutAsync("codes/score/versions/1", Code("abc"));
        var read = await emulator.Arm.GetAsync("codes/score/versions/1");

        Assert.That((created.Status, repeated.Status), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)));
        Assert.That((string)read.Json["id"]!, Is.EqualTo($"{emulator.Arm.Workspace}/codes/score/versions/1"));
        Assert.That((string)read.Json["properties"]!["codeUri"]!, Is.EqualTo(Uri));
        Assert.That((string)read.Json["properties"]!["provisioningState"]!, Is.EqualTo("Succeeded"));
    }

    [Test]
    public async Task The_place_of_registered_code_cannot_be_changed()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await emulator.Arm.PutAsync("codes/score/versions/1", Code("abc"));

        var changed = await emulator.Arm.PutAsync("codes/score/versions/1", Code("abc", Uri + "-2"));

        Assert.That(changed.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(changed.Text, Does.Contain("Asset paths cannot be updated."));
    }

    [Test]
    public async Task Code_is_found_by_its_hash_below_any_name()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await emulator.Arm.PutAsync("codes/one/versions/1", Code("abc"));
        await emulator.Arm.PutAsync("codes/two/versions/1", Code("def"));

        var found = await emulator.Arm.GetAsync("codes/made-up/versions?hash=def&hashVersion=202208");
        var none = await emulator.Arm.GetAsync("codes/made-up/versions?hash=ghi&hashVersion=202208");
        var missing = await emulator.Arm.GetAsync("codes/made-up/versions");

        Assert.That(found.Json["value"]!.AsArray().Select(item => (string)item!["id"]!), Is.EqualTo(new[]
        {
            $"{emulator.Arm.Workspace}/codes/two/versions/1",
        }));
        Assert.That(none.Json["value"]!.AsArray(), Is.Empty);
        Assert.That(missing.Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task The_newest_version_of_an_environment_is_listed_first_and_the_state_survives_a_restart()
    {
        var folder = RunningEmulator.NewFolder();
        try
        {
            await using (var first = await RunningEmulator.StartAsync(folder))
            {
                await first.Arm.PutAsync("environments/scoring/versions/10", Environment("ten"));
                await first.Arm.PutAsync("environments/scoring/versions/9", Environment("nine"));
            }

            await using var second = await RunningEmulator.StartAsync(folder);
            var newest = await second.Arm.GetAsync("environments/scoring/versions?$orderBy=createdtime%20desc&$top=1");
            var container = await second.Arm.GetAsync("environments/scoring");

            Assert.That((string)newest.Json["value"]![0]!["properties"]!["image"]!, Is.EqualTo("nine"));
            Assert.That((string)newest.Json["value"]![0]!["properties"]!["osType"]!, Is.EqualTo("Linux"));
            Assert.That((string)container.Json["properties"]!["latestVersion"]!, Is.EqualTo("9"));
            Assert.That((string)container.Json["properties"]!["nextVersion"]!, Is.EqualTo("11"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Data_is_registered_as_official_clients_do_it_for_what_a_deployment_collects_and_stays_where_it_is()
    {
        const string Place = "azureml://datastores/workspaceblobstore/paths/modelDataCollector/heart/blue/model_inputs";
        var folder = RunningEmulator.NewFolder();
        try
        {
            await using (var first = await RunningEmulator.StartAsync(folder))
            {
                var created = await first.Arm.PutAsync("data/inputs/versions/1", Data(Place));
                var repeated = await first.Arm.PutAsync("data/inputs/versions/1", Data(Place));
                var moved = await first.Arm.PutAsync("data/inputs/versions/1", Data(Place + "-2"));
                var nowhere = await first.Arm.PutAsync("data/inputs/versions/2", Data(null));
                Assert.That((created.Status, repeated.Status), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)), created.Text);
                Assert.That(moved.Text, Does.Contain("Asset paths cannot be updated."));
                Assert.That(nowhere.Text, Does.Contain("The data 'inputs' has no dataUri."));
            }

            await using var second = await RunningEmulator.StartAsync(folder);
            var listed = (await second.Arm.GetAsync("data/inputs/versions")).Json["value"]!.AsArray().Single()!;
            var container = (await second.Arm.GetAsync("data/inputs")).Json;

            Assert.That((string)listed["id"]!, Is.EqualTo($"{second.Arm.Workspace}/data/inputs/versions/1"));
            Assert.That((string)listed["properties"]!["dataUri"]!, Is.EqualTo(Place));
            Assert.That((string)container["properties"]!["dataType"]!, Is.EqualTo("uri_file"));
            Assert.That((string)container["properties"]!["nextVersion"]!, Is.EqualTo("2"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        static JsonObject Data(string? place) => new() { ["properties"] = new JsonObject { ["dataType"] = "uri_file", ["dataUri"] = place } };
    }

    [TestCase("team=heart", "1")]
    [TestCase("team=liver", "")]
    public async Task Data_is_listed_by_its_tags(string tags, string versions)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        foreach (var (version, properties) in new[] { ("1", """{"dataUri":"azureml://a","tags":{"team":"heart"}}"""), ("2", """{"dataUri":"azureml://b"}""") })
        {
            await emulator.Arm.PutAsync($"data/inputs/versions/{version}", new JsonObject { ["properties"] = JsonNode.Parse(properties) });
        }

        var found = await emulator.Arm.GetAsync($"data/inputs/versions?$tags={tags}");

        Assert.That(string.Join(' ', found.Json["value"]!.AsArray().Select(version => (string?)version!["name"])), Is.EqualTo(versions), found.Text);
    }

    [TestCase("models")]
    [TestCase("codes")]
    [TestCase("environments")]
    [TestCase("data")]
    public async Task A_container_keeps_what_it_is_told_over_a_restart_and_is_archived_and_restored(string collection)
    {
        var container = new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["description"] = "described",
                ["tags"] = new JsonObject { ["team"] = "heart" },
                ["properties"] = new JsonObject { ["origin"] = "here" },
                ["isArchived"] = true,
            },
        };
        var folder = RunningEmulator.NewFolder();
        try
        {
            await using (var first = await RunningEmulator.StartAsync(folder))
            {
                var created = await first.Arm.PutAsync($"{collection}/kept", container);
                var repeated = await first.Arm.PutAsync($"{collection}/Kept", container);
                Assert.That((created.Status, repeated.Status), Is.EqualTo((HttpStatusCode.Created, HttpStatusCode.OK)), created.Text);
            }

            await using var second = await RunningEmulator.StartAsync(folder);
            var read = (await second.Arm.GetAsync($"{collection}/kept")).Json;
            var active = await second.Arm.GetAsync(collection);
            read["properties"]!["isArchived"] = false;
            await second.Arm.PutAsync($"{collection}/kept", read.DeepClone());
            var restored = await second.Arm.GetAsync(collection);

            Assert.That((string)read["id"]!, Is.EqualTo($"{second.Arm.Workspace}/{collection}/kept"));
            Assert.That((string)read["properties"]!["description"]!, Is.EqualTo("described"));
            Assert.That((string)read["properties"]!["tags"]!["team"]!, Is.EqualTo("heart"));
            Assert.That((string)read["properties"]!["properties"]!["origin"]!, Is.EqualTo("here"));
            Assert.That((string)read["properties"]!["nextVersion"]!, Is.EqualTo("1"));
            Assert.That(active.Json["value"]!.AsArray(), Is.Empty);
            Assert.That(restored.Json["value"]!.AsArray().Select(item => (string)item!["name"]!), Is.EqualTo(new[] { "kept" }));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestCase("models", "modelUri")]
    [TestCase("codes", "codeUri")]
    [TestCase("environments", "image")]
    [TestCase("data", "dataUri")]
    public async Task The_versions_in_an_archived_container_count_as_archived_until_it_is_restored(string collection, string needed)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await Task.WhenAll(RegisterAsync("1", isArchived: true), RegisterAsync("2", isArchived: false));

        await ArchiveAsync(true);
        var active = await ListAsync("ActiveOnly");
        var archived = await ListAsync("ArchivedOnly");
        var read = (await emulator.Arm.GetAsync($"{collection}/kept/versions/2")).Json;
        var sentBack = await emulator.Arm.PutAsync($"{collection}/kept/versions/2", read.DeepClone());
        await ArchiveAsync(false);
        var restored = await ListAsync("ActiveOnly");

        Assert.That(active, Is.Empty);
        Assert.That(archived, Is.EquivalentTo(new[] { "1", "2" }));
        Assert.That((bool)read["properties"]!["isArchived"]!, Is.True);
        Assert.That((bool)sentBack.Json["properties"]!["isArchived"]!, Is.True, sentBack.Text);
        Assert.That(restored, Is.EqualTo(new[] { "2" }));

        Task<ArmAnswer> RegisterAsync(string version, bool isArchived) => emulator.Arm.PutAsync($"{collection}/kept/versions/{version}", new JsonObject
        {
            ["properties"] = new JsonObject { [needed] = Uri, ["isArchived"] = isArchived },
        });

        Task<ArmAnswer> ArchiveAsync(bool isArchived) => emulator.Arm.PutAsync(
            $"{collection}/kept", new JsonObject { ["properties"] = new JsonObject { ["isArchived"] = isArchived } });

        async Task<IEnumerable<string>> ListAsync(string viewType) =>
            (await emulator.Arm.GetAsync($"{collection}/kept/versions?listViewType={viewType}")).Json["value"]!.AsArray()
                .Select(item => (string)item!["name"]!);
    }

    [Test]
    public async Task An_environment_without_image_and_build_is_refused()
    {
        await using var emulator = await RunningEmulator.StartAsync();

        var answer = await emulator.Arm.PutAsync(
            "environments/scoring/versions/1", new JsonObject { ["properties"] = new JsonObject { ["condaFile"] = "name: e" } });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Text, Does.Contain("no image and no build"));
    }

    [TestCase("models/a/versions/1", """{"modelUri":"azureml://m","tags":"x"}""", "'properties.tags' is \"x\"; expected is an object")]
    [TestCase("models/a/versions/1", """{"modelUri":"azureml://m","tags":{"a":1}}""", "'properties.tags.a' is 1; expected is a string")]
    [TestCase("models/a/versions/1", """{"modelUri":"azureml://m","properties":{"a":{}}}""", "'properties.properties.a' is {}; expected is a string")]
    [TestCase("models/a/versions/1", """{"modelUri":"azureml://m","description":1}""", "'properties.description' is 1; expected is a string")]
    [TestCase("models/a/versions/1", """{"modelUri":"azureml://m","isAnonymous":"x"}""", "'properties.isAnonymous' is \"x\"; expected is true or false")]
    [TestCase("models/a/versions/1", """{"modelUri":"azureml://m","flavors":"x"}""", "'properties.flavors' is \"x\"; expected is an object")]
    [TestCase("models/a/versions/1", """{"modelUri":"azureml://m","flavors":{"onnx":{"data":{"a":1}}}}""", "'properties.flavors.onnx.data.a' is 1")]
    [TestCase("models/a/versions/1", """{"modelUri":"foo"}""", "'properties.modelUri' is 'foo'; expected is a URI")]
    [TestCase("codes/a/versions/1", """{"codeUri":"foo"}""", "'properties.codeUri' is 'foo'; expected is a URI")]
    [TestCase("codes/a/versions/1", """{"codeUri":1}""", "'properties.codeUri' is 1; expected is a string")]
    [TestCase("environments/a/versions/1", """{"image":"i","osType":"Plan9"}""", "'properties.osType' is 'Plan9'; allowed are Linux, Windows")]
    [TestCase("environments/a/versions/1", """{"image":"i","autoRebuild":"Never"}""", "'properties.autoRebuild' is 'Never'")]
    [TestCase("environments/a/versions/1", """{"build":"x"}""", "'properties.build' is \"x\"; expected is an object")]
    [TestCase("environments/a/versions/1", """{"build":{}}""", "'properties.build.contextUri' is missing")]
    [TestCase("environments/a/versions/1", """{"image":"i","inferenceConfig":{"scoringRoute":{"port":"x"}}}""", "'properties.inferenceConfig.scoringRoute.port' is \"x\"")]
    [TestCase("data/a/versions/1", """{"dataUri":"azureml://d","dataType":"bogus"}""", "'properties.dataType' is 'bogus'; allowed are uri_file, uri_folder, mltable")]
    [TestCase("data/a/versions/1", """{"dataUri":"azureml://d","referencedUris":[1]}""", "'properties.referencedUris[0]' is 1; expected is a string")]
    [TestCase("models/a", """{"tags":[]}""", "'properties.tags' is []; expected is an object")]
    [TestCase("data/a", """{"dataType":"bogus"}""", "'properties.dataType' is 'bogus'")]
    public async Task What_the_specification_types_otherwise_is_refused_and_the_list_can_be_read(string path, string properties, string says)
    {
        await using var emulator = await RunningEmulator.StartAsync();

        var answer = await emulator.Arm.PutAsync(path, new JsonObject { ["properties"] = JsonNode.Parse(properties) });
        var listed = await emulator.Arm.GetAsync(path.Split('/')[0]);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Text);
        Assert.That(answer.ErrorCode, Is.EqualTo("InvalidRequestContent"));
        Assert.That(answer.ErrorMessage, Does.Contain(says));
        Assert.That(listed.Json["value"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_null_is_nothing_and_names_and_values_come_back_in_the_specifications_spelling()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        const string Sent = """
            {"Image":"i","osType":"LINUX","tags":null,"properties":{"a":null,"b":"c"},"isAnonymous":null,"build":null,"future":{"x":null},
             "inferenceConfig":{"ScoringRoute":{"path":"/score","port":5001.0},"future":1}}
            """;

        var answer = await emulator.Arm.PutAsync("environments/a/versions/1", new JsonObject { ["properties"] = JsonNode.Parse(Sent) });
        var shown = answer.Json["properties"]!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
            Assert.That(((string?)shown["image"], (string?)shown["osType"]), Is.EqualTo(("i", "Linux")));
            Assert.That(shown["tags"]!.ToJsonString(), Is.EqualTo("{}"));
            Assert.That(shown["properties"]!.ToJsonString(), Is.EqualTo("""{"a":null,"b":"c"}"""));
            Assert.That((bool)shown["isAnonymous"]!, Is.False);
            Assert.That(shown["inferenceConfig"]!.ToJsonString(), Is.EqualTo("""{"scoringRoute":{"path":"/score","port":5001},"future":1}"""));
            Assert.That(shown["future"]!.ToJsonString(), Is.EqualTo("""{"x":null}"""));
        }
    }

    [TestCase("image", "another")]
    [TestCase("condaFile", "name: another")]
    public async Task What_an_environment_is_built_of_cannot_be_changed_and_the_answer_is_one_that_official_clients_know(string member, string value)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var environment = Environment("scoring");
        environment["properties"]!["condaFile"] = "name: scoring";
        await emulator.Arm.PutAsync("environments/env1/versions/1", environment);
        environment["properties"]!["description"] = "described";
        var described = await emulator.Arm.PutAsync("environments/env1/versions/1", environment);
        environment["properties"]![member] = value;

        var changed = await emulator.Arm.PutAsync("environments/env1/versions/1", environment);

        Assert.That(described.Status, Is.EqualTo(HttpStatusCode.OK), described.Text);
        Assert.That(changed.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(changed.ErrorCode, Is.EqualTo("UserError"));
        Assert.That(
            (string?)changed.Json["error"]!["message"], Is.EqualTo("Environment env1 with version 1 is already registered and cannot be changed."));
    }

    [TestCase("codes/score/versions/9", null, "Code container with name: score and version: 9 not found")]
    [TestCase("codes/score/versions/1", "environments/none/versions/1", "is not registered in this workspace")]
    public async Task A_deployment_that_names_what_is_not_there_fails(string code, string? environment, string reason)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await HeartEndpoint.CreateAsync(emulator);
        await emulator.Arm.PutAsync("codes/score/versions/1", Code("abc"));
        var body = emulator.Arm.DeploymentBody();
        body["properties"]!["codeConfiguration"] = new JsonObject
        {
            ["codeId"] = $"{emulator.Arm.Workspace}/{code}",
            ["scoringScript"] = "score.py",
        };
        body["properties"]!["environmentId"] = environment is null ? null : $"{emulator.Arm.Workspace}/{environment}";

        var end = await emulator.Arm.EndOfAsync(await emulator.Arm.PutAsync($"{HeartEndpoint.Path}/deployments/blue", body));

        Assert.That((string)end["status"]!, Is.EqualTo("Failed"));
        Assert.That(end.ToJsonString(), Does.Contain(reason));
    }

    [TestCase("model", "/subscriptions/5a1ce000-0000-4000-8000-000000000002/resourceGroups/{group}/providers/{provider}/workspaces/{workspace}/models/heart/versions/1")]
    [TestCase("model", "/subscriptions/{subscription}/resourceGroups/other/providers/{provider}/workspaces/{workspace}/models/heart/versions/1")]
    [TestCase("model", "azureml:/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}/workspaces/other/models/heart/versions/1")]
    [TestCase("model", "azureml://subscriptions/{subscription}/resourceGroups/{group}/workspaces/other/models/heart/versions/1")]
    [TestCase("model", "azureml://locations/westeurope/workspaces/5a1ce000-0000-4000-8000-000000000002/models/heart/versions/1")]
    [TestCase("codeId", "/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}/workspaces/other/codes/score/versions/1")]
    [TestCase("environmentId", "/subscriptions/{subscription}/resourceGroups/{group}/providers/{provider}/workspaces/other/environments/scoring/versions/1")]
    public async Task What_a_deployment_names_in_another_workspace_is_not_taken_from_this_one(string member, string id)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await HeartEndpoint.CreateAsync(emulator);
        await emulator.Arm.PutAsync("codes/score/versions/1", Code("abc"));
        await emulator.Arm.PutAsync("environments/scoring/versions/1", Environment("scoring"));
        var named = id.Replace("{subscription}", emulator.Connection.SubscriptionId, StringComparison.Ordinal)
            .Replace("{group}", emulator.Connection.ResourceGroup, StringComparison.Ordinal)
            .Replace("{provider}", "Microsoft.MachineLearningServices", StringComparison.Ordinal)
            .Replace("{workspace}", emulator.Connection.Workspace, StringComparison.Ordinal);
        var body = emulator.Arm.DeploymentBody();
        if (member == "codeId")
        {
            body["properties"]!["codeConfiguration"] = new JsonObject { [member] = named, ["scoringScript"] = "score.py" };
        }
        else
        {
            body["properties"]![member] = named;
        }

        var end = await emulator.Arm.EndOfAsync(await emulator.Arm.PutAsync($"{HeartEndpoint.Path}/deployments/blue", body));

        Assert.That((string)end["status"]!, Is.EqualTo("Failed"));
        Assert.That((string?)end["error"]!["details"]![0]!["code"], Is.EqualTo("ResourceNotFound"));
        Assert.That((string?)end["error"]!["message"], Does.Contain($"'{named}'").And.Contain("this workspace"));
    }

    private static JsonObject Code(string hash, string uri = Uri) => new()
    {
        ["properties"] = new JsonObject
        {
            ["codeUri"] = uri,
            ["isAnonymous"] = true,
            ["properties"] = new JsonObject { ["hash_sha256"] = hash, ["hash_version"] = "202208" },
        },
    };

    private static JsonObject Environment(string image) => new() { ["properties"] = new JsonObject { ["image"] = image } };
}
