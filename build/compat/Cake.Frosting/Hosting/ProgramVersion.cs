using System.Reflection;
using Cake.Cli;
using Cake.Core;

namespace Cake.Frosting.Hosting;

/// <summary>The version of the program that runs the build, and of the engine below it.</summary>
internal sealed class ProgramVersion : IVersionResolver
{
    /// <inheritdoc/>
    public string GetVersion() => Of(Assembly.GetEntryAssembly() ?? typeof(CakeHost).Assembly);

    /// <inheritdoc/>
    public string GetProductVersion() => $"Cake engine {Of(typeof(ICakeContext).Assembly)}";

    // The part after the plus sign names a commit, which no one asks for by --version.
    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString()
        ?? "unknown";
}
