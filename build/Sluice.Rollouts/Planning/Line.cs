using System.Collections.Immutable;

namespace Sluice.Rollouts.Planning;

/// <summary>The stages that follow one another, from a model's folder to what is left when a rollout is over; the others stand beside it.</summary>
public static class Line
{
    /// <summary>All of them, in their order.</summary>
    public static ImmutableArray<Stage> Stages { get; } =
        [Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary, Stage.Promote, Stage.Cleanup];

    /// <summary>Those that bring a candidate live.</summary>
    public static ImmutableArray<Stage> Rollout { get; } = UpTo(Stage.Promote);

    /// <summary>Those up to one of them, and it; none where it is not of the line.</summary>
    public static ImmutableArray<Stage> UpTo(Stage last) => [.. Stages.Take(Stages.IndexOf(last) + 1)];

    /// <summary>The one after another; null after the last one, and where it is not of the line.</summary>
    public static Stage? After(Stage stage) => Stages.IndexOf(stage) is >= 0 and var at && at + 1 < Stages.Length ? Stages[at + 1] : null;
}
