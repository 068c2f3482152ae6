using Sluice.Rollouts.Planning;

namespace Sluice.Tests.Rollouts.Planning;

[Category("Unit")]
internal sealed class LineTests
{
    [Test]
    public void A_stage_follows_the_one_before_it_and_those_beside_the_line_follow_none()
    {
        var followed = Enum.GetValues<Stage>().ToDictionary(stage => stage, Line.After);

        Assert.That(followed[Stage.Register], Is.EqualTo(Stage.Endpoint));
        Assert.That(followed.Values.OfType<Stage>(), Is.EqualTo(Line.Stages.Skip(1)));
        Assert.That(followed.Where(each => each.Value is null).Select(each => each.Key), Is.EqualTo(
            new[] { Stage.Cleanup, Stage.Rollback, Stage.DeleteEndpoint, Stage.Approve }));
    }

    [TestCase(Stage.Register, ExpectedResult = 1)]
    [TestCase(Stage.Canary, ExpectedResult = 5)]
    [TestCase(Stage.Cleanup, ExpectedResult = 7)]
    [TestCase(Stage.Rollback, ExpectedResult = 0)]
    public int A_stage_of_the_line_runs_after_those_before_it(Stage last) => Line.UpTo(last).Length;
}
