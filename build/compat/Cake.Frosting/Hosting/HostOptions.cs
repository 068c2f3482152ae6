using Cake.Core.Diagnostics;
using Cake.Core.IO;

namespace Cake.Frosting.Hosting;

/// <summary>The command line, read.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="Targets">The tasks to reach, at least one.</param>
/// <param name="Exclusive">Whether to run the targets' own tasks only.</param>
/// <param name="WorkingDirectory">The directory to work in, or <see langword="null"/> for the build's own choice.</param>
/// <param name="Verbosity">How much to log, or <see langword="null"/> for what the configuration says.</param>
/// <param name="Arguments">
/// All else, for the tasks, with the targets among it: names in any case, all values of a repeated name, <see langword="null"/> for a name
/// without a value.
/// </param>
internal sealed record HostOptions(
    HostMode Mode,
    IReadOnlyList<string> Targets,
    bool Exclusive,
    DirectoryPath? WorkingDirectory,
    Verbosity? Verbosity,
    ILookup<string, string?> Arguments);
