using Sluice.Output;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class RunOutputsTests
{
    [TestCase(0, "done")]
    [TestCase(10, "done")]
    [TestCase(1, "failed")]
    [TestCase(2, "failed")]
    [TestCase(3, "rolled-back")]
    [TestCase(4, "held")]
    [TestCase(5, "locked")]
    [TestCase(129, "cancelled")]
    [TestCase(130, "cancelled")]
    [TestCase(143, "cancelled")]
    public void Each_exit_code_has_its_word(int exitCode, string verdict) => Assert.That(RunOutputs.Verdict(exitCode), Is.EqualTo(verdict));
}
