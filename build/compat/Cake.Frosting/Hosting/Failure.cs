using System.Runtime.CompilerServices;
using Cake.Cli;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Hosting;

/// <summary>Ends a run that failed.</summary>
internal static class Failure
{
    /// <summary>Logs an error and chooses the exit code, both as the engine's own programs do.</summary>
    /// <param name="log">The log.</param>
    /// <param name="exception">The error.</param>
    /// <returns>The code that a <see cref="Cake.Core.CakeException"/> carries, else 1.</returns>
    // Apart, so that Cake.Cli is loaded by a run that fails, and by no other.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Report(ICakeLog log, Exception exception) => log.LogException(exception);
}
