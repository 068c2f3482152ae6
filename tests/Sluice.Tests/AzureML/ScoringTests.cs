using Sluice.AzureML;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class ScoringTests
{
    private const string Key = "a-key-that-nobody-may-see";

    private static readonly ScoringAccess Access = new(new Uri("https://heart.westus.inference.ml.azure.com/score"), new Secret(Key));

    [TestCase("Key", "listKeys", """{"primaryKey":"the-key","secondaryKey":"other"}""", "the-key")]
    [TestCase("aMLtOKEN", "token", """{"accessToken":"the-token","tokenType":"Bearer","expiryTimeUtc":1767225600}""", "the-token")]
    public async Task The_access_is_the_uri_with_what_the_auth_mode_wants(string mode, string call, string answer, string expected)
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", authMode: mode))
            .On("POST", "/onlineEndpoints/heart/" + call, 200, answer);

        var access = await test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None);

        Assert.That(access.ScoringUri, Is.EqualTo(Access.ScoringUri));
        Assert.That(access.Key.Reveal(), Is.EqualTo(expected));
        Assert.That(access.ToString(), Does.Not.Contain(expected));
    }

    [Test]
    public async Task A_key_comes_with_the_other_one_and_does_not_end()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("POST", "/onlineEndpoints/heart/listKeys", 200, """{"primaryKey":"one","secondaryKey":"two"}""");

        var access = await test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None);

        Assert.That((access.Key.Reveal(), access.SpareKey!.Reveal()), Is.EqualTo(("one", "two")));
        Assert.That((access.RefreshAt, access.ExpiresAt), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
    }

    [TestCase("\"refreshAfterTimeUtc\":1767182400,", 12 * 60)]
    [TestCase("", 5)]
    public async Task A_token_says_when_it_ends_and_when_there_is_another(string refresh, int minutesBeforeTheEnd)
    {
        using var test = new TestWorkspace();
        test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", authMode: "AMLToken"))
            .On("POST", "/onlineEndpoints/heart/token", 200, $$"""{"accessToken":"t",{{refresh}}"expiryTimeUtc":1767225600}""");

        var access = await test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None);

        Assert.That(access.ExpiresAt, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1767225600)));
        Assert.That(access.RefreshAt, Is.EqualTo(access.ExpiresAt - TimeSpan.FromMinutes(minutesBeforeTheEnd)));
        Assert.That(access.SpareKey, Is.Null);
    }

    [Test]
    public async Task With_entra_tokens_the_callers_own_token_is_the_access()
    {
        using var test = new TestWorkspace();
        test.Service.On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", authMode: "AADToken"));

        var access = await test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None);

        Assert.That(access.Key.Reveal(), Is.EqualTo(FakeCredential.Token));
    }

    [Test]
    public async Task An_endpoint_that_was_never_created_successfully_has_no_access()
    {
        using var test = new TestWorkspace();
        var body = Arm.Endpoint("Failed").Replace(
            "\"https://heart.westus.inference.ml.azure.com/score\"", "null", StringComparison.Ordinal);
        test.Service.On("GET", "/onlineEndpoints/heart", 200, body);

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.GetScoringAccessAsync("heart", CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("NoScoringUri"));
    }

    [Test]
    public async Task A_request_carries_key_deployment_and_an_id_and_the_answer_says_who_answered()
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", 200, "[1]", ("azureml-model-deployment", "green"));

        var answer = await Client(test).ScoreAsync(Access, """{"input_data":[]}""", "green", CancellationToken.None);

        var sent = test.Service.Requests.Single();
        Assert.That(sent.Headers["Authorization"], Is.EqualTo("Bearer " + Key));
        Assert.That(sent.Headers["azureml-model-deployment"], Is.EqualTo("green"));
        Assert.That(Guid.TryParse(sent.Headers["x-ms-client-request-id"], out _));
        Assert.That(sent.Headers["Content-Type"], Does.StartWith("application/json"));
        Assert.That(sent.Body, Is.EqualTo("""{"input_data":[]}"""));
        Assert.That((answer.Status, answer.Deployment, answer.Body, answer.IsSuccess), Is.EqualTo((200, "green", "[1]", true)));
    }

    [Test]
    public async Task Without_a_deployment_the_traffic_chooses()
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", 200, "[0]");

        await Client(test).ScoreAsync(Access, "{}", deployment: null, CancellationToken.None);

        Assert.That(test.Service.Requests.Single().Headers.Keys, Has.None.EqualTo("azureml-model-deployment"));
    }

    [Test]
    public async Task A_failing_model_is_an_answer_with_the_containers_own_status()
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", 424, "no column thal", ("ms-azureml-model-error-statuscode", "400"));

        var answer = await Client(test).ScoreAsync(Access, "{}", "green", CancellationToken.None);

        Assert.That((answer.Status, answer.ModelStatus, answer.IsSuccess), Is.EqualTo((424, "400", false)));
    }

    [Test]
    public async Task A_broken_connection_is_an_answer_without_a_status()
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", _ => throw new HttpRequestException("Connection refused"));

        var answer = await Client(test).ScoreAsync(Access, "{}", "green", CancellationToken.None);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((0, "Connection refused")));
    }

    [Test]
    public async Task A_slow_answer_is_none()
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", _ => throw new TaskCanceledException());

        var answer = await Client(test).ScoreAsync(Access, "{}", "green", CancellationToken.None);

        Assert.That((answer.Status, answer.Body), Is.EqualTo((0, "no answer within 60 s")));
    }

    [Test]
    [SetCulture("de-DE")]
    public async Task A_slow_answer_is_told_with_the_same_numbers_in_every_country()
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", _ => throw new TaskCanceledException());
        var client = new ScoringClient(test.Connection, TimeSpan.FromSeconds(1.5), TimeProvider.System);

        var answer = await client.ScoreAsync(Access, "{}", "green", CancellationToken.None);

        Assert.That(answer.Body, Is.EqualTo("no answer within 1.5 s"));
    }

    [Test]
    public async Task A_cancelled_caller_gets_no_answer_but_the_cancellation()
    {
        using var test = new TestWorkspace();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Assert.ThatAsync(
            () => Client(test).ScoreAsync(Access, "{}", "green", cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task No_key_is_sent_in_the_clear()
    {
        using var test = new TestWorkspace();

        var answer = await Client(test).ScoreAsync(
            new(new Uri("http://heart.example/score"), new Secret(Key)), "{}", "green", CancellationToken.None);

        Assert.That(answer.Status, Is.Zero);
        Assert.That(answer.Body, Does.Contain("https").And.Not.Contain(Key));
        Assert.That(test.Service.Requests, Is.Empty);
    }

    [TestCase("broken\nkey")]
    [TestCase("schlüssel")]
    public async Task A_key_that_no_header_can_carry_is_not_shown(string key)
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", 401);

        var answer = await Client(test).ScoreAsync(new(Access.ScoringUri, new Secret(key)), "{}", "green", CancellationToken.None);

        Assert.That(answer.IsSuccess, Is.False);
        Assert.That(answer.ToString(), Does.Not.Contain(key));
    }

    [Test]
    public async Task An_answer_without_end_is_no_answer()
    {
        using var test = new TestWorkspace();
        test.Service.On("POST", "/score", _ => new HttpResponseMessage { Content = new ByteArrayContent(new byte[64 * 1024 * 1024 + 1]) });

        var answer = await Client(test).ScoreAsync(Access, "{}", "green", CancellationToken.None);

        Assert.That(answer.Status, Is.Zero);
        Assert.That(answer.Body, Has.Length.LessThan(1000));
    }

    private static ScoringClient Client(TestWorkspace test) => new(test.Connection, TimeSpan.FromSeconds(60), TimeProvider.System);
}
