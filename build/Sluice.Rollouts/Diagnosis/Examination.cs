using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>
/// Asks all that a first run trips over, and goes on after a failure with whatever can still be asked. What does not depend on each other is
/// asked at the same time.
/// </summary>
/// <param name="spec">What is wanted.</param>
/// <param name="facts">Answers; it is only read.</param>
/// <param name="command">The command that runs a target on what was examined.</param>
/// <param name="time">The clock that limits the questions.</param>
public sealed class Examination(RolloutSpec spec, IServiceFacts facts, Func<string, string> command, TimeProvider time)
{
    /// <summary>How long one question may take.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>How long a sign-in may take: tools are started for it, and the default chain tries one after the other.</summary>
    private static readonly TimeSpan SignInLimit = TimeSpan.FromSeconds(30);

    /// <summary>Asks, and judges the answers.</summary>
    /// <returns>The checks, in an order that is always the same.</returns>
    public async Task<ImmutableArray<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var (reached, caller) = await Both(
            AskAsync(facts.ReachAsync, Limit, cancellationToken), AskAsync(facts.SignInAsync, SignInLimit, cancellationToken));
        var access = new AccessChecks(spec, command);
        var signIn = access.SignIn(caller, reached.Fact?.TenantId);
        var subscription = await AskUnlessAsync(
            reached.Fact is null ? "ARM is not reached."
                : signIn.Outcome == CheckOutcome.Fail ? "There is no sign-in that ARM takes."
                : null,
            facts.ReadSubscriptionAsync,
            cancellationToken);
        var workspace = await AskUnlessAsync(
            subscription.Problem is { WasAsked: false } unasked ? unasked.Sentence
                : subscription.Problem is { IsLackOfRight: false } ? "The subscription is not found."
                : null,
            facts.ReadWorkspaceAsync,
            cancellationToken);
        var obstacle = workspace.Problem is null ? null : workspace.Problem.WasAsked ? "The workspace is not found." : workspace.Problem.Sentence;
        var there = workspace.Fact;
        var location = there?.Location;
        var permissions = AskUnlessAsync(obstacle, facts.ReadPermissionsAsync, cancellationToken);
        var store = AskUnlessAsync(obstacle, token => facts.ReadStoreAsync(spec.Endpoint.Name, there!, token), cancellationToken);
        var sizes = AskUnlessAsync(obstacle, token => facts.ListSizesAsync(location!, token), cancellationToken);
        var usages = AskUnlessAsync(obstacle, token => facts.ListUsagesAsync(location!, token), cancellationToken);
        var endpoint = await AskUnlessAsync(obstacle, token => facts.ReadEndpointAsync(spec.Endpoint.Name, token), cancellationToken);
        var uri = endpoint.Fact?.Endpoint?.ScoringUri;
        var scoring = AskUnlessAsync(
            endpoint.Problem is { WasAsked: false } earlier ? earlier.Sentence
                : endpoint.Fact is null ? "The endpoint could not be read."
                : uri is null ? "There is no scoring URI yet."
                : null,
            token => facts.ReachScoringAsync(uri!, token),
            cancellationToken);
        var resources = new ResourceChecks(spec, command, caller.Fact);
        return
        [
            access.Network(reached),
            AccessChecks.Clock(reached),
            signIn,
            access.Subscription(subscription, caller.Fact),
            access.OfWorkspace(workspace, caller.Fact),
            resources.Role(await permissions),
            resources.Datastore(await store, there),
            resources.Lock(await store),
            resources.Sizes(await sizes, location),
            resources.Quota(await sizes, await usages, endpoint, location),
            resources.Endpoint(endpoint, location),
            resources.Scoring(endpoint, await scoring),
        ];
    }

    private static async Task<(TFirst First, TSecond Second)> Both<TFirst, TSecond>(Task<TFirst> first, Task<TSecond> second) =>
        (await first, await second);

    private Task<Answer<T>> AskUnlessAsync<T>(string? obstacle, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class => obstacle is null ? AskAsync(ask, Limit, cancellationToken) : Task.FromResult(Answer.Unasked<T>(obstacle));

    private async Task<Answer<T>> AskAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan limit, CancellationToken cancellationToken)
        where T : class
    {
        using var over = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        try
        {
            // Not every tool that is started for a sign-in looks at the token.
            return Answer.Of(await ask(either.Token).WaitAsync(limit + limit, time, cancellationToken));
        }
        catch (Exception error) when (
            error is TimeoutException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Answer.Failed<T>(Problem.Timeout, $"There was no answer within {limit.TotalSeconds:0} s.");
        }
        catch (Ports.WorkspaceCallException error)
        {
            return Answer.Failed<T>(error.Code, error.Message);
        }
        catch (RolloutException error)
        {
            return Answer.Failed<T>(code: null, error.Message);
        }
    }
}
