using Sluice.CommandLine;

namespace Sluice.Tests.CommandLine;

[TestFixture]
[Category("Unit")]
internal sealed class StrayVariablesTests
{
    [TestCase("SLUICE_BAKKE", "it is no argument's. Did you mean SLUICE_BAKE?")]
    [TestCase("SLUICE_MODEL_VERISON", "it is no argument's. Did you mean SLUICE_MODEL_VERSION?")]
    [TestCase("SLUICE_SOMETHING_ELSE", "it is no argument's.")]
    [TestCase("SLUICE_RETRY", "--retry has to be said in the command itself.")]
    [TestCase("SLUICE_TARGET", "--target has to be said in the command itself.")]
    public void A_variable_that_no_run_reads_is_noted(string name, string why) => Assert.That(
        StrayVariables.Notes(["PATH", name], "Promote"), Is.EqualTo(new[] { $"The environment variable {name} is passed over: {why}" }));

    [TestCase("SLUICE_BAKE", Description = "an argument's")]
    [TestCase("SLUICE_CATEGORY", Description = "of another target")]
    [TestCase("SLUICE_DELETE_ENDPOINT", Description = "passed over by this target anyway")]
    [TestCase("SLUICE_ROOT", Description = "the start script's")]
    [TestCase("SLUICE_FUZZ_INPUTS", Description = "the tests'")]
    [TestCase("SLUICER", Description = "somebody else's")]
    public void Other_variables_are_not(string name) => Assert.That(StrayVariables.Notes([name], "Promote"), Is.Empty);
}
