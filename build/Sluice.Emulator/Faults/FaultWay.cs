using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Faults;

/// <summary>
/// The one place where something can come between a request and its answer. A request passes through the rules that fit it in their
/// order: what one of them ends, the later ones do not see.
/// </summary>
/// <param name="faults">The rules.</param>
/// <param name="errors">Writes errors.</param>
/// <param name="time">The emulator's clock.</param>
/// <param name="watch">Is told of every request; null for nobody.</param>
internal sealed class FaultWay(LiveFaults faults, ErrorAnswers errors, TimeProvider time, IRequestWatch? watch)
{
    /// <summary>Passes a request through.</summary>
    /// <param name="context">The exchange.</param>
    /// <param name="surface">The service that it is for.</param>
    /// <param name="answer">Does what is asked, and answers.</param>
    public Task PassAsync(HttpContext context, FaultSurface surface, Func<Task> answer)
    {
        var plan = faults.Current;
        if (plan.Settings.ClockSkew != TimeSpan.Zero)
        {
            // The web server would write its own.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.Date = time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            });
        }

        if (!plan.HasRequestRules && watch is null)
        {
            return answer();
        }

        var request = FaultTarget.Of(context, surface);
        var rules = plan.Fitting(request);
        return rules.Count == 0 && watch is null ? answer() : PassAsync(context, request, plan, rules, answer);
    }

    private async Task PassAsync(
        HttpContext context, FaultTarget request, FaultPlan plan, IReadOnlyList<ArmedRule> rules, Func<Task> answer)
    {
        using var exchange = new FaultyExchange(context, request, plan, errors, time);
        try
        {
            await ReachedAsync(request, FaultMoment.BeforeEffect);
            await PassAsync(exchange, rules, answer);
            if (!exchange.IsGone)
            {
                await ReachedAsync(request, FaultMoment.AfterEffect);
                await exchange.SendAsync();
                await ReachedAsync(request, FaultMoment.AfterAnswer);
            }
        }
        catch (OperationCanceledException) when (exchange.IsGone)
        {
            // There is nobody left to answer.
        }
    }

    private static async Task PassAsync(FaultyExchange exchange, IEnumerable<ArmedRule> rules, Func<Task> answer)
    {
        var chain = answer;
        foreach (var armed in rules.Reverse())
        {
            var next = chain;
            var effect = (RequestEffect)armed.Rule.Effect;
            chain = () => effect.PassAsync(exchange, () => armed.Happens($"{exchange.Request}"), next);
        }

        await chain();
    }

    private Task ReachedAsync(FaultTarget request, FaultMoment moment) => watch?.ReachedAsync(request, moment) ?? Task.CompletedTask;
}
