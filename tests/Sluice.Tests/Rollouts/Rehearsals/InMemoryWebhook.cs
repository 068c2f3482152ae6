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

    /// <summary>The answer at an address that is a secret, by the address.</summary>
    public Func<string, WebhookAnswer> Receipt { get; set; } = _ => new(202, "");

    /// <summary>What passes until that answer comes.</summary>
    public Func<CancellationToken, Task> OnTold { get; set; } = _ => Task.CompletedTask;

    /// <summary>What was sent to addresses that are secrets.</summary>
    public List<(string Address, string Body)> Told { get; } = [];

    public Task<WebhookAnswer> AskAsync(Uri address, string body, Secret? token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Asked.Add((body, token is not null));
        return Task.FromResult(Answer());
    }

    public async Task<WebhookAnswer> AskAsync(Secret address, string body, Secret? token, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Assert.That(timeout, Is.GreaterThan(TimeSpan.Zero));
        Told.Add((address.Reveal(), body));
        await OnTold(cancellationToken);
        return Receipt(address.Reveal());
    }
}
