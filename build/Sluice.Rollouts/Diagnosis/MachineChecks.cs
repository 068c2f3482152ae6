using Sluice.Rollouts.Spec;

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

    /// <summary>Whether the home folder is there and can be written.</summary>
    public static CheckResult Home(FolderFact folder) => Writable(
        "home",
        folder,
        "dotnet and az keep files there: the next change of the sources can't be built, and az keeps no sign-in.",
        "export HOME=<a folder that is there and can be written>");

    /// <summary>Whether the folder <c>artifacts</c> can be written, or made.</summary>
    public static CheckResult Artifacts(FolderFact folder) => Writable(
        "artifacts",
        folder,
        "A rollout goes through, but leaves no report, no summary and no copy of its journal.",
        OwnerOf(folder));

    /// <summary>Whether the folder <c>.sluice</c> can be written, or made.</summary>
    public static CheckResult Workshop(FolderFact folder) => Writable(
        ".sluice",
        folder,
        "The program is built there anew after each change of its sources, and rehearsals and the local Azure ML keep their state there.",
        OwnerOf(folder));

    /// <summary>Whether this machine has the Python that the local Azure ML runs scoring scripts with, where there are some.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="python">The Python's path; null when there is none.</param>
    public static CheckResult Python(RolloutSpec spec, string? python)
    {
        const string Name = "python";
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Emulator is null || spec is { Blue.Code: null, Green.Code: null }
            ? CheckResult.Skip(Name, "No scoring script runs on this machine.")
            : python is not null
            ? CheckResult.Ok(Name, $"{python} runs the scoring scripts; what they import must be installed for it.")
            : CheckResult.Fail(
                Name,
                "There is no Python 3 on the PATH, with which the local Azure ML runs scoring scripts.",
                "apt-get install python3 (on macOS: brew install python; on Windows: winget install Python.Python.3.12)");
    }

    /// <summary>Whether the local Azure ML can serve the models, in a rollout on it or in a rehearsal of one on Azure.</summary>
    /// <param name="spec">What is wanted.</param>
    public static CheckResult Flavours(RolloutSpec spec)
    {
        const string Name = "flavours";
        ArgumentNullException.ThrowIfNull(spec);
        const string Fix = $"for the local Azure ML take {LocalServing.Allowed}";
        var found = string.Join("; ", LocalServing.Obstacles(spec));
        return found.Length == 0 ? CheckResult.Ok(Name, "No flavour of a model folder is in the way of the local Azure ML and of rehearsals.")
            : spec.Emulator is null ? CheckResult.Warn(Name, $"{found}: a rollout on Azure goes through, and can't be rehearsed.", Fix)
            : CheckResult.Fail(Name, $"{found}.", Fix);
    }

    /// <summary>The local Azure ML, which did not start.</summary>
    /// <param name="sentence">Why.</param>
    public static CheckResult LocalAzure(string sentence) =>
        CheckResult.Fail("local Azure ML", sentence, "emulator.folder takes another folder, --port=0 a free port");

    /// <summary>The configuration, which was judged before anything ran.</summary>
    /// <param name="file">The file.</param>
    /// <param name="notes">The number of notes on it.</param>
    public static CheckResult Configuration(string file, int notes)
    {
        var below = notes == 0 ? "" : notes == 1 ? "; a note is below" : $"; {notes} notes are below";
        return CheckResult.Ok("configuration", $"{file}, what it names and the arguments have no mistake{below}.");
    }

    private static CheckResult Writable(string name, FolderFact folder, string without, string fix)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Obstacle is { } obstacle
            ? CheckResult.Warn(name, $"{folder.Path} can't be written: {obstacle.TrimEnd('.')}. {without}", fix)
            : CheckResult.Ok(name, $"{folder.Path} can be written.");
    }

    private static string OwnerOf(FolderFact folder) =>
        $"ls -ld {folder.Path}, and sudo chown -R \"$(id -un)\" {folder.Path} where it is another user's (on Windows: icacls {folder.Path})";
}
