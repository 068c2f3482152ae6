using Sluice.Emulator.Operations;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>How long a rollout took, beside the local Azure ML's own record of it. All times are the clock's of its operations.</summary>
/// <param name="Wall">From the first call to the end of the last stage.</param>
/// <param name="Operations">The operations, by their record; none began before the one before it had ended.</param>
/// <param name="Bakes">The bakes together.</param>
/// <param name="Polls">When each operation was asked for, by its id.</param>
internal sealed record RolloutTimes(
    TimeSpan Wall, IReadOnlyList<Operation> Operations, TimeSpan Bakes, ILookup<string, DateTimeOffset> Polls)
{
    /// <summary>What nobody can be faster than: the operations and the bakes, one after the other.</summary>
    public TimeSpan CriticalPath => Operations.Aggregate(Bakes, (sum, operation) => sum + Took(operation));

    /// <summary>How long an operation took.</summary>
    public static TimeSpan Took(Operation operation) => operation.EndedAt!.Value - operation.StartedAt;

    /// <summary>How long after its end an operation was asked for, so that its end was known.</summary>
    public TimeSpan LatenessOf(Operation operation) => Polls[operation.Key].First(time => time >= operation.EndedAt) - operation.EndedAt!.Value;

    /// <summary>One line that says it of an operation.</summary>
    public string Sentence(Operation operation) => FormattableString.Invariant(
        $"{operation.Kind} {operation.Deployment ?? operation.Endpoint}: {Took(operation).TotalSeconds:0.0} s, {Polls[operation.Key].Count()} polls, noticed {LatenessOf(operation).TotalSeconds:0.00} s after its end");
}
