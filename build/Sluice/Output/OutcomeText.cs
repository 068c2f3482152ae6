using Sluice.Rollouts.Planning;

namespace Sluice.Output;

/// <summary>What a run comes to, in the words that screens, summaries and reports share.</summary>
internal static class OutcomeText
{
    /// <summary>An outcome.</summary>
    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Done => "done",
        Outcome.Failed => "failed",
        Outcome.RolledBack => "rolled back",
        _ => "held",
    };

    /// <summary>The target that runs a stage, as people name it.</summary>
    public static string Target(Stage stage) => $"{(stage == Stage.DeleteEndpoint ? Stage.Cleanup : stage)}";

    /// <summary>How much there is to do.</summary>
    /// <param name="actions">The actions, looks at the candidate left out.</param>
    public static string Ahead(int actions) => $"{actions} action{(actions == 1 ? "" : "s")} ahead";
}
