using Cake.Common.Tools.DotNet;
using Cake.Common.Tools.DotNet.Run;
using Cake.Core;
using Cake.Core.IO;
using Cake.Frosting;
using Sluice.CommandLine;
using Sluice.Output;

namespace Sluice.Tasks;

/// <summary>Speed and size are measured against references of the same run; fails when a bar is missed.</summary>
[TaskName("Bench")]
[TaskDescription("Speed and size are measured against references of the same run; fails when a bar is missed.")]
[TaskExample("", "all figures, about half an hour on an idle machine")]
[TaskExample("--figures=1,2b,9", "some of them")]
public sealed class BenchTask : FrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override void Run(RolloutContext context)
    {
        var root = new DirectoryPath(context.Parameters.Root);
        var results = new DirectoryPath(ArtifactsFolder.Open(context.Parameters.Root)).CombineWithFilePath("bench.json");
        var arguments = new ProcessArgumentBuilder().AppendQuoted($"--checkout={root}").AppendQuoted($"--results={results}");
        if (context.Parameters.Figures is { } figures)
        {
            arguments.AppendQuoted($"--figures={figures}");
        }

        try
        {
            context.DotNetRun(
                root.Combine("tests/Sluice.Benchmarks").FullPath,
                arguments,
                new DotNetRunSettings { Configuration = "Release" });
        }
        catch (CakeException error) when (error.ExitCode == ExitCode.Mistaken)
        {
            // What is wrong with the figures stands above, and nothing was measured.
            context.EndWith(ExitCode.Mistaken);
        }
        catch (CakeException error)
        {
            throw new CakeException($"A bar was missed, or not everything could be measured; see above and {results}.", error);
        }
    }
}
