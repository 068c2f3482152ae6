namespace Sluice.Rollouts.Ports;

/// <summary>What a webhook answered.</summary>
/// <param name="Status">The HTTP status; 0 when no answer came.</param>
/// <param name="Sentence">The first line of the answer's text, at most 200 characters; for status 0 why no answer came. Never a secret.</param>
public sealed record WebhookAnswer(int Status, string Sentence)
{
    /// <summary>How long it wants to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
