using System.Collections.Immutable;
using Sluice.Rollouts;
using Sluice.Rollouts.Diagnosis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Diagnosis;

/// <summary>What each answer of Azure makes of the checks: outcome, sentence and fix.</summary>
[Category("Unit")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ExaminationTests
{
    private const string Assign = $"az role assignment create --assignee ann-id --role \"AzureML Data Scientist\" --scope {DoctorSpec.Scope}";

    private static readonly string[] InOrder =
    [
        "network", "clock", "sign-in", "subscription", "workspace", "role", "datastore", "lock", "sizes", "quota", "endpoint", "scoring",
    ];

    private readonly FakeFacts _facts = new();

    private static IEnumerable<TestCaseData> Troubles()
    {
        yield return Case("a name that nobody knows", f => f.Reach = Failing<ReachFact>(ReachFact.NameUnknown), "network", CheckOutcome.Fail, "NameUnknown", "nslookup");
        yield return Case("a firewall", f => f.Reach = Failing<ReachFact>(ReachFact.NoConnection), "network", CheckOutcome.Fail, "NoConnection", "HTTPS_PROXY");
        yield return Case("a proxy in between", f => f.Reach = Failing<ReachFact>(ReachFact.NotSecured), "network", CheckOutcome.Fail, "NotSecured", "certificate");
        yield return Case("a clock", f => f.Reach = Ahead(121), "clock", CheckOutcome.Warn, "121 s behind ARM's", "timedatectl");
        yield return Case("a wrong clock", f => f.Reach = Ahead(-301), "clock", CheckOutcome.Fail, "301 s ahead of ARM's", "w32tm");
        yield return Case(
            "no sign-in",
            f => f.Caller = () => throw new WorkspaceCallException("sign in", "AuthenticationFailed", "The credential azure-cli got no token. Next: az login --tenant t"),
            "sign-in", CheckOutcome.Fail, "The credential azure-cli got no token.", "az login --tenant t");
        yield return Case(
            "another tenant", f => f.Caller = () => FakeFacts.Ann with { TenantId = "elsewhere" }, "sign-in", CheckOutcome.Fail,
            $"to tenant elsewhere, and the subscription belongs to tenant {FakeFacts.Tenant}", $"az login --tenant {FakeFacts.Tenant}");
        yield return Case(
            "no subscription", f => f.Subscription = Failing<SubscriptionFact>("SubscriptionNotFound"), "subscription", CheckOutcome.Fail,
            "SubscriptionNotFound", "az account list");
        yield return Case(
            "a subscription out of sight", f => f.Subscription = Failing<SubscriptionFact>("AuthorizationFailed"), "subscription", CheckOutcome.Warn,
            "which a rollout does not need", "az account show");
        yield return Case(
            "a subscription that is off", f => f.Subscription = () => new("Team", "Disabled", FakeFacts.Tenant), "subscription", CheckOutcome.Fail,
            "is Disabled", $"az account subscription enable --id {DoctorSpec.Subscription}");
        yield return Case(
            "no workspace", f => f.Workspace = Failing<WorkspaceFact>("ResourceNotFound"), "workspace", CheckOutcome.Fail, "ResourceNotFound", "az ml workspace list");
        yield return Case("no right to see it", f => f.Workspace = Failing<WorkspaceFact>("AuthorizationFailed"), "workspace", CheckOutcome.Fail, "AuthorizationFailed", Assign);
        yield return Case(
            "a private workspace", f => f.Workspace = () => new("westeurope", "Succeeded", IsPublic: false, null), "workspace", CheckOutcome.Warn,
            "private end point", "az ml workspace show --name team-ws");
        yield return Case(
            "a workspace in the making", f => f.Workspace = () => new("westeurope", "Creating", true, null), "workspace", CheckOutcome.Fail, "is Creating", "az ml workspace show");
        yield return Case(
            "a reader", f => f.Permissions = () => new([new(["*/read"], [], [], [])]), "role", CheckOutcome.Fail,
            "onlineEndpoints/write", Assign);
        yield return Case(
            "no metrics",
            f => f.Permissions = () => new([new(["Microsoft.MachineLearningServices/workspaces/*"], [], [], [])]),
            "role", CheckOutcome.Fail, "lacks Microsoft.Insights/metrics/read; the role Monitoring Reader has it", "--role \"Monitoring Reader\"");
        yield return Case(
            "no delete", f => f.Permissions = () => new([new(["*"], ["*/delete"], [], [])]), "role", CheckOutcome.Warn,
            "Cleanup can't delete what is retired. The role AzureML Data Scientist has it", Assign);
        yield return Case(
            "rights out of sight", f => f.Permissions = Failing<Permissions>("AuthorizationFailed"), "role", CheckOutcome.Warn,
            "could not be seen", "az role assignment list --assignee ann-id");
        yield return Case(
            "no role on the storage", f => f.Store = Failing<StoreFact>("AuthorizationPermissionMismatch"), "datastore", CheckOutcome.Fail,
            "AuthorizationPermissionMismatch", "--role \"Storage Blob Data Contributor\" --scope /x/storageAccounts/account");
        yield return Case(
            "a reader of the storage",
            f => f.Store = () => Store() with { IsAsCaller = true, Rights = new([new([], [], ["*/blobs/read"], [])]) },
            "datastore", CheckOutcome.Fail, "blobs/write", "Storage Blob Data Contributor");
        yield return Case(
            "something else in the journal's place",
            f => f.Store = () => Store() with { Misplaced = "sluice/heart/journal.jsonl" },
            "datastore", CheckOutcome.Fail, "sluice/heart/journal.jsonl in datastore workspaceblobstore is no append blob", "move sluice/heart/journal.jsonl away");
        yield return Case(
            "a storage that says nothing", f => f.Store = () => throw new OperationCanceledException(), "datastore", CheckOutcome.Fail,
            "no answer within 10 s", "az ml datastore list");
        yield return Case(
            "another run",
            f => f.Store = () => Store() with { IsLeased = true, OpenRun = Run() },
            "lock", CheckOutcome.Warn, "ben on desk, running Promote since 2026-01-02T03:04:05Z", "--wait-for-lock");
        yield return Case(
            "no such machines", f => f.Sizes = () => [new("Standard_DS2_v2", null, 2)], "sizes", CheckOutcome.Fail,
            "Standard_DS3_v2 is not offered in westeurope", "az ml compute list-sizes --location westeurope");
        yield return Case(
            "sizes out of sight", f => f.Sizes = Failing<IReadOnlyList<MachineSize>>("AuthorizationFailed"), "sizes", CheckOutcome.Warn, "could not be seen", "az ml compute list-sizes");
        yield return Case(
            "no room", f => f.Usages = () => [new("Total Cluster Dedicated Regional vCPUs", 9, 16)], "quota", CheckOutcome.Fail,
            "needs 8 cores, with the fifth more instances that Azure reserves for upgrades; of Total Cluster Dedicated Regional vCPUs 7 of 16 are free",
            "https://ml.azure.com/quota");
        yield return Case(
            "no room in the family",
            f => f.Usages = () => [new("Total Cluster Dedicated Regional vCPUs", 0, -1), new("Standard DSv2 Family Cluster Dedicated vCPUs", 0, 6)],
            "quota", CheckOutcome.Fail, "6 of 6 are free", "az ml compute list-usage --location westeurope");
        yield return Case(
            "an unfinished endpoint", f => f.Endpoint = () => new(FakeFacts.Serving() with { State = ProvisioningState.Failed }, true), "endpoint", CheckOutcome.Warn,
            "is Failed", "./build.sh --target=Status");
        yield return Case(
            "an endpoint whose creation failed",
            f => f.Endpoint = () => new(FakeFacts.Serving() with { State = ProvisioningState.Failed, ScoringUri = null, Traffic = Traffic.None }, true),
            "endpoint", CheckOutcome.Fail, "can only be deleted", "./build.sh --target=Cleanup --delete-endpoint --yes");
        yield return Case(
            "a private endpoint", f => f.Endpoint = () => new(FakeFacts.Serving(), IsPublic: false), "scoring", CheckOutcome.Warn, "does not answer on the public network", "Invoke");
        yield return Case("no way to it", f => f.Scoring = Failing<ReachFact>(ReachFact.NoConnection), "scoring", CheckOutcome.Fail, "NoConnection", "curl -v https://heart");
    }

    [Test]
    public async Task Where_all_is_well_every_check_is_ok_in_the_usual_order()
    {
        var results = await RunAsync(DoctorSpec.Prod);

        Assert.That(results.Select(result => result.Check), Is.EqualTo(InOrder));
        Assert.That(results.Where(result => result.Outcome != CheckOutcome.Ok || result.Fix is not null), Is.Empty);
    }

    [TestCaseSource(nameof(Troubles))]
    public async Task A_trouble_is_told_with_what_to_do(Action<object> arrange, string check, CheckOutcome outcome, string sentence, string fix)
    {
        arrange(_facts);

        var result = (await RunAsync(DoctorSpec.Prod)).Single(result => result.Check == check);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Outcome, Is.EqualTo(outcome));
            Assert.That(result.Sentence, Does.Contain(sentence));
            Assert.That(result.Fix, Does.Contain(fix));
        }
    }

    [TestCase("reach", "clock,subscription,workspace,role,datastore,lock,sizes,quota,endpoint,scoring", "network")]
    [TestCase("sign-in", "subscription,workspace,role,datastore,lock,sizes,quota,endpoint,scoring", "sign-in")]
    [TestCase("subscription", "workspace,role,datastore,lock,sizes,quota,endpoint,scoring", "subscription")]
    [TestCase("workspace", "role,datastore,lock,sizes,quota,endpoint,scoring", "workspace")]
    [TestCase("store", "lock", "datastore")]
    [TestCase("endpoint", "scoring", "endpoint")]
    public async Task What_a_failure_makes_unaskable_is_skipped_and_all_else_is_asked(string fails, string skipped, string failed)
    {
        Fail(fails);

        var results = await RunAsync(DoctorSpec.Prod);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results.Select(result => result.Check), Is.EqualTo(InOrder));
            Assert.That(Of(results, CheckOutcome.Skip), Is.EqualTo(skipped.Split(',')));
            Assert.That(Of(results, CheckOutcome.Fail), Is.EqualTo(new[] { failed }));
            Assert.That(results.Where(result => result.Outcome == CheckOutcome.Fail && string.IsNullOrEmpty(result.Fix)), Is.Empty);
        }
    }

    [Test]
    public async Task On_Kubernetes_machines_and_quota_are_the_clusters()
    {
        var prod = DoctorSpec.Prod;
        var results = await RunAsync(prod with
        {
            Blue = prod.Blue with { ComputeKind = ComputeKind.Kubernetes },
            Green = prod.Green with { ComputeKind = ComputeKind.Kubernetes },
        });

        Assert.That(Of(results, CheckOutcome.Skip), Is.EqualTo(new[] { "sizes", "quota" }));
    }

    [Test]
    public async Task Locally_nobody_signs_in_whatever_the_token_looks_like()
    {
        _facts.Caller = () => new(null, null, null, null);

        var results = await RunAsync(DoctorSpec.Local);

        Assert.That(results.Select(result => result.Outcome), Has.All.EqualTo(CheckOutcome.Ok));
        Assert.That(results.Single(result => result.Check == "sign-in").Sentence, Does.Contain("nobody signs in"));
    }

    [Test]
    public async Task Where_Azure_reserves_nothing_the_instances_alone_are_counted()
    {
        var spec = DoctorSpec.Prod with { Green = DoctorSpec.Prod.Green with { InstanceType = "Standard_NC24ads_A100_v4" } };
        _facts.Sizes = () => [new("Standard_NC24ads_A100_v4", null, 24)];
        _facts.Usages = () => [new("Total Cluster Dedicated Regional vCPUs", 0, 24)];

        var quota = (await RunAsync(spec)).Single(result => result.Check == "quota");

        Assert.That(quota.Outcome, Is.EqualTo(CheckOutcome.Ok));
        Assert.That(quota.Sentence, Does.Contain("needs 24 cores; of Total Cluster Dedicated Regional vCPUs 24 of 24 are free"));
    }

    [Test]
    public async Task An_endpoint_that_is_still_to_come_is_no_trouble()
    {
        _facts.Endpoint = () => new(Endpoint: null, IsPublic: true);

        var results = await RunAsync(DoctorSpec.Prod);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(results, CheckOutcome.Skip), Is.EqualTo(new[] { "scoring" }));
            Assert.That(results.Single(result => result.Check == "endpoint").Sentence, Does.Contain("only one of its kind in westeurope"));
            Assert.That(results.Single(result => result.Check == "quota").Sentence, Does.Contain("need 16 cores"));
        }
    }

    [Test]
    public void A_run_that_is_ended_ends_the_questions()
    {
        using var ended = new CancellationTokenSource();
        _facts.Subscription = () =>
        {
            ended.Cancel();
            throw new OperationCanceledException(ended.Token);
        };

        Assert.That(async () => await RunAsync(DoctorSpec.Prod, ended.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void The_operations_are_those_of_the_configured_rollout()
    {
        var prod = DoctorSpec.Prod;
        var plain = Operations(DoctorSpec.Local);
        var script = Operations(prod with
        {
            Endpoint = prod.Endpoint with { AuthMode = AuthMode.AadToken },
            Model = prod.Model with { Candidate = new WorkspaceModel("heart-classifier", "2"), Baseline = null },
            Green = prod.Green with { Code = new(new AssetFolder("/code", "digest"), "score.py"), Environment = new RegisteredAsset("env", "1") },
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Operations(prod), Does.Contain("Microsoft.Insights/metrics/read"), "Its gates ask for what callers met.");
            Assert.That(plain, Does.Not.Contain("Microsoft.Insights/metrics/read"));
            Assert.That(plain, Does.Contain("Microsoft.MachineLearningServices/workspaces/models/versions/write"));
            Assert.That(plain, Has.None.Contains("/codes/").And.None.Contains("/environments/").And.None.Contains("/score/"));
            Assert.That(script, Has.Some.EndsWith("/codes/versions/write").And.Some.EndsWith("/environments/versions/read"));
            Assert.That(script, Has.Some.EndsWith("/score/action").And.None.EndsWith("/listKeys/action"));
            Assert.That(script, Has.None.EndsWith("/models/versions/write").And.None.EndsWith("/environments/versions/write"));
        }
    }

    [Test]
    public void An_SDK_that_does_not_fit_fails_with_where_to_get_it()
    {
        var here = MachineChecks.Sdk(new("10.0.100", "10.0.103", "10.0.3"));
        var gone = MachineChecks.Sdk(new("10.0.100", Found: null, "10.0.3"));

        Assert.That((here.Outcome, here.Fix), Is.EqualTo((CheckOutcome.Ok, (string?)null)));
        Assert.That(here.Sentence, Does.Contain("10.0.103").And.Contain("10.0.100"));
        Assert.That(gone.Outcome, Is.EqualTo(CheckOutcome.Fail));
        Assert.That(gone.Fix, Does.StartWith("dotnet --list-sdks"));
    }

    private static TestCaseData Case(string name, Action<FakeFacts> arrange, string check, CheckOutcome outcome, string sentence, string fix)
    {
        Action<object> untyped = facts => arrange((FakeFacts)facts);
        return new TestCaseData(untyped, check, outcome, sentence, fix).SetArgDisplayNames(name);
    }

    private static Func<T> Failing<T>(string code) => () => throw new WorkspaceCallException("ask", code, "It was refused.");

    private static Func<ReachFact> Ahead(int seconds) =>
        () => new(new Uri("https://management.azure.com/"), TimeSpan.FromSeconds(seconds), FakeFacts.Tenant);

    private static StoreFact Store() => new("workspaceblobstore", "account", IsAsCaller: false, HasJournal: true, IsLeased: false, null, null);

    private static RunStarted Run() =>
        new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), [Stage.Promote], "digest", new("desk", 1, DateTimeOffset.UnixEpoch), null)
        {
            Actor = "ben on desk",
        };

    private static List<string> Operations(RolloutSpec spec) => [.. NeededOperations.Of(spec).Select(needed => needed.Operation)];

    [Test]
    public void Scoring_scripts_need_a_Python_where_the_local_Azure_ML_runs_them()
    {
        var scripted = new DeploymentSpec { Name = "green", InstanceType = "Standard_DS3_v2", Code = new(new AssetFolder("/code", "abc"), "score.py") };
        var local = DoctorSpec.Local with { Green = scripted };

        var gone = MachineChecks.Python(local, python: null);

        Assert.That((gone.Check, gone.Outcome), Is.EqualTo(("python", CheckOutcome.Fail)));
        Assert.That(gone.Sentence, Does.Contain("no Python 3 on the PATH"));
        Assert.That(gone.Fix, Does.StartWith("apt-get install python3"));
        Assert.That(MachineChecks.Python(local with { Green = DoctorSpec.Local.Green, Blue = scripted }, null).Outcome, Is.EqualTo(CheckOutcome.Fail));
        Assert.That(MachineChecks.Python(local, "/usr/bin/python3").Sentence, Does.StartWith("/usr/bin/python3 runs the scoring scripts"));
        Assert.That(MachineChecks.Python(DoctorSpec.Local, null).Outcome, Is.EqualTo(CheckOutcome.Skip), "no script");
        Assert.That(MachineChecks.Python(DoctorSpec.Prod with { Green = scripted }, null).Outcome, Is.EqualTo(CheckOutcome.Skip), "Azure runs it");
    }

    [Test]
    public void A_model_that_the_local_Azure_ML_can_not_serve_is_told()
    {
        var local = WithoutOnnx(DoctorSpec.Local);
        var code = new ScoringCodeSpec(new AssetFolder("/code", "abc"), "score.py");

        var here = MachineChecks.Flavours(local);
        var rehearsed = MachineChecks.Flavours(WithoutOnnx(DoctorSpec.Prod));

        Assert.That((here.Check, here.Outcome), Is.EqualTo(("flavours", CheckOutcome.Fail)));
        Assert.That(here.Sentence, Is.EqualTo("/v2 has the flavours sklearn, python_function, but not onnx, and the local Azure ML serves no other."));
        Assert.That(here.Fix, Does.Contain("mlflow.onnx.save_model").And.Contain("code_configuration"));
        Assert.That(rehearsed.Outcome, Is.EqualTo(CheckOutcome.Warn), "Azure serves it");
        Assert.That(rehearsed.Sentence, Does.EndWith(": a rollout on Azure goes through, and can't be rehearsed."));
        Assert.That(MachineChecks.Flavours(local with { Green = local.Green with { Code = code } }).Outcome, Is.EqualTo(CheckOutcome.Ok), "the script serves it");
        Assert.That(MachineChecks.Flavours(DoctorSpec.Local).Outcome, Is.EqualTo(CheckOutcome.Ok));
        Assert.That(MachineChecks.Flavours(DoctorSpec.Prod).Outcome, Is.EqualTo(CheckOutcome.Ok));

        static RolloutSpec WithoutOnnx(RolloutSpec spec) => spec with
        {
            Model = spec.Model with { Candidate = new ModelFolder("/v2", "digest", 1, 1, []) { Flavors = ["sklearn", "python_function"] } },
        };
    }

    [TestCaseSource(nameof(Folders))]
    public void A_folder_that_can_not_be_written_is_told_with_what_is_lost(string name, Func<FolderFact, CheckResult> check, string lost, string fix)
    {
        var good = check(new("/there", Obstacle: null));
        var bad = check(new("/there", "Access is denied."));

        Assert.That((good.Check, good.Outcome, good.Sentence), Is.EqualTo((name, CheckOutcome.Ok, "/there can be written.")));
        Assert.That((bad.Check, bad.Outcome), Is.EqualTo((name, CheckOutcome.Warn)));
        Assert.That(bad.Sentence, Does.StartWith("/there can't be written: Access is denied. ").And.Contain(lost));
        Assert.That(bad.Fix, Does.Contain(fix));
    }

    private static IEnumerable<TestCaseData> Folders()
    {
        yield return Folder("home", MachineChecks.Home, "can't be built", "export HOME=");
        yield return Folder("artifacts", MachineChecks.Artifacts, "leaves no report", "ls -ld /there");
        yield return Folder(".sluice", MachineChecks.Workshop, "keep their state there", "ls -ld /there");
    }

    private static TestCaseData Folder(string name, Func<FolderFact, CheckResult> check, string lost, string fix) =>
        new TestCaseData(name, check, lost, fix).SetArgDisplayNames(name);

    private static IEnumerable<string> Of(IEnumerable<CheckResult> results, CheckOutcome outcome) =>
        results.Where(result => result.Outcome == outcome).Select(result => result.Check);

    private void Fail(string question)
    {
        switch (question)
        {
            case "reach":
                _facts.Reach = Failing<ReachFact>(ReachFact.NoConnection);
                break;
            case "sign-in":
                _facts.Caller = Failing<CallerFact>("AuthenticationFailed");
                break;
            case "subscription":
                _facts.Subscription = Failing<SubscriptionFact>("SubscriptionNotFound");
                break;
            case "workspace":
                _facts.Workspace = Failing<WorkspaceFact>("ResourceNotFound");
                break;
            case "store":
                _facts.Store = () => throw new RolloutException("There is no datastore.");
                break;
            default:
                _facts.Endpoint = Failing<EndpointFact>("InternalServerError");
                break;
        }
    }

    private Task<ImmutableArray<CheckResult>> RunAsync(RolloutSpec spec, CancellationToken cancellationToken = default) =>
        new Examination(spec, _facts, target => $"./build.sh --target={target}", TimeProvider.System).RunAsync(cancellationToken);
}
