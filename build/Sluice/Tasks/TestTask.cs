using Cake.Common.IO;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Build;
using Cake.Common.Tools.DotNet.VSTest;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Output;
using Sluice.Testing;

namespace Sluice.Tasks;

/// <summary>The tests are run; --category chooses.</summary>
[TaskName("Test")]
[TaskDescription("The tests are run; --category chooses.")]
[TaskExample("", "all of them")]
[TaskExample("--category=Unit", "those without sockets and processes")]
public sealed class TestTask : FrostingTask<RolloutContext>
{
    private static readonly string[] Suites = ["Sluice.IntegrationTests", "Sluice.Tests"];

    /// <summary>This program's own folder: it was published, so it starts much faster than the one that is built with the tests.</summary>
    private static string Program => new DirectoryPath(AppContext.BaseDirectory).FullPath;

    /// <inheritdoc/>
    public override void Run(RolloutContext context)
    {
        var results = new DirectoryPath(ArtifactsFolder.Open(context.Parameters.Root)).Combine("tests");
        context.EnsureDirectoryExists(results);
        context.CleanDirectory(results);
        TestCounts counts;
        try
        {
            context.DotNetBuild(
                new DirectoryPath(context.Parameters.Root).CombineWithFilePath("Sluice.slnx").FullPath,
                new DotNetBuildSettings { Configuration = "Release", NoLogo = true });

            // Both at once, for one of them waits most of the time; dotnet test of a solution runs one after the other.
            context.DotNetVSTest(
                Suites.Select(suite => new DirectoryPath(context.Parameters.Root)
                    .CombineWithFilePath($"tests/{suite}/bin/Release/net10.0/{suite}.dll")),
                new DotNetVSTestSettings
                {
                    Parallel = true,
                    TestCaseFilter = TestFilter.Of(context.Parameters),
                    Logger = "trx",
                    ResultsDirectory = results,
                    ArgumentCustomization = arguments => arguments.Append("--").AppendQuoted(
                        $"TestRunParameters.Parameter(name=\"Program\", value=\"{Program}\")"),
                });
        }
        catch (CakeException error)
        {
            throw new CakeException($"Tests failed, or could not be built; see above and {results}.", error);
        }
        finally
        {
            counts = TestCounts.OfFolder(results.FullPath);
            context.SayLast($"{counts}");
        }

        if (TestFilter.Obstacle(context.Parameters, counts) is { } obstacle)
        {
            throw new CakeException(obstacle);
        }
    }
}
