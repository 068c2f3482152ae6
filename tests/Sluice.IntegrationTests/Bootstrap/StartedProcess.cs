using Newtonsoft.Json;

namespace Sluice.IntegrationTests.Bootstrap;

/// <summary>A process that has ended.</summary>
/// <param name="Id">The number it had.</param>
/// <param name="ExitCode">The code it returned.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
internal sealed record StartedProcess(int Id, int ExitCode, string Output, string Error)
{
    /// <summary>What the small program of <see cref="SmallRepository"/> told about itself.</summary>
    public ProgramReport Report => JsonConvert.DeserializeObject<ProgramReport>(Output)
        ?? throw new InvalidDataException($"The program told nothing about itself. Standard error was: {Error}");

    public IEnumerable<string> ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
