using System.Diagnostics.CodeAnalysis;
using Sluice.Rollouts.Ports;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// A caller of one endpoint whose key or token is current: it asks for another token before the one at hand ends, and reads the keys again
/// when the endpoint refuses the one at hand, as it does after a rotation.
/// </summary>
/// <remarks>
/// A new token is fetched by one request; the others go on with the one at hand as long as it is valid. When the key at hand is refused, the
/// other one of the two is taken: the refused one was just regenerated, and its successor may not open the endpoint everywhere yet, while the
/// other one is left alone for as long, see <see cref="KeyRotation"/>. Safe for concurrent use.
/// </remarks>
/// <param name="workspace">Gives the access.</param>
/// <param name="scoring">Sends the requests.</param>
/// <param name="endpoint">The endpoint.</param>
/// <param name="time">The clock by which tokens end.</param>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Its semaphore's wait handle is never asked for.")]
public sealed class EndpointCaller(IWorkspace workspace, IScoringClient scoring, string endpoint, TimeProvider time)
{
    private const int Unauthorized = 401;

    /// <summary>
    /// The pause after an attempt to renew a token that is still valid: the service may give the same one again, or be out of reach.
    /// </summary>
    private static readonly TimeSpan RenewalPause = TimeSpan.FromSeconds(30);

    /// <summary>How long before its end a token counts as ended, for the request's way and for clocks that differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile Held? _held;

    /// <summary>Gets the key or token, so that whoever is about to send many requests learns at once when there is none.</summary>
    /// <exception cref="WorkspaceCallException">No access could be had.</exception>
    public Task OpenAsync(CancellationToken cancellationToken) => AccessAsync(cancellationToken);

    /// <summary>Sends one request.</summary>
    /// <param name="body">The JSON body.</param>
    /// <param name="deployment">The deployment to reach whatever the traffic says; null for the traffic's choice.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer; 401 only when the key or token was refused, read again, and refused again.</returns>
    /// <exception cref="WorkspaceCallException">No access could be had, or none that is still valid.</exception>
    public async Task<ScoringAnswer> ScoreAsync(string body, string? deployment, CancellationToken cancellationToken)
    {
        var access = await AccessAsync(cancellationToken);
        var answer = await scoring.ScoreAsync(access, body, deployment, cancellationToken);
        return answer.Status == Unauthorized
            ? await scoring.ScoreAsync(await ReplaceAsync(access, cancellationToken), body, deployment, cancellationToken)
            : answer;
    }

    private async Task<ScoringAccess> AccessAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held && !held.IsEnding(time.GetUtcNow()))
        {
            if (held.IsToBeRenewed(time.GetUtcNow()) && await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
            {
                try
                {
                    return await RenewAsync(held, cancellationToken);
                }
                finally
                {
                    _turn.Release();
                }
            }

            return held.Access;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _held is { } meanwhile && !meanwhile.IsEnding(time.GetUtcNow())
                ? meanwhile.Access
                : Hold(await workspace.GetScoringAccessAsync(endpoint, cancellationToken));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Asks for another token while the one at hand is still valid; when that fails, a later request asks again.</summary>
    private async Task<ScoringAccess> RenewAsync(Held held, CancellationToken cancellationToken)
    {
        if (_held != held)
        {
            return _held!.Access;
        }

        try
        {
            return Hold(await workspace.GetScoringAccessAsync(endpoint, cancellationToken));
        }
        catch (WorkspaceCallException)
        {
            return Hold(held.Access);
        }
    }

    /// <summary>Another key or token than the one that was refused, where there is one.</summary>
    private async Task<ScoringAccess> ReplaceAsync(ScoringAccess refused, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_held is { } meanwhile && !meanwhile.Access.Key.IsSameAs(refused.Key))
            {
                return meanwhile.Access;
            }

            var read = await workspace.GetScoringAccessAsync(endpoint, cancellationToken);
            return _held is { IsSpare: false } && read.SpareKey is { } spare ? Hold(read with { Key = spare }, isSpare: true) : Hold(read);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ScoringAccess Hold(ScoringAccess access, bool isSpare = false)
    {
        _held = new Held(access, isSpare, time.GetUtcNow() + RenewalPause);
        return access;
    }

    /// <param name="Access">The access at hand.</param>
    /// <param name="IsSpare">Whether its key is the secondary one.</param>
    /// <param name="NotBefore">No other token is asked for before then, unless this one ends.</param>
    private sealed record Held(ScoringAccess Access, bool IsSpare, DateTimeOffset NotBefore)
    {
        public bool IsEnding(DateTimeOffset now) => now >= Access.ExpiresAt - Margin;

        public bool IsToBeRenewed(DateTimeOffset now) => now >= Access.RefreshAt && now >= NotBefore;
    }
}
