using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>Requests of a rollout that are for the same thing.</summary>
internal sealed class CallKind
{
    private readonly string _name;
    private readonly Func<string, string, bool> _includes;

    private CallKind(string name, Func<string, string, bool> includes)
    {
        _name = name;
        _includes = includes;
    }

    /// <summary>Whether there are the more of them the longer a rollout takes.</summary>
    public bool ComesByTime { get; private init; }

    /// <summary>Every kind that changes something, is waited by, or is evidence.</summary>
    public static IReadOnlyList<CallKind> All { get; } =
    [
        new("model upload", (method, path) => method == "PUT" && Has(path, "/LocalUpload/")),
        new("model version", (method, path) => method == "PUT" && Has(path, "models/") && Has(path, "/versions/")),
        new("endpoint or traffic", (method, path) => method == "PUT" && Has(path, "onlineEndpoints/") && !Has(path, "/deployments/")),
        new("deployment", (method, path) => method == "PUT" && Has(path, "/deployments/")),
        new("tags", (method, path) => method == "PATCH" && Has(path, "onlineEndpoints/")),
        new("deletion", (method, path) => method == "DELETE" && Has(path, "/deployments/")),
        new("poll", (method, path) => method == "GET" && Has(path, "mfeOperations")) { ComesByTime = true },
        new("journal append", (method, path) => method == "PUT" && Has(path, "/journal") && Has(path, "comp=appendblock")),
        new("lease", (method, path) => method == "PUT" && Has(path, "/journal") && Has(path, "comp=lease")) { ComesByTime = true },
        new("scoring", (method, path) => method == "POST" && Has(path, "/score")) { ComesByTime = true },
    ];

    public bool Includes(Call call) => _includes(call.Method, call.Path);

    public bool Includes(FaultTarget request) => _includes(request.Method, request.Path + request.Query);

    public override string ToString() => _name;

    private static bool Has(string path, string part) => path.Contains(part, StringComparison.Ordinal);
}
