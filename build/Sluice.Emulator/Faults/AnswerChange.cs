using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>The model answers in time and well-formed, and answers something else.</summary>
/// <param name="AfterTraffic">When it begins.</param>
internal abstract record AnswerChange(TimeSpan? AfterTraffic) : ContainerEffect(AfterTraffic)
{
    private const int Good = 200;

    /// <inheritdoc/>
    public sealed override async Task<ContainerAnswer?> PassAsync(ContainerTurn turn, Func<ContainerRequest, Task<ContainerAnswer?>> next)
    {
        var answer = await next(turn.Request);
        if (answer is { Status: Good } && AnswerRows.Read(answer.Body.Span) is { Count: > 0 } rows && turn.Happens())
        {
            Change(rows, turn);
            if (rows.HasChanged)
            {
                answer.Body.Truncate(0);
                rows.Write(answer.Body);
            }
        }

        return answer;
    }

    /// <summary>Changes what is answered to some rows, or to all.</summary>
    protected abstract void Change(AnswerRows rows, ContainerTurn turn);
}
