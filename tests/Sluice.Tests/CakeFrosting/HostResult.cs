namespace Sluice.Tests.CakeFrosting;

/// <summary>A run of a host that has ended.</summary>
/// <param name="ExitCode">What the host returned.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Steps">What tasks and lifetimes noted.</param>
internal sealed record HostResult(int ExitCode, string Output, string Error, Steps Steps)
{
    /// <summary>The report's rows: a task and how it ended.</summary>
    public IEnumerable<string> Report => Output.Split('\n')
        .SkipWhile(line => !line.StartsWith("Task  ", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => !line.StartsWith("----", StringComparison.Ordinal))
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(cells => $"{cells[0]} {cells[^1]}");

    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}
