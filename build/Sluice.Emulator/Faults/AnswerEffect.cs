using Microsoft.AspNetCore.WebUtilities;

namespace Sluice.Emulator.Faults;

/// <summary>An error in the place of the answer.</summary>
/// <param name="Status">The HTTP status, 400 to 599.</param>
/// <param name="Code">The error's code; null for the usual one.</param>
/// <param name="Message">The error's message; null for one that names the rules.</param>
/// <param name="RetryAfter">What <c>Retry-After</c> says, in whole seconds; null without one.</param>
/// <param name="Moment">Before the effect, which then does not come, or after it.</param>
internal sealed record AnswerEffect(int Status, string? Code, string? Message, TimeSpan? RetryAfter, FaultMoment Moment) : RequestEffect
{
    /// <summary>The message.</summary>
    public string Text => Message ?? "A fault rule of the local Azure ML answered this request.";

    /// <inheritdoc/>
    public override async Task PassAsync(FaultyExchange exchange, Func<bool> happens, Func<Task> next)
    {
        var hit = happens();
        if (!hit || Moment == FaultMoment.AfterEffect)
        {
            await next();
        }

        if (hit)
        {
            await exchange.AnswerAsync(this);
        }
    }

    /// <summary>The code on a service's wire.</summary>
    public string CodeOn(FaultSurface surface) => Code ?? (surface, Status) switch
    {
        (FaultSurface.Blob, 500) => "InternalError",
        (FaultSurface.Blob, 503) => "ServerBusy",
        _ when ReasonPhrases.GetReasonPhrase(Status) is { Length: > 0 } phrase => phrase.Replace(" ", "", StringComparison.Ordinal),
        _ => "Error",
    };

    /// <inheritdoc/>
    public override string Describe() => $"was answered {Status} {Name(Moment)}";
}
