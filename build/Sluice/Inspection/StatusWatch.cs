using Sluice.Rollouts;
using Sluice.Rollouts.Execution;

namespace Sluice.Inspection;

/// <summary>
/// Looks again and again until the rollout that is watched has ended, and the run that ended it. A look that fails is told, and the next one is taken; the first one has to
/// succeed, for whoever is not signed in would watch nothing for ever.
/// </summary>
/// <param name="look">Takes one look, given the one before.</param>
/// <param name="screen">Shows it.</param>
/// <param name="interval">The pause between two looks.</param>
/// <param name="time">The clock.</param>
internal sealed class StatusWatch(
    Func<Standing?, CancellationToken, Task<Standing>> look, IStatusScreen screen, TimeSpan interval, TimeProvider time)
{
    /// <summary>
    /// Watches the rollout that is under way; where none is, and the latest is over, one look says so. Where there was none at all, it waits
    /// for one to begin.
    /// </summary>
    /// <returns>The last look.</returns>
    /// <exception cref="RolloutException">The first look failed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<Standing> RunAsync(CancellationToken cancellationToken)
    {
        var standing = await look(null, cancellationToken);
        screen.Show(standing);
        while (standing.Ended is null || standing.IsAmidRun)
        {
            await Task.Delay(interval, time, cancellationToken);
            try
            {
                standing = await look(standing, cancellationToken);
                screen.Show(standing);
            }
            catch (RolloutException error) when (!cancellationToken.IsCancellationRequested)
            {
                screen.Miss(time.GetUtcNow(), error.Message);
            }
        }

        return standing;
    }
}
