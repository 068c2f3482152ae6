using Sluice.Output;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class SummaryTests
{
    private static readonly StageResult EndpointDone = new(Stage.Endpoint, new(Outcome.Done, "Endpoint heart exists."), 1, null!);

    [Test]
    public void What_ended_a_run_within_a_stage_is_its_result_and_not_the_stage_before()
    {
        var lines = Lines(Of("The keys can't be read.", EndpointDone));

        Assert.That(lines, Has.Some.EqualTo("  result     The keys can't be read."));
        Assert.That(lines, Has.Some.EqualTo("  next       ./build.sh --target=Status, then the same command again"));
    }

    [Test]
    public void Where_nothing_ended_it_early_the_last_stage_is_the_result()
    {
        var lines = Lines(Of(failure: null, EndpointDone));

        Assert.That(lines, Has.Some.EqualTo("  result     Endpoint: done. Endpoint heart exists."));
        Assert.That(lines, Has.Some.EqualTo("  next       ./build.sh --target=Blue"));
    }

    [Test]
    public void What_a_gate_said_is_no_command_of_an_agent()
    {
        var said = new StageResult(
            Stage.Canary, new(Outcome.RolledBack, "##vso[task.complete result=Succeeded;]fine\n::set-output name=x::y"), 1, null!);

        var text = string.Join('\n', Of(failure: null, said).Lines());

        Assert.That(text, Does.Contain("fine").And.Not.Contain("##vso[").And.Not.Match(@"(?m)^\s*::"));
    }

    private static string[] Lines(Summary summary) => [.. summary.Lines()];

    private static Summary Of(string? failure, StageResult last) => new(
        Specs.First, [last], failure, null, [], null, TimeSpan.FromSeconds(1), new() { Root = "/", Program = "./build.sh", Target = "Promote" });
}
