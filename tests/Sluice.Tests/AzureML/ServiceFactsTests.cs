using System.Text;
using Sluice.AzureML.Connection;
using Sluice.AzureML.Diagnosis;
using Sluice.Rollouts.Diagnosis;
using Sluice.Rollouts.Ports;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

/// <summary>What Azure's answers become, and that nothing but reads is sent for them.</summary>
[Category("Unit")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ServiceFactsTests : IDisposable
{
    private const string Subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
    private const string Locations = $"{Subscription}/providers/Microsoft.MachineLearningServices/locations/westus";

    private static readonly WorkspaceFact Workspace = new("westus", "Succeeded", true, $"{Subscription}/providers/Microsoft.Storage/storageAccounts/acct");

    private readonly TestWorkspace _test = new();

    private ServiceFacts Facts => new(_test.Connection, _test.Time);

    [TearDown]
    public void Nothing_was_written() => Assert.That(_test.Service.Writes, Is.Empty);

    public void Dispose() => _test.Dispose();

    [Test]
    public async Task ARM_is_asked_without_a_token_and_tells_its_time_and_the_tenant()
    {
        _test.Service.On(
            "GET",
            Subscription,
            401,
            "",
            ("Date", (InstantTime.Start + TimeSpan.FromSeconds(130)).ToString("R")),
            ("WWW-Authenticate", "Bearer authorization_uri=\"https://login.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47\", error=\"invalid_token\""));

        var reached = await Facts.ReachAsync(CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reached.ClockAhead!.Value.TotalSeconds, Is.EqualTo(130).Within(1));
            Assert.That(reached.TenantId, Is.EqualTo("72f988bf-86f1-41af-91ab-2d7cd011db47"));
            Assert.That(_test.Service.Requests.Single().Headers.Keys, Does.Not.Contain("Authorization"));
        }
    }

    [TestCase(HttpRequestError.NameResolutionError, ReachFact.NameUnknown)]
    [TestCase(HttpRequestError.ConnectionError, ReachFact.NoConnection)]
    [TestCase(HttpRequestError.SecureConnectionError, ReachFact.NotSecured)]
    [TestCase(HttpRequestError.ProxyTunnelError, ReachFact.ProxyRefused)]
    public async Task Why_a_server_is_not_reached_is_told_apart(HttpRequestError error, string code)
    {
        _test.Service.On("GET", "/", _ => throw new HttpRequestException(error, "It did not work."));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => Facts.ReachScoringAsync(new("https://heart.westus.inference.ml.azure.com/score"), CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo(code));
        Assert.That(failure.Message, Does.StartWith("Could not reach heart.westus.inference.ml.azure.com: ").And.EndWith("It did not work."));
    }

    [Test]
    public async Task The_subscription_is_read()
    {
        _test.Service.On("GET", Subscription, 200, """{"displayName":"Team","state":"Enabled","tenantId":"t"}""");

        Assert.That(await Facts.ReadSubscriptionAsync(CancellationToken.None), Is.EqualTo(new SubscriptionFact("Team", "Enabled", "t")));
    }

    [Test]
    public async Task A_subscription_that_is_not_there_keeps_ARMs_code()
    {
        _test.Service.On("GET", Subscription, 404, Arm.Error("SubscriptionNotFound", "It could not be found."));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => Facts.ReadSubscriptionAsync(CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("SubscriptionNotFound"));
    }

    [Test]
    public async Task The_workspace_is_read()
    {
        _test.Service.On("GET", "/workspaces/ws", 200, $$"""
            {"id":"{{Arm.Base}}","name":"ws","type":"Microsoft.MachineLearningServices/workspaces","location":"westus",
             "properties":{"provisioningState":"Succeeded","publicNetworkAccess":"Disabled","storageAccount":"/s/acct"} }
            """);

        Assert.That(
            await Facts.ReadWorkspaceAsync(CancellationToken.None), Is.EqualTo(new WorkspaceFact("westus", "Succeeded", IsPublic: false, "/s/acct")));
    }

    [Test]
    public async Task Rights_are_read_from_all_pages()
    {
        const string Path = $"{Arm.Base}/providers/Microsoft.Authorization/permissions";
        _test.Service.On(
            "GET",
            Path,
            _ => ScriptedService.Answer(200, $$"""
                {"value":[{"actions":["*"],"notActions":["*/write"]}],"nextLink":"https://management.azure.com{{Path}}?api-version=2022-04-01&$skipToken=1"}
                """),
            _ => ScriptedService.Answer(200, """{"value":[{"actions":[],"notActions":[],"dataActions":["a/write"],"notDataActions":[]}],"nextLink":null}"""));

        var rights = await Facts.ReadPermissionsAsync(CancellationToken.None);

        Assert.That((rights.Allow("a/read"), rights.Allow("a/write"), rights.AllowData("a/write")), Is.EqualTo((true, false, true)));
    }

    [Test]
    public async Task The_token_is_not_sent_where_a_list_leads_away_from_ARM()
    {
        _test.Service.On("GET", "/permissions", 200, """{"value":[],"nextLink":"https://elsewhere.example/permissions"}""");

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(() => Facts.ReadPermissionsAsync(CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("UnreadableAnswer"));
        Assert.That(_test.Service.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Sizes_and_usages_of_the_region_are_read()
    {
        _test.Service
            .On("GET", $"{Locations}/vmSizes", 200, """{"value":[{"name":"Standard_DS3_v2","family":"standardDSv2Family","vCPUs":4,"gpus":0}]}""")
            .On("GET", $"{Locations}/usages", 200, """
                {"value":[{"unit":"Count","currentValue":7,"limit":14,"name":{"value":"Total Cluster Dedicated Regional vCPUs","localizedValue":"all"}}]}
                """);

        var sizes = await Facts.ListSizesAsync("westus", CancellationToken.None);
        var usages = await Facts.ListUsagesAsync("westus", CancellationToken.None);

        Assert.That(sizes, Is.EqualTo(new[] { new MachineSize("Standard_DS3_v2", "standardDSv2Family", 4) }));
        Assert.That(usages, Is.EqualTo(new[] { new CoreUsage("Total Cluster Dedicated Regional vCPUs", 7, 14) }));
    }

    [Test]
    public async Task The_endpoint_is_read_with_whether_it_is_public()
    {
        _test.Service
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("GET", "/onlineEndpoints/heart/deployments", 200, Arm.List(Arm.Deployment("blue", "Succeeded")));

        var fact = await Facts.ReadEndpointAsync("heart", CancellationToken.None);

        Assert.That((fact.Endpoint!.Name, fact.Endpoint.Deployments.Single().Name, fact.IsPublic), Is.EqualTo(("heart", "blue", false)));
    }

    [TestCase(null, false)]
    [TestCase("available", false)]
    [TestCase("leased", true)]
    public async Task The_datastore_is_opened_and_the_journal_looked_for(string? lease, bool isLeased)
    {
        StorageAnswers.Script(_test.Service);
        _test.Service
            .On("HEAD", "/sluice/heart/journal.jsonl", _ => Blob(lease))
            .On("GET", "/sluice/heart/journal.jsonl", _ => Blob(lease));

        var fact = await Facts.ReadStoreAsync("heart", Workspace, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((fact.HasJournal, fact.IsLeased, fact.IsAsCaller), Is.EqualTo((lease is not null, isLeased, false)));
            Assert.That((fact.Datastore, fact.Account, fact.Rights), Is.EqualTo(("workspaceblobstore", "acct", (Permissions?)null)));
        }
    }

    [TestCase("AppendBlob", null)]
    [TestCase("BlockBlob", "sluice/heart/journal.jsonl")]
    public async Task What_lies_in_the_journals_place_must_be_an_append_blob(string type, string? misplaced)
    {
        StorageAnswers.Script(_test.Service);
        _test.Service.On("HEAD", "/sluice/heart/journal.jsonl", _ => Blob("available", type));

        var fact = await Facts.ReadStoreAsync("heart", Workspace, CancellationToken.None);

        Assert.That(fact.Misplaced, Is.EqualTo(misplaced));
    }

    [TestCase(200, true)]
    [TestCase(403, false)]
    public async Task Where_the_datastore_opens_as_the_caller_its_rights_on_the_account_are_looked_at(int status, bool isSeen)
    {
        StorageAnswers.Script(_test.Service);
        _test.Service
            .On("POST", "/datastores/workspaceblobstore/listSecrets", 403, Arm.Error("AuthorizationFailed", "no"))
            .On("HEAD", "/sluice/heart/journal.jsonl", _ => Blob(null))
            .On("GET", "/storageAccounts/acct/providers/Microsoft.Authorization/permissions", status, """{"value":[{"dataActions":["*/read"]}]}""");

        var fact = await Facts.ReadStoreAsync("heart", Workspace, CancellationToken.None);

        Assert.That((fact.IsAsCaller, fact.Rights is not null), Is.EqualTo((true, isSeen)));
    }

    [Test]
    public void Whom_a_token_is_for_is_read_out_of_its_claims()
    {
        var person = TokenClaims.Read(Token("""{"tid":"t","oid":"o","appid":"a","upn":"ann@example.org"}"""));
        var application = TokenClaims.Read(Token("""{"tid":"t","oid":"o","appid":"a"}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(person, Is.EqualTo(new CallerFact("t", "o", "a", "ann@example.org")));
            Assert.That($"{person}", Is.EqualTo("ann@example.org (object id o)"));
            Assert.That($"{application}", Is.EqualTo("the application a (object id o)"));
        }
    }

    [TestCase("opaque")]
    [TestCase("a.b")]
    [TestCase("a.!!.c")]
    [TestCase("a.W10.c", Description = "[]")]
    [TestCase("a.eyJ0.c", Description = "Cut off.")]
    [TestCase("a.eyJ0aWQiOjF9.c", Description = "A tenant that is a number.")]
    public void A_token_of_another_form_names_nobody(string token) =>
        Assert.That(TokenClaims.Read(token), Is.EqualTo(new CallerFact(null, null, null, null)));

    private static string Token(string claims) => $"eyJ9.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";

    private static HttpResponseMessage Blob(string? lease, string type = "AppendBlob")
    {
        var answer = ScriptedService.Answer(
            lease is null ? 404 : 200,
            "",
            [("ETag", "\"0x1\""), ("x-ms-request-id", "1"), ("x-ms-blob-type", type), ("x-ms-blob-committed-block-count", "1"),
            lease is null ? ("x-ms-error-code", "BlobNotFound") : ("x-ms-lease-state", lease)]);
        answer.Content.Headers.ContentType = null;
        answer.Content.Headers.LastModified = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        return answer;
    }
}
