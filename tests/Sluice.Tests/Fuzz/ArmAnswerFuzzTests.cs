using System.Net;
using System.Text;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureML;
using Sluice.Tests.AzureResourceManagerMachineLearning;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>What ARM, or something that answers in its place, says to the client.</summary>
[Category("Fuzz")]
internal sealed class ArmAnswerFuzzTests
{
    private const string EndpointPath = "/onlineEndpoints/heart";
    private const string DeploymentsPath = "/onlineEndpoints/heart/deployments";
    private const string GreenPath = "/onlineEndpoints/heart/deployments/green";
    private const string VersionsPath = "/models/heart/versions";

    // An endpoint that never settles is looked at until then.
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromMinutes(1);

    private static readonly Traffic Before = Traffic.AllTo("blue");
    private static readonly Traffic Wanted = Traffic.Split("blue", "green", 10);
    private static readonly RolloutMark Mark = new("r1", "blue", "green", RolloutStatus.Canary);
    private static readonly ModelSpec Model = new("heart", new WorkspaceModel("heart", "2"), Baseline: null);

    private static readonly int[] Statuses = [200, 200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 412, 429, 500, 502, 503];

    private static readonly (string Method, string PathEnd, int Status, string Body, bool IsOperation)[] Answers =
    [
        ("GET", EndpointPath, 200, Arm.Endpoint("Succeeded", """{"blue":100}""", """{"green":10}""", """{"team":"cardio"}"""), false),
        ("PUT", EndpointPath, 202, Arm.Endpoint("Updating", """{"blue":100}"""), true),
        ("DELETE", EndpointPath, 202, "", true),
        ("GET", DeploymentsPath, 200, Arm.List(Arm.Deployment("blue", "Succeeded"), Arm.Deployment("green", "Creating")), false),
        ("GET", GreenPath, 200, Arm.Deployment("green", "Succeeded"), false),
        ("DELETE", GreenPath, 202, "", true),
        ("GET", VersionsPath, 200, Arm.List(Version("1"), Version("2")), false),
        ("GET", Arm.PollPath, 200, Arm.Succeeded, false),
        ("POST", "/getLogs", 200, """{"content":"Instance status:\nContainer logs:\nready"}""", false),
        ("POST", "/listKeys", 200, """{"primaryKey":"a","secondaryKey":"b"}""", false),
        ("POST", "/token", 200, """{"accessToken":"t","expiryTimeUtc":1800000000,"refreshAfterTimeUtc":1799990000}""", false),
        ("POST", "/regenerateKeys", 202, "", true),
    ];

