using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Code as <c>az ml</c> and azure-ai-ml bring it: ask where to, upload there, register, deploy.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PendingUploadTests
{
    private const string Script = """
        def init():
            pass


        def run(raw_data):
            return "scored"
        """;

    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task Each_upload_gets_a_container_of_its_own_and_is_found_again_by_its_id()
    {
        var first = await BeginAsync();
        var second = await BeginAsync();
        var again = await BeginAsync((string)first.Json["pendingUploadId"]!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK), first.Text);
            Assert.That((string?)first.Json["pendingUploadType"], Is.EqualTo("TemporaryBlobReference"));
            Assert.That((string?)Reference(first)["credential"]!["credentialType"], Is.EqualTo("SAS"));
            Assert.That((string?)Reference(first)["credential"]!["sasUri"], Does.StartWith($"{(string?)Reference(first)["blobUri"]}?"));
            Assert.That(
                (string?)Reference(first)["storageAccountArmId"],
                Is.EqualTo((string?)(await Arm.GetAsync(Arm.Workspace)).Json["properties"]!["storageAccount"]));
            Assert.That((string?)Reference(second)["blobUri"], Is.Not.EqualTo((string?)Reference(first)["blobUri"]));
            Assert.That((string?)Reference(again)["blobUri"], Is.EqualTo((string?)Reference(first)["blobUri"]));
        }
    }

    [TestCase("src/score.py", "/src")]
    [TestCase("score.py", "/")]
    public async Task What_was_uploaded_is_registered_and_serves(string blob, string folder)
    {
        ScriptInterpreter.Require();
        var reference = Reference(await BeginAsync());
        var container = new BlobContainerClient(new Uri((string)reference["credential"]!["sasUri"]!), BlobClients.Options(_emulator));
        await container.GetBlobClient(blob).UploadAsync(BinaryData.FromString(Script));
        await Arm.PutToEndAsync(HeartEndpoint.Path, ArmClient.EndpointBody());

        var registered = await Arm.PutAsync("codes/score/versions/1", new JsonObject
        {
            ["properties"] = new JsonObject { ["codeUri"] = $"{(string)reference["blobUri"]!}{folder}" },
        });
        await Arm.PutToEndAsync($"{HeartEndpoint.Path}/deployments/blue", Body());
        var (status, _, answer) = await HeartEndpoint.ScoreAsync(_emulator, "blue");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(registered.Status, Is.EqualTo(HttpStatusCode.Created), registered.Text);
            Assert.That((status, answer), Is.EqualTo((HttpStatusCode.OK, "\"scored\"")));
        }
    }

    [TestCase("/../nowhere/src", "There is no container 'nowhere'.")]
    [TestCase("/src", "There is no blob 'src' and none under it in container '")]
    [TestCase("/", "There is no blob in container '")]
    public async Task Code_that_was_not_uploaded_fails_the_deployment_in_clear_words(string folder, string reason)
    {
        await Arm.PutToEndAsync(HeartEndpoint.Path, ArmClient.EndpointBody());
        var address = new Uri($"{(string)Reference(await BeginAsync())["blobUri"]!}{folder}");
        await Arm.PutAsync("codes/score/versions/1", new JsonObject { ["properties"] = new JsonObject { ["codeUri"] = address.AbsoluteUri } });

        var end = await Arm.EndOfAsync(await Arm.PutAsync($"{HeartEndpoint.Path}/deployments/blue", Body()));

        Assert.That((string?)end["error"]?["message"], Does.Contain(reason));
    }

    [TestCase("codes/-score/versions/1", "{}", "The code name '-score' is invalid")]
    [TestCase("codes/score/versions/1", """{"pendingUploadId":"mine"}""", "expected is a GUID")]
    [TestCase("codes/score/versions/1", """{"pendingUploadType":"Share"}""", "allowed are None, TemporaryBlobReference")]
    public async Task What_could_not_be_registered_later_is_refused(string path, string body, string reason)
    {
        var answer = await Arm.PostAsync($"{path}/startPendingUpload", JsonNode.Parse(body));

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.ErrorMessage, Does.Contain(reason));
    }

    private static JsonNode Reference(ArmAnswer answer) => answer.Json["blobReferenceForConsumption"]!;

    private Task<ArmAnswer> BeginAsync(string? id = null) => Arm.PostAsync(
        "codes/score/versions/1/startPendingUpload",
        new JsonObject { ["pendingUploadId"] = id, ["pendingUploadType"] = "TemporaryBlobReference" });

    private JsonObject Body()
    {
        var body = Arm.DeploymentBody();
        body["properties"]!["model"] = null;
        body["properties"]!["codeConfiguration"] = new JsonObject
        {
            ["codeId"] = $"{Arm.Workspace}/codes/score/versions/1",
            ["scoringScript"] = "score.py",
        };
        return body;
    }
}
