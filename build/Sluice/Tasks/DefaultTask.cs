using Cake.Frosting;
using Sluice.CommandLine;

namespace Sluice.Tasks;

/// <summary>The targets and arguments are listed; nothing is done.</summary>
[TaskName("Default")]
[TaskDescription("The targets and arguments are listed; nothing is done.")]
[TaskExample("", "the same as no target")]
public sealed class DefaultTask : FrostingTask<RolloutContext>
{
    /// <inheritdoc/>
    public override void Run(RolloutContext context) =>
        context.Print(HelpText.OfProgram(context.Parameters.Program, TargetInfo.All));
}
