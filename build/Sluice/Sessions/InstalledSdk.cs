using Cake.Common;
using Cake.Core;
using Cake.Core.IO;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Diagnosis;

namespace Sluice.Sessions;

/// <summary>The .NET SDK of this machine, as <c>dotnet</c> itself chooses it in the checkout.</summary>
internal static class InstalledSdk
{
    /// <summary>Far longer than it takes on the busiest machine: what is too slow must not be called missing.</summary>
    private const int LimitMilliseconds = 60_000;

    /// <summary>Asks <c>dotnet</c>, and reads what <c>global.json</c> wants.</summary>
    public static SdkFact Of(RolloutContext context) => new(Wanted(context.Parameters.Root), Found(context), $"{Environment.Version}");

    private static string? Wanted(string root)
    {
        try
        {
            return (string?)JObject.Parse(File.ReadAllText(System.IO.Path.Combine(root, "global.json"))).SelectToken("sdk.version");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or ArgumentException)
        {
            return null;
        }
    }

    private static string? Found(RolloutContext context)
    {
        try
        {
            var settings = new ProcessSettings
            {
                Arguments = "--version",
                WorkingDirectory = context.Parameters.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Silent = true,

                // Without a home folder dotnet answers nothing, and that is no lack of an SDK.
                EnvironmentVariables = new Dictionary<string, string> { ["DOTNET_CLI_HOME"] = System.IO.Path.GetTempPath() },
            };
            using var asked = context.StartAndReturnProcess("dotnet", settings);
            if (!asked.WaitForExit(LimitMilliseconds))
            {
                asked.Kill();
                return null;
            }

            // A wait with a limit ends before the last lines have been read, one without it ends after them.
            asked.WaitForExit();
            return asked.GetExitCode() == 0 ? asked.GetStandardOutput().FirstOrDefault() : null;
        }
        catch (Exception error) when (error is CakeException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
