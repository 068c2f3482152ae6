using Sluice.Emulator.Faults;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>Tells requests that change something from those that read.</summary>
internal static class ReadOnly
{
    /// <summary>Posts that read: they have no body, and only their answers hold secrets.</summary>
    private static readonly string[] ReadingPosts = ["listKeys", "listSecrets", "getLogs", "token"];

    /// <summary>Whether the request, to ARM or to a blob, changes something.</summary>
    public static bool Changes(FaultTarget request) => request.Method switch
    {
        "GET" or "HEAD" => false,
        "POST" => !ReadingPosts.Any(name => request.Path.EndsWith($"/{name}", StringComparison.OrdinalIgnoreCase)),
        _ => true,
    };
}
