using System.Text;

namespace Sluice.Tests.Fuzz;

/// <summary>A call of the client, and what ARM answers to its requests.</summary>
/// <param name="Call">The call's number.</param>
/// <param name="Answers">The answers by the method and the end of the path.</param>
internal sealed record ArmScript(int Call, IReadOnlyDictionary<(string Method, string PathEnd), ArmAnswer> Answers)
{
    public override string ToString() => $"Call {Call}\n" + string.Join('\n', Answers.Select(answer =>
        $"{answer.Key.Method} {answer.Key.PathEnd}: {answer.Value.Status} {string.Join(' ', answer.Value.Headers)}\n"
        + Encoding.UTF8.GetString(answer.Value.Body)));
}
