using Sluice.Output;
using Sluice.Rollouts.Spec;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class FailureTextTests
{
    [TestCase(CancelPolicy.Rollback, "--target=Rollback")]
    [TestCase(CancelPolicy.Hold, "--target=Status")]
    public void A_run_that_was_cancelled_before_its_first_look_says_that_it_changed_nothing_and_what_is_next(CancelPolicy policy, string next)
    {
        var spec = Specs.First;
        var parameters = new Parameters
        {
            Root = "/",
            Program = "./build.sh",
            Target = "Promote",
            Spec = spec with { Strategy = spec.Strategy with { OnCancel = policy } },
        };

        var lines = FailureText.Lines(parameters, new OperationCanceledException()).ToList();

        Assert.That(lines, Has.Count.EqualTo(policy == CancelPolicy.Rollback ? 3 : 2));
        Assert.That(lines[0], Does.EndWith("this run has changed nothing."));
        Assert.That(lines[1], Does.Contain(next));
        Assert.That(lines[1].Contains("takes the candidate back, which was not done", StringComparison.Ordinal), Is.EqualTo(policy == CancelPolicy.Rollback));
    }
}