    private static readonly Func<TestWorkspace, Task>[] Calls =
    [
        test => test.Workspace.ObserveAsync(Model, "heart", CancellationToken.None),
        test => test.Workspace.ObserveAsync(Model, "heart", CancellationToken.None),
        test => test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), test.Progress, CancellationToken.None),
        test => test.Workspace.SetMarkAsync("heart", expected: null, Mark, CancellationToken.None),
        test => test.Workspace.DeleteDeploymentAsync("heart", "green", test.Progress, CancellationToken.None),
        test => test.Workspace.DeleteEndpointAsync("heart", test.Progress, CancellationToken.None),
        test => test.Workspace.GetLogsAsync("heart", "green", ContainerKind.InferenceServer, 50, CancellationToken.None),
        test => test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None),
        test => test.Workspace.RegenerateKeyAsync("heart", EndpointKey.Primary, test.Progress, CancellationToken.None),
        test => test.Workspace.AwaitSettledAsync("heart", test.Progress, CancellationToken.None),
    ];

    private static readonly DocumentFuzzer Bodies = new(
        new JsonSyntax(hasComments: false),
        [
            .. Answers.Where(answer => answer.Body.Length > 0).Select(answer => answer.Body),
            Arm.Endpoint("Succeeded", authMode: "AMLToken"),
            Arm.Running,
            """{"status":"Failed","error":{"code":"ResourceNotReady","message":"User container has crashed."}}""",
            """{"error":{"code":"UserError","message":"{\"errors\":{\"\":[\"the cause\"]}}","details":[{"code":"A","message":"b"}]}}""",
            """{"error":{"code":"A","message":"outer","innererror":{"code":"ResourceNotReady","message":"inner"}}}""",
            """{"value":[],"nextLink":"https://management.azure.com/subscriptions/x?api-version=1&$skiptoken=2"}""",
        ]);

    private static readonly DocumentFuzzer[] OwnBodies =
        [.. Answers.Select(answer => new DocumentFuzzer(new JsonSyntax(hasComments: false), answer.Body.Length == 0 ? "{}" : answer.Body))];

    [Test]
    public async Task Any_answer_gives_a_state_or_one_sentence() =>
        await new FuzzRun<ArmScript>("ARM answers", Next, ReadAsync).RunAsync(leastRead: 0.5);

    private static ArmScript Next(Random random)
    {
        var answers = new Dictionary<(string, string), ArmAnswer>();
        var broken = random.Next(Answers.Length);
        for (var index = 0; index < Answers.Length; index++)
        {
            var (method, path, status, body, isOperation) = Answers[index];
            var headers = isOperation ? new[] { ("Azure-AsyncOperation", Arm.PollUri) } : [];
            answers[(method, path)] = index == broken || random.Next(4) == 0
                ? Broken(index, status, headers, random)
                : new ArmAnswer(status, Encoding.UTF8.GetBytes(body), headers);
        }

        return new ArmScript(random.Next(Calls.Length), answers);
    }

    private static ArmAnswer Broken(int index, int status, (string, string)[] headers, Random random)
    {
        var isOwn = random.Next(4) != 0;
        var bytes = isOwn ? OwnBodies[index].Next(random) : Bodies.Next(random);
        var odd = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(OddValues.Text(random)));
        var line = string.Concat(odd.Where(letter => letter is >= ' ' and <= '~'));
        (string, string)[] changed = random.Next(12) switch
        {
            0 => [("Azure-AsyncOperation", line)],
            1 => [("Location", line)],
            2 => [.. headers, ("Retry-After", line)],
            3 => [.. headers, ("x-ms-request-id", line)],
            4 => [],
            _ => headers,
        };
        return new ArmAnswer(random.Next(6) == 0 ? Statuses[random.Next(Statuses.Length)] : status, bytes, changed);
    }

    private static async Task<Reach> ReadAsync(ArmScript script)
    {
        using var test = new TestWorkspace(OperationTimeout);
        foreach (var method in new[] { "GET", "PUT", "POST", "PATCH", "DELETE", "HEAD" })
        {
            test.Service.On(method, "", 404, Arm.Error("ResourceNotFound", "There is nothing."));
        }

        foreach (var ((method, pathEnd), answer) in script.Answers)
        {
            test.Service.On(method, pathEnd, _ => Give(answer));
        }

        try
        {
            await Calls[script.Call](test);
            return Reach.Accepted;
        }
        catch (RolloutException refusal)
        {
            FindingException.ThrowUnlessSentence(refusal.Message);
            return refusal is WorkspaceCallException { Code: "UnreadableAnswer" } ? Reach.Unparsed : Reach.Judged;
        }
    }

    private static HttpResponseMessage Give(ArmAnswer answer)
    {
        var given = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Body) };
        given.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
        foreach (var (name, value) in answer.Headers)
        {
            given.Headers.TryAddWithoutValidation(name, value);
        }

        return given;
    }

    private static string Version(string version) => $$"""
        {"id":"{{Arm.Base}}/models/heart/versions/{{version}}","name":"{{version}}",
         "type":"Microsoft.MachineLearningServices/workspaces/models/versions",
         "properties":{"modelType":"mlflow_model","modelUri":"azureml://x/y","tags":{"sluice-digest":"abc"},"properties":{},
         "isArchived":false,"provisioningState":"Succeeded"},"systemData":{"createdAt":"2026-01-02T03:04:05Z"} }
        """;
}
