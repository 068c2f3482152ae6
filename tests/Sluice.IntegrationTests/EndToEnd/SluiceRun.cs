namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>What came of one run of the program.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record SluiceRun(int ExitCode, string Output, string Error)
{
    /// <summary>Everything that a person saw, for a failed assertion's message.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- error\n{Error}";
}
