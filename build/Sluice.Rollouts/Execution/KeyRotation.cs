using System.Runtime.CompilerServices;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Execution;

/// <summary>
/// Gives an endpoint new keys without any caller failing that reads its key again when it is refused.
/// </summary>
/// <remarks>
/// Callers use the primary key. So the secondary one, which nobody uses, is regenerated first, and tried until it opens the endpoint; from then
/// on a caller whose primary key is refused has the other one to go on with, and the primary key is regenerated. No key is regenerated
/// before the other one was seen to open the endpoint: at no moment are callers without one.
/// </remarks>
/// <param name="spec">Names the endpoint, and the request that tries a key.</param>
/// <param name="workspace">The workspace.</param>
/// <param name="scoring">Tries the keys.</param>
/// <param name="time">The clock.</param>
public sealed class KeyRotation(RolloutSpec spec, IWorkspace workspace, IScoringClient scoring, TimeProvider time)
{
    private const int Unauthorized = 401;
    private const int TimedOut = 408;
    private const int TooMany = 429;

    private static readonly EndpointKey[] InOrder = [EndpointKey.Secondary, EndpointKey.Primary];

    /// <summary>How long a key may take from when it can be read until it opens the endpoint; nothing says how long it does take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private string Endpoint => spec.Endpoint.Name;

    /// <summary>Rotates the keys.</summary>
    /// <param name="only">The key to regenerate; null for both.</param>
    /// <param name="cancellationToken">Ends it between two requests; a regeneration that has begun goes on.</param>
    /// <returns>What was done, a sentence each as soon as it is.</returns>
    /// <exception cref="RolloutException">There is no such endpoint, a call failed, or a key does not open the endpoint.</exception>
    public async IAsyncEnumerable<string> RunAsync(EndpointKey? only, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var endpoint = (await workspace.ObserveAsync(spec.Model, Endpoint, cancellationToken)).Endpoint
            ?? throw new RolloutException($"Endpoint {Endpoint} does not exist.");
        if (endpoint.AuthMode != AuthMode.Key)
        {
            yield return $"Endpoint {Endpoint} takes tokens, which end by themselves: there are no keys to rotate.";
            yield break;
        }

        var renewed = new List<EndpointKey>();
        foreach (var key in only is { } one ? [one] : InOrder)
        {
            await RenewAsync(key, renewed, cancellationToken);
            renewed.Add(key);
            yield return $"The {Word(key)} key of endpoint {Endpoint} is new, and opens it.";
        }

        yield return "Callers that read their key again when it is refused have noticed nothing. Those that hold one need the new one"
            + (spec.Workspace.Cloud == Cloud.Local ? "." : $": az ml online-endpoint get-credentials --name {Endpoint}");
    }

    private async Task RenewAsync(EndpointKey key, List<EndpointKey> renewed, CancellationToken cancellationToken)
    {
        try
        {
            await AwaitOpeningAsync(OtherThan(key), cancellationToken);
            await workspace.RegenerateKeyAsync(Endpoint, key, progress: null, cancellationToken);
            await AwaitOpeningAsync(key, cancellationToken);
        }
        catch (RolloutException error)
        {
            var state = renewed.Count == 0 ? "No other key was changed" : $"The {Word(renewed[^1])} key is new, and opens the endpoint";
            throw new RolloutException($"{error.Message} {state}; the same command begins anew.", error);
        }
    }

    /// <summary>
    /// Tries a key until it opens the endpoint. An answer of a deployment proves that, whatever it makes of the sample; so does the word that there
    /// is no deployment to answer. That the front door is busy or broken proves nothing: it may say so before it looks at the key.
    /// </summary>
    private async Task AwaitOpeningAsync(EndpointKey key, CancellationToken cancellationToken)
    {
        var begin = time.GetTimestamp();
        while (true)
        {
            var access = await workspace.GetScoringAccessAsync(Endpoint, cancellationToken);
            var tried = key == EndpointKey.Primary ? access.Key : access.SpareKey
                ?? throw new RolloutException($"The service shows no {Word(key)} key of endpoint {Endpoint}.");
            var answer = await scoring.ScoreAsync(access with { Key = tried }, spec.Probes.Sample, deployment: null, cancellationToken);
            if (answer.Deployment is not null || answer.Status is >= 200 and < 500 and not (Unauthorized or TimedOut or TooMany))
            {
                return;
            }

            if (time.GetElapsedTime(begin) >= Patience)
            {
                throw new RolloutException($"The {Word(key)} key does not open endpoint {Endpoint} (got {answer.Failure}), so the other one stays as it is.");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private static EndpointKey OtherThan(EndpointKey key) => key == EndpointKey.Primary ? EndpointKey.Secondary : EndpointKey.Primary;

    private static string Word(EndpointKey key) => key == EndpointKey.Primary ? "primary" : "secondary";
}
