using System.Collections.Immutable;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts.Planning;

/// <summary>The journal knows actions by their words, those of earlier releases among them.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class ActionTextTests
{
    private static readonly Traffic Before = Traffic.AllTo("default");
    private static readonly Traffic Split = Traffic.Split("default", "green-2", 10);

    private static readonly ImmutableArray<(RolloutAction Action, string Words)> Texts =
    [
        (new Adopt(Split, Mark: null), "accept the traffic [default 90 %, green-2 10 %]"),
        (new Approve(ApprovalScope.Canary), "approve the canary"),
        (new Approve(ApprovalScope.Step), "approve the step"),
        (new Approve(ApprovalScope.Promote), "approve the promotion"),
        (new AwaitSettled("heart"), "wait for the operation under way on heart"),
        (Create("Standard_DS3_v2"), "create deployment green-2 with heart version 2 on 2 × Standard_DS3_v2"),
        (Create(""), "create deployment green-2 with heart version 2 on 2 × the cluster's default instance type"),
        (new CreateEndpoint(Specs.First.Endpoint), "create endpoint heart-endpoint"),
        (new DeleteDeployment("heart", "green-2"), "delete deployment green-2"),
        (new DeleteEndpoint("heart"), "delete endpoint heart with all its deployments"),
        (Register(beside: null), "register /models/v2 as the next version of heart"),
        (Register(new(Specs.First.Endpoint)), "register /models/v2 as the next version of heart and create endpoint heart-endpoint meanwhile"),
        (Mark(RolloutStatus.Started), "mark heart: green-2 is tried again"),
        (Mark(RolloutStatus.Shadow), "mark heart: green-2 is sent copies"),
        (Mark(RolloutStatus.Canary), "mark heart: green-2 is in the canary"),
        (Mark(RolloutStatus.Passed), "mark heart: green-2 is through the canary"),
        (Mark(RolloutStatus.FinalBake), "mark heart: green-2 is FinalBake"),
        (Mark(RolloutStatus.Completed), "mark heart: green-2 is the stable deployment"),
        (Mark(RolloutStatus.RolledBack), "mark heart: green-2 is rolled back"),
        (new SetTraffic("heart", Before, Split, Mark: null), "shift traffic from [default 100 %] to [default 90 %, green-2 10 %]"),
        (new SetTraffic("heart", Before, Before, Mark: null) { Mirror = Traffic.Of([new("green-2", 10)]) }, "mirror traffic to [green-2 10 %]"),
        (new SetTraffic("heart", Before, Before, Mark: null), "end the traffic mirrored to others"),
        (new SetTraffic("heart", Before, Before, new("r", "default", "green-2", RolloutStatus.Shadow)), "end the traffic mirrored to green-2"),
        (new SmokeTest("heart", "green-2"), "smoke-test green-2"),
        (new TagDeployment("heart", "green-2", "sluice-role", "stable"), "tag green-2 as stable"),
        (new TakeLook("heart", "green-2", 10) { Stable = "default" }, "send 10 probes to green-2"),
        (
            new TakeLook("heart", "green-2", 10) { Stable = "default", Gates = [new ErrorsRule("errors") { Source = EvidenceSource.Replay }] },
            "send 10 rows to default and green-2"),
    ];

    [Test]
    public void Each_action_keeps_its_words_so_that_older_journals_are_judged_as_before() =>
        Assert.That(Texts.Select(text => text.Action.ToString()), Is.EqualTo(Texts.Select(text => text.Words)));

    [Test]
    public void No_action_is_left_out() => Assert.That(
        Texts.Select(text => text.Action.GetType()).Distinct(),
        Is.EquivalentTo(typeof(RolloutAction).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RolloutAction)))));

    private static CreateDeployment Create(string instanceType) => new(
        "heart",
        "green-2",
        Specs.First.Green with { InstanceType = instanceType },
        new ModelVersion("heart", "2", Digest: null),
        ImmutableSortedDictionary<string, string>.Empty);

    private static RegisterModel Register(CreateEndpoint? beside) =>
        new("heart", Specs.V2 with { Path = "/models/v2" }, ImmutableSortedDictionary<string, string>.Empty) { Beside = beside };

    private static SetMark Mark(RolloutStatus status) => new("heart", Expected: null, new("r", "default", "green-2", status));
}
