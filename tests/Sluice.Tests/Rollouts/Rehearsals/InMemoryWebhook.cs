using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A judge somewhere else who answers by script.</summary>
internal sealed class InMemoryWebhook : IWebhook
{
    /// <summary>The variable that is set.</summary>
    public const string TokenVariable = "JUDGE_TOKEN";

    /// <summary>The answer.</summary>
    public Func<WebhookAnswer> Answer { get; set; } = () => new(200, "fine");

    /// <summary>What was asked: the body, and whether a token came with it.</summary>
    public List<(string Body, bool HasToken)> Asked { get; } = [];

    public Task<WebhookAnswer> AskAsync(Uri address, string body, Secret? token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Asked.Add((body, token is not null));
        return Task.FromResult(Answer());
    }
}
