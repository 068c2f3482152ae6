namespace Sluice.Rollouts.Diagnosis;

/// <summary>What this machine must have.</summary>
public static class MachineChecks
{
    /// <summary>The check of the SDK.</summary>
    public const string SdkName = "SDK";

    /// <summary>Whether the .NET SDK is the one that is asked for. It was chosen by <c>dotnet</c> itself, roll-forward and all.</summary>
    public static CheckResult Sdk(SdkFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var wanted = fact.Wanted is null ? "no global.json asks for one" : $"global.json asks for {fact.Wanted} or a later one of its line";
        return fact.Found is { } found
            ? CheckResult.Ok(SdkName, $".NET SDK {found} is here, on runtime {fact.Runtime}; {wanted}.")
            : CheckResult.Fail(
                SdkName,
                $"No .NET SDK that fits is here, and the next change of the sources needs one; {wanted}.",
                "dotnet --list-sdks shows what is installed; https://dotnet.microsoft.com/download has the others");
    }

    /// <summary>The configuration, which was judged before anything ran.</summary>
    /// <param name="file">The file.</param>
    /// <param name="notes">The number of notes on it.</param>
    public static CheckResult Configuration(string file, int notes)
    {
        var below = notes == 0 ? "" : notes == 1 ? "; a note is below" : $"; {notes} notes are below";
        return CheckResult.Ok("configuration", $"{file}, what it names and the arguments have no mistake{below}.");
    }
}
