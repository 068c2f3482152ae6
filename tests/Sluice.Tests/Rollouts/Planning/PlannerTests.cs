using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts.Planning;

/// <summary>Every branch of every stage: a situation, and what the planner says to it.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class PlannerTests
{
    private static readonly AuthMode Other = AuthMode.AadToken;

    [TestCaseSource(nameof(Register))]
    [TestCaseSource(nameof(Endpoint))]
    [TestCaseSource(nameof(Blue))]
    [TestCaseSource(nameof(Green))]
    [TestCaseSource(nameof(Canary))]
    [TestCaseSource(nameof(Promote))]
    [TestCaseSource(nameof(Cleanup))]
    [TestCaseSource(nameof(Rollback))]
    [TestCaseSource(nameof(DeleteEndpoint))]
    [TestCaseSource(nameof(Approve))]
    public void The_planner_says(Stage stage, Situation situation, string decision) =>
        Assert.That(Planner.Next(stage, situation).InWords(), Is.EqualTo(decision));

    [TestCaseSource(nameof(NeedingTheEndpoint))]
    public void A_stage_waits_for_what_is_under_way(Stage stage) =>
        Assert.Multiple(() =>
        {
            Assert.That(
                Planner.Next(stage, Serving(("default", 100)).With(each => each with { State = ProvisioningState.Updating })).InWords(),
                Is.EqualTo("wait for the operation under way on heart-endpoint"));
            Assert.That(
                Planner.Next(stage, Serving(("default", 100)).In("default", ProvisioningState.Scaling)),
                Has.Property("Why").EqualTo("An operation is under way: deployment default is Scaling."));
        });

    [Test]
    public void A_stage_that_is_none_is_refused() =>
        Assert.That(() => Planner.Next((Stage)99, Empty), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static IEnumerable<Stage> NeedingTheEndpoint() => Enum.GetValues<Stage>().Where(stage => stage is not (Stage.Register or Stage.Approve));

    private static IEnumerable<TestCaseData> Register()
    {
        yield return Case(Stage.Register, "nothing serves and the baseline is not registered", Empty,
            "register /models/heart/v1 as the next version of heart");
        yield return Case(Stage.Register, "the baseline is registered, the candidate is not", Empty with { State = new([Version1], null) },
            "register /models/heart/v2 as the next version of heart");
        yield return Case(Stage.Register, "something serves, so no baseline is needed",
            Serving(("default", 100)) with { State = Serving(("default", 100)).State with { Models = [] } },
            "register /models/heart/v2 as the next version of heart");
        yield return Case(Stage.Register, "what serves is being deleted", Serving(("default", 100)) with
        {
            State = new([], Serving(("default", 100)).State.Endpoint! with { State = ProvisioningState.Deleting }),
        }, "register /models/heart/v1 as the next version of heart");
        yield return Case(Stage.Register, "there is no baseline", Empty with { Spec = Specs.FirstEver },
            "register /models/heart/v2 as the next version of heart");
        yield return Case(Stage.Register, "a version is named, and is there", Named(new WorkspaceModel("heart", "1")),
            "Done: heart version 1 is registered; there is nothing to upload.");
        yield return Case(Stage.Register, "a version is named, and is not there", Named(new WorkspaceModel("heart", "9")),
            "Failed: The workspace has no version azureml:heart:9; it has 2, 1.");
        yield return Case(Stage.Register, "the latest is wanted", Named(new WorkspaceModel("heart", null)),
            "Done: heart version 2 is registered; there is nothing to upload.");
        yield return Case(Stage.Register, "the latest is wanted, and there is none",
            Named(new WorkspaceModel("heart", null)) with { State = new([], null) },
            "Failed: The workspace has no version azureml:heart@latest; it has none of that model.");
        yield return Case(Stage.Register, "the baseline is named, and is not there", Empty with
        {
            Spec = Specs.First with { Model = new(Specs.Model, Specs.V2, new WorkspaceModel("heart", "9")) },
        }, "Failed: The workspace has no version azureml:heart:9; it has none of that model.");
        yield return Case(Stage.Register, "a version of a registry is named, and is there", Named(new RegistryModel("azureml", "bert", "4")),
            "Done: bert version 4 of registry azureml is registered; there is nothing to upload.");
        yield return Case(Stage.Register, "a version of a registry is named, and is not there",
            Named(new RegistryModel("azureml", "bert", "9")),
            "Failed: Registry azureml has no version azureml://registries/azureml/models/bert/versions/9; it has 4.");
        yield return Case(Stage.Register, "a version has the content and is of another type",
            Of(null) with { State = new([Version2 with { Type = ModelType.Custom }, Version1], null) },
            "register /models/heart/v2 as the next version of heart");
        yield return Case(Stage.Register, "an older release of az made the version",
            Of(null) with
            {
                Spec = Specs.Of(Specs.V2 with { OlderDigest = "older" }, Specs.V1),
                State = new([new("heart", "5", "older"), Version1], null),
            },
            "Done: heart version 5 has the content of /models/heart/v2.");
        yield return Case(Stage.Register, "an endpoint is to be created as well",
            Empty with { Stages = [Stage.Register, Stage.Endpoint] },
            "register /models/heart/v1 as the next version of heart and create endpoint heart-endpoint meanwhile");
        yield return Case(Stage.Register, "it is there already",
            Serving() with { State = new([], Serving().State.Endpoint), Stages = [Stage.Register, Stage.Endpoint] },
            "register /models/heart/v1 as the next version of heart");
        yield return Case(Stage.Register, "both are registered", Of(null), "Done: heart version 2 has the content of /models/heart/v2.");
    }

    /// <summary>Nothing serves; the candidate is a registered version, of the workspace or of a registry with version 4 of bert.</summary>
    private static Situation Named(ModelSource candidate) => Of(null) with
    {
        Spec = Specs.First with { Model = new(Specs.Model, candidate, null) },
        State = new([Version2, Version1, new("bert", "4", null) { Registry = "azureml" }], null),
    };

    private static IEnumerable<TestCaseData> Endpoint()
    {
        yield return Case(Stage.Endpoint, "there is none", Of(null), "create endpoint heart-endpoint");
        yield return Case(Stage.Endpoint, "it is there", Serving(), "Done: Endpoint heart-endpoint exists.");
        yield return Case(Stage.Endpoint, "its creation failed",
            Serving().With(each => each with { State = ProvisioningState.Failed, ScoringUri = null }),
            "Failed: Endpoint heart-endpoint was not created successfully and can't be used; delete it first (Cleanup --delete-endpoint --yes).");
        yield return Case(Stage.Endpoint, "only its last operation failed",
            Serving().With(each => each with { State = ProvisioningState.Failed }),

            "Done: Endpoint heart-endpoint exists.");
        yield return Case(Stage.Endpoint, "its callers authenticate in another way", Serving().With(each => each with { AuthMode = Other }),
            "Failed: Endpoint heart-endpoint has the auth mode AadToken, wanted is Key; Azure can't change it on an endpoint that exists.");
    }

    private static IEnumerable<TestCaseData> Blue()
    {
        yield return Case(Stage.Blue, "there is no endpoint", Of(null),
            "Failed: Endpoint heart-endpoint does not exist; the stage Endpoint creates it.");
        yield return Case(Stage.Blue, "something serves", Serving(("green-9", 100)), "Done: Traffic is [green-9 100 %].");
        yield return Case(Stage.Blue, "a split serves",
            Serving(("default", 40), ("green-9", 60)),
            "Done: Traffic is [default 40 %, green-9 60 %].");
        yield return Case(Stage.Blue, "the sum is off", Serving(("default", 40)),
            "Held: The traffic [default 40 %] sums to 40 %, neither 0 nor 100.");
        yield return Case(Stage.Blue, "nothing is deployed", Serving(),
            "create deployment default with heart version 1 on 1 × Standard_DS3_v2");
        yield return Case(Stage.Blue, "nothing is deployed, without a baseline", Serving() with { Spec = Specs.FirstEver },
            "create deployment default with heart version 2 on 1 × Standard_DS3_v2");
        yield return Case(Stage.Blue, "the baseline is not registered", Serving() with { State = new([], Serving().State.Endpoint) },
            "Failed: /models/heart/v1 is not a registered version of heart; the stage Register makes it one.");
        yield return Case(Stage.Blue, "it is broken",
            Serving(("default", 0)).In("default", ProvisioningState.Failed),
            "delete deployment default");
        yield return Case(Stage.Blue, "it is broken and somebody's own",
            Serving(("default", 0)).In("default", ProvisioningState.Canceled).Foreign("default"),

            "Held: Deployment default is Canceled and can't be repaired; no rollout made it, so it is yours to delete.");
        yield return Case(Stage.Blue, "it is broken and mirrored to",
            Serving(("default", 0)).In("default", ProvisioningState.Failed).With(each => each with { MirrorTraffic = Traffic.Of([new("default", 10)]) }),
            "Held: Deployment default is Failed and can't be repaired; 10 % of the traffic is mirrored to it.");
        yield return Case(Stage.Blue, "another version stands in its place",
            Serving(("default", 0)).With("default", each => each with { ModelVersion = "7" }),
            "Held: Nothing serves, and deployment default has heart version 7, not heart version 1; delete it, or say Rollback --to=default.");
        yield return Case(Stage.Blue, "it is up", Serving(("default", 0)), "smoke-test default");
        yield return Case(Stage.Blue, "it answers", Serving(("default", 0)).Smoked("default"),
            "shift traffic from [no traffic] to [default 100 %]");
        yield return Case(Stage.Blue, "it does not answer", Serving(("default", 0)).Smoked("default", VerdictKind.Fail),
            "Failed: Deployment default failed its smoke test: the sample says Fail.");
        yield return Case(Stage.Blue, "somebody took the traffic off after a rollout",
            Serving(("green-2", 0)).Marked(RolloutStatus.Completed),

            "Held: Somebody took all traffic off heart-endpoint, where green-2 served; say Rollback --to=<deployment> to give it back.");
        yield return Case(Stage.Blue, "a rollout was there, and all its deployments are gone", Serving().Marked(RolloutStatus.Completed),
            "create deployment default with heart version 1 on 1 × Standard_DS3_v2");
        yield return Case(Stage.Blue, "somebody takes the traffic off meanwhile", Serving(("default", 0))
            .After(new TrafficSeen(Noon, Traffic.AllTo("default").Percents), new TrafficSeen(Noon, Traffic.None.Percents)),
            "Held: Somebody else changed the traffic: it was [default 100 %], it is [no traffic]. --adopt goes on from what is there.");
    }

    private static IEnumerable<TestCaseData> Green()
    {
        yield return Case(Stage.Green, "the candidate is not registered",
            Serving(("default", 100)) with { State = Serving(("default", 100)).State with { Models = [Version1] } },
            "Failed: /models/heart/v2 is not a registered version of heart; the stage Register makes it one.");
        yield return Case(Stage.Green, "a version of the same number is in a registry", Serving(("default", 100), ("green-2", 0)) with
        {
            Spec = Specs.First with { Model = new(Specs.Model, new RegistryModel("azureml", "heart", "2"), null) },
            State = Serving(("default", 100), ("green-2", 0)).State with { Models = [new("heart", "2", null) { Registry = "azureml" }] },
        }, "Failed: Deployment green-2 serves heart version 2, not heart version 2 of registry azureml; rename one of them.");
        yield return Case(Stage.Green, "nothing serves", Serving(("default", 0)),
            "Failed: Nothing serves on heart-endpoint yet; the stage Blue makes the first deployment.");
        yield return Case(Stage.Green, "it is not there", Serving(("default", 100)),
            "create deployment green-2 with heart version 2 on 2 × Standard_DS3_v2");
        yield return Case(Stage.Green, "another version has its name",
            Serving(("default", 100), ("green-2", 0)).With("green-2", each => each with { ModelVersion = "7" }),
            "Failed: Deployment green-2 serves heart version 7, not heart version 2; rename one of them.");
        yield return Case(Stage.Green, "another model has its name",
            Serving(("default", 100), ("green-2", 0)).With("green-2", each => each with { ModelName = "lung" }),
            "Failed: Deployment green-2 serves lung version 2, not heart version 2; rename one of them.");
        yield return Case(Stage.Green, "it is broken", Serving(("default", 100), ("green-2", 0)).In("green-2", ProvisioningState.Failed),
            "delete deployment green-2");
        yield return Case(Stage.Green, "it is broken under traffic",
            Serving(("default", 90), ("green-2", 10)).In("green-2", ProvisioningState.Failed),

            "Held: Deployment green-2 is Failed and can't be repaired; it has 10 % of the traffic.");
        yield return Case(Stage.Green, "it is broken and what an open rollout may go back to",
            Serving(("green-2", 0), ("green-3", 0), ("default", 100)).In("green-2", ProvisioningState.Failed).With(endpoint => endpoint with
            {
                Tags = new RolloutMark("old", "green-2", "green-3", RolloutStatus.Canary).WriteTo(endpoint.Tags),
            }),
            "Held: Deployment green-2 is Failed and can't be repaired; the rollout of green-3, which is not over, may go back to it.");
        yield return Case(Stage.Green, "another one has traffic, and its rollout is not over",
            Serving(("default", 90), ("green-3", 10)).With(endpoint => endpoint with
            {
                Tags = new RolloutMark("old", "default", "green-3", RolloutStatus.Canary).WriteTo(endpoint.Tags),
            }),
            "Held: The rollout of green-3 is not over: it is at 10 %. Promote of its version ends it, Rollback gives it up; green-2 gets its turn then.");
        yield return Case(Stage.Green, "it is up", Serving(("default", 100), ("green-2", 0)), "smoke-test green-2");
        yield return Case(Stage.Green, "it answers", Serving(("default", 100), ("green-2", 0)).Smoked("green-2"),
            "Done: Deployment green-2 is up with heart version 2 at 0 %.");
        yield return Case(Stage.Green, "it does not answer, and is nobody's but a person's",
            Serving(("green-2", 0), ("default", 100)).Foreign("green-2").Smoked("green-2", VerdictKind.Fail),
            "Failed: Deployment green-2 failed its smoke test: the sample says Fail.");
        yield return Case(Stage.Green, "it does not answer, and a person wants it made anew",
            Serving(("green-2", 0), ("default", 100)).Smoked("green-2", VerdictKind.Fail) with { Retry = true }, "delete deployment green-2");
        yield return Case(Stage.Green, "it does not answer, and what serves is newer",
            Serving(("green-3", 100), ("green-2", 0)).Smoked("green-2", VerdictKind.Fail) with { Retry = true },
            "Failed: Deployment green-2 failed its smoke test: the sample says Fail.");
        yield return Case(Stage.Green, "it does not answer", Serving(("green-2", 0), ("default", 100)).Smoked("green-2", VerdictKind.Fail),
            "Failed: Deployment green-2 failed its smoke test: the sample says Fail. --retry makes it anew.");
        foreach (var changed in Changed())
        {
            yield return changed;
        }

        yield return Case(Stage.Green, "it has traffic", Serving(("default", 90), ("green-2", 10)),
            "Done: heart version 2 serves already, as green-2: traffic is [default 90 %, green-2 10 %].");
        yield return Case(Stage.Green, "another deployment serves its version",
            Serving(("default", 100)).With("default", each => each with { ModelVersion = "2" }),
            "Done: heart version 2 serves already, as default: traffic is [default 100 %].");
    }

    /// <summary>A candidate whose specification has changed since it was made.</summary>
    private static IEnumerable<TestCaseData> Changed()
    {
        const string Told = "Failed: Deployment green-2 differs from the configuration in its settings. --retry makes it anew.";
        var made = Serving(("green-2", 0), ("default", 100));
        var changed = made.Wanting(green => green with { EnvironmentVariables = green.EnvironmentVariables.Add("TONE", "stern") });

        yield return Case(Stage.Green, "another setting is wanted", changed, Told);
        yield return Case(Stage.Green, "other code and another environment are wanted",
            made.Wanting(green => green with
            {
                Code = new(new AssetFolder("/code", "digest-of-code"), "score.py"),
                Environment = new RegisteredAsset("sklearn", "3"),
            }),
            "Failed: Deployment green-2 differs from the configuration in its code and environment. --retry makes it anew.");
        yield return Case(Stage.Green, "all of it and other machines are wanted",
            made.With("green-2", each => each with { InstanceType = "Standard_DS2_v2" }).Wanting(green => green with
            {
                Code = new(new AssetFolder("/code", "digest-of-code"), "score.py"),
                Environment = new RegisteredAsset("sklearn", "3"),
                AppInsightsEnabled = true,
            }),
            "Failed: Deployment green-2 has 1 × Standard_DS2_v2, and wanted are 2 × Standard_DS3_v2, and differs from the configuration in its code, "
            + "environment and settings. --retry makes it anew.");
        yield return Case(Stage.Green, "another setting is wanted, and a person wants it made anew",
            changed with { Retry = true },
            "delete deployment green-2");
        yield return Case(Stage.Green, "another setting is wanted, and it was deleted in this run already",
            changed.After(new ActionFinished(Noon, "delete deployment green-2", TimeSpan.Zero)) with { Retry = true },
            "Failed: Deployment green-2 differs from the configuration in its settings.");
        yield return Case(Stage.Green, "another setting is wanted, and it was rejected",
            changed.Marked(RolloutStatus.RolledBack).Tagged("green-2", RoleTags.Rejected),
            "RolledBack: green-2 was rejected before; --retry rolls it out again. Traffic is [default 100 %].");
        yield return Case(Stage.Green, "another setting is wanted, it was rejected, and a person wants another try",
            changed.Marked(RolloutStatus.Started).Tagged("green-2", RoleTags.Retried) with { Retry = true },
            "delete deployment green-2");
        yield return Case(Stage.Green, "another setting is wanted, and it has traffic",
            Serving(("green-2", 10), ("default", 90)).Wanting(green => green with { AppInsightsEnabled = true }) with { Retry = true },
            "Done: heart version 2 serves already, as green-2: traffic is [default 90 %, green-2 10 %].");
        yield return Case(Stage.Green, "another setting is wanted, and it has mirrored traffic",
            changed.With(each => each with { MirrorTraffic = Traffic.Of([new("green-2", 10)]) }) with { Retry = true },
            "smoke-test green-2");
        yield return Case(Stage.Green, "another setting is wanted, and its canary has begun",
            changed.Marked(RolloutStatus.Passed) with { Retry = true },
            "smoke-test green-2");
        yield return Case(Stage.Green, "another setting is wanted, and what serves is newer",
            Serving(("green-3", 100), ("green-2", 0)).Wanting(green => green with { AppInsightsEnabled = true }) with { Retry = true },
            "smoke-test green-2");
        yield return Case(Stage.Green, "another setting is wanted, and it is a person's own", changed.Foreign("green-2") with { Retry = true },
            "smoke-test green-2");
        yield return Case(Stage.Green, "another setting is wanted, and an older release made it", changed.OfOlderRelease("green-2"),
            "smoke-test green-2");
        yield return Case(Stage.Green, "other machines are wanted, and an older release made it",
            made.OfOlderRelease("green-2").With("green-2", each => each with { InstanceType = "Standard_DS2_v2" }),
            "Failed: Deployment green-2 has 1 × Standard_DS2_v2, and wanted are 2 × Standard_DS3_v2. --retry makes it anew.");
        yield return Case(Stage.Green, "the cluster chose its machines",
            made.With("green-2", each => each with { InstanceType = "defaultinstancetype" }).Wanting(green => green with { InstanceType = "" }),
            "smoke-test green-2");
        yield return Case(Stage.Green, "its instances follow their load",
            made.With("green-2", each => each with { InstanceType = "gpu", InstanceCount = 7 })
                .Wanting(green => green with { InstanceType = "gpu", Scale = new TargetUtilizationSpec(1, 9, null, null) }),
            "smoke-test green-2");
        yield return Case(Stage.Green, "another description, other tags and another scale are wanted",
            made.Wanting(green => green with
            {
                Description = "new",
                Tags = green.Tags.Add("team", "cardiology"),
                Scale = new FixedScaleSpec(),
            }),
            "smoke-test green-2");
        yield return Case(Stage.Green, "the first deployment is the candidate, which was made as the first one is",
            Serving(("default", 0), ("other", 100)).With("default", each => each with
            {
                Tags = RoleTags.OfDeployment(Specs.First.Blue with { AppInsightsEnabled = true }, Role.Baseline, digest: null),
            }) with
            {
                Spec = Specs.Of(Specs.V1, baseline: null) with { Blue = Specs.First.Blue with { AppInsightsEnabled = true } },
            },
            "smoke-test default");
    }

    [TestCaseSource(nameof(Kept))]
    public void A_difference_that_nothing_is_done_about_is_told(Situation situation, string? sentence) =>
        Assert.That(Planner.KeptDifference(situation), Is.EqualTo(sentence));

    private static IEnumerable<TestCaseData> Kept()
    {
        const string Stays = "Deployment green-2 differs from the configuration in its settings. It stays as it is, for it is made anew only before its "
            + "canary and while nothing newer serves; the next version gets what is wanted.";
        static Situation Changed(Situation situation) => situation.Wanting(green => green with { AppInsightsEnabled = true });

        var waiting = Changed(Serving(("green-2", 0), ("default", 100)));
        var rejected = waiting.Marked(RolloutStatus.RolledBack).Tagged("green-2", RoleTags.Rejected);
        yield return new TestCaseData(Changed(Serving(("green-2", 10), ("default", 90))), Stays).SetArgDisplayNames("it has traffic");
        yield return new TestCaseData(Changed(Serving(("green-2", 100), ("default", 0))), Stays).SetArgDisplayNames("it has all traffic");
        yield return new TestCaseData(waiting.Marked(RolloutStatus.Passed), Stays).SetArgDisplayNames("its canary has begun");
        yield return new TestCaseData(waiting, null).SetArgDisplayNames("the stage Green says it");
        yield return new TestCaseData(rejected, "Deployment green-2 differs from the configuration in its settings. --retry makes it anew.")
            .SetArgDisplayNames("it was rejected");
        yield return new TestCaseData(rejected with { Retry = true }, null).SetArgDisplayNames("it was rejected, and is made anew");
        yield return new TestCaseData(Serving(("green-2", 100), ("default", 0)), null).SetArgDisplayNames("there is none");
        yield return new TestCaseData(Changed(Serving(("default", 100))), null).SetArgDisplayNames("there is no candidate yet");
    }

    private static IEnumerable<TestCaseData> Canary()
    {
        var ready = Serving(("default", 100), ("green-2", 0)).Since(0);
        var atTen = Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Canary);
        var atFifty = Serving(("default", 50), ("green-2", 50)).Marked(RolloutStatus.Canary);

        yield return Case(Stage.Canary, "it is not up", Serving(("default", 100)).Since(0),
            "Failed: Deployment green-2 is not up; the stage Green creates it.");
        yield return Case(Stage.Canary, "it is broken", ready.In("green-2", ProvisioningState.Failed),
            "Failed: Deployment green-2 is not up; the stage Green creates it.");
        yield return Case(Stage.Canary, "another model has its name", ready.With("green-2", each => each with { ModelName = "lung" }),
            "Failed: Deployment green-2 serves lung version 2, not heart version 2; rename one of them.");
        yield return Case(Stage.Canary, "it was not smoke-tested in this run", ready, "smoke-test green-2");
        yield return Case(Stage.Canary, "it does not answer", ready.Smoked("green-2", VerdictKind.Fail),
            "Failed: Deployment green-2 failed its smoke test: the sample says Fail.");
        yield return Case(Stage.Canary, "nobody has asked the stable one", ready.Smoked("green-2"), "smoke-test default");
        yield return Case(Stage.Canary, "the stable one does not answer at once", ready.Smoked("green-2").Smoked("default", VerdictKind.Fail),
            "wait 15 s");
        yield return Case(Stage.Canary, "the stable one did not answer a moment ago",
            ready.Smoked("green-2").Smoked("default", VerdictKind.Fail, secondsAgo: 15), "smoke-test default");
        yield return Case(Stage.Canary, "the stable one does not answer at all",
            ready.Smoked("green-2").Sick("default"),
            "Held: default, which serves, is not well: the sample says Fail. There is nothing to compare green-2 with and no way back; make it well, or move the traffic by hand and --adopt.");
        yield return Case(Stage.Canary, "both answer", ready.Smoked("green-2").Smoked("default"),
            "shift traffic from [default 100 %] to [default 90 %, green-2 10 %]");
        yield return Case(Stage.Canary, "the stable one is broken", ready.In("default", ProvisioningState.Failed),
            "Held: Deployment default, which serves, is Failed. Traffic stays [default 100 %].");
        yield return Case(Stage.Canary, "it has all traffic", Serving(("default", 0), ("green-2", 100)).Since(0),
            "Done: green-2 has all traffic already.");
        yield return Case(Stage.Canary, "the traffic is split and no mark says why", Serving(("default", 90), ("green-2", 10)).Since(0),
            "Held: The traffic is [default 90 %, green-2 10 %], and no rollout of green-2 made it so.");
        yield return Case(Stage.Canary, "the traffic is split and its rollout is over",
            Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.RolledBack).Since(0),
            "Held: The traffic is [default 90 %, green-2 10 %], and no rollout of green-2 made it so.");
        yield return Case(Stage.Canary, "the steps are gone amid the canary",
            Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Canary).Since(3).Probed(1, 20) with
            {
                Spec = Specs.First.With(strategy => strategy with { Steps = [] }),
            },
            "Held: The traffic is [default 90 %, green-2 10 %], and this rollout has no steps. --adopt goes on from there, and so do steps of which it is one.");
        yield return Case(Stage.Canary, "the weight is no step",
            Serving(("default", 80), ("green-2", 20)).Marked(RolloutStatus.Canary).Since(2).Probed(1, 20),
            "Held: The traffic is [default 80 %, green-2 20 %], which is no step of this rollout: 10 %, 50 %. "
            + "--adopt goes on from there, and so do steps of which it is one.");
        yield return Case(Stage.Canary, "the weight was just written", atTen.Since(0), "send 10 probes to green-2");
        yield return Case(Stage.Canary, "a look was just made", atTen.Since(0).Probed(0, 10), "wait 60 s");
        yield return Case(Stage.Canary, "the next look is due", atTen.Since(2).Probed(1, 10), "send 10 probes to green-2");
        yield return Case(Stage.Canary, "the bake ends before the next look is due",
            (atTen with { Spec = Specs.First.With(strategy => strategy with { Gate = strategy.Gate with { LookInterval = TimeSpan.FromHours(1) } }) })
                .Since(2).Probed(2, 10),
            "wait 180 s");
        yield return Case(Stage.Canary, "the bake has ended without a look at its end",
            atTen.Since(6).Probed(2, 30),
            "send 10 probes to green-2");
        yield return Case(Stage.Canary, "the bake has ended, and probes are missing", atTen.Since(6).Probed(0, 19), "wait 60 s");
        yield return Case(Stage.Canary, "the bake has ended with a Pass", atTen.Since(6).Probed(0, 20),
            "shift traffic from [default 90 %, green-2 10 %] to [default 50 %, green-2 50 %]");
        yield return Case(Stage.Canary, "a person gave it live traffic amid a mirrored step, and that bake has ended with a Pass",
            Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Shadow).Since(6).Probed(0, 20),
            "shift traffic from [default 90 %, green-2 10 %] to [default 50 %, green-2 50 %]");
        yield return Case(Stage.Canary, "the last bake has ended with a Pass", atFifty.Since(6).Probed(0, 20),
            "mark heart-endpoint: green-2 is through the canary");
        yield return Case(Stage.Canary, "it has passed", Serving(("default", 50), ("green-2", 50)).Marked(RolloutStatus.Passed).Since(0),
            "Done: green-2 has passed all 2 steps.");
        yield return Case(Stage.Canary, "it fails amid the bake", atTen.Since(1).Probed(0, 10, failed: 3), "smoke-test default");
        yield return Case(Stage.Canary, "it fails, and the stable one does not answer",
            atTen.Since(1).Probed(0, 10, failed: 3).Sick("default"),
            "Held: green-2 failed at 10 %: gate probes says Fail: 3 of 10 probes failed, at most 10 % may; the first one: HTTP 500. default is sick too, and can't take over: the sample says Fail. Traffic stays [default 90 %, green-2 10 %]: look at both.");
        yield return Case(Stage.Canary, "it fails, and the stable one loses a request",
            atTen.Since(1).Probed(0, 10, failed: 3).Smoked("default", VerdictKind.Fail, secondsAgo: 5), "wait 10 s");
        yield return Case(Stage.Canary, "it fails, and the stable one answered long ago",
            atTen.Since(1).Probed(0, 10, failed: 3).Smoked("default", secondsAgo: 61), "smoke-test default");
        yield return Case(Stage.Canary, "it fails, and the stable one answers", atTen.Since(1).Probed(0, 10, failed: 3).Smoked("default"),
            "shift traffic from [default 90 %, green-2 10 %] to [default 100 %]");
        yield return Case(Stage.Canary, "too little is known yet to call it a failure",
            atTen.Since(1).Probed(0, 10, failed: 2),
            "wait 60 s");
        yield return Case(Stage.Canary, "it breaks", atTen.Since(1).In("green-2", ProvisioningState.Failed).Smoked("default"),
            "shift traffic from [default 90 %, green-2 10 %] to [default 100 %]");
        yield return Case(Stage.Canary, "this run sent it back", Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack)
            .After(new TrafficWritten(Noon, Traffic.AllTo("default").Percents, new("old", "default", "green-2", RolloutStatus.RolledBack), "It failed.")),
            "tag green-2 as rejected");
        yield return Case(Stage.Canary, "this run sent it back and tagged it",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack).Tagged("green-2", RoleTags.Rejected)
                .After(new TrafficWritten(Noon, Traffic.AllTo("default").Percents, new("old", "default", "green-2", RolloutStatus.RolledBack), "It failed.")),
            "RolledBack: It failed. default has all traffic again.");
        yield return Case(Stage.Canary, "it was rejected before",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack).Since(1),
            "RolledBack: green-2 was rejected before; --retry rolls it out again. Traffic is [default 100 %].");
        yield return Case(Stage.Canary, "it was rejected in a rollout before the last one",
            Serving(("default", 100), ("green-2", 0)).Tagged("green-2", RoleTags.Rejected).Since(1),
            "RolledBack: green-2 was rejected before; --retry rolls it out again. Traffic is [default 100 %].");
        yield return Case(Stage.Canary, "it was rejected, and a person wants another try",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack).Since(1) with { Retry = true },
            "mark heart-endpoint: green-2 is tried again");
        yield return Case(Stage.Canary, "it gets another try",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.Started).Tagged("green-2", RoleTags.Rejected).Since(1),
            "tag green-2 as retried");
        yield return Case(Stage.Canary, "the tag on it can't be written",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack)
                .After(new TrafficWritten(Noon, Traffic.AllTo("default").Percents, new("old", "default", "green-2", RolloutStatus.RolledBack), "It failed."))
                .After(new ActionFailed(Noon, "tag green-2 as rejected", "no way")),
            "RolledBack: It failed. default has all traffic again.");
        yield return Case(Stage.Canary, "somebody rolled it back meanwhile",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack)
            .After(Seen(("default", 90), ("green-2", 10)), Seen(("default", 100))),
            "RolledBack: The rollout of green-2 was rolled back elsewhere: traffic is [default 100 %].");
        yield return Case(Stage.Canary, "somebody changed the traffic meanwhile",
            Serving(("default", 50), ("green-2", 50)).Marked(RolloutStatus.Canary)
            .After(Seen(("default", 90), ("green-2", 10)), Seen(("default", 50), ("green-2", 50))),
            "Held: Somebody else changed the traffic: it was [default 90 %, green-2 10 %], it is [default 50 %, green-2 50 %]. --adopt goes on from what is there, Rollback gives it up.");
        yield return Case(Stage.Canary, "somebody rolled it back meanwhile, and somebody moved the traffic on",
            Serving(("default", 0), ("green-2", 0), ("blue-7", 100)).Marked(RolloutStatus.RolledBack)
                .After(Seen(("default", 90), ("green-2", 10)), Seen(("blue-7", 100))),
            "Held: Somebody else changed the traffic: it was [default 90 %, green-2 10 %], it is [blue-7 100 %]. --adopt goes on from what is there, "
            + "Rollback gives it up, and takes the traffic of blue-7 too.");
        yield return Case(Stage.Canary, "somebody gave a third deployment some of the traffic",
            Serving(("default", 80), ("green-2", 10), ("blue-7", 10)).Marked(RolloutStatus.Canary)
                .After(Seen(("default", 90), ("green-2", 10)), Seen(("default", 80), ("green-2", 10), ("blue-7", 10))),
            "Held: Somebody else changed the traffic: it was [default 90 %, green-2 10 %], it is [blue-7 10 %, default 80 %, green-2 10 %]. "
            + "Set it back, and the same command goes on, Rollback gives it up, and takes the traffic of blue-7 too.");
        yield return Case(Stage.Canary, "somebody changed the traffic, and the tags are another rollout's",
            Serving(("green-3", 100), ("green-2", 0)).With(endpoint => endpoint with
            {
                Tags = new RolloutMark("other", "default", "green-3", RolloutStatus.Completed).WriteTo(endpoint.Tags),
            }).After(Seen(("default", 90), ("green-2", 10)), Seen(("green-3", 100))),
            "Held: Somebody else changed the traffic: it was [default 90 %, green-2 10 %], it is [green-3 100 %]. --adopt goes on from what is there.");
        yield return Case(Stage.Canary, "a write met somebody else's",
            atTen.Since(1).After(new ForeignChangeMet(Noon, "shift", "Somebody was there.")),
            "Held: Somebody was there. --adopt goes on from what is there, Rollback gives it up.");
    }

    private static IEnumerable<TestCaseData> Promote()
    {
        var passed = Serving(("default", 50), ("green-2", 50)).Marked(RolloutStatus.Passed).Since(0);
        var baking = Serving(("default", 0), ("green-2", 100)).Marked(RolloutStatus.FinalBake);

        yield return Case(Stage.Promote, "it has passed, and nobody has looked since", passed, "send 10 probes to green-2");
        yield return Case(Stage.Promote, "it has passed", passed.Since(2).Probed(1, 20), "shift traffic from [default 50 %, green-2 50 %] to [green-2 100 %]");
        yield return Case(Stage.Promote, "it has passed and broken", passed.In("green-2", ProvisioningState.Failed).Smoked("default"),
            "shift traffic from [default 50 %, green-2 50 %] to [default 100 %]");
        yield return Case(Stage.Promote, "it has not passed",
            Serving(("default", 50), ("green-2", 50)).Marked(RolloutStatus.Canary).Since(0),
            "Failed: green-2 has not passed the canary, whose last step is 50 %: traffic is [default 50 %, green-2 50 %]; the stage Canary goes on from here.");
        yield return Case(Stage.Promote, "it has passed, and the traffic is another one",
            Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Passed).Since(0),
            "Failed: green-2 has not passed the canary, whose last step is 50 %: traffic is [default 90 %, green-2 10 %]; the stage Canary goes on from here.");
        yield return Case(Stage.Promote, "the final bake begins", baking.Since(0), "send 10 probes to green-2");
        yield return Case(Stage.Promote, "the final bake goes on", baking.Since(5).Probed(0, 60), "wait 60 s");
        yield return Case(Stage.Promote, "the final bake ends",
            baking.Since(10).Probed(0, 100),
            "mark heart-endpoint: green-2 is the stable deployment");
        yield return Case(Stage.Promote, "it fails in the final bake", baking.Since(5).Probed(0, 20, failed: 5).Smoked("default"),
            "shift traffic from [green-2 100 %] to [default 100 %]");
        yield return Case(Stage.Promote, "it fails, and the old one is gone",
            Serving(("green-2", 100)).Marked(RolloutStatus.FinalBake).Since(5).Probed(0, 20, failed: 20),
            "Held: green-2 failed at 100 %: gate probes says Fail: 20 of 20 probes failed, at most 10 % may; the first one: HTTP 500. default can't take over: it is gone. Traffic stays [green-2 100 %].");
        yield return Case(Stage.Promote, "it is the stable one",
            baking.Marked(RolloutStatus.Completed).Since(0),
            "Done: green-2 has all traffic.");
        yield return Case(Stage.Promote, "a person gave it all traffic amid the canary", baking.Marked(RolloutStatus.Canary).Since(0),
            "send 10 probes to green-2");
    }

    private static IEnumerable<TestCaseData> Cleanup()
    {
        var completed = Serving(("green-2", 100), ("default", 0)).Marked(RolloutStatus.Completed);

        yield return Case(Stage.Cleanup, "there is no endpoint", Of(null), "Done: There is no endpoint heart-endpoint.");
        yield return Case(Stage.Cleanup, "the old one is retired", completed, "delete deployment default");
        yield return Case(Stage.Cleanup, "somebody's own was replaced", completed.Foreign("default"), "delete deployment default");
        yield return Case(Stage.Cleanup, "one is retained",
            completed with { Spec = Specs.First.With(strategy => strategy with { Retain = 1 }) },

            "Done: Retired and kept: default.");
        yield return Case(Stage.Cleanup, "of two retired ones the older goes first",
            Serving(("green-3", 100), ("green-1", 0), ("default", 0)) with { Spec = Specs.First.With(strategy => strategy with { Retain = 1 }) },
            "delete deployment default");
        yield return Case(Stage.Cleanup, "what was rejected goes before the way back",
            Serving(("green-2", 100), ("green-1", 0), ("default", 0)).Marked(RolloutStatus.Completed).Tagged("green-1", RoleTags.Rejected) with
            {
                Spec = Specs.First.With(strategy => strategy with { Retain = 1 }),
            },
            "delete deployment green-1");
        yield return Case(Stage.Cleanup, "what was rejected goes before what once served",
            Serving(("green-3", 100), ("green-1", 0), ("default", 0)).Tagged("green-1", RoleTags.Rejected) with
            {
                Spec = Specs.First.With(strategy => strategy with { Retain = 1 }),
            },
            "delete deployment green-1");
        yield return Case(Stage.Cleanup, "nothing is left",
            Serving(("green-2", 100)).Marked(RolloutStatus.Completed),
            "Done: No deployment is retired.");
        yield return Case(Stage.Cleanup, "the rollout is not over",
            Serving(("default", 0), ("green-2", 100)).Marked(RolloutStatus.FinalBake),

            "Held: The rollout of green-2 is not over (traffic is [green-2 100 %]); default must stay warm until it is.");
        yield return Case(Stage.Cleanup, "somebody's own stands by",
            Serving(("green-2", 100), ("mine-1", 0)).Foreign("mine-1"),
            "Done: No deployment is retired.");
        yield return Case(Stage.Cleanup, "the candidate waits for its canary",
            Serving(("default", 100), ("green-2", 0)),
            "Done: No deployment is retired.");
        yield return Case(Stage.Cleanup, "the candidate went back",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack),

            "delete deployment green-2");
        yield return Case(Stage.Cleanup, "another pipeline's candidate waits",
            Serving(("green-2", 100), ("green-3", 0)),
            "Done: No deployment is retired.");
    }

    private static IEnumerable<TestCaseData> Rollback()
    {
        var canary = Serving(("default", 90), ("green-2", 10)).Marked(RolloutStatus.Canary).Since(0);

        yield return Case(Stage.Rollback, "there was no rollout",
            Serving(("default", 100)),
            "Done: There was no rollout; default has all traffic.");
        yield return Case(Stage.Rollback, "there was no rollout, and the traffic is split", Serving(("default", 90), ("green-2", 10)),
            "Held: The traffic is [default 90 %, green-2 10 %], and no rollout made it so; say --to=<deployment>.");
        var waiting = Serving(("green-1", 100), ("green-2", 0), ("default", 0)).With(each => each with
        {
            Tags = new RolloutMark("old", "default", "green-1", RolloutStatus.Completed).WriteTo(each.Tags),
        });
        yield return Case(Stage.Rollback, "a newer candidate waits", Run(waiting, "ann", "ann"), "mark heart-endpoint: green-2 is rolled back");
        yield return Case(Stage.Rollback, "a newer candidate waits and no journal tells of it", waiting,
            "Held: Without a journal nobody knows whether green-2 waits for its first traffic or green-1 is to go back: traffic stays [green-1 100 %]; "
            + "say --to=default to go back.");
        yield return Case(Stage.Rollback, "a newer candidate waits and a person names where to", Run(waiting, "ann", "ann") with { RollbackTo = "default" },
            "smoke-test default");
        yield return Case(Stage.Rollback, "a canary is under way", canary, "smoke-test default");
        yield return Case(Stage.Rollback, "the stable one answers", canary.Smoked("default"),
            "shift traffic from [default 90 %, green-2 10 %] to [default 100 %]");
        yield return Case(Stage.Rollback, "the stable one loses a request", canary.Smoked("default", VerdictKind.Fail), "wait 15 s");
        yield return Case(Stage.Rollback, "the stable one answered at the beginning of a run that was cancelled", canary.Smoked("default", secondsAgo: 61),
            "smoke-test default");
        yield return Case(Stage.Rollback, "the stable one does not answer", canary.Sick("default"),
            "Held: default is not healthy, so no traffic was moved: the sample says Fail.");
        yield return Case(Stage.Rollback, "the stable one is broken", canary.In("default", ProvisioningState.Failed),
            "Held: Deployment default is Failed and can't take the traffic.");
        yield return Case(Stage.Rollback, "a person names one that is gone", canary with { RollbackTo = "blue" },
            "Failed: Endpoint heart-endpoint has no deployment blue; these are there: default, green-2.");
        yield return Case(Stage.Rollback, "a person names one in capitals", canary with { RollbackTo = "GREEN-2" }, "smoke-test green-2");
        yield return Case(Stage.Rollback, "a person names a version", canary with { RollbackTo = "1" }, "smoke-test default");
        yield return Case(Stage.Rollback, "all is back already and it is not tagged",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack), "tag green-2 as rejected");
        yield return Case(Stage.Rollback, "all is back already",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack).Tagged("green-2", RoleTags.Rejected),
            "Done: default has all traffic.");
        yield return Case(Stage.Rollback, "a person set it back by hand",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.Canary),

            "mark heart-endpoint: green-2 is rolled back");
        yield return Case(Stage.Rollback, "traffic is still mirrored",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.RolledBack)
            .With(each => each with { MirrorTraffic = Traffic.Of([new("green-2", 10)]) }).Since(0).Smoked("default"),
            "end the traffic mirrored to green-2");
        yield return Case(Stage.Rollback, "somebody has taken the promoted one off by hand",
            Serving(("default", 100), ("green-2", 0)).Marked(RolloutStatus.Completed),
            "mark heart-endpoint: green-2 is rolled back");
    }

    private static IEnumerable<TestCaseData> Approve()
    {
        var canary = Serving(("default", 50), ("green-2", 50)).Marked(RolloutStatus.Canary);
        yield return Case(Stage.Approve, "nothing is registered", Empty,
            "Failed: /models/heart/v2 is not a registered version of heart; the stage Register makes it one.");
        yield return Case(Stage.Approve, "nobody has started it", Of(null),
            "Failed: Nobody has started a rollout of green-2; the stage Green does.");
        yield return Case(Stage.Approve, "whoever started it approves", Run(Of(null), "ann", "ann"),
            "Failed: ann started the rollout of green-2; somebody else has to approve it.");
        yield return Case(Stage.Approve, "the canary has not begun", Needing(1, 1, Run(Serving(("default", 100), ("green-2", 0)), "ann", "bob")),
            "approve the canary");
        yield return Case(Stage.Approve, "the canary needs none", Needing(0, 1, Run(Serving(("default", 100), ("green-2", 0)), "ann", "bob")),
            "approve the promotion");
        yield return Case(Stage.Approve, "the canary is under way", Needing(0, 1, Run(canary, "ann", "bob")), "approve the promotion");
        yield return Case(Stage.Approve, "none is needed", Run(canary, "ann", "bob"), "Done: The rollout of green-2 needs no approval that it has not.");
        yield return Case(Stage.Approve, "a person says what", Run(canary, "ann", "bob") with { Approves = ApprovalScope.Canary },
            "approve the canary");
        yield return Case(Stage.Approve, "they have before",
            Needing(0, 2, Run(canary, "ann", "bob").After(new Approved(Noon, ApprovalScope.Promote) { Actor = "bob on another-desk" })),
            "Done: bob did approve the promotion of green-2: 1 of 2 that are needed.");
        yield return Case(Stage.Approve, "it is over", Run(Serving(("green-2", 100)).Marked(RolloutStatus.Completed), "ann", "bob"),
            "Failed: The rollout of green-2 is over (Completed); there is nothing to approve.");
    }

    private static Situation Needing(int canary, int promote, Situation situation) =>
        situation with { Spec = situation.Spec with { Policy = new() { Approvals = new(canary, promote) } } };

    /// <summary>One person ran Green, and another one runs Approve.</summary>
    private static Situation Run(Situation situation, string starter, string person) => situation.After(
        new RunStarted(Noon, [Stage.Green], Specs.V2.Digest, new("desk", 1, Noon), null) { Actor = $"{starter} on desk" },
        new RunStarted(Noon, [Stage.Approve], Specs.V2.Digest, new("desk", 2, Noon), null) { Actor = $"{person} on desk" });

    private static IEnumerable<TestCaseData> DeleteEndpoint()
    {
        yield return Case(Stage.DeleteEndpoint, "it is gone", Of(null), "Done: There is no endpoint heart-endpoint.");
        yield return Case(Stage.DeleteEndpoint, "it is there",
            Serving(("default", 100)),
            "delete endpoint heart-endpoint with all its deployments");
        yield return Case(Stage.DeleteEndpoint, "its creation failed",
            Serving().With(each => each with { State = ProvisioningState.Failed, ScoringUri = null }),
            "delete endpoint heart-endpoint with all its deployments");
    }

    private static TrafficSeen Seen(params (string Name, int Percent)[] traffic) =>
        new(Noon, Traffic.Of(traffic.Select(each => KeyValuePair.Create(each.Name, each.Percent))).Percents);

    private static TestCaseData Case(Stage stage, string when, Situation situation, string decision) =>
        new TestCaseData(stage, situation, decision).SetArgDisplayNames($"{stage}, {when}", decision);
}
