using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Datastores that somebody registered beside the workspace's own.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DatastoreTests
{
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [TestCase("azureml://datastores/mine/paths/models/heart")]
    [TestCase("azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/Mine/paths/models/heart/")]
    public async Task A_model_in_another_container_of_the_account_serves(string uri)
    {
        var (account, _, _) = await BlobClients.AccountAsync(_emulator);
        var container = (await (await BlobClients.ByHostAsync(_emulator)).CreateBlobContainerAsync("my-models")).Value;
        await BlobClients.UploadFolderAsync(container, Path.Combine(Repository.Root, "models", "heart-classifier", "v1"), "models/heart");
        await RegisterAsync("mine", account, "my-models");

        await DeployAsync(uri, "blue", "Succeeded");
        var (status, _, answer) = await HeartEndpoint.ScoreAsync(_emulator, "blue");

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), answer);
    }

    [Test]
    public async Task A_model_in_somebody_elses_account_or_in_no_datastore_fails_in_clear_words()
    {
        var (account, _, _) = await BlobClients.AccountAsync(_emulator);
        await RegisterAsync("theirs", "elsewhere", "my-models");

        var foreign = await DeployAsync("azureml://datastores/theirs/paths/models/heart", "foreign", "Failed");
        var unknown = await DeployAsync("azureml://datastores/nowhere/paths/models/heart", "unknown", "Failed");

        Assert.That(foreign, Does.Contain("/theirs/").And.Contain($"neither a path of a blob datastore in storage account '{account}' nor an address there"));
        Assert.That(unknown, Does.Contain("/nowhere/").And.Contain($"storage account '{account}'"));
    }

    [TestCase("""{"expirableSecret":true,"expireAfterHours":99999999}""", "")]
    [TestCase("""{"expirableSecret":true,"expireAfterHours":-1}""", "")]
    [TestCase("""{"expirableSecret":true,"expireAfterHours":0}""", "")]
    [TestCase("{}", "?expirableSecret=true&expireAfterHours=99999999")]
    [TestCase("{}", "?expirableSecret=true&expireAfterHours=-1")]
    public async Task A_secret_that_would_expire_before_it_is_given_or_never_is_refused(string body, string query)
    {
        var answer = await Arm.PostAsync($"datastores/workspaceblobstore/listSecrets{query}", JsonNode.Parse(body));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Text);
        Assert.That(answer.ErrorMessage, Does.Contain("expireAfterHours").And.Contain("an integer from 1 to"));
    }

    [TestCase("""{"credentials":{"credentialsType":"None"}}""", "'properties.datastoreType' is missing")]
    [TestCase("""{"datastoreType":"AzureTape","credentials":{"credentialsType":"None"}}""", "'properties.datastoreType' is 'AzureTape'; allowed are AzureBlob,")]
    [TestCase("""{"datastoreType":"AzureBlob","credentials":{}}""", "'properties.credentials.credentialsType' is missing")]
    [TestCase("""{"datastoreType":"AzureBlob","credentials":{"credentialsType":"Password"}}""", "'properties.credentials.credentialsType' is 'Password'")]
    [TestCase("""{"datastoreType":"AzureBlob","accountName":1,"credentials":{"credentialsType":"None"}}""", "'properties.accountName' is 1; expected is a string")]
    [TestCase("""{"datastoreType":"AzureFile","accountName":"a","credentials":{"credentialsType":"None"}}""", "'properties.fileShareName' is missing")]
    [TestCase("""{"datastoreType":"AzureDataLakeGen2","accountName":"a","credentials":{"credentialsType":"None"}}""", "'properties.filesystem' is missing")]
    public async Task A_datastore_that_is_none_of_the_specifications_is_refused(string properties, string says)
    {
        var answer = await Arm.PutAsync("datastores/mine", new JsonObject { ["properties"] = JsonNode.Parse(properties) });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Text);
        Assert.That(answer.ErrorMessage, Does.Contain(says));
    }

    [Test]
    public async Task A_datastore_is_shown_in_the_specifications_spelling_with_what_is_not_known_and_without_secrets()
    {
        const string Sent = """
            {"DatastoreType":"azurefile","accountName":"a","fileShareName":"s","future":[1],
             "credentials":{"credentialsType":"accountkey","secrets":{"secretsType":"AccountKey","key":"c2VjcmV0"}}}
            """;

        var created = await Arm.PutAsync("datastores/mine", new JsonObject { ["properties"] = JsonNode.Parse(Sent) });
        var secrets = await Arm.PostAsync("datastores/mine/listSecrets");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Status, Is.EqualTo(HttpStatusCode.Created), created.Text);
            Assert.That((string?)created.Json["properties"]!["datastoreType"], Is.EqualTo("AzureFile"));
            Assert.That(created.Json["properties"]!["credentials"]!.ToJsonString(), Is.EqualTo("""{"credentialsType":"AccountKey"}"""));
            Assert.That(created.Json["properties"]!["future"]!.ToJsonString(), Is.EqualTo("[1]"));
            Assert.That((string?)secrets.Json["key"], Is.EqualTo("c2VjcmV0"));
        }
    }

    [TestCase("", "workspaceblobstore a b")]
    [TestCase("?orderBy=name&orderByAsc=true", "a b workspaceblobstore")]
    [TestCase("?orderBy=Name", "workspaceblobstore b a")]
    [TestCase("?orderBy=createdtime", "a b workspaceblobstore")]
    [TestCase("?orderBy=createdtime&orderByAsc=true", "workspaceblobstore b a")]
    [TestCase("?orderBy=modifiedtime&orderByAsc=false", "b a workspaceblobstore")]
    public async Task Datastores_are_listed_in_the_order_that_is_asked_for(string query, string names)
    {
        await RegisterAsync("b", "account", "container");
        await RegisterAsync("a", "account", "container");
        var b = (await Arm.GetAsync("datastores/b")).Json;
        await Arm.PutAsync("datastores/b", b);

        var listed = await Arm.GetAsync($"datastores{query}");

        Assert.That(string.Join(' ', listed.Json["value"]!.AsArray().Select(datastore => (string?)datastore!["name"])), Is.EqualTo(names));
    }

    private async Task RegisterAsync(string name, string account, string container)
    {
        var answer = await Arm.PutAsync($"datastores/{name}", new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["datastoreType"] = "AzureBlob",
                ["accountName"] = account,
                ["containerName"] = container,
                ["credentials"] = new JsonObject { ["credentialsType"] = "None" },
            },
        });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
    }

    /// <summary>Registers a model, deploys it under its name, and gives the operation's error.</summary>
    private async Task<string?> DeployAsync(string uri, string model, string status)
    {
        await Arm.PutAsync($"models/{model}/versions/1", new JsonObject
        {
            ["properties"] = new JsonObject { ["modelType"] = "mlflow_model", ["modelUri"] = uri },
        });
        await Arm.PutToEndAsync(HeartEndpoint.Path, ArmClient.EndpointBody());
        var end = await Arm.EndOfAsync(await Arm.PutAsync($"{HeartEndpoint.Path}/deployments/{model}", Arm.DeploymentBody(model)));
        Assert.That((string?)end["status"], Is.EqualTo(status), end.ToJsonString());
        return (string?)end["error"]?["message"];
    }
}
