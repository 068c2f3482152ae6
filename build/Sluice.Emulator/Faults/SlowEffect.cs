using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>The model takes its time, in the container's place among those that are worked on at once.</summary>
/// <param name="Factor">How many times as long as usual it takes, above 1.</param>
/// <param name="Least">
/// What the usual time counts as at least: a small model takes a fraction of a millisecond, and no factor on that would be seen.
/// </param>
/// <param name="AfterTraffic">When it begins.</param>
internal sealed record SlowEffect(double Factor, TimeSpan Least, TimeSpan? AfterTraffic) : ContainerEffect(AfterTraffic)
{
    /// <summary>What <see cref="Least"/> is where nothing is said.</summary>
    public static readonly TimeSpan UsualLeast = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public override async Task<ContainerAnswer?> PassAsync(ContainerTurn turn, Func<ContainerRequest, Task<ContainerAnswer?>> next)
    {
        var hit = turn.Happens();
        var begin = turn.Time.GetTimestamp();
        var answer = await next(turn.Request);
        if (hit)
        {
            var usual = turn.Time.GetElapsedTime(begin);
            await Task.Delay((Factor - 1) * (usual > Least ? usual : Least), turn.Time);
        }

        return answer;
    }

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"took {Factor:0.###} times as long");
}
