using Cake.Common.IO;
using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Test;
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
    /// <inheritdoc/>
    public override void Run(RolloutContext context)
    {
        var results = new DirectoryPath(ArtifactsFolder.Open(context.Parameters.Root)).Combine("tests");
        context.EnsureDirectoryExists(results);
        context.CleanDirectory(results);
        try
        {
            context.DotNetTest(
                new DirectoryPath(context.Parameters.Root).CombineWithFilePath("Sluice.slnx").FullPath,
                new DotNetTestSettings
                {
                    Configuration = "Release",
                    NoLogo = true,
                    Filter = TestFilter.Of(context.Parameters),
                    Loggers = ["trx"],
                    ResultsDirectory = results,
                });
        }
        catch (CakeException error)
        {
            throw new CakeException($"Tests failed, or could not be built; see above and {results}.", error);
        }
        finally
        {
            context.SayLast($"{TestCounts.OfFolder(results.FullPath)}");
        }
    }
}
